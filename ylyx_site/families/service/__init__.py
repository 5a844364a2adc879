"""Commands of families: they flush, never commit, and write their journal entry."""

from ylyx_site.families.service.children import add_child, edit_child, read_id_number
from ylyx_site.families.service.consents import withdraw_consent
from ylyx_site.families.service.guardians import confirm_guardian, decline_guardian, end_bond
from ylyx_site.families.service.invitations import (
    invitation_code,
    invite_guardian,
    join_by_invitation,
    note_wrong_code,
)
from ylyx_site.families.service.turns import take_turns

__all__ = [
    "add_child",
    "confirm_guardian",
    "decline_guardian",
    "edit_child",
    "end_bond",
    "invitation_code",
    "invite_guardian",
    "join_by_invitation",
    "note_wrong_code",
    "read_id_number",
    "take_turns",
    "withdraw_consent",
]
