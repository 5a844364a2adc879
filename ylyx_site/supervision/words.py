"""What each figure is called, and the one sentence that says what it counts."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.supervision.figures import Figure


class Said(NamedTuple):
    """A figure's name, and what is counted."""

    name: Any
    meaning: Any


FIGURES: Mapping[Figure, Said] = {
    Figure.BOOKED: Said(_l("约了的人次"), _l("一个孩子约一次托育算 1；取消的不算，请假的算。")),
    Figure.CAME: Said(_l("到园"), _l("签到记录里有到园时间的人次。")),
    Figure.ABSENT: Said(_l("请假"), _l("家长或园里登记了请假的人次。")),
    Figure.UNRECORDED: Said(
        _l("没有签到记录"),
        _l("约好的时间已经过了，没有请假，也没有人签到。没来和忘了签到都在里面。"),
    ),
    Figure.EXPECTED: Said(_l("今天还会来"), _l("今天约好的时间还没过，还没有签到。")),
    Figure.FORGOTTEN: Said(_l("忘了签退"), _l("关门时还没有签退、由系统按关门时间结束的人次。")),
    Figure.CARE_BENEFIT: Said(_l("托育补贴"), _l("到园的人次按办法由别人出的钱；没来的没有补贴。")),
    Figure.CASES: Said(
        _l("传染病病例"), _l("这个月发病、由托育机构登记的病例；登记错了撤回的不算。")
    ),
    Figure.RECEIPTS: Said(_l("收到的托育费"), _l("托育机构为这个月开的收据，减去退费。")),
    Figure.ORDERED: Said(
        _l("订了的餐"), _l("一个人的一餐算 1；取消的、食堂撤下的不算，散客另算。")
    ),
    Figure.DINE_IN: Said(_l("堂食"), _l("在食堂吃了的餐。")),
    Figure.COLLECTED: Said(_l("自取"), _l("自己到窗口取走的餐。")),
    Figure.DELIVERED: Said(_l("送到家"), _l("送到本人手里的餐。")),
    Figure.NEIGHBOUR: Said(_l("邻居代领"), _l("由邻居代领的餐。")),
    Figure.NOBODY: Said(_l("没有人应门"), _l("送到了、没有人开门的餐；没有补贴。")),
    Figure.UNSERVED: Said(_l("没有取餐记录"), _l("日子已经过了，没有人登记给了餐。没有补贴。")),
    Figure.TO_COME: Said(_l("今天还没取"), _l("今天的餐，还没有登记给了谁。")),
    Figure.GUESTS: Said(_l("散客"), _l("窗口卖给没有登记姓名的人的份数，原价。")),
    Figure.MEAL_BENEFIT: Said(_l("助餐补贴"), _l("真正给到人的餐，按办法由别人出的钱。")),
    Figure.OWN: Said(_l("本人付"), _l("真正给到人的餐，本人付的钱，含送餐费。")),
    Figure.CORRECTIONS: Said(_l("结算更正"), _l("食堂为这个月写明原因加的更正。")),
}
