"""Rules as a TOML file, described in docs/benefits.md. Pure."""

from ylyx_site.benefits.reading.file import RuleTable, read_file
from ylyx_site.benefits.reading.rule import rule_from_body

__all__ = ["RuleTable", "read_file", "rule_from_body"]
