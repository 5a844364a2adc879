"""A site broken on purpose: it says yes at once and books a moment later (P3)."""

import threading
import time
from importlib import import_module

from flask import copy_current_request_context

from ylyx_site.app import create_app
from ylyx_site.shared.identifiers import public_code

views = import_module("ylyx_site.childcare.views.bookings")


def say_yes_and_book_later(wish: object, _key: str) -> str:
    """Whoever is killed meanwhile has promised what never comes."""
    code = public_code()

    @copy_current_request_context
    def book_later() -> None:
        time.sleep(2)
        who, now = views.signed_in().account_id, views.clock.now()
        with views.transaction() as session:
            views.book(session, wish, actor_id=who, code=code, now=now)

    threading.Thread(target=book_later, daemon=True).start()
    return f"/childcare/bookings/{code}"


views._book = say_yes_and_book_later
app = create_app()
