"""Forms about how an elder eats, and where meals are brought to."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput

from ylyx_site.families import words
from ylyx_site.families.elder_wishes import AddressChange, DietChange
from ylyx_site.families.kinds import Diet, Texture
from ylyx_site.families.queries import Town
from ylyx_site.families.rules import avoid_words
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.language import lazy_gettext as _l

TYPED = {"autocomplete": "off"}


def _options(words_of: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in words_of.items()]


def _short(longest: int) -> Length:
    return Length(max=longest, message=_l("请写短一些，最多 %(max)d 个字。"))


class DietForm(WriteForm):
    """How an elder eats."""

    diet = SelectMultipleField(
        _l("饮食要求（可以选几样，也可以不选）"),
        choices=lambda: _options(words.DIETS),
        option_widget=CheckboxInput(),
    )
    texture = RadioField(
        _l("软硬"),
        choices=lambda: _options(words.TEXTURES),
        validators=[InputRequired(_l("请选一样。"))],
        default=Texture.ORDINARY.value,
    )
    avoids = StringField(_l("不能吃什么（可以不填）"), validators=[Length(max=200)])

    def wish(self, person_id: int) -> DietChange:
        """How the elder is to eat; raises `TooManyAvoids`."""
        chosen = set(self.diet.data or ())
        return DietChange(
            person_id=person_id,
            diet=tuple(one for one in Diet if one.value in chosen),
            texture=Texture(self.texture.data),
            avoids=avoid_words(self.avoids.data or ""),
        )


class AddressForm(WriteForm):
    """Where meals are brought to; `PARTS` are its fields."""

    PARTS = ("division_code", "street", "building", "floor", "door", "note")

    division_code = SelectField(
        _l("街镇或社区"), validators=[InputRequired(_l("请选街镇或社区。"))], default=""
    )
    street = StringField(
        _l("路名门牌或小区名"),
        validators=[InputRequired(_l("请填写路名门牌或小区名。")), _short(60)],
        filters=[lambda text: (text or "").strip()],
        render_kw=TYPED,
    )
    building = StringField(_l("楼栋、单元（可以不填）"), validators=[_short(20)], render_kw=TYPED)
    floor = StringField(_l("楼层（可以不填）"), validators=[_short(10)], render_kw=TYPED)
    door = StringField(_l("门牌号（可以不填）"), validators=[_short(20)], render_kw=TYPED)
    note = StringField(_l("给送餐员的话（可以不填）"), validators=[_short(60)], render_kw=TYPED)

    def offer(self, towns: Sequence[Town]) -> None:
        """Set the choices: each town with its communities under it."""
        self.division_code.choices = {
            "": [("", _l("请选择"))],
            **{town.name: [(town.code, town.name), *town.communities] for town in towns},
        }

    def wish(self, person_id: int) -> AddressChange:
        """The address as it is to be."""
        return AddressChange(
            person_id, **{name: (self[name].data or "").strip() for name in self.PARTS}
        )
