"""Dishes, sets, and which of them are on the menu of a day's meal."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals.kinds import Picture
from ylyx_site.shared.db import Model


class Dish(Model):
    """A dish of a kitchen. `allergens` and `diets` are words of `kinds`, parted by spaces.

    `ingredients` is what it is made of, in words, as the kitchen writes it. `price_fen` is what a
    new menu starts from; what a meal costs stands in the menu of its day. Its photograph are two
    rows of `MenuPicture`. A retired one stays for the menus and orders that were.
    """

    __tablename__ = "dish"

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(40))
    price_fen: Mapped[int]
    picture: Mapped[Picture]
    allergens: Mapped[str] = mapped_column(sa.String(120), default="")
    diets: Mapped[str] = mapped_column(sa.String(120), default="")
    ingredients: Mapped[str] = mapped_column(sa.String(200), default="")
    card_digest: Mapped[str | None] = mapped_column(sa.String(64))
    full_digest: Mapped[str | None] = mapped_column(sa.String(64))
    retired_at: Mapped[datetime | None]


class MealSet(Model):
    """Several dishes sold as one, 套餐."""

    __tablename__ = "meal_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(40))
    price_fen: Mapped[int]
    picture: Mapped[Picture] = mapped_column(default=Picture.SET)
    card_digest: Mapped[str | None] = mapped_column(sa.String(64))
    full_digest: Mapped[str | None] = mapped_column(sa.String(64))
    retired_at: Mapped[datetime | None]


class MenuPicture(Model):
    """A photograph in one of its two sizes, WebP, named by the SHA-256 of its bytes: public."""

    __tablename__ = "menu_picture"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    width: Mapped[int] = mapped_column(sa.SmallInteger)
    height: Mapped[int] = mapped_column(sa.SmallInteger)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    added_at: Mapped[datetime]


class SetDish(Model):
    """A dish in a set."""

    __tablename__ = "set_dish"

    set_id: Mapped[int] = mapped_column(sa.ForeignKey("meal_set.id"), primary_key=True)
    dish_id: Mapped[int] = mapped_column(sa.ForeignKey("dish.id"), primary_key=True)


class MenuDay(Model):
    """The menu of one meal of one day of a kitchen. Withdrawn ones are kept.

    Without `published_at` it is a draft: nobody but its kitchen knows of it.
    """

    __tablename__ = "menu_day"
    __table_args__ = (
        sa.UniqueConstraint("facility_id", "day", "meal"),
        sa.Index("ix_menu_day_day", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    day: Mapped[date]
    meal: Mapped[Meal]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class MenuItem(Model):
    """A dish or a set on a menu, with its price on that day; the ledger counts its portions.

    `withdrawn_at`: it alone was taken off a menu that stands.
    """

    __tablename__ = "menu_item"
    __table_args__ = (
        sa.CheckConstraint("(dish_id IS NULL) <> (set_id IS NULL)", name="dish_or_set"),
        sa.CheckConstraint("price_fen >= 0", name="price_not_negative"),
        sa.UniqueConstraint("menu_id", "dish_id"),
        sa.UniqueConstraint("menu_id", "set_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    menu_id: Mapped[int] = mapped_column(sa.ForeignKey("menu_day.id"), index=True)
    position: Mapped[int] = mapped_column(sa.SmallInteger)
    dish_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dish.id"))
    set_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meal_set.id"))
    portions: Mapped[int]
    price_fen: Mapped[int]
    withdrawn_at: Mapped[datetime | None]
