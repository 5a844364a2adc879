"""Why a round cannot be changed, tapped or closed: each says what to do now."""

from ylyx_site.shared.refusals import N_, Refusal


class OldTap(Refusal):
    """A tap that was kept on the device until another day."""

    sentence = N_(
        "这是 %(month)d 月 %(day)d 日“%(round)s”第 %(place)d 位的记录，现在记不上了。"
        "请告诉食堂经理，由经理补记。"
    )


class StopsOpen(Refusal):
    """A round without a result for each stop."""

    sentence = N_("还有 %(num)d 站没有结果，不能收工。每一站都要记：送到、没人，或邻居代收。")


class NothingToClose(Refusal):
    """A round without any stop."""

    sentence = N_("这一餐这条线没有要送的，不用收工。")


class RoundIsClosed(Refusal):
    """A courier takes a result back after closing."""

    sentence = N_("这一趟已经收工，不能撤销了。请窗口或经理来改。")


class NameTaken(Refusal):
    """Two rounds of one name."""

    sentence = N_("已经有一条线叫这个名字。请换一个。")
    field = "name"


class NoSuchCourier(Refusal):
    """Somebody who is no courier here, or no longer."""

    sentence = N_("选的人不是这里的送餐员。请重新打开这一页再选。")
    field = "courier"
