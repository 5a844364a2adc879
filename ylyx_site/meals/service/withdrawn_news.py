"""What the families hear when a canteen takes a meal back: one message, one thing to do."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.families.queries.eaters import accounts_of
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service.planning import News, plan
from ylyx_site.shared.refusals import N_

GONE = {
    Meal.BREAKFAST: N_("食堂撤下了%(day)s早餐订的菜，不收钱。请打开，选别的菜或者不吃了。"),
    Meal.LUNCH: N_("食堂撤下了%(day)s午餐订的菜，不收钱。请打开，选别的菜或者不吃了。"),
    Meal.DINNER: N_("食堂撤下了%(day)s晚餐订的菜，不收钱。请打开，选别的菜或者不吃了。"),
}
MOVED = {
    Meal.BREAKFAST: N_("食堂把%(day)s的早餐换成了别的菜，不加价。不想要，截止前可以取消。"),
    Meal.LUNCH: N_("食堂把%(day)s的午餐换成了别的菜，不加价。不想要，截止前可以取消。"),
    Meal.DINNER: N_("食堂把%(day)s的晚餐换成了别的菜，不加价。不想要，截止前可以取消。"),
}
CHANGES = "/meals/changes"


def tell(
    session: Session,
    withdrawal_id: int,
    ended: Sequence[OrderedMeal],
    moved: Collection[int],
    *,
    now: datetime,
) -> None:
    """Plan one message to everybody who may act for these people, however many meals it is.

    Somebody with a meal left to choose hears of that; who has all of them moved, of the move.
    """
    accounts = accounts_of(session, {one.person_id for one in ended})
    open_accounts, moved_accounts = set[int](), set[int]()
    by_account: dict[int, list[OrderedMeal]] = defaultdict(list)
    for one in ended:
        for account_id in accounts.get(one.person_id, ()):
            by_account[account_id].append(one)
    for account_id, meals in by_account.items():
        is_open = any(one.id not in moved for one in meals)
        (open_accounts if is_open else moved_accounts).add(account_id)
    for told, sentences in ((open_accounts, GONE), (moved_accounts, MOVED)):
        if told:
            news = News(
                NoticeKind.FAMILY_MEALS, sentences[ended[0].meal], {"day": ended[0].day},
                CHANGES, "meals.withdrawn", f"meals.withdrawn:{withdrawal_id}",
            )  # fmt: skip
            plan(session, told, news, now=now)
