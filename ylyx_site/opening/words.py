"""How this room's words are said."""

from ylyx_site.opening.kinds import Point, Reach, State
from ylyx_site.opening.rules import Line
from ylyx_site.shared.language import gettext as _

ICONS = {State.GOOD: "circle-check", State.LOOK: "eye", State.BAD: "triangle-alert"}
TAGS = {State.GOOD: "good", State.LOOK: "warn", State.BAD: "bad"}
DOORS = {
    Point.CARERS: "/desk/duty",
    Point.CERTIFICATES: "/desk/duty/carers",
    Point.CHECKS: "/desk/attendance",
    Point.HAZARDS: "#hazards",
}


def point_name(point: Point) -> str:
    """What is looked at."""
    return {
        Point.CARERS: _("保育员够不够"),
        Point.CERTIFICATES: _("健康证"),
        Point.CHECKS: _("晨检"),
        Point.HAZARDS: _("安全隐患"),
    }[point]


def line_sentence(line: Line) -> str:
    """How it stands, and what to do."""
    names = _("、").join(line.names)
    return {
        (Point.CARERS, State.GOOD): _("每个班、每个时段都够。"),
        (Point.CARERS, State.LOOK): _("今天还没有排班。请先排班，系统才能核对照护比。"),
        (Point.CARERS, State.BAD): _("有 %(num)d 个时段人手不够。请排人支援。", num=line.number),
        (Point.CERTIFICATES, State.GOOD): _("今天上班的人都在有效期内。"),
        (Point.CERTIFICATES, State.LOOK): _(
            "%(names)s的健康证 30 天内到期，请提醒去办。", names=names
        ),
        (Point.CERTIFICATES, State.BAD): _("%(names)s没有有效的健康证，不能带班。", names=names),
        (Point.CHECKS, State.GOOD): _("到园的孩子都做过晨检。"),
        (Point.CHECKS, State.LOOK): _("有 %(num)d 个到园的孩子还没有晨检记录。", num=line.number),
        (Point.HAZARDS, State.GOOD): _("没有没处理的隐患。"),
        (Point.HAZARDS, State.BAD): _("有 %(num)d 条隐患没处理。", num=line.number),
    }[line.point, line.state]


def reach_name(reach: Reach) -> str:
    """How far a family has come."""
    return {
        Reach.MOVED: _("已换好"),
        Reach.READ: _("看过消息"),
        Reach.TOLD: _("还没看，请打电话"),
    }[reach]
