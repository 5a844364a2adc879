"""Who may enter: every endpoint carries exactly one `@access(…)`, checked before the view runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Flask, current_app, request
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import visitor
from ylyx_site.shared import htmx
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.web import safe_next

View = TypeVar("View", bound=Callable[..., Any])
ANYONE = "anyone"
SIGNED_IN = "signed in"


@dataclass(frozen=True, slots=True)
class Access:
    """What `@access` declares: anyone, whoever is signed in, or the holders of some roles."""

    door: str
    roles: frozenset[Role]


class UndeclaredAccessError(RuntimeError):
    """A bug: an endpoint does not say who may enter."""


def access(*who: str | Role) -> Callable[[View], View]:
    """Declare who may enter the view: `ANYONE`, `SIGNED_IN`, or one or several roles."""
    roles = frozenset(one for one in who if isinstance(one, Role))
    door = "roles" if roles else str(who[0])

    def declare(view: View) -> View:
        view.__dict__["access"] = Access(door, roles)
        return view

    return declare


def access_of(view: Callable[..., Any]) -> Access:
    """What the view declared; raises `UndeclaredAccessError` for a forgotten one."""
    declared = getattr(view, "access", None)
    if not isinstance(declared, Access):
        raise UndeclaredAccessError(f"{view.__module__}.{view.__name__} has no @access")
    return declared


def check_all_declared(app: Flask) -> None:
    """Refuse to start with an endpoint that does not say who may enter."""
    for view in app.view_functions.values():
        access_of(view)


def guard() -> BaseResponse | None:
    """Before each view: let in, ask to sign in, or say that there is no such page."""
    if request.endpoint is None:
        return None
    wanted = access_of(current_app.view_functions[request.endpoint])
    if wanted.door == ANYONE:
        return None
    who = visitor()
    if not who.is_authenticated:
        return ask_to_sign_in()
    if wanted.roles and who.role not in wanted.roles:
        raise NotFound
    return None


def ask_to_sign_in() -> BaseResponse:
    """Send somebody to the sign-in page and back here afterwards."""
    here = request.full_path.rstrip("?") if request.method == "GET" else _page_of_form()
    return htmx.see_other(f"/sign-in?next={quote(here, safe='/')}")


def _page_of_form() -> str:
    """The page from which a form was sent when its session had ended."""
    return safe_next(request.form.get("back"))
