"""Forms of the classes of a nursery."""

from wtforms import SelectField
from wtforms.validators import InputRequired, Length, Optional

from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.facilities.service import ClassWish
from ylyx_site.places.forms.fields import NUMBER_LOOKS, count_field, day_field, words_of
from ylyx_site.places.wishes import CapWish, EndWish, NewClassWish
from ylyx_site.shared.forms import CleanField, CountField, WriteForm
from ylyx_site.shared.language import lazy_gettext as _l


class ClassForm(WriteForm):
    """A new class; what is left empty is what the standard says of its kind."""

    kind = SelectField(
        _l("班级类型"),
        choices=lambda: words_of(ClassKind),
        validators=[InputRequired(_l("请选一种。"))],
    )
    name = CleanField(
        _l("班级名称"),
        gate=str.strip,
        validators=[
            InputRequired(_l("请填写名称。")),
            Length(max=40, message=_l("最多 40 个字。")),
        ],
        render_kw={"autocomplete": "off"},
    )
    children = CountField(_l("最多收几名孩子"), validators=[Optional()], render_kw=NUMBER_LOOKS)
    children_per_carer = CountField(
        _l("1 名保育人员最多照护几名"), validators=[Optional()], render_kw=NUMBER_LOOKS
    )
    from_months = CountField(_l("从几个月大"), validators=[Optional()], render_kw=NUMBER_LOOKS)
    to_months = CountField(_l("到不满几个月"), validators=[Optional()], render_kw=NUMBER_LOOKS)
    from_day = day_field(_l("从哪天开班"))

    def wish(self) -> NewClassWish:
        """The class and its first day."""
        assert self.from_day.data is not None  # noqa: S101 validated
        return NewClassWish(
            self.from_day.data,
            ClassWish(
                ClassKind(self.kind.data),
                str(self.name.data),
                children=self.children.data,
                children_per_carer=self.children_per_carer.data,
                from_months=self.from_months.data,
                to_months=self.to_months.data,
            ),
        )


class CapForm(WriteForm):
    """How many children a class takes from a day on."""

    children = count_field(_l("最多收几名孩子"))
    from_day = day_field(_l("从哪天开始"))

    def wish(self, class_id: int) -> CapWish:
        """The cap."""
        assert self.from_day.data is not None  # noqa: S101 validated
        return CapWish(class_id, self.children.data or 0, self.from_day.data)


class EndForm(WriteForm):
    """The first day without a class."""

    ended_on = day_field(_l("从哪天起不再开班"))

    def wish(self, class_id: int) -> EndWish:
        """The end."""
        assert self.ended_on.data is not None  # noqa: S101 validated
        return EndWish(class_id, self.ended_on.data)
