"""Whose desk it is."""

from ylyx_site.identity.roles import Role

CLERKS = (Role.CLERK, Role.CANTEEN_MANAGER)
HEADS = (Role.HEAD,)
PHONE = "/desk/phone"
