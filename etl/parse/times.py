"""The times that a sentence names: 2022年, 去年同期, 第三季度末, 2021年至2023年, 近三年, 自2019年以来, 7月、8月和9月.

In: a folded sentence without its titles and the report's year. Out: marks in the order of the text, each with its period in the notation
of the warehouse, the single periods it holds, and the rule that read it. Which figure a time governs is decided in `periods.py`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace

from etl.parse.lexicon import load
from etl.parse.years import in_digits

_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_YEAR = "(?:19|20)[0-9]{2}"
_MONTH = "(?<![0-9.])(?:1[0-2]|0?[1-9])"
_DAY = "(?:[0-9]{1,2}日)"
_TO = "(?:-|—+|~|至|到)"
_EXPRESSION = re.compile(
    rf"""(?=[一二三四前第上下本今当同去年期报]|[0-9]{{4}}年|[0-9]{{1,2}}(?:[月日季至到~—-]|个季))
    (?:(?P<year>{_YEAR})年度?(?!版)|(?P<relative>今年|(?<!成)本年度?(?!均)|当年度?|(?<!不)同年(?!龄)|去年度?|(?<!以)上年度?(?!纪)|上一年度?|(?<!以)前年))?
    (?P<again>同期)?
    (?:前(?P<quarters>[两二三23])个?季度
    |第?(?P<quarter>[一二三四1-4])(?:(?:季度)?{_TO}第?(?P<until>[一二三四1-4]))?个?季度
    |(?P<half>[上下])半年
    |(?P<first>{_MONTH})(?:月份?)?{_DAY}?起?{_TO}(?:(?P<later>{_YEAR})年)?(?P<last>{_MONTH})月份?(?P<stop>{_DAY})?
    |(?P<month>{_MONTH})月(?!龄)份?(?P<day>{_DAY})?
    )?
    (?P<end>(?:报告期|本期|年|期)?[末底](?![之以]?前))?
    (?P<since>起?[^,;:。!?0-9]{{0,14}}?(?:以来|至今))?""",
    re.VERBOSE,
)
# 第二、第三、第四季度   7、8、9月   2021、2022年, each with what all of them hold
_LISTS = (
    ("quarter", "季度", re.compile("(?:第?[一二三四1-4][、和及与])+第?[一二三四1-4]季度")),
    ("month", "月", re.compile(rf"(?:{_MONTH}[、和及与])+{_MONTH}月")),
    ("year", "年", re.compile(rf"(?:{_YEAR}[、和及与])+{_YEAR}年度?")),
)
_LISTING = re.compile("[0-9一二三四][、和及与]")  # what every list holds
_ITEM = re.compile("[0-9]+|[一二三四]")
_SPAN = re.compile(rf"(?P<first>{_YEAR})年?(?:度)?起?{_TO}(?P<last>{_YEAR})年度?(?!底|末|[0-9])")
_YEARS = re.compile(
    r"(?:近|过去|最近)(?P<n>[一二两三四五六七八九十]|[0-9]{1,2})年来?|(?<![近0-9])(?P<since>[二两三四五六七八九十]|[0-9]{1,2})年来"
)
_PLAN = re.compile("“?(?P<plan>十[二三四五六]五)”?(?:(?P<since>(?:开局|实施|启动)?以来)|(?:期间|时期)(?:以来)?)?")
_DEADLINE = re.compile("[底末]?[之以]?前(?!后)")
# 自2020年10月1日|起: what holds since then holds in the report's year, and what was 累计 is of all the years
_FROM_THEN_ON = re.compile("起(?![至到步草诉底获运火])|开始")
_CUMULATED = re.compile("[^。;0-9]{0,24}(?:累计|总共)")
_WHOLE_YEAR = re.compile("(?:(?<=[,;:。])|^)全年")
_JOINT = re.compile("[、和及与]|以及")
# without one of these a sentence holds no time
_ANY_TIME = re.compile("[0-9]年|[0-9]月|季度|[上下]半年|[今本当同去上前]年|上一年|全年|[年期][末底]|[近去续].{1,3}年|年来|十[二三四五六]五")
# rules that one list may mix: 去年、今年
_SORTS = ({"as-of", "year-end"}, {"year", "last-year", "this-year"})
_PARTS = frozenset(("month", "months", "quarter", "quarters", "half"))
_AS_OF = ("截至", "截止", "截至到", "截止到")
_COMPARED = ("比", "较", "与", "同")
_ABOVE = ("高于", "低于", "多于", "少于", "优于", "好于", "快于", "不及", "超过", "相当于", "超")


@dataclass(slots=True)
class Mark:
    """A time and its place.

    `each` are the single periods of a list or a span (2021年至2023年: three), `listed` says that the text names them one by one. `rule`
    is what sort of time it is; `compared` that it is what something is compared with (较2020年), `begins` that it opens its clause.
    """

    start: int
    end: int
    period: str
    rule: str
    each: tuple[str, ...] = ()
    listed: bool = False
    compared: bool = False
    begins: bool = False


def find_times(text: str, year: int | None) -> tuple[Mark, ...]:
    """Every time in the text; those that need the report's year only where it is known."""
    text = in_digits(text) if "年" in text else text
    if ("年" not in text and "月" not in text and "季" not in text and "期" not in text and "五" not in text) or not _ANY_TIME.search(text):
        return ()
    found = [*_lists(text, year), *_spans(text, year)]
    taken = [(mark.start, mark.end) for mark in found]
    found += [mark for mark in _expressions(text, year) if not any(a < mark.end and mark.start < b for a, b in taken)]
    found.sort(key=lambda mark: mark.start)
    return tuple(_joined(text, [_placed(text, mark) for mark in found]))


