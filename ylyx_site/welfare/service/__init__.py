"""Commands of welfare: they flush and never commit."""

from ylyx_site.welfare.service.checks import (
    close_by_collection,
    end_check,
    open_check,
    reopen,
    take_back,
)
from ylyx_site.welfare.service.escalation import escalate
from ylyx_site.welfare.service.missed import open_missed, set_terms
from ylyx_site.welfare.service.steps import take_step

__all__ = [
    "close_by_collection",
    "end_check",
    "escalate",
    "open_check",
    "open_missed",
    "reopen",
    "set_terms",
    "take_back",
    "take_step",
]
