"""Refusals of this room."""

from ylyx_site.shared.refusals import N_, Refusal


class FamilyLeft(Refusal):
    """One's own account cannot be erased while it acts for somebody."""

    sentence = N_("您的账号里还有家人。请先在下面逐个撤回同意或解除，再来注销。")
