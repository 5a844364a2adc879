"""Pictures from outside: known by content, drawn anew, free of what a camera wrote along."""

import io
import re
import threading
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from ylyx_site.shared.refusals import N_, Refusal

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 50_000_000  # a phone of today takes 12 to 50 million
MOST_A_SIDE = 20_000  # a panorama of a telephone has 16,000
MOST_SCANS = 40  # a progressive JPEG has about ten; each goes over the whole picture once more
FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1600
_THINNED_WELL = ("RGB", "RGBA", "L", "CMYK", "YCbCr")  # others are drawn smaller after conversion
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_START_OF_SCAN, _END = 0xDA, 0xD9
_one_at_a_time = threading.Lock()


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
        with _one_at_a_time:  # memory is that of one picture, however many are sent at once
            return _drawn(content, longest, quality)
    except Image.DecompressionBombError as bomb:  # Pillow's own limit, before ours can look
        raise PictureTooLarge(most=MOST_BYTES // 2**20) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as bad:
        raise BadPicture from bad


def _drawn(content: bytes, longest: int, quality: int) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow warns of is refused below
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            _refuse_bomb(picture, content)
            small = _upright(picture, longest)
    bare = Image.new("RGB", small.size)
    bare.paste(small)
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def _refuse_bomb(picture: Image.Image, content: bytes) -> None:
    """What takes the machine long, or much memory, is known before anything is unpacked."""
    too_large = max(picture.size) > MOST_A_SIDE or picture.width * picture.height > MOST_PIXELS
    if too_large or (picture.format == "JPEG" and _scans(content) > MOST_SCANS):
        raise PictureTooLarge(most=MOST_BYTES // 2**20)


def _scans(jpeg: bytes) -> int:
    """How often the picture is gone over: its start-of-scan markers, up to its end."""
    count, place = 0, 2
    while (marker := _NEXT_MARKER.search(jpeg, place)) is not None:
        kind, place = jpeg[marker.start() + 1], marker.end()
        if kind == _END:
            break
        count += kind == _START_OF_SCAN
        place += int.from_bytes(jpeg[place : place + 2])  # a segment says how long it is
    return count


def _upright(picture: Image.Image, longest: int) -> Image.Image:
    """The picture made small before it is turned: no second copy of its full size."""
    picture.draft("RGB", (longest, longest))
    if picture.mode in _THINNED_WELL:
        picture.thumbnail((longest, longest))
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((longest, longest))
    return upright
