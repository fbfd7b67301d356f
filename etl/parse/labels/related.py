"""Figures that are told by another one: shares, rates, growth.

In: the scene and the fragment in front of the number. Out: the text of the label, empty where the figure stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.parse import phrases
from etl.parse.clauses import read_left
from etl.parse.figures import Figure
from etl.parse.fragments import Fragment
from etl.parse.labels.label import Label
from etl.parse.labels.memory import Counted
from etl.parse.labels.scene import RATES, Scene
from etl.parse.labels.surroundings import EDGES
from etl.parse.labels.topics import cut, is_weak, join, names_people, owner_of, stem
from etl.parse.nouns import noun_of
from etl.parse.words import tokenize

_BARE_RATE = re.compile(r"^(?:[\u4e00-\u9fff]{0,5}[率度]|[\u4e00-\u9fff]{0,1}(?:占比|比重|比例))$")
# 占审结数的   占全国   占
_SHARE = re.compile(r"^占(?P<whole>[^,]*?)的?(?:比重|比例|比)?(?:达到?|为)?$")
# 结论被撤销的占   具有法律专业背景的|不足三分之一
_SHARE_BEHIND = re.compile(r"^(?P<part>[^,0-9]{2,}?)(?:的?占|的(?:仅|只)?)$")
# 是规定数的|1.4倍   罚款总额是上年的|1.8倍
_TIMES = re.compile(r"^(?P<what>[^,]*?)(?:是|为|相当于|达)(?P<base>[^,是为]{2,10})的$")
# 网上办理占总量的|3/5
_PART_OF = re.compile(r"^(?P<part>[^,0-9]{2,}?)占(?P<whole>[^,]{2,})的$")
# 法制审核人员占执法人员总数的比例仅为|4.6%
_PROPORTION = re.compile(r"^(?P<part>[^,0-9]{2,}?)占(?P<whole>[^,]{2,}?)的?(?:比例|比重)(?:仍|已|均)?(?:仅?为|达到?|超过?|约)?$")
# 执法人员中具有法律职业资格的占比|不足5%
_AMONG_SHARE = re.compile(r"^(?P<all>[^,中]{2,14})中(?P<what>[^,0-9]{2,12})的(?:占比|比例|比重)(?:仅?为|达到?|超过?|约)?$")
# 群众对法治政府建设的满意度
_OPINION = re.compile(
    r"^(?P<who>[^,对]{0,8})对(?P<what>[^,]{2,16}?)的?(?P<rate>(?:综合|总体)?(?:满意|知晓|认可|支持|信任)[率度])(?:仅?为|达到?|超过?)?$"
)
# 完成年度目标的|115%
_OF_TARGET = re.compile(r"^(?:完成|达到)?(?P<target>[^,]{0,8}(?:目标|任务|计划|预算)数?)的$")
# 低于全省平均水平|8.2个百分点
_LEVELLING = frozenset("增较低高优好快超领")
_LEVELLED = re.compile(
    r"^(?:增速|增幅)?(?:较[\u4e00-\u9fff]{1,6}[快慢高低]|低于|高于|优于|好于|快于|超过|超(?=[全省市区县国年上去目计预平历同])|高出|领先)"
    r"[^,]{2,12}$"
)
# 按期反馈率|均为
_EACH = re.compile(r"^(?P<rate>[\u4e00-\u9fff]{0,5}[率度])(?:均|都)(?:为|达到?|是|在|超过?)?$")
_AVERAGES = ("平均", "总体", "年均", "月均", "日均")
_RESPECTIVELY = re.compile("分别|依次")
_STAGE = re.compile("\\([^)]*[前后]\\)$")  # 工业企业(增加后)|年均增长
_MEASURES = frozenset(("元", "秒", "分钟", "小时", "天", "个工作日", "工作日", "个月", "分"))
_PAID = ("执行", "到位", "拨付", "支付", "缴纳", "收缴", "征缴", "兑付", "发放", "回收", "使用")
_CONCLUDED = ("结案", "办结", "审结", "执结")
_AMOUNT_OF = re.compile("(?:数量|总量|总数|数|量)$")
_OF_BODIES = ("组建", "成立", "设立", "建成", "覆盖", "创建", "达标", "压减", "关停", "撤并")
_EXTENTS = frozenset(("降幅", "增幅", "涨幅", "减幅", "增速"))
_SAME_WHOLE = 3
_WEIGHTS = ("权重占", "分值占")
_HAVING = ("现有", "共有", "已有", "拥有", "设有")
_SHORT_ACTOR = 6
_WHOSE = ("负责人", "企业", "人员", "干部", "群众", "居民")
_SHORT_SAID = 8
_LONG_PART = 14


def is_bare_rate(phrase: str) -> bool:
    """办结率, 占比: a rate that does not say of what."""
    return _BARE_RATE.match(phrase) is not None


def share(scene: Scene, figure: Figure) -> str:
    """占审结数的40.1%: the part and its whole."""
    if figure.quantity.unit not in RATES:
        return ""
    said = figure.left.strip(EDGES + "和及与")
    match = _SHARE.match(said.removeprefix("分别")) or _SHARE.match(phrases.strip_openers(said))  # 上半年|占52%
    if match is None:
        return ""
    last = scene.last
    part = "" if last is None else last.label
    if "的" in part and len(part) > _LONG_PART:
        part = part.split("的", 1)[0]
    if last is not None and last.noun and part.endswith(last.noun) and len(part) - len(last.noun) >= 4:
        said = part.removesuffix(last.noun)
        said = "" if said.endswith(_HAVING) else said  # 辖区现有|示范社区8个,占社区总数的57.1%
        short = said.endswith("的") and len(said) <= _SHORT_SAID
        part = last.noun if not said else said[:-1] + last.noun if short else said.removesuffix("的")
    whole = phrases.strip_openers(match["whole"])
    parts = [token.text for token in tokenize(whole)]
    new = sum(len(text) for text in parts if text not in part)
    same = new <= _SAME_WHOLE and any(len(text) > 1 and text in part for text in parts)
    return f"{part}占比" if same or not whole else f"{part}占{whole}比例"


def compared(scene: Scene, figure: Figure) -> str:
    """是规定数的1.4倍, 完成年度目标的115%, 结论被撤销的占1%: a figure by what it is compared with."""
    text = figure.left.strip(EDGES + "和及与")
    last = scene.last.label if scene.last else ""
    levelled = _LEVELLED.match(text) if last and text[:1] in _LEVELLING else None
    if levelled and figure.quantity.unit in (*RATES, "分", scene.last.unit if scene.last else ""):
        return last + text
    if figure.quantity.unit not in RATES:
        return ""
    if text.endswith(_WEIGHTS):  # 列入绩效考核,权重占|8%
        core = text[:-1]
        return join(scene.adjacent(figure) or scene.theme(figure, Fragment(noun=core), core), core)
    times, target, part = _TIMES.match(text), _OF_TARGET.match(text), _SHARE_BEHIND.match(text)
    opinion = _OPINION.match(text)
    if opinion:
        return f"{opinion['what']}{phrases.strip_openers(opinion['who'])}{opinion['rate']}"
    among = _AMONG_SHARE.match(text)
    if among:
        return f"{among['what']}的{among['all']}占比"
    shared = _PART_OF.match(text) or _PROPORTION.match(text)
    if shared:
        return f"{noun_of(shared['part'])}占{shared['whole']}比例"
    if times and figure.quantity.unit == "倍":
        return f"{noun_of(times['what']) or last}与{times['base']}之比"
    if target:
        return f"{last}{target['target']}完成率"
    counted = noun_of(part["part"]) if part else ""
    return f"{counted}占比" if counted else ""


def changed(scene: Scene, figure: Figure, left: Fragment) -> str:
    """同比增长11.4%, 较上年减少12件: what changed, and how."""
    noun = left.phrase or left.actor or left.means
    if noun and not ((is_weak(noun) and not left.actor) or noun in _AVERAGES):
        longest = _LONG_PART if is_weak(noun) else _SHORT_ACTOR  # 一般程序道路交通事故|死亡人数|下降
        actor = left.actor if left.actor != noun and len(left.actor) <= longest else ""
        return actor + noun + left.change
    if left.change in _EXTENTS and scene.last is not None and scene.last.noun and not noun:
        return scene.last.noun + left.change  # 投诉量同比减少31件,降幅14.7%
    main = scene.memory.main() or scene.last
    if noun and main is not None and main.rate:
        return noun + left.change
    if figure.quantity.unit in RATES and scene.last is not None and not scene.last.sub and not noun:
        main = scene.last
    whole = _STAGE.sub("", main.label) if main else scene.topic(figure)
    return join(whole, noun) + left.change


def respective_others(scene: Scene, at: int) -> dict[int, Label]:
    """Another count of things told apart before, one each.

    来访57批、136人次,同比分别下降21.9%、30.3%; 简易程序、普通程序案件730件和42件,罚款分别为3.8万元和21.5万元;
    火灾起数、死亡人数“双下降”,降幅分别为11.6%和24%.
    """
    figure = scene.figures[at]
    if "分别" not in figure.left and "依次" not in figure.left and not (scene.last and scene.last.told_apart):
        return {}
    left = read_left(_RESPECTIVELY.sub("", figure.left))
    run = _run(scene.figures, at)
    if len(run) < 2 or not (left.change or _RESPECTIVELY.search(figure.left)):
        return {}
    before = scene.memory.here[-len(run) :]
    shares = _SHARE.match(_RESPECTIVELY.sub("", figure.left).strip(EDGES)) if figure.quantity.unit in RATES else None
    fields = scene.coordinated(figure, len(run)) if shares and not shares["whole"] and scene.last else []
    if fields and scene.last:  # 败诉案件14件,主要集中在征收补偿、工伤认定领域,分别占42.9%和28.6%
        return {k: Label(join(field, scene.last.noun) + "占比", "respectively") for (k, _), field in zip(run, fields, strict=True)}
    if shares and len(before) == len(run) and shares["whole"]:  # 结案A件、B件,罚没C万元,分别占全市总量的44%、91%和18%
        return {k: Label(f"{item.label}占{shares['whole']}比例", "respectively") for (k, _), item in zip(run, before, strict=True)}
    if left.change and not left.phrase and len(before) == len(run):
        return {k: Label(item.label + change, "respectively") for (k, change), item in zip(run, before, strict=True)}
    kind = _AMOUNT_OF.sub("", left.phrase) if left.change else ""
    same = [item for item in scene.memory.here if kind and item.noun.endswith(kind)][-len(run) :]
    if len(same) == len(run):  # 简易程序案件912件、普通程序案件148件,案件数量分别增长5.2%和下降11%
        return {k: Label(item.label + change, "respectively") for (k, change), item in zip(run, same, strict=True)}
    told_apart = len(before) == len(run) and all(item.told_apart for item in before)
    if figure.left.rstrip("有为达 ").removesuffix("分别").endswith("的"):  # 列入异常名录的|分别有4家和2家
        same = [item for item in scene.memory.here if item.unit == figure.quantity.unit][-len(run) :]
        if len(same) == len(run) and all(item.joined for item in same[1:]):
            said = left.phrase.removesuffix("有").removesuffix("的")
            return {k: Label(f"{said}的{item.noun}", "respectively", noun=item.noun) for (k, _), item in zip(run, same, strict=True)}
    things = [item.noun for item in before] if told_apart else []
    if not things and len(scene.several) == len(run):
        things = [cut(thing, _LONG_PART) for thing in scene.several]
    things = things or scene.coordinated(figure, len(run))
    return {k: Label(_of_thing(thing, left, change), "respectively", noun=thing) for (k, change), thing in zip(run, things, strict=False)}


def _run(figures: Sequence[Figure], first: int) -> list[tuple[int, str]]:
    """The joined figures from `first` on, each with the change said of it: 分别增长18.2%、下降7.7%."""
    change = read_left(_RESPECTIVELY.sub("", figures[first].left)).change
    run = [(first, change)]
    for k in range(first + 1, len(figures)):
        own = figures[k].left.lstrip("、和及与 ")
        if figures[k].sentence != figures[first].sentence:
            break
        if not figures[k].joined:
            turned = read_left(own)
            if not (change and turned.change and not turned.phrase and own != figures[k].left):
                break
            change = turned.change
        run.append((k, change))
    return run


def _of_thing(thing: str, left: Fragment, change: str) -> str:
    """检查|烟花爆竹企业, 火灾起数|降幅, 简易程序案件|罚款."""
    if left.verb and not left.noun and not change:
        return left.verb + thing
    return join(thing, left.phrase) + change


def rate(scene: Scene, name: str, figure: Figure, actor: str = "") -> str:
    """成功率, 办结率: of the figure that names what the rate is of, else of the main one; a joined second rate shares the first one's."""
    last = scene.last
    if actor and (name.startswith(_OF_BODIES) or actor.endswith(_WHOSE)):  # 行政机关负责人|出庭出声率, 物业管理委员会|组建率
        return actor + name
    if last is not None and last.rate and figure.left.lstrip().startswith("、") and last.label.endswith("率") and len(last.label) > 5:
        return last.label if last.label.endswith(name) else last.label[:-3] + name
    of = stem(name)[-2:]
    opposite = f"不{of}"
    named = next((item for item in reversed(scene.memory.here) if _names(item, of, opposite)), None)
    if named:
        if of == "成功" and named.verb:
            return named.noun.removeprefix("各类") + named.verb.replace(of, "") + name
        return join(named.noun or named.label, name)
    mains = [item for item in scene.memory.here if not (item.sub or item.rate) and opposite not in item.label]
    owned = _of_measure(mains, of)
    if owned:
        return join(owned, name)
    things = [item for item in mains if item.unit not in _MEASURES]
    if mains and mains[-1].unit in _MEASURES and of not in _PAID and (things or of in _CONCLUDED):
        mains = things
    near = any(item.segment == figure.segment[0] for item in mains)
    if not near and last is not None and last.segment == figure.segment[0] and last.noun and not last.label.endswith(("率", "率目标")):
        return join(last.noun, name)
    return join(_owner(scene, figure, mains, actor), name)


