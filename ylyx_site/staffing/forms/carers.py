"""Forms of the list of carers."""

from wtforms import SelectField
from wtforms.validators import InputRequired, Length

from ylyx_site.places.forms.fields import choices_of, day_field
from ylyx_site.shared.forms import CleanField, WriteForm
from ylyx_site.shared.identifiers import mobile, person_name
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.staffing.kinds import CERTIFICATES, JOBS, CertificateKind, Job
from ylyx_site.staffing.wishes import (
    CarerChange,
    CarerEnd,
    CarerWish,
    CertificateEnd,
    CertificateWish,
)


class CarerForm(WriteForm):
    """Another name or job."""

    name = CleanField(
        _l("姓名"),
        gate=person_name,
        validators=[InputRequired(_l("请填写姓名。"))],
        render_kw={"autocomplete": "off"},
    )
    job = SelectField(
        _l("岗位"), choices=lambda: choices_of(JOBS), validators=[InputRequired(_l("请选一种。"))]
    )

    def change(self, carer_id: int) -> CarerChange:
        """The change."""
        return CarerChange(carer_id, str(self.name.data), Job(self.job.data))


class NewCarerForm(CarerForm):
    """Somebody new on the list."""

    phone = CleanField(
        _l("手机号"),
        gate=mobile,
        validators=[InputRequired(_l("请填写手机号。"))],
        render_kw={"autocomplete": "off", "inputmode": "tel", "maxlength": 20},
    )
    started_on = day_field(_l("入职日期"))

    def wish(self) -> CarerWish:
        """Who it is."""
        assert self.started_on.data is not None  # noqa: S101 validated
        return CarerWish(
            str(self.name.data), str(self.phone.data), Job(self.job.data), self.started_on.data
        )


class CertificateForm(WriteForm):
    """A paper of a carer."""

    kind = SelectField(
        _l("证件"),
        choices=lambda: choices_of(CERTIFICATES),
        validators=[InputRequired(_l("请选一种。"))],
    )
    number = CleanField(
        _l("证件编号"),
        gate=str.strip,
        validators=[
            InputRequired(_l("请填写证件编号。")),
            Length(min=4, max=40, message=_l("编号 4 到 40 个字。")),
        ],
        render_kw={"autocomplete": "off"},
    )
    valid_from = day_field(_l("有效期从哪天"))
    valid_to = day_field(_l("到哪天（含这一天）"))

    def wish(self, carer_id: int) -> CertificateWish:
        """The paper."""
        assert self.valid_from.data is not None  # noqa: S101 validated
        assert self.valid_to.data is not None  # noqa: S101 validated
        return CertificateWish(
            carer_id, CertificateKind(self.kind.data), str(self.number.data),
            self.valid_from.data, self.valid_to.data,
        )  # fmt: skip


class WithdrawForm(WriteForm):
    """A button that takes a paper back."""

    def wish(self, carer_id: int, certificate_id: int) -> CertificateEnd:
        """Which paper."""
        return CertificateEnd(carer_id, certificate_id)


class EndForm(WriteForm):
    """The first day without somebody."""

    ended_on = day_field(_l("从哪天起不再上班"))

    def wish(self, carer_id: int) -> CarerEnd:
        """The end."""
        assert self.ended_on.data is not None  # noqa: S101 validated
        return CarerEnd(carer_id, self.ended_on.data)
