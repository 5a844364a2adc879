"""Who acts for an elder is the elder's own business, and ends at once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.families.conftest import Family, _family
from tests.integration.families.elders import (
    ELDERS_NUMBER,
    ELDERS_PHONE,
    asked,
    bound,
    last_code,
    messages,
    other_than,
)
from ylyx_site.families import queries, service
from ylyx_site.families.elder_wishes import PaperWish, SelfWish
from ylyx_site.families.errors import (
    AlreadyBound,
    ClerkForOneself,
    NoSuchAccount,
    NothingToKnowBy,
    OnlyTheElder,
    PaperMissing,
)
from ylyx_site.families.kinds import Means, Relation
from ylyx_site.families.models import Bond, Consent, ElderProfile, Person, PersonAddress
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.identifiers import id_number
from ylyx_site.shared.refusals import NotFound, Refusal

LIST = "/family/bindings/list"


@pytest.fixture
def zhou(app: Flask) -> Family:
    """The elder's own account."""
    return _family(app, ELDERS_PHONE, "陈奶奶")


@pytest.fixture
def elder_id(wang: Family) -> int:
    """Chen Guifang, whose daughter is wang."""
    return bound(wang)


def _enters(zhou: Family, elder_id: int) -> None:
    """The elder takes up the record that wang has made."""
    with transaction() as session:
        wish = SelfWish("陈桂芳", makers.date(1944, 3, 8), "1")
        person = service.add_oneself(session, wish, actor_id=zhou.account_id, now=clock.now())
        assert person.id == elder_id


def _by_code(browser: SiteClient, phone: str = ELDERS_PHONE) -> None:
    browser.submit("/family/bindings", "/family/bindings", phone=phone)
    answer = browser.submit("/family/bindings/code", "/family/bindings/code", code=last_code())
    assert answer.status_code == 303, text_of(answer)


def test_anothers_elder_is_not_there(wang: Family, li: Family, elder_id: int) -> None:
    for page in ("", "/diet", "/address", "/erasure"):
        assert li.browser.get(f"/family/people/{elder_id}{page}").status_code == 404
    handle = queries.handle_of(elder_id, wang.account_id)
    ending = f"/family/people/{elder_id}/bindings/{handle}/ending"
    assert li.browser.get(ending).status_code == 404
    token = li.browser.token()
    for path in ("diet", "address", "address/erasure", f"bindings/{handle}/ending", "erasure"):
        sent = li.browser.post(
            f"/family/people/{elder_id}/{path}",
            data={"csrf_token": token, "key": "k" * 12, "texture": "soft", "sure": "y",
                  "division_code": "500111001", "street": "x"},
        )  # fmt: skip
        assert sent.status_code in {404, 422}, path
    with transaction() as session:
        for command in (service.erase_elder, service.forget_address):
            with pytest.raises(NotFound):
                command(session, elder_id, actor_id=li.account_id, now=clock.now())
    assert wang.browser.get(f"/family/people/{elder_id}").status_code == 200


def test_the_elder_ends_a_binding_in_two_taps_and_the_child_is_out_at_once(
    wang: Family, zhou: Family, elder_id: int, reader: Session
) -> None:
    _enters(zhou, elder_id)
    page = zhou.browser.page(f"/family/people/{elder_id}")
    (ending,) = page.xpath("//a[contains(@href,'/ending')]/@href")
    assert zhou.browser.submit(ending).status_code == 303
    assert wang.browser.get(f"/family/people/{elder_id}").status_code == 404
    assert queries.eaters_of(reader, wang.account_id) == []
    assert [one.id for one in queries.eaters_of(reader, zhou.account_id)] == [elder_id]
    withdrawn = (
        sa.select(Consent.withdrawn_at.is_not(None))
        .join(Bond)
        .where(Bond.account_id == wang.account_id)
    )
    assert reader.scalars(withdrawn).all() == [True]


def test_a_child_ends_the_own_binding_only(
    wang: Family, li: Family, elder_id: int, reader: Session
) -> None:
    with clock.moved(timedelta(minutes=2)):
        assert bound(li) == elder_id
    wangs, lis = (queries.handle_of(elder_id, one.account_id) for one in (wang, li))
    with transaction() as session, pytest.raises(OnlyTheElder):
        service.end_binding(session, elder_id, wangs, actor_id=li.account_id, now=clock.now())
    assert li.browser.get(f"/family/people/{elder_id}/bindings/{wangs}/ending").status_code == 404
    answer = li.browser.submit(f"/family/people/{elder_id}/bindings/{lis}/ending")
    assert answer.headers["Location"] == "/family/people"
    assert [one.account_id for one in queries.guardians_of(reader, elder_id)] == [wang.account_id]


