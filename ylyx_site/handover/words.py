"""How handing over reads on pages."""

from typing import Any

from ylyx_site.handover.kinds import BlockReason, PaperSeen
from ylyx_site.shared.language import lazy_gettext as _l

REASONS: dict[BlockReason, Any] = {
    BlockReason.SAFETY: _l("为了孩子的安全"),
    BlockReason.FAMILY: _l("家里的情况变了"),
    BlockReason.OTHER: _l("其他原因"),
}
PAPERS: dict[PaperSeen, Any] = {
    PaperSeen.COURT: _l("法院的判决、裁定或调解书"),
    PaperSeen.POLICE: _l("公安机关的文书"),
    PaperSeen.GUARDIANS: _l("全部监护人签字的书面要求"),
}
