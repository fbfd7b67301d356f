"""Which numerals are no figures: dates, ordinals, enumerators, names and codes, by place and by neighbours.

In: folded text with its zones. Out: at one run of Arabic digits, the span and class of the numeral that it belongs to, or null
when nothing speaks against a figure; and, for a number behind which no measure word stands, what else it is. Masks come before
figures: number and measure word are regular, what is ambiguous is lexical (`lexicon/names.toml`).
"""

from __future__ import annotations

import re

from etl.models import NumeralClass
from etl.parse.dates import JOIN, YEAR, date_end
from etl.parse.lexicon import alternation, prefix_tree, word_pattern, words
from etl.parse.numerals import read_arabic
from etl.parse.units import read_unit
from etl.parse.zones import NUMBER_OPENS, Zones

Masked = tuple[int, int, NumeralClass]

_RUN = re.compile("[0-9]+")
_LETTER = re.compile("[A-Za-z]")
_DECIMALS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# 第12条  第1—3批  第5、第6位  (the part behind 第)
_ORDINAL_TAIL = re.compile(r"[0-9]+(?:(?:-|—|至|到|、|和)第?[0-9]+){0,20}(?:季度|[位名批届条款项章节次期号轮个部])?")
_ORDINAL_JOINT = frozenset("、至到-—和")
# 1.  2、 3) (4) [5] at the start of a line or behind a stop;  1.|2023年任务清单
_ENUMERATOR = re.compile(rf"[0-9]{{1,2}}(?:[.、)](?:(?![0-9])|(?={YEAR}年))|\](?!\s?[0-9]+\s?号))")
_DIGIT_BEHIND = re.compile(" [0-9]")
_ENUMERATOR_ENDS = frozenset(".、)]")
_INDENT = 40  # blanks in front of an enumerator, at most
# 前|10位   前|3   前|10的
_AMONG = re.compile(r"[0-9]+(?:[位名强列]|(?=[,。;、的]|行列|$))")
# 邮编:200040   联系电话 021-…
_CALL = re.compile(rf"{prefix_tree(words('names', 'called', 'words'))}(?:为|是|至)?[:\s]{{0,2}}(?:[0-9]{{3,4}}-)?\Z")
_CALL_ENDS = frozenset(word[-1] for word in words("names", "called", "words")) | set("为是至: -")
# 附件1   附表2   见表3   专栏4
_ANNEX = re.compile(r"(?:附[件表录图]|[如见]表|[如见]图|专栏|\n[表图])\s?\Z")
_ANNEX_ENDS = frozenset("件表录图栏 ")
# 每|10万人口   每|3个月
_PER = re.compile(
    r"[0-9]+(?:\.[0-9]+)?\s?[百千万]?(?:常住)?(?:人口?|户|名|例|平方公里|元产值|个?(?:月|季度|周|小时)|分钟|[年天日秒])(?!次)"
)
# 三个100%, 两个95%
_SEVERAL_SHARES = re.compile(r"[两三四五六七八九2-9]个[0-9.]{1,5}%")
# GB/T |28001—2011   DB31/T |1234-2020   ISO |9001
_STANDARD = re.compile(r"(?:[A-Z]{2,6}[0-9]{0,4}(?:/[A-Z]{1,3})?[ -]?)\Z")
_STANDARD_TAIL = re.compile(r"[0-9]+(?:\.[0-9]+)*(?:\s?[-—:]\s?(?:19|20)[0-9]{2})?")
_LATIN = re.compile(r"[A-Za-z]{1,20}-?\Z")
# 1+5  1+1+N  7×24小时  5天×8小时
_COMPOUND = re.compile(r"[0-9]+天?(?:\s?[+×xX*]\s?[0-9A-Za-z]+)+(?:\+?[NnXx]\b)?(?:小时)?")
_PLUS = frozenset("+×*")
# 3·15  8·15;  4.15全民国家安全教育日
_DOT_DATE = re.compile(
    r"[0-9]{1,2}[·•・.]?[0-9]{0,2}[·•・][0-9]{1,2}|[0-9]{1,2}\.[0-9]{1,2}(?=国[家际]|世界|全[国民]|消费者|宪法|禁毒|消防)"
)
# 5G  3D  A4 (letter behind); units in letters (5GB, 10km) are tried before
_LETTERED = re.compile(r"[0-9]+(?:\.[0-9]+)?[A-Za-zⅠ-Ⅹ][A-Za-z0-9]*(?:\.[0-9]+)?")
# 1件事, but 6件事项
_AFTER = re.compile(rf"[0-9]+(?:\.[0-9]+)?(?:{JOIN}[0-9]+(?:\.[0-9]+)?)?\s?{prefix_tree(words('names', 'after', 'words'))}(?!(?<=件事)项)")
_CIRCLE = re.compile(rf"[0-9]+(?:\.[0-9]+)?\s?{word_pattern('names', 'circles', 'units')}[\u4e00-\u9fff]{{0,10}}?圈")
_ROUND_THE_CLOCK = re.compile(r"24\s?小时(?=[\u4e00-\u9fff\"”])(?!以?内|之内|[以压缩减])")
_AGE = re.compile(rf"[0-9]+(?:{JOIN}[0-9]+)?\s?{word_pattern('names', 'ages', 'units')}(?:以上|以下)?")
_AVERAGE_AGE = re.compile(r"年龄(?:为|约|达|是|从|由)?约?\Z")
_PHONE = re.compile(
    r"[0-9]{3,4}-[0-9]{7,8}(?![0-9])(?:转[0-9]{1,5})?|[48]00-?[0-9]{3}-?[0-9]{4}(?![0-9])|1[3-9][0-9]{9}(?![0-9])|[0-9]{7,8}(?![0-9.万亿%])(?=[^\u4e00-\u9fff]|$)"
)
_VERSION = re.compile(r"[0-9]\.[0-9](?![0-9%])(?=版|时代|升级|平台|系统|模式|[\"”])")
_SUFFIXES = (_CIRCLE, _AFTER, _ROUND_THE_CLOCK)
_SUFFIX_WINDOW = 16
_DECIMAL_SHAPES = (_DOT_DATE, _VERSION)
_ROMAN = frozenset("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ")
_HOTLINE = re.compile(rf"(?:12[0-9]{{3}}|9[56][0-9]{{3,4}}|{alternation(words('names', 'hotlines', 'numbers'))})(?![0-9.,万亿])")
_LONG_NUMBER = 5  # digits: 120卷 are files, 12345单 is an order of the hotline
_WEAK_UNITS = frozenset(words("names", "hotlines", "weak"))
# 3省1市   11部门   1核2轴, but not 3个
_COUNTED = re.compile(
    rf"[0-9]{{1,4}}(?:{word_pattern('names', 'counted', 'nouns')}"
    r"|(?![、和及与至到])[\u4e00-\u9fff]{1,3}[+、]?[0-9]{1,2}[\u4e00-\u9fff])"
)
_BARE_YEAR = re.compile(rf"{YEAR}(?:{JOIN}{YEAR})?(?![0-9])")
# 0跑动   2.0   001   图|3   91310106MA1…
_NOTHING_TO_COUNT = re.compile(r"0(?=[\u4e00-\u9fff])|[1-9]\.0(?![0-9])|0[0-9]+(?![0-9.])|[0-9]+(?=[_/A-Za-z-])")
_NUMBERED = re.compile(r"(?:[图表注栏页例]|排名|位列|位居|名列|名次|TOP|No\.?|NO\.?)\s?\Z")


