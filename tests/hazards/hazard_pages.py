"""Pages and lists that hazards are made of, and what a night says of them."""

from datetime import date

from hazard_nights import DEPARTMENTS, publish, report_text

from etl.archive import Archive
from sample.families import all_sites
from sample.page import HTML

HOSTS = sorted(all_sites())
TITLE = "云河区司法局2023年度法治政府建设情况报告"
ITEM = '<li class="ewb-list-node clearfix"><a class="ewb-list-name" {link}>{title}</a><span class="ewb-list-date">{day}</span></li>'
BODY = "<div class='ewb-article-info' id='infoContentM'>{}</div>"
GOV_LIST = "/rest/lightfrontaction/getgovinfolist"
SEARCH = "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew"
A_LIST = f"/xxgk/002017/{DEPARTMENTS}/subpage.html"
# two figures that a report has, and only it
PENALTIES = "办结行政处罚案件"


def show_list(site, *items, path=A_LIST):
    """Put a list page of these items (link attributes, title, day) in the place of the site's own."""
    rows = "".join(ITEM.format(link=link, title=title, day=day) for link, title, day in items)
    site.add_file(path, f"<html><body><div id='categorypagingcontent'><ul>{rows}</ul></div></body></html>", HTML)


def show_page(site, path, body, title="云河区（虚构）政务示例"):
    """Put a page as it is at an address."""
    site.add_file(path, f"<html><head><title>{title}</title></head><body>{body}</body></html>", HTML)


def paragraphs(text):
    return "".join(f"<p>{line}</p>" for line in text.splitlines())


def gov(site, number=1, *, text=None, day=date(2024, 3, 4), column="JB0", **fields):
    """Publish a report in the disclosure system: its title outside of the body, a salutation above it."""
    path = f"/govxxgk/{column}/{day}/00000000-0000-4000-8000-{number:012}.html"
    text = "区委、区政府：\n" + (text or report_text())
    return publish(site, path, column=column, template="b", text=text, published_on=day, **fields)


def of_bodies(*codes):
    """Entries of the registry: the lists of bodies in the disclosure system, beside the column."""
    return ["/xxgk/002017/", *({"path": GOV_LIST, "kind": "json", "family": "epoint-gov", "options": {"deptcode": code}} for code in codes)]


def answers(night, **wanted):
    """Lines of the manifest."""
    lines = Archive(night.home / "archive").answers()
    return [line for line in lines if all(getattr(line, name) == value for name, value in wanted.items())]
