"""From a file to rows of text: xlsx or CSV, whatever types its cells claim to have."""

import csv
import io
import unicodedata
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.refusals import N_, Refusal

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024  # every cell of the largest register filled, with its marks
MOST_ROWS = 5000
MOST_COLUMNS = 60
# What zipfile, zlib and openpyxl say of an archive that is damaged, locked or none.
UNREADABLE = (
    BadZipFile, EOFError, IndexError, InvalidFileException, KeyError, OSError, RuntimeError,
    SyntaxError, ValueError, zlib.error,
)  # fmt: skip
_XLSX, _OLD_XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class BadFile(Refusal):
    """A file that is no register: the rows were not looked at."""

    sentence = N_("这个文件打不开。请另存为 xlsx，或 UTF-8 编码的 CSV，再导入。")


class OldExcel(BadFile):
    """A file of the Excel before 2007."""

    sentence = N_("这是旧版 Excel 文件（xls）。请在 Excel 里另存为 xlsx 再导入。")


class TooLarge(BadFile):
    """More than a district's register can be."""

    sentence = N_("文件太大：最多 10 MB、%(most)d 行。请分成几个文件导入。")


class ColumnsMissing(BadFile):
    """A header without a column that every row needs."""

    sentence = N_("表头缺少这些列：%(columns)s。请对照说明补上再导入。")


class ColumnsUnknown(BadFile):
    """A header with columns that we would have to drop silently."""

    sentence = N_("表头里这些列不认识：%(columns)s。请对照说明改名或删掉再导入。")


class ColumnTwice(BadFile):
    """A header that names a column twice."""

    sentence = N_("表头里这些列出现了两次：%(columns)s。请只留一列再导入。")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells of a row by column, trimmed text; `line` as the spreadsheet counts, from 1."""

    line: int
    cells: Mapping[str, str]


def read_sheet(content: bytes, known: Collection[str], required: Collection[str]) -> list[SheetRow]:
    """Return the rows under the header, blank ones left out; raises a `BadFile`.

    The header may hold the columns `known` in any order, and must hold those `required`.

    xlsx: the first sheet; a formula counts as the value that was saved with it. CSV: UTF-8, with
    or without its mark, else GB 18030.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge(most=MOST_ROWS)
    if content.startswith(_OLD_XLS):
        raise OldExcel
    lines = _from_xlsx(content) if content.startswith(_XLSX) else _from_csv(content)
    numbered = [(n, line) for n, line in enumerate(lines, 1) if any(line)]
    if not numbered:
        raise BadFile
    header = _header(numbered[0][1], known, required)
    return [
        SheetRow(n, dict(zip(header, line, strict=False)) | _rest(header, line))
        for n, line in numbered[1:]
    ]


def _from_xlsx(content: bytes) -> list[list[str]]:
    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        with closing(book):
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file says of its size may be wrong
            return _bounded(_text_rows(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)))
    except UNREADABLE as bad:
        raise BadFile from bad


def _refuse_bomb(content: bytes) -> None:
    """An archive that says of itself that it is huge; Python unpacks no more than it says."""
    with ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise TooLarge(most=MOST_ROWS)


def _from_csv(content: bytes) -> list[list[str]]:
    try:
        text = _decoded(content)
        return _bounded(_text_rows(csv.reader(io.StringIO(text, newline=""))))
    except (UnicodeDecodeError, csv.Error) as bad:
        raise BadFile from bad


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _bounded(rows: Iterable[list[str]]) -> list[list[str]]:
    """All rows; more than a register has, even of blank ones, is `TooLarge`."""
    kept: list[list[str]] = []
    for row in rows:
        if len(kept) > MOST_ROWS:
            raise TooLarge(most=MOST_ROWS)
        kept.append(row)
    return kept


def _text_rows(rows: Iterable[Sequence[Any]]) -> Iterator[list[str]]:
    for row in rows:
        yield [text_of_cell(value) for value in row[:MOST_COLUMNS]]


def text_of_cell(value: object) -> str:
    """Return a cell as its reader sees it: a whole number has no `.0`, a day is `2026-11-23`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.12g}"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    visible = (c for c in str(value) if c == "\n" or unicodedata.category(c) != "Cc")
    return "".join(visible).strip()


def _header(line: Sequence[str], known: Collection[str], required: Collection[str]) -> list[str]:
    names = [digits(name).replace(" ", "").rstrip("*") for name in line]
    while names and not names[-1]:
        names.pop()
    given = [name for name in names if name]
    _refuse(ColumnTwice, {name for name in given if given.count(name) > 1})
    _refuse(ColumnsUnknown, set(given) - set(known))
    _refuse(ColumnsMissing, set(required) - set(given))
    return names


def _refuse(refusal: type[BadFile], columns: set[str]) -> None:
    if columns:
        raise refusal(columns="、".join(sorted(columns)))


def _rest(header: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    """Columns that a short line leaves out; and the mark of cells beyond the header."""
    missing = dict.fromkeys(header[len(line) :], "")
    beyond = " ".join(cell for cell in line[len(header) :] if cell)
    return missing | ({"": beyond} if beyond else {})
