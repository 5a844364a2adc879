"""The one gate for numbers, codes and names that come from outside.

Python's digit patterns, `int()` and `isdigit()` take full-width digits, and a dollar sign takes
a trailing newline (SAFETY, finding 7): so everything is narrowed here first and matched whole,
ASCII only. What is stored of a name is never normalised by NFKC, which replaces compatibility
ideographs; only search keys are. Refusals are `BadIdentifier`, with one Chinese sentence to show.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import phonenumbers
from pypinyin import Style, lazy_pinyin, pinyin
from stdnum.cn import ric, uscc

from ylyx_site.shared.refusals import N_

# No 0 O, 1 I L, U V, nor 2/Z, 5/S, 8/B twice over: a code is read aloud and written by hand.
CODE_LETTERS = "23456789ACDEFGHJKMNPQRTWXY"
EARLIEST_BIRTH = date(1900, 1, 1)
MOST_PINYIN_KEYS = 8

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SEPARATORS = re.compile(r"[\s()\-\u2010-\u2015\u2212]")
_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9]\d{9})", re.ASCII)
_LANDLINE = re.compile(r"(?:(?:\+|00)860?|0)([1-9]\d{8,10})", re.ASCII)
_ID = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_CREDIT = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}", re.ASCII)
_DIVISION = re.compile(r"[1-9]\d{5}(?:\d{3}){0,2}", re.ASCII)

_HAN = r"[\u2e80-\u9fff\ue000-\ufaff\U00020000-\U0003ffff]"
_MIDDLE_DOTS = r"[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff0e\uff65]"
_DOTS = re.compile(rf" ?(?:{_MIDDLE_DOTS}|(?<={_HAN})\.|\.(?={_HAN})) ?")
_SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u3000]+")
_IGNORED_IN_SEARCH = re.compile(rf"[\s.]|{_MIDDLE_DOTS}")
_NAME_MARKS = frozenset("·.'’- ()（）")
_RADICALS = range(0x2E80, 0x3000)


class BadIdentifier(ValueError):  # noqa: N818 a refusal is an answer, not an error
    """A number, code or name that cannot be right; `str()` is the sentence, a message id."""


class Sex(StrEnum):
    """As the 17th digit of an ID number says it."""

    female = "female"
    male = "male"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A checked ID number, 18 characters, and what it says of its holder."""

    value: str
    born_on: date
    sex: Sex


def digits(text: str) -> str:
    """Return the text with full-width letters, digits and signs narrowed, ends trimmed.

    Narrower than NFKC on purpose, which would also read `12²` as 122.
    """
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return visible.translate(_NARROW).strip()


def mobile(text: str) -> str:
    """Return a mobile number as 11 digits; spaces, hyphens and +86 may be there."""
    match = _MOBILE.fullmatch(_compact(text))
    if match is None:
        raise BadIdentifier(N_("请填写 11 位手机号码，例如 13812345678。"))
    return match[1]


def telephone(text: str) -> str:
    """Return a mobile number, or a Chinese landline as area code and number: `02343700001`."""
    compact = _compact(text)
    if match := _MOBILE.fullmatch(compact):
        return match[1]
    match = _LANDLINE.fullmatch(compact)
    if match is None or not _is_landline("0" + match[1]):
        raise BadIdentifier(N_("请填写手机号码，或带区号的固定电话，例如 023-43700001。"))
    return "0" + match[1]


def mask_phone(number: str) -> str:
    """Show the first three and the last four digits: `138****5678`."""
    return _mask_middle(number, 3, 4)


def id_number(text: str, today: date) -> IdNumber:
    """Check an ID number, or a residence permit of 81, 82 or 83, by GB 11643-1999.

    The area code is not looked up: codes of districts that are gone stay valid. The birth date
    lies between 1900 and `today`. Raises `BadIdentifier`.
    """
    value = _compact(text).upper()
    if not _ID.fullmatch(value):
        raise BadIdentifier(N_("身份证号码应为 18 位，末位可以是 X，请核对后重新填写。"))
    if ric.calc_check_digit(value) != value[-1]:
        raise BadIdentifier(N_("身份证号码的校验位不对，请逐位核对后重新填写。"))
    born_on = _birth_date(value[6:14])
    if not EARLIEST_BIRTH <= born_on <= today:
        raise BadIdentifier(N_("身份证号码里的出生日期不对，请核对后重新填写。"))
    sex = Sex.male if int(value[16]) % 2 else Sex.female
    return IdNumber(value, born_on, sex)


