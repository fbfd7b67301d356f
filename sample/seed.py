"""The full made-up district: 41 bodies over seven years, in the columns and in the disclosure system, with what stands between reports.

`seed = full_site()` is a site like any other, and knows what discovery must find: `seed.expected`. Everything follows from a fixed seed:
two runs have the same addresses and bytes. 云河区 and all its bodies, events and figures are invented, and every page says so.
"""

from __future__ import annotations

import random
import tomllib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from sample.content import CONTENT_DIR, Article, Column, Content, SubColumn, Withdrawn
from sample.seed_files import Files
from sample.seed_texts import Body, report_lines, signature
from sample.site import Site

YEARS = range(2019, 2026)
NOTICE = "虚构示例：云河区为虚构行政区，机构、事件、数字均为虚构"
_DISTRICT = "云河区"
_CATEGORY = {"district": "002017001", "department": "002017002", "street": "002017003"}
_OTHER_CATEGORY = "002099001"

Place = Literal["xxgk", "govxxgk", "both"]
Way = Literal["list", "json", "search"]


class Expected(NamedTuple):
    """A report that discovery must find: absolute address, whole title, publishing body, year reported on."""

    url: str
    title: str
    organization: str
    year: int


@dataclass(frozen=True)
class _Report:
    body: Body
    year: int
    title: str
    published_on: date
    place: Place
    static: Article | None
    gov: Article | None


class FullSite(Site):
    """The full district as a site."""

    def __init__(self, content: Content, reports: Sequence[_Report], base_url: str):
        super().__init__(content)
        self._reports = reports
        self._base_url = base_url

    @property
    def expected(self) -> list[Expected]:
        """Every report once: at its address in the columns, or in the disclosure system where only that has it."""
        return [self._expected(report, report.static or report.gov) for report in self._reports]

    def expected_by(self, way: Way) -> list[Expected]:
        """What one way finds alone: the columns' list pages, getgovinfolist of all bodies, or the search below 002017, both addresses."""
        found = []
        for report in self._reports:
            for article in (report.static, report.gov):
                if article is not None and _shows(way, article):
                    found.append(self._expected(report, article))
        return found

    @property
    def twins(self) -> dict[str, str]:
        """The reports that both systems have: address in the columns, and in the disclosure system."""
        return {
            self._base_url + report.static.path: self._base_url + report.gov.path
            for report in self._reports
            if report.static is not None and report.gov is not None
        }

    def _expected(self, report: _Report, article: Article | None) -> Expected:
        if article is None:
            raise ValueError(f"{report.title}: in neither system")
        return Expected(self._base_url + article.path, article.title, article.publisher, report.year)


def full_site(
    years: Sequence[int] = YEARS,
    departments: int = 26,
    streets: int = 14,
    *,
    everywhere: bool = False,
    base_url: str = "http://www.yunhe.test",
    seed: int = 0,
) -> FullSite:
    """The site of the district with so many bodies, one report of each for each year reported on.

    About two thirds of the reports are in the columns only, the others in the disclosure system or in both. `everywhere` lets each system
    list what only the other one has: then list pages, getgovinfolist and search find every report, each by itself.

    Raises:
        ValueError: more bodies than have names.
    """
    named = tomllib.loads((CONTENT_DIR / "full" / "bodies.toml").read_text(encoding="utf-8"))
    bodies = [
        *_bodies("district", named["district"], 1),
        *_bodies("department", named["departments"], departments),
        *_bodies("street", named["streets"], streets),
    ]
    maker = _Maker(named["titles"], seed, everywhere)
    reports = [maker.report(body, year, number) for number, (year, body) in enumerate((y, b) for y in years for b in bodies)]
    articles = [each for report in reports for each in (report.static, report.gov) if each is not None]
    articles += maker.noise(bodies, years)
    site = FullSite(Content(_columns(bodies), tuple(articles), maker.withdrawn(bodies[1:3], max(years))), reports, base_url)
    maker.files.serve(site)
    return site


