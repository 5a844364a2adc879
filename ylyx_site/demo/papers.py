"""Papers of every child on the books, a few missing; who else fetches the cast's children."""

import io
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from ylyx_site.demo.families import Charge
from ylyx_site.demo.rows import insert_rows
from ylyx_site.entry.cli import EXAMPLE
from ylyx_site.entry.kinds import PaperKind, PaperState
from ylyx_site.entry.models import ChildPaper, PaperPicture
from ylyx_site.entry.service.diseases import import_table
from ylyx_site.handover.models import PickupAdult
from ylyx_site.shared import clock, vault

DISTRICT = "500111"
COUNTED = (PaperKind.AGREEMENT, PaperKind.HEALTH_CHECK, PaperKind.VACCINATION)
SHOWN = "张朵朵"  # misses the vaccination's paper, and her mother has sent a photograph of it
MISSING = 0.04  # of the children of the busiest nursery


def enter_papers(
    session: Session, charges: Sequence[Charge], throws: Random, *, joined: datetime, now: datetime
) -> None:
    """Confirm what every child needs, but leave a few things to be seen."""
    import_table(session, DISTRICT, EXAMPLE.read_text("utf-8-sig"), actor_id=None, now=now)
    day = clock.day_of(joined)
    first = charges[0].child.place.facility_id if charges else 0
    rows = []
    for one in charges:
        is_left_out = one.child.place.facility_id == first and throws.random() < MISSING
        left_out = throws.choice(COUNTED) if is_left_out else None
        if one.child.name == SHOWN:
            left_out = PaperKind.VACCINATION
        rows += [_row(one, kind, day, joined) for kind in COUNTED if kind is not left_out]
    ids = throws.sample(range(10**8, 10**9), len(rows) + 1)
    insert_rows(session, ChildPaper, [
        row | {"id": number} for row, number in zip(rows, ids, strict=False)
    ])  # fmt: skip
    for one in charges:
        if one.child.name == SHOWN:
            _send(session, one, ids[-1], now)
    _fetchers(session, charges[:2], day, joined)


def _row(one: Charge, kind: PaperKind, day: date, joined: datetime) -> dict[str, Any]:
    is_agreement = kind is PaperKind.AGREEMENT
    lasts = kind is PaperKind.VACCINATION
    return {
        "child_id": one.person_id, "kind": kind, "state": PaperState.CONFIRMED,
        "facility_id": one.child.place.facility_id if is_agreement else None,
        "filed_at": joined, "dated_on": day, "version": "2026-1" if is_agreement else "",
        "valid_until": day + timedelta(days=300) if lasts else None,
        "signed_by": one.account_id if is_agreement else None, "decided_at": joined,
    }  # fmt: skip


def _send(session: Session, one: Charge, paper_id: int, now: datetime) -> None:
    """A photograph that waits to be looked at."""
    session.add(
        ChildPaper(
            id=paper_id, child_id=one.person_id, kind=PaperKind.VACCINATION,
            state=PaperState.WAITING, uploaded_by=one.account_id,
            filed_at=now - timedelta(hours=12), version="",
        )
    )  # fmt: skip
    session.flush()
    session.add(PaperPicture(paper_id=paper_id, sealed=vault.seal_bytes(_drawn())))
    session.flush()


def _drawn() -> bytes:
    """A page with a heading, lines and a stamp: nobody's paper."""
    page = Image.new("RGB", (600, 800), "#fbf8ee")
    pen = ImageDraw.Draw(page)
    pen.rectangle((30, 30, 570, 770), outline="#8b8577", width=3)
    pen.rectangle((150, 70, 450, 100), fill="#45565b")
    for line in range(150, 700, 45):
        pen.line((60, line, 540, line), fill="#b9b3a5", width=2)
        pen.rectangle((70, line - 26, 70 + 60 + line % 170, line - 14), fill="#8b9598")
    pen.ellipse((390, 600, 530, 740), outline="#b03030", width=6)
    out = io.BytesIO()
    page.save(out, "WEBP", quality=80)
    return out.getvalue()


def _fetchers(session: Session, charges: Sequence[Charge], day: date, joined: datetime) -> None:
    """The grandmother of the first family fetches its children too."""
    told = {"name": "周桂芳", "relation": "奶奶", "phone": "13900000082"}
    session.add_all(
        PickupAdult(
            child_id=one.person_id, sealed=vault.seal(json.dumps(told, ensure_ascii=False)),
            valid_from=day, added_by=one.account_id, added_at=joined,
        )
        for one in charges
    )  # fmt: skip
    session.flush()
