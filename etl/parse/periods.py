"""When a figure holds, in the notation of the warehouse: 2023, 2023-11, 2023-Q3, 2021/2025, as-of:2023-12-31.

In: folded text, a figure and the report's year. Out: the period and the rule that decided. The year of the report is the default,
the year after it for plans; a time in the same sentence governs what follows it, 截至… the whole sentence. Times inside titles
and comparisons (比2020年, 较上年) govern nothing. What times there are is found in `times.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from etl.models import Part
from etl.parse.times import Mark, as_of, find_times
from etl.parse.words import tokenize

# 1.6倍 behind 上年的
_TIMES_OF = re.compile(r"[0-9.]+倍")
# 2018年|的286项
_OWN = re.compile(r"的?\s*")
# 1998年以来|制定的   2022年|出台的
_ATTRIBUTE = re.compile(
    "(?:期间)?(?:共)?(?:制定|印发|出台|发布|签订|签署|建成|建设|形成|颁布|实施|施行|受理|遗留|批准|立项|备案|公布|确定|成立|投用|入库)(?:并[\u4e00-\u9fff]{2})?的"
)
# 2022年检查中发现|的问题
_OF = re.compile(r"[^,;:。0-9]{0,16}?的(?!\s*[0-9])")
# 近三年|败诉的|58起
_OF_FIGURE = re.compile(r"[^,;:。0-9]{1,12}的\s*")
# 对|2022年度案卷进行评查
_TAKEN_UP = re.compile(r"(?:对|针对|围绕|就|将|把)(?:自|于|在)?(?:截[至止]到?)?$")
_COUNTING = ("共", "均", "已", "全部", "累计")
# 上年|结转32件 count with the cases of the year
_CARRIED = re.compile("结转|遗留|未[办审]?结|跨年|存案|结存")
_CLAUSE_END = re.compile("[,;:。]")
# 7.4亿元|(年末数)
_NOTED = re.compile(r"[^,;。()]{1,14}\((?:年末|期末|年底)(?:数|余额|余)?\)")
# 年均增长9.8% behind two years
_YEARLY = "年均"
_YEAR_END_REACH = 14  # characters from 年末 to the figure of its noun
_SPANS = frozenset(("span", "years", "since", "five-year-plan"))
_TITLED = re.compile("《[^》]*》|“(?!十[二三四五六]五”)[^”]*”|〔[^〕]*〕")


class Place(NamedTuple):
    """Where a figure stands in its sentence, as offsets.

    `at` is its number, `left` where its own fragment begins, `segment` where its part between semicolons does. In a run of joined figures
    (31件、44件和52件) `at` and `left` are those of the first; `nth` and `run` tell which one it is of how many.
    """

    at: int
    left: int
    segment: int
    nth: int = 0
    run: int = 1


def find_period(sentence: str, place: Place, part: Part, year: int | None, *, each_named: bool = False) -> tuple[str, str]:
    """Period of a figure; an empty string where neither report nor sentence names a year.

    `each_named` says that the figures of its run count different things (意见书、建议书分别为…): a span of years is no list of theirs.
    """
    base = year + 1 if year and part == "plan" else year
    blank, marks = _times(sentence, base)
    mark = _governing(blank, marks, place, part) if marks else None
    if year and part != "plan" and marks and _NOTED.match(blank, place.at):
        return as_of(year), "year-end"
    yearly = (
        len(marks) > 1 and _YEARLY in blank[place.left : place.at] and (mark is None or mark.rule in ("year", "last-year", "this-year"))
    )
    ends = [other.period for other in marks if place.segment <= other.start < place.at and other.rule == "year"] if yearly else []
    if len(ends) > 1 and ends[0] < ends[-1]:
        return f"{ends[0]}/{ends[-1]}", "span"
    if mark is not None and mark.rule == "up-to" and part == "plan":
        return mark.period.removeprefix("as-of:")[:4], mark.rule  # 到2025年底: the year planned for
    if mark is None:
        return (str(base), "plan" if part == "plan" else "report") if base else ("", "unknown")
    if place.run > 1 and len(mark.each) == place.run and (mark.listed or not each_named):
        return mark.each[place.nth], mark.rule
    return mark.period, mark.rule


def end_of_span(sentence: str, place: Place, part: Part, year: int | None, stage: str) -> str | None:
    """2021年至2023年|由72%提升至98%: the year of one end of a change (`stage` is before or after) told for a span of years, else null."""
    blank, marks = _times(sentence, year)
    mark = _governing(blank, marks, place, part)
    if mark is None or mark.rule not in _SPANS or not mark.each:
        return None
    return mark.each[0] if stage == "before" else mark.each[-1]


def stated_time(text: str, year: int | None) -> str | None:
    """The period that a table's head or title states (上半年, 截至2023年12月31日), null where it states none or several."""
    marks = find_times(text, year)
    return marks[0].period if len(marks) == 1 else None


