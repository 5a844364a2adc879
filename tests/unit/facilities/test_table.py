"""Cells of a register: what they may say, and what is refused with a sentence."""

import io
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from ylyx_site.facilities.kinds import ClassKind, FacilityKind, Filing, Nature, Tariff
from ylyx_site.facilities.rules.wishes import ClassWish, RegisterRow
from ylyx_site.facilities.table import BadFile, Problem, SheetRow, cells, read_row, read_sheet
from ylyx_site.facilities.table.columns import COLUMNS, REQUIRED
from ylyx_site.facilities.table.sheet import (
    MOST_ROWS,
    ColumnsMissing,
    ColumnsUnknown,
    ColumnTwice,
    OldExcel,
    TooLarge,
    text_of_cell,
)
from ylyx_site.shared.spans import TimeSpan

WORKDAYS = dict.fromkeys(range(1, 6), TimeSpan(450, 1050))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (49.0, "49"),
        (500111001.0, "500111001"),
        (0.1 + 0.2, "0.3"),
        (29.707123, "29.707123"),
        (80, "80"),
        (True, "是"),
        (False, "否"),
        (datetime(2026, 11, 23), "2026-11-23T00:00:00"),  # noqa: DTZ001 as a spreadsheet has it
        (" 金星\x00 ", "金星"),
    ],
)
def test_cell_as_text(value: object, expected: str) -> None:
    assert text_of_cell(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("周一至周五 07:30-17:30", WORKDAYS),
        ("星期一到星期五07：30～17：30", WORKDAYS),
        ("周一至周五 7:30-17:30；周六 08:00-12:00", WORKDAYS | {6: TimeSpan(480, 720)}),
        ("每天 06:30-19:00", dict.fromkeys(range(1, 8), TimeSpan(390, 1140))),
        ("周六、周日 08:00-12:00", dict.fromkeys((6, 7), TimeSpan(480, 720))),
        ("周天 08:00—12:00", {7: TimeSpan(480, 720)}),
    ],
)
def test_opening_cell(text: str, expected: dict[int, TimeSpan]) -> None:
    assert cells.opening(text) == expected


@pytest.mark.parametrize(
    "text",
    ["早到晚", "周一 17:30-07:30", "周五至周一 08:00-12:00", "周一 08:00-12:00；周一 13:00-15:00",
     "周八 08:00-12:00", "周一 08:00", "周一 25:00-26:00"],
)  # fmt: skip
def test_bad_opening_cell_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        cells.opening(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("托小班 15", (ClassWish(ClassKind.YOUNGER, "托小班", 15),)),
        (
            "托小班×15；向日葵班（托大班）18人",
            (
                ClassWish(ClassKind.YOUNGER, "托小班", 15),
                ClassWish(ClassKind.OLDER, "向日葵班", 18),
            ),
        ),
        ("托小班2 15", (ClassWish(ClassKind.YOUNGER, "托小班2", 15),)),
        ("托小班x15", (ClassWish(ClassKind.YOUNGER, "托小班", 15),)),
        ("乳儿一班：8", (ClassWish(ClassKind.INFANT, "乳儿一班", 8),)),
    ],
)
def test_classes_cell(text: str, expected: tuple[ClassWish, ...]) -> None:
    assert cells.classes(text) == expected


@pytest.mark.parametrize("text", ["向日葵班 18", "托小班", "托小班 -3", "托小班 5；托小班 6"])
def test_bad_classes_cell_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        cells.classes(text)


GOOD = {
    "名称": "金星托育中心",
    "类型": "托育",
    "性质": "托育中心",
    "统一社会信用代码": "91110000600037341L",
    "备案状态": "已备案",
    "区划代码": "500111001",
    "地址": "北街 1 号",
    "电话": "023-43700001",
    "全日托价格": "80",
}


