"""Which numerals are no figures: titles, document numbers, dates, ordinals, enumerators and names, by place and by neighbours.

In: folded text. Out: `Zones` (titles in 《》 and short quotations, found once a text) and, at one digit run, the span and class
of the numeral that it belongs to, or null when nothing speaks against a figure. Masks come before figures: number and measure
word are regular, what is ambiguous is lexical. Chinese numerals with a fixed meaning (十四五, 进一步) are spans too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from etl.models import NumeralClass
from etl.parse.lexicon import alternation, word_pattern, words

Span = tuple[int, int]

_BRACKETS = re.compile("[《》“”「」『』\n]")
_CLOSING = {"》": "《", "”": "“", "」": "「", "』": "『"}
_LONGEST_NAME = 26  # a longer quotation, or one with a full stop in it, is quoted speech, whose figures count

# 〔2023〕12号  [2024]3号  (2022)5号, with the letters of the issuing body in front left out
_DOCUMENT_NUMBER = re.compile(r"[〔\[(【](?:19|20)[0-9]{2}[〕\])】]\s?(?:第\s?)?[0-9]+(?:-[0-9]+)?\s?号")

# 2023年11月30日  2021-2025年  2023年度  2023年第三季度  2024年1—9月
_YEAR = r"(?:19|20)[0-9]{2}"
_JOIN = r"\s?(?:-|—+|~|至|到|、|和|/)\s?"
_DATE = re.compile(
    rf"""
      {_YEAR}\s?年?(?:{_JOIN}{_YEAR}\s?)+(?:学?年度?|[)\]])                                  # 2021-2025年, 2022至2023年度
    | {_YEAR}\s?年(?:度|底|末|初)?(?:\s?[0-9]{{1,2}}(?:{_JOIN}[0-9]{{1,2}})?\s?月份?(?:\s?[0-9]{{1,2}}\s?日)?)?(?:底|末|初)?
    | {_YEAR}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}(?![0-9])                                     # 2024-01-31
    | (?:1[0-2]|0?[1-9])(?:\s?月份?)?{_JOIN}(?:1[0-2]|0?[1-9])\s?月份?                        # 1-9月, 1月至10月
    | (?:1[0-2]|0?[1-9])\s?月份?(?:\s?[0-9]{{1,2}}(?:{_JOIN}[0-9]{{1,2}})?\s?日)?(?:底|末|初|中旬|上旬|下旬)?  # 8月份, 12月4日
    | [0-9]{{1,2}}\s?日(?!均|内|以内|之内|常)                                                 # 15日
    | [1-4]\s?季度
    | [0-9]{{1,2}}[:时][0-9]{{2}}(?:分(?!之))?(?![0-9%.])(?=[^:]|$)                           # 9:30
    | [0-9]{{1,3}}(?:余|多)?\s?年(?!度|级|龄)(?!以上)                                          # 近10年, 连续13年
    | {_YEAR}(?![0-9.])(?=\s*版)
    """,
    re.VERBOSE,
)
# 第12条  第1—3批  第5、第6位  (the part behind 第)
_ORDINAL_TAIL = re.compile(r"[0-9]+(?:(?:-|—|至|到|、|和)第?[0-9]+)*[位名批届条款项章节次期号轮季个部]?")
# 1+5  1+1+N  7×24小时
_COMPOUND = re.compile(r"[0-9]+(?:[+×xX*][0-9A-Za-z]+)+(?:\+?[NnXx]\b)?(?:小时)?")
# 3·15  8·15  9.18 in quotation marks is a zone already
_DOT_DATE = re.compile(r"[0-9]{1,2}[·•・.]?[0-9]{0,2}[·•・][0-9]{1,2}")
# 每|10万人口   每|千人
_PER_HEAD = re.compile(r"[0-9]+\s?[百千万]?(?:常住)?(?:人口?|户|平方公里|元产值|名)")
# 前|10位   前|3
_AMONG = re.compile(r"[0-9]+(?:[位名强列]|(?=[,。;、]))")
# APP|3个: a word of Latin letters in front of a count
_PROGRAMS = re.compile(r"(?:APP|LED|GPS|POS|ETC|VR|AR)$")
# 5G  3D  A4 (letter behind), but 5GB, 10km, 3kg are units
_LETTERED = re.compile(r"[0-9]+(?:\.[0-9]+)?(?!(?:TB|GB|MB|km|kg|KM|KG)(?![A-Za-z]))[A-Za-zⅠ-Ⅹ][A-Za-z0-9]*(?:\.[0-9]+)?")
_AFTER = re.compile(rf"[0-9]+(?:\.[0-9]+)?\s?{word_pattern('names', 'after', 'words')}")
_CIRCLE = re.compile(rf"[0-9]+(?:\.[0-9]+)?\s?{word_pattern('names', 'circles', 'units')}[\u4e00-\u9fff]{{0,10}}?圈")
_ROUND_THE_CLOCK = re.compile(r"24\s?小时(?=[\u4e00-\u9fff\"”])(?!以?内|之内|[以压缩减])")
_AGE = re.compile(rf"[0-9]+(?:{_JOIN}[0-9]+)?\s?{word_pattern('names', 'ages', 'units')}(?:以上|以下)?")
_PHONE = re.compile(r"[0-9]{3,4}-[0-9]{7,8}|1[3-9][0-9]{9}(?![0-9])|[0-9]{7,8}(?![0-9.万亿%])(?=[^\u4e00-\u9fff]|$)")
# 不少于|7日
_TERM = re.compile("(?:不少于|不超过|不低于|至少|为期|期限为?|期为)$")
# 由3年|延长|至5年
_LENGTHENING = frozenset(("延长", "缩短", "调整", "改为"))
_LENGTHENED = re.compile("(?:延长|缩短|调整)[至到为]$")
_DECIMALS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# 邮编:200040   联系电话 021-…
_CALL = re.compile(r"(?:邮编|邮政编码|电话|传真|拨打|备案号|编号|区号)(?:为|是)?[:\s]{0,2}(?:[0-9]{3,4}-)?$")
# 附件1   附表2   表3
_ANNEX = re.compile(r"(?:附[件表录图]|[如见]表|[如见]图|\n[表图])\s?$")
_HOTLINE = re.compile(rf"(?:12[0-9]{{3}}|96[0-9]{{3,4}}|{alternation(words('names', 'hotlines', 'numbers'))})(?![0-9.,万亿])")
_VERSION = re.compile(r"[0-9]\.0(?![0-9%])(?=版|升级|平台|系统|模式|[\"”])")
# 1.  2、 3) (4) [5] at the start of a line or behind a stop
_ENUMERATOR = re.compile(r"[0-9]{1,2}(?:[.、)](?![0-9])|\](?!\s?[0-9]+\s?号))")
_FIXED = {kind: re.compile("(?<![零一二三四五六七八九十百千万亿0-9])" + word_pattern("names", "fixed", kind)) for kind in ("name", "idiom")}


@dataclass(frozen=True, slots=True)
class Zones:
    """Disjoint spans in which numerals are no figures, sorted: titles (《》 and document numbers) and quoted names."""

    spans: tuple[tuple[int, int, NumeralClass], ...]
    starts: tuple[int, ...] = field(repr=False)

    def at(self, offset: int) -> tuple[int, int, NumeralClass] | None:
        """The zone that holds `offset`, or null."""
        i = bisect_right(self.starts, offset) - 1
        return self.spans[i] if i >= 0 and offset < self.spans[i][1] else None


def find_zones(text: str) -> Zones:
    """Titles with everything nested in them, document numbers, and quotations short enough to be names."""
    found: list[tuple[int, int, NumeralClass]] = []
    stack: list[tuple[str, int]] = []
    for match in _BRACKETS.finditer(text):
        mark = match.group()
        if mark == "\n":
            stack.clear()
        elif mark not in _CLOSING:
            stack.append((mark, match.start()))
        elif any(opened == _CLOSING[mark] for opened, _ in stack):
            while stack[-1][0] != _CLOSING[mark]:
                stack.pop()
            start = stack.pop()[1]
            kind: NumeralClass = "title" if mark == "》" else "name"
            inner = text[start + 1 : match.start()]
            if (not stack and (kind == "title" or (len(inner) <= _LONGEST_NAME and not re.search("[。;!?]", inner)))) or (
                kind == "title" and stack
            ):
                found.append((start, match.end(), kind))
    found += [(m.start(), m.end(), "title") for m in _DOCUMENT_NUMBER.finditer(text)]
    return _disjoint(found)


def numeral_at(text: str, start: int, zones: Zones, opens_line: bool) -> tuple[int, int, NumeralClass] | None:
    """Span and class of the numeral around the digit run at `start` when it is no figure, else null.

    `opens_line` says that nothing but blanks stands in front of it on its line.
    """
    zone = zones.at(start)
    if zone:
        if text[zone[0]] in "〔[(【":  # a document number is one numeral
            return zone
        date = _DATE.match(text, start)
        end = date.end() if date and date.end() <= zone[1] else _run_end(text, start)
        return start, end, zone[2]
    before = text[start - 1] if start else "\n"
    kind = _by_what_is_in_front(text, start, before)
    if kind:
        return start, _run_end(text, start), kind
    if before == "第" or (before in "、至到-—和" and text[max(0, start - 2) : start - 1] == "第"):
        return _ordinal(text, start)
    opened = _enumerator(text, start, before, opens_line)
    if opened:
        return opened
    if before.isascii() and before.isalpha() and not _PROGRAMS.search(text, max(0, start - 5), start):  # PM2.5, V8, A4
        begin = start
        while begin and text[begin - 1].isascii() and text[begin - 1].isalpha():
            begin -= 1
        decimals = _DECIMALS.match(text, start)
        return begin, decimals.end() if decimals else _run_end(text, start), "name"
    return _by_shape(text, start)


def _by_what_is_in_front(text: str, start: int, before: str) -> NumeralClass | None:
    """附件1 and 全国前10位 are ordinals; 邮编200040, 每10万人口 and +1 names."""
    if _ANNEX.search(text, max(0, start - 3), start) or (before == "前" and _AMONG.match(text, start)):
        return "ordinal"
    if _CALL.search(text, max(0, start - 8), start) or before in "+×" or (before == "每" and _PER_HEAD.match(text, start)):
        return "name"
    return None


def fixed_expressions(text: str, zones: Zones) -> list[tuple[int, int, NumeralClass]]:
    """Chinese numerals with a fixed meaning, outside titles and quotations: 十四五, 一件事 (name), 进一步, 一线 (idiom)."""
    spans: list[tuple[int, int, NumeralClass]] = []
    taken = -1
    hits: list[tuple[int, int, NumeralClass]] = []
    for kind, pattern in (("name", _FIXED["name"]), ("idiom", _FIXED["idiom"])):
        hits += [(m.start(), m.end(), "name" if kind == "name" else "idiom") for m in pattern.finditer(text)]
    for start, end, kind_ in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if start >= taken:
            taken = end
            zone = zones.at(start)
            spans.append((start, end, zone[2] if zone else kind_))
    return spans


def _by_shape(text: str, start: int) -> tuple[int, int, NumeralClass] | None:
    date = _DATE.match(text, start)
    if date and not _is_figure_after_all(text, start, date.group()):
        return start, date.end(), "date"
    age = _AGE.match(text, start)
    if age and not (age.group()[-1] in "岁" and re.search("年龄(?:为|约|达|是)?约?$", text[max(0, start - 8) : start])):
        return start, age.end(), "name"
    for pattern in (_COMPOUND, _DOT_DATE, _PHONE, _ROUND_THE_CLOCK, _CIRCLE, _VERSION, _AFTER, _LETTERED):
        match = pattern.match(text, start)
        if match:
            return start, match.end(), "name"
    return None


def hotline_end(text: str, start: int) -> int | None:
    """End of a service number (12345, 96333, 110) at `start`; the caller asks only where no measure word follows."""
    match = _HOTLINE.match(text, start)
    if match is None and text.startswith(words("names", "numbers", "universities"), start):
        return _run_end(text, start)
    return match.end() if match else None


def _ordinal(text: str, start: int) -> tuple[int, int, NumeralClass]:
    tail = _ORDINAL_TAIL.match(text, start)
    assert tail
    return start, tail.end(), "ordinal"


def _enumerator(text: str, start: int, before: str, opens_line: bool) -> tuple[int, int, NumeralClass] | None:
    match = _ENUMERATOR.match(text, start)
    if match is None:
        return None
    last = match.group()[-1]
    bracket = {")": "(", "]": "["}.get(last)
    if bracket and before == bracket:
        return start - 1, match.end(), "ordinal"
    if bracket is None and (opens_line or before in "。;:\n") and len(text) > match.end():
        return start, match.end(), "ordinal"
    if last == ")" and opens_line:
        return start, match.end(), "ordinal"
    return None


def _is_figure_after_all(text: str, start: int, date: str) -> bool:
    """平均审理3年 is a duration and 比例为3:10 a ratio; 近10年, 连续13年 and 9:30 are dates."""
    before, behind = text[max(0, start - 5) : start], text[start + len(date) : start + len(date) + 2]
    if date.endswith("日") and date[:-1].isdigit():
        return _TERM.search(before) is not None
    if date.endswith("年") and (_LENGTHENED.search(before) or (before.endswith(("由", "从")) and behind in _LENGTHENING)):
        return True
    if date.endswith("年"):
        return bool(re.search(r"平均.{0,8}$", text[max(0, start - 12) : start]))
    return ":" in date and "比" in text[max(0, start - 5) : start]


def _run_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] in "0123456789":
        end += 1
    return end


def _disjoint(found: list[tuple[int, int, NumeralClass]]) -> Zones:
    kept: list[tuple[int, int, NumeralClass]] = []
    for zone in sorted(found, key=lambda z: (z[0], -z[1])):
        if not kept or zone[0] >= kept[-1][1]:
            kept.append(zone)
    return Zones(tuple(kept), tuple(z[0] for z in kept))
