"""Who eats, as ordering knows them; everybody is fetched through the account that asks."""

from sqlalchemy.orm import Session

from ylyx_site.families.kinds import Texture
from ylyx_site.families.queries.eaters import EaterFacts, diets_of
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.shared.refusals import NotFound


def eaters_of(session: Session, account_id: int) -> list[Eater]:
    """The elders whom the account may order for, in one query."""
    return [as_eater(one) for one in diets_of(session, account_id)]


def own_eaters(session: Session, account_id: int, person_ids: tuple[int, ...]) -> tuple[Eater, ...]:
    """These people, each once; raises `NotFound` when one is not theirs."""
    own = {one.id: one for one in eaters_of(session, account_id)}
    try:
        return tuple(own[person_id] for person_id in dict.fromkeys(person_ids))
    except KeyError:
        raise NotFound from None


def as_eater(one: EaterFacts) -> Eater:
    """The elder as ordering knows one: soft or minced food is a word of the diet."""
    wanted = {diet.value for diet in one.diet}
    if one.texture is not Texture.ORDINARY:
        wanted.add(one.texture.value)
    return Eater(
        one.id, one.name, one.born_on, frozenset(wanted), one.avoids, one.division_code
    )  # fmt: skip