def test_good_row_is_a_wish() -> None:
    wish = read_row(SheetRow(2, GOOD))
    assert isinstance(wish, RegisterRow)
    assert (wish.facility.kind, wish.facility.nature) == (FacilityKind.NURSERY, Nature.CENTRE)
    assert (wish.facility.filing, wish.facility.telephone) == (Filing.FILED, "02343700001")
    assert wish.prices == {Tariff.FULL_DAY: 8000}
    assert (wish.places, wish.inclusive, wish.opening, wish.classes) == (None, None, {}, ())


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("统一社会信用代码", "91110000600037341A"),
        ("统一社会信用代码", "9.1110000600037e+17"),
        ("电话", "2343700001"),
        ("备案托位", "49.5"),
        ("备案托位", "-1"),
        ("全日托价格", "80.123"),
        ("全日托价格", "#N/A"),
        ("普惠", "也许"),
        ("类型", "学校"),
        ("性质", "别的"),
        ("备案状态", ""),
        ("名称", ""),
        ("纬度", "北纬29度"),
        ("区划代码", "5001"),
    ],
)
def test_each_wrong_cell_is_told_by_its_column(column: str, text: str) -> None:
    problems = read_row(SheetRow(2, GOOD | {column: text}))
    assert isinstance(problems, list)
    assert [problem.column for problem in problems] == [column]


def test_all_that_is_wrong_is_told_at_once() -> None:
    problems = read_row(SheetRow(2, GOOD | {"电话": "1", "备案托位": "x"}))
    assert isinstance(problems, list)
    assert sorted(problem.column for problem in problems) == ["备案托位", "电话"]


def test_cells_beyond_the_header_are_told() -> None:
    problems = read_row(SheetRow(2, GOOD | {"": "散落的字"}))
    assert problems == [Problem("", "表头以外的列里有内容，请把内容放进对应的列。")]


HEADER = ",".join(REQUIRED)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", BadFile),
        (b"PK\x03\x04 not a zip", BadFile),
        (b"\xd0\xcf\x11\xe0 old", OldExcel),
        ("名称,类型\na,b\n".encode(), ColumnsMissing),
        (f"{HEADER},颜色\n".encode(), ColumnsUnknown),
        (f"{HEADER},名称\n".encode(), ColumnTwice),
        ((HEADER + "\n" + "," * 3 + "\n").encode() + b"a\n" * (MOST_ROWS + 5), TooLarge),
        (b"\xff\xff\xff\xff", BadFile),
    ],
)
def test_file_that_is_no_register_is_refused(content: bytes, refusal: type[BadFile]) -> None:
    with pytest.raises(refusal):
        read_sheet(content, COLUMNS, REQUIRED)


SHEET = "xl/worksheets/sheet1.xml"
ROWS = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>&last;</t></is></c></row>'


def xlsx(sheet: bytes | None = None) -> bytes:
    """A small register, or one whose sheet is `sheet`."""
    plain, bent = io.BytesIO(), io.BytesIO()
    book = Workbook()
    book.worksheets[0].append(list(REQUIRED))
    book.save(plain)
    with ZipFile(plain) as old, ZipFile(bent, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if sheet and name == SHEET else old.read(name))
    return bent.getvalue()


def doctype(entities: str) -> bytes:
    """A sheet whose cell is the entity `last`."""
    return f"<!DOCTYPE x [{entities}]>{ROWS}{CELL}</sheetData></worksheet>".encode()


LAUGHS = ['<!ENTITY e0 "ha">'] + [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)]


def test_an_archive_that_unpacks_to_much_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TooLarge):
        read_sheet(xlsx(ROWS.encode() + b"<row/>" * 6_000_000), COLUMNS, REQUIRED)


@pytest.mark.parametrize(
    "entities",
    ["".join(LAUGHS) + '<!ENTITY last "&e9;">', '<!ENTITY last SYSTEM "file:///etc/passwd">'],
)
def test_entities_of_a_sheet_are_not_followed(entities: str) -> None:
    with pytest.raises(BadFile):
        read_sheet(xlsx(doctype(entities)), COLUMNS, REQUIRED)


def test_a_damaged_workbook_is_refused_with_a_sentence_wherever_it_is_damaged() -> None:
    whole, refused = xlsx(), 0
    for place in range(4, len(whole), 23):
        bent = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            read_sheet(bent, COLUMNS, REQUIRED)
        except BadFile:
            refused += 1
    assert refused > 50


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_each_encoding(encoding: str) -> None:
    text = f"{HEADER}\r\n,,,,,,\r\n金星托育中心,托育,x,已备案,500111001,北街,电\r\n"
    rows = read_sheet(text.encode(encoding), COLUMNS, REQUIRED)
    assert [(row.line, row.cells["名称"], row.cells["电话"]) for row in rows] == [
        (3, "金星托育中心", "电")
    ]
