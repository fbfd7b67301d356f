"""When a figure holds, in the notation of the warehouse: 2023, 2023-11, 2023-Q3, 2021/2025, as-of:2023-12-31.

In: folded text, a figure and the report's year. Out: the period and the rule that decided. The year of the report is the default,
the year after it for plans; a time in the same sentence governs what follows it, 截至… the whole sentence. Times inside titles
and comparisons (比2020年, 较上年) govern nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from etl.models import Part
from etl.parse.lexicon import load

_Y = r"(?P<year>(?:19|20)[0-9]{2})年(?:度)?"
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_AS_OF = re.compile(rf"截[至止](?:到)?(?:{_Y})?(?:(?P<month>[0-9]{{1,2}})月)?(?:(?P<day>[0-9]{{1,2}})日)?(?P<end>目前|年底|年末|底|末)?")
_YEAR_END = re.compile(r"(?:年末|期末|年底)(?!前)[^,。;]{0,12}$")
_SINCE = re.compile(
    rf"自?{_Y}(?:[0-9]{{1,2}}月)?(?:[0-9]{{1,2}}日)?(?:成立|组建|建立|设立|启动|运行|挂牌|实施|施行|开通|开展)?(?:以来|至今)"
)
_YEARS = re.compile(r"(?:近|过去|连续)(?P<n>[一二两三四五六七八九十]|[0-9]{1,2})年|(?P<since>[二两三四五六七八九十])年来")
_SPAN = re.compile(r"(?P<first>(?:19|20)[0-9]{2})年?(?:-|—+|~|至|到)(?P<last>(?:19|20)[0-9]{2})年")
_MONTHS = re.compile(r"(?:(?P<year>(?:19|20)[0-9]{2})年)?(?P<first>[0-9]{1,2})月?(?:-|—+|~|至|到)(?P<last>[0-9]{1,2})月")
_MONTH = re.compile(r"(?:(?P<year>(?:19|20)[0-9]{2})年)?(?<![0-9])(?P<month>1[0-2]|0?[1-9])月(?:份)?(?!以来)")
_QUARTER = re.compile(r"(?:(?P<year>(?:19|20)[0-9]{2})年)?(?<!前)第?(?P<quarter>[一二三四1-4])季度")
_QUARTERS = re.compile(r"前(?P<n>[二两三23])个?季度")
_HALF = re.compile(r"(?P<half>[上下])半年")
_YEAR = re.compile(rf"(?P<compared>[比较]|与|同)?{_Y}")
_LAST_YEAR = re.compile(r"(?<![比较于])(?:由|从)?(?:上年|去年|上一年)(?:度)?的?")
# 十三五期间
_PLAN = re.compile("“?(?P<plan>十[二三四五六]五)”?(?:期间|时期)(?:以来)?")
# 1.6倍 behind 上年的
_TIMES_OF = re.compile(r"[0-9.]+倍")
# 2018年|的286项
_OWN = re.compile("的(?=[0-9])")
# 1998年以来|制定的   2022年|出台的
_ATTRIBUTE = re.compile(
    "(?:期间)?(?:共)?(?:制定|印发|出台|发布|签订|签署|建成|建设|形成|颁布|实施|施行|受理|遗留|批准|立项|备案|公布|确定|成立|投用|入库)(?:并[\u4e00-\u9fff]{2})?的"
)
# without one of these a sentence holds no time
_ANY_TIME = re.compile("[年月季截期]")
_TITLED = re.compile("《[^》]*》|“(?!十[二三四五六]五”)[^”]*”|〔[^〕]*〕")


@dataclass(frozen=True, slots=True)
class _Mark:
    end: int
    period: str
    rule: str


def find_period(sentence: str, at: int, left: int, segment: int, part: Part, year: int | None) -> tuple[str, str]:
    """Period of the figure at offset `at` of its sentence; an empty string where neither report nor sentence names a year.

    `left` is where the figure's own fragment begins (上年的 reaches no further), `segment` where its part between semicolons does.
    """
    base = year + 1 if year and part == "plan" else year
    blank, as_of, marked = _times(sentence, year, base)
    if as_of:
        return as_of, "as-of"
    marks = [mark for mark in marked if _reaches(blank, mark, at, left, segment)]
    if year and part != "plan" and _YEAR_END.search(blank, left, at):
        return f"as-of:{year}-12-31", "year-end"
    if marks:
        best = max(marks, key=lambda mark: mark.end)
        return best.period, best.rule
    return (str(base), "plan" if part == "plan" else "report") if base else ("", "unknown")


def _reaches(blank: str, mark: _Mark, at: int, left: int, segment: int) -> bool:
    """Whether a time governs the figure at `at`: it stands in front of it in its part, and describes nothing else.

    上年的 and 2018年的286项 govern their own figure, 自1998年以来制定的文件 and 2022年出台的决策 tell which documents are meant,
    上年的1.6倍 is a comparison.
    """
    if not segment <= mark.end <= at:
        return False
    if mark.rule == "last-year":
        return mark.end >= left and _TIMES_OF.match(blank, at) is None
    if _OWN.match(blank, mark.end, at + 1):
        return mark.end + 1 >= at - 1 if blank[mark.end + 1 : at].strip() == "" else False
    return _ATTRIBUTE.match(blank, mark.end, at) is None


@lru_cache(maxsize=16)
def _times(sentence: str, year: int | None, base: int | None) -> tuple[str, str | None, tuple[_Mark, ...]]:
    """What the figures of a sentence share: it without titles, its 截至 and every time in it."""
    blank = _TITLED.sub(lambda match: " " * len(match.group()), sentence)
    if not _ANY_TIME.search(blank):
        return blank, None, ()
    return blank, _as_of(blank, year), tuple(_marks(blank, base))


def _as_of(sentence: str, year: int | None) -> str | None:
    match = _AS_OF.search(sentence)
    if match is None or match["end"] == "目前":
        return None
    stated = int(match["year"]) if match["year"] else year
    if stated is None or not (match["year"] or match["month"] or match["end"]):
        return None
    month = int(match["month"] or 12)
    if not 1 <= month <= 12:
        return None
    last = monthrange(stated, month)[1]
    day = int(match["day"] or last)
    return f"as-of:{stated}-{month:02}-{min(max(day, 1), last):02}"


def _marks(text: str, year: int | None) -> list[_Mark]:
    """Every time in the text that may govern what follows it."""
    found = []
    for match in _SINCE.finditer(text) if "以来" in text or "至今" in text else ():
        if year and int(match["year"]) <= year:
            found.append(_Mark(match.end(), f"{match['year']}/{year}", "since"))
    for match in _SPAN.finditer(text) if "年" in text else ():
        if match["first"] <= match["last"]:
            found.append(_Mark(match.end(), f"{match['first']}/{match['last']}", "span"))
    for match in _PLAN.finditer(text) if "五" in text else ():
        first, last = load("years")["plans"][match["plan"]]
        found.append(_Mark(match.end(), f"{first}/{last}", "five-year-plan"))
    if year:
        found += _relative(text, year)
    for match in _YEAR.finditer(text):
        follows = text[match.end() : match.end() + 2]
        if match["compared"] is None and not follows.startswith(("版", "以来", "至")) and f"{match['year']}年以来" not in text:
            found.append(_Mark(match.end(), match["year"], "year"))
    return found


def _relative(text: str, year: int) -> list[_Mark]:
    """Times that need the report's year: months, quarters, halves, 近三年, 上年的."""
    found = _years_back(text, year) if "年" in text else []
    if "月" in text or "半年" in text:
        found += _months(text, year)
    return found + _quarters(text, year) if "季度" in text else found


