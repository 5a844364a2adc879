"""The queue as rows. `QueueLine` is append-only: from it alone everything can be told again."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.facilities.kinds import CareKind
from ylyx_site.shared.db import Model
from ylyx_site.waiting.kinds import EntryState, Event, NeedState, OfferState, Skip

OPEN = sa.text("state = 'open'")


class WaitingEntry(Model):
    """A need of a family: one kind of care for these children, at one of several nurseries.

    `starts`, `ends`: only for hourly care. `together`: all of its days or none.
    """

    __tablename__ = "waiting_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    kind: Mapped[CareKind]
    half: Mapped[str] = mapped_column(sa.String(4), default="")
    starts: Mapped[int | None] = mapped_column(sa.SmallInteger)
    ends: Mapped[int | None] = mapped_column(sa.SmallInteger)
    together: Mapped[bool] = mapped_column(default=False)
    state: Mapped[EntryState] = mapped_column(default=EntryState.WAITING)
    joined_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)


class WaitingHouse(Model):
    """A nursery that the entry waits for. `number` counts up in each nursery and is public.

    `starts` and `ends` are the hours that the care has there, as the nursery sells them.
    """

    __tablename__ = "waiting_house"
    __table_args__ = (sa.UniqueConstraint("facility_id", "number"),)

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("waiting_entry.id"), primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    number: Mapped[int]
    joined_at: Mapped[datetime]
    starts: Mapped[int] = mapped_column(sa.SmallInteger)
    ends: Mapped[int] = mapped_column(sa.SmallInteger)


class WaitingDay(Model):
    """A day that the entry waits for."""

    __tablename__ = "waiting_day"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("waiting_entry.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[NeedState] = mapped_column(default=NeedState.OPEN)


class WaitingChild(Model):
    """A child of the entry; gone when what ended long ago is forgotten."""

    __tablename__ = "waiting_child"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("waiting_entry.id"), primary_key=True)
    child_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id"), primary_key=True, index=True
    )  # fmt: skip


class WaitingOffer(Model):
    """Places kept for an entry until `expires_at`; at most one open offer an entry.

    The ledger keeps them by `hold_id`: a hold of the room of places, which lapses by itself.
    The link in the message carries a token that nobody stores; `token_hash` finds it again.
    """

    __tablename__ = "waiting_offer"
    __table_args__ = (
        sa.Index(
            "uq_waiting_offer_open", "entry_id", unique=True,
            sqlite_where=OPEN, postgresql_where=OPEN,
        ),
        sa.Index(
            "ix_waiting_offer_due", "facility_id", "expires_at",
            sqlite_where=OPEN, postgresql_where=OPEN,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("waiting_entry.id"), index=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    hold_id: Mapped[int]
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[OfferState] = mapped_column(default=OfferState.OPEN)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None]
    booking_code: Mapped[str | None] = mapped_column(sa.String(12))


class OfferedDay(Model):
    """What an offer is for: a child's hours of a day in a class."""

    __tablename__ = "waiting_offered_day"

    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("waiting_offer.id"), primary_key=True)
    child_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(sa.ForeignKey("care_class.id"))
    starts: Mapped[int] = mapped_column(sa.SmallInteger)
    ends: Mapped[int] = mapped_column(sa.SmallInteger)
    price_fen: Mapped[int]


class QueueLine(Model):
    """A line of a nursery's queue, in the order of its numbers; never changed, never deleted."""

    __tablename__ = "queue_line"
    __table_args__ = (sa.Index("ix_queue_line_facility_id_id", "facility_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    at: Mapped[datetime]
    number: Mapped[int]
    event: Mapped[Event]
    days: Mapped[str] = mapped_column(sa.Text, default="")
    starts: Mapped[int | None] = mapped_column(sa.SmallInteger)
    ends: Mapped[int | None] = mapped_column(sa.SmallInteger)
    children: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    rank: Mapped[int | None] = mapped_column(sa.SmallInteger)
    until: Mapped[str] = mapped_column(sa.String(40), default="")
    reason: Mapped[Skip | None]


class PriorityGroup(Model):
    """A group that comes first by the published rule of a facility, or of a whole division.

    The smaller `rank` comes first; whoever is in none has 100. Both days are included.
    """

    __tablename__ = "queue_priority_group"
    __table_args__ = (
        sa.CheckConstraint("(facility_id IS NULL) <> (division_code IS NULL)", name="one_scope"),
        sa.CheckConstraint("0 < rank AND rank < 100", name="before_the_others"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int | None] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    division_code: Mapped[str | None] = mapped_column(sa.String(12))
    name: Mapped[str] = mapped_column(sa.String(40))
    paper: Mapped[str] = mapped_column(sa.String(100))
    rank: Mapped[int] = mapped_column(sa.SmallInteger)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class PriorityClaim(Model):
    """An entry that says it belongs to a group; counts where a nursery has seen the paper."""

    __tablename__ = "queue_priority_claim"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("waiting_entry.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(
        sa.ForeignKey("queue_priority_group.id"), primary_key=True
    )
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    claimed_at: Mapped[datetime]
    paper: Mapped[str] = mapped_column(sa.String(100), default="")
    confirmed_by: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_on: Mapped[date | None]
    valid_to: Mapped[date | None]


class QueueTerms(Model):
    """Limits of a facility's queue, or of all queues of a division; without a row, the usual."""

    __tablename__ = "queue_terms"

    scope: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    most_waiting: Mapped[int]
    most_per_child: Mapped[int]
    answer_minutes: Mapped[int]
