"""Why somebody cannot be let in, or a child not be handed over: each says what to do now."""

from ylyx_site.shared.refusals import N_, Refusal


class TooManyAdults(Refusal):
    """A short list."""

    sentence = N_("最多登记 %(most)d 位接送人。请先取消不再接送的。")


class AdultKnown(Refusal):
    """The same telephone twice."""

    sentence = N_("这个手机号码已经登记在接送人里。要改，请先取消那一位再添加。")
    field = "phone"


class BadPeriod(Refusal):
    """Until before from, or over already."""

    sentence = N_("截止日期要在开始日期之后，也不能早于今天。")
    field = "valid_to"


class PhotoWithoutConsent(Refusal):
    """A photograph is kept only if the adult agrees."""

    sentence = N_("放照片要本人同意。请先问过本人再打钩，或者不放照片。")
    field = "consent"


class AskTheHouse(Refusal):
    """Somebody may not authorise; the sentence does not say why."""

    sentence = N_("这一步现在不能在网上办。请打电话给托育机构，由园长当面办理。")


class GuardianNeedsPaper(Refusal):
    """One guardian does not shut out the other."""

    sentence = N_(
        "这位是孩子的监护人。不让监护人接孩子，请把法院或公安的文书拿给园长看，由园长登记。"
    )
    field = "phone"


class TooManyBlocks(Refusal):
    """A short list."""

    sentence = N_("最多登记 %(most)d 位不能接孩子的人。请先看看已经登记的。")


class TooManyCodes(Refusal):
    """A few a day are enough."""

    sentence = N_("今天已经给了 %(most)d 次接送码。请把接的人加到接送人里，或打电话给托育机构。")


class CodeForAnotherDay(Refusal):
    """Only for today and the days just ahead."""

    sentence = N_("接送码只能给今天或以后 %(most)d 天里的一天。")
    field = "day"


class WrongPickupCode(Refusal):
    """Wrong, used, of another day, tried too often, or its giver is no guardian any more."""

    sentence = N_("接送码不对，或者已经用过、不是今天的。请不要交接，先打电话给家长核对。")
    field = "code"
