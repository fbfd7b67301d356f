"""What each figure counts, as a column title.

In: folded text and its figures. Out: the labels of each figure (several where one number is said of several things). The noun
stands in front of the number (承办建议176件), behind it (47件行政诉讼案件) or in an earlier clause (新增3项); what was counted last
in a sentence is the topic that elliptic clauses refer to.
"""

from __future__ import annotations

import re

from etl.parse import phrases, series, subjects
from etl.parse.figures import Figure
from etl.parse.series import Label

_SUB = re.compile(r"其中|^\s*[(]")
_BARE_RATE = re.compile(r"^(?:[\u4e00-\u9fff]{0,6})(?:率|度|占比|比重|比例|人数|金额|总额|数量|总数|用时|时间|总量)$")
_SHARE_OF = re.compile(r"^占(?P<whole>[^,]*?)的?(?:比重|比例)?$")
_NO_LABEL_BEHIND = re.compile(r"^[、)\]”和及与或,;。:!?]|^以及|^$")
_TRAILING = re.compile(r"(?:、|和|及|以及|与|或|并|,|[(:])+$")
_JOINTS = re.compile(r"(?:、|和|及|以及|与)\s*$")
_LONGEST = 30


def label_figures(text: str, figures: list[Figure]) -> list[list[Label]]:
    """At least one label a figure, in order."""
    return _Labeller(text, figures).run()


