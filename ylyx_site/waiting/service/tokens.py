"""The token of an offer's link: 160 bits that nobody stores, made again from the key when sent."""

import hashlib

from ylyx_site.shared import vault

PAGE = "/waiting/offers/"
ANSWERS = "/waiting/answers/"
DIGITS = 40  # a text message is short


def token_of(code: str) -> str:
    """The token of the offer with this code: the head of a keyed digest, in hex."""
    return vault.blind_index(f"offer:{code}")[:DIGITS]


def hash_of(token: str) -> str:
    """What stands in the database in its place."""
    return hashlib.sha256(token.encode()).hexdigest()


def outward(link: str) -> str:
    """The link as it leaves the house: it answers without signing in."""
    return ANSWERS + token_of(link.removeprefix(PAGE))
