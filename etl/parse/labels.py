"""What each figure counts, as a column title.

In: folded text, its figures and what their measures are about. Out: the labels of each figure (several where one number is said of
several things). The noun stands in front of the number (承办建议176件), behind it (47件行政诉讼案件) or in an earlier clause
(新增3项); a noun that says little alone (隐患1507处) takes what it belongs to in front.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parse import phrases, series
from etl.parse.clauses import BODY_ENDINGS, Fragment, noun_of, read_left, read_right
from etl.parse.figures import Figure
from etl.parse.lexicon import load, word_pattern, words
from etl.parse.sentences import Sentences
from etl.parse.series import Label
from etl.parse.subjects import actor
from etl.parse.topics import Counted, Memory, about, cut, is_each, is_relational, is_weak, join, nearest, stem, theme_of

_SUB = re.compile(r"其中|^\s*[(]")
_RATES = frozenset("%‰") | {"个百分点", "倍", ""}
_BARE_RATE = re.compile(r"^(?:[\u4e00-\u9fff]{0,5}[率度]|[\u4e00-\u9fff]{0,1}(?:占比|比重|比例))$")
# 占审结数的   占全国   占
_SHARE = re.compile(r"^占(?P<whole>[^,]*?)的?(?:比重|比例|比)?(?:达到?|为)?$")
# 结论被撤销的占
_SHARE_BEHIND = re.compile(r"^(?P<part>[^,]{2,}?)的?占$")
# 是规定数的|1.4倍   完成年度目标的|115%
_TOWARDS = frozenset(("向", "与", "为", "被", "以", "对"))
# 、2018年的   升至
_YEARS_ON = re.compile(
    rf"(?:、|和|及|由|从)(?:(?:19|20)[0-9]{{2}}年度?|[上去]年)的?$|{word_pattern('words', 'links')}(?:(?:19|20)[0-9]{{2}}年度?的?)?$"
)
_PER = re.compile(r"(?:日|月|年|人|户|村|周)均")
_TIMES = re.compile(r"^(?:是|为|相当于)(?P<base>[^,]{2,10})的$")
_OF_TARGET = re.compile(r"^(?:完成|达到)?(?P<target>[^,]{0,8}(?:目标|任务|计划|预算)数?)的$")
_NO_NOUN_BEHIND = re.compile(r"^(?:[、)\]”和及与或,;。:!?]|以及|$)")
_JOINT_BEHIND = re.compile(r"(?:、|和|及|以及|与)\s*$")
_JOINT_BEFORE = re.compile(r"^\s*(?:、|和|及|以及|与|,)\s*")
_EDGES = "、,;:。!? \n"
_REGION = re.compile(r"^(?:全[区市县镇省街乡]|本[区市县镇]|[我该][区市县镇局]|辖区内?|区内|市内|区级|共)$")
_PLACES = words("phrases", "places", "endings")
_THINGS = frozenset("名人家个位户所支")
_NAMED_UNITS = {"人次": "人次", "批次": "批次"}  # these units name what is counted: 旁听庭审人次, 随机抽查批次
_PERSON_NOUNS = ("人", "人数", "群众", *words("phrases", "people", "endings"))
_LED = frozenset(("次", "件", "场", "个", "项", "起"))
_DURATIONS = frozenset(("天", "个工作日", "小时", "分钟", "个月", "工作日"))
_OF_REGION = re.compile(r"^(?:全[区市县镇省街乡]|[我本][区市县镇局委办院]|街道|[区市县镇乡])(?=[\u4e00-\u9fff“]{3,})")
_PRONOUN = re.compile(r"^(?:我[区市县镇局委办院处]|全[区市县镇系]统?)")
_SHORT_LEAD = 24
# 1.41万件|降到2024年的|1.18万件: leads over to the next figure
_TO_NEXT = re.compile(rf"(?:{word_pattern('words', 'links')}|{word_pattern('words', 'change')}|[由从至到])")
# 从类型看   按领域分
_BY_CLASS = re.compile(r"(?:从|按|分)[\u4e00-\u9fff]{0,4}(?:类型|类别|领域|性质|来源|区域|种类|行业)[\u4e00-\u9fff]{0,2}[看分]")
_LEADER = re.compile(r"(?:主要)?(?:负责人|负责同志|领导)|书记|[局镇县区市乡][长]|第一责任人")
_CONVENERS = words("phrases", "conveners", "endings")
_PUBLIC = frozenset(words("phrases", "public", "verbs"))
_PUBLIC_UNITS = frozenset(words("phrases", "public", "units"))
_TAKING_PART = frozenset(words("phrases", "participation", "words"))
_CAUSATIVE = frozenset(words("phrases", "causative", "verbs"))
_DEFAULT_NOUNS: dict[str, str] = load("phrases")["default_nouns"]
_IMPLIED: dict[str, str] = load("phrases")["implied"]
_OCCASIONS = frozenset(words("phrases", "occasions", "units"))
_LONGEST = 26
_LONGEST_PREDICATE = 14


def label_figures(text: str, split: Sentences, figures: list[Figure], scopes: list[int], openings: Sequence[int]) -> list[list[Label]]:
    """At least one label a figure, in order.

    Args:
        text: the folded text.
        split: its sentences and clauses.
        figures: its figures.
        scopes: a number for the measure or block of each; figures refer to each other only within one.
        openings: where the measure or block of each figure starts; its first words say what it is about.
    """
    return _Labeller(text, split, figures, scopes, openings).run()


class _Labeller:
    """Walks the figures once and remembers what was counted."""

    def __init__(self, text: str, split: Sentences, figures: list[Figure], scopes: list[int], openings: Sequence[int]) -> None:
        self._text = text
        self._split = split
        self._figures = figures
        self._scopes = scopes
        self._openings = openings
        self._memory = Memory()
        self._sentence = (-1, -1)
        self._scope: int | None = None
        self._at = 0
        self._left = self._before = Fragment()
        self._lent = ""  # what the figure at hand lends to nouns behind it, where that is not its own noun
        self._last: Counted | None = None
        self._ready: dict[int, Label] = {}

    def run(self) -> list[list[Label]]:
        labels = []
        for i, figure in enumerate(self._figures):
            self._enter(i, figure)
            found = [self._tidy(label, figure) for label in self._labels(i, figure)]
            labels.append(found)
            self._remember(figure, found[-1])
        return labels

    def _enter(self, i: int, figure: Figure) -> None:
        self._at, self._lent, self._left = i, "", Fragment()
        if self._scopes[i] != self._scope:
            self._scope, self._memory, self._last = self._scopes[i], Memory(), None
        if figure.sentence != self._sentence:
            self._sentence, self._last = figure.sentence, None
            self._memory.new_sentence()

    def _remember(self, figure: Figure, label: Label) -> None:
        unit = figure.quantity.unit
        rate = unit in _RATES or bool(self._left.change)
        noun = label.noun if label.noun is not None else phrases.noun_phrase(label.text)
        governed = bool(self._left.preposition) and not self._left.verb
        theme = self._lent or ("" if rate or governed else theme_of(noun))
        self._before = self._left
        self._last = Counted(unit, noun, self._left.verb, label.text, label.sub, rate, governed, theme)
        self._memory.here.append(self._last)

    def _labels(self, i: int, figure: Figure) -> list[Label]:
        if i not in self._ready:
            self._ready.update(series.respectively(self._figures, i))
        if i not in self._ready and i + 1 < len(self._figures):
            pair = series.before_and_after(self._text, figure, self._figures[i + 1])
            if pair:
                self._ready.update({i: pair[0], i + 1: pair[1]})
        if i in self._ready:
            return [self._completed(self._ready.pop(i), figure)]
        if self._respective_changes(i, figure):
            return [self._ready.pop(i)]
        several = series.each(figure)
        if several:
            return [self._completed(label, figure) for label in several]
        return [self._ordinary(i, figure)]

    def _respective_changes(self, i: int, figure: Figure) -> bool:
        """来访57批、136人次,同比分别下降21.9%、30.3%: the changes of the counts before, one each."""
        left = read_left(figure.left.replace("分别", "")) if "分别" in figure.left else Fragment()
        if not left.change or left.phrase:
            return False
        count = 1
        while i + count < len(self._figures) and self._figures[i + count].joined:
            count += 1
        before = self._memory.here[-count:]
        if count < 2 or len(before) < count:
            return False
        self._ready.update({i + k: Label(item.label + left.change, "respectively") for k, item in enumerate(before)})
        return True

    def _ordinary(self, i: int, figure: Figure) -> Label:
        own = _JOINT_BEFORE.sub("", figure.left)
        shared = (
            _JOINT_BEHIND.search(own) is not None
            and self._last is not None
            and not self._last.sub
            and i > 0
            and self._figures[i - 1].right == figure.left
        )
        own = "" if shared else own  # 16个村、|9个站所签订责任书: what stands between belongs to the figure before
        left = _without_actor(own)
        sub = bool(_SUB.search(figure.left)) or figure.bracketed
        member = (
            sub or (self._last is not None and self._last.sub and figure.left.lstrip().startswith("、")) or self._by_class(figure, left)
        )
        bare = not own.strip()
        right = figure.right.strip()
        behind = not (_NO_NOUN_BEHIND.match(right) or _TO_NEXT.match(right))
        if bare and (figure.joined or shared) and self._last is not None:
            left = self._before if behind else left
        self._left = left
        if left.actor.endswith(_PLACES):
            self._memory.place = cut(_OF_REGION.sub("", left.actor), 8)
        if behind:
            return self._noun_behind(i, figure, left, member)
        if bare and figure.joined and self._last is not None:
            return Label(self._last.label, "same-as-before", member, noun=self._last.noun)
        if not figure.right and i + 1 < len(self._figures) and self._figures[i + 1].quantity.start == figure.quantity.end:
            return Label(left.verb + read_right(self._figures[i + 1].right.strip()).noun, "noun-behind", member)  # 12类|45件民生实事
        return self._noun_before(figure, left, member)

    # the noun behind the number

    def _noun_behind(self, i: int, figure: Figure, left: Fragment, member: bool) -> Label:
        behind = read_right(figure.right.strip())
        predicate = behind.predicate or self._shared_predicate(i, figure)
        noun = behind.noun
        if not noun and (left.noun or left.means):
            governed = left if left.noun else left._replace(noun=left.means, means="", preposition="")
            return self._noun_before(figure, governed, member)
        if not noun:
            return self._predicate_behind(figure, predicate, member)
        action, self._lent = _action(predicate)
        self._acted = read_left(predicate).noun if predicate and not read_left(predicate).verb else ""
        if left.verb and not (action and left.verb in _CAUSATIVE):
            text = left.verb + noun
            if is_weak(noun):
                text, noun = self._with_theme(left.verb, noun, figure, left)
            elif left.actor and not left.actor.endswith(BODY_ENDINGS) and len(left.actor) <= len(text):
                text = left.actor + text
            return Label(text, "noun-behind", member, noun=noun)
        modifier = self._modifier(figure, left)
        whole_region = _REGION.match(figure.left.strip(_EDGES)) is not None and len(noun) > 3
        if modifier:
            return Label(join(modifier, noun), "noun-behind", member, noun=noun)
        if action and "的" not in noun and not whole_region:
            of = "" if action == self._acted else "的"
            return Label(f"{action}{of}{noun}", "predicate", member, noun=noun)
        text = noun = self._full_name(noun)
        if is_weak(noun):
            text, noun = self._with_theme("", noun, figure, left)
        return Label(text, "noun-behind", member, noun=noun)

    def _modifier(self, figure: Figure, left: Fragment) -> str:
        """对现行|40件|规范性文件: what describes the noun stands in front of the number."""
        described = left.means if left.preposition and not left.verb else left.noun
        ends = figure.left.rstrip().endswith(("的", "等", "和", "及", "与", "、"))
        fit = (
            described
            and not ends
            and not is_weak(described)
            and not _REGION.match(described)
            and not described.endswith(BODY_ENDINGS)
            and len(described) <= 8
        )
        return described if fit else ""

    def _shared_predicate(self, i: int, figure: Figure) -> str:
        """对5个街道和8个部门|开展法治督察: the predicate behind the last of the joined nouns."""
        for k in range(i, min(i + 4, len(self._figures) - 1)):
            if self._figures[k + 1].clause != figure.clause or not _JOINT_BEHIND.search(self._figures[k].right):
                return ""
            predicate = read_right(self._figures[k + 1].right.strip()).predicate
            if predicate:
                return predicate
        return ""

    def _predicate_behind(self, figure: Figure, predicate: str, member: bool) -> Label:
        """0.5个工作日办结, 半数以上被采纳, 6名作现场述法: what was said before, by what happens to it."""
        topic = self._topic(figure)
        action = _action(predicate)[0] or predicate.strip(_EDGES)
        unit = figure.quantity.unit
        if unit in _RATES:
            return Label(f"{action}的{topic}占比" if topic else action, "predicate", member, noun=topic)
        if unit in _DURATIONS:
            return Label(join(self._last.noun if self._last else topic, action) + "时间", "predicate", member, noun=topic)
        if unit in _THINGS and topic:
            return Label(f"{action}的{topic}", "predicate", member, noun=topic)
        return Label(join(topic, action), "predicate", member, noun=topic)

    # the noun in front of it

    def _noun_before(self, figure: Figure, left: Fragment, member: bool) -> Label:
        share = _SHARE.match(figure.left.strip(_EDGES + "和及与").removeprefix("分别"))
        if share:
            return Label(self._share(share["whole"]), "share", member)
        related = self._related(figure)
        if related:
            return Label(related, "share", member)
        if left.change:
            return Label(self._changed(figure, left), "change", member)
        if figure.quantity.unit in _RATES and _BARE_RATE.match(left.phrase):
            return Label(self._rate(left.phrase, figure), "rate", member)
        if not left.noun or _REGION.match(left.phrase):
            return self._elliptic(figure, left if not left.noun else Fragment(), member)
        if is_each(left.noun):
            return self._each_of(left.noun)
        if member and not left.verb:
            return self._member(figure, left.noun)
        return self._plain(figure, left, member)

    def _class(self, figure: Figure, noun: str) -> str:
        """医疗卫生类211件, 其他47件: a class takes the noun that the unit counts."""
        known = self._memory.counted(figure.quantity.unit)
        head = phrases.head_of(known.noun, figure.quantity.unit) if known else ""
        return noun + (head or _DEFAULT_NOUNS.get(figure.quantity.unit, ""))

    def _plain(self, figure: Figure, left: Fragment, member: bool) -> Label:
        """承办建议176件, 法律顾问2名."""
        if left.noun.startswith(("我区", "我市", "我县", "本区", "本市", "全区", "全市")) and "的" in left.noun:
            left = left._replace(noun=left.noun.split("的", 1)[1])
        text, noun = left.phrase, left.noun
        if not left.verb and phrases.names_a_class(noun):
            return Label(self._class(figure, noun), "class", member)
        if left.preposition in ("向", "为") and left.verb and len(left.means) <= 4:
            text = left.preposition + left.means + text
        if is_weak(noun):
            text, noun = self._with_theme(left.verb, noun, figure, left)
        elif len(noun) <= 3 and not left.verb and figure.left.startswith("、") and self._last is not None and self._last.theme:
            self._lent = self._last.theme  # 营商环境监督员40名、监测点25个
            text = noun = join(self._last.theme, noun)
        elif left.actor and (self._is_counted(left.actor) or (len(left.actor) <= len(text) and not left.actor.endswith(BODY_ENDINGS))):
            text = left.actor + text
        elif left.actor.endswith(_CONVENERS) or (left.actor and left.light and not left.actor.endswith(BODY_ENDINGS)):
            text = left.actor + text
        elif figure.quantity.unit in ("人", "名") and left.actor.endswith(("队", "所", "站")):
            text = _OF_REGION.sub("", left.actor) + text
        else:
            noun = self._full_name(noun)
            text = self._shared_verb(figure, left, noun) + text.replace(left.noun, noun)
        return Label(text, "noun-before", member, noun=noun)

    def _shared_verb(self, figure: Figure, left: Fragment, noun: str) -> str:
        """承办建议176件、|提案140件: the verb of a coordination stands in front of its first member."""
        shared = self._last is not None and not left.verb and figure.left.lstrip().startswith(("、", "和", "及"))
        verb = self._last.verb if shared and self._last and figure.quantity.unit not in _RATES else ""
        if verb and len(verb) <= len(noun) and not noun.startswith(verb):
            self._left = left._replace(verb=verb)
            return verb
        return ""

    def _is_counted(self, actor: str) -> bool:
        """邀请16名代表|列席会议5次: who acts was just counted."""
        return self._last is not None and self._last.noun == actor

    def _each_of(self, noun: str) -> Label:
        """每个居民区不少于10名, 平均每案10.56万元: what there is of it."""
        main = self._memory.main()
        return Label(noun + (main.noun or main.label if main else ""), "average")

    def _share(self, whole: str) -> str:
        last = self._last
        part = "" if last is None else last.label
        if "的" in part and len(part) > 14:
            part = part.split("的", 1)[0]
        if last is not None and last.noun and part.endswith(last.noun) and len(part) - len(last.noun) >= 4:
            part = part.removesuffix(last.noun)
        whole = phrases.strip_openers(whole)
        return f"{part}占{whole}比例" if whole else f"{part}占比"

    def _related(self, figure: Figure) -> str:
        """是规定数的1.4倍, 完成年度目标的115%, 结论被撤销的占1%: a figure by what it is compared with."""
        if figure.quantity.unit not in _RATES:
            return ""
        text = figure.left.strip(_EDGES + "和及与")
        last = self._last.label if self._last else ""
        times, target, part = _TIMES.match(text), _OF_TARGET.match(text), _SHARE_BEHIND.match(text)
        if times:
            return f"{last}与{times['base']}之比"
        if target:
            return f"{last}{target['target']}完成率"
        return f"{noun_of(part['part'])}占比" if part else ""

    def _changed(self, figure: Figure, left: Fragment) -> str:
        noun = left.phrase or left.actor
        if noun and not (is_weak(noun) or noun in ("平均", "总体")):
            return left.actor + noun + left.change if left.actor and left.actor != noun and len(left.actor) <= 6 else noun + left.change
        main = self._memory.main() or self._last
        if figure.quantity.unit in _RATES and self._last is not None:
            main = self._last if not self._last.sub and not noun else main
        topic = main.label if main else self._topic(figure)
        return join(topic, noun) + left.change

    def _rate(self, rate: str, figure: Figure) -> str:
        """成功率, 办结率: of the figure that names what the rate is of, else of the main one; a joined second rate shares the first one's."""
        last = self._last
        if last is not None and last.rate and figure.left.lstrip().startswith("、") and last.label.endswith("率") and len(last.label) > 5:
            return last.label[:-3] + rate
        of = stem(rate)[-2:]
        opposite = f"不{of}"
        for item in reversed(self._memory.here):
            if len(of) == 2 and not item.rate and of in item.label and opposite not in item.label:
                if of == "成功" and item.verb:
                    return item.noun.removeprefix("各类") + item.verb.replace(of, "") + rate
                return join(item.noun or item.label, rate)
        mains = [item for item in self._memory.here if not (item.sub or item.rate) and opposite not in item.label]
        topic = mains[-1].noun or mains[-1].label if mains else self._outside()
        return join(cut(topic, 14), rate)

    def _elliptic(self, figure: Figure, left: Fragment, member: bool) -> Label:
        """新增3项, 审结147件, 以调解方式结案59件."""
        if left.verb and left.actor and not left.actor.endswith(BODY_ENDINGS):
            return Label(left.verb + left.actor, "noun-before", member, noun=left.actor)
        verb = left.verb
        if left.preposition in _TOWARDS and verb and len(left.means) <= 8:
            verb = (left.preposition if left.preposition in ("向", "与", "为") else "") + left.means + verb
        elif left.means and not verb:
            verb = left.means
        if verb in _IMPLIED:
            return Label(verb + _IMPLIED[verb], "implied", member, noun=_IMPLIED[verb])
        if (
            (phrases.is_activity(verb) or len(verb) > 3) and figure.quantity.unit in _OCCASIONS and left.preposition not in _TOWARDS
        ):  # 集中学法8次
            if self._last is not None and self._last.noun.endswith(verb):
                return Label(self._last.noun, "activity", member, noun=verb)  # 《…法》培训28场、培训3200人次
            theme = left.actor if left.actor.endswith(_CONVENERS) else ""
            return Label(join(theme, verb), "activity", member, noun=verb)
        if verb in _PUBLIC and figure.quantity.unit in _PUBLIC_UNITS:
            return Label(join(self._theme(figure, left, verb + "群众"), verb + "群众"), "public", member, noun="群众")
        if not (verb or left.means) and self._last is not None and figure.quantity.unit == self._last.unit and _YEARS_ON.match(figure.left):
            return Label(self._last.label, "same-as-before", member, noun=self._last.noun)
        if not verb and _PER.match(figure.left.strip(_EDGES)) and self._last:
            return Label(_PER.match(figure.left.strip(_EDGES)).group() + self._last.label, "average", member, noun=self._last.noun)
        topic = self._topic(figure, bare=not verb)
        if verb in _TAKING_PART:
            return Label(topic + verb, "ellipsis", member, noun=topic)
        if member and len(verb) > 3:
            topic = phrases.head_of(topic, figure.quantity.unit) or topic
        return Label(verb + topic, "ellipsis", member, noun=topic)

    def _by_class(self, figure: Figure, left: Fragment) -> bool:
        """从类型看,土地山林131件;邻里118件: bare nouns behind such an opening are parts."""
        return not left.verb and bool(left.noun) and _BY_CLASS.search(self._text, figure.sentence[0], figure.quantity.start) is not None

    def _member(self, figure: Figure, noun: str) -> Label:
        """其中食品药品领域402件: a part takes over the noun and the verb of its whole."""
        unit = figure.quantity.unit
        if unit in _RATES:
            return Label(noun, "part", True, noun=noun)
        whole = next((item for item in reversed(self._memory.here) if item.unit == unit and not item.sub), None) or self._memory.main()
        whole = whole or self._memory.counted(unit, older=True)
        if whole is None:
            return Label(noun + _DEFAULT_NOUNS.get(unit, "") if phrases.names_a_class(noun) else noun, "part", True, noun=noun)
        base = whole.noun
        if base and unit == whole.unit and not phrases.ends_in_head(noun, unit) and not base.endswith(noun) and noun not in base:
            noun += base if len(noun) < 4 and len(base) <= 8 else phrases.head_of(base, unit) or base
        verb = whole.verb if len(whole.verb) <= 4 else ""
        return Label(noun if verb and noun.startswith(verb) else verb + noun, "part", True, noun=noun)

    # what is left out

    def _topic(self, figure: Figure, *, bare: bool = False) -> str:
        """What an elliptic fragment refers to; a `bare` one (2020年为152件) to what its sentence begins with."""
        unit = figure.quantity.unit
        heads = phrases.heads_of(unit)
        counted = self._memory.counted(unit)
        if counted:
            return _as_counted(counted.noun, heads)
        strong = self._memory.strong()
        if strong and (unit in _RATES or strong.noun.endswith(heads) or not heads):
            return strong.noun
        named = nearest(self._clauses_before(figure), heads)
        if named and (named.endswith(heads) or not heads or bare):
            return named
        older = self._memory.counted(unit, older=True)
        if older:
            return _as_counted(older.noun, heads)
        return _DEFAULT_NOUNS.get(unit, "") or (strong.noun if strong else named or self._outside())

    def _with_theme(self, verb: str, noun: str, figure: Figure, left: Fragment) -> tuple[str, str]:
        """隐患, 意见建议, 摊位: label and noun with what they belong to in front."""
        theme = self._theme(figure, left, verb + noun)
        if not theme or (noun in theme and not theme.endswith(noun)):
            return verb + noun, noun
        self._lent = theme
        if theme.endswith(noun[-2:]) and len(noun) <= 4:  # 梳理现行制度 -> 梳理内部管理制度
            return verb + theme, theme
        return join(theme, verb + noun), join(theme, noun)

    def _theme(self, figure: Figure, left: Fragment, core: str) -> str:
        """What a noun that says little belongs to; no longer than itself, unless it means nothing alone."""
        longest = 14 if is_relational(left.noun) else max(len(core), 10 if len(left.noun) <= 2 else 8 if len(core) <= 4 else 0)
        if left.means and left.verb and len(left.means) <= longest and not is_weak(left.means):
            return left.means
        if left.actor and not left.actor.endswith(BODY_ENDINGS) and len(left.actor) <= 14:
            return left.actor
        if is_relational(left.noun):
            main = self._memory.main()
            if main and (main.theme or main.noun):
                return cut(main.theme or main.noun, longest)
        if self._memory.place and len(self._memory.place) <= max(longest, 8):
            return self._memory.place
        strong = self._memory.strong()
        for theme in (strong.theme if strong else "", nearest(self._clauses_before(figure), ()), self._outside()):
            if theme and len(theme) <= longest:
                return theme
        return ""

    def _clauses_before(self, figure: Figure) -> list[str]:
        """The clauses without figures in front of the figure's own in its sentence, nearest first."""
        start, end = figure.sentence[0], figure.clause[0]
        spans = self._split.clauses(start, end)[-4:] if start < end else []
        counted = {other.clause[1] for other in self._figures[max(0, self._at - 12) : self._at]}
        return [self._text[a:b] for a, b in reversed(spans) if b not in counted]

    def _outside(self) -> str:
        """What the sentence before says when it is a short one without figures, else what the measure begins with."""
        start = self._openings[self._at]
        sentence = self._figures[self._at].sentence[0]
        if start < sentence:
            lead = self._split.sentence(sentence - 1 if not self._text[sentence - 1].isspace() else max(start, sentence - 2))
            if lead[0] >= start and lead[1] - lead[0] <= _SHORT_LEAD and not any(c.isdigit() for c in self._text[slice(*lead)]):
                topic = about(self._text[slice(*lead)])
                if topic:
                    return topic
        clause = self._split.clause(start)
        opening = self._text[max(start, clause[0]) : min(clause[1], start + 60)]
        return about(opening) if not any(char.isdigit() for char in opening) else ""

    def _led(self, text: str, figure: Figure) -> str:
        """Plans and what leaders did say so: 计划评查案卷, 行政许可办结率目标, 主要负责人出庭应诉."""
        suffix = _NAMED_UNITS.get(figure.quantity.unit)
        if suffix and len(text) >= 4 and not text.endswith((suffix, *_PERSON_NOUNS)) and not self._left.change:
            text += suffix
        if figure.part == "plan" and text:
            rate = figure.quantity.unit in _RATES
            return text if text.startswith("计划") or text.endswith("目标") else f"{text}目标" if rate else f"计划{text}"
        if figure.part == "leadership" and 4 <= len(text) <= 6 and figure.quantity.unit in _LED and not _LEADER.search(text):
            opening = self._text[figure.sentence[0] : min(figure.sentence[0] + 24, figure.quantity.start)]
            if _LEADER.search(opening):
                return f"主要负责人{text}"
        return text

    def _full_name(self, noun: str) -> str:
        """The full name where the label abbreviates it: 决策 -> 重大行政决策."""
        if not 2 <= len(noun) <= 6:
            return noun
        for item in (*reversed(self._memory.here), *reversed(self._memory.older)):
            at = item.noun.find(noun)
            if at > 1 and at + len(noun) <= 14:
                return item.noun[: at + len(noun)]
        return noun

    def _completed(self, label: Label, figure: Figure) -> Label:
        """A series label that is only verbs, a bare rate or a stage takes the topic."""
        text, noun = label.text, label.noun
        if text.startswith("(") or not text:
            topic = self._topic(figure)
            text, noun = topic + text, topic
        elif _BARE_RATE.match(text) and figure.quantity.unit in _RATES:
            text = self._rate(text, figure)
        elif text.endswith("占比") and len(text) <= 6:
            main = self._memory.main()
            text = join(main.noun if main else "", text)
        elif phrases.is_verbs_only(text):
            noun = self._topic(figure)
            text += noun
        return label._replace(text=text, noun=noun)

    def _tidy(self, label: Label, figure: Figure) -> Label:
        text = _PRONOUN.sub("", re.sub(r"\s+", "", label.text).strip(_EDGES)).lstrip("的")
        text = self._led(text, figure)
        if len(text) > _LONGEST:
            text = cut(text, _LONGEST)
        return label._replace(text=text or figure.quantity.unit or "数量", left=self._left)


