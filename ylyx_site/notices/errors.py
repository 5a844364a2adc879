"""What is answered when an address or a text cannot be taken."""

from ylyx_site.shared.refusals import N_, Refusal


class AddressCodeTooSoon(Refusal):
    """A code went out a moment ago, or too many did."""

    sentence = N_("验证码刚刚发过。请等一分钟再发；一小时最多发 5 次。")


class AddressCodeWrong(Refusal):
    """Not the code that was sent last, or too late, or tried too often."""

    sentence = N_("验证码不对，或者已经过了 15 分钟。请看清楚再填，或重新发一封。")


class LetterNotSent(Refusal):
    """The mail server did not take it."""

    sentence = N_("邮件没有发出去。请检查地址，过一会儿再试。")


class NobodyToTell(Refusal):
    """No family is meant by the choice."""

    sentence = N_("这样选没有一个家庭收得到。请换个班、日期或餐次。")


class ToldTooOften(Refusal):
    """The facility has sent enough within the hour."""

    sentence = N_("这一小时已经发了 %(most)d 次通知。请过一会儿再发，免得打扰家里人。")


class TextNotPlain(Refusal):
    """Empty, or with numbers that do not belong into a message."""

    sentence = N_("通知里不要写身份证号或手机号。请删掉再发。")
