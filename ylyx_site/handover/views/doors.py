"""What the pages of this room share at the door."""

from ylyx_site.handover.errors import PhotoWithoutConsent
from ylyx_site.handover.forms.people import AdultForm
from ylyx_site.shared.uploads import sent_picture

ID = "<int(min=1, max=2147483647):child_id>"
LONGEST_SIDE = 480  # a face on a button, nothing to be looked at closely


def sent_photo(form: AdultForm) -> bytes | None:
    """The photograph of the form, drawn anew and small; None without one.

    Raises `PhotoWithoutConsent`, `BadPicture`, `PictureTooLarge`.
    """
    photo = sent_picture(longest=LONGEST_SIDE)
    if photo is not None and not form.consent.data:
        raise PhotoWithoutConsent
    return photo
