"""Commands of this room, one file a noun; others call them as `service.start_session(…)`."""

from ylyx_site.identity.service.accounts import create_account
from ylyx_site.identity.service.sessions import (
    Arrival,
    end_sessions,
    end_token,
    start_session,
)
from ylyx_site.identity.service.sign_in import check_password, enter_by_password

__all__ = [
    "Arrival",
    "check_password",
    "create_account",
    "end_sessions",
    "end_token",
    "enter_by_password",
    "start_session",
]
