"""Refusals of this room. Pure."""

from ylyx_site.shared.refusals import N_, Refusal


class WrongPassword(Refusal):
    """One sentence for an unknown or closed account, one without password, and a wrong one."""

    sentence = N_("手机号码或密码不对。请再试一次，或改用短信验证码登录。")


class WrongCode(Refusal):
    """The code is wrong, used, too old, tried too often, or was never sent."""

    sentence = N_("验证码不对或已过期。请核对短信里的 6 位数字，或重新发送一条。")


class TooManyFailures(Refusal):
    """Too many wrong passwords for this number; `minutes` to wait."""

    sentence = N_("这个号码输错的次数太多了。请等 %(minutes)d 分钟再试，或改用短信验证码登录。")


class TooManyFailuresHere(Refusal):
    """Too many wrong passwords or codes from this address; `minutes` to wait."""

    sentence = N_("从您这里输错的次数太多了。请等 %(minutes)d 分钟再试，或打电话给人工台。")


class CodeSentJustNow(Refusal):
    """One code a minute; `seconds` to wait."""

    sentence = N_("验证码刚刚发出，请先看一下短信。%(seconds)d 秒后可以重新发送。")


class TooManyCodes(Refusal):
    """Enough codes for this number or this address for now; `minutes` to wait."""

    sentence = N_("验证码发得太多了。请等 %(minutes)d 分钟再试，或打电话给人工台。")


class PhoneTaken(Refusal):
    """There is an account with this number."""

    sentence = N_("这个手机号码已经有账号了。请在账号列表里查找它。")


class WrongOldPassword(Refusal):
    """Changing a password needs the present one."""

    sentence = N_("现在的密码不对。请再试一次。")


class NoSuchScope(Refusal):
    """The facility or the division does not exist."""

    sentence = N_("没有找到这个机构或区划。请核对编号后重新填写。")


class WrongScope(Refusal):
    """Staff work at a facility, supervisors in a division, administrators everywhere."""

    sentence = N_("范围和角色对不上：机构工作人员填机构，监管员填区划，平台管理员都不填。")


class RoleHeld(Refusal):
    """The account has this very role there already."""

    sentence = N_("这个账号已经有这个角色了，不用再加。")


class LastAdministratorRole(Refusal):
    """Administrators cannot lock themselves out."""

    sentence = N_("这是您自己的管理员角色，不能由您自己结束。请让另一位管理员来办。")


class AccountClosed(Refusal):
    """A closed account gets neither roles nor passwords."""

    sentence = N_("这个账号已经注销，不能再改。")


class TooManyInvitations(Refusal):
    """A house has many open invitations."""

    sentence = N_("还没有答复的邀请已经有 %(most)d 个。请先撤回几个，再邀请新的人。")


class OwnRole(Refusal):
    """Heads cannot lock themselves out."""

    sentence = N_("这是您自己的角色，不能由您自己结束。请让另一位负责人或平台管理员来办。")


class InvitationGone(Refusal):
    """Withdrawn, expired, or answered already."""

    sentence = N_("这个邀请已经撤回或过期了。请和邀请您的单位联系，让他们再邀请一次。")


class OwnAccount(Refusal):
    """Administrators cannot close their own account."""

    sentence = N_("这是您自己的账号，不能由您自己注销。请让另一位管理员来办。")


class TapsOfAnother(Refusal):
    """What a device kept while it had no network was tapped by somebody else."""

    sentence = N_("这是别人在这台设备上记的，没有替您记。请那个人登录后再发。")
    status = 409


class StillAtWork(Refusal):
    """One's own account cannot be erased while it holds a role."""

    sentence = N_("您还有工作身份。请机构负责人或平台管理员先结束它，再来注销。")
