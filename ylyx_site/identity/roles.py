"""The roles and where each one works. Pure."""

import enum

from ylyx_site.shared.refusals import N_


class Role(enum.StrEnum):
    """What a person of a facility, of the supervision or of the platform is there for."""

    HEAD = "head"
    CARER = "carer"
    CANTEEN_MANAGER = "canteen_manager"
    CLERK = "clerk"
    COURIER = "courier"
    HEALTH_SUPERVISOR = "health_supervisor"
    CIVIL_SUPERVISOR = "civil_supervisor"
    ADMINISTRATOR = "administrator"


STAFF = frozenset({Role.HEAD, Role.CARER, Role.CANTEEN_MANAGER, Role.CLERK, Role.COURIER})
SUPERVISORS = frozenset({Role.HEALTH_SUPERVISOR, Role.CIVIL_SUPERVISOR})

NAMES = {
    Role.HEAD: N_("托育园长"),
    Role.CARER: N_("保育员"),
    Role.CANTEEN_MANAGER: N_("食堂经理"),
    Role.CLERK: N_("窗口值班员"),
    Role.COURIER: N_("送餐员"),
    Role.HEALTH_SUPERVISOR: N_("卫健监管员"),
    Role.CIVIL_SUPERVISOR: N_("民政监管员"),
    Role.ADMINISTRATOR: N_("平台管理员"),
}
