"""The menu planner as a manager uses it, what a clerk may, and what another canteen sees."""

import io
import struct
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image

from tests.client import SiteClient, text_of
from tests.integration.meals.place import TUESDAY, WEDNESDAY, a_place, ordered
from tests.makers import a_canteen, a_dish, a_role, an_account, an_elder
from ylyx_site.facilities.models import Facility
from ylyx_site.identity.roles import Role
from ylyx_site.ledger import findings
from ylyx_site.meals.models import Dish, MenuItem, OrderedMeal
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.pictures import MOST_BYTES

LUNCH = f"/desk/menus/{TUESDAY}/lunch"
NEXT = f"/desk/menus/{WEDNESDAY}/lunch"
CHEN, ZHAO, CLERK = "13800000020", "13800000021", "13800000022"


@dataclass(frozen=True, slots=True)
class Town:
    """Chen manages the canteen where wang has ordered; zhao another; a clerk works with chen."""

    canteen: int
    fish: int
    set_id: int
    elder: int


@pytest.fixture
def town(app: Flask) -> Town:
    with transaction() as session:
        place = a_place(session)
        other = a_canteen(session, "水峰社区老年食堂")
        for phone, name, role, at in (
            (CHEN, "陈经理", Role.CANTEEN_MANAGER, place.canteen),
            (ZHAO, "赵经理", Role.CANTEEN_MANAGER, other),
            (CLERK, "值班员", Role.CLERK, place.canteen),
        ):
            a_role(session, an_account(session, phone, name), role, facility_id=at.id)
        wang = an_account(session, name="王建国")
        elder = an_elder(session, wang.id)
        ordered(session, place.lunch(elder.id), wang.id)
        return Town(place.canteen.id, place.fish.id, place.meal_set.id, elder.id)


@pytest.fixture
def chen(client: SiteClient, town: Town) -> SiteClient:
    """The manager's browser."""
    client.sign_in_as(CHEN)
    return client


def another(app: Flask, phone: str) -> SiteClient:
    """Somebody else's browser."""
    client = app.test_client()
    assert isinstance(client, SiteClient)
    client.sign_in_as(phone)
    return client


