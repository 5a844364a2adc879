"""When a message may leave."""

from datetime import UTC, datetime, timedelta

import pytest

from ylyx_site.notices import rules
from ylyx_site.notices.kinds import Channel, NoticeKind, channels_for


@pytest.mark.parametrize(
    ("minute", "minutes"),
    [(0, 450), (449, 1), (450, 0), (451, 0), (1259, 0), (1260, 630), (1439, 451)],
)
def test_it_is_quiet_from_nine_in_the_evening_to_half_past_seven(minute: int, minutes: int) -> None:
    assert rules.quiet_left(minute) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 2), (3, 4), (7, 60), (500, 60)])
def test_pauses_double_up_to_an_hour(tries: int, minutes: int) -> None:
    assert rules.pause_after(tries) == timedelta(minutes=minutes)


def test_a_message_is_given_up_after_a_day_of_tries() -> None:
    planned = datetime(2026, 11, 23, tzinfo=UTC)
    day = timedelta(days=1)
    late = planned + day
    verdicts = [rules.is_given_up(planned, *one) for one in
                ((3, late - timedelta(seconds=1)), (3, late), (0, late))]  # fmt: skip
    assert verdicts == [False, True, False]  # what was never tried is tried once, however late


def test_what_concerns_safety_is_urgent_and_never_only_on_the_site() -> None:
    always = [kind for kind in NoticeKind if rules.is_urgent(kind)]
    assert always == [NoticeKind.EMERGENCY, NoticeKind.GUARDIANS, NoticeKind.ACCOUNT]
    assert [kind for kind in NoticeKind if Channel.SITE not in channels_for(kind)] == always
