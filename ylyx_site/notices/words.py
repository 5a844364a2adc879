"""How messages read: the sentence with its values, in the language of whoever reads."""

import json
from collections.abc import Mapping
from datetime import date

from ylyx_site.notices.kinds import Channel, NoticeKind
from ylyx_site.notices.models import Notice
from ylyx_site.shared.language import gettext
from ylyx_site.shared.refusals import N_
from ylyx_site.shared.words import short_day

Value = str | int | date

KINDS = {
    NoticeKind.FAMILY_CARE: N_("家里人约了、改了或取消了托育"),
    NoticeKind.FAMILY_MEALS: N_("家里人的餐有变化"),
    NoticeKind.OFFERS: N_("候补有位了"),
    NoticeKind.FROM_STAFF: N_("托育机构或食堂发来的通知"),
    NoticeKind.EMERGENCY: N_("托育机构临时停托，或老师要马上联系您"),
    NoticeKind.GUARDIANS: N_("有人想成为孩子的监护人"),
    NoticeKind.ACCOUNT: N_("账号安全，比如改了密码"),
}
CHANNELS = {
    Channel.SMS: N_("发短信"),
    Channel.EMAIL: N_("发邮件"),
    Channel.SITE: N_("不发，只在网站上看"),
}


def packed(values: Mapping[str, Value]) -> str:
    """The values of a sentence as JSON; days stay days, so that they too are translated."""
    plain = {
        name: {"day": value.isoformat()} if isinstance(value, date) else value
        for name, value in values.items()
    }
    return json.dumps(plain, ensure_ascii=False)


def said(notice: Notice) -> str:
    """The message in the language of this request; in Chinese outside of one."""
    values = json.loads(notice.filling)
    filled = {
        name: short_day(date.fromisoformat(value["day"])) if isinstance(value, dict) else value
        for name, value in values.items()
    }
    return gettext(notice.sentence, **filled)


def message_text(latest: str, others: int, site: str, link: str) -> str:
    """What goes out: the latest news, how many more there are, and the one thing to do.

    `site` is the address of this site, empty when nobody has told it.
    """
    parts = [gettext("【一老一小】%(news)s", news=latest)]
    if others:
        parts.append(gettext("另有 %(num)d 条同类消息。", num=others))
    parts.append(
        gettext("请打开：%(address)s", address=site + link)
        if site
        else gettext("请打开网站，点“我的”，再点“消息”。")
    )
    return " ".join(parts)