def a_jpeg(size: tuple[int, int] = (800, 600)) -> bytes:
    """A photograph as a camera makes it, with the place in it."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (29.0, 42.0, 3.0)
    stream = io.BytesIO()
    Image.new("RGB", size, (200, 90, 30)).save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def a_bomb() -> bytes:
    """A few bytes that say they are 900 million pixels."""
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )  # fmt: skip


def test_a_draft_is_saved_published_and_changed(chen: SiteClient, town: Town) -> None:
    fields: dict[str, Any] = {
        f"dish-{town.fish}": "5",
        f"dish-{town.fish}-price": "13.50",
        "then": "",
    }
    answer = chen.submit(NEXT, f"{WEDNESDAY}/lunch", **fields)
    assert answer.location == f"{NEXT}?saved=draft"
    assert "草稿" in text_of(chen.get(NEXT))
    assert "13.50" not in text_of(chen.get(f"/meals/{town.canteen}?date={WEDNESDAY}&meal=lunch"))
    answer = chen.submit(NEXT, f"{WEDNESDAY}/lunch", then="publish")
    assert answer.location == f"{NEXT}?saved=publish"
    shown = text_of(chen.get(f"/meals/{town.canteen}?date={WEDNESDAY}&meal=lunch"))
    assert "清蒸鲈鱼" in shown
    assert "¥13.50 余 5 份" in shown
    fields = {f"dish-{town.fish}": "8"}
    answer = chen.submit(NEXT, f"{WEDNESDAY}/lunch", **fields)
    assert answer.location == f"{NEXT}?saved=change"
    assert db.session.scalars(sa.select(MenuItem.portions).order_by(MenuItem.id)).all()[-1] == 8


@pytest.mark.parametrize("portions", ["-1", "1.5", "九", "10000", "99999999999"])
def test_portions_that_are_none_are_refused_and_stay_on_the_page(
    chen: SiteClient, town: Town, portions: str
) -> None:
    fields: dict[str, Any] = {f"dish-{town.fish}": portions}
    answer = chen.submit(NEXT, f"{WEDNESDAY}/lunch", **fields)
    assert answer.status_code == 422
    assert f'value="{portions}"' in answer.text
    assert "份数请填" in text_of(answer)


def test_the_week_is_copied_and_published(chen: SiteClient, town: Town) -> None:
    week = (TUESDAY + timedelta(days=7)).isoformat()
    answer = chen.submit(f"/desk/menus?week={week}", "/desk/menus/copies")
    assert "已照上一周写好草稿" in text_of(chen.get(answer.location))
    answer = chen.submit(f"/desk/menus?week={week}", "/desk/menus/publication")
    assert "草稿都已公布" in text_of(chen.get(answer.location))
    answer = chen.submit(f"/desk/menus?week={week}", "/desk/menus/copies")
    assert answer.status_code == 422


def test_withdrawing_lists_who_is_touched_first_and_the_family_chooses_in_two_taps(
    app: Flask, chen: SiteClient, town: Town
) -> None:
    ask = f"{LUNCH}/withdrawal?item=set-{town.set_id}"
    shown = text_of(chen.get(ask))
    assert "陈*芳" in shown
    assert "陈桂芳" not in shown
    answer = chen.submit(ask, f"{TUESDAY}/lunch/withdrawal", reason="")
    assert answer.status_code == 422
    answer = chen.submit(ask, f"{TUESDAY}/lunch/withdrawal", reason="灶坏了")
    assert answer.location == f"{LUNCH}/withdrawn?done=1"
    assert "还没有回复1" in text_of(chen.get(answer.location)).replace(" ", "")
    wang = another(app, "13800000001")
    page = wang.page("/meals/changes")
    (choose,) = page.xpath("//a[contains(@href, '/replacement?')]/@href")
    for shown in (wang.get("/meals/changes"), wang.get(choose)):
        assert "陈桂芳忌鱼" in text_of(shown)
    answer = wang.submit(choose, "/replacement")
    ticket = text_of(wang.get(answer.location))
    assert "清蒸鲈鱼" in ticket
    board = text_of(chen.get(f"{LUNCH}/withdrawn")).replace(" ", "")
    assert "已改订1" in board
    assert findings(db.session()) == []


def test_a_price_that_was_bent_is_shown_anew_and_not_charged(
    app: Flask, chen: SiteClient, town: Town
) -> None:
    ask = f"{LUNCH}/withdrawal?item=set-{town.set_id}"
    chen.submit(ask, f"{TUESDAY}/lunch/withdrawal", reason="灶坏了")
    wang = another(app, "13800000001")
    (choose,) = wang.page("/meals/changes").xpath("//a[contains(@href, '/replacement?')]/@href")
    answer = wang.submit(choose, "/replacement", quoted="1")
    assert answer.status_code == 409
    assert "¥12.00" in text_of(answer)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OrderedMeal)) == 1


def test_a_family_wants_no_other_meal(app: Flask, chen: SiteClient, town: Town) -> None:
    chen.submit(f"{LUNCH}/withdrawal", f"{TUESDAY}/lunch/withdrawal", reason="灶坏了")
    wang = another(app, "13800000001")
    assert wang.submit("/meals/changes", "/refusal").location == "/meals/changes"
    assert "不吃了，不收钱" in text_of(wang.get("/meals/changes"))
    assert "不吃了1" in text_of(chen.get(f"{LUNCH}/withdrawn")).replace(" ", "")


def test_a_clerk_reads_and_does_not_write(app: Flask, chen: SiteClient, town: Town) -> None:
    clerk = another(app, CLERK)
    for address in ("/desk/menus", LUNCH, "/desk/menus/dishes", "/desk/menus/terms"):
        page = clerk.page(address)
        assert page.xpath("//main//form[@method='post']") == []
    for address in (f"{LUNCH}/withdrawal", f"/desk/menus/dishes/{town.fish}",
                    "/desk/menus/terms/lunch", "/desk/menus/dishes/new"):  # fmt: skip
        assert clerk.get(address).status_code == 404
    assert clerk.post(LUNCH, data={"csrf_token": clerk.token()}).status_code == 404


def test_another_canteen_sees_nothing_of_this_one(app: Flask, chen: SiteClient, town: Town) -> None:
    ask = f"{LUNCH}/withdrawal?item=set-{town.set_id}"
    zhao = another(app, ZHAO)
    token = {"csrf_token": zhao.token(), "key": "k" * 20}
    assert zhao.get(ask).status_code == 404
    assert zhao.post(ask, data=token | {"reason": "x"}).status_code == 404
    chen.submit(ask, f"{TUESDAY}/lunch/withdrawal", reason="灶坏了")
    assert zhao.get(f"{LUNCH}/withdrawn").status_code == 404
    for kind, number in (("dishes", town.fish), ("sets", town.set_id)):
        address = f"/desk/menus/{kind}/{number}"
        assert zhao.get(address).status_code == 404
        for part in ("", "/photo", "/retirement"):
            fields = token | {"name": "别人的", "price_fen": "1", "picture": "fish"}
            assert zhao.post(address + part, data=fields).status_code in (404, 422)
    assert "两荤一素套餐" not in text_of(zhao.get(LUNCH))
    assert "清蒸鲈鱼" not in text_of(zhao.get("/desk/menus/dishes"))
    assert db.session.scalars(sa.select(Dish.name).where(Dish.id == town.fish)).one() == "清蒸鲈鱼"
    foreign: dict[str, Any] = {f"dish-{town.fish}": "3", f"dish-{town.fish}-price": "1"}
    assert zhao.submit(LUNCH, f"{TUESDAY}/lunch", **foreign).status_code == 422


def test_a_photograph_is_shown_on_the_public_menu_at_an_address_that_never_changes(
    chen: SiteClient, town: Town
) -> None:
    address = f"/desk/menus/dishes/{town.fish}"
    answer = chen.submit(address, "/photo", photo=(io.BytesIO(a_jpeg()), "x.jpg"))
    assert answer.location == f"{address}?saved=1"
    page = chen.page(f"/meals/{town.canteen}?date={TUESDAY}&meal=lunch")
    (image,) = page.xpath("//main//img[@class='picture']")
    assert (image.get("alt"), image.get("loading")) == ("清蒸鲈鱼的照片", "lazy")
    assert (image.get("width"), image.get("height")) == ("480", "360")
    answer = chen.get(image.get("src"))
    assert answer.mimetype == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert (picture.format, dict(picture.getexif())) == ("WEBP", {})
    assert len(answer.data) < 40_000
    answer = chen.submit(address, "/photo", remove="1")
    assert answer.location == f"{address}?saved=1", text_of(answer)
    assert chen.get(image.get("src")).status_code == 404


NO_PICTURE = "这个文件不是能打开的照片。请用手机拍一张，或选 JPG、PNG 图片。"
TOO_LARGE = "照片太大：最多 8 MB。请重新拍一张，或用小一点的图。"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", NO_PICTURE),
        (b"<html><script>alert(1)</script></html>", NO_PICTURE),
        (a_jpeg()[:500], NO_PICTURE),
        (a_bomb(), TOO_LARGE),
        (b"", NO_PICTURE),
        (b"\xff\xd8" + b"0" * MOST_BYTES, TOO_LARGE),
    ],
    ids=["svg", "html", "half", "bomb", "empty", "large"],
)
def test_what_is_no_photograph_is_told_beside_the_field(
    chen: SiteClient, town: Town, content: bytes, sentence: str
) -> None:
    address = f"/desk/menus/dishes/{town.fish}"
    answer = chen.submit(address, "/photo", photo=(io.BytesIO(content), "looks-like.jpg"))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert db.session.scalar(sa.select(Dish.card_digest).where(Dish.id == town.fish)) is None


def test_a_file_far_too_large_is_refused_unread_in_a_sentence(chen: SiteClient, town: Town) -> None:
    address = f"/desk/menus/dishes/{town.fish}"
    photo = (io.BytesIO(b"0" * (MOST_BYTES + 2**20)), "looks-like.jpg")
    answer = chen.submit(address, "/photo", photo=photo)
    assert answer.status_code == 413
    assert "发来的内容超过 8 MB。请减少文字或换小一点的文件。" in text_of(answer)


@pytest.mark.parametrize("digest", ["0" * 64, "..%2f..%2fetc", "x", "A" * 64])
def test_an_address_of_no_photograph_is_no_page(chen: SiteClient, town: Town, digest: str) -> None:
    assert chen.get(f"/meals/pictures/{digest}.webp").status_code == 404


def test_terms_are_changed_and_what_stands_over_is_listed(chen: SiteClient, town: Town) -> None:
    answer = chen.submit("/desk/menus/terms/lunch", "/terms/lunch", pick_ups="0")
    shown = text_of(chen.get(answer.location))
    assert "订了 1，名额 0" in shown
    answer = chen.submit("/desk/menus/terms/lunch", "/terms/lunch", cutoff="12:00")
    assert answer.status_code == 422
    answer = chen.submit("/desk/menus/terms/delivery", "/delivery", areas="999999999")
    assert answer.status_code == 422
    assert "行政区划代码不存在" in text_of(answer)


def test_a_point_shows_its_kitchens_menu_and_plans_none(app: Flask, town: Town) -> None:
    with transaction() as session:
        point = a_canteen(session, "北街助餐点", supplied_by=town.canteen)
        li = an_account(session, "13800000023", "李站长")
        a_role(session, li, Role.CANTEEN_MANAGER, facility_id=point.id)
        assert session.get(Facility, point.id) is not None
    site = another(app, "13800000023")
    shown = text_of(site.get(LUNCH))
    assert "清蒸鲈鱼" in shown
    assert "已订 0 份饭" in text_of(site.get(f"/desk/menus?week={TUESDAY}"))
    assert site.get(f"{LUNCH}/withdrawal").status_code == 404
    data = {"csrf_token": site.token(), "key": "k" * 20}
    assert site.post(LUNCH, data=data).status_code == 404
    assert site.get("/desk/menus/dishes/new").status_code == 404


def test_the_planner_costs_the_same_for_one_menu_and_for_ten(
    chen: SiteClient, town: Town, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    def cost(address: str) -> int:
        with count_queries() as statements:
            chen.page(address)
        return len(statements)

    addresses = (f"/desk/menus?week={TUESDAY}", LUNCH, "/desk/menus/dishes", "/desk/menus/terms")
    before = [cost(one) for one in addresses]
    with transaction() as session:
        for number in range(8):
            a_dish(session, town.canteen, f"菜{number}")
    chen.submit(f"/desk/menus?week={TUESDAY + timedelta(days=7)}", "/desk/menus/copies")
    after = [cost(one) for one in addresses]
    assert after == before
    assert max(before) <= 14
    with count_queries() as statements:
        chen.page(f"/meals/{town.canteen}?date={TUESDAY}&meal=lunch")
    assert len(statements) <= 8
