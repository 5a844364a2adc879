"""The checker itself: right histories pass, wrong ones do not."""

from tests.house.races.history import Event, illegal, unexplained


def test_a_history_with_room_for_everybody_is_legal() -> None:
    assert (
        illegal([Event(1, "book", 0, 1, "yes", "A"), Event(2, "book", 0, 2, "yes", "B")], 2) == []
    )


def test_two_sure_stays_in_one_place_are_oversold() -> None:
    events = [Event(1, "book", 0, 1, "yes", "A"), Event(2, "book", 2, 3, "yes", "B")]
    assert illegal(events, 1) == ["oversold: 2 of 1 at 3.000"]


def test_a_place_given_back_meanwhile_may_be_taken() -> None:
    events = [
        Event(1, "book", 0, 1, "yes", "A"),
        Event(1, "cancel", 2, 4, "yes", "A"),
        Event(2, "book", 2, 3, "yes", "B"),
    ]
    assert illegal(events, 1) == []


def test_full_is_right_only_while_somebody_may_hold_the_place() -> None:
    taken = [Event(1, "book", 0, 1, "yes", "A"), Event(1, "cancel", 2, 3, "yes", "A")]
    assert illegal([*taken, Event(2, "book", 2.5, 4, "full")], 1) == []
    assert illegal([*taken, Event(2, "book", 3.5, 4, "full")], 1) == [
        "refused in vain: client 2 at 3.500"
    ]


def test_an_unknown_booking_may_hold_its_place_for_ever() -> None:
    events = [Event(1, "book", 0, 1, "unknown"), Event(2, "book", 8, 9, "full")]
    assert illegal(events, 1) == []


def test_the_end_has_to_explain_every_answer() -> None:
    events = [
        Event(1, "book", 0, 1, "yes", "A"),
        Event(2, "book", 0, 1, "yes", "B"),
        Event(2, "cancel", 2, 3, "yes", "B"),
    ]
    assert unexplained(events, {"A"}, {"A", "B"}) == []
    assert unexplained(events, {"B"}, {"A", "B", "C"}) == [
        "lost: A", "came back: B", "1 bookings that nobody was told of, 0 unknown",
    ]  # fmt: skip
