"""What each sweep of the worker is for, in plain words; the names are those of the worker."""

from collections.abc import Mapping

from ylyx_site.shared.language import gettext
from ylyx_site.shared.refusals import N_

PURPOSES: Mapping[str, str] = {
    "send messages": N_("发出到点的消息"),
    "let held places go": N_("放开到时间的留位"),
    "offer what was freed": N_("把空出来的位给候补的家庭"),
    "end entries whose days are over": N_("结束日期已过的候补"),
    "forget who waited long ago": N_("清掉很久以前的候补"),
    "look after who did not get a meal": N_("没取餐的，开始关怀核对"),
    "tell of checks that stay open": N_("催办还没结束的关怀核对"),
    "remind of samples": N_("提醒留样"),
    "forget names whose years are over": N_("删掉到了年限的姓名"),
    "forget old papers of children": N_("清掉到期的入托材料"),
    "remind of tomorrow": N_("傍晚提醒家长明天的托育和餐"),
    "publish days ahead": N_("发布新的一天的余位"),
    "end forgotten check-outs": N_("给忘记签退的孩子按关门时间签退"),
    "forget old sessions and codes": N_("清掉过期的登录和验证码"),
    "forget requests to elders": N_("清掉过期的老人同意申请"),
    "forget old form keys": N_("清掉旧的表单钥匙"),
    "forget old messages": N_("清掉旧消息"),
    "warn of dishes that are avoided": N_("提醒家里人菜单上有忌口的菜"),
    "tell of plans that run out": N_("提醒每周订餐快到期"),
    "seal the journal": N_("给操作日志封链"),
}


def purpose(sweep: str) -> str:
    """What the sweep is for, in the language of this request; its name where nobody said."""
    return gettext(PURPOSES[sweep]) if sweep in PURPOSES else sweep