def _without_actor(fragment: str) -> Fragment:
    """The fragment read behind the organisation that opens it, which stays its actor."""
    found = actor(fragment)
    if found is None or not found.name or len(fragment) - found.end < 2:
        return read_left(fragment)
    left = read_left(fragment[found.end :])
    return left if left.actor else left._replace(actor=found.name)


def _as_counted(noun: str, heads: tuple[str, ...]) -> str:
    """重大行政决策事项目录 counts 事项: without the paper that lists them."""
    if not noun.endswith(heads):
        for paper in ("目录", "清单"):
            if noun.endswith(paper) and noun.removesuffix(paper).endswith(heads):
                return noun.removesuffix(paper)
    return noun


def _action(predicate: str) -> tuple[str, str]:
    """What a predicate says of the noun in front of it, short enough for a label, and the noun that it lends to what follows.

    进行重大执法决定法制审核 -> 重大执法决定法制审核, the same; 发布免罚清单 -> 发布免罚清单, 免罚清单.
    """
    if not predicate:
        return "", ""
    what = read_left(predicate)
    action = what.phrase or (what.preposition + what.means if what.preposition in ("到", "被", "由", "通过", "经") else "")
    short = action if len(action) <= _LONGEST_PREDICATE else what.noun[-_LONGEST_PREDICATE:]
    return short, theme_of(what.noun)
