"""What others pay of days of care: quoted before booking, and as it was given."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.kinds import Payer
from ylyx_site.benefits.queries import Entitled, entitled, situation_of
from ylyx_site.benefits.rules import Given, GivenLine, Occasion, Quote, Rule
from ylyx_site.benefits.service import quotes_by
from ylyx_site.childcare.models import CareBenefit, CareDay, CareState
from ylyx_site.childcare.rules.planning import Terms
from ylyx_site.facilities.kinds import CareKind


class Priced(Protocol):
    """A day of care with its full price: planned, or booked already."""

    @property
    def child_id(self) -> int:
        """Whose."""

    @property
    def day(self) -> date:
        """When."""

    @property
    def fen(self) -> int:
        """Before benefits."""


def quotes_of_days(
    session: Session,
    rules: Sequence[Rule],
    kind: CareKind,
    terms: Terms,
    days: Sequence[Priced],
    *,
    people: Mapping[int, Entitled] | None = None,
    instead_of: Iterable[CareDay] = (),
) -> list[Quote]:
    """The quotes of these days, in order; each counts for the limits of those after it.

    At most three queries; two fewer where the `people` are known, none without rules or days.
    `instead_of`: days that would be given up first.
    """
    if not rules or not days:
        return []
    if people is None:
        people = entitled(session, {one.child_id for one in days})
    situations = [
        situation_of(
            Occasion(one.child_id, terms.facility_id, one.day, one.fen, care=kind),
            people[one.child_id], terms.place,
            is_working_day=terms.calendar.is_working(one.day),
        )
        for one in days
    ]  # fmt: skip
    return quotes_by(session, rules, situations, instead_of=given_of(session, instead_of))


class PaidLine(Protocol):
    """A line of a quote, or of a day of care that was booked."""

    @property
    def payer(self) -> Payer:
        """Who pays it."""

    @property
    def title(self) -> str:
        """The rule."""

    @property
    def clause(self) -> str:
        """On what it rests."""

    @property
    def fen(self) -> int:
        """How much."""


class BookedLine(NamedTuple):
    """A benefit of a day of care that was booked."""

    care_day_id: int
    payer: Payer
    title: str
    clause: str
    fen: int


def lines_of(session: Session, day_ids: Collection[int]) -> list[BookedLine]:
    """The benefits of these days, in the order of their rules; fetched through the owner before."""
    rows = session.execute(
        sa.select(
            CareBenefit.care_day_id, CareBenefit.payer, CareBenefit.title, CareBenefit.clause,
            CareBenefit.fen,
        )
        .where(CareBenefit.care_day_id.in_(day_ids))
        .order_by(CareBenefit.position, CareBenefit.id)
    )  # fmt: skip
    return [BookedLine(*row) for row in rows]


def given_of(session: Session, days: Iterable[CareDay]) -> list[Given]:
    """What these days were given; one query, none when it was nothing."""
    wanted = [one.id for one in days if one.benefit_fen]
    return _given(session, CareDay.id.in_(wanted)) if wanted else []


def live_given(session: Session) -> list[Given]:
    """What benefits all live days of care were given, for the audit of the ledger."""
    return _given(session, CareDay.state == CareState.BOOKED)


def _given(session: Session, *where: sa.ColumnElement[bool]) -> list[Given]:
    rows = session.execute(
        sa.select(
            CareDay.child_id, CareDay.day,
            CareBenefit.rule_code, CareBenefit.rule_version, CareBenefit.fen,
        )
        .join(CareDay, CareDay.id == CareBenefit.care_day_id)
        .where(*where)
        .order_by(CareBenefit.id)
    )  # fmt: skip
    return [
        Given(child_id, day, None, (GivenLine(code, version, fen),))
        for child_id, day, code, version, fen in rows
    ]
