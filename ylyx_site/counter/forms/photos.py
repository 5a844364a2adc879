"""The form of an elder's photograph at the window, by a signed paper."""

from flask_wtf.file import FileField
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from ylyx_site.families.kinds import Means
from ylyx_site.serving.kinds import LONGEST_SIDE
from ylyx_site.serving.service.photos import PhotoWish
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.uploads import needed_picture


class DeskPhotoForm(WriteForm):
    """A photograph, the number of the paper that the elder signed, and who saw it."""

    picture = FileField(
        _l("照片"),
        render_kw={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"},
    )
    paper = StringField(
        _l("纸质同意书的存档编号"),
        [
            InputRequired(_l("请填同意书的存档编号。")),
            Length(max=40, message=_l("最多 40 个字。请写短一点。")),
        ],
        render_kw={"autocomplete": "off"},
    )
    seen = BooleanField(
        _l("我看过老人的身份证，同意书是老人本人签的字或按的手印。"),
        [InputRequired(_l("请核对身份证和签字以后再打钩。"))],
    )

    def wish(self, elder_id: int) -> PhotoWish:
        """The wish of a valid form.

        Raises `NoPicture`, `BadPicture`, `PictureTooLarge`.
        """
        photo = needed_picture(longest=LONGEST_SIDE)
        return PhotoWish(elder_id, photo, Means.PAPER, str(self.paper.data).strip())
