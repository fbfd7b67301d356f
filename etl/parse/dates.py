"""Dates, periods and times of day in Arabic digits, and when 3年 or 7日 is a length of time and so a figure.

In: folded text and the start of a digit run. Out: the end of the date there, or null. Dates in Chinese numerals (二〇二三年) never
get as far as a figure; which period a figure belongs to is read in `periods`.
"""

from __future__ import annotations

import re

from etl.parse.lexicon import prefix_tree, words

YEAR = r"(?:19|20)[0-9]{2}"
JOIN = r"\s?(?:-|—{1,2}|~|至|到|、|和|/)\s?"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DATE = re.compile(
    rf"""
      {YEAR}\s?年?(?:{JOIN}{YEAR}\s?){{1,5}}(?:学?年度?|[)\]])                                  # 2021-2025年, 2022至2023年度
    | {YEAR}\s?年(?:度|底|末|初)?(?:\s?[0-9]{{1,2}}(?:{JOIN}[0-9]{{1,2}})?\s?月份?(?:\s?[0-9]{{1,2}}\s?日)?)?(?:底|末|初)?
    | {YEAR}([-./])[0-9]{{1,2}}\1[0-9]{{1,2}}(?![0-9])                                       # 2024-01-31
    | {YEAR}[./]{_MONTH}(?![0-9%万亿元.])                                                     # 2023.12
    | {_MONTH}(?:\s?月份?)?{JOIN}{_MONTH}\s?月份?                                             # 1-9月, 1月至10月
    | {_MONTH}\s?月份?(?:\s?[0-9]{{1,2}}(?:{JOIN}[0-9]{{1,2}})?\s?日)?(?:底|末|初|中旬|上旬|下旬)?  # 8月份, 12月4日
    | [0-9]{{1,2}}{JOIN}[0-9]{{1,2}}\s?日(?!均|内|以内|之内)                                   # 1—7日
    | [0-9]{{1,2}}\s?日(?!均|内|以内|之内|常)                                                 # 15日
    | [1-4](?:{JOIN}[1-4])?\s?季度                                                           # 1-3季度
    | [0-9]{{1,2}}[:时][0-9]{{2}}(?:分(?!之))?(?![0-9%.])(?=[^:]|$)                           # 9:30
    | [0-9]{{1,2}}\s?时(?![间候段效机长任限装常])(?:[0-9]{{1,2}}分(?!之))?                         # 20时, 9时30分
    | [0-9]{{1,2}}\s?点(?:[0-9]{{1,2}}分(?!之)|整|半|钟|(?=[前后起]|{JOIN}(?:次日)?[0-9]{{1,2}}\s?[点时]))  # 8点至20点
    | (?:(?<=[上下中]午)|(?<=[早晚]上)|(?<=凌晨)|(?<=傍晚)|(?<=[早晚]))[0-9]{{1,2}}\s?[点时](?!间)       # 下午3点
    | [0-9]{{1,3}}(?:余|多)?\s?年(?!度|级|龄|期|制)(?!以上)                                      # 近10年, 连续13年
    | {YEAR}(?![0-9.])(?=\s*版)
    """,
    re.VERBOSE,
)
# The characters that follow the digits of a date: all others need no look at the pattern.
_FOLLOW = frozenset("年月日季时点学:/-.—~至到、和版")

# 不少于|7日   有效期由|3年   平均审理|3年   行政拘留|5日
_TERM = re.compile(
    rf"(?:{prefix_tree(words('units', 'terms', 'before'))}(?:限|期限?)?(?:时间|均)?[为是至到达满了共]?|平均[^,。;、\n]{{0,8}})\Z"
)
# 3年|缩短为1年   7日|延长到10日
_LENGTHENED = re.compile(rf"\s?{prefix_tree(words('units', 'terms', 'behind'))}")
_TERM_WINDOW = 12
# 比例为|3:10   高于全市|1:32; a time of day stands behind 上午, 周五, 至 or no word
_RATIO_WORD = re.compile(r"比[^,。;]{0,4}\Z|[^\W0-9a-zA-Z日午晚早间点从于在至到为每天周一二三四五六后前起]\Z")
# 前|10个月
_MONTHS = re.compile(r"[0-9]{1,2}\s?个?(?:月|季度)")


def date_end(text: str, start: int, digits_end: int) -> int | None:
    """End of the date at `start`, whose first digit run ends at `digits_end`; null for none, and for a length of time."""
    following = text[digits_end : digits_end + 1]
    if following == " ":
        following = text[digits_end + 1 : digits_end + 2]
    if following not in _FOLLOW or not following:
        return _months_from_the_start(text, start) if following == "个" else None
    match = _DATE.match(text, start)
    if match is None or _is_a_figure(text, start, digits_end, match.end()):
        return None
    return match.end()


def _months_from_the_start(text: str, start: int) -> int | None:
    """前10个月 is January to October."""
    if text[start - 1 : start] != "前" or text[start - 2 : start - 1] in ("之", "以", "提", "此", "目"):
        return None
    match = _MONTHS.match(text, start)
    return match.end() if match else None


def _is_a_figure(text: str, start: int, digits_end: int, end: int) -> bool:
    """平均审理3年 and 有效期5年 are durations and 比例为3:10 a ratio; 近10年, 连续13年 and 9:30 are dates."""
    last = text[end - 1]
    if last in "年日" and not text[digits_end : end - 1].strip(" 余多"):
        if last == "年" and digits_end - start == 4:
            return False
        return _TERM.search(text, max(0, start - _TERM_WINDOW), start) is not None or _LENGTHENED.match(text, end) is not None
    return text[digits_end] == ":" and _RATIO_WORD.search(text, max(0, start - 6), start) is not None