def _of_measure(mains: Sequence[Counted], of: str) -> str:
    """罚没金额0.85亿元,结案率97.6%; 平均接通时间9秒,满意率98.9%: whose the amount or the time in front is; else empty."""
    if of in _PAID or not mains or mains[-1].unit not in _MEASURES:
        return ""
    owner = owner_of(mains[-1].noun)
    return cut(owner, _LONG_PART) if owner != mains[-1].noun else ""


def _owner(scene: Scene, figure: Figure, mains: Sequence[Counted], actor: str) -> str:
    """What a rate is of that no count of its own clause names."""
    if len(mains) > 1 and mains[-1].joined and mains[-1].noun != mains[-2].noun and len(mains[-1].noun + mains[-2].noun) <= _LONG_PART:
        return f"{mains[-2].noun}、{mains[-1].noun}"  # 人大建议、政协提案分别为31件、44件,满意率100%
    if mains and names_people(mains[-1].noun):  # 干警参加法律知识考试,合格率99.8%
        theme = next((item.theme for item in reversed(mains) if item.theme and names_people(item.noun)), "")
        if theme:
            return theme
    if mains:
        return cut(mains[-1].noun or mains[-1].label, _LONG_PART)
    people = actor if names_people(actor) else ""  # 外来务工人员|普法覆盖率
    return cut(people or scene.adjacent(figure) or scene.outside(), _LONG_PART)


