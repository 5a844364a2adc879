"""Commands of `flask --app wsgi …`, gathered from the rooms; nothing imports it."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the rooms' commands."""
    for group in ():
        app.cli.add_command(group)
