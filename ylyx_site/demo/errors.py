"""Refusals of the demo district. Pure."""

from ylyx_site.shared.refusals import N_, Refusal


class OtherDataHere(Refusal):
    """The database holds facilities or accounts that are not the demo district's."""

    sentence = N_("数据库里已有别的机构或账号，示例数据只能写进空的数据库。")


class NotInProduction(Refusal):
    """Invented people have no place in production."""

    sentence = N_("正式运行的网站不能写入示例数据，请先把 YLYX_MODE 设为 demo。")
