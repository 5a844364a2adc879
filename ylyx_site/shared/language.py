"""Chinese is the source; English comes from the catalogue. Lean: bound once, no work per string.

The language stands in a cookie; without one a browser that prefers anything Chinese (`zh`,
`zh-CN`, `zh-Hans` …) or says nothing gets Chinese.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from babel.support import LazyProxy, NullTranslations, Translations
from flask import g, has_request_context, request

from ylyx_site.settings import ROOT
from ylyx_site.shared.refusals import Refusal

LANGUAGES = ("zh", "en")
COOKIE = "language"


def language() -> str:
    """`zh` or `en` for this request; `zh` outside of one."""
    if not has_request_context():
        return "zh"
    chosen: str | None = g.get("language")
    if chosen is None:
        chosen = g.language = _choose()
    return chosen


def _choose() -> str:
    cookie = request.cookies.get(COOKIE)
    if cookie in LANGUAGES:
        return cookie
    first = next(iter(request.accept_languages.values()), "zh").lower()
    return "en" if first.startswith("en") else "zh"


@lru_cache(maxsize=2)
def catalogue(name: str) -> NullTranslations:
    """The catalogue of a language, read once per process; Chinese needs none."""
    if name == "zh":
        return NullTranslations()
    return Translations.load(ROOT / "translations", [name])


def gettext(message: str, **values: object) -> str:
    """The sentence in the language of this request, its named placeholders filled in."""
    text: str = message if language() == "zh" else catalogue("en").gettext(message)
    return text % values if values else text


def bound() -> Callable[..., str]:
    """`gettext` for one page: a hundred sentences need not ask for the language each."""
    return _as_it_is if language() == "zh" else gettext


def _as_it_is(message: str, **values: object) -> str:
    return message % values if values else message


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """As `gettext`, with a form for one and a form for many; `%(num)d` is filled in."""
    text: str = catalogue(language()).ngettext(one, many, num)
    return text % {"num": num, **values}


def lazy_gettext(message: str, **values: object) -> Any:
    """A sentence that is translated when it is shown: labels and messages of forms."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


def say(refusal: Refusal) -> str:
    """The sentence of a refusal in the language of this request."""
    return gettext(type(refusal).sentence, **refusal.values)
