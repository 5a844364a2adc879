"""Withdrawing a consent."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.families import service
from ylyx_site.families.forms import WithdrawalForm
from ylyx_site.families.queries import PersonFacts
from ylyx_site.families.views.doors import ID, PEOPLE, address_of, my_child, show_refusal
from ylyx_site.families.wishes import WithdrawalWish
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import transaction
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("consents", __name__)


@pages.get(f"{PEOPLE}/{ID}/withdrawal")
@access(SIGNED_IN)
def withdrawal_page(child_id: int) -> str:
    """What withdrawing means."""
    return _page(my_child(child_id), WithdrawalForm())


@pages.post(f"{PEOPLE}/{ID}/withdrawal")
@access(SIGNED_IN)
def withdraw(child_id: int) -> ResponseReturnValue:
    """Withdraw the consent."""
    form = WithdrawalForm()
    if not form.validate_on_submit():
        return _page(my_child(child_id), form), 422
    try:
        _withdraw(child_id, form.key.data or "")
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return _page(my_child(child_id), form), status
    return htmx.see_other(PEOPLE)


def _withdraw(child_id: int, key: str) -> None:
    me, now, wish = signed_in().account_id, clock.now(), WithdrawalWish(child_id)
    with transaction() as session:
        if once(session, key, wish, actor_id=me, answer=PEOPLE, now=now) is None:
            service.withdraw_consent(session, child_id, actor_id=me, now=now)


def _page(child: PersonFacts, form: WithdrawalForm) -> str:
    return render("families/withdrawal.html", child=child, form=form, back=address_of(child.id))
