"""What is changed of facilities, of the rules and of the calendar."""

from ylyx_site.shared.refusals import N_

HOUSE = {
    "facilities.registered": N_("登记了机构"),
    "facilities.rewritten": N_("按导入的登记表改了机构"),
    "facilities.facts_changed": N_("改了机构资料"),
    "facilities.filing_changed": N_("改了备案状态"),
    "facilities.places_set": N_("改了备案托位"),
    "facilities.class_added": N_("加了班"),
    "facilities.class_cap_set": N_("改了班级人数上限"),
    "facilities.class_paused": N_("停招一个班"),
    "facilities.class_resumed": N_("恢复招一个班"),
    "facilities.class_ended": N_("撤了班"),
    "facilities.care_hours_set": N_("改了托育时段"),
    "facilities.opening_set": N_("改了开放时间"),
    "facilities.closed": N_("登记停业的日子"),
    "facilities.closure_lifted": N_("取消停业的日子"),
    "facilities.limit_set": N_("改了预约截止时间"),
    "facilities.price_set": N_("改了价格"),
    "facilities.weekend_opened": N_("调休的周末开放"),
    "facilities.weekend_shut": N_("调休的周末不开"),
    "facilities.division_set": N_("改了区划表"),
    "places.filing_decided": N_("决定备案状态"),
    "places.holding": N_("改了填表时留不留位"),
    "calendar.imported": N_("导入节假日和调休"),
    "benefits.rule_added": N_("加了补贴办法"),
    "benefits.rule_changed": N_("改了补贴办法"),
    "demo.filled": N_("写入示例数据"),
}
