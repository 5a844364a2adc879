"""Tables to take away."""

from decimal import Decimal

from openpyxl import load_workbook

from ylyx_site.shared.spreadsheets import Sheet, written


def test_no_cell_becomes_a_formula() -> None:
    dangerous = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']
    with written([Sheet("名单", ["备注"], [[text] for text in dangerous])]) as stream:
        page = load_workbook(stream).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in page["A"][1:]] == [
        (text, "s") for text in dangerous
    ]


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    with written([Sheet("费用", ["元", "天", "无"], [[Decimal("12.30"), 3, None]])]) as stream:
        page = load_workbook(stream).worksheets[0]
    assert [cell.value for cell in page[2]] == [12.3, 3, None]
    assert page["A2"].number_format == "0.00"


def test_two_sheets_and_rows_from_an_iterator() -> None:
    sheets = [Sheet("甲", ["n"], ([n] for n in range(3))), Sheet("乙", ["n"], [])]
    with written(sheets) as stream:
        book = load_workbook(stream)
    assert book.sheetnames == ["甲", "乙"]
    assert [row[0].value for row in book["甲"].iter_rows()] == ["n", 0, 1, 2]
