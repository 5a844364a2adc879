"""Commands of `flask --app wsgi …`, gathered from the rooms; nothing imports it."""

from flask import Flask

from ylyx_site.calendar.cli import group as calendar
from ylyx_site.demo.cli import command as demo


def register(app: Flask) -> None:
    """Add the rooms' commands."""
    for group in (calendar, demo):
        app.cli.add_command(group)
