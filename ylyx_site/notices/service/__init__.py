"""Commands of notices: they flush and never commit."""

from ylyx_site.notices.service.addresses import ask_for_address, prove_address, remove_address
from ylyx_site.notices.service.announcing import announce
from ylyx_site.notices.service.inbox import prefer, read, read_all
from ylyx_site.notices.service.planning import News, plan, plan_each

__all__ = [
    "News",
    "announce",
    "ask_for_address",
    "plan",
    "plan_each",
    "prefer",
    "prove_address",
    "read",
    "read_all",
    "remove_address",
]
