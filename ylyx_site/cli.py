"""Commands of `flask --app wsgi …`, gathered from the rooms; nothing imports it."""

from flask import Flask

from ylyx_site.benefits.cli import group as benefits
from ylyx_site.calendar.cli import group as calendar
from ylyx_site.demo.cli import command as demo
from ylyx_site.entry.cli import group as entry
from ylyx_site.facilities.cli import group as facilities
from ylyx_site.identity.cli import group as account
from ylyx_site.journal.cli import group as journal
from ylyx_site.keys import group as keys
from ylyx_site.ledger import group as ledger
from ylyx_site.places.cli import group as places
from ylyx_site.waiting.cli import group as waiting
from ylyx_site.worker import command as work


def register(app: Flask) -> None:
    """Add the rooms' commands."""
    for group in (
        benefits, calendar, demo, account, entry, facilities, journal, keys, ledger, places,
        waiting, work,
    ):  # fmt: skip
        app.cli.add_command(group)
