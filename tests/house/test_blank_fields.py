"""No field of text that must be filled in takes spaces and invisible marks, in any form."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from ylyx_site.shared.forms import Form

BLANKS = [" ", "\u3000\u3000", "\u200b", "\ufeff \t", "\u2060\u00a0"]


def all_forms(base: type[Form] = Form) -> Iterator[type[Form]]:
    """Every form of the site, each once."""
    for form in base.__subclasses__():
        yield form
        yield from all_forms(form)


def needed(form: Form) -> list[str]:
    """The names of the fields of text that must be filled in."""
    return [
        field.name
        for field in form
        if isinstance(field, StringField)
        and not isinstance(field, PasswordField)  # every mark of it counts
        and any(isinstance(one, InputRequired) for one in field.validators)
    ]


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
def test_what_nobody_sees_is_nothing(sqlite_app: Flask, blank: str) -> None:
    seen: set[str] = set()
    taken = []
    with sqlite_app.test_request_context("/"):
        for kind in {*all_forms()}:
            names = needed(kind(MultiDict()))
            form = kind(MultiDict(dict.fromkeys(names, blank)))
            seen |= {f"{kind.__name__}.{name}" for name in names}
            taken += [f"{kind.__name__}.{name}" for name in names if form[name].validate(form)]
    assert taken == []
    assert len(seen) > 100


def test_a_field_that_may_be_empty_is_then_empty(sqlite_app: Flask) -> None:
    class Words(Form):
        words = StringField()

    with sqlite_app.test_request_context("/"):
        read = [Words(MultiDict({"words": words})).words.data for words in (*BLANKS, " 好 ")]
    assert read == [""] * len(BLANKS) + [" 好 "]
