"""What stands in the side bar of the desk for each role; only pages that this site has."""

from dataclasses import dataclass

from flask import Flask, current_app

from ylyx_site.identity.roles import STAFF, SUPERVISORS, Role
from ylyx_site.identity.visitor import visitor
from ylyx_site.shared.language import gettext
from ylyx_site.shared.refusals import N_

NURSERY = frozenset({Role.HEAD, Role.CARER})
HEAD = frozenset({Role.HEAD})
WHO_LEADS = frozenset({Role.HEAD, Role.CANTEEN_MANAGER})
WINDOW = frozenset({Role.CANTEEN_MANAGER, Role.CLERK})
ROUNDS = frozenset({Role.COURIER, Role.CANTEEN_MANAGER, Role.CLERK})
CIVIL = frozenset({Role.CIVIL_SUPERVISOR})
TELEPHONES = WINDOW | HEAD
MESSENGERS = NURSERY | WINDOW
MANAGER = frozenset({Role.CANTEEN_MANAGER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
DISEASES = frozenset({Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR})
EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Task:
    """A link of the side bar."""

    words: str
    icon: str
    address: str


TASKS = (
    (STAFF, Task(N_("今日"), "sun", "/desk")),
    (NURSERY, Task(N_("签到"), "clipboard-check", "/desk/attendance")),
    (NURSERY, Task(N_("开门"), "door-open", "/desk/opening")),
    (NURSERY, Task(N_("入托材料"), "file-check", "/desk/children")),
    (NURSERY, Task(N_("排班"), "calendar-range", "/desk/duty")),
    (HEAD, Task(N_("候补"), "list-ordered", "/desk/waiting")),
    (HEAD, Task(N_("费用"), "coins", "/desk/fees")),
    (HEAD, Task(N_("机构"), "building-2", "/desk/facility")),
    (TELEPHONES, Task(N_("电话代办"), "phone", "/desk/phone")),
    (WINDOW, Task(N_("取餐"), "hand-platter", "/desk/collection")),
    (WINDOW, Task(N_("备餐"), "chef-hat", "/desk/kitchen")),
    (ROUNDS, Task(N_("送餐"), "bike", "/desk/rounds")),
    (WINDOW, Task(N_("菜单"), "utensils", "/desk/menus")),
    (WINDOW, Task(N_("收款"), "receipt", "/desk/payments")),
    (MANAGER, Task(N_("结算"), "calculator", "/desk/settlement")),
    (WINDOW, Task(N_("关怀"), "heart-handshake", "/desk/welfare")),
    (MESSENGERS, Task(N_("发通知"), "megaphone", "/desk/messages")),
    (WHO_LEADS, Task(N_("人员"), "users", "/desk/people")),
    (SUPERVISORS, Task(N_("总览"), "layout-dashboard", "/supervision")),
    (SUPERVISORS, Task(N_("月报"), "chart-column", "/supervision/months")),
    (SUPERVISORS, Task(N_("机构名册"), "building-2", "/supervision/facilities")),
    (CIVIL, Task(N_("关怀"), "heart-handshake", "/supervision/welfare")),
    (DISEASES, Task(N_("候补规则"), "scale", "/supervision/waiting")),
    (DISEASES, Task(N_("传染病目录"), "stethoscope", "/supervision/diseases")),
    (ADMINISTRATOR, Task(N_("账号"), "users", "/admin/accounts")),
    (ADMINISTRATOR, Task(N_("后台任务"), "activity", "/admin/worker")),
    (SUPERVISORS | ADMINISTRATOR, Task(N_("操作日志"), "scroll-text", "/supervision/journal")),
    (EVERYBODY, Task(N_("我的"), "circle-user-round", "/account")),
)


def desk_tasks() -> list[Task]:
    """The tasks of the visitor's role, in the language of this request."""
    there = {rule.rule for rule in current_app.url_map.iter_rules()}
    role = visitor().role
    return [
        Task(gettext(task.words), task.icon, task.address)
        for roles, task in TASKS
        if role in roles and task.address in there
    ]


def set_up(app: Flask) -> None:
    """Give templates `desk_tasks`."""
    app.jinja_env.globals.setdefault("desk_tasks", desk_tasks)
