"""The district's table of infectious diseases, for the health supervisor and the administrator."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.entry.forms.diseases import DiseaseForm, TableForm, TermsForm
from ylyx_site.entry.forms.papers import PressForm
from ylyx_site.entry.queries.diseases import (
    disease_of_district,
    diseases_of_district,
)
from ylyx_site.entry.queries.gate import DISTRICT, terms_of_district
from ylyx_site.entry.service.diseases import end_disease, import_table, save_disease, save_terms
from ylyx_site.facilities.doors import ruled_at, ruled_division
from ylyx_site.facilities.queries import districts
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import refused
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render

pages = Blueprint("diseases", __name__)
TABLE = "/supervision/diseases"


@pages.get(TABLE)
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def table_page() -> str:
    """The rows, the figures, and a form for each."""
    return _page(_district())


@pages.get(f"{TABLE}/new")
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def new_page() -> str:
    """A new row."""
    return _row_page(_district(), None, DiseaseForm())


@pages.post(f"{TABLE}/new")
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def save_new() -> ResponseReturnValue:
    """Enter it."""
    return _save(None)


@pages.get(f"{TABLE}/<int:disease_id>")
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def row_page(disease_id: int) -> str:
    """A row as it stands."""
    district = _district()
    row = disease_of_district(db.session(), district, disease_id)
    form = DiseaseForm(name=row.name, days=row.days, needs_paper=row.needs_paper)
    return _row_page(district, disease_id, form)


@pages.post(f"{TABLE}/<int:disease_id>")
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def save_row(disease_id: int) -> ResponseReturnValue:
    """Change it."""
    return _save(disease_id)


@pages.post(f"{TABLE}/<int:disease_id>/ending")
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def end(disease_id: int) -> ResponseReturnValue:
    """Take it out."""
    form, district, me = PressForm(), _district(), signed_in().account_id
    if form.validate_on_submit():
        refused(form, ("end", disease_id), _back(district), lambda session, *_: end_disease(
            session, district, disease_id, actor_id=me, now=clock.now()
        ))  # fmt: skip
    return htmx.see_other(_back(district))


@pages.post(f"{TABLE}/terms")
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def save_figures() -> ResponseReturnValue:
    """Set the district's figures."""
    form, district, me = TermsForm(), _district(), signed_in().account_id
    is_done = form.validate_on_submit() and not refused(
        form, (district, form.wish()), _back(district),
        lambda session, *_: save_terms(
            session, district, form.wish(), actor_id=me, now=clock.now()
        ),
    )  # fmt: skip
    return htmx.see_other(_back(district)) if is_done else (_page(district, terms=form), 422)


@pages.post(f"{TABLE}/import")
@access(Role.HEALTH_SUPERVISOR, Role.ADMINISTRATOR)
def bring_in() -> ResponseReturnValue:
    """Bring pasted rows in, all or none."""
    form, district, me = TableForm(), _district(), signed_in().account_id
    text = (form.table.data or "").replace("\t", ",").replace("，", ",")
    is_done = form.validate_on_submit() and not refused(
        form, (district, text), _back(district),
        lambda session, *_: import_table(session, district, text, actor_id=me, now=clock.now()),
    )  # fmt: skip
    return htmx.see_other(_back(district)) if is_done else (_page(district, table=form), 422)


def _district() -> str:
    return ruled_division()[:DISTRICT]


def _back(district: str) -> str:
    return ruled_at(TABLE, district)


def _save(disease_id: int | None) -> ResponseReturnValue:
    form, district, me = DiseaseForm(), _district(), signed_in().account_id
    is_done = form.validate_on_submit() and not refused(
        form, (district, form.wish(disease_id)), _back(district),
        lambda session, *_: save_disease(
            session, district, form.wish(disease_id), actor_id=me, now=clock.now()
        ),
    )  # fmt: skip
    if is_done:
        return htmx.see_other(_back(district))
    return _row_page(district, disease_id, form), 422


def _row_page(district: str, disease_id: int | None, form: DiseaseForm) -> str:
    return render(
        "entry/disease.html", district=district, disease_id=disease_id, form=form,
        press=PressForm, back_to=_back(district),
    )  # fmt: skip


def _page(district: str, *, terms: TermsForm | None = None, table: TableForm | None = None) -> str:
    session = db.session()
    stands = terms_of_district(session, district)
    return render(
        "entry/diseases.html", district=district, rows=diseases_of_district(session, district),
        districts=districts(session), is_admin=signed_in().role is Role.ADMINISTRATOR,
        terms=terms or TermsForm(
            formdata=None, away_months=stands.away_months, keep_months=stands.keep_months
        ),
        table=table or TableForm(formdata=None),
    )  # fmt: skip
