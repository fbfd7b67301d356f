"""Ordinals that open a line: 第一部分, 一、, (一), 1., (1), with the level of the heading that they may open.

In: the folded text of one line. Out: an `Opener`, or null where the line opens with a word, a date or a decimal (一网通办, 1.5万件).
Whether the line is a heading or a measure is decided in `outline`; enumerators inside a paragraph are the business of `measures`.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["part", "han", "han_bracket", "arabic", "arabic_bracket"]
KINDS: tuple[Kind, ...] = ("part", "han", "han_bracket", "arabic", "arabic_bracket")

HAN = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN = f"[{HAN}]{{1,3}}"
# 第一部分 工作情况   第二章、组织领导
_PART = re.compile(rf"(第{_HAN}(?:部分|篇|章))[\s、:.]*")
# 一、主要举措   二.不足   三 、安排   四:打算   not 一、二级公路
_HAN_MARK = re.compile(rf"({_HAN})\s{{0,4}}[、.:]\s*(?![{HAN}][级类等号期季、是])")
# 四 下一年工作计划: a blank for a mark, on a line of its own
_HAN_BLANK = re.compile(rf"({_HAN})\s+(?=[^\s。;,:]{{2,30}}$)")
# (一)标题   (二)、标题
_HAN_BRACKET = re.compile(rf"(\({_HAN}\)|[㈠-㈩])\s?[、.:]?\s*")
# 1.标题   2、标题   not 1.5万件, 3、4月份, 1. 5万件
_ARABIC = re.compile(r"([0-9]{1,2}\s?[.、]|[⒈-⒛])(?![0-9]|\s+[0-9.]{1,6}[万亿%倍])\s*")
# (1)标题   1)标题
_ARABIC_BRACKET = re.compile(r"(\([0-9]{1,2}\)|[0-9]{1,2}\)|[⑴-⒇])\s?[、.]?\s*")


class Opener(NamedTuple):
    """An ordinal at the start of a line: `mark_end` ends it as printed (1. with its point), `end` is where the rest begins."""

    kind: Kind
    mark_end: int
    end: int

    @property
    def rank(self) -> int:
        """Depth in the usual order of ordinals, 0 for the highest."""
        return KINDS.index(self.kind)


def read_opener(line: str) -> Opener | None:
    """The ordinal that a line opens with."""
    first = line[:1]
    if first in HAN and first:
        return _opener("han", _HAN_MARK.match(line) or _HAN_BLANK.match(line))
    if first == "第":
        return _opener("part", _PART.match(line))
    if first == "(" or "⑴" <= first <= "⒇" or "㈠" <= first <= "㈩":
        return _opener("han_bracket", _HAN_BRACKET.match(line)) or _opener("arabic_bracket", _ARABIC_BRACKET.match(line))
    if "0" <= first <= "9" or "⒈" <= first <= "⒛":
        return _opener("arabic", _ARABIC.match(line)) or _opener("arabic_bracket", _ARABIC_BRACKET.match(line))
    return None


def _opener(kind: Kind, match: re.Match[str] | None) -> Opener | None:
    return None if match is None else Opener(kind, match.end(1), match.end())
