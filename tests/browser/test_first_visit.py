"""What a first visit to the front door costs, over the wire."""

from playwright.sync_api import Page, Response

from tests.browser.conftest import Visit

MOST_BYTES = 60 * 1024
LEAST_BYTES = 10 * 1024  # with less, something was not measured


def test_a_first_visit_is_light_and_asks_nobody_else(visit: Visit) -> None:
    hand = visit()
    answers: list[Response] = []

    def gather(answer: Response) -> None:
        answers.append(answer)

    hand.tab.on("response", gather)
    front = hand.tab.goto("/", wait_until="networkidle")
    assert front is not None
    assert {answer.status for answer in answers} == {200}
    sizes = {answer.url: answer.request.sizes() for answer in answers}
    total = sum(one["responseHeadersSize"] + one["responseBodySize"] for one in sizes.values())
    assert LEAST_BYTES <= total <= MOST_BYTES, sizes
    policy = front.headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; ")
    assert "unsafe" not in policy


def test_files_are_fetched_once_and_kept(visit: Visit) -> None:
    hand = visit()
    hand.tab.goto("/", wait_until="networkidle")
    first = _bytes_of_files(hand.tab)
    hand.tab.goto("/help", wait_until="networkidle")
    again = _bytes_of_files(hand.tab)
    assert len(again) == len(first)
    assert all(first)
    assert not any(again)


def _bytes_of_files(tab: Page) -> list[int]:
    """Bytes that came over the wire for each style sheet and script of the page."""
    sizes: list[int] = tab.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter(one => /[.](css|js)$/.test(one.name)).map(one => one.transferSize)"
    )
    return sizes