def _governing(blank: str, marks: tuple[Mark, ...], place: Place, part: Part) -> Mark | None:
    """The time that governs a figure: the last in front of it that reaches it, else the sentence's 截至."""
    near = [mark for mark in marks if mark.rule != "as-of" and _reaches(blank, mark, place, part)]
    best = max(near, key=lambda mark: mark.end) if near else None
    whole = _as_of(blank, marks, place.at)
    if whole is None or best is None:
        return whole or best
    weak = best.rule in _SPANS or (best.rule == "this-year" and best.period in whole.period)
    if whole.end <= place.at:  # 截至2022年末累计98个;2023年新建21个
        return best if best.end > whole.end and not (weak and whole.end > place.segment) else whole
    return best if not weak and whole.start > place.at else whole


def _as_of(blank: str, marks: tuple[Mark, ...], at: int) -> Mark | None:
    """The last 截至 in front of a figure, else the first of the sentence."""
    found = [mark for mark in marks if mark.rule == "as-of" and not _is_attribute(blank, mark, at)]
    return max((mark for mark in found if mark.end <= at), key=lambda mark: mark.end, default=found[0] if found else None)


def _reaches(blank: str, mark: Mark, place: Place, part: Part) -> bool:
    """Whether a time governs a figure: it stands in front of it in its part, and describes nothing else.

    上年的 and 2018年的286项 govern their own figure, 自1998年以来制定的文件 and 2022年出台的决策 tell which documents are meant,
    上年的1.6倍 is a comparison.
    """
    at = place.at
    if not place.segment <= mark.end <= at:
        return False
    own = _OWN.match(blank, mark.end, at)
    directly = own is not None and own.end() == at
    if blank.startswith("的", mark.end) and (directly or blank[mark.end + 1 : mark.end + 2].isdigit()):
        taken_up = mark.rule == "since" and _TAKEN_UP.search(blank, max(0, mark.start - 5), mark.start)  # 对2010年以来的28件
        return directly and not taken_up and _TIMES_OF.match(blank, at) is None
    if mark.compared:
        return False
    if mark.rule == "year-end":
        return part != "plan" and _reaches_noun(blank, mark, place)
    if blank.startswith("于", mark.start - 1) and mark.start and _CLAUSE_END.search(blank, mark.end, at):
        return False  # 于5月挂牌,现有队员16名
    if mark.rule == "last-year" and not _reaches_clause(blank, mark, place):
        return False
    return not _is_attribute(blank, mark, at)


def _reaches_noun(blank: str, mark: Mark, place: Place) -> bool:
    """年末 and 期末 govern their noun only: 年末|保留57件; behind a comma the first figure."""
    between = blank[mark.end : place.at]
    if mark.end >= place.left:
        return len(between) <= _YEAR_END_REACH and not _CLAUSE_END.search(between)
    behind = between.removeprefix(",")
    return behind != between and len(behind) <= 2 * _YEAR_END_REACH and not any(char.isdigit() or char in ",;" for char in behind)


def _reaches_clause(blank: str, mark: Mark, place: Place) -> bool:
    """去年 governs its clause where it opens it, 由上年 its own figure only, 上年结转 none."""
    if blank[mark.start - 1 : mark.start] in ("由", "从"):
        return mark.end >= place.left
    if not mark.begins or _CARRIED.match(blank, mark.end):
        return False
    return blank.startswith(",", mark.end) or not _CLAUSE_END.search(blank, mark.end, place.at)


def _is_attribute(blank: str, mark: Mark, at: int) -> bool:
    """Whether a time only tells which things are meant: 对2018年以来制发的文件进行清理,|废止12件; 2022年启动的行动共|发现98处."""
    if mark.end > at or (mark.rule in ("since", "years") and _OF_FIGURE.fullmatch(blank, mark.end, at)):
        return False
    if mark.listed and not _TAKEN_UP.search(blank, max(0, mark.start - 5), mark.start):
        return False
    if _ATTRIBUTE.match(blank, mark.end, at):
        return True
    if mark.start and _TAKEN_UP.search(blank, max(0, mark.start - 5), mark.start):
        return True
    of = _OF.match(blank, mark.end, at)
    if of is None:
        return False
    if mark.rule != "since" and not any(token.kind == "v" for token in tokenize(blank[mark.end : of.end() - 1])):
        return False
    rest = blank[of.end() : at]
    return bool(_CLAUSE_END.search(rest)) or any(token.kind == "v" or token.text in _COUNTING for token in tokenize(rest))


@lru_cache(maxsize=16)
def _times(sentence: str, year: int | None) -> tuple[str, tuple[Mark, ...]]:
    """What the figures of a sentence share: it without titles, and every time in it."""
    blank = _TITLED.sub(lambda match: " " * len(match.group()), sentence)
    return blank, find_times(blank, year)
