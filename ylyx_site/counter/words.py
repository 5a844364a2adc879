"""How the counter's figures read."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ylyx_site.benefits.kinds import Period
from ylyx_site.benefits.service.limits import LimitLeft
from ylyx_site.benefits.words import payer_words
from ylyx_site.counter.kinds import PaperKind
from ylyx_site.families.queries import DeliveryAddress
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.money import yuan


class LeftWords(NamedTuple):
    """「长者午餐补贴」「今天还有 1 次」; `is_spent`: nothing is left."""

    title: str
    words: str
    is_spent: bool


def left_words(limits: Iterable[LimitLeft]) -> list[LeftWords]:
    """What is left of each limited benefit, in words."""
    found = [
        LeftWords(
            one.title,
            _("%(payer)s · %(left)s", payer=payer_words(one.payer), left=_left(one)),
            one.uses == 0 or one.fen == 0,
        )
        for one in limits
    ]
    return list(dict.fromkeys(found))


def _left(one: LimitLeft) -> str:
    if one.uses is not None:
        return _uses(one.per, one.uses)
    return _sum(one.per, yuan(one.fen or 0))


def _uses(per: Period, num: int) -> str:
    sentences = {
        Period.MEAL: _("这一餐还有 %(num)d 次", num=num),
        Period.DAY: _("这天还有 %(num)d 次", num=num),
        Period.WEEK: _("这周还有 %(num)d 次", num=num),
        Period.MONTH: _("这个月还有 %(num)d 次", num=num),
        Period.YEAR: _("今年还有 %(num)d 次", num=num),
    }
    return sentences[per]


def _sum(per: Period, money: str) -> str:
    sentences = {
        Period.MEAL: _("这一餐还有 %(money)s", money=money),
        Period.DAY: _("这天还有 %(money)s", money=money),
        Period.WEEK: _("这周还有 %(money)s", money=money),
        Period.MONTH: _("这个月还有 %(money)s", money=money),
        Period.YEAR: _("今年还有 %(money)s", money=money),
    }
    return sentences[per]


def address_line(division: str, address: DeliveryAddress | None) -> str:
    """「棠香街道水峰社区 平安路8号 3栋2单元 2 楼 201」; empty without an address."""
    if address is None:
        return ""
    floor = _("%(floor)s 楼", floor=address.floor) if address.floor else ""
    parts = (division, address.street, address.building, floor, address.door)
    return " ".join(part for part in parts if part)


PAPERS: Mapping[PaperKind, Any] = {
    PaperKind.CONSENT: _l("同意保存信息"),
    PaperKind.BINDING: _l("同意家人代办"),
    PaperKind.WITHDRAWAL: _l("结束家人代办"),
    PaperKind.ERASURE: _l("撤回全部同意"),
}


def paper_words(kind: PaperKind) -> str:
    """「同意家人代办」."""
    return str(PAPERS[kind])
