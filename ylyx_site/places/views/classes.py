"""The classes of the own nursery: how many children each takes from which day."""

from datetime import timedelta
from functools import partial

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.facilities import queries as register
from ylyx_site.facilities.doors import own_nursery
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.facilities.queries.history import cap_history, living_classes
from ylyx_site.facilities.rules.classes import class_rule
from ylyx_site.facilities.service.classes import class_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.roles import Role
from ylyx_site.places.confirming import is_confirmed
from ylyx_site.places.forms.classes import CapForm, ClassForm, EndForm
from ylyx_site.places.service import capacity
from ylyx_site.places.views.doors import save
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render

pages = Blueprint("desk_classes", __name__)
ONE_DAY = timedelta(days=1)


@pages.get("/desk/facility/classes")
@access(Role.HEAD)
def classes_page() -> str:
    """The classes that live or will, with their caps, under the registered places."""
    session, today = db.session(), clock.today()
    facility = own_nursery(session)
    classes = living_classes(session, facility.id, today)
    return render(
        "places/classes.html",
        facility=facility,
        classes=classes,
        caps={one.id: cap_history(session, one.id, today) for one in classes},
        places=register.registered_places_on(session, [facility.id], today).get(facility.id, 0),
    )


@pages.get("/desk/facility/classes/new")
@access(Role.HEAD)
def new_class_page() -> str:
    """A class to be opened."""
    return _new(ClassForm(formdata=None, from_day=clock.today() + ONE_DAY))


@pages.post("/desk/facility/classes")
@access(Role.HEAD)
def save_class() -> ResponseReturnValue:
    """Open a class from a day on."""
    form = ClassForm()
    return save(form, form.wish, capacity.add_class, _new, "classes")


@pages.get("/desk/facility/classes/<int:class_id>")
@access(Role.HEAD)
def class_page(class_id: int) -> str:
    """One class: how many it takes from which day, and its end."""
    return _class(CapForm(formdata=None, from_day=clock.today() + ONE_DAY), class_id=class_id)


@pages.post("/desk/facility/classes/<int:class_id>/cap")
@access(Role.HEAD)
def save_cap(class_id: int) -> ResponseReturnValue:
    """Let a class take another number of children from a day on."""
    class_of(db.session(), own_facility(), class_id)
    form = CapForm()
    command = partial(capacity.change_cap, confirmed=is_confirmed())
    name = f"classes/{class_id}"
    return save(form, lambda: form.wish(class_id), command, _class, name, class_id=class_id)


@pages.post("/desk/facility/classes/<int:class_id>/end")
@access(Role.HEAD)
def save_end(class_id: int) -> ResponseReturnValue:
    """End a class."""
    class_of(db.session(), own_facility(), class_id)
    form = EndForm()
    command = partial(capacity.end_class, confirmed=is_confirmed())
    return save(form, lambda: form.wish(class_id), command, _ending, "classes", class_id=class_id)


def _new(form: ClassForm) -> str:
    session, today = db.session(), clock.today()
    facility = own_nursery(session)
    return render(
        "places/new_class.html",
        facility=facility,
        form=form,
        places=register.registered_places_on(session, [facility.id], today).get(facility.id, 0),
        rules={kind: class_rule(facility.nature, kind) for kind in ClassKind},
    )


def _class(form: CapForm, class_id: int, ending: EndForm | None = None) -> str:
    session, today = db.session(), clock.today()
    facility = own_nursery(session)
    care_class = class_of(session, facility.id, class_id)
    return render(
        "places/class.html",
        facility=facility,
        care_class=care_class,
        rule=class_rule(facility.nature, care_class.kind),
        places=register.registered_places_on(session, [facility.id], today).get(facility.id, 0),
        caps=cap_history(session, class_id, today),
        form=form,
        ending=ending or EndForm(formdata=None),
    )


def _ending(form: EndForm, class_id: int) -> str:
    return _class(CapForm(formdata=None), class_id, form)
