"""Reading rules, and what is stored about people and facilities that a quote depends on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.kinds import Service
from ylyx_site.benefits.models import BenefitRule
from ylyx_site.benefits.reading import rule_from_body
from ylyx_site.benefits.rules import Occasion, Rule, Situation
from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.models import Facility
from ylyx_site.families.kinds import Group
from ylyx_site.families.models import Person, PersonGroup
from ylyx_site.shared.ages import months_on
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.stamps import Kept

OF_LATE = timedelta(days=92)  # after a season nobody counts on evidence that has run out
Version = tuple[str, date]  # a rule's code and `valid_from`
GroupSpan = tuple[Group, date, date | None]  # recognised from, to and with


@dataclass(frozen=True, slots=True)
class Entitled:
    """What is stored about a person that benefits ask for, on any day."""

    id: int
    born_on: date
    hukou: str | None
    residence: str | None
    groups: tuple[GroupSpan, ...]

    def groups_on(self, day: date) -> frozenset[Group]:
        """The groups whose recognition is valid on that day."""
        return frozenset(
            group
            for group, first, last in self.groups
            if first <= day and (last is None or day <= last)
        )

    def lapsed_on(self, day: date) -> tuple[tuple[Group, date], ...]:
        """The groups whose recognition ran out of late and was not renewed, and its last day."""
        held, ended = self.groups_on(day), dict[Group, date]()
        for group, _first, last in self.groups:
            if last is not None and day - OF_LATE <= last < day and group not in held:
                ended[group] = max(last, ended.get(group, last))
        return tuple(sorted(ended.items()))


def rules_begun(session: Session, services: Collection[Service], last: date) -> list[Rule]:
    """All versions of rules for these services that begin on `last` or before."""
    bodies = session.scalars(
        sa.select(BenefitRule.body).where(
            BenefitRule.service.in_(services), BenefitRule.valid_from <= last
        )
    )
    return [rule_from_body(body) for body in bodies]


_kept: Kept[tuple[Rule, ...]] = Kept(most=20)  # of each service: some dozens of rules


def rules_kept(session: Session, service: Service, stamp: int | None) -> tuple[Rule, ...]:
    """All versions of the rules for a service, without a query while `stamp` is the same.

    `stamp` is that of `models.STAMP`, read in this transaction; None: never imported.
    """
    if stamp is None:
        return ()
    rules = _kept.get(service, stamp)
    if rules is None:
        rules = tuple(rules_begun(session, {service}, date.max))
        _kept.put(service, stamp, rules)
    return rules


def rules_by_version(session: Session, versions: Iterable[Version]) -> dict[Version, Rule]:
    """These versions of rules, whether in force or not; those not known are left out."""
    wanted = set(versions)
    bodies = session.scalars(
        sa.select(BenefitRule.body).where(BenefitRule.code.in_({code for code, _ in wanted}))
    )
    found = {(rule.code, rule.valid_from): rule for rule in map(rule_from_body, bodies)}
    return {version: found[version] for version in wanted & found.keys()}


def entitled(session: Session, person_ids: Collection[int]) -> dict[int, Entitled]:
    """What benefits ask about these people, in two queries. Fetched through their owner before."""
    groups: dict[int, list[GroupSpan]] = {one: [] for one in person_ids}
    for row in session.execute(
        sa.select(
            PersonGroup.person_id, PersonGroup.group, PersonGroup.valid_from, PersonGroup.valid_to
        ).where(PersonGroup.person_id.in_(person_ids))
    ):
        groups[row[0]].append((row[1], row[2], row[3]))
    people = session.execute(
        sa.select(
            Person.id, Person.born_on, Person.hukou_division, Person.residence_division
        ).where(Person.id.in_(person_ids))
    )
    return {row[0]: Entitled(*row, tuple(groups[row[0]])) for row in people}


def situations_of(session: Session, occasions: Sequence[Occasion]) -> list[Situation]:
    """Everything stored about some occasions but for the counters, in the same order.

    Four queries, however many. Raises `NotFound` for a person or facility that does not exist.
    """
    if not occasions:
        return []
    days = [one.day for one in occasions]
    people = entitled(session, {one.person_id for one in occasions})
    places = _places(session, {one.facility_id for one in occasions})
    calendar = working_calendar(session, min(days), max(days))
    if any(one.person_id not in people or one.facility_id not in places for one in occasions):
        raise NotFound
    return [
        situation_of(
            one,
            people[one.person_id],
            places[one.facility_id],
            is_working_day=calendar.is_working(one.day),
        )
        for one in occasions
    ]


def place_of(session: Session, facility_id: int) -> str:
    """The division that a facility lies in; raises `NotFound`."""
    places = _places(session, {facility_id})
    if facility_id not in places:
        raise NotFound
    return places[facility_id]


def works_on(session: Session, day: date) -> bool:
    """Whether the country works on that day, 调休 included."""
    return working_calendar(session, day, day).is_working(day)


def _places(session: Session, facility_ids: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        sa.select(Facility.id, Facility.division_code).where(Facility.id.in_(facility_ids))
    )
    return {number: code for number, code in rows}  # noqa: C416 rows are not pairs to mypy


def situation_of(
    occasion: Occasion, person: Entitled, place: str, *, is_working_day: bool
) -> Situation:
    """An occasion of somebody of whom everything is known; counters aside."""
    return Situation(
        service=occasion.service,
        day=occasion.day,
        age_years=months_on(person.born_on, occasion.day) // 12,
        price_fen=occasion.price_fen,
        fee_fen=occasion.fee_fen,
        person_id=person.id,
        groups=person.groups_on(occasion.day),
        lapsed=person.lapsed_on(occasion.day),
        hukou=person.hukou,
        residence=person.residence,
        place=place,
        facility_id=occasion.facility_id,
        is_working_day=is_working_day,
        meal=occasion.meal,
        serving=occasion.serving,
        care=occasion.care,
        beyond_fen=occasion.beyond_fen,
    )
