"""Refusals of families: each says what to do now."""

from ylyx_site.shared.refusals import N_, Refusal


class BornInTheFuture(Refusal):
    """A birth date after today."""

    sentence = N_("出生日期在今天以后。孩子出生以后再来添加，或者改一下日期。")


class TooOld(Refusal):
    """A child past the sixth birthday."""

    sentence = N_("孩子已经满 6 岁，不在托育的年龄里。请核对出生日期。")


class NumberSaysOtherBirth(Refusal):
    """The ID number and the birth date do not agree."""

    sentence = N_("身份证号码里的出生日期和上面填的不一样。请核对这两格。")


class NumberSaysOtherSex(Refusal):
    """The ID number and the sex do not agree."""

    sentence = N_("身份证号码里的性别和上面选的不一样。请核对这两格。")


class NumberTaken(Refusal):
    """Another record has this ID number."""

    sentence = N_("这个身份证号码已经登记过。请核对号码，或让登记的那位监护人用邀请码邀请您。")


class AlreadyYours(Refusal):
    """The same child, entered twice by the same account."""

    sentence = N_("这个孩子已经在您的家庭里了，不用再添加一次。")


class TooManyChildren(Refusal):
    """An account cares for ten children at most."""

    sentence = N_("一个账号最多添加 %(most)d 个孩子。还要添加，请打电话给人工台。")


class TooManyInvitations(Refusal):
    """Five open invitations at most."""

    sentence = N_("您有 %(most)d 个邀请码还没有用。请先让家人用掉，或者等它们过期（一天）再邀请。")


class WrongCode(Refusal):
    """No invitation can be used by this code: unknown, used, expired, or its giver has left."""

    sentence = N_("邀请码不对，或者已经用过、过期了。请核对，或请监护人重新给您一个。")


class TooManyWrongCodes(Refusal):
    """Ten wrong codes within an hour."""

    sentence = N_("邀请码连续填错太多次。请一小时以后再试，或打电话给人工台。")


class AlreadyGuardian(Refusal):
    """Whoever enters the code is a guardian of this child already."""

    sentence = N_("您已经是这个孩子的监护人了。邀请码没有用掉，可以给另一位家人。")


class LastGuardian(Refusal):
    """A child is not left without anybody."""

    sentence = N_("您是唯一的监护人，不能退出。不想再保存孩子的信息，请撤回同意。")


class ReasonMissing(Refusal):
    """Ending somebody else's bond needs a reason."""

    sentence = N_("请选一个原因。")


class ConsentOfAnother(Refusal):
    """Whoever gave a consent withdraws it, as long as that guardian is there."""

    sentence = N_("同意是另一位监护人给的，请由那位监护人撤回，或打电话给人工台。")


class NoNumber(Refusal):
    """There is no ID number to show."""

    sentence = N_("没有填过身份证号码。")


class NotGrown(Refusal):
    """Whoever eats at a canteen is grown up."""

    sentence = N_("这里加的是订餐的老人。孩子请回上一页选“孩子”，或者核对出生日期。")


class BornTooLongAgo(Refusal):
    """A birth date before 1900."""

    sentence = N_("出生年份太早了，请核对。")


class OwnNumber(Refusal):
    """The elder's telephone is that of the account that asks: it could agree with itself."""

    sentence = N_(
        "这是您自己的手机号码。请填老人自己的手机；老人没有手机，请带上签了字的同意书到助餐点窗口办。"
    )


class AlreadyBound(Refusal):
    """The account acts for this elder already."""

    sentence = N_("这位老人已经在您的家庭里了，不用再添加一次。")


class AlreadyYourself(Refusal):
    """An account is one elder at most."""

    sentence = N_("您自己已经在里面了，不用再添加一次。")


class TooManyElders(Refusal):
    """An account acts for ten elders at most."""

    sentence = N_("一个账号最多替 %(most)d 位老人订餐。还要添加，请打电话给人工台。")


class TooManyRequests(Refusal):
    """Ten requests a day at most."""

    sentence = N_("今天申请的次数太多了。请明天再试，或打电话给人工台。")


class RequestJustNow(Refusal):
    """One request a minute; `seconds` to wait."""

    sentence = N_("刚刚才申请过。请等 %(seconds)d 秒再试。")


class RequestOver(Refusal):
    """The half hour is over, or what it was about has changed meanwhile."""

    sentence = N_("这次申请已经过期。请重新添加老人，再发一次验证码。")


class WrongConsentCode(Refusal):
    """The code is wrong, used, too old or tried too often."""

    sentence = N_("验证码不对或已过期。请和老人核对短信里的 6 位数字，或重新发送。")


class OnlyTheElder(Refusal):
    """Who acts for an elder is the elder's own business."""

    sentence = N_("只有老人自己能结束别人的代办。请老人用自己的手机办，或打电话给人工台。")


class TooManyAvoids(Refusal):
    """A short list."""

    sentence = N_("不能吃的最多写 %(most)d 样，每样不超过 %(longest)d 个字。")


class NoSuchDivision(Refusal):
    """The town or community is not in the register."""

    sentence = N_("没有找到这个街镇或社区，请重新选。")


class NoSuchAccount(Refusal):
    """A clerk binds an account that is not there."""

    sentence = N_("这个手机号码还没有账号。请家人先登录一次，再来办。")


class ClerkForOneself(Refusal):
    """A clerk does not bind the own account."""

    sentence = N_("不能给自己办。请让另一位值班员来办。")


class NothingToKnowBy(Refusal):
    """Without number and telephone the same elder would be entered twice."""

    sentence = N_("请填老人的身份证号码；没有的话，至少填一个电话。")


class EvidenceMissing(Refusal):
    """A group rests on a document that somebody saw."""

    sentence = N_("请写明看过的凭证，例如：低保证 第 0123 号。")
    field = "evidence"


class BadValidity(Refusal):
    """A validity that ends before it begins, or begins before birth."""

    sentence = N_("到期的日子不能早于开始的日子，开始的日子不能早于出生。")
    field = "valid_to"


class GroupThere(Refusal):
    """The same group twice for the same days."""

    sentence = N_("这个身份在这段时间里已经登记过。请改那一条的日期。")
    field = "group"


class PaperMissing(Refusal):
    """Paper consents are found again by their file number."""

    sentence = N_("请填同意书的存档编号。")
