"""Trying a whole command again when the database asks for it; bounded in count."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from ylyx_site.shared.db import is_worth_another_try

Result = TypeVar("Result")
TRIES = 3
CHANCES = 6  # of a random code, and of a place that went while we looked


def retrying(command: Callable[[], Result]) -> Result:
    """Run `command`, again at most twice on a deadlock, a lock timeout or a serialization failure.

    The command must open its own transaction: each try starts from nothing.
    """
    for attempt in range(1, TRIES):
        try:
            return command()
        except DBAPIError as error:
            if not is_worth_another_try(error):
                raise
            time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311 jitter, not a secret
    return command()


def tried_again(command: Callable[[], Result], *errors: type[Exception]) -> Result:
    """Run `command`, again at most five times after one of these: each try begins anew."""
    for _try in range(CHANCES - 1):
        try:
            return command()
        except errors:
            continue
    return command()