def numeral_at(text: str, start: int, end: int, zones: Zones) -> Masked | None:
    """Span and class of the numeral around the digit run from `start` to `end` when it is no figure, else null."""
    zone = zones.at(start)
    if zone:
        if text[zone[0]] in NUMBER_OPENS:  # a document number is one numeral
            return zone
        date = date_end(text, start, end)
        return start, date if date and date <= zone[1] else end, zone[2]
    before = text[start - 1] if start else "\n"
    if before == "第" or (before in _ORDINAL_JOINT and text[start - 2 : start - 1] == "第"):
        tail = _ORDINAL_TAIL.match(text, start)
        return start, tail.end() if tail else end, "ordinal"
    following = text[end : end + 1]
    found = _enumerator(text, start, before) if following in _ENUMERATOR_ENDS else None
    if found is None and before in _TELLING:
        found = _by_what_is_in_front(text, start, end, before) or _behind_letters(text, start, end, before)
    return found or _by_shape(text, start, end, following)


def suffix_end(text: str, start: int, end: int) -> int | None:
    """End of the name that a Chinese number from `start` to `end` opens: 十五分钟生活圈, 二十四小时自助, 三百人制."""
    behind = text[end : end + _SUFFIX_WINDOW]
    for pattern in _SHAPES_BY_FOLLOWING.get(behind[:1], ()):
        digits = "24" if pattern is _ROUND_THE_CLOCK and text[start:end] == "二十四" else "9"
        match = pattern.match(digits + behind) if pattern in _SUFFIXES else None
        if match:
            return end + match.end() - len(digits)
    return None


