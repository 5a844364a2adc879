"""What is asked for, as values."""

from dataclasses import dataclass

from ylyx_site.fees.errors import NoteMissing, WrongAmount
from ylyx_site.fees.kinds import Means, ReceiptKind
from ylyx_site.shared.money import yuan

MOST_FEN = 20_000 * 100  # some months ahead, and not a slip of the keyboard


@dataclass(frozen=True, slots=True)
class ReceiptWish:
    """Money in or back for a child's month; `fen` is positive, a correction may go down."""

    kind: ReceiptKind
    means: Means
    fen: int
    note: str = ""
    is_downward: bool = False


def signed_fen(wish: ReceiptWish, paid_fen: int) -> int:
    """What the receipt adds to what came in; `paid_fen` is the month's by now.

    Raises `NoteMissing` for money back or a correction without why, and `WrongAmount`: never is
    more given back than came in.
    """
    if wish.kind is not ReceiptKind.PAID and not wish.note:
        raise NoteMissing
    is_back = wish.kind is ReceiptKind.REFUND or (
        wish.kind is ReceiptKind.CORRECTION and wish.is_downward
    )
    most = max(0, paid_fen) if is_back else MOST_FEN
    if not 0 < wish.fen <= most:
        raise WrongAmount(most=yuan(most))
    return -wish.fen if is_back else wish.fen
