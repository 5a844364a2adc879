"""All that is kept about somebody and their family, as tables to take along (个人信息保护法 45).

The same facts, of the same people, as this account's own pages show: numbers of ID cards masked.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.facilities.models import Facility
from ylyx_site.facilities.words import name_of
from ylyx_site.families.kinds import PersonKind, Purpose
from ylyx_site.families.models import Bond, Consent, Person
from ylyx_site.families.queries.people import acted_for, people_of, record_of
from ylyx_site.families.queries.records import elder_record
from ylyx_site.families.words import DIETS, RELATIONS, TEXTURES
from ylyx_site.identity.visitor import Visitor
from ylyx_site.meals.models import MealOrder, OrderedMeal
from ylyx_site.meals.words import MEALS, SERVINGS
from ylyx_site.meals.words import STATES as MEAL_STATES
from ylyx_site.notices.models import Notice
from ylyx_site.notices.words import said
from ylyx_site.shared import clock
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.refusals import N_
from ylyx_site.shared.spreadsheets import Cell, Sheet
from ylyx_site.shared.words import minute_text

Row = tuple[Cell, ...]
MOST = 5000  # rows of a sheet: a family's many years
CARE_STATES = {
    CareState.BOOKED: N_("已约"),
    CareState.CANCELLED: N_("已取消"),
    CareState.ABSENT: N_("请假"),
}
PURPOSES = {
    Purpose.CHILD_DATA: N_("保存孩子的资料"),
    Purpose.ELDER_DATA: N_("保存老人的资料"),
    Purpose.ELDER_BINDING: N_("替老人办事"),
    Purpose.ELDER_PHOTO: N_("窗口看老人的照片"),
}


def sheets(session: Session, who: Visitor) -> Iterator[Sheet]:
    """The sheets of an account; rows are read as they are written. The caller journals it."""
    me = who.account_id
    yield Sheet(_("账号"), (_("姓名"), _("手机")), [(who.name, who.phone)], (16, 16))
    yield Sheet(
        _("家人"),
        (_("姓名"), _("出生日期"), _("关系"), _("证件号码"), _("电话"), _("饮食"), _("地址"),
         _("备注")),
        _people(session, me), (12, 12, 14, 22, 16, 24, 30, 30),
    )  # fmt: skip
    yield Sheet(
        _("托育"),
        (_("编号"), _("机构"), _("孩子"), _("日期"), _("从"), _("到"), _("照护方式"),
         _("价格（元）"), _("补贴（元）"), _("状态"), _("留言")),
        _care(session, me), (10, 24, 10, 12, 8, 8, 10, 10, 10, 10, 30),
    )  # fmt: skip
    yield Sheet(
        _("订餐"),
        (_("编号"), _("食堂"), _("谁吃"), _("日期"), _("哪一餐"), _("怎么取"), _("价格（元）"),
         _("补贴（元）"), _("状态"), _("留言")),
        _meals(session, me), (10, 24, 10, 12, 8, 8, 10, 10, 10, 30),
    )  # fmt: skip
    yield Sheet(_("消息"), (_("时间"), _("内容")), _notices(session, me), (18, 80))
    yield Sheet(
        _("同意"), (_("为了什么"), _("文本"), _("同意的时间"), _("撤回的时间")),
        _consents(session, me), (24, 24, 18, 18),
    )  # fmt: skip


def _people(session: Session, account_id: int) -> Iterator[Row]:
    for one in people_of(session, account_id):
        facts = (one.name, one.born_on.isoformat(), str(RELATIONS[one.relation]))
        if one.kind == PersonKind.CHILD:
            child = record_of(session, account_id, one.id)
            yield (*facts, child.masked_id, "", "", "", child.note)
        else:
            yield (*facts, *_elder(session, account_id, one.id))


def _elder(session: Session, account_id: int, person_id: int) -> Row:
    record = elder_record(session, account_id, person_id)
    eats, at = record.eater, record.address
    diet = [str(TEXTURES[eats.texture]), *(str(DIETS[one]) for one in sorted(eats.diet))]
    where = " ".join((record.division, at.street, at.building, at.floor, at.door)) if at else ""
    avoids = [_("忌口：%(what)s", what=what) for what in eats.avoids]
    words = " ".join([*diet, *avoids])
    return record.masked_id, record.masked_phone, words, where, at.note if at else ""


def _care(session: Session, account_id: int) -> Iterator[Row]:
    rows = session.execute(
        sa.select(CareBooking, CareDay, Facility.name, Person.name)
        .join(CareDay, CareDay.booking_id == CareBooking.id)
        .join(Facility, Facility.id == CareBooking.facility_id)
        .join(Person, Person.id == CareDay.child_id)
        .where(CareDay.child_id.in_(acted_for(account_id)))
        .order_by(CareDay.day, CareDay.id)
        .limit(MOST)
    )
    for booking, day, house, child in rows:
        yield (
            booking.code, house, child, day.day.isoformat(), minute_text(day.starts),
            minute_text(day.ends), _(name_of(booking.kind)), _yuan(day.price_fen),
            _yuan(day.benefit_fen), _(CARE_STATES[day.state]), booking.note,
        )  # fmt: skip


def _meals(session: Session, account_id: int) -> Iterator[Row]:
    rows = session.execute(
        sa.select(MealOrder, OrderedMeal, Facility.name, Person.name)
        .join(OrderedMeal, OrderedMeal.order_id == MealOrder.id)
        .join(Facility, Facility.id == MealOrder.facility_id)
        .join(Person, Person.id == OrderedMeal.person_id)
        .where(OrderedMeal.person_id.in_(acted_for(account_id)))
        .order_by(OrderedMeal.day, OrderedMeal.id)
        .limit(MOST)
    )
    for order, meal, house, person in rows:
        yield (
            order.code, house, person, meal.day.isoformat(), str(MEALS[meal.meal]),
            str(SERVINGS[meal.serving]), _yuan(meal.goods_fen + meal.fee_fen),
            _yuan(meal.benefit_fen), str(MEAL_STATES[meal.state]), order.note,
        )  # fmt: skip


def _notices(session: Session, account_id: int) -> Iterator[Row]:
    mine = sa.select(Notice).where(Notice.account_id == account_id)
    for one in session.scalars(mine.order_by(Notice.planned_at, Notice.id).limit(MOST)):
        yield _moment(one.planned_at), said(one)


def _consents(session: Session, account_id: int) -> Iterator[Row]:
    own = sa.select(Bond.consent_id).where(Bond.account_id == account_id)
    mine = sa.select(Consent).where(sa.or_(Consent.account_id == account_id, Consent.id.in_(own)))
    for one in session.scalars(mine.order_by(Consent.id).limit(MOST)):
        ended = _moment(one.withdrawn_at) if one.withdrawn_at else ""
        yield _(PURPOSES[one.purpose]), one.text_version, _moment(one.given_at), ended


def _moment(at: Any) -> str:
    return f"{at.astimezone(clock.ZONE):%Y-%m-%d %H:%M}"


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100
