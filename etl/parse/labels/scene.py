"""What the labeller knows when it stands at a figure.

In: the text, its sentences and figures, and the labels given so far. Out: what a bare fragment refers to (`topic`), what a noun that
says little belongs to (`theme`), the full name of an abbreviated one. Figures refer to each other within a measure only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from etl.parse import phrases
from etl.parse.clauses import BARE_ACTS, names_body
from etl.parse.figures import Figure
from etl.parse.fragments import Fragment
from etl.parse.labels.label import Label
from etl.parse.labels.memory import Counted, Memory
from etl.parse.labels.surroundings import Surroundings, without_region
from etl.parse.labels.topics import (
    LONGEST_THEME,
    cut,
    hotline_in,
    is_relational,
    is_weak,
    join,
    names_people,
    nearest,
    occasion_of,
    owner_of,
    theme_of,
)
from etl.parse.lexicon import load, words
from etl.parse.sentences import Sentences
from etl.parse.subjects import Subjects
from etl.parse.words import tokenize

RATES = frozenset("%‰") | {"个百分点", "倍", ""}
RATE_ENDS = ("率", "度", "占比", "比例", "比重")

_DEFAULT_NOUNS: dict[str, str] = load("labels")["default_nouns"]
# 第四季度降到108件: of what was counted before
_TURNED = re.compile("[降升增减扩提缩压]")
_PRONOUN = re.compile("[我本全该][区市县镇省街乡局委办院处]$")
# 全市登记在册快递网点   执法车辆|保有量   行政执法监督员|原聘   文件库现收录|文件
_STATE = re.compile(
    "^(?:全[区市县镇省])?(?:登记)?在册|^[\u4e00-\u9fff]{0,8}(?:现有|现存|现收录)|(?:保有量|总量|总数|数量|存量|原聘|登记在册|在册|在岗)$"
)
_BY_RULE = frozenset(("按照", "根据", "依据", "对照", "对标", "围绕", "聚焦", "紧盯", "针对", "坚持"))
_CONVENERS = words("labels", "conveners", "endings")
_CHECKS = words("labels", "checks", "endings")
_LEFT_OVER = ("结转", "上年", "未结", "存案", "期初")  # 结转上年未结案件22件,新收|案件
_QUOTES = 2
_SHORTEST_BARE = 2
PERSONS = frozenset("人名")
_LISTS = ("清单", "目录")
_AUDIENCES = ("受众", "居民", "村民", "市民", "职工", "民警", "干部", "群众", "师生", "学生", "人数", "人次")
_FIELDED = ("机构", "热线", "仲裁院")
_SHORTEST_COUNTED = 4
_LONGEST_MODIFIER = 4
_LONGEST_SAME = 7
_LONG_COUNTED = 8
_LONGEST_LIST = 18


_NOTHING = Fragment()


class Scene(Surroundings):
    """The figure at hand with its surroundings, and a memory of what was counted before it in the scope."""

    def __init__(
        self, text: str, split: Sentences, subjects: Subjects, figures: Sequence[Figure], scopes: Sequence[int], openings: Sequence[int]
    ) -> None:
        super().__init__(text, split, subjects, figures, openings)
        self.year: int | None = None  # reported on
        self.memory = Memory()
        self.last: Counted | None = None  # counted just before in the sentence
        self.left = Fragment()  # in front of the figure at hand
        self.left_before = Fragment()  # in front of the figure before
        self.lent = ""  # what the figure at hand lends to nouns behind it, where that is not its own noun
        self.several: list[str] = []  # the things that one figure was said of each of, the last one of the sentence
        self.joining: list[str] = []  # fragments that may hold the two things counted together last: 前者, 后者
        self.coordination: tuple[str, str] | None = None  # the two as they were when last asked for
        self._scopes = scopes
        self._scope: int | None = None
        self._sentence = (-1, -1)

    def enter(self, at: int) -> Figure:
        """Go to the figure with index `at`, forgetting what a new sentence or scope ends."""
        figure = self.figures[at]
        self._at, self.lent, self.left = at, "", _NOTHING
        if self._scopes[at] != self._scope:
            self._scope, self.memory, self.last, self.coordination, self.joining = self._scopes[at], Memory(), None, None, []
        if figure.sentence != self._sentence:
            self._sentence, self.last, self.several = figure.sentence, None, []
            self.memory.new_sentence()
            self.memory.channel = hotline_in(self.text[figure.sentence[0] : figure.quantity.start])
        elif at and (named := hotline_in(self.text[self.figures[at - 1].quantity.end : figure.quantity.start])):
            self.memory.channel = named
        return figure

    def remember(self, figure: Figure, label: Label) -> None:
        """Keep what the figure counts for those behind it."""
        unit, left = figure.quantity.unit, self.left
        rate = unit in RATES or bool(left.change)
        noun = label.noun if label.noun is not None else phrases.noun_phrase(label.text)
        noun = noun.rsplit("的", 1)[-1] if noun.startswith("以") else noun
        noun = "" if noun and label.rule == "noun-before" and noun in BARE_ACTS else noun
        governed = bool(left.preposition) and not left.verb
        theme = self.lent or ("" if rate or governed else theme_of(noun))
        self.left_before = left
        self.last = Counted(
            unit,
            noun,
            left.verb,
            label.text,
            label.sub,
            rate,
            governed,
            theme,
            figure.segment[0],
            figure.left.lstrip().startswith(("、", "和", "及")),
            label.rule in ("respectively", "each"),
        )
        self.memory.keep(self.last)
        if left.actor.endswith(_CONVENERS) or noun.endswith(_CONVENERS):
            self.memory.meeting = left.actor if left.actor.endswith(_CONVENERS) else noun

    def topic(self, figure: Figure, *, bare: bool = False) -> str:
        """What an elliptic fragment refers to; a `bare` one (2020年为152件) to what its sentence begins with."""
        unit = figure.quantity.unit
        heads = phrases.heads_of(unit)
        if bare and not _TURNED.search(figure.left) and not self.follows_a_figure(figure):
            named = nearest(self.clauses_before(figure)[:1], heads)
            if named:
                return named
        counted = self.memory.counted(unit, heads)
        if counted:
            return _as_counted(counted.noun, heads)
        strong = self.memory.strong()
        if strong and (unit in RATES or strong.noun.endswith(heads) or not heads):
            return strong.noun
        named = nearest(self.clauses_before(figure), heads)
        if named and (named.endswith(heads) or not heads or bare):
            return named
        older = self.memory.counted(unit, heads, older=True)
        if older:
            return _as_counted(older.noun, heads)
        return default_noun(unit) or (strong.noun if strong else named or self.outside())

    def theme(self, figure: Figure, left: Fragment, core: str) -> str:
        """What a noun that says little belongs to; no longer than itself, unless it means nothing alone."""
        place = self._place(left, core)
        return place or self._field(figure, left, core)

    def _place(self, left: Fragment, core: str) -> str:
        """Where or by what means something was done: 便民服务中心|综合窗口, 通过网格排查|上报事件."""
        longest = _longest_theme(left, core)
        field = _field_of(left.actor, left.noun)
        if field:
            return field
        by_rule = left.preposition in _BY_RULE  # 按照“应进必进”原则|设置窗口
        if left.means and left.verb and not by_rule and len(left.means) <= longest and not is_weak(left.means):
            return left.means
        last = self.last
        if left.actor and last is not None and last.noun == left.actor and last.unit in PERSONS:  # 86名专职网格员|上报事件7230件
            return left.actor
        named = left.actor and not names_body(left.actor) and not _PRONOUN.match(left.actor)
        if named and len(left.actor) <= LONGEST_THEME:
            return left.actor
        return self.memory.place if len(self.memory.place) <= max(longest, 8) and not is_relational(left.noun) else ""

    def _field(self, figure: Figure, left: Fragment, core: str) -> str:
        """What it is about: 特种设备|隐患, 营商环境|意见建议."""
        longest = _longest_theme(left, core)
        main = self.memory.main()
        if left.noun.endswith(_AUDIENCES):  # 开展主题活动430场,发放资料6.8万份,|受众12万人次
            main = self.memory.occasion() or main
        owner = owner_of(main.noun) if main and main.noun else ""
        if is_relational(left.noun) and main and (main.theme or owner):
            return self.memory.shared(main, cut(main.theme if main.theme and names_people(main.noun) else owner or main.theme, longest))
        limit = LONGEST_THEME if is_relational(left.noun) else max(len(core), 10 if len(left.noun) <= 2 else 8)
        near = "" if names_body(left.actor) else self.adjacent(figure)  # 整合网格力量,|街道人民调解委员会受理纠纷
        if not near and self.other_hands(figure):  # 承接权限286项,|行政审批局|实行“一枚印章管审批”,办件5.26万件
            return ""
        for theme, most in (
            (near, limit),
            (self.memory.strong_theme(), longest),
            ("" if names_body(left.actor) else self.named_before(figure), limit),
            ("" if names_body(left.actor) else self.outside(), longest),
        ):
            if theme and len(theme) - (_QUOTES if theme[0] == "“" else theme.count("、")) <= most:
                return theme
        fits = (
            main
            and 2 <= len(main.noun) <= longest
            and main.noun != left.noun
            and not (left.listed or is_weak(main.noun) or names_people(main.noun) or main.noun == left.actor)
        )
        return main.noun if main and fits else ""

    def check(self, figure: Figure) -> str:
        """The check by which something is found: 开展联合检查18次,检查机构412家,|发现问题97个 -> 联合检查; else empty."""
        near = self.adjacent(figure)
        if near:
            return near if near.endswith(_CHECKS) and len(near) <= LONGEST_THEME else ""
        found = ""
        for item in reversed(self.memory.here):
            if item.noun.endswith(_CHECKS):
                return cut(item.noun, _LONG_COUNTED)
            found = found or (item.verb if item.verb.endswith(_CHECKS) else "")
        return found

    def with_theme(self, verb: str, noun: str, figure: Figure, left: Fragment) -> tuple[str, str]:
        """Label and noun of 隐患, 意见建议, 摊位 with what they belong to in front."""
        occasion = occasion_of(left.actor)
        if occasion:
            return join(occasion, verb + noun), join(occasion, noun)
        full = self.full_name(noun)
        if full != noun:
            return verb + full, full
        main = self.memory.main()
        if noun == "事项" and main and main.noun.endswith(_LISTS):  # 发布不予处罚清单3批,共涉及|142项|事项
            full = cut(main.noun, LONGEST_THEME) + noun
            return full, full
        theme = self.theme(figure, left, verb + noun)
        if not theme and left.listed and len(left.listed) <= _LONGEST_LIST:
            return verb + left.listed, noun
        if not theme or verb.startswith("被"):
            return verb + noun, noun
        if noun in theme and not theme.endswith(noun):  # 健全医患纠纷化解机制: 受理|纠纷 are 医患纠纷
            full = theme[: theme.index(noun) + len(noun)]
            full = full if 1 < len(full) - len(noun) <= _LONGEST_MODIFIER else noun
            return verb + full, full
        self.lent = theme
        if theme.endswith(noun[-2:]) and len(noun) <= 4 and len(theme) <= _LONGEST_SAME:  # 梳理现行制度 -> 梳理内部管理制度
            return verb + theme, theme
        return join(theme, verb + noun), join(theme, noun)

    def full_name(self, noun: str) -> str:
        """The full name where the label abbreviates it: 决策 -> 重大行政决策."""
        if not 2 <= len(noun) <= 6:
            return noun
        for item in chain(reversed(self.memory.here), reversed(self.memory.older)):
            if noun not in item.noun:
                continue
            if item.noun.startswith(_LEFT_OVER):
                continue
            name = _STATE.sub("", item.noun)
            at = name.find(noun)
            if at > 1 and at + len(noun) <= LONGEST_THEME and not any(token.kind == "v" for token in tokenize(name[:at])):
                return name[: at + len(noun)]
        return noun


def _field_of(actor: str, noun: str) -> str:
    """What a body deals with, by its name: 市医疗纠纷人民调解委员会 with 纠纷 医疗纠纷, 法律援助机构 法律援助."""
    name = without_region(actor)
    at = name.find(noun) if len(noun) > 1 else -1
    if at > 0:
        return name[: at + len(noun)]
    return next((name.removesuffix(end) for end in _FIELDED if name.endswith(end) and len(name) - len(end) >= 4), "")


def _longest_theme(left: Fragment, core: str) -> int:
    """How long a theme may be: as long as what it is put in front of, more where that says nothing alone."""
    if is_relational(left.noun):
        return LONGEST_THEME
    return max(len(core), 12 if len(left.noun) <= 2 else 8 if len(core) <= 4 else 0)


def default_noun(unit: str) -> str:
    """What a bare count with this unit counts when nothing says it: 案件 with 件."""
    return _DEFAULT_NOUNS.get(unit, "")


def _as_counted(noun: str, heads: tuple[str, ...]) -> str:
    """重大行政决策事项目录 counts 事项, 执法车辆保有量 counts 执法车辆: without the paper that lists them and the state they are in."""
    bare = _STATE.sub("", noun)
    noun = bare if len(bare) >= (_SHORTEST_BARE if noun.endswith("保有量") else _SHORTEST_COUNTED) else noun
    thing = noun.rsplit("的", 1)[-1]
    noun = thing if len(noun) > _LONG_COUNTED and len(thing) >= _SHORTEST_COUNTED else noun
    if not noun.endswith(heads):
        for paper in ("目录", "清单"):
            if noun.endswith(paper) and noun.removesuffix(paper).endswith(heads):
                return noun.removesuffix(paper)
    return noun
