"""Whoever is meant at the counter, and how the list stands."""

import pytest

from ylyx_site.facilities.kinds import Serving
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.rules.counting import Counts, count
from ylyx_site.serving.rules.finding import is_meant, reading_key


@pytest.mark.parametrize(
    "query", ["", "周桂芳", "桂芳", "zgf", "zhoug", "ZGF", "5678", "78", "5678 ", "7K3-92F", "７８"]
)
def test_anything_that_is_said_finds_her(query: str) -> None:
    assert is_meant(query, "周桂芳", "", "5678", "7K392F")


@pytest.mark.parametrize("query", ["芳桂", "gf", "567", "56789", "7K392G", "李", "%"])
def test_anything_else_does_not(query: str) -> None:
    assert not is_meant(query, "周桂芳", "", "5678", "7K392F")


def test_the_order_is_that_of_pinyin() -> None:
    assert sorted(["周", "陈", "安"], key=lambda one: reading_key(one, "")) == ["安", "陈", "周"]


def test_figures_of_the_list() -> None:
    rows = [
        (None, Serving.DINE_IN), (HandedHow.DINE_IN, Serving.DINE_IN), (None, Serving.DELIVERY),
        (HandedHow.NOBODY, Serving.DELIVERY), (HandedHow.NEIGHBOUR, Serving.DELIVERY),
    ]  # fmt: skip
    assert count(rows) == Counts(ordered=5, served=2, nobody=1, at_counter=1)
    assert count(rows).waiting == 3
