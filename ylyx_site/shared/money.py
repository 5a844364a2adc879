"""Money is whole fen (1 yuan = 100 fen), never a float."""

import re
from collections.abc import Sequence

from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.refusals import N_

MOST_FEN = 1_000_000 * 100
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"

_AMOUNT = re.compile(r"¥? ?(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?:\.(\d{1,2}))? ?元?", re.ASCII)


def yuan(fen: int) -> str:
    """Write fen as `¥1,012.50`; a negative sum as `−¥10.00`, with a true minus sign (U+2212)."""
    whole, rest = divmod(abs(fen), 100)
    sign = "−" if fen < 0 else ""
    return f"{sign}¥{whole:,}.{rest:02d}"


def as_typed(fen: int) -> str:
    """Write fen, not below 0, as they stand in a field: `1012.50`; `fen_from_text` reads it."""
    return f"{fen // 100}.{fen % 100:02d}"


def in_capitals(fen: int) -> str:
    """Write fen as a receipt has it, so that no stroke changes it: `人民币伍佰元零伍分`.

    [中国人民银行 正确填写票据和结算凭证的基本规定]: 整 after 元 or 角, 零 for digits left out.
    Less than 100 million yuan.
    """
    whole, rest = divmod(abs(fen), 100)
    ten, one = divmod(rest, 10)
    parts = [_capital_number(whole) + "元" if whole or not rest else ""]
    if ten:
        parts.append(_CAPITALS[ten] + "角")
    elif one and whole:
        parts.append("零")
    parts.append(_CAPITALS[one] + "分" if one else "整")
    return ("负" if fen < 0 else "") + "人民币" + "".join(parts)


def _capital_number(number: int) -> str:
    above, below = divmod(number, 10_000)
    text = _capital_four(above) + "万" if above else ""
    if above and 0 < below < 1000:
        text += "零"
    return text + _capital_four(below) if below or not above else text


def _capital_four(number: int) -> str:
    digits_of = [int(one) for one in str(number)]
    units = ("仟", "佰", "拾", "")[4 - len(digits_of) :]
    text = "".join(
        _CAPITALS[digit] + unit if digit else "零"
        for digit, unit in zip(digits_of, units, strict=True)
    )
    return re.sub("零+", "零", text).rstrip("零") or "零"


def fen_from_text(text: str) -> int:
    """Read an amount in yuan (`12.5`, `¥1,012.50`, `１２元`) as fen, 0 to 1,000,000 yuan.

    Raises `ValueError` with a Chinese sentence: signs, exponents, commas that part no thousands
    and a third decimal are refused, for they are more often a slip than a wish.
    """
    match = _AMOUNT.fullmatch(digits(text).replace("￥", "¥"))
    if match is None:
        raise ValueError(N_("请填写金额，单位是元，最多两位小数，例如 12.50。"))
    fen = int(match[1].replace(",", "")) * 100 + int((match[2] or "").ljust(2, "0"))
    if fen > MOST_FEN:
        raise ValueError(N_("金额不能超过 1000000 元，请核对后重新填写。"))
    return fen


def share(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Divide a sum by weights so that the parts add up to it, to the fen.

    Largest remainder: parts are rounded towards zero, and the fen left over go to the largest
    remainders, the earlier part first. Raises `ValueError` if a weight is negative or all are 0.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("Weights are not negative, and one at least is above 0.")
    divided = [divmod(abs(total_fen) * weight, whole) for weight in weights]
    parts = [part for part, _ in divided]
    left = abs(total_fen) - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda n: -divided[n][1])
    for n in by_remainder[:left]:
        parts[n] += 1
    return parts if total_fen >= 0 else [-part for part in parts]
