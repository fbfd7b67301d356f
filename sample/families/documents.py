"""What a family site holds: ten invented reports of made-up bodies, and the items of other kinds that stand between them in a list.

Districts, streets and offices are invented; titles follow the word orders that occur.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sample.families.texts import noise_text, report_text

GOVERNMENT, DEPARTMENTS, STREETS = "government", "departments", "streets"
_YEARS = (2021, 2022, 2023, 2024)


@dataclass(frozen=True)
class Document:
    """A published page. `year` is the year reported on, null for what is no report; `key` grows in the order of publication."""

    key: int
    title: str
    text: str
    organization: str
    published_on: date
    year: int | None
    column: str
    edits: int = 0


# body or district, year
_TITLES: tuple[Callable[[str, int], str], ...] = (
    lambda body, year: f"{body}{year}年度法治政府建设情况报告",
    lambda body, year: f"{body}关于{year}年度法治政府建设情况的报告",
    lambda body, year: f"{year}年{body}法治政府建设工作情况报告",
    lambda body, year: f"{year}年度{body}法治政府建设年度报告",
    lambda body, year: f"{body}法治政府建设{year}年度工作报告",
    lambda body, year: f"{year}年法治政府建设情况报告",
    lambda body, year: f"{body}{year}年推进法治政府建设工作情况的报告",
)

# column, days into the year, title; what titles with 法治政府建设 are no reports stands among them
_NOISE: tuple[tuple[str, int, str], ...] = (
    (GOVERNMENT, 20, "{district}{year}年政府信息公开工作年度报告"),
    (GOVERNMENT, 95, "《{district}{before}年度法治政府建设情况报告》解读"),
    (GOVERNMENT, 70, "{district}{year}年法治政府建设工作要点"),
    (DEPARTMENTS, 40, "关于印发《{district}法治政府建设规划（{year}—{after}年）》的通知"),
    (DEPARTMENTS, 110, "关于开展{year}年法治政府建设示范创建工作的通知"),
    (DEPARTMENTS, 75, "{district}{year}年法治政府建设重点任务责任分工"),
    (DEPARTMENTS, 300, "{district}{year}年度重大行政决策后评估报告"),
    (DEPARTMENTS, 200, "关于举办{year}年行政执法人员培训班的通知"),
    (DEPARTMENTS, 340, "{year}年度行政规范性文件清理结果公告"),
    (DEPARTMENTS, 15, "{district}司法局{before}年工作总结"),
    (STREETS, 60, "关于贯彻法治政府建设实施意见的情况说明（{year}年）"),
)


def documents_of(district: str, street: str) -> list[Document]:
    """The documents of a district, the oldest first."""
    found = [*_reports(district, street), *_noise(district)]
    found.sort(key=lambda each: (each.published_on, each.title))
    return [
        Document(key, each.title, each.text, each.organization, each.published_on, each.year, each.column)
        for key, each in enumerate(found, 1)
    ]


def _reports(district: str, street: str) -> Iterator[Document]:
    bodies = (
        (GOVERNMENT, f"{district}人民政府", _YEARS),
        (DEPARTMENTS, f"{district}司法局", _YEARS[1:]),
        (STREETS, f"{district}{street}", _YEARS[1:]),
    )
    for number, (column, body, years) in enumerate(bodies):
        for year in years:
            title = _TITLES[(2 * number + year) % len(_TITLES)](body.removesuffix("人民政府"), year)
            # most come out in the first quarter, some in December of the year that they are about
            published = date(year, 12, 9) if (column, year) == (STREETS, 2024) else date(year + 1, 1 + number, 8 + year % 17)
            text = report_text(body, year, published - timedelta(days=6))
            yield Document(0, title, text, body, published, year, column)


def _noise(district: str) -> Iterator[Document]:
    for year in (*_YEARS[1:], _YEARS[-1] + 1):
        for column, day, pattern in _NOISE:
            title = pattern.format(district=district, year=year, before=year - 1, after=year + 4)
            body = f"{district}司法局"
            if year <= _YEARS[-1] or day < 120:
                yield Document(0, title, noise_text(title, body), body, date(year, 1, 1) + timedelta(days=day), None, column)
