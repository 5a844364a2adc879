"""The demo district's benefits, all invented: imported as an administrator would."""

from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

import ylyx_site.benefits
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.service.importing import import_rules

FILE = Path(ylyx_site.benefits.__file__).parent / "data" / "dazu-demo.toml"


def import_benefits(session: Session, *, today: date, now: datetime) -> None:
    """Import `benefits/data/dazu-demo.toml`."""
    import_rules(session, read_file(FILE.read_text("utf-8")), actor_id=None, today=today, now=now)
