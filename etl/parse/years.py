"""The year that a report speaks of: from its title, its opening, its signature, its body, or what it says of a five-year plan.

In: the folded title and text. Out: the year with the rule and the words that told it, or null where nothing does; there is no
default. What is worded how is data (`lexicon/years.toml`); the order of the witnesses is decided here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from etl.models import Finding
from etl.parse.lexicon import load

_DIGITS = {"〇": "0", "○": "0", "零": "0", "O": "0", "o": "0"} | {digit: str(i) for i, digit in enumerate("一二三四五六七八九", start=1)}
_NUMBER = r"(?<![0-9])(?:19|20)[0-9]{2}|[一二][ ]?[〇○零Oo0九](?:[ ]?[〇○零Oo一二三四五六七八九0-9]){2}"
# 2023年   二〇二三年   二 〇 二 三 年
_YEAR = rf"(?P<year>{_NUMBER})\s?年"
# 二〇二二|年
_HAN_YEAR = re.compile("(?:二[〇○零Oo0]|一九)[〇○零Oo一二三四五六七八九0-9]{2}(?=年)")
_YEAR_ALONE = re.compile(rf"(?<![〔\[])(?P<year>{_NUMBER})(?![0-9])")
_STATED = re.compile(_YEAR)
# 2024年2月8日   2024.1.31   二〇二四年一月
_SIGNED = re.compile(
    rf"""\(?(?:[^\s。;:,]{{0,40}}\s)?(?:日期:)?
    (?P<year>{_NUMBER})(?:\s?年\s?|[-./])(?P<month>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})(?:\s?月|[-./])[^。;]{{0,8}}\)?$""",
    re.VERBOSE,
)
_MONTHS = {"十一": 11, "十二": 12} | {numeral: i for i, numeral in enumerate("一二三四五六七八九十", start=1)}
_TITLED = re.compile("《[^》\n]*》")
_OPENING_LINES = 4
_OPENING = 200  # characters of a line that may say which year it is about
_SIGNATURE_LINES = 12
_LONGEST_SIGNATURE = 60
_WEAK_WITNESSES = 2  # plain mentions that it takes to tell the year


@dataclass(frozen=True, slots=True)
class ReportYear:
    """A year and its witness: the rule, and the span of the words in the text (of the title for `title`)."""

    year: int
    rule: str
    start: int
    end: int

    def finding(self, text: str) -> Finding:
        """What a person should look at where neither title nor opening names the year."""
        quote = text[self.start : self.end]
        return Finding("report_year_inferred", f"report year {self.year} by {self.rule}: {quote}", quote, self.start, self.end)


def find_year(title: str, folded: str) -> ReportYear | None:
    """The year reported on, by the first witness that names it."""
    found = _from_title(title) or _from_opening(folded)
    return found or _from_signature(folded) or _from_body(folded) or _from_plans(folded) or _from_campaigns(folded)


def find_stated_year(title: str, folded: str) -> int | None:
    """The year that the title or, failing that, the opening states."""
    found = _from_title(title) or _from_opening(folded)
    return found.year if found else None


def _from_title(title: str) -> ReportYear | None:
    match = _STATED.search(title) or _YEAR_ALONE.search(title)
    if match is None:
        return None
    later = any(re.search(words, title) for words in load("years")["title"]["next_year"])
    return ReportYear(_value(match["year"]) - later, "title", *match.span())


def _from_opening(folded: str) -> ReportYear | None:
    """A year stated in the first lines, but not a date of issue, nor one that something is compared with."""
    for start, line in _lines(folded, _OPENING_LINES):
        if len(line) <= _LONGEST_SIGNATURE and _SIGNED.match(line):
            continue
        blank = _TITLED.sub(lambda titled: " " * len(titled.group()), line[:_OPENING])
        for match in _STATED.finditer(blank):
            if _is_the_year(blank, match):
                return ReportYear(_value(match["year"]), "opening", start + match.start(), start + match.end())
    return None


def _from_signature(folded: str) -> ReportYear | None:
    """The date signed: a report of the first half-year speaks of the year before."""
    lines = [*_lines(folded, _OPENING_LINES), *_last_lines(folded, _SIGNATURE_LINES)]
    for start, line in reversed(lines):
        match = _SIGNED.match(line) if len(line) <= _LONGEST_SIGNATURE else None
        month = _month(match["month"]) if match else None
        if match and month:
            last = month in load("years")["signature"]["months_of_last_year"]
            return ReportYear(_value(match["year"]) - last, "signature", start, start + len(line))
    return None


def _from_body(folded: str) -> ReportYear | None:
    """The year most often spoken of as a whole; plans for a year speak for the one before it."""
    if _STATED.search(folded) is None:
        return None
    votes: Counter[int] = Counter()
    spans: dict[int, tuple[int, int]] = {}
    for weight, later, pattern in _body_patterns():
        for match in pattern.finditer(folded):
            if weight == 1 and not _is_the_year(folded[max(0, match.start() - 4) : match.end() + 8], match, match.start() - 4):
                continue
            year = _value(match["year"]) - later
            votes[year] += weight
            spans.setdefault(year, match.span())
    if not votes:
        return None
    year, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    return ReportYear(year, "body", *spans[year]) if count >= _WEAK_WITNESSES else None


def _from_plans(folded: str) -> ReportYear | None:
    """What is said of a five-year plan: its last year where it is looked back on, the year before its first where it is opened."""
    found = []
    if not any(plan in folded for plan in load("years")["plans"]):
        return None
    for hint, pattern in _plan_patterns():
        for match in pattern.finditer(folded):
            first, last = load("years")["plans"][match["plan"]]
            year = {"last": last, "first": first, "before_first": first - 1}[hint]
            found.append(ReportYear(year, f"five-year plan ({hint})", *match.span()))
    return min(found, key=lambda year: year.start) if found else None


def _from_campaigns(folded: str) -> ReportYear | None:
    """A nation-wide campaign of a single year that is told as carried out."""
    tables = load("years")
    over = re.compile(tables["campaign_over"]["before"])
    for name, year in tables["campaigns"].items():
        at = folded.find(name)
        if at >= 0 and over.search(folded[max(0, at - 10) : at]) is None:
            return ReportYear(year, "campaign", at, at + len(name))
    return None


@cache
def _body_patterns() -> tuple[tuple[int, bool, re.Pattern[str]], ...]:
    """Weight of a mention, whether it speaks of the year after, and how it is worded."""
    tables = load("years")["body"]
    rows = (("ahead", 2, True), ("strong", 2, False), ("weak", 1, False))
    return tuple((weight, later, re.compile(words.replace("{year}", _YEAR))) for name, weight, later in rows for words in tables[name])


@cache
def _plan_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    tables = load("years")
    plan = "“?(?P<plan>" + "|".join(tables["plans"]) + ")”?"
    return tuple((hint, re.compile(words.replace("{plan}", plan))) for hint, listed in tables["plan_hints"].items() for words in listed)


@cache
def _around() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("years")["not_the_year"]
    return re.compile(words["before"]), re.compile(words["after"])


def _is_the_year(text: str, match: re.Match[str], shift: int = 0) -> bool:
    """Whether a mention may be of the year reported on; `text` begins at offset `shift` of what was matched."""
    before, after = _around()
    start, end = match.start() - shift, match.end() - shift
    return before.search(text[max(0, start - 4) : start]) is None and after.match(text[end : end + 8]) is None


def _lines(folded: str, count: int) -> list[tuple[int, str]]:
    """The first lines that are not blank, with their offsets."""
    found: list[tuple[int, str]] = []
    start = 0
    while start < len(folded) and len(found) < count:
        stop = folded.find("\n", start)
        stop = len(folded) if stop < 0 else stop
        line = _stripped(folded, start, stop)
        if line[1]:
            found.append(line)
        start = stop + 1
    return found


def _last_lines(folded: str, count: int) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    end = len(folded)
    while end > 0 and len(found) < count:
        start = folded.rfind("\n", 0, end) + 1
        line = _stripped(folded, start, end)
        if line[1]:
            found.append(line)
        end = start - 1
    return found[::-1]


def _stripped(folded: str, start: int, end: int) -> tuple[int, str]:
    line = folded[start:end]
    return start + len(line) - len(line.lstrip()), line.strip()


def in_digits(text: str) -> str:
    """The text with its years in digits, character by character: 二○二二年 is 2022年."""
    return _HAN_YEAR.sub(lambda match: "".join(_DIGITS.get(digit, digit) for digit in match[0]), text)


def _value(numeral: str) -> int:
    """2023, 二〇二三 and 二 〇 二 三."""
    return int("".join(_DIGITS.get(digit, digit) for digit in numeral if digit != " "))


def _month(numeral: str) -> int | None:
    value = int(numeral) if numeral.isdecimal() else _MONTHS.get(numeral, 0)
    return value if 1 <= value <= 12 else None
