"""Days read as each language writes them."""

from datetime import date

import pytest
from flask import Flask

from ylyx_site.shared.words import brief_day, full_date

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("language", "brief", "full"),
    [("zh", "3/5", "2026年3月5日"), ("en", "5 Mar", "5 Mar 2026")],
)
def test_a_day_cannot_be_read_the_wrong_way_round(language: str, brief: str, full: str) -> None:
    with Flask(__name__).test_request_context(headers={"Cookie": f"language={language}"}):
        assert (brief_day(DAY), full_date(DAY)) == (brief, full)
