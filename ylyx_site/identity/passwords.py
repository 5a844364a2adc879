"""Passwords: argon2id, with a cap on how many are hashed at a time."""

import secrets
from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

# 19 MiB and two passes are the least that OWASP recommends for argon2id; four at a time keep a
# burst of sign-ins from taking the memory and both cores from everybody else.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_turn = BoundedSemaphore(4)


def hash_password(password: str) -> str:
    """The argon2id hash of a password, parameters included."""
    with _turn:
        return _hasher().hash(password)


def matches(password: str, hashed: str | None) -> bool:
    """Whether the password belongs to the hash.

    Without a hash (no such account, no password set) a stand-in is checked, so that the answer
    takes as long.
    """
    with _turn:
        try:
            return _hasher().verify(hashed or _stand_in(_hasher()), password) and bool(hashed)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(hashed: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(hashed)


def generated() -> str:
    """A password to hand over on paper: twelve letters and digits in three groups."""
    letters = "abcdefghjkmnpqrtwxy346789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))


def _hasher() -> PasswordHasher:
    return _CHEAP if current_app.config["CHEAP_PASSWORDS"] else _HASHER


@lru_cache(maxsize=2)
def _stand_in(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_hex(16))
