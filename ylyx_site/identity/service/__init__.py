"""Commands of this room, one file a noun; others call them as `service.start_session(…)`."""

from ylyx_site.identity.service.accounts import (
    close_account,
    create_account,
    erase_account,
    rename,
    set_password,
)
from ylyx_site.identity.service.codes import enter_by_code, new_code, use_code
from ylyx_site.identity.service.grants import choose_role, end_role, grant_role
from ylyx_site.identity.service.sessions import (
    Arrival,
    end_one,
    end_sessions,
    end_token,
    start_session,
)
from ylyx_site.identity.service.sign_in import (
    check_password,
    enter_by_password,
    note_wrong_password,
)
from ylyx_site.identity.service.sweeps import forget_old

__all__ = [
    "Arrival",
    "check_password",
    "choose_role",
    "close_account",
    "create_account",
    "end_one",
    "end_role",
    "end_sessions",
    "end_token",
    "enter_by_code",
    "enter_by_password",
    "erase_account",
    "forget_old",
    "grant_role",
    "new_code",
    "note_wrong_password",
    "rename",
    "set_password",
    "start_session",
    "use_code",
]
