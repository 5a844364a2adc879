"""Which rooms the house has: their pages, and their models for the migrations."""

from flask import Flask

import ylyx_site.attendance.models
import ylyx_site.benefits.models
import ylyx_site.calendar.models
import ylyx_site.childcare.models
import ylyx_site.counter.models
import ylyx_site.entry.models
import ylyx_site.facilities.models
import ylyx_site.families.models
import ylyx_site.fees.models
import ylyx_site.handover.models
import ylyx_site.identity.models
import ylyx_site.journal.models
import ylyx_site.kitchen.models
import ylyx_site.meals.models
import ylyx_site.notices.models
import ylyx_site.opening.models
import ylyx_site.places.models
import ylyx_site.rounds.models
import ylyx_site.serving.models
import ylyx_site.settlement.models
import ylyx_site.shared.beats
import ylyx_site.shared.once
import ylyx_site.shared.stamps
import ylyx_site.staffing.models
import ylyx_site.waiting.models
import ylyx_site.welfare.models  # noqa: F401 models must be known before the first query
from ylyx_site.attendance import returns
from ylyx_site.attendance import views as attendance
from ylyx_site.attendance.service.forgetting import erase as erase_attendance
from ylyx_site.childcare import views as childcare
from ylyx_site.childcare.news import tell_of_closure
from ylyx_site.childcare.service import forgetting as care_forgetting
from ylyx_site.counter import views as counter
from ylyx_site.counter.service.forgetting import erase as erase_counter
from ylyx_site.entry import views as entry
from ylyx_site.entry.service.forgetting import erase as erase_entry
from ylyx_site.facilities import views as facilities
from ylyx_site.families import erasure
from ylyx_site.families.views import asking, bindings, consents, elders, guardians, people
from ylyx_site.families.views import public as elders_public
from ylyx_site.fees import views as fees
from ylyx_site.fees.queries.absences import returns as fee_returns
from ylyx_site.handover import views as handover
from ylyx_site.handover.service.forgetting import erase as erase_handover
from ylyx_site.home import views as home
from ylyx_site.identity import desk_bar, senders, taps, tasks
from ylyx_site.identity.views import account, admin, brake, house, role, sign_in
from ylyx_site.kitchen import views as kitchen
from ylyx_site.meals import outcomes as meal_outcomes
from ylyx_site.meals import views as meals
from ylyx_site.meals.service import forgetting as meals_forgetting
from ylyx_site.notices import links
from ylyx_site.opening import views as opening
from ylyx_site.places import closing, gains
from ylyx_site.places.views import classes as desk_classes
from ylyx_site.places.views import desk
from ylyx_site.places.views import opening as desk_opening
from ylyx_site.places.views import terms as desk_terms
from ylyx_site.rounds import views as rounds
from ylyx_site.serving import views as serving
from ylyx_site.serving.queries.outcomes import outcomes
from ylyx_site.serving.service.photos import erase as erase_serving
from ylyx_site.settlement import views as settlement
from ylyx_site.staffing.views import carers as duty_carers
from ylyx_site.staffing.views import paper as duty_paper
from ylyx_site.staffing.views import shifts as duty_shifts
from ylyx_site.staffing.views import week as duty
from ylyx_site.supervision import views as supervision
from ylyx_site.waiting import views as waiting
from ylyx_site.waiting.service import tokens
from ylyx_site.waiting.service.running import take_turn
from ylyx_site.welfare import views as welfare
from ylyx_site.welfare.service.forgetting import erase as erase_welfare


def register(app: Flask) -> None:
    """Register the pages of every room."""
    for blueprint in (
        home.pages,
        home.mail,
        home.messages,
        home.notices,
        home.own_data,
        home.worker,
        childcare.public,
        childcare.bookings,
        childcare.holds,
        meals.public,
        meals.orders,
        meals.tickets,
        meals.plans,
        meals.desk,
        meals.changes,
        meals.planner,
        meals.withdrawing,
        meals.cookbook,
        meals.terms,
        counter.phone,
        counter.new_families,
        counter.care_calls,
        counter.care_bookings,
        counter.calls,
        counter.orders,
        counter.new,
        counter.week,
        counter.elders,
        counter.belongings,
        kitchen.sheet,
        kitchen.labels,
        kitchen.samples,
        kitchen.supply,
        serving.desk,
        serving.guests,
        serving.meal,
        serving.late,
        serving.photos,
        serving.card,
        serving.family,
        childcare.tickets,
        attendance.family,
        attendance.desk,
        attendance.child,
        attendance.lists,
        attendance.notes,
        attendance.family_notes,
        fees.desk,
        fees.settling,
        fees.family,
        attendance.leaving,
        entry.desk,
        entry.cases,
        entry.diseases,
        entry.family,
        handover.desk,
        handover.family,
        facilities.pages,
        sign_in.pages,
        role.pages,
        account.pages,
        admin.pages,
        house.pages,
        people.pages,
        guardians.pages,
        consents.pages,
        asking.pages,
        elders.pages,
        bindings.pages,
        elders_public.pages,
        desk.pages,
        desk_opening.pages,
        desk_classes.pages,
        desk_terms.pages,
        duty.pages,
        duty_paper.pages,
        opening.morning,
        opening.closings,
        opening.family,
        duty_shifts.pages,
        duty_carers.pages,
        settlement.desk,
        supervision.district,
        supervision.houses,
        supervision.journal,
        supervision.months,
        rounds.plan,
        rounds.going,
        welfare.desk,
        welfare.supervision,
        waiting.joining,
        waiting.public,
        waiting.ruling,
        waiting.answers,
        waiting.family,
        waiting.desk,
    ):
        app.register_blueprint(blueprint)
    erasure.plug_in("childcare", care_forgetting.erase, care_forgetting.end)
    erasure.plug_in("meals", meals_forgetting.erase, meals_forgetting.end)
    for room, eraser in (
        ("attendance", erase_attendance),
        ("counter", erase_counter),
        ("entry", erase_entry),
        ("handover", erase_handover),
        ("serving", erase_serving),
        ("welfare", erase_welfare),
    ):
        erasure.plug_in(room, eraser)
    closing.plug_in(tell_of_closure)
    meal_outcomes.plug_in(outcomes)
    returns.plug_in(fee_returns)
    tasks.set_up(app)
    taps.set_up(app)
    desk_bar.set_up(app)
    kitchen.set_up(app)
    home.set_up(app)
    attendance.set_up(app)
    waiting.set_up(app)
    opening.set_up(app)
    brake.set_up(app)
    senders.plug_in(app)
    gains.plug_in(take_turn)
    links.plug_in(tokens.PAGE, tokens.outward)
