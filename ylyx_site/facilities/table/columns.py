"""The columns of a register, by the names that its header has. Pure."""

from ylyx_site.facilities.kinds import Tariff

NAME, KIND, NATURE, CODE = "名称", "类型", "性质", "统一社会信用代码"
FILING, FILING_NUMBER, DIVISION, ADDRESS = "备案状态", "备案编号", "区划代码", "地址"
LATITUDE, LONGITUDE, TELEPHONE, PLACES = "纬度", "经度", "电话", "备案托位"
INCLUSIVE, OPENING, CLASSES, ABOUT = "普惠", "开放时间", "班级", "简介"
PRICES = {
    "全日托价格": Tariff.FULL_DAY,
    "半日托价格": Tariff.HALF_DAY,
    "计时托价格": Tariff.HOUR,
    "临时托(天)": Tariff.TEMPORARY_DAY,
    "临时托(半天)": Tariff.TEMPORARY_HALF,
}
REQUIRED = (NAME, KIND, CODE, FILING, DIVISION, ADDRESS, TELEPHONE)
COLUMNS = (
    NAME, KIND, NATURE, CODE, FILING, FILING_NUMBER, DIVISION, ADDRESS, LATITUDE, LONGITUDE,
    TELEPHONE, PLACES, INCLUSIVE, OPENING, CLASSES, *PRICES, ABOUT,
)  # fmt: skip
DIVISION_REQUIRED = (DIVISION, NAME)
DIVISION_COLUMNS = (*DIVISION_REQUIRED, LATITUDE, LONGITUDE)