def leftover_at(text: str, start: int, *, unit: str | None) -> Masked | None:
    """What a number is behind which no measure word stands, or one (`unit`) that service numbers do not take; null for nothing known."""
    if unit is not None and unit not in _WEAK_UNITS:
        return None
    hotline = _HOTLINE.match(text, start)
    if unit is not None:
        return (start, hotline.end(), "name") if hotline and hotline.end() - start >= _LONG_NUMBER else None
    if hotline:
        return start, hotline.end(), "name"
    year = _BARE_YEAR.match(text, start)
    if year:
        return start, year.end(), "date"
    if text.startswith(words("names", "numbers", "universities"), start):
        return start, run_end(text, start), "name"
    if _NUMBERED.search(text, max(0, start - 4), start):
        return start, run_end(text, start), "ordinal"
    counted = _COUNTED.match(text, start)
    if counted:
        return start, run_end(text, start), "name"
    plain = _NOTHING_TO_COUNT.match(text, start)
    return (start, plain.end(), "name") if plain else None


def run_end(text: str, start: int) -> int:
    """End of the digit run at `start`."""
    run = _RUN.match(text, start)
    return run.end() if run else start


def _by_what_is_in_front(text: str, start: int, end: int, before: str) -> Masked | None:
    """附件1 and 全国前10位 are ordinals; 邮编200040, 每10万人口, 三个100% and +1 names."""
    if before in _ANNEX_ENDS and _ANNEX.search(text, max(0, start - 3), start):
        return start, end, "ordinal"
    if before in _CALL_ENDS and _CALL.search(text, max(0, start - 12), start):
        return _code(text, start, end)
    if before == "前":
        among = _AMONG.match(text, start)
        return (start, among.end(), "ordinal") if among else None
    if before == "每":
        per = _PER.match(text, start)
        return (start, per.end(), "name") if per else None
    if before in _PLUS or (before == "个" and _SEVERAL_SHARES.match(text, start - 2)):
        return start, end, "name"
    return None


def _code(text: str, start: int, end: int) -> Masked | None:
    """The number that 邮编 or 电话 announces; 许可证3,418张 is a count."""
    number = read_arabic(text, start)
    if number and read_unit(text, number.end):
        return None
    phone = _PHONE.match(text, start)
    return start, phone.end() if phone else end, "name"


def _behind_letters(text: str, start: int, end: int, before: str) -> Masked | None:
    """PM2.5, V8, COVID-19 and GB/T 28001—2011 are names, APP3个 is a count."""
    if not before.isascii() or not (before.isalnum() or before in " -/"):
        return None
    standard = _STANDARD.search(text, max(0, start - 14), start)
    letters = _LATIN.search(text, max(0, start - 20), start)
    match = standard or letters
    if match is None:
        return None
    decimals = _DECIMALS.match(text, start)
    end = decimals.end() if decimals else end
    if len(match.group()) > 1 and before.isalpha() and not match.group().startswith("PM") and read_unit(text, end):
        return None
    if before == " " and read_unit(text, end):
        return None
    tail = _STANDARD_TAIL.match(text, start) if standard else None
    return match.start(), tail.end() if tail else end, "name"


