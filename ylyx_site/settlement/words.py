"""How this room's words are said."""

from typing import Any

from ylyx_site.benefits.words import PAYERS
from ylyx_site.settlement.kinds import Pays
from ylyx_site.shared.language import lazy_gettext as _l

PAYS: dict[Pays, Any] = {
    **{Pays(payer.value): name for payer, name in PAYERS.items()},
    Pays.PERSON: _l("本人付"),
    Pays.FEE: _l("送餐费"),
}
