"""Words of the ledger's desk. Pure."""

import enum
from collections.abc import Mapping

from ylyx_site.shared.refusals import N_


class FilingReason(enum.StrEnum):
    """Why a supervisor changes where a filing stands; a code, because the journal keeps it."""

    COMPLETE = "complete"
    RECTIFIED = "rectified"
    REQUESTED = "requested"
    EXPIRED = "expired"
    HAZARD = "hazard"
    PAPERS = "papers"


FILING_REASONS: Mapping[FilingReason, str] = {
    FilingReason.COMPLETE: N_("材料齐全，备案完成"),
    FilingReason.RECTIFIED: N_("整改完成，恢复"),
    FilingReason.REQUESTED: N_("机构自己申请"),
    FilingReason.EXPIRED: N_("备案到期，没有延续"),
    FilingReason.HAZARD: N_("检查发现安全隐患"),
    FilingReason.PAPERS: N_("材料需要补充或重新核验"),
}
