"""What an elder carries or shows: the card, and the photograph by a paper that the elder signed."""

import io
from typing import Any

import pytest
from PIL import Image

from tests.client import SiteClient, text_of
from tests.integration.counter.conftest import Town, journal
from ylyx_site.families.kinds import Means, Purpose
from ylyx_site.families.models import Consent
from ylyx_site.serving.models import EaterCard, EaterPhoto
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import pretty_code

PAPER = "照-2026-7"


def a_picture() -> bytes:
    """A photograph of a phone."""
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), "teal").save(out, "JPEG")
    return out.getvalue()


def address(town: Town, what: str) -> str:
    """Zhou's card or photograph."""
    return f"/desk/elders/{town.zhou}/{what}"


def takes(he: SiteClient, town: Town, **fields: Any) -> Any:
    """Send the form of the photograph; a field that is None is left out."""
    page = address(town, "photo")
    sent: dict[str, Any] = {"picture": a_picture(), "paper": PAPER, "seen": "y"}
    wanted = {name: value for name, value in (sent | fields).items() if value is not None}
    if "picture" in wanted:
        wanted["picture"] = io.BytesIO(wanted["picture"]), "face.jpg"
    return he.submit(page, page, **wanted)


def consents() -> list[tuple[Means, str, int, bool]]:
    """Of each consent to a photograph: how, by which paper, before whom, whether it stands."""
    db.session.rollback()
    rows = db.session.scalars(
        db.select(Consent).where(Consent.purpose == Purpose.ELDER_PHOTO).order_by(Consent.id)
    )
    return [(one.means, one.evidence, one.account_id, one.withdrawn_at is None) for one in rows]


def photos() -> list[int]:
    """Whose photographs are kept."""
    db.session.rollback()
    return list(db.session.scalars(db.select(EaterPhoto.person_id)))


def codes() -> list[tuple[int, str]]:
    """Whose cards there are."""
    db.session.rollback()
    return [(one.person_id, one.code) for one in db.session.scalars(db.select(EaterCard))]


def test_a_card_is_made_shown_and_replaced(he: SiteClient, town: Town) -> None:
    page = address(town, "card")
    assert "还没有取餐卡" in text_of(he.get(page))
    assert codes() == []
    assert he.submit(page, page).status_code == 303
    ((person, first),) = codes()
    assert person == town.zhou
    assert he.page(page).xpath("//svg")
    assert he.submit(page, page).status_code == 303
    ((_person, second),) = codes()
    assert first != second
    shown = text_of(he.get(page))
    assert (pretty_code(second) in shown, pretty_code(first) in shown) == (True, False)
    assert journal("serving.card_made") == [(town.clerk, town.ours, f"person:{town.zhou}")] * 2


def test_the_same_form_twice_is_one_card(he: SiteClient, town: Town) -> None:
    data = {"csrf_token": he.token(), "key": "a-key-for-a-card"}
    made = []
    for _time in range(2):
        assert he.post(address(town, "card"), data=data).status_code == 303
        made.append(codes())
    assert made[0] == made[1]


def test_a_photograph_by_the_signed_paper(he: SiteClient, town: Town) -> None:
    answer = takes(he, town)
    assert (answer.status_code, answer.location) == (303, address(town, "photo"))
    assert consents() == [(Means.PAPER, PAPER, town.clerk, True)]
    picture = he.get(address(town, "photo/picture"))
    with Image.open(io.BytesIO(picture.data)) as face:
        assert (face.format, face.size) == ("WEBP", (240, 320))
    assert picture.headers["Cache-Control"] == "no-store"
    who = (town.clerk, town.ours, f"person:{town.zhou}")
    assert journal("serving.photo_read") == [who]
    assert [subject for *_who, subject in journal("serving.photo_kept")] == [who[2]]
    assert set(journal("counter.elder_read")) == {who}


@pytest.mark.parametrize(
    "bent",
    [{"seen": None}, {"paper": ""}, {"paper": "长" * 41}, {"picture": None},
     {"picture": b"%PDF-1.7"}],
)  # fmt: skip
def test_without_the_elders_consent_or_a_picture_nothing_is_kept(
    he: SiteClient, town: Town, bent: dict[str, Any]
) -> None:
    assert takes(he, town, **bent).status_code == 422
    assert (photos(), consents()) == ([], [])


def test_without_consent_no_picture_is_shown(he: SiteClient, town: Town) -> None:
    assert not he.page(address(town, "photo")).xpath("//main//img")
    assert he.get(address(town, "photo/picture")).status_code == 404
    assert journal("serving.photo_read") == []


def test_withdrawn_it_is_erased_at_once(he: SiteClient, town: Town) -> None:
    takes(he, town)
    page = address(town, "photo")
    assert he.submit(page, f"{page}/ending").status_code == 303
    assert photos() == []
    assert [stands for *_how, stands in consents()] == [False]
    assert he.get(f"{page}/picture").status_code == 404
    assert not he.page(page).xpath("//main//img")
    assert len(journal("serving.photo_ended")) == 1


def test_a_newer_photograph_takes_the_place_of_the_earlier(he: SiteClient, town: Town) -> None:
    takes(he, town)
    takes(he, town, paper="照-2026-8")
    assert photos() == [town.zhou]
    assert [(paper, stands) for _how, paper, _who, stands in consents()] == [
        (PAPER, False), ("照-2026-8", True)
    ]  # fmt: skip


def test_another_canteen_finds_nothing(he: SiteClient, zhao: SiteClient, town: Town) -> None:
    takes(he, town)
    he.submit(address(town, "card"), address(town, "card"))
    kept = codes()
    for what in ("card", "photo", "photo/picture"):
        assert zhao.get(address(town, what)).status_code == 404, what
    data = {"csrf_token": zhao.token(), "key": "a-key-of-zhaos", "paper": PAPER, "seen": "y"}
    for what in ("card", "photo", "photo/ending"):
        assert zhao.post(address(town, what), data=data).status_code == 404, what
    assert (photos(), codes()) == ([town.zhou], kept)


def test_a_stranger_to_the_desk_has_neither(he: SiteClient, town: Town) -> None:
    for what in ("card", "photo", "photo/picture"):
        assert he.get(f"/desk/elders/{town.stranger}/{what}").status_code == 404, what
