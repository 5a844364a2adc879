"""The calendars that come with the site, imported as an administrator would."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ylyx_site.calendar import service
from ylyx_site.calendar.table import rows_from

DATA = Path(service.__file__).parent / "data"


def import_calendars(session: Session, *, now: datetime) -> None:
    """Import every `calendar/data/*.csv`."""
    for file in sorted(DATA.glob("*.csv")):
        service.import_days(session, rows_from(file.read_text("utf-8-sig")), actor_id=None, now=now)
