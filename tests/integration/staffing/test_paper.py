"""The week's roster on paper and as a table: the own house's, and nobody else's."""

from io import BytesIO

from openpyxl import load_workbook

from tests.client import SiteClient, text_of
from tests.integration.staffing.house import HEAD, TUESDAY, ZHAO, House, on_duty
from ylyx_site.shared.db import transaction

WEEK = f"?week={TUESDAY}"


def rows_of(client: SiteClient) -> list[tuple[object, ...]]:
    """The rows of the table, its head first."""
    answer = client.get(f"/desk/duty/week.xlsx{WEEK}")
    rows = list(load_workbook(BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
    answer.close()
    return rows


def test_the_roster_is_printed_and_taken_away_by_the_own_house_only(
    client: SiteClient, house: House
) -> None:
    with transaction() as session:
        on_duty(session, house.ours, house.carers[0], house.younger, [TUESDAY])
    client.sign_in_as(HEAD)
    [head, shift] = rows_of(client)
    assert (head[1], shift[3], shift[6], shift[7]) == ("姓名", "托小班", "当班", "是")
    assert str(shift[1]) in text_of(client.get(f"/desk/duty/print{WEEK}"))
    client.sign_in_as(ZHAO)
    assert len(rows_of(client)) == 1
    assert str(shift[1]) not in text_of(client.get(f"/desk/duty/print{WEEK}"))
