"""Who may take a child home on a day, and who must not."""

import json
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.kinds import BondState, Relation
from ylyx_site.families.queries import GuardianFacts, guardians_of
from ylyx_site.handover.models import PickupAdult, PickupBlock, PickupPhoto
from ylyx_site.shared import identifiers, vault


@dataclass(frozen=True, slots=True)
class AdultFacts:
    """An authorised adult."""

    id: int
    name: str
    relation: str
    phone: str
    valid_from: date
    valid_to: date | None
    added_by: int
    has_photo: bool

    @property
    def masked_phone(self) -> str:
        """`138****5678`."""
        return identifiers.mask_phone(self.phone)

    def is_valid(self, day: date) -> bool:
        """Whether it holds on this day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody to whom the child may be handed over; `handle` names them in forms.

    `relation` of a guardian is one of the kinds, of an adult it is in the family's own words.
    """

    handle: str
    name: str
    masked_phone: str
    guardian: Relation | None = None
    adult_id: int | None = None
    relation: str = ""
    has_photo: bool = False


@dataclass(frozen=True, slots=True)
class BlockFacts:
    """Somebody who must not take the child."""

    id: int
    name: str
    looks: str
    phone: str
    account_id: int | None
    facility_id: int | None
    recorded_by: int
    recorded_at: datetime
    by_head: bool


def takers_of(session: Session, child_id: int, day: date) -> list[Taker]:
    """Guardians, then authorised adults of this day, without whoever is blocked; three queries.

    For pages that have fetched the child through its owner already.
    """
    blocks = blocks_of(session, child_id)
    accounts, phones = {one.account_id for one in blocks}, {one.phone for one in blocks}
    guardians = [
        one
        for one in guardians_of(session, child_id)
        if one.state is BondState.LIVE and one.account_id not in accounts
    ]
    giving = {one.account_id for one in guardians}
    adults = [
        one
        for one in adults_of(session, child_id)
        # An adult goes with the guardian who authorised.
        if one.is_valid(day) and one.added_by in giving and one.phone not in phones
    ]
    return [*map(_guardian, guardians), *map(_adult, adults)]


def adults_of(session: Session, child_id: int) -> list[AdultFacts]:
    """The adults authorised for a child that were not ended, in the order of adding."""
    rows = session.execute(
        sa.select(
            PickupAdult.id, PickupAdult.sealed, PickupAdult.valid_from, PickupAdult.valid_to,
            PickupAdult.added_by, PickupPhoto.adult_id.is_not(None),
        )
        .outerjoin(PickupPhoto, PickupPhoto.adult_id == PickupAdult.id)
        .where(PickupAdult.child_id == child_id, PickupAdult.ended_at.is_(None))
        .order_by(PickupAdult.added_at, PickupAdult.id)
    )  # fmt: skip
    return [_adult_facts(*row) for row in rows]


def blocks_of(session: Session, child_id: int, viewer: int | None = None) -> list[BlockFacts]:
    """Who must not take the child; never the row about the viewer's own account."""
    rows = session.scalars(
        sa.select(PickupBlock)
        .where(PickupBlock.child_id == child_id, PickupBlock.ended_at.is_(None))
        .order_by(PickupBlock.recorded_at, PickupBlock.id)
    )
    return [_block_facts(one) for one in rows if viewer is None or one.account_id != viewer]


def blocked_accounts(session: Session, child_id: int) -> frozenset[int]:
    """The accounts among them, as far as they are known."""
    rows = session.scalars(
        sa.select(PickupBlock.account_id).where(
            PickupBlock.child_id == child_id,
            PickupBlock.ended_at.is_(None),
            PickupBlock.account_id.is_not(None),
        )
    )
    return frozenset(one for one in rows if one is not None)


def photo_of(session: Session, child_id: int, adult_id: int) -> bytes | None:
    """The photograph of an authorised adult of this child, WebP; None without one."""
    sealed = session.scalar(
        sa.select(PickupPhoto.sealed)
        .join(PickupAdult, PickupAdult.id == PickupPhoto.adult_id)
        .where(
            PickupAdult.id == adult_id,
            PickupAdult.child_id == child_id,
            PickupAdult.ended_at.is_(None),
        )
    )
    return vault.unseal_bytes(sealed) if sealed is not None else None


def _adult_facts(  # noqa: PLR0917 the columns in their order
    adult_id: int, sealed: str, since: date, until: date | None, added_by: int, has_photo: bool
) -> AdultFacts:
    told = json.loads(vault.unseal(sealed))
    return AdultFacts(
        adult_id, told["name"], told["relation"], told["phone"], since, until, added_by, has_photo
    )


def _block_facts(row: PickupBlock) -> BlockFacts:
    told = json.loads(vault.unseal(row.sealed))
    return BlockFacts(
        row.id, told["name"], told["looks"], told["phone"], row.account_id, row.facility_id,
        row.recorded_by, row.recorded_at, row.facility_id is not None,
    )  # fmt: skip


def _guardian(one: GuardianFacts) -> Taker:
    return Taker(one.handle, one.name, one.masked_phone, guardian=one.relation)


def _adult(one: AdultFacts) -> Taker:
    return Taker(
        f"adult-{one.id}", one.name, one.masked_phone, adult_id=one.id, relation=one.relation,
        has_photo=one.has_photo,
    )  # fmt: skip
