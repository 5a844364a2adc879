"""The list of who collects a meal: four queries, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.kinds import Texture
from ylyx_site.families.models import ElderProfile, Person
from ylyx_site.families.queries.eaters import opened_avoids
from ylyx_site.identity.models import Account
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import MealOrder, OrderedMeal, Payment
from ylyx_site.meals.queries.orders import PortionRow, portions_of, what_of
from ylyx_site.meals.queries.payments import balances
from ylyx_site.serving.kinds import SERVED, HandedHow
from ylyx_site.serving.models import EaterPhoto, Handover
from ylyx_site.serving.rules.counting import Counts, count
from ylyx_site.serving.rules.finding import reading_key


class _Stored(NamedTuple):
    id: int
    code: str
    person_id: int
    name: str
    search_text: str
    tail: str | None
    diets: str | None
    texture: Texture | None
    avoids_sealed: str | None
    note: str
    day: date
    meal: Meal
    serving: Serving
    pay_fen: int
    late_reason: str
    how: HandedHow | None
    at: datetime | None
    by_id: int | None
    by: str | None
    entered_late: str | None
    has_photo: bool


@dataclass(frozen=True)
class CollectionRow:
    """A meal on the list. `avoids` and the diet are health data: journal who reads them."""

    it: _Stored
    portions: tuple[PortionRow, ...]
    paid_fen: int
    ahead_fen: int

    @property
    def is_served(self) -> bool:
        """Whether it reached its person."""
        return self.it.how in SERVED

    @property
    def due_fen(self) -> int:
        """What is still to be paid."""
        return max(0, self.it.pay_fen - self.paid_fen)

    @property
    def to_take_fen(self) -> int:
        """What has to come over the counter: nothing where money ahead suffices."""
        return 0 if self.ahead_fen >= self.due_fen else self.due_fen

    @property
    def what(self) -> str:
        """「两荤一素套餐、米饭 × 2」."""
        return what_of((one.name, one.number) for one in self.portions)

    @cached_property
    def avoids(self) -> tuple[str, ...]:
        """What the person does not eat."""
        return opened_avoids(self.it.avoids_sealed)

    @property
    def diet(self) -> tuple[str, ...]:
        """Words of `meals.kinds.DIETS`, softness too."""
        soft = self.it.texture is not None and self.it.texture is not Texture.ORDINARY
        return (*(self.it.diets or "").split(), *((str(self.it.texture),) if soft else ()))

    @cached_property
    def reading(self) -> str:
        """The pinyin by which the list is in order."""
        return reading_key(self.it.name, self.it.search_text)


def collection(session: Session, facility_id: int, day: date, meal: Meal) -> list[CollectionRow]:
    """Who gets this meal here, in the order of pinyin; cancelled ones are not on it."""
    found = _rows(
        session, facility_id,
        OrderedMeal.facility_id == facility_id, OrderedMeal.day == day, OrderedMeal.meal == meal,
        OrderedMeal.state == MealState.ORDERED,
    )  # fmt: skip
    return sorted(found, key=lambda row: (row.reading, row.it.name, row.it.id))


def collected(session: Session, facility_id: int, meal_ids: Sequence[int]) -> list[CollectionRow]:
    """These meals of the canteen, however they stand."""
    return _rows(
        session, facility_id,
        OrderedMeal.facility_id == facility_id, OrderedMeal.id.in_(meal_ids),
    )  # fmt: skip


def figures(session: Session, facility_id: int, day: date, meal: Meal) -> Counts:
    """How the list stands, without reading it; one query."""
    rows = session.execute(
        sa.select(Handover.how, OrderedMeal.serving, sa.func.count())
        .select_from(OrderedMeal)
        .outerjoin(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .where(
            OrderedMeal.facility_id == facility_id,
            OrderedMeal.day == day,
            OrderedMeal.meal == meal,
            OrderedMeal.state == MealState.ORDERED,
        )
        .group_by(Handover.how, OrderedMeal.serving)
    )
    return count((how, serving) for how, serving, times in rows for _one in range(times))


def _rows(
    session: Session, facility_id: int, *where: sa.ColumnElement[bool]
) -> list[CollectionRow]:
    stored = [_Stored(*row) for row in session.execute(_select().where(*where))]
    portions = portions_of(session, [one.id for one in stored])
    paid = _paid(session, where)
    ahead = balances(session, facility_id, {one.person_id for one in stored})
    return [
        CollectionRow(
            one, tuple(portions.get(one.id, ())), paid.get(one.id, 0), ahead.get(one.person_id, 0)
        )
        for one in stored
    ]


def _select() -> sa.Select[Any]:
    chosen: Any = (
        sa.select(
            OrderedMeal.id, MealOrder.code, Person.id, Person.name, Person.search_text,
            ElderProfile.phone_tail, ElderProfile.diets, ElderProfile.texture,
            ElderProfile.avoids_sealed, MealOrder.note, OrderedMeal.day, OrderedMeal.meal,
            OrderedMeal.serving,
            OrderedMeal.goods_fen + OrderedMeal.fee_fen - OrderedMeal.benefit_fen,
            OrderedMeal.late_reason, Handover.how, Handover.at, Handover.by_id, Account.name,
            Handover.late_reason, EaterPhoto.person_id.is_not(None),
        )
        .join(MealOrder, MealOrder.id == OrderedMeal.order_id)
        .join(Person, Person.id == OrderedMeal.person_id)
        .outerjoin(ElderProfile, ElderProfile.person_id == Person.id)
        .outerjoin(Handover, Handover.ordered_meal_id == OrderedMeal.id)
        .outerjoin(Account, Account.id == Handover.by_id)
        .outerjoin(EaterPhoto, EaterPhoto.person_id == OrderedMeal.person_id)
    )  # fmt: skip
    return cast("sa.Select[Any]", chosen)


def _paid(session: Session, where: Sequence[sa.ColumnElement[bool]]) -> dict[int, int]:
    rows = session.execute(
        sa.select(Payment.meal_id, sa.func.sum(Payment.fen))
        .join(OrderedMeal, OrderedMeal.id == Payment.meal_id)
        .where(*where)
        .group_by(Payment.meal_id)
    )
    return {int(meal_id): int(fen) for meal_id, fen in rows if meal_id is not None}
