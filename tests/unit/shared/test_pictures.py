"""Pictures from outside: what comes in, and what is left of it."""

import io

import pytest
from PIL import Image

from ylyx_site.shared.pictures import BadPicture, PictureTooLarge, redrawn


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options: object) -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(stream, kind, **options)
    stream.seek(0)
    return stream


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_drawn_anew_as_webp(kind: str) -> None:
    with Image.open(io.BytesIO(redrawn(picture(kind)))) as out:
        assert (out.format, out.size) == ("WEBP", (40, 20))


def test_it_gets_smaller_and_stays_in_proportion() -> None:
    with Image.open(io.BytesIO(redrawn(picture(size=(3000, 1500)), longest=800))) as out:
        assert out.size == (800, 400)


def test_it_stands_upright_and_its_metadata_is_gone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "a telephone"
    with Image.open(io.BytesIO(redrawn(picture(exif=exif)))) as out:
        assert out.size == (20, 40)
        assert dict(out.getexif()) == {}


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload='x'/>", b"GIF89a", b"%PDF-1.7", b"\xff\xd8"]
)
def test_what_is_no_photograph_is_refused(content: bytes) -> None:
    with pytest.raises(BadPicture):
        redrawn(io.BytesIO(content))


def test_a_photograph_cut_short_is_refused() -> None:
    whole = picture(size=(400, 400)).getvalue()
    with pytest.raises(BadPicture):
        redrawn(io.BytesIO(whole[: len(whole) // 2]))


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(PictureTooLarge):
        redrawn(io.BytesIO(b"\0" * (8 * 1024 * 1024 + 1)))


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(PictureTooLarge):
        redrawn(picture("PNG", size=(8000, 7000)))
