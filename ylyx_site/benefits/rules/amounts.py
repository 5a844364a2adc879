"""How much a rule gives, before others are looked at. Whole fen, exact."""

from ylyx_site.benefits.kinds import Rounding
from ylyx_site.benefits.rules.rule import Case, Fixed, Measured, Rule, Share

COINS = {"fen": 1, "jiao": 10, "yuan": 100}


def amount_fen(rule: Rule, case: Case, price_fen: int, rest_fen: int) -> int:
    """What the rule gives, rounded by its own rounding: 0 up to `rest_fen`."""
    amount = case.amount
    if isinstance(amount, Fixed):
        fen = amount.fen
    elif isinstance(amount, Share):
        base = price_fen if amount.measured == Measured.BEFORE else rest_fen
        fen = rounded(base * amount.per_mille, 1000, rule.rounding)
        fen = fen if amount.ceiling_fen is None else min(fen, amount.ceiling_fen)
    else:
        fen = rounded(max(0, rest_fen - amount.fen), 1, rule.rounding)
    return max(0, min(fen, rest_fen))


def rounded(numerator: int, denominator: int, rounding: Rounding) -> int:
    """`numerator / denominator` fen, not negative, as whole coins of the rounding, in fen.

    Half a coin goes up under `half_up`.
    """
    unit, _, way = rounding.value.partition("_")
    coin = COINS[unit]
    whole, over = divmod(numerator, denominator * coin)
    up = {"down": False, "up": over > 0, "half_up": 2 * over >= denominator * coin}[way]
    return (whole + up) * coin