def row_number(text: str) -> int:
    """A number of an address or a hidden field, 0 to 2³¹ − 1, as a row may have it.

    Raises ValueError for anything else, also for what `int()` takes and no column holds.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) < 2**31):
        raise ValueError(text[:20])
    return int(text)


def mask_id(value: str) -> str:
    """Show the first four and the last four characters: `5001**********0011`."""
    return _mask_middle(value, 4, 4)


def credit_code(text: str) -> str:
    """Check a unified social credit code by GB 32100-2015; a first letter (A, N, Y) is fine."""
    value = _compact(text).upper()
    if not _CREDIT.fullmatch(value):
        raise BadIdentifier(N_("统一社会信用代码应为 18 位数字或大写字母，不含 I、O、S、V、Z。"))
    if uscc.calc_check_digit(value) != value[-1]:
        raise BadIdentifier(N_("统一社会信用代码的校验位不对，请逐位核对后重新填写。"))
    return value


def division_code(text: str) -> str:
    """Check a division code: 6 digits district, 9 town or street, 12 community."""
    value = _compact(text)
    if not _DIVISION.fullmatch(value):
        raise BadIdentifier(N_("行政区划代码应为 6 位、9 位或 12 位数字。"))
    return value


def person_name(text: str) -> str:
    """Return a name of 2–30 code points as it is to be stored, its dots all `·` (U+00B7).

    Rare characters stay as typed, Latin names keep their full stops. Raises `BadIdentifier`.
    """
    name = _DOTS.sub("·", _SPACES.sub(" ", _without_invisible_ends(text)))
    if not 2 <= len(name) <= 30:
        raise BadIdentifier(N_("姓名应为 2 到 30 个字，请填写完整的姓名。"))
    if not all(_may_stand_in_name(c) for c in name) or not any(map(_is_letter, name)):
        raise BadIdentifier(N_("姓名里有不能用的字符，请只填写文字、间隔号“·”、连字符或空格。"))
    if name.startswith("·") or name.endswith("·"):
        raise BadIdentifier(N_("间隔号“·”应在姓名中间，请核对后重新填写。"))
    return name


def mask_name(name: str) -> str:
    """Show the first and last character, `张*明`, or the first alone: `张*`, `买**·**`."""
    shown = [c for c in name if not unicodedata.category(c).startswith("M")]
    keeps_last = len(shown) > 2 and not {"·", " "} & set(shown)
    last = len(shown) - 1 if keeps_last else 0
    return "".join(
        c if c in "· " or (len(shown) > 1 and n in (0, last)) else "*" for n, c in enumerate(shown)
    )


def search_key(text: str) -> str:
    """Return the text to search by: NFKC, casefolded, without spaces and name dots."""
    return _IGNORED_IN_SEARCH.sub("", unicodedata.normalize("NFKC", text).casefold())


def pinyin_keys(name: str) -> str:
    """Return at most 8 search keys, space separated: full pinyin and initials.

    Every reading of the first character counts, as far as 8 keys reach, since a surname is often
    read otherwise than the word (单: shan, not dan). 30 characters give under 900 letters.
    """
    if not name:
        return ""
    whole, rest = _syllables(name), _syllables(name[1:])
    surnames = pinyin(name[0], style=Style.NORMAL, heteronym=True, errors="ignore")
    readings = [whole, *([first, *rest] for heard in surnames for first in heard)]
    keys = ["".join(part[:n] for part in reading) for reading in readings for n in (None, 1)]
    return " ".join(list(dict.fromkeys(filter(None, keys)))[:MOST_PINYIN_KEYS])


class CodeTakenError(RuntimeError):
    """The random code exists already: the whole command is tried again with another one."""


def public_code(n: int = 6) -> str:
    """Return a random code of n letters and digits that can be read aloud."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(n))


def pretty_code(code: str) -> str:
    """Write a code in two halves: `7K3-92F`."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def code_from_text(text: str, n: int = 6) -> str:
    """Read a code as somebody typed it: small letters, dashes, spaces, full-width."""
    code = _compact(text).upper()
    if len(code) != n or not set(code) <= set(CODE_LETTERS):
        raise BadIdentifier(N_("没有这样的编号，请按单据上的字母和数字重新填写。"))
    return code


def _compact(text: str) -> str:
    return _SEPARATORS.sub("", digits(text))


def _is_landline(number: str) -> bool:
    parsed = phonenumbers.parse(number, "CN")
    return phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.FIXED_LINE


def _birth_date(text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise BadIdentifier(N_("身份证号码里的出生日期不存在，请核对后重新填写。")) from error


def _mask_middle(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    if hidden < 3:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[-tail:]


def _without_invisible_ends(text: str) -> str:
    """Trim spaces and the invisible marks that come with text copied from a phone."""
    start, end = 0, len(text)
    while start < end and _is_invisible(text[start]):
        start += 1
    while start < end and _is_invisible(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_invisible(c: str) -> bool:
    return c.isspace() or unicodedata.category(c) == "Cf"


def _is_letter(c: str) -> bool:
    """Tell letters and ideographs, with those that Python does not know yet or has as symbols.

    〇 is a number letter, radicals are symbols, and the newest CJK planes and the private use
    area, where registries keep rare characters, have no category of their own.
    """
    rare = unicodedata.category(c) in {"Co", "Cn", "Nl"}
    return c.isalpha() or rare or ord(c) in _RADICALS


def _may_stand_in_name(c: str) -> bool:
    is_mark_or_digit = unicodedata.category(c) in {"Mn", "Mc", "Nd"}
    return _is_letter(c) or is_mark_or_digit or c in _NAME_MARKS


def _syllables(name: str) -> list[str]:
    """Read word by word; what has no pinyin (Latin, the rarest characters) stays as its key."""
    words = re.split(r"[\s·]+", name)
    return [s for w in words for s in lazy_pinyin(w, style=Style.NORMAL, errors=search_key)]
