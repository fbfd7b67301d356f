"""What each figure counts, as a column title.

In: folded text and its figures. Out: the labels of each figure (several where one number is said of several things). The noun
stands in front of the number (承办建议176件), behind it (47件行政诉讼案件) or in an earlier clause (新增3项); what was counted last
in a sentence is the topic that elliptic clauses refer to.
"""

from __future__ import annotations

import re

from etl.parse import phrases, series, subjects
from etl.parse.figures import Figure
from etl.parse.lexicon import words
from etl.parse.series import Label

_SUB = re.compile(r"其中|^\s*[(]")
_BARE_RATE = re.compile(r"^(?:[\u4e00-\u9fff]{0,6})(?:率|度|占比|比重|比例|人数|金额|总额|数量|总数|用时|时间|总量)$")
_SHARE_OF = re.compile(r"^占(?P<whole>[^,]*?)的?(?:比重|比例)?$")
_NO_LABEL_BEHIND = re.compile(r"^[、)\]”和及与或,;。:!?]|^以及|^$")
_TRAILING = re.compile(r"(?:、|和|及|以及|与|或|并|[,。;!?(:\s])+$")
_JOINTS = re.compile(r"(?:、|和|及|以及|与)\s*$")
# 对146件案件|进行|重大执法决定法制审核
_TO_WHOM = re.compile(r"[对向为]\s*$")
_TREATMENT = re.compile("(?P<noun>[\u4e00-\u9fff]{2,12}?)(?:依法)?(?:进行|开展|实施|作出)了?(?P<act>[\u4e00-\u9fff]{4,14})$")
_COMPARISON = re.compile("[较比](?:上年|去年|上一年|[0-9]|同期)|同比|环比|增长|下降|上升|增幅|降幅|提高|降低")
_NO_TOPIC = ("%", "‰", "个百分点", "倍", "天", "个工作日", "小时", "分钟")
_STOCK = words("phrases", "level", "strong")
_PARTICIPATION = words("phrases", "participation", "words")
_DEFAULT_NOUNS = {"件": "案件", "起": "案件", "宗": "案件", "人": "人员", "名": "人员"}
_LONGEST = 30


def label_figures(text: str, figures: list[Figure], scopes: list[int]) -> list[list[Label]]:
    """At least one label a figure, in order; figures refer to each other only within a scope (a measure)."""
    return _Labeller(text, figures, scopes).run()


