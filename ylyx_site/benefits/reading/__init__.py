"""Rules as a TOML file, described in docs/benefits.md. Pure."""

from ylyx_site.benefits.reading.file import RuleTable, read_file
from ylyx_site.benefits.reading.rule import rule_from_body
from ylyx_site.benefits.reading.words import kinds_from

__all__ = ["RuleTable", "kinds_from", "read_file", "rule_from_body"]