def _by_shape(text: str, start: int, end: int, following: str) -> Masked | None:
    """Dates, and names that the digits and what follows them make; `following` is the character behind the digits."""
    date = date_end(text, start, end)
    if date:
        return start, date, "date"
    if following == ".":
        decimals = _DECIMALS.match(text, start)
        end = decimals.end() if decimals else end
        following = text[end : end + 1]
        patterns = (*_DECIMAL_SHAPES, *_SHAPES_BY_FOLLOWING.get(following, ()))
    else:
        patterns = _SHAPES_BY_FOLLOWING.get(following, () if following else (_PHONE,))
    for pattern in patterns:
        match = pattern.match(text, start)
        if match and not (pattern is _AGE and _is_an_average(text, start, match.end())):
            return start, match.end(), "name"
    if not following.isascii() and following not in _ROMAN:
        return None
    lettered = _LETTERED.match(text, start)
    return (start, lettered.end(), "name") if lettered and not _in_latin_unit(text, start) else None


def _is_an_average(text: str, start: int, end: int) -> bool:
    """平均年龄38岁 is a figure, 65岁以上 tells which persons are meant."""
    return text[end - 1] == "岁" and _AVERAGE_AGE.search(text, max(0, start - 8), start) is not None


def _in_latin_unit(text: str, start: int) -> bool:
    """Whether the letters behind the number are a unit (5GB, 10km) and no name (5G)."""
    decimals = _DECIMALS.match(text, start)
    unit = read_unit(text, decimals.end()) if decimals else None
    return unit is not None and not _LETTER.match(text, unit.end)


def _enumerator(text: str, start: int, before: str) -> Masked | None:
    match = _ENUMERATOR.match(text, start)
    if match is None:
        return None
    opens_line = before in " \n" and not text[text.rfind("\n", max(0, start - _INDENT), start) + 1 : start].strip(" ")
    last = match.group()[-1]
    bracket = {")": "(", "]": "["}.get(last)
    if bracket and before == bracket:
        return start - 1, match.end(), "ordinal"
    behind_a_blank = before == " " and last == "." and not _DIGIT_BEHIND.match(text, match.end())
    if bracket is None and (opens_line or behind_a_blank or before in "。;:\n") and len(text) > match.end():
        return start, match.end(), "ordinal"
    if last == ")" and opens_line:
        return start, match.end(), "ordinal"
    return None


def _shapes_by_following() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Which names a number may open, by the character behind its digits: behind most characters there is none to try."""
    table: dict[str, list[re.Pattern[str]]] = {}
    joints = "-—~至到、和/ "
    for pattern, following in (
        (_COMPOUND, "+×xX*天 "),
        (_DOT_DATE, "·•・"),
        (_PHONE, '-,。;)\n、 :("”'),
        (_AGE, joints + "".join(word[0] for word in words("names", "ages", "units"))),
        (_ROUND_THE_CLOCK, "小 "),
        (_CIRCLE, " " + "".join(word[0] for word in words("names", "circles", "units"))),
        (_AFTER, joints + "".join(word[0] for word in words("names", "after", "words"))),
    ):
        for character in set(following):
            table.setdefault(character, []).append(pattern)
    return {character: tuple(patterns) for character, patterns in table.items()}


_SHAPES_BY_FOLLOWING = _shapes_by_following()
# Characters in front of a number that may make it a code, an ordinal or part of a word in Latin letters.
_TELLING = _ANNEX_ENDS | _CALL_ENDS | _PLUS | frozenset("前每个") | frozenset(map(chr, range(33, 127)))
