"""How our column types are written into migrations: as what the database sees."""

from typing import Any, Literal

from ylyx_site.shared.db import Instant


def plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """For Alembic's `render_item`: an instant is a timestamp with zone."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False
