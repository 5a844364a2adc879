"""What is encrypted at rest, and the blind index by which it can still be found.

Keys come from `YLYX_DATA_KEYS`, newest first: the newest encrypts, all decrypt.
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from flask import current_app


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _keys() -> tuple[str, ...]:
    keys: tuple[str, ...] = current_app.config["DATA_KEYS"]
    return keys


def seal(text: str) -> str:
    """Encrypt `text` under the newest key."""
    return _fernet(_keys()).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt what `seal` made, under any key still listed; raises `InvalidToken` otherwise."""
    return _fernet(_keys()).decrypt(sealed.encode()).decode()


def seal_bytes(content: bytes) -> bytes:
    """Encrypt a file's content under the newest key; a third longer than the content."""
    return _fernet(_keys()).encrypt(content)


def unseal_bytes(sealed: bytes) -> bytes:
    """Decrypt what `seal_bytes` made; raises `InvalidToken` otherwise."""
    return _fernet(_keys()).decrypt(sealed)


def resealed(sealed: str | bytes) -> str | bytes:
    """What was sealed under any key, sealed under the newest one; text stays text."""
    rotated = _fernet(_keys()).rotate(sealed)
    return rotated if isinstance(sealed, bytes) else rotated.decode()


def blind_index(text: str) -> str:
    """A keyed digest for equality look-ups: 64 hex digits.

    Uses the oldest key, so that adding a newer one does not lose what was indexed before.
    """
    return _digest(_keys()[-1], text)


def coming_index(text: str) -> str:
    """The blind index as it will be when only the newest key is left."""
    return _digest(_keys()[0], text)


def _digest(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
