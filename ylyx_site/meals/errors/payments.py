"""Why a receipt cannot be written."""

from ylyx_site.shared.refusals import N_, Refusal


class WrongAmount(Refusal):
    """Not an amount that this receipt can have."""

    sentence = N_("金额不对：最多可以是 %(most)s。请核对后重新填写。")
    field = "fen"


class AlreadyPaid(Refusal):
    """A meal that is paid in full."""

    sentence = N_("这一餐已经付清。要改金额请记一条更正。")


class NoteMissing(Refusal):
    """A refund or a correction without a word why."""

    sentence = N_("退款和更正要写明原因。")
    field = "note"