def _shows(way: Way, article: Article) -> bool:
    if way == "search":
        return True
    return any(column.isdigit() == (way == "list") for column in article.columns)


def _bodies(kind: str, named: dict[str, list[str]], count: int) -> list[Body]:
    if count > len(named):
        raise ValueError(f"{count} bodies of the kind {kind}: there are names for {len(named)}")
    found = []
    for code, (name, field) in list(named.items())[:count]:
        is_street = kind == "street"
        full = f"{_DISTRICT}{name}{'办事处' if name.endswith('街道') else '人民政府' if is_street else ''}"
        short = _DISTRICT if kind == "district" else name if is_street else f"{_DISTRICT}{name}"
        found.append(Body(code, kind, full, short, field))
    return found


def _columns(bodies: Sequence[Body]) -> tuple[Column, ...]:
    common: dict[str, Any] = {
        "area": _DISTRICT,
        "site_name": "云河区（虚构）政务示例",
        "site_domain": "www.yunhe.test",
        "site_id_code": "0000000000",
        "page_size": 20,
        "notice": NOTICE,
    }
    law = tuple(SubColumn(code, name) for code, name in zip(_CATEGORY.values(), ("区政府", "部门", "街镇"), strict=True))
    gov = tuple(SubColumn(body.code, body.short) for body in bodies)
    news = (SubColumn("rmtzx", "云河发布", folder="/rmtzx/003001/", page_one="rmtmoreinfo"),)
    talk = (SubColumn("zmhd", "政民互动", folder="/zmhd/003001/", page_one="zmhdmoreinfo"),)
    return (
        Column(code="002017", name="法治政府建设", subs=law, **common),
        Column(code="govxxgk", name="政府信息公开", subs=gov, root="", is_listed=False, **common),
        Column(code="003001", name="融媒体中心", subs=news, root="rmtzx", **common),
        Column(code="003001", name="互动交流", subs=talk, root="zmhd", **common),
    )


