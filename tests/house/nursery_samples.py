"""One of everything that a nursery's day leaves behind, for walks over all pages."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from ylyx_site.fees.kinds import Means, ReceiptKind
from ylyx_site.fees.models import FeeReceipt
from ylyx_site.identity.models import StaffInvitation
from ylyx_site.identity.roles import Role
from ylyx_site.opening.models import CareClosing, Hazard
from ylyx_site.shared import clock


def of_nursery(
    session: Session, facility_id: int, child_id: int, account_id: int
) -> dict[str, object]:
    """An invitation, a hazard, a closing of a far day, a receipt; their ids by argument."""
    now = clock.now()
    invitation = StaffInvitation(
        facility_id=facility_id, phone="13900000099", role=Role.CARER, invited_by=account_id,
        invited_at=now, expires_at=now + timedelta(days=7),
    )  # fmt: skip
    hazard = Hazard(facility_id=facility_id, words="锅炉房漏气", found_by=account_id, found_at=now)
    closing = CareClosing(
        facility_id=facility_id, first_day=date(2026, 12, 8), last_day=date(2026, 12, 8),
        reason="水管冻裂", closed_by=account_id, closed_at=now,
    )  # fmt: skip
    receipt = FeeReceipt(
        facility_id=facility_id, number=1, child_id=child_id, month="2026-11", fen=100,
        kind=ReceiptKind.PAID, means=Means.CASH, recorded_by=account_id, recorded_at=now,
    )  # fmt: skip
    session.add_all([invitation, hazard, closing, receipt])
    session.flush()
    return {
        "invitation_id": invitation.id, "hazard_id": hazard.id, "closing_id": closing.id,
        "number": receipt.number,
    }  # fmt: skip