def test_without_an_account_a_code_opens_the_list_and_a_button_ends(
    wang: Family, elder_id: int, app: Flask, reader: Session
) -> None:
    browser = app.test_client()
    assert isinstance(browser, SiteClient)
    with clock.moved(timedelta(minutes=2)):
        _by_code(browser)
        page = text_of(browser.get(LIST))
        assert "王*士 · 子女" in page
        assert "138****0001" in page
        for secret in ("陈桂芳", "王女士", ELDERS_PHONE, "13800000001"):
            assert secret not in page
        assert browser.submit(LIST).status_code == 303
        assert "现在没有人用 139****0082 替您订餐。" in text_of(browser.get(LIST))
    assert wang.browser.get(f"/family/people/{elder_id}").status_code == 404
    told = sa.select(JournalEntry.actor_id, JournalEntry.detail).where(
        JournalEntry.action == "families.binding_ended"
    )
    reader.rollback()
    assert [tuple(row) for row in reader.execute(told)] == [
        (None, f"own_phone account:{wang.account_id}")
    ]


def test_the_list_stays_shut_without_the_code_and_after_ten_minutes(
    elder_id: int, app: Flask
) -> None:
    browser = app.test_client()
    assert isinstance(browser, SiteClient)
    with clock.moved(timedelta(minutes=2)):
        browser.submit("/family/bindings", "/family/bindings", phone=ELDERS_PHONE)
        assert browser.get(LIST).headers["Location"] == "/family/bindings"
        wrong = browser.submit(
            "/family/bindings/code", "/family/bindings/code", code=other_than(last_code())
        )
        assert wrong.status_code == 422
        assert browser.get(LIST).headers["Location"] == "/family/bindings"
        browser.submit("/family/bindings/code", "/family/bindings/code", code=last_code())
        assert browser.get(LIST).status_code == 200
        sent = {"csrf_token": browser.token(), "key": "k" * 12, "person_id": elder_id}
    with clock.moved(timedelta(minutes=13)):
        assert browser.get(LIST).headers["Location"] == "/family/bindings"
        answer = browser.post("/family/bindings/ending", data=sent | {"handle": "x"})
        assert answer.headers["Location"] == "/family/bindings"


def test_unknown_numbers_are_answered_alike_and_get_no_message(elder_id: int, app: Flask) -> None:
    browser = app.test_client()
    assert isinstance(browser, SiteClient)
    before = len(messages())
    with clock.moved(timedelta(minutes=2)):
        pages = []
        for phone in ("13911112222", ELDERS_PHONE):
            browser.submit("/family/bindings", "/family/bindings", phone=phone)
            pages.append(text_of(browser.get("/family/bindings/code")))
    assert pages[0].replace("139****2222", "139****0082") == pages[1]
    assert [phone for phone, _ in messages()[before:]] == [ELDERS_PHONE]


def test_a_telephone_opens_the_bindings_of_its_own_elders_only(
    wang: Family, li: Family, elder_id: int, app: Flask
) -> None:
    with clock.moved(timedelta(minutes=2)):
        other = bound(li, name="赵德明", born_on="1942-01-01", phone="13900000099")
    browser = app.test_client()
    assert isinstance(browser, SiteClient)
    with clock.moved(timedelta(minutes=4)):
        _by_code(browser)
        handle = queries.handle_of(other, li.account_id)
        sent = {"csrf_token": browser.token(), "key": "k" * 12}
        browser.post("/family/bindings/ending", data=sent | {"person_id": other, "handle": handle})
    assert li.browser.get(f"/family/people/{other}").status_code == 200


def test_two_elders_share_a_telephone(wang: Family, reader: Session, elder_id: int) -> None:
    with clock.moved(timedelta(minutes=2)):
        father = bound(wang, name="赵德明", born_on="1942-01-01")
    assert [one.id for one in queries.eaters_of(reader, wang.account_id)] == [father, elder_id]
    facts = queries.bindings_by_phone(reader, ELDERS_PHONE)
    assert [one.masked_elder for one in facts] == ["赵*明", "陈*芳"]


def test_the_elder_erases_everything(
    wang: Family, zhou: Family, elder_id: int, reader: Session
) -> None:
    _enters(zhou, elder_id)
    with transaction() as session:
        makers.an_address(session, elder_id)
    assert wang.browser.get(f"/family/people/{elder_id}/erasure").status_code == 404
    page = f"/family/people/{elder_id}/erasure"
    assert zhou.browser.submit(page).status_code == 422
    assert zhou.browser.submit(page, sure="y").status_code == 303
    for family in (wang, zhou):
        assert queries.people_of(reader, family.account_id) == []
        assert family.browser.get(f"/family/people/{elder_id}").status_code == 404
    for model in (ElderProfile, PersonAddress):
        assert reader.scalars(sa.select(model)).all() == []
    assert reader.scalars(sa.select(Consent.id).where(Consent.withdrawn_at.is_(None))).all() == []
    assert queries.bindings_by_phone(reader, ELDERS_PHONE) == []


