"""A face at the counter: by a consent of its own, only where the elder eats, gone with it."""

import io
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from tests.client import SiteClient, text_of
from tests.integration.serving.conftest import CHEN, ZHAO, Hall, browser
from ylyx_site.families.kinds import Purpose
from ylyx_site.families.models import Consent
from ylyx_site.families.service.bindings import erase_by_paper
from ylyx_site.journal.models import JournalEntry
from ylyx_site.serving.models import EaterPhoto
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

pytestmark = pytest.mark.usefixtures("noon")


def a_picture() -> tuple[io.BytesIO, str]:
    """A photograph of a phone."""
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), "teal").save(out, "JPEG")
    out.seek(0)
    return out, "face.jpg"


@pytest.fixture
def daughter(app: Flask, hall: Hall) -> SiteClient:
    """The account that acts for the elders."""
    assert hall.wang
    return browser(app, "13800000001")


def gives(daughter: SiteClient, elder: int, **fields: Any) -> int:
    """Send a photograph; the status."""
    page = f"/family/people/{elder}/photo"
    sent = {"picture": a_picture(), "consent": "y"} | fields
    wanted = {name: value for name, value in sent.items() if value is not None}
    return daughter.submit(page, page, **wanted).status_code


def consents() -> list[bool]:
    """Of each consent to a photograph, whether it stands."""
    db.session.rollback()
    rows = db.session.scalars(
        db.select(Consent).where(Consent.purpose == Purpose.ELDER_PHOTO).order_by(Consent.id)
    )
    return [row.withdrawn_at is None for row in rows]


def photos() -> list[int]:
    """Whose photographs are kept."""
    db.session.rollback()
    return list(db.session.scalars(db.select(EaterPhoto.person_id)))


def test_given_with_consent_it_stands_on_the_list(hall: Hall, daughter: SiteClient) -> None:
    elder = hall.elders[0]
    assert gives(daughter, elder) == 303
    assert consents() == [True]
    chen = browser(daughter.application, CHEN)
    address = f"/desk/collection/photos/{elder}"
    pictures = chen.page("/desk/collection").xpath("//img[contains(@class, 'tile')]/@src")
    assert pictures == [address]
    answer = chen.get(address)
    with Image.open(io.BytesIO(answer.data)) as face:
        assert (face.format, face.size) == ("WEBP", (240, 320))
    assert answer.headers["Cache-Control"] == "no-store"
    db.session.rollback()
    read = db.session.scalars(
        db.select(JournalEntry.subject).where(JournalEntry.action == "serving.photo_read")
    )
    assert list(read) == [f"person:{elder}"]


def test_not_without_the_elders_consent(hall: Hall, daughter: SiteClient) -> None:
    assert gives(daughter, hall.elders[0], consent=None) == 422
    assert gives(daughter, hall.elders[0], picture=(io.BytesIO(b"%PDF"), "face.jpg")) == 422
    assert (photos(), consents()) == ([], [])


def test_sealed_where_it_is_kept(hall: Hall, daughter: SiteClient) -> None:
    gives(daughter, hall.elders[0])
    assert b"WEBP" not in db.session.scalars(db.select(EaterPhoto.sealed)).one()


def test_another_canteen_and_another_family_see_nothing(
    hall: Hall, daughter: SiteClient, app: Flask
) -> None:
    elder = hall.elders[0]
    gives(daughter, elder)
    assert browser(app, ZHAO).get(f"/desk/collection/photos/{elder}").status_code == 404
    with clock.standing_at("2026-11-27T11:10:00+08:00"):
        assert browser(app, CHEN).get(f"/desk/collection/photos/{elder}").status_code == 404
    stranger = browser(app, ZHAO)
    assert stranger.get(f"/family/people/{elder}/photo").status_code == 404
    assert stranger.get(f"/family/people/{elder}/photo/picture").status_code == 404


def test_taken_back_it_is_erased_at_once(hall: Hall, daughter: SiteClient) -> None:
    elder = hall.elders[0]
    gives(daughter, elder)
    gives(daughter, elder)
    assert consents() == [False, True]
    page = f"/family/people/{elder}/photo"
    assert daughter.submit(page, f"{page}/ending").status_code == 303
    assert (photos(), consents()) == ([], [False, False])
    assert browser(daughter.application, CHEN).get(
        f"/desk/collection/photos/{elder}"
    ).status_code == 404  # fmt: skip


def test_it_goes_with_everything_that_the_elder_withdraws(hall: Hall, daughter: SiteClient) -> None:
    gives(daughter, hall.elders[0])
    with transaction() as session:
        erase_by_paper(
            session, hall.elders[0], paper="纸-7", actor_id=hall.accounts[CHEN], now=clock.now()
        )
    assert (photos(), consents()) == ([], [False])


def test_the_family_is_told_that_it_was_collected(hall: Hall, daughter: SiteClient) -> None:
    chen = browser(daughter.application, CHEN)
    assert "已经订好" in text_of(daughter.get("/meals/orders/7K392F"))
    chen.submit("/desk/collection", f"/{hall.meals[0]}/handover", how="collected")
    shown = text_of(daughter.get("/meals/orders/7K392F"))
    assert ("已取餐" in shown, "已经订好" in shown) == (True, False)
    assert "已取餐" in text_of(daughter.get("/meals/orders"))
