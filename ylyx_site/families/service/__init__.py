"""Commands of families: they flush, never commit, and write their journal entry."""

from ylyx_site.families.service.bindings import (
    end_binding,
    end_by_paper,
    end_by_phone,
    ending_code,
    erase_by_paper,
    erase_elder,
    use_ending_code,
)
from ylyx_site.families.service.children import (
    add_child,
    add_child_by_paper,
    edit_child,
    read_id_number,
)
from ylyx_site.families.service.consents import withdraw_consent
from ylyx_site.families.service.eating import (
    change_address,
    change_diet,
    forget_address,
    keep_address,
    keep_diet,
)
from ylyx_site.families.service.elders import add_oneself
from ylyx_site.families.service.groups import (
    add_group,
    change_divisions,
    correct_group,
    end_group,
)
from ylyx_site.families.service.guardians import confirm_guardian, decline_guardian, end_bond
from ylyx_site.families.service.invitations import (
    invitation_code,
    invite_guardian,
    join_by_invitation,
    note_wrong_code,
)
from ylyx_site.families.service.papers import bind_by_paper, enter_by_paper
from ylyx_site.families.service.requests import (
    Asked,
    RequestFacts,
    agree,
    ask_again,
    ask_elder,
    request_facts,
)
from ylyx_site.families.service.sweeps import forget_names, forget_requests
from ylyx_site.families.service.turns import take_turns

__all__ = [
    "Asked",
    "RequestFacts",
    "add_child",
    "add_child_by_paper",
    "add_group",
    "add_oneself",
    "agree",
    "ask_again",
    "ask_elder",
    "bind_by_paper",
    "change_address",
    "change_diet",
    "change_divisions",
    "confirm_guardian",
    "correct_group",
    "decline_guardian",
    "edit_child",
    "end_binding",
    "end_bond",
    "end_by_paper",
    "end_by_phone",
    "end_group",
    "ending_code",
    "enter_by_paper",
    "erase_by_paper",
    "erase_elder",
    "forget_address",
    "forget_names",
    "forget_requests",
    "invitation_code",
    "invite_guardian",
    "join_by_invitation",
    "keep_address",
    "keep_diet",
    "note_wrong_code",
    "read_id_number",
    "request_facts",
    "take_turns",
    "use_ending_code",
    "withdraw_consent",
]
