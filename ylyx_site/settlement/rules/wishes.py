"""What somebody wants of a settlement. Pure."""

from dataclasses import dataclass

from ylyx_site.settlement.kinds import Pays

MOST_CORRECTION_FEN = 10_000_000
SHORTEST, LONGEST_WHY, LONGEST_PURPOSE = 2, 100, 60


@dataclass(frozen=True, slots=True)
class SettleWish:
    """Settle a month; `purpose`: for whom the file is made, kept with it."""

    month: str
    purpose: str


@dataclass(frozen=True, slots=True)
class CorrectionWish:
    """Add or take away from what a payer pays of a month; `fen` has its sign."""

    month: str
    pays: Pays
    fen: int
    why: str
