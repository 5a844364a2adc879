"""What a receipt may say. Pure."""

from dataclasses import dataclass

from ylyx_site.meals.errors.payments import AlreadyPaid, NoteMissing, WrongAmount
from ylyx_site.meals.kinds import PaymentKind
from ylyx_site.meals.rules.wishes import PaymentWish
from ylyx_site.shared.money import yuan

OF_MEAL = frozenset({PaymentKind.ON_COLLECTION, PaymentKind.DESK})
MOST_AHEAD_FEN = 2_000 * 100  # a month's meals, and not a slip of the keyboard


@dataclass(frozen=True, slots=True)
class Account:
    """How a meal stands (all in fen), and what the person has paid ahead here."""

    pay_fen: int
    paid_fen: int
    is_live: bool
    balance_fen: int

    @property
    def due_fen(self) -> int:
        """What is still to be paid; nothing for a meal that has ended."""
        return max(0, self.pay_fen - self.paid_fen) if self.is_live else 0

    @property
    def owed_fen(self) -> int:
        """What is to be given back."""
        return max(0, self.paid_fen - (self.pay_fen if self.is_live else 0))


def signed_fen(wish: PaymentWish, account: Account) -> int:
    """What the receipt adds to what came in: negative for a refund or a correction downwards.

    Raises `AlreadyPaid`, `WrongAmount`, and `NoteMissing` for a refund or correction without why.
    """
    kind = wish.kind
    if kind in (PaymentKind.REFUND, PaymentKind.CORRECTION) and not wish.note:
        raise NoteMissing
    most = _most(wish, account)
    if kind in OF_MEAL and most == 0:
        raise AlreadyPaid
    if not 0 < wish.fen <= most:
        raise WrongAmount(most=yuan(most))
    is_back = kind is PaymentKind.REFUND or (kind is PaymentKind.CORRECTION and wish.is_downward)
    return -wish.fen if is_back else wish.fen


def _most(wish: PaymentWish, account: Account) -> int:
    if wish.meal_id is None:
        return account.balance_fen if wish.kind is PaymentKind.REFUND else MOST_AHEAD_FEN
    if wish.kind in OF_MEAL:
        return account.due_fen
    if wish.kind is PaymentKind.PREPAID:
        return min(account.due_fen, account.balance_fen)
    if wish.kind is PaymentKind.REFUND or wish.is_downward:
        return max(0, account.paid_fen)
    return MOST_AHEAD_FEN
