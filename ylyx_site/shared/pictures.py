"""Pictures from outside: known by content, drawn anew, free of what a camera wrote along."""

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from ylyx_site.shared.refusals import N_, Refusal

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 50_000_000  # a phone of today takes 12 to 50 million
FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1600


class NoPicture(Refusal):
    """A form without the picture that it is for."""

    sentence = N_("请选一张照片，或用手机拍一张。")


class BadPicture(Refusal):
    """A file that is no picture which we can read."""

    sentence = N_("这个文件不是能打开的照片。请用手机拍一张，或选 JPG、PNG 图片。")


class PictureTooLarge(Refusal):
    """More bytes or pixels than a photograph of a phone has."""

    sentence = N_("照片太大：最多 %(most)d MB。请重新拍一张，或用小一点的图。")


def redrawn(stream: BinaryIO, *, longest: int = LONGEST_SIDE, quality: int = 80) -> bytes:
    """Return the picture as WebP, upright, no side over `longest` pixels, without any metadata.

    JPEG, PNG and WebP are told apart by content; a name or a declared type is never believed.
    Raises `BadPicture` and `PictureTooLarge`.
    """
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise PictureTooLarge(most=MOST_BYTES // 2**20)
    try:
        return _drawn(content, longest, quality)
    except Image.DecompressionBombError as bomb:  # Pillow's own limit, before ours can look
        raise PictureTooLarge(most=MOST_BYTES // 2**20) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as bad:
        raise BadPicture from bad


def _drawn(content: bytes, longest: int, quality: int) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow warns of is refused below
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureTooLarge(most=MOST_BYTES // 2**20)
            picture.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((longest, longest))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()
