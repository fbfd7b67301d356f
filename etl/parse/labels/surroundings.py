"""What stands around a figure without being counted: the clauses and sentences in front of it.

In: the text, its sentences and figures. Out: what a clause or the opening of the measure names; empty where it names nothing. Nothing is
remembered here but the figure at hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parse import phrases
from etl.parse.clauses import read_left
from etl.parse.figures import Figure
from etl.parse.labels.shared import of_levels
from etl.parse.labels.topics import LONGEST_THEME, about, nearest
from etl.parse.sentences import Sentences
from etl.parse.subjects import Subjects

EDGES = "、,;:。!? \n"
# 文化旅游领域|适用“首违不罚”
_FIELD = re.compile("(?P<field>领域|行业|方面|部门)(?:适用|实行|推行|开展|实施).*|“[^”]*”$")
_FIELDS = re.compile("(?:在|对|就|围绕|聚焦)(?P<list>[^,]+?)等?(?P<field>领域|行业|方面)")
# 街道|综合行政执法队   全市|法律援助机构   各镇|调解委员会, but not 市场监管所
_OF_REGION = re.compile(
    "^(?:全[区市县镇省街乡]|[我本][区市县镇局委办院]|街道|各|[区县镇乡](?!政府)|市(?![场民容政]))+(?=[\u4e00-\u9fff“]{3,})"
)
_SHORT_LEAD = 24


class Surroundings:
    """The clauses around the figure at hand."""

    def __init__(self, text: str, split: Sentences, subjects: Subjects, figures: Sequence[Figure], openings: Sequence[int]) -> None:
        self.text = text
        self.figures = figures
        self.subjects = subjects
        self._split = split
        self._openings = openings
        self._at = 0

    def adjacent(self, figure: Figure) -> str:
        """What the clause just in front names, where it holds no figure: 组建综合行政执法队,|配备执法人员21名."""
        return "" if self.follows_a_figure(figure) else nearest(self.clauses_before(figure)[:1], ())

    def named_before(self, figure: Figure) -> str:
        """What the nearest clause without figures names."""
        return nearest(self.clauses_before(figure), ())

    def outside(self) -> str:
        """What the sentence before says when it is a short one without figures, else what the measure begins with."""
        start = self._openings[self._at]
        sentence = self.figures[self._at].sentence[0]
        if start < sentence:
            lead = self._split.sentence(sentence - 1 if not self.text[sentence - 1].isspace() else max(start, sentence - 2))
            if lead[0] >= start and lead[1] - lead[0] <= _SHORT_LEAD and not self._counts(*lead):
                topic = _about_plain(self.text[slice(*lead)])
                if topic:
                    return topic
        clause = self._split.clause(start)
        if clause[1] > self.figures[self._at].clause[0] or self._counts(start, clause[1]):
            return ""  # the figure's own clause, or one that counts something else
        return _about_plain(self.text[max(start, clause[0]) : min(clause[1], start + 60)])

    def _counts(self, start: int, end: int) -> bool:
        """Whether a figure before this one stands in the span: 调解赔付总额二百一十五万元,|平均用时十二天."""
        return any(start <= other.quantity.start < end for other in self.figures[max(0, self._at - 12) : self._at])

    def reviewed(self, figure: Figure) -> str:
        """What the clause in front puts before whoever acts: 对执法队报送的重大执法决定,|街道司法所法制审核19件; else empty."""
        clause = "" if self.follows_a_figure(figure) else next(iter(self.clauses_before(figure)), "")
        before = read_left(clause.strip(EDGES)) if clause.lstrip(EDGES).startswith(("对", "就", "针对")) else None
        return before.means.rsplit("的", 1)[-1] if before is not None and not before.verb else ""

    def coordinated(self, figure: Figure, count: int) -> list[str]:
        """The `count` things that the nearest clause without figures joins: 火灾起数、直接财产损失“双下降”; empty where none does."""
        for clause in self.clauses_before(figure):
            if not phrases.strip_openers(clause.strip(EDGES)):
                continue  # 2021年和2022年,|行政诉讼案件分别为56件和43件
            fields = _FIELDS.match(clause.strip(EDGES))  # 在市场监管、交通运输、文化旅游领域|适用“首违不罚”
            if fields and len(items := phrases.split_coordination(fields["list"])) == count:
                return [item + fields["field"] for item in items]
            items = of_levels(phrases.split_coordination(clause.strip(EDGES)))
            if len(items) == count and all(len(item) <= LONGEST_THEME for item in items[1:]):
                first, last = read_left(items[0]), read_left(items[-1])
                opening = first.noun or first.means or phrases.strip_openers(items[0])
                return [opening, *items[1:-1], _FIELD.sub(r"\g<field>", last.actor or last.noun or items[-1])]
        return []

    def other_hands(self, figure: Figure) -> bool:
        """Whether another body has taken over since the figure before."""
        before = self.figures[self._at - 1] if self._at else None
        if before is None or before.sentence != figure.sentence:
            return False
        spans = self._split.clauses(before.clause[1], figure.clause[1])
        return any(self.subjects.opening(start) is not None for start, _ in spans if start > before.clause[0])

    def clauses_before(self, figure: Figure) -> list[str]:
        """The clauses without figures in front of the figure's own in its sentence, nearest first."""
        start, end = figure.sentence[0], figure.clause[0]
        spans = self._split.clauses(start, end)[-4:] if start < end else []
        counted = {other.clause[1] for other in self.figures[max(0, self._at - 12) : self._at]}
        return [self.text[a:b] for a, b in reversed(spans) if b not in counted]

    def follows_a_figure(self, figure: Figure) -> bool:
        """Whether there is no clause without figures between the figure and the one before it."""
        before = self.figures[self._at - 1] if self._at else None
        return before is not None and before.sentence == figure.sentence and before.clause[1] >= figure.clause[0]


def _about_plain(clause: str) -> str:
    return "" if any(char.isdigit() for char in clause) else about(clause)


def without_region(name: str) -> str:
    """街道综合行政执法队 -> 综合行政执法队."""
    return _OF_REGION.sub("", name)
