"""A refusal: the answer "no, because …, you can …", as an exception class with one sentence.

Pure: the sentence is a message id; the door translates it (`language.say`).
"""

from typing import ClassVar


def N_(sentence: str) -> str:  # noqa: N802 the customary name, so that the extractor finds it
    """Mark a sentence for translation without translating it now."""
    return sentence


class Refusal(Exception):  # noqa: N818 a refusal is an answer, not an error
    """Base of all refusals. `sentence` has named placeholders filled from keyword arguments.

    `field` names the form field beside which it is shown, the class's own unless one is given;
    None shows it above the form.
    """

    sentence: ClassVar[str] = ""
    status: ClassVar[int] = 422
    field: str | None = None

    def __init__(self, field: str | None = None, **values: object) -> None:
        super().__init__(self.sentence % values if values else self.sentence)
        self.field = field or self.field
        self.values = values


class NotFound(Refusal):
    """What is not yours does not exist."""

    sentence = N_("没有找到这一页。可能是地址不对，也可能不属于您。")
    status = 404


class KeyReused(Refusal):
    """The one-time key of a form came back with other content."""

    sentence = N_("这张表已经提交过，内容和现在不一样。请重新打开页面再填。")


class Stale(Refusal):
    """What was shown has changed since; the new figures are shown for confirmation."""

    sentence = N_("您看的时候，价格或余位变了。请看一下新的内容，再确认一次。")
    status = 409
