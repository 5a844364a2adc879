"""What the pages of this room share at the door."""

from ylyx_site.families import queries
from ylyx_site.families.queries import PersonFacts
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import Form
from ylyx_site.shared.refusals import Refusal

PEOPLE = "/family/people"
ID = "<int(min=1, max=2147483647):child_id>"


def address_of(child_id: int) -> str:
    """The page of a child."""
    return f"{PEOPLE}/{child_id}"


def my_child(child_id: int) -> PersonFacts:
    """A child of whoever asks; raises `NotFound`."""
    return queries.child_of(db.session(), signed_in().account_id, child_id)


def show_refusal(form: Form, refusal: Refusal) -> int:
    """Show a refusal on the form and return the status; what is not there goes on as 404."""
    form.refuse(refusal)
    return refusal.status
