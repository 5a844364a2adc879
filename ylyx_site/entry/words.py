"""How papers, what is missing and illnesses read on pages."""

from typing import Any

from ylyx_site.entry.kinds import Lack, PaperKind, PaperState, ReturnReason, Source
from ylyx_site.shared.language import lazy_gettext as _l

PAPERS: dict[PaperKind, Any] = {
    PaperKind.AGREEMENT: _l("托育服务协议"),
    PaperKind.HEALTH_CHECK: _l("入园健康检查表"),
    PaperKind.VACCINATION: _l("预防接种证"),
    PaperKind.DEFERRAL: _l("缓种证明"),
    PaperKind.RETURN: _l("返园证明"),
}
STATES: dict[PaperState, tuple[Any, str, str]] = {  # words, icon, colour
    PaperState.WAITING: (_l("等老师核对"), "hourglass", "warn"),
    PaperState.CONFIRMED: (_l("已核对"), "check", "good"),
    PaperState.RETURNED: (_l("要重新传"), "triangle-alert", "bad"),
    PaperState.REPLACED: (_l("已换新的"), "repeat", "full"),
}
REASONS: dict[ReturnReason, Any] = {
    ReturnReason.UNREADABLE: _l("照片看不清楚，请在亮的地方平拍一张。"),
    ReturnReason.OTHER_CHILD: _l("不是这个孩子的，请核对姓名。"),
    ReturnReason.OTHER_PAPER: _l("不是要的这一种材料。"),
    ReturnReason.TOO_OLD: _l("日期太早，已经过期。"),
    ReturnReason.INCOMPLETE: _l("缺页、缺章或缺签名。"),
}
LACKS: dict[Lack, Any] = {
    Lack.AWAY: _l("还要在家休息"),
    Lack.RETURN: _l("缺返园证明"),
    Lack.AGREEMENT: _l("缺服务协议"),
    Lack.HEALTH_CHECK: _l("缺健康检查"),
    Lack.HEALTH_CHECK_AGAIN: _l("要重新做健康检查"),
    Lack.VACCINATION: _l("缺接种记录"),
}
SOURCES: dict[Source, Any] = {
    Source.CHECK: _l("老师检查时发现"),
    Source.FAMILY: _l("家长告诉的"),
    Source.DOCTOR: _l("医生的诊断书"),
}


def lack_words(lack: Lack) -> str:
    """「缺接种记录」."""
    return str(LACKS[lack])


def paper_words(kind: PaperKind) -> str:
    """「预防接种证」."""
    return str(PAPERS[kind])
