"""Commands of notices: they flush and never commit."""

from ylyx_site.notices.service.inbox import prefer, read, read_all
from ylyx_site.notices.service.planning import News, plan

__all__ = ["News", "plan", "prefer", "read", "read_all"]
