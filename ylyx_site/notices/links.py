"""Links as they leave the house: a room may turn its own into ones that need no signing in.

What stands in the database and on the page 消息 is the plain address; a secret is made only now.
"""

from collections.abc import Callable

Outward = Callable[[str], str]
_ways: dict[str, Outward] = {}


def plug_in(prefix: str, outward: Outward) -> None:
    """Turn links that begin with `prefix` into others when a message is sent."""
    _ways[prefix] = outward


def outward(link: str) -> str:
    """The link for a message."""
    for prefix, turn in _ways.items():
        if link.startswith(prefix):
            return turn(link)
    return link