def as_of(year: int, month: int = 12, day: int | None = None) -> str:
    """as-of:2023-09-30; without a day the end of the month."""
    last = monthrange(year, month)[1]
    return f"as-of:{year}-{month:02}-{min(max(day or last, 1), last):02}"


def _placed(text: str, mark: Mark) -> Mark:
    """With what stands in front: 截至, a comparison, the beginning of a clause."""
    before = text[max(0, mark.start - 3) : mark.start]
    mark.compared = before.endswith(_ABOVE) or (before.endswith(_COMPARED) and mark.rule != "since")
    mark.begins = not before or before[-1] in ",;:。、( " or before.endswith(("其中", "而", "至", "到", "在"))
    return mark


def _joined(text: str, marks: list[Mark]) -> Iterator[Mark]:
    """2019年、2020年和2021年 as one mark that lists them."""
    at = 0
    while at < len(marks):
        stop = at + 1
        while stop < len(marks) and _same_sort(marks[at], marks[stop]) and _JOINT.fullmatch(text, marks[stop - 1].end, marks[stop].start):
            stop += 1
        if stop - at > 1:
            each = tuple(mark.period for mark in _same_year(marks[at:stop]))
            yield replace(marks[at], end=marks[stop - 1].end, period=_from_to(each), each=each, listed=True)
        else:
            yield marks[at]
        at = stop


def _same_sort(one: Mark, other: Mark) -> bool:
    return not other.listed and (one.rule == other.rule or any({one.rule, other.rule} <= sort for sort in _SORTS))


def _same_year(marks: list[Mark]) -> list[Mark]:
    """2022年11月、12月: the second month is of the first one's year."""
    first = marks[0]
    if first.rule != "month":
        return marks
    return [first, *(replace(mark, period=first.period[:4] + mark.period[4:]) if mark.rule == "month" else mark for mark in marks[1:])]


def _from_to(each: tuple[str, ...]) -> str:
    """2019/2021 for three years, 2023-01/2023-06 for two quarters; the last of other times."""
    first, last = each[0], each[-1]
    if len(first) == len(last) == len("2023"):
        return f"{first}/{last}"
    if "Q" in first and "Q" in last:
        return f"{first[:4]}-{int(first[-1]) * 3 - 2:02}/{last[:4]}-{int(last[-1]) * 3:02}"
    if len(first) == len(last) == len("2023-07"):
        return f"{first}/{last}"
    return last


def _lists(text: str, year: int | None) -> Iterator[Mark]:
    for rule, unit, pattern in _LISTS if _LISTING.search(text) else ():
        if unit not in text or (rule != "year" and year is None):
            continue
        for match in pattern.finditer(text):
            items = [_NUMERALS.get(item) or int(item) for item in _ITEM.findall(match.group())]
            each = tuple({"quarter": f"{year}-Q{item}", "month": f"{year}-{item:02}", "year": str(item)}[rule] for item in items)
            yield Mark(match.start(), match.end(), _from_to(each), rule, each, listed=True)


def _spans(text: str, year: int | None) -> Iterator[Mark]:
    """Several years: 2021年至2023年, 近三年, 三年来, “十四五”期间."""
    for match in _SPAN.finditer(text) if "年" in text else ():
        if match["first"] <= match["last"]:
            yield _years(match, int(match["first"]), int(match["last"]), "span")
    for match in _PLAN.finditer(text) if "五" in text else ():
        first, last = load("years")["plans"][match["plan"]]
        if match["since"]:
            last = min(last, year) if year and year >= first else last
            yield _years(match, first, last, "five-year-plan")
        elif match.group().endswith(("期间", "时期", "以来")):
            yield _years(match, first, last, "five-year-plan")
    for match in _YEARS.finditer(text) if year and ("近" in text or "过去" in text or "年来" in text) else ():
        written = match["n"] or match["since"]
        count = _NUMERALS.get(written) or int(written)
        if year and count:
            yield _years(match, year - count + 1, year, "years")


def _years(match: re.Match[str], first: int, last: int, rule: str) -> Mark:
    return Mark(match.start(), match.end(), f"{first}/{last}", rule, tuple(str(year) for year in range(first, last + 1)))


