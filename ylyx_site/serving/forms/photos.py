"""The form of an elder's photograph."""

from flask_wtf.file import FileField
from wtforms import BooleanField
from wtforms.validators import InputRequired

from ylyx_site.serving.kinds import LONGEST_SIDE
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.uploads import needed_picture


class PhotoForm(WriteForm):
    """A photograph, and that the elder agrees."""

    picture = FileField(
        _l("照片"), render_kw={"accept": "image/jpeg,image/png,image/webp", "capture": "user"}
    )
    consent = BooleanField(
        _l("老人本人同意：照片只给订餐的食堂，在取餐名单上认人用。"),
        [InputRequired(_l("要老人本人同意才能放照片。"))],
    )

    def photo(self) -> bytes:
        """The photograph, drawn anew and small.

        Raises `NoPicture`, `BadPicture`, `PictureTooLarge`.
        """
        return needed_picture(longest=LONGEST_SIDE)


class EndPhotoForm(WriteForm):
    """The photograph goes."""