def _paper(**fields: object) -> PaperWish:
    facts: dict[str, object] = {
        "name": "陈桂芳", "born_on": makers.date(1944, 3, 8), "relation": Relation.CHILD,
        "account_phone": "13800000001", "paper": "棠香-2026-017", "phone": "02343700099",
    }  # fmt: skip
    return PaperWish(**facts | fields)  # type: ignore[arg-type]


def test_a_clerk_binds_by_a_paper(session: Session) -> None:
    wang = makers.an_account(session)
    clerk = makers.an_account(session, "13800000021", "小何")
    elder = service.bind_by_paper(session, _paper(), actor_id=clerk.id, now=clock.now())
    consents = session.execute(
        sa.select(Consent.means, Consent.evidence, Consent.account_id, Consent.person_id)
    ).all()
    assert [tuple(row) for row in consents] == [
        (Means.PAPER, "棠香-2026-017", clerk.id, elder.id)
    ] * 2
    assert queries.eater_of(session, wang.id, elder.id).relation == Relation.CHILD
    with pytest.raises(NotFound):
        queries.eater_of(session, clerk.id, elder.id)
    with pytest.raises(AlreadyBound):
        service.bind_by_paper(session, _paper(), actor_id=clerk.id, now=clock.now())


def test_a_paper_sets_the_telephone_right(session: Session) -> None:
    """Somebody entered the elder with another number; a clerk has seen the ID card."""
    number = id_number(ELDERS_NUMBER, clock.today())
    clerk = makers.an_account(session, "13800000021", "小何").id
    for phone in ("13800000001", "13800000002"):
        makers.an_account(session, phone)
    first = service.bind_by_paper(
        session, _paper(id_number=number, phone="13900000001"), actor_id=clerk, now=clock.now()
    )
    again = _paper(id_number=number, phone=ELDERS_PHONE, account_phone="13800000002")
    assert service.bind_by_paper(session, again, actor_id=clerk, now=clock.now()) is first
    assert queries.bindings_by_phone(session, "13900000001") == []
    assert len(queries.bindings_by_phone(session, ELDERS_PHONE)) == 2


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"paper": " "}, PaperMissing),
        ({"phone": None}, NothingToKnowBy),
        ({"account_phone": "13811112222"}, NoSuchAccount),
        ({"account_phone": "13800000021"}, ClerkForOneself),
    ],
)
def test_a_paper_that_binds_nobody(
    session: Session, fields: dict[str, object], refusal: type[Refusal]
) -> None:
    makers.an_account(session)
    clerk = makers.an_account(session, "13800000021", "小何")
    with pytest.raises(refusal):
        service.bind_by_paper(session, _paper(**fields), actor_id=clerk.id, now=clock.now())
    assert session.scalars(sa.select(Person)).all() == []


def test_an_ended_binding_comes_back_by_a_new_consent(
    wang: Family, zhou: Family, elder_id: int, reader: Session
) -> None:
    _enters(zhou, elder_id)
    handle = queries.handle_of(elder_id, wang.account_id)
    zhou.browser.submit(f"/family/people/{elder_id}/bindings/{handle}/ending")
    with clock.moved(timedelta(minutes=2)):
        assert bound(wang) == elder_id
    assert [one.id for one in queries.eaters_of(reader, wang.account_id)] == [elder_id]
    standing = (
        sa.select(sa.func.count())
        .select_from(Consent)
        .where(Consent.withdrawn_at.is_(None), Consent.purpose == "elder_binding")
    )
    assert reader.scalar(standing) == 2


def test_an_old_request_does_not_lead_back_in(wang: Family, zhou: Family, reader: Session) -> None:
    request = asked(wang)
    page = wang.browser.page(request)
    form = dict(page.xpath(f"//form[@action='{request}']")[0].form_values()) | {"code": last_code()}
    answer = wang.browser.post(request, data=form)
    elder_id = int(answer.headers["Location"].rpartition("/")[2])
    _enters(zhou, elder_id)
    handle = queries.handle_of(elder_id, wang.account_id)
    with transaction() as session:
        service.end_binding(session, elder_id, handle, actor_id=zhou.account_id, now=clock.now())
    assert wang.browser.post(request, data=form).status_code == 404
    assert queries.eaters_of(reader, wang.account_id) == []
