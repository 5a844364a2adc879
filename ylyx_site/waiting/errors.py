"""Refusals of the queue: each says what to do now. Pure."""

from ylyx_site.shared.refusals import N_, Refusal


class StillFree(Refusal):
    """There is a place: nothing to wait for."""

    sentence = N_("%(name)s这个时间还有位，不用排候补。请直接预约，或者只选满了的机构。")


class QueueFull(Refusal):
    """The queue of the nursery has reached its limit."""

    sentence = N_("%(name)s 的候补已经排了 %(most)d 家，暂时不能再加。请换一家，或过几天再看。")


class TooManyEntries(Refusal):
    """A child waits in as many queues as allowed."""

    sentence = N_("一个孩子最多同时排 %(most)d 个候补。请先退出一个不要的，再排这一个。")


class AlreadyWaiting(Refusal):
    """The child waits for the very same already."""

    sentence = N_("孩子已经在排这家的这个时间了。请到“我的候补”看排到第几位。")


class NoHouse(Refusal):
    """No nursery was chosen."""

    sentence = N_("请选至少一家机构。")


class TooManyHouses(Refusal):
    """More nurseries than one entry may name."""

    sentence = N_("一次最多排 %(most)d 家机构。请少选几家。")


class CannotPause(Refusal):
    """Only who waits can pause."""

    sentence = N_("现在不能暂停：已经有位留给您，请先回答要不要，或者候补已经结束。")


class CannotResume(Refusal):
    """Only who paused can resume."""

    sentence = N_("这个候补没有暂停，不用恢复。")


class NotWaitingAnyMore(Refusal):
    """The entry has ended."""

    sentence = N_("这个候补已经结束了。还需要的话，请重新排。")


class OfferOver(Refusal):
    """The offer was answered, or its time is over."""

    sentence = N_("这个名额已经处理过，或者已经过了回复时间。您可以到“我的候补”看看现在的情况。")


class NoSuchGroup(Refusal):
    """The priority does not exist here, or no longer counts."""

    sentence = N_("这家机构现在没有这一项优先。请刷新页面再看。")


class EvidencePast(Refusal):
    """The paper is no longer valid."""

    sentence = N_("有效期要在今天以后。请看清楚材料上的日期。")


class EndsBeforeItBegins(Refusal):
    """The last day of a rule lies before its first."""

    sentence = N_("结束的日期不能早于开始的日期。请改一改。")
