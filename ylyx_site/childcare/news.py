"""What the other guardians of a child are told of its bookings."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.families.queries import other_guardians
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared.language import gettext
from ylyx_site.shared.refusals import N_

SENTENCES = {
    "childcare.booked": N_("%(who)s约了托育：从%(day)s开始，共 %(num)d 天。"),
    "childcare.changed": N_("%(who)s改了托育：%(day)s的安排换了，看看新的时间。"),
    "childcare.cancelled": N_("%(who)s取消了托育：从%(day)s开始，共 %(num)d 天。"),
    "childcare.undone": N_("%(who)s撤销了刚约的托育：从%(day)s开始，共 %(num)d 天。"),
}


def tell_guardians(
    session: Session,
    action: str,
    code: str,
    children: Collection[int],
    days: Sequence[date],
    *,
    actor_id: int,
    now: datetime,
) -> None:
    """Plan it for everybody who may act for one of these children, but for the actor.

    One look for the others, and one insert where there are any. No child's name, no house: a
    message is read over shoulders; the page that it leads to says the rest.
    """
    name, others = other_guardians(session, children, actor_id)
    news = News(
        NoticeKind.FAMILY_CARE, SENTENCES[action],
        {"who": name or gettext("家里人"), "day": min(days), "num": len(set(days))},
        f"/childcare/bookings/{code}", "childcare", f"{action}:{code}:{min(days)}",
    )  # fmt: skip
    plan(session, others, news, now=now)
