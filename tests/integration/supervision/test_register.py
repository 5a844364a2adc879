"""The start page leads from each number to the facilities that it counts."""

from tests.client import SiteClient
from tests.integration.places.desk import CIVIL, SUN, TUESDAY, District, book
from ylyx_site.facilities.kinds import Filing
from ylyx_site.facilities.models import Facility
from ylyx_site.shared.db import transaction


def figures(client: SiteClient) -> dict[str, str]:
    """Name and number of each figure."""
    return {
        one.text.strip(): one.xpath("string(b)").strip()
        for one in client.page("/supervision").xpath("//div[@class='figure']")
    }


def test_each_filing_leads_to_as_many_facilities(client: SiteClient, desk: District) -> None:
    with transaction() as session:
        session.get_one(Facility, desk.theirs).filing = Filing.IN_FILING
    client.sign_in_as(SUN)
    found = figures(client)
    assert (found["已备案的托育机构"], found["备案中"], found["今天的备案托位"]) == ("1", "1", "4")
    page = client.page("/supervision")
    for words in ("已备案的托育机构", "备案中"):
        [link] = page.xpath(f"//div[@class='figure'][contains(., '{words}')]/b/a")
        listed = client.page(link.get("href"))
        assert len(listed.xpath("//tbody/tr")) == int(found[words])
    [places] = page.xpath("//div[@class='figure'][contains(., '今天的备案托位')]/b/a/@href")
    assert "备案托位共 4 个" in client.page(places).xpath("string(//main)")


def test_the_share_of_tomorrow_stands_above_its_rows(client: SiteClient, desk: District) -> None:
    with transaction() as session:
        book(session, desk.ours, desk.our_class, [TUESDAY], 2)
    client.sign_in_as(SUN)
    page = client.page("/supervision/facilities?filing=filed")
    rows = page.xpath("//tbody/tr/td[6]/span[@class='quiet']")
    booked = [int(one.text.split("÷")[0]) for one in rows]
    assert f"明天 已约 {sum(booked)} ÷ 开放" in page.xpath("string(//main)")
    assert sum(booked) == 40


def test_a_filing_that_there_is_not_is_all(client: SiteClient, desk: District) -> None:
    client.sign_in_as(SUN)
    page = client.page("/supervision/facilities?filing=nonsense")
    assert len(page.xpath("//tbody/tr")) == 2


def test_an_empty_district_says_so(client: SiteClient, desk: District) -> None:
    client.sign_in_as(CIVIL)
    assert "还没有机构" in client.page("/supervision/facilities").xpath("string(//main)")
    assert "这个月还没有记录" in client.page("/supervision/months").xpath("string(//main)")