class _Labeller:
    """Walks the figures once; remembers what was counted last in the sentence."""

    def __init__(self, text: str, figures: list[Figure]) -> None:
        self._text = text
        self._figures = figures
        self._sentence = (-1, -1)
        self._last = ""  # the label before, in the same sentence
        self._topic = ""  # its noun phrase
        self._older = ""  # the topic of the sentence before
        self._ready: dict[int, Label] = {}

    def run(self) -> list[list[Label]]:
        labels = []
        for i, figure in enumerate(self._figures):
            if figure.sentence != self._sentence:
                self._sentence, self._older = figure.sentence, self._topic or self._older
                self._last = self._topic = ""
            found = self._labels(i)
            labels.append([self._tidy(label, figure) for label in found])
            self._remember(labels[-1][-1], figure)
        return labels

    def _labels(self, i: int) -> list[Label]:
        figure = self._figures[i]
        if i not in self._ready:
            self._ready.update(series.respectively(self._figures, i))
        if i not in self._ready and i + 1 < len(self._figures):
            pair = series.before_and_after(self._text, figure, self._figures[i + 1])
            if pair:
                base = [self._with_topic(label, figure) for label in pair]
                self._ready.update({i: base[0], i + 1: base[1]})
        if i in self._ready:
            return [self._with_topic(self._ready.pop(i), figure)]
        return [self._with_topic(label, figure) for label in series.each(figure)] or [self._ordinary(figure)]

    def _ordinary(self, figure: Figure) -> Label:
        sub = bool(_SUB.search(figure.left)) or figure.bracketed
        own = self._own_left(figure)
        right = _TRAILING.sub("", figure.right.strip())
        joined = bool(_JOINTS.search(figure.left)) and not figure.joined
        if not _NO_LABEL_BEHIND.match(figure.right.strip()) and not right.startswith("的"):
            return Label(self._before_noun("" if joined else own, right, figure), "noun-behind", sub)
        if figure.joined and not own and self._last:
            return Label(self._last, "same-as-before", sub)
        return Label(self._behind_noun(own, figure, sub), "noun-before", sub)

    def _own_left(self, figure: Figure) -> str:
        """The fragment in front of the number, without time, subject, preposition and lead-over words."""
        left = phrases.strip_openers(figure.left.strip())
        name = subjects.actor(left)
        if name and len(left) - len(name) >= 2:
            left = phrases.strip_openers(left[left.index(name) + len(name) :])
        left = phrases.strip_preposition(left)
        return phrases.strip_closers(phrases.strip_openers(left))

    def _before_noun(self, left: str, right: str, figure: Figure) -> str:
        right = re.sub(r"(?:全部|均已?|都|已|进行了?|予以)", "", right)
        left = left[-12:] if len(left) > 12 and phrases.ends_in_verb(left) else left
        if not left and _JOINTS.search(figure.left):
            left = phrases.leading_verb(self._last)
        label = phrases.strip_light_verb(left) + right if len(left) <= 12 else right
        return self._extended(label, figure)

    def _behind_noun(self, left: str, figure: Figure, sub: bool) -> str:
        if phrases.is_verbs_only(left):
            topic = self._find_topic(figure)
            compared = re.search("[较比]|同比|环比|增长|下降|上升|增幅|降幅", left)
            if compared or figure.quantity.unit in ("%", "个百分点"):
                return (self._last or topic) + left
            return left + topic
        share = _SHARE_OF.match(left)
        if share:
            return f"{self._last or self._find_topic(figure)}占{share['whole']}比例" if share["whole"] else f"{self._last}占比"
        label = phrases.strip_light_verb(left)
        if len(label) <= 8 and _BARE_RATE.match(label):
            topic = self._topic if not label.startswith(self._topic[:2]) else ""
            return topic[-12:] + label
        if phrases.names_a_class(label) or (phrases.ends_in_verb(label) and not phrases.ends_in_head(label, figure.quantity.unit)):
            topic = self._find_topic(figure)
            return label if topic and topic in label else label + topic
        if (sub or figure.left.startswith("、")) and not phrases.leading_verb(label):
            verb = phrases.leading_verb(self._last)
            label = verb + label if len(verb) <= 4 else label
        return self._extended(label, figure)

    def _extended(self, label: str, figure: Figure) -> str:
        """The full name where the label abbreviates it: 决策事项, 重大事项 -> 重大行政决策事项."""
        start, at = figure.sentence[0], figure.quantity.start
        topic = phrases.find_topic(
            self._text[start : figure.clause[0]] if figure.clause[0] > start else self._text[start:at], figure.quantity.unit
        )
        if not topic or len(topic) < 6 or topic in label:
            return label
        tail = label.rsplit("的", 1)[-1]
        noun = phrases.noun_phrase(tail)
        if 3 <= len(noun) < len(topic) and (topic.endswith(noun) or (noun[:2] == topic[:2] and noun[-2:] == topic[-2:])):
            return topic if noun != tail or tail != label else label.replace(noun, topic)
        return label

    def _with_topic(self, label: Label, figure: Figure) -> Label:
        """A series label that is only verbs, a bare rate or a stage takes the topic in front."""
        text = label.text
        if text.startswith("(") or not text:
            text = self._find_topic(figure) + text
        elif len(text) <= 8 and _BARE_RATE.match(text) and self._topic and text[:2] not in self._topic:
            text = self._topic[-12:] + text
        elif text.endswith("占比") and len(text) <= 6:
            text = self._topic + text
        elif phrases.is_verbs_only(text):
            text += self._find_topic(figure)
        return Label(text, label.rule, label.sub, label.period, label.stage)

    def _find_topic(self, figure: Figure) -> str:
        start = figure.sentence[0]
        if self._topic:
            return self._topic
        near = phrases.find_topic(self._text[start : figure.quantity.start], figure.quantity.unit)
        return near or self._older

    def _tidy(self, label: Label, figure: Figure) -> Label:
        text = re.sub(r"\s+", "", label.text).strip("、,;:。和及与")
        text = phrases.strip_openers(text) or text
        if len(text) > _LONGEST:
            text = text[-_LONGEST:] if label.rule == "noun-before" else text[:_LONGEST]
        return Label(text or self._older or figure.quantity.unit, label.rule, label.sub, label.period, label.stage)

    def _remember(self, label: Label, figure: Figure) -> None:
        self._last = label.text
        stripped = re.sub(r"\([^)]*[前后]\)$", "", label.text)
        if figure.quantity.unit in ("%", "个百分点", "‰", "倍") and self._topic:
            return
        if label.sub and self._topic:
            return
        self._topic = phrases.noun_phrase(stripped)