class _Maker:
    """Makes articles; every choice follows from the seed and from what the article is about."""

    def __init__(self, titles: dict[str, list[str]], seed: int, everywhere: bool):
        self._titles = titles
        self._seed = seed
        self._everywhere = everywhere
        self.files = Files(self.uuid)

    def uuid(self, *about: object) -> str:
        """The version 4 UUID of a thing."""
        return str(uuid.UUID(int=self._chance("uuid", *about).getrandbits(128), version=4))

    def report(self, body: Body, year: int, number: int) -> _Report:
        """The report of a body on a year, in one system or in both."""
        chance = self._chance(body.code, year)
        patterns = self._titles["reports"]
        title = patterns[(number + 2 * year) % len(patterns)].format(body=body.short, year=year)
        # some come out before the year is over
        is_early = number % 13 == 12
        day = (
            date(year, 12, 2) + timedelta(days=chance.randrange(16))
            if is_early
            else date(year + 1, 1, 8) + timedelta(days=chance.randrange(82))
        )
        place: Place = ("govxxgk", "both", "xxgk", "xxgk", "xxgk", "xxgk", "xxgk")[(number * 3 + year) % 7]
        static = self._static(body, year, title, day, number, place) if place != "govxxgk" else None
        gov = self._gov(body, year, title, day, place) if place != "xxgk" else None
        return _Report(body, year, title, day, place, static, gov)

    def _static(self, body: Body, year: int, title: str, day: date, number: int, place: Place) -> Article:
        category = _CATEGORY[body.kind]
        is_click = number % 19 == 5
        # an address may name another day than the page
        in_address = day + timedelta(days=4) if number % 17 == 3 and not is_click else day
        lines = [*report_lines(body, year), *signature(body, day - timedelta(days=5))]
        if number % 4 == 1:
            lines.insert(0, title)
        text, attachments = self.files.of_report(body, year, title, lines, number)
        return Article(
            path=f"/xxgk/002017/{category}/{in_address:%Y%m%d}/{self.uuid('xxgk', body.code, year)}.html",
            title=title,
            text=text,
            column=category,
            publisher=body.name,
            published_on=day,
            click=is_click,
            also_in=(body.code,) if self._everywhere and place != "both" else (),
            attachments=attachments,
        )

    def _gov(self, body: Body, year: int, title: str, day: date, place: Place) -> Article:
        # the same report with another band above it: salutation, and another office's signature
        signed = signature(replace(body, name=f"中共{body.name}党组" if body.kind == "department" else body.name), day - timedelta(days=9))
        salutation = "市委、市政府：" if body.kind == "district" else "区委、区政府："
        return Article(
            path=f"/govxxgk/{body.code}/{day}/{self.uuid('gov', body.code, year)}.html",
            title=title,
            text="\n".join([salutation, *report_lines(body, year), *signed]),
            column=body.code,
            publisher=body.name,
            published_on=day,
            template="b",
            also_in=(_CATEGORY[body.kind],) if self._everywhere and place != "both" else (),
            category=_CATEGORY[body.kind],
        )

    def noise(self, bodies: Sequence[Body], years: Sequence[int]) -> Iterator[Article]:
        """What is no report: in the columns, in the disclosure system, in the news and in the column of questions."""
        for year in years:
            for number, body in enumerate(bodies):
                if (number + year) % 3 == 0 or body.kind == "district":
                    pattern = self._pick("listed_noise", number // 3 + year)
                    yield self._other(body, year, pattern, _CATEGORY[body.kind], "/xxgk/002017/{column}/{day:%Y%m%d}/{uuid}.html")
                pattern = self._pick("gov_noise", number + year)
                yield self._other(
                    body, year, pattern, body.code, "/govxxgk/{column}/{day}/{uuid}.html", template="b", category=_OTHER_CATEGORY
                )
            for number, pattern in enumerate(self._titles["news"]):
                yield self._other(bodies[number % 2], year, pattern, "rmtzx", "/rmtzx/003001/{day:%Y%m%d}/{uuid}.html")
            for number in range(4):
                question = f"关于{_DISTRICT}{year}年{bodies[number].field}问题的咨询（{number + 1}）"
                yield self._other(bodies[number], year, question, "zmhd", "/zmhd/003001/{day:%Y%m%d}/{uuid}.html")

    def withdrawn(self, bodies: Sequence[Body], year: int) -> tuple[Withdrawn, ...]:
        """Items that the first list pages still hold, commented out."""
        day, category = date(year + 1, 1, 4), _CATEGORY["department"]
        return tuple(
            Withdrawn(
                path=f"/xxgk/002017/{category}/{day:%Y%m%d}/{self.uuid('withdrawn', body.code)}.html",
                title=f"{body.short}{year}年度法治政府建设情况报告（征求意见稿）",
                column=category,
                published_on=day,
            )
            for body in bodies
        )

    def _other(
        self, body: Body, year: int, pattern: str, column: str, path: str, *, template: str = "a", category: str | None = None
    ) -> Article:
        title = pattern.format(body=body.short, year=year, next=year + 1, end=year + 5)
        day = date(year + 1, 1, 3) + timedelta(days=self._chance(title, column, body.code).randrange(180))
        number = self.uuid(title, column, body.code, year)
        return Article(
            path=path.format(column=column, day=day, uuid=number),
            title=title,
            text=f"本条目为演示列表而编写，不是任何单位发布的文件。\n{title}。\n{body.name}",
            column=column,
            publisher=body.name,
            published_on=day,
            template=template,
            category=category or (column if column.isdigit() else "003001"),
        )

    def _pick(self, name: str, number: int) -> str:
        return self._titles[name][number % len(self._titles[name])]

    def _chance(self, *about: object) -> random.Random:
        return random.Random(f"{self._seed}:{':'.join(map(str, about))}")
