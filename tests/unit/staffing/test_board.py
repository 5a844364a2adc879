"""A class's day by half hour: what is short, and who could step in."""

from ylyx_site.places.rostered import Room, under
from ylyx_site.shared.spans import TimeSpan
from ylyx_site.staffing.rules.board import Candidate, Shortage, class_day, who_could

CHILDREN = {16: 10, 17: 12, 18: 12, 19: 6, 20: 0}


def test_half_hours_without_enough_carers_are_told_in_stretches() -> None:
    day = class_day(7, "托小班", 15, 5, children=CHILDREN, carers={16: 2, 17: 2, 18: 2, 19: 1})
    assert day.shortages == [Shortage(7, TimeSpan(510, 600), 1)]
    assert [(one.needed, one.there, one.short, one.room, one.over) for one in day.halves] == [
        (2, 2, 0, 10, 0), (3, 2, 1, 10, 2), (3, 2, 1, 10, 2), (2, 1, 1, 5, 1), (0, 0, 0, 0, 0),
    ]  # fmt: skip


def test_the_cap_binds_where_there_are_carers_enough() -> None:
    day = class_day(7, "托小班", 8, 5, children={16: 3}, carers={16: 3})
    assert [(one.room, one.short) for one in day.halves] == [(8, 0)]


def test_alike_half_hours_are_one_stretch() -> None:
    day = class_day(
        7, "托小班", 15, 5,
        children={16: 3, 17: 3, 18: 4}, carers=dict.fromkeys(range(16, 19), 1),
    )  # fmt: skip
    assert [str(one.span) for one in day.stretches] == ["08:00–09:00", "09:00–09:30"]


def test_who_is_free_for_all_of_it_could_step_in() -> None:
    morning = TimeSpan(480, 720)
    people = [
        Candidate(1, "free", 0),
        Candidate(2, "late", TimeSpan(720, 1050).mask),
        Candidate(3, "busy", TimeSpan(690, 720).mask),
    ]
    assert [one.name for one in who_could(people, morning)] == ["free", "late"]


def test_the_limit_is_the_lesser_of_cap_and_carers() -> None:
    rooms = [Room(16, 18, 5), Room(18, 20, 10), Room(20, 21, 30)]
    assert list(under(range(15, 22), 8, rooms)) == [
        (15, 16, 0), (16, 18, 5), (18, 21, 8), (21, 22, 0),
    ]  # fmt: skip
