"""Words of the counter. Pure."""

import enum


class PaperKind(enum.StrEnum):
    """What somebody signed, as it is filed at a desk."""

    CONSENT = "consent"  # an elder lets the site keep what it keeps
    BINDING = "binding"  # an elder lets an account act
    WITHDRAWAL = "withdrawal"  # an elder ends that
    ERASURE = "erasure"  # an elder withdraws everything