class _Labeller:
    """Walks the figures once; remembers by unit what was counted last in the sentence."""

    def __init__(self, text: str, figures: list[Figure], scopes: list[int]) -> None:
        self._text = text
        self._figures = figures
        self._scopes = scopes
        self._sentence = (-1, -1)
        self._scope: int | None = None
        self._last = ""  # the label before, in the same sentence
        self._main = ""  # the last one that is no part of another
        self._topics: dict[str, str] = {}  # noun phrases counted in this sentence, by unit; "" is the latest of any unit
        self._older: dict[str, str] = {}  # those of earlier sentences of the scope
        self._fresh = ""  # the noun phrase that the label being made brings in, if any
        self._ready: dict[int, Label] = {}

    def run(self) -> list[list[Label]]:
        labels = []
        for i, figure in enumerate(self._figures):
            self._enter(figure, self._scopes[i])
            found = self._labels(i)
            labels.append([self._tidy(label, figure) for label in found])
            self._last = labels[-1][-1].text
            if not found[-1].sub:
                self._main = self._last
            if self._fresh and figure.quantity.unit not in _NO_TOPIC:
                topic = phrases.shortened(phrases.strip_openers(phrases.noun_phrase(phrases.strip_openers(self._fresh))), 16)
                self._topics.update({figure.quantity.unit: topic, "": topic} if topic else {})
        return labels

    def _enter(self, figure: Figure, scope: int) -> None:
        self._fresh = ""
        if scope != self._scope:
            self._scope, self._older, self._topics = scope, {}, {}
        if figure.sentence != self._sentence:
            self._sentence = figure.sentence
            self._older.update(self._topics)
            self._last, self._main, self._topics = "", "", {}

    def _labels(self, i: int) -> list[Label]:
        figure = self._figures[i]
        if i not in self._ready:
            self._ready.update(series.respectively(self._figures, i))
        if i not in self._ready and i + 1 < len(self._figures):
            pair = series.before_and_after(self._text, figure, self._figures[i + 1])
            if pair:
                self._ready.update({i: self._with_topic(pair[0], figure), i + 1: self._with_topic(pair[1], figure)})
        if i in self._ready:
            return [self._with_topic(self._ready.pop(i), figure)]
        return [self._with_topic(label, figure) for label in series.each(figure)] or [self._ordinary(figure)]

    def _ordinary(self, figure: Figure) -> Label:
        sub = bool(_SUB.search(figure.left)) or figure.bracketed
        own = self._own_left(figure)
        right = _TRAILING.sub("", figure.right.strip()).removeprefix("的" if not own else "\n")
        joined = bool(_JOINTS.search(figure.left)) and not figure.joined
        if not _NO_LABEL_BEHIND.match(figure.right.strip()) and not (right.startswith("的") and own):
            return Label(self._before_noun("" if joined else own, right, figure), "noun-behind", sub)
        if figure.joined and not own and self._last:
            return Label(self._last, "same-as-before", sub)
        return Label(self._behind_noun(own, figure, sub), "noun-before", sub)

    def _own_left(self, figure: Figure) -> str:
        """The fragment in front of the number, without time, subject, preposition and lead-over words."""
        left = phrases.strip_adverbs(figure.left.strip())
        name = subjects.actor(left)
        if name and len(left) - len(name) >= 2:
            left = phrases.strip_adverbs(left[left.index(name) + len(name) :])
        left = phrases.strip_preposition(left)
        return phrases.strip_closers(phrases.strip_openers(left))

    def _before_noun(self, left: str, right: str, figure: Figure) -> str:
        noun, right = phrases.head_noun(right, figure.quantity.unit), re.sub("(?:进行|作出)了", "进行", right)
        right = noun if left in _STOCK else re.sub(r"(?:全部|均已?|都|已|予以)", "", right)
        if not left and _JOINTS.search(figure.left):
            left = phrases.leading_verb(self._last)
        treated = _TREATMENT.match(right) if _TO_WHOM.search(figure.left) else None
        if treated and (noun == treated["noun"] or not phrases.heads_of(figure.quantity.unit)):
            self._fresh = treated["noun"]
            return treated["act"] + treated["noun"]
        label = phrases.strip_light_verb(left) + right if len(left) <= 12 else right
        extended = self._extended(label, figure)
        self._fresh = noun if label == extended else extended
        return extended

    def _behind_noun(self, left: str, figure: Figure, sub: bool) -> str:
        unit = figure.quantity.unit
        latest = self._topics.get("", "")
        if not left and figure.left.rstrip().endswith("占"):
            return (self._main or self._find_topic(figure)) + "占比"
        if left in _PARTICIPATION and latest:
            return phrases.shortened(latest, 14) + left
        if phrases.is_verbs_only(left):
            topic = self._find_topic(figure)
            if _COMPARISON.search(left) or unit in ("%", "个百分点"):
                return (self._main or topic) + left
            return left + topic
        share = _SHARE_OF.match(left)
        if share:
            return f"{self._last or self._find_topic(figure)}占{share['whole']}比例" if share["whole"] else f"{self._last}占比"
        label = phrases.without_relative(phrases.without_list(phrases.strip_light_verb(left)), 16)
        if not sub and self._is_bare(label, unit):
            return label if label.startswith(latest[:2]) else phrases.shortened(latest, 14) + label
        if phrases.names_a_class(label) or (phrases.ends_in_verb(label) and not phrases.ends_in_head(label, unit)):
            topic = self._find_topic(figure)
            self._fresh = "" if topic or sub else label
            return label if topic and topic in label else label + topic
        if sub or figure.left.startswith("、"):
            return self._member(label, unit)
        if not _COMPARISON.search(label[-6:]):
            self._fresh = self._extended(label, figure)
            return self._fresh
        return label

    def _is_bare(self, label: str, unit: str) -> bool:
        """成功率, 标的额, 受众: names that say nothing without what was counted before."""
        if unit == "元" and "罚" in label:
            return False
        return len(label) <= 3 if unit not in ("%", "‰") else len(label) <= 5 and _BARE_RATE.match(label) is not None

    def _member(self, label: str, unit: str) -> str:
        """A part of what was counted before takes over its verb, and its noun where it has none: 实有|企业, 邻里|纠纷."""
        verb = phrases.leading_verb(self._last)
        topic = self._topics.get(unit, "")
        if topic and unit in ("件", "份", "宗", "起") and not phrases.ends_in_head(label, unit):
            label += next((head for head in sorted(phrases.heads_of(unit), key=len) if topic.endswith(head)), "")
        if verb and len(verb) <= 4 and not phrases.leading_verb(label):
            return verb + label
        return label

    def _extended(self, label: str, figure: Figure) -> str:
        """The full name where the label abbreviates it: 决策事项, 重大事项 -> 重大行政决策事项."""
        start = figure.sentence[0]
        topic = phrases.find_topic(self._text[start : figure.clause[0]], figure.quantity.unit) if figure.clause[0] > start else None
        noun = phrases.noun_phrase(label.rsplit("的", 1)[-1])
        if topic is None or not 3 <= len(noun) <= 6 or noun in ("事项", "案件") or not topic.endswith(noun[-2:]):
            return label
        at = 0 if topic.endswith(noun) else topic.find(noun[:2])
        full = topic[at:]
        if at < 0 or len(full) <= len(noun):
            return label
        return full if "的" in label else label.replace(noun, full)

    def _with_topic(self, label: Label, figure: Figure) -> Label:
        """A series label that is only verbs, a bare rate or a stage takes the topic in front."""
        text, topic = label.text, self._topics.get("", "")
        if text.startswith("(") or not text:
            text = self._find_topic(figure) + text
        elif len(text) <= 8 and _BARE_RATE.match(text) and topic and text[:2] not in topic:
            text = phrases.shortened(topic, 14) + text
        elif text.endswith("占比") and len(text) <= 6:
            text = topic + text
        elif phrases.is_verbs_only(text):
            text += self._find_topic(figure)
        elif not label.stage and figure.quantity.unit not in ("%", "个百分点"):
            self._fresh = text
        return Label(text, label.rule, label.sub, label.period, label.stage)

    def _find_topic(self, figure: Figure) -> str:
        """What an elliptic fragment refers to: counted before with this unit, named before, or counted in an earlier sentence."""
        unit = figure.quantity.unit
        latest = self._topics.get("", "")
        if self._topics.get(unit):
            return self._topics[unit]
        if latest and (unit in ("%", "个百分点", "‰", "倍") or phrases.ends_in_head(latest, unit)):
            return latest
        near = phrases.find_topic(self._text[figure.sentence[0] : figure.quantity.start], unit)
        if near:
            return near
        if self._older.get(unit) and not self._topics:
            return self._older[unit]
        return _DEFAULT_NOUNS.get(unit, "")

    def _tidy(self, label: Label, figure: Figure) -> Label:
        text = re.sub(r"\s+", "", label.text).strip("、,;:。和及与")
        text = phrases.strip_openers(text) or text
        if len(text) > _LONGEST:
            text = phrases.shortened(text, _LONGEST) if label.rule == "noun-before" else text[:_LONGEST]
        return Label(text or figure.quantity.unit or "数量", label.rule, label.sub, label.period, label.stage)
