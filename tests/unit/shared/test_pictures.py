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


def test_a_picture_of_one_endless_row_is_refused() -> None:
    with pytest.raises(PictureTooLarge):
        redrawn(picture("PNG", size=(2_000_000, 1)))


def scanned(times: int) -> io.BytesIO:
    """A progressive JPEG whose last scan stands there so many times more."""
    whole = picture(size=(64, 64), progressive=True).getvalue()
    last = whole.rfind(b"\xff\xda")
    return io.BytesIO(whole[:last] + whole[last:-2] * (times + 1) + whole[-2:])


def test_a_picture_that_is_drawn_a_hundred_times_over_is_refused() -> None:
    assert redrawn(scanned(1))
    with pytest.raises(PictureTooLarge):
        redrawn(scanned(100))


def test_what_a_telephone_writes_behind_a_photograph_is_no_bomb() -> None:
    film = b"\xff\xda" * 500  # a moving photograph carries one
    assert redrawn(io.BytesIO(picture().getvalue() + film))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "I;16"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "1")],
)
def test_every_way_of_writing_colours_is_read(kind: str, mode: str) -> None:
    stream = io.BytesIO()
    Image.new(mode, (40, 20)).save(stream, kind)
    stream.seek(0)
    with Image.open(io.BytesIO(redrawn(stream, longest=20))) as out:
        assert (out.mode, out.size) == ("RGB", (20, 10))


def test_of_a_moving_picture_the_first_one_is_kept() -> None:
    frames = [Image.new("RGB", (40, 20), (20 * n, 0, 0)) for n in range(5)]
    stream = picture("WEBP", save_all=True, append_images=frames)
    with Image.open(io.BytesIO(redrawn(stream))) as out:
        assert (getattr(out, "n_frames", 1), out.size) == (1, (40, 20))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hides_behind_a_picture_is_gone(kind: str) -> None:
    polyglot = picture(kind).getvalue() + b"<script>alert(1)</script>PK\x03\x04"
    assert b"script" not in redrawn(io.BytesIO(polyglot))
