"""How states, skips and lines of the queue read, in plain words."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.refusals import N_
from ylyx_site.shared.words import short_day
from ylyx_site.waiting.kinds import EntryState, Event, Skip

STATES = {
    EntryState.WAITING: N_("正在排"),
    EntryState.PAUSED: N_("已暂停"),
    EntryState.OFFERED: N_("有位等您回复"),
    EntryState.BOOKED: N_("已约到"),
    EntryState.ENDED: N_("已结束"),
}
SKIPS = {
    Skip.PAUSED: N_("您暂停了，这次先问了后面的家庭，您的位次不变。"),
    Skip.OFFERED: N_("您当时有另一个位子等着回复，这次先问了后面的家庭。"),
    Skip.AGE: N_("到那一天孩子的月龄，没有适合的班有空位。"),
    Skip.BUSY: N_("孩子那个时间已经约了别处。"),
    Skip.HOURS: N_("空出来的时间不够您要的那么长。"),
    Skip.SIBLINGS: N_("空出来的位子不够几个孩子一起。"),
    Skip.LATE: N_("离预约截止太近，来不及等您回复。"),
    Skip.SHUT: N_("机构那一天不开，或没有这种托育。"),
    Skip.GONE: N_("孩子的登记已经取消。"),
}
PUBLIC_SKIPS = {
    Skip.PAUSED: N_("暂停中"),
    Skip.OFFERED: N_("有别的位子在等回复"),
    Skip.AGE: N_("没有适合月龄的班"),
    Skip.BUSY: N_("那个时间已经约了别处"),
    Skip.HOURS: N_("空出的时间不够长"),
    Skip.SIBLINGS: N_("空出的位子不够几个孩子一起"),
    Skip.LATE: N_("离预约截止太近"),
    Skip.SHUT: N_("那一天不开，或没有这种托育"),
    Skip.GONE: N_("登记已经取消"),
}
EVENTS = {
    Event.JOINED: N_("开始排"),
    Event.RANKED: N_("优先经核对，排到前面"),
    Event.PAUSED: N_("暂停"),
    Event.RESUMED: N_("恢复"),
    Event.SKIPPED: N_("这次没有问到"),
    Event.OFFERED: N_("有位，等回复"),
    Event.ACCEPTED: N_("要了"),
    Event.DECLINED: N_("不要"),
    Event.EXPIRED: N_("没有回复，过期"),
    Event.CANCELLED: N_("退出，位子让出"),
    Event.BOOKED: N_("都约到了，离开队伍"),
    Event.ENDED: N_("离开队伍"),
}


def state_name(state: EntryState) -> str:
    """「正在排」."""
    return _(STATES[state])


def event_name(event: Event) -> str:
    """「有位，等回复」."""
    return _(EVENTS[event])


def skip_reason(reason: Skip | None) -> str:
    """Why this family was passed over, said to that family."""
    return _(SKIPS[reason]) if reason else ""


def public_reason(reason: Skip | None) -> str:
    """The same for everybody."""
    return _(PUBLIC_SKIPS[reason]) if reason else ""


def days_text(days: Sequence[date]) -> str:
    """「11月24日 周二」, or 「11月24日 周二起，共 3 天」."""
    if len(days) == 1:
        return short_day(days[0])
    return _("%(day)s起，共 %(num)d 天", day=short_day(days[0]), num=len(days))


def typical_wait(wait: timedelta | None) -> str:
    """How long others waited for their first offer, in words."""
    if wait is None:
        return _("还没有先例，说不准要等多久")
    if wait < timedelta(days=1):
        return _("以往多半一天之内就有位")
    return _("以往多半要等 %(num)d 天左右", num=round(wait / timedelta(days=1)))


def time_left(until: datetime, now: datetime) -> str:
    """The countdown in words."""
    minutes = int((until - now).total_seconds()) // 60
    return _("不到 1 分钟") if minutes < 1 else minutes_text(minutes)


def minutes_text(minutes: int) -> str:
    """「3 小时 20 分钟」."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d 分钟", minutes=rest)
    if not rest:
        return _("%(hours)d 小时", hours=hours)
    return _("%(hours)d 小时 %(minutes)d 分钟", hours=hours, minutes=rest)
