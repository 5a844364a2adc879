"""Rules of benefits as values, and the quote that follows from them."""

from ylyx_site.benefits.rules.counters import PREFIX, period_start, uses_of
from ylyx_site.benefits.rules.entitled import may_give, why_not
from ylyx_site.benefits.rules.lines import (
    Given,
    GivenLine,
    Lapsed,
    Line,
    NotGiven,
    Quote,
    kept_lines,
)
from ylyx_site.benefits.rules.quoting import in_force, quote
from ylyx_site.benefits.rules.reasons import Reason
from ylyx_site.benefits.rules.rule import (
    Ages,
    Case,
    Fixed,
    Limit,
    Measured,
    Pays,
    Rule,
    Share,
    Spend,
    What,
    Who,
)
from ylyx_site.benefits.rules.situation import Occasion, Situation

__all__ = [
    "PREFIX",
    "Ages",
    "Case",
    "Fixed",
    "Given",
    "GivenLine",
    "Lapsed",
    "Limit",
    "Line",
    "Measured",
    "NotGiven",
    "Occasion",
    "Pays",
    "Quote",
    "Reason",
    "Rule",
    "Share",
    "Situation",
    "Spend",
    "What",
    "Who",
    "in_force",
    "kept_lines",
    "may_give",
    "period_start",
    "quote",
    "uses_of",
    "why_not",
]
