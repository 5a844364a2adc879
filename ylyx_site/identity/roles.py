"""The roles and where each one works. Pure."""

import enum


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
