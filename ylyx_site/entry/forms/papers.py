"""Forms about papers: a picture, what staff read on it, why it goes back."""

from collections.abc import Iterable
from datetime import date

from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import AnyOf, InputRequired, Length

from ylyx_site.entry import words
from ylyx_site.entry.kinds import PaperKind, ReturnReason, Source
from ylyx_site.entry.rules.wishes import CaseWish, Seen, Sending
from ylyx_site.families.queries import GuardianFacts
from ylyx_site.families.words import relation_words
from ylyx_site.shared.forms import DayField, Form, WriteForm, may_be_left_out
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.refusals import NotFound

LASTING = (PaperKind.VACCINATION, PaperKind.DEFERRAL)


class PlaceForm(Form):
    """Which paper, from the address."""

    kind = HiddenField(validators=[AnyOf([one.value for one in PaperKind])])
    facility_id = HiddenField()
    case_id = HiddenField()

    def place(self) -> tuple[PaperKind, int | None, int | None]:
        """Kind, nursery, case; raises `NotFound` for anything that cannot be one."""
        if not self.validate():
            raise NotFound
        return (
            PaperKind(self.kind.data or ""),
            _number(self.facility_id.data),
            _number(self.case_id.data),
        )


class _KindForm(WriteForm):
    """Vaccination or deferral: which of the two it is, one sees on the paper."""

    kind = RadioField(
        _l("是哪一种"),
        choices=lambda: [(one.value, words.PAPERS[one]) for one in LASTING],
        validators=[may_be_left_out()],
    )

    def kind_of(self, asked: PaperKind) -> PaperKind:
        """The kind that was chosen where there is a choice."""
        return PaperKind(self.kind.data) if asked in LASTING and self.kind.data else asked


class UploadForm(_KindForm):
    """A photograph of a paper."""

    picture = FileField(
        _l("照片"),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )


class SeenForm(_KindForm):
    """What staff read on a paper."""

    dated_on = DayField(_l("材料上的日期"), validators=[InputRequired(_l("请填材料上的日期。"))])
    valid_until = DayField(_l("有效到（含这一天）"))
    version = StringField(
        _l("协议版本"),
        validators=[Length(max=20, message=_l("版本最多 20 个字。"))],
        render_kw={"autocomplete": "off"},
    )
    signed_by = SelectField(_l("哪位监护人签的"), choices=[], validators=[may_be_left_out()])

    def offer(self, guardians: Iterable[GuardianFacts]) -> None:
        """Let one of the guardians be chosen."""
        named = [(one.handle, f"{relation_words(one.relation)} {one.name}") for one in guardians]
        self.signed_by.choices = [("", _l("请选择")), *named]

    def seen(self) -> Seen:
        """What was read, of a valid form."""
        return Seen(
            self.dated_on.data or date.min, self.valid_until.data,
            (self.version.data or "").strip(), self.signed_by.data or "",
        )  # fmt: skip


class ReturnForm(WriteForm):
    """Why an upload goes back."""

    reason = RadioField(
        _l("为什么退回"),
        choices=lambda: [(one.value, words.REASONS[one]) for one in ReturnReason],
        validators=[InputRequired(_l("请选一个原因，家长看得到。"))],
    )

    def wish(self, paper_id: int) -> Sending:
        """The wish of a valid form."""
        return Sending(paper_id, ReturnReason(self.reason.data))


class CaseForm(WriteForm):
    """An infectious disease of a child."""

    disease = SelectField(
        _l("哪一种病"),
        choices=[],
        coerce=lambda text: int(text or 0),
        validators=[InputRequired(_l("请选是哪一种病。"))],
    )
    fell_ill_on = DayField(_l("哪天发病"), validators=[InputRequired(_l("请填发病的日期。"))])
    source = RadioField(
        _l("怎么知道的"),
        choices=lambda: [(one.value, words.SOURCES[one]) for one in Source],
        default=Source.FAMILY.value,
    )

    def wish(self, child_id: int) -> CaseWish:
        """The wish of a valid form."""
        ill_on = self.fell_ill_on.data or date.min
        return CaseWish(child_id, self.disease.data, ill_on, Source(self.source.data))


class PressForm(WriteForm):
    """A button that writes; nothing to fill in."""


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise NotFound
    return int(text)