def _years_back(text: str, year: int) -> list[_Mark]:
    found = []
    for match in _YEARS.finditer(text):
        written = match["n"] or match["since"]
        count = _NUMERALS.get(written) or int(written)
        if not match.group().startswith("连续"):
            found.append(_Mark(match.end(), f"{year - count + 1}/{year}", "years"))
    for match in _LAST_YEAR.finditer(text):
        if match.group()[0] in "由从" or match.group().endswith("的"):
            found.append(_Mark(match.end(), str(year - 1), "last-year"))
    return found


def _months(text: str, year: int) -> list[_Mark]:
    found = []
    for match in _MONTHS.finditer(text):
        first, last, stated = int(match["first"]), int(match["last"]), match["year"] or year
        if 1 <= first < last <= 12:
            found.append(_Mark(match.end(), f"{stated}-{first:02}/{stated}-{last:02}", "months"))
    for match in _MONTH.finditer(text):
        if not any(mark.end == match.end() for mark in found):
            found.append(_Mark(match.end(), f"{match['year'] or year}-{int(match['month']):02}", "month"))
    for match in _HALF.finditer(text):
        found.append(_Mark(match.end(), f"{year}-01/{year}-06" if match["half"] == "上" else f"{year}-07/{year}-12", "half"))
    return found


def _quarters(text: str, year: int) -> list[_Mark]:
    found = []
    for match in _QUARTER.finditer(text):
        quarter = _NUMERALS.get(match["quarter"]) or int(match["quarter"])
        found.append(_Mark(match.end(), f"{match['year'] or year}-Q{quarter}", "quarter"))
    for match in _QUARTERS.finditer(text):
        count = 2 if match["n"] in "二两2" else 3
        found.append(_Mark(match.end(), f"{year}-01/{year}-{3 * count:02}", "quarters"))
    return found
