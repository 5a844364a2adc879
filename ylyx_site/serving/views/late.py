"""A meal that was handed over and not ticked on its day: the manager enters it, with the reason."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.identity.access import access
from ylyx_site.identity.doors import refused
from ylyx_site.identity.roles import Role
from ylyx_site.serving.forms.counter import LateForm
from ylyx_site.serving.service.counter import serve
from ylyx_site.serving.views.doors import LIST, author_of
from ylyx_site.serving.views.meal import meal_page, row_of
from ylyx_site.shared import htmx
from ylyx_site.shared.db import db

pages = Blueprint("collection_late", __name__)


@pages.post(f"{LIST}/<int:meal_id>/late")
@access(Role.CANTEEN_MANAGER)
def enter_late(meal_id: int) -> ResponseReturnValue:
    """Enter a meal of an earlier day; it stays marked as entered later."""
    row_of(db.session(), meal_id)
    form, answer = LateForm(), f"{LIST}/{meal_id}"
    if not form.validate():
        return meal_page(meal_id, late=form), 422
    author, wish = author_of(form.key.data), form.wish(meal_id)
    if refused(form, wish, answer, lambda session, *_: serve(session, wish, author)):
        return meal_page(meal_id, late=form), 422
    return htmx.see_other(answer)