def whose(scene: Scene) -> str:
    """The people counted last, whom 人均 is about: 持证执法人员8614名,|人均参训64学时; empty where none are."""
    people = (item.noun for item in reversed(scene.memory.here) if item.unit in ("人", "名") and names_people(item.noun))
    found = next(people, "")
    return found if len(found) <= _LONG_PART else ""


def rates_of_each(scene: Scene, figure: Figure) -> list[Label]:
    """收到司法建议11份、检察建议26份,按期反馈率均为100%: one rate of both counts."""
    each = _EACH.match(figure.left.strip(EDGES)) if figure.quantity.unit in RATES else None
    if each is None:
        return []
    if scene.several:  # 建议回复函、意见回复函各7份,回复率均为100%
        return [Label(join(thing, each["rate"]), "each") for thing in scene.several]
    mains = [item for item in scene.memory.here if not (item.sub or item.rate)]
    if len(mains) < 2 or not mains[-1].joined:
        return []
    return [Label(join(item.noun, each["rate"]), "each") for item in mains[-2:]]


def thing_of(label: Label, unit: str) -> str:
    """What a figure counts, of a rate what is done to: 烟花爆竹企业 of 烟花爆竹企业检查覆盖率."""
    if unit not in RATES:
        return label.noun or phrases.noun_phrase(label.text)
    tokens = tokenize(stem(label.text))
    end = len(tokens)
    while end > 1 and tokens[end - 1].kind in "vw":
        end -= 1
    return label.text[: tokens[end - 1].end] if tokens else label.text


def _names(item: Counted, of: str, opposite: str) -> bool:
    """Whether a count names what a rate is of: 审核 in 法制审核72件, but not 合格 in 不合格样品52批次."""
    return len(of) == 2 and not item.rate and of in item.label and opposite not in item.label
