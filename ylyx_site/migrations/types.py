"""What migrations look at, and our column types as they write them: as what the database sees."""

from typing import Any, Literal

from ylyx_site.shared.db import Instant

QUEUE = "huey_"  # made by the worker itself where it runs on PostgreSQL; may be lost at any time


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """For Alembic's `include_name`: every table but those of the worker's queue."""
    return not (kind == "table" and name is not None and name.startswith(QUEUE))


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """For Alembic's `render_item`: an instant is a timestamp with zone."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False