def _expressions(text: str, year: int | None) -> Iterator[Mark]:
    """Single times, each with the year that it names, that 去年 and 同年 refer to, or the report's."""
    stated = year
    part = ""  # the latest part of the report's year: 今年1至10月…, 去年同期…
    for match in _EXPRESSION.finditer(text):
        if match.end() == match.start():
            continue
        own = _own_year(match, year, stated)
        if match["year"]:
            stated = own
        begun = _begun(text, match)
        if begun:
            mark = _since(match.start(), begun, own, year) if own and year and own < year and _CUMULATED.match(text, begun) else None
        else:
            mark = _mark(text, match, own, year) if own else None
        if mark is None:
            continue
        if match["again"] and part and mark.rule in ("year", "last-year"):
            mark = replace(mark, period=part.replace(str(year), str(own)))
        part = mark.period if mark.rule in _PARTS else part
        yield mark
    for match in _WHOLE_YEAR.finditer(text) if year and "全年" in text else ():
        yield Mark(match.start(), match.end(), str(year), "this-year")


def _own_year(match: re.Match[str], year: int | None, stated: int | None) -> int | None:
    if match["year"]:
        return int(match["year"])
    relative = match["relative"] or ""
    if relative.startswith(("当年", "同年")):
        return stated
    if year is None:
        return None
    return year - (2 if relative == "前年" else 1 if relative.startswith(("去", "上")) else 0)


def _begun(text: str, match: re.Match[str]) -> int:
    """Where 自2020年10月1日起 ends; 0 where a time is not the beginning of what still holds."""
    from_then_on = None if match["since"] else _FROM_THEN_ON.match(text, match.end())
    if from_then_on is None:
        return 0
    end = from_then_on.end()
    told = text[max(0, match.start() - 1) : match.start()] in ("自", "从", "由") or text.startswith(",", end)
    return end if told else 0


def _since(start: int, end: int, first: int, last: int) -> Mark:
    return Mark(start, end, f"{first}/{last}", "since", tuple(map(str, range(first, last + 1))))


def _mark(text: str, match: re.Match[str], own: int, year: int | None) -> Mark | None:
    """The mark of a match, null where the words are no time by themselves (同期, 末)."""
    start, end = match.span()
    month, period, part, each = _within_year(match, own)
    if part and _DEADLINE.match(text, end):
        return None  # 6月底前完成: when it is due
    rule = part
    if not rule:
        if not (match["year"] or match["relative"] or (match["end"] and len(match["end"]) > 1)):
            return None
        relative = bool(match["relative"])
        rule = "year" if match["year"] else "last-year" if relative and own != year else "this-year"
        month, period = 12, str(own)
    if match["since"]:
        if rule not in ("year", "month", "last-year") or own > (year or own):
            return Mark(start, end, period, rule) if rule == "this-year" else None
        return _since(start, end, own, year) if year and own != year else None
    day = match["day"] or match["stop"]
    before = text[max(0, start - 3) : start]
    if before.endswith(_AS_OF) and (rule != "this-year" or match["end"]):
        return Mark(start, end, as_of(own, month, int(day[:-1]) if day else None), "as-of")
    opened = not before.rstrip("到至") or before.rstrip("到至")[-1] in ",;:。、("
    if before.endswith(("到", "至")) and opened and (match["end"] or match["day"]):
        return Mark(start, end, as_of(own, month, int(day[:-1]) if day else None), "up-to")
    if match["end"] and not part:
        return Mark(start, end, as_of(own), "year-end")
    if match["end"] and opened and text.startswith(",", end):  # 第二季度末,持证人员412名
        return Mark(start, end, as_of(own, month), "up-to")
    return Mark(start, end, period, rule, each)


def _within_year(match: re.Match[str], own: int) -> tuple[int, str, str, tuple[str, ...]]:
    """Last month, period, rule and single periods of a part of a year; an empty rule where the match names none."""
    if match["quarters"]:
        count = 2 if match["quarters"] in "二两2" else 3
        return 3 * count, f"{own}-01/{own}-{3 * count:02}", "quarters", tuple(f"{own}-Q{k + 1}" for k in range(count))
    if match["quarter"]:
        first = _NUMERALS.get(match["quarter"]) or int(match["quarter"])
        last = (_NUMERALS.get(match["until"]) or int(match["until"])) if match["until"] else first
        each = tuple(f"{own}-Q{k}" for k in range(first, last + 1))
        return 3 * last, each[0] if len(each) == 1 else _from_to(each or (f"{own}-Q{first}",)), "quarter", each
    if match["half"]:
        month = 6 if match["half"] == "上" else 12
        return month, f"{own}-{month - 5:02}/{own}-{month:02}", "half", ()
    if match["first"]:
        first, last, later = int(match["first"]), int(match["last"]), int(match["later"] or own)
        if (own, first) < (later, last):
            each = tuple(f"{own}-{k:02}" for k in range(first, last + 1)) if later == own else ()
            return last, f"{own}-{first:02}/{later}-{last:02}", "months", each
        return last, f"{later}-{last:02}", "month", ()
    if match["month"]:
        month = int(match["month"])
        return month, f"{own}-{month:02}", "month", ()
    return 12, "", "", ()
