"""Why a check cannot be written on: each says what to do now."""

from ylyx_site.shared.refusals import N_, Refusal


class CheckOver(Refusal):
    """Somebody has ended it, or the meal has been collected."""

    sentence = N_("这次查看已经有结果了，不用再记。请看下面的记录。")


class NobodyReachedYet(Refusal):
    """「人没事」 without anybody who has reached or seen the person."""

    sentence = N_("还没有人联系上或见到本人，不能记“人没事”。请先记下是谁联系上的。")
    field = "outcome"


class WordsMissing(Refusal):
    """Another outcome without a word what it is."""

    sentence = N_("请写一句是什么情况，接班的人要看得懂。")
    field = "words"
