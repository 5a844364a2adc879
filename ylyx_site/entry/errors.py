"""Why a paper, a case or a disease cannot be written down: each says what to do now."""

from ylyx_site.shared.refusals import N_, Refusal


class PapersMissing(Refusal):
    """Booking is allowed without papers, checking in is not."""

    sentence = N_("入托手续还没有齐，不能记“到了”。请看这一行缺什么，补齐后再记。")


class StillAway(Refusal):
    """Days after an infectious disease are not over, or its paper is missing."""

    sentence = N_("孩子还在休息的日子里，或者返园证明还没有交，不能记“到了”。请看这一行的说明。")


class TooManyUploads(Refusal):
    """A family sends a picture as often as it must, but a bent browser no more."""

    sentence = N_("今天已经传了 %(most)d 张。请明天再传，或把原件带给老师看。")


class SeenAlready(Refusal):
    """Somebody else was quicker."""

    sentence = N_("这份材料已经处理过了。请重新打开这一页看结果。")


class InTheFuture(Refusal):
    """A paper of tomorrow."""

    sentence = N_("日期在今天以后，请核对材料上的日期。")
    field = "dated_on"


class UntilMissing(Refusal):
    """Vaccinations are in order until the next is due, a deferral until its day."""

    sentence = N_("请填有效到哪天：接种证填下一次该接种的日子，缓种证明填缓到哪天。")
    field = "valid_until"


class UntilBeforeDate(Refusal):
    """It ends before it begins."""

    sentence = N_("有效日期早于材料上的日期，请核对这两格。")
    field = "valid_until"


class VersionMissing(Refusal):
    """An agreement is known by its version."""

    sentence = N_("请填协议的版本，例如 2026-1。")
    field = "version"


class SignerMissing(Refusal):
    """An agreement is signed by a guardian."""

    sentence = N_("请选是哪位监护人签的。")
    field = "signed_by"


class UnknownDisease(Refusal):
    """Not in the district's table, or taken out of it."""

    sentence = N_("目录里没有这种病，请重新选。目录由区里维护。")
    field = "disease"


class IllInTheFuture(Refusal):
    """Nobody falls ill tomorrow, and a case of months ago is none."""

    sentence = N_("发病日期要在最近 %(most)d 天里，不能在今天以后。")
    field = "fell_ill_on"


class CaseKnown(Refusal):
    """The same illness written down twice."""

    sentence = N_("这次生病已经记过了，不用再记一次。")
    field = "disease"


class DiseaseNamed(Refusal):
    """Two rows of one name."""

    sentence = N_("目录里已经有这种病，请改那一行。")
    field = "name"


class BadTable(Refusal):
    """A file that cannot be brought in; nothing of it was."""

    sentence = N_("第 %(row)d 行读不懂。每行三格：病名、最少天数（0–365）、要不要证明（是/否）。")
