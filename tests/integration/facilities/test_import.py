"""`flask facilities import`: real files, all rows or none, one line each."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from openpyxl import Workbook

from tests.integration.facilities.making import MONDAY, a_code
from tests.makers import a_town
from ylyx_site.facilities import queries
from ylyx_site.facilities.kinds import ClassKind, FacilityKind, Filing, Tariff
from ylyx_site.facilities.models import Division, Facility
from ylyx_site.facilities.queries.opening import week_of
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.spans import TimeSpan

HEADER = (
    "名称", "类型", "性质", "统一社会信用代码", "备案状态", "区划代码", "地址", "电话", "备案托位",
    "普惠", "开放时间", "班级", "全日托价格", "纬度", "经度",
)  # fmt: skip
JINXING = (
    "金星托育中心", "托育", "托育中心", a_code(1), "已备案", 500111001, "北街 1 号",
    "023-43700001", 49.0, "是", "周一至周五 07:30-17:30", "托小班 15；向日葵班（托大班）18", 80.5,
    29.7, 105.7,
)  # fmt: skip
HONGSHENG = (
    "宏声食堂", "老年食堂", "", a_code(2), "已备案", "500111001", "中路 2 号", 13800000001, None,
    None, "每天 06:30-19:00", None, None, None, None,
)  # fmt: skip


def changed(row: Sequence[object], **cells: object) -> list[object]:
    return [cells.get(column, value) for column, value in zip(HEADER, row, strict=True)]


def xlsx(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, *rows):
        sheet.append(list(row))
    file = path / "register.xlsx"
    book.save(file)
    return file


def run(app: Flask, file: Path, *options: str, command: str = "import") -> Result:
    result = app.test_cli_runner().invoke(args=["facilities", command, str(file), *options])
    db.session.rollback()
    return result


@pytest.fixture
def town(app: Flask) -> None:
    with transaction() as session:
        a_town(session)


def count(model: type[Facility | JournalEntry]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.mark.usefixtures("town")
def test_xlsx_begins_a_city(app: Flask, tmp_path: Path) -> None:
    result = run(app, xlsx(tmp_path, [JINXING, [None] * 15, HONGSHENG]))
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "第 2 行 ✓ 金星托育中心",
        "第 4 行 ✓ 宏声食堂",
        "导入完成：新增 2 行，更新 0 行，0 行没有变化。",
    ]
    session = db.session()
    [row] = queries.find(session, FacilityKind.NURSERY, today=MONDAY, q="jxty").rows
    assert (row.name, row.filing, row.inclusive, row.places) == (
        "金星托育中心", Filing.FILED, True, 49,
    )  # fmt: skip
    assert [
        (one.name, one.kind, one.cap) for one in queries.classes_of(session, row.id, MONDAY)
    ] == [("托小班", ClassKind.YOUNGER, 15), ("向日葵班", ClassKind.OLDER, 18)]
    assert queries.prices_on(session, [row.id], MONDAY) == {row.id: {Tariff.FULL_DAY: 8050}}
    [canteen] = queries.find(session, FacilityKind.CANTEEN, today=MONDAY).rows
    assert canteen.telephone == "13800000001"
    assert set(week_of(session, canteen.id, MONDAY).values()) == {TimeSpan(390, 1140)}


@pytest.mark.usefixtures("town")
def test_one_wrong_row_imports_none(app: Flask, tmp_path: Path) -> None:
    wrong = changed(HONGSHENG, 电话="12345")
    too_many = changed(JINXING, 统一社会信用代码=a_code(3), 班级="托小班 16")
    nowhere = changed(JINXING, 统一社会信用代码=a_code(4), 区划代码="500999001")
    twice = changed(JINXING, 名称="金星二园")
    result = run(app, xlsx(tmp_path, [JINXING, wrong, too_many, nowhere, twice]))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "第 2 行 ✓ 金星托育中心",
        "第 3 行 ✗ 电话：请填写手机号码，或带区号的固定电话，例如 023-43700001。",
        "第 4 行 ✗ 这种班最多收 15 名孩子，请减少人数或分成两个班。",
        "第 5 行 ✗ 区划代码 500999001 不在本区的区划表里，请核对后重新填写。",
        "第 6 行 ✗ 统一社会信用代码：前面已经有一行用了这个代码，请只留一行。",
    ]
    assert (count(Facility), count(JournalEntry)) == (0, 0)


@pytest.mark.usefixtures("town")
def test_wrong_check_digit_is_told(app: Flask, tmp_path: Path) -> None:
    other = "0" if a_code(1)[-1] != "0" else "1"
    wrong = changed(JINXING, 统一社会信用代码=a_code(1)[:-1] + other)
    result = run(app, xlsx(tmp_path, [wrong]))
    assert "第 2 行 ✗" in result.output
    assert "统一社会信用代码的校验位不对" in result.output


@pytest.mark.usefixtures("town")
def test_check_changes_nothing(app: Flask, tmp_path: Path) -> None:
    result = run(app, xlsx(tmp_path, [JINXING]), "--check")
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == (
        "检查通过，未导入：会新增 1 行，更新 0 行，0 行没有变化。"
    )
    assert (count(Facility), count(JournalEntry)) == (0, 0)


@pytest.mark.usefixtures("town")
def test_second_import_changes_only_what_differs(app: Flask, tmp_path: Path) -> None:
    run(app, xlsx(tmp_path, [JINXING, HONGSHENG]))
    entries = count(JournalEntry)
    result = run(app, xlsx(tmp_path, [JINXING, HONGSHENG]))
    assert result.output.splitlines()[-1] == "导入完成：新增 0 行，更新 0 行，2 行没有变化。"
    assert count(JournalEntry) == entries
    moved = changed(JINXING, 地址="南街 9 号", 班级="托小班 12", 纬度=None, 经度=None, 普惠=None)
    result = run(app, xlsx(tmp_path, [moved, HONGSHENG]))
    assert result.output.splitlines()[-1] == "导入完成：新增 0 行，更新 1 行，1 行没有变化。"
    session = db.session()
    [row] = queries.find(session, FacilityKind.NURSERY, today=MONDAY).rows
    assert (row.address, row.latitude, row.inclusive) == ("南街 9 号", 29.7, True)
    caps = [one.cap for one in queries.classes_of(session, row.id, MONDAY)]
    assert caps == [12, 18]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_each_encoding(app: Flask, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "register.csv"
    lines = [",".join("" if cell is None else str(cell) for cell in row)
             for row in (HEADER, JINXING)]  # fmt: skip
    file.write_bytes("\r\n".join(lines).encode(encoding))
    result = run(app, file)
    assert result.output.splitlines()[0] == "第 2 行 ✓ 金星托育中心"


@pytest.mark.usefixtures("town")
def test_types_of_cells_are_not_trusted(app: Flask, tmp_path: Path) -> None:
    odd = changed(
        JINXING,
        电话=2343700001,  # a spreadsheet has eaten the zero
        开放时间=datetime(2026, 11, 23),  # noqa: DTZ001 as a spreadsheet has it
        备案托位="=40+9",  # never computed by the program that saved it
        普惠=True,
    )
    result = run(app, xlsx(tmp_path, [odd]))
    assert result.exit_code == 1
    [line, *_] = result.output.splitlines()
    assert line.startswith("第 2 行 ✗ 电话：")
    assert "开放时间：" in line
    assert "备案托位：" not in line


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "这个文件打不开。请另存为 xlsx，或 UTF-8 编码的 CSV，再导入。"),
        (b"PK\x03\x04broken", "这个文件打不开。请另存为 xlsx，或 UTF-8 编码的 CSV，再导入。"),
        (b"\xd0\xcf\x11\xe0", "这是旧版 Excel 文件（xls）。请在 Excel 里另存为 xlsx 再导入。"),
    ],
)
def test_file_that_is_no_register_is_refused(
    app: Flask, tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    result = run(app, file)
    assert (result.exit_code, result.output.strip()) == (1, sentence)


def test_divisions_come_first(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "divisions.csv"
    file.write_text("区划代码,名称,纬度,经度\n500111,大足区,,\n500111001,棠香街道,29.7,105.7\n")
    result = run(app, file, command="divisions")
    assert result.output.splitlines()[-1] == "导入完成：新增 2 行，更新 0 行，0 行没有变化。"
    session = db.session()
    rows = session.execute(sa.select(Division.code, Division.name, Division.latitude)).all()
    assert sorted(tuple(row) for row in rows) == [
        ("500111", "大足区", None),
        ("500111001", "棠香街道", 29.7),
    ]
    assert run(app, xlsx(tmp_path, [JINXING])).exit_code == 0
