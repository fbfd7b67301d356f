"""Labels of figures whose noun stands in front of the number: 承办建议176件, 法律顾问2名, 其中食品药品领域402件.

In: the scene and the fragment in front. Out: a label. What is left out goes to `ellipsis.py`, what is told by another figure to
`related.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from etl.parse import phrases
from etl.parse.clauses import names_body
from etl.parse.figures import Figure
from etl.parse.fragments import Fragment
from etl.parse.labels import related
from etl.parse.labels.ellipsis import elliptic
from etl.parse.labels.label import Label
from etl.parse.labels.scene import PERSONS, RATE_ENDS, RATES, Scene, default_noun
from etl.parse.labels.surroundings import without_region
from etl.parse.labels.topics import channel_of, cut, is_each, is_weak, join, names_people, occasion_of
from etl.parse.lexicon import words
from etl.parse.words import tokenize

_CONVENERS = words("labels", "conveners", "endings")
_NUMBERS_OF = ("数量", "件数", "总数")
_TEAMS = ("队", "所", "站", "委员会", "专班", "小组", "团")
_WAYS = ("方式", "形式", "途径")
_LONGEST_WAY = 8
_CASES = ("案件", "事项")
_LONGEST_KIND = 8
_GRADES = frozenset(("优秀", "良好", "合格", "不合格", "优良"))
_SHORT_OCCASION = 8
_QUOTES = 2
_INVOLVING = ("涉及", "惠及", "带动", "受益", "受惠", "辐射")
_TOUCHED = frozenset(("户", "户次", "人", "名", "人次", "家", "家次"))
_LONGEST_INVOLVING = 12
_GRADING = frozenset(("评出", "评定", "评为", "评选"))
_HOUSING = frozenset(("进驻", "入驻", "设置", "设有"))
_LONGEST_PLACE = 8
_REVIEWS = words("labels", "reviews", "endings")
_ADVISERS = words("labels", "advisers", "endings")
_ADVISING = frozenset(words("labels", "advisers", "verbs"))
_LONGEST_ADVISER = 10
_SITTINGS = frozenset(("会议", "全体会议", "全会", "例会"))
_SERVED = frozenset(("接听", "受理", "接收", "收到", "转办", "派发", "承办"))
_FOUND = ("发现", "查出", "排查出", "检查出", "查找出", "反馈")
_TOTALS = ("总量", "总数", "总额")  # 全区信访总量1.07万件,其中|来信2200件
_SHORT_TOTAL = 8
_CREWS = ("队", "所", "站")
_REGION = re.compile(r"^(?:全[区市县镇省街乡]|本[区市县镇]|[我该][区市县镇局]|辖区内?|区内|市内|区级|共)$")
_SOME_OF = re.compile(r"的(?:共?有|仅有?|只有?|达|为|共)?\s*$")
# 区教育系统|现有法治副校长
_SYSTEM = re.compile("[全区县市省镇街].{1,8}系统$")
_EACH_PLACE = re.compile("各(?:级|[区县市镇乡街村])")
_LEVEL = re.compile("(?:国家|省|市|区|县|镇|乡|部)级")
# 每千人|抽检量
_PER_AND_THING = re.compile("(?:平均)?每[百千万]?[人户村家案件次所队](?:[\u4e00-\u9fff]{1,6}[量数率额])$")
# 标的额最高的一起   耗时最长的案件
_EXTREME = re.compile("(?P<what>[\u4e00-\u9fff]{2,6})(?P<most>最[高大长多快低短少])的[\u4e00-\u9fff]{1,4}$")
# 案卷|每县
_PER_PLACE = re.compile("(?<=[\u4e00-\u9fff]{2})每[县区市镇乡村街户人家](?:道)?$")
# 我市|得分
_PLACE_BEFORE = re.compile(r"^[我本该][区市县镇局委办院街](?=.)")
# 我区|经济社会发展的重大事项
_OURS = re.compile(r"^(?:[我本全][区市县])[^的]*的(?=.)")


def noun_before(scene: Scene, figure: Figure, left: Fragment, member: bool) -> Label:
    """The label of a figure with nothing behind it."""
    told = related.share(scene, figure) or related.compared(scene, figure)
    if told:
        return Label(told, "share", member)
    if left.change:
        return Label(related.changed(scene, figure, left), "change", member, noun=left.noun or None)
    if figure.quantity.unit in RATES and related.is_bare_rate(left.phrase):
        if left.verb and left.actor and not names_body(left.actor):  # 法律知识|测试|参加率
            return Label(left.actor + left.phrase, "noun-before", member)
        return Label(related.rate(scene, left.phrase, figure, left.actor), "rate", member)
    having = member or scene.last is not None or (figure.quantity.unit in PERSONS and left.verb)  # 持有执法证的仅7人
    some = having and "的" in figure.left and left.phrase and figure.quantity.unit not in RATES
    if some and _SOME_OF.search(figure.left):
        topic = scene.topic(figure)  # 其中存在隐患的319栋, 责令改正的有206户
        topic = topic if figure.quantity.unit not in PERSONS or names_people(topic) else default_noun(figure.quantity.unit)
        left = replace(left, verb=_SOME_OF.sub("", left.verb), noun=_SOME_OF.sub("", left.noun))
        return Label(f"{left.phrase}的{topic}" if topic else left.phrase, "part", True, noun=topic)
    if not left.noun or _REGION.match(left.phrase):
        return elliptic(scene, figure, left if not left.noun else Fragment(), member)
    if is_each(left.noun):
        return _each_of(scene, left.noun)
    main = scene.memory.main() if not left.verb and figure.left.rstrip().endswith("平均") else None
    if main and figure.quantity.unit == main.unit:
        return Label(f"{left.noun}平均{main.noun or main.label}", "average", noun=main.noun)  # 村(社区)|平均|13名
    if member and not left.verb:
        return _member(scene, figure, left.noun)
    noun = _OURS.sub("", left.noun) if left.noun[0] in "我本全" else left.noun
    return _set_apart(scene, figure, left, member) or _plain(scene, figure, left if noun == left.noun else replace(left, noun=noun), member)


def _set_apart(scene: Scene, figure: Figure, left: Fragment, member: bool) -> Label | None:
    """标的额最高的一起达|56万元, 抽查案卷|每县|10份: the most of its kind, so many for each."""
    extreme = _EXTREME.match(left.noun) if "最" in left.noun else None
    if extreme:
        noun = extreme["most"] + extreme["what"]
        return Label(join(scene.theme(figure, Fragment(noun=extreme["what"]), noun), noun), "extreme", member, noun=noun)
    per = _PER_PLACE.search(left.noun) if "每" in left.noun else None
    if per is None:
        return None
    noun = left.noun[: per.start()]
    return Label(per.group() + left.verb + noun, "average", member, noun=noun)


def _plain(scene: Scene, figure: Figure, left: Fragment, member: bool) -> Label:
    said = _PLACE_BEFORE.sub("", left.noun) if left.noun[0] in "我本该" else left.noun
    left = replace(left, noun=said) if said != left.noun and is_weak(said) else left
    if left.noun[:-1] in _GRADES and left.noun[-1] == figure.quantity.unit:  # 优秀卷|62卷
        left = replace(left, noun=left.noun[:-1])
    text, noun = left.phrase, left.noun
    if (not left.verb or left.verb in _GRADING) and phrases.names_a_class(noun):
        text, graded = _class(scene, figure, noun)
        return Label(text, "class", member, noun=graded)
    way = left.means.endswith(_WAYS) and len(left.means) <= _LONGEST_WAY  # 以告知承诺方式|办理证明事项
    if left.verb and (way or (left.preposition in ("向", "为") and len(left.means) <= 4)):
        text = left.preposition + left.means + text
    counted = _counted_before(scene, figure, noun) or _of_level(scene, noun)
    if counted:
        return Label(counted, "same-as-before", member)
    noun = _sharing_modifier(scene, figure, left, noun)
    text = text[: len(text) - len(left.noun)] + noun
    actor = _acting(scene, figure, left, text)
    told = _touched_or_found(scene, figure, left, noun)
    if told:
        text = told
    elif is_weak(noun) and not (actor.endswith("委员会") and noun in _SITTINGS):
        text, noun = scene.with_theme(left.verb, noun, figure, left)
    elif len(noun) <= 3 and not left.verb and figure.left.startswith("、") and _lends_modifier(scene):
        scene.lent = scene.last.theme if scene.last else ""  # 营商环境监督员40名、监测点25个
        text = noun = join(scene.lent, noun)
    elif actor:
        text = actor + text
        noun = actor + noun if (figure.quantity.unit in PERSONS and not is_each(actor)) or channel_of(actor) else noun
    elif not left.verb and noun.endswith(_REVIEWS) and (reviewed := scene.reviewed(figure)):
        text = noun = join(reviewed, noun)
    else:
        named, noun = noun, scene.full_name(noun)
        text = _shared_verb(scene, figure, left, noun) + text[: len(text) - len(named)] + noun
    return Label(text, "noun-before", member, noun=noun)


def _lends_modifier(scene: Scene) -> bool:
    """Whether the count before lends what stands in front of its noun: 营商环境|监督员, but not 冷库 nor 涉案房产."""
    return scene.last is not None and bool(scene.last.theme) and scene.last.theme != scene.last.noun


def _sharing_modifier(scene: Scene, figure: Figure, left: Fragment, noun: str) -> str:
    """行政执法监督通知书62份、|决定书7份: papers of one kind share what stands in front of the first."""
    last = scene.last
    if last is None or left.verb or len(noun) > 4 or not figure.left.lstrip().startswith("、"):
        return noun
    shares = noun.endswith("书") and last.noun.endswith("书") and len(last.noun) > len(noun) + 2
    return last.noun[: -len(noun)] + noun if shares else noun


def _counted_before(scene: Scene, figure: Figure, noun: str) -> str:
    """近三年立案数量分别为…: the number of what an earlier label names in full."""
    if not noun.endswith(_NUMBERS_OF):
        return ""
    of = next(noun.removesuffix(end) for end in _NUMBERS_OF if noun.endswith(end))
    if len(of) < 2:
        return ""
    items = (*reversed(scene.memory.here), *reversed(scene.memory.older))
    return next((item.label for item in items if item.unit == figure.quantity.unit and of in item.label), "")


def _involved(scene: Scene, figure: Figure, noun: str) -> str:
    """化解拖欠账款7.36亿元,|涉及企业|412家: whom the count before touches."""
    if figure.quantity.unit not in _TOUCHED:
        return ""
    said = next((verb for verb in _INVOLVING if figure.left.rstrip("约近达超过逾了 ").endswith(verb + noun)), "")
    main = scene.memory.main()
    if not said:
        return ""
    if main is not None and len(main.noun) > _LONGEST_INVOLVING:
        return said + noun
    if main is None or main.segment != figure.segment[0] or not main.noun or len(main.noun) > _LONGEST_INVOLVING:
        return ""
    return join(main.noun, said + noun)


def _touched_or_found(scene: Scene, figure: Figure, left: Fragment, noun: str) -> str:
    """惠及|企业 of what was done before, 发现|问题 of the check before; empty for all else."""
    involved = "" if left.actor else _involved(scene, figure, noun)
    check = scene.check(figure) if not involved and left.verb.startswith(_FOUND) and is_weak(noun) else ""
    return join(check, left.verb + noun) if check else involved


def _of_level(scene: Scene, noun: str) -> str:
    """创建国家级示范村3个、|省级|41个: the same of another level."""
    if scene.last is None or not _LEVEL.fullmatch(noun):
        return ""
    same = _LEVEL.sub(noun, scene.last.label, count=1)
    return "" if same == scene.last.label else same


def _acting(scene: Scene, figure: Figure, left: Fragment, text: str) -> str:
    """Who acts, where that tells the count from others: a channel, an occasion, a place, a meeting, the crew whose staff it is."""
    actor = left.actor
    if not actor:
        return _unnamed(scene, figure, left, text)
    if is_each(actor) and len(actor) <= _LONGEST_PLACE:  # 每万人|拥有律师
        return actor
    channel, occasion = channel_of(actor), occasion_of(actor)
    if channel:
        fits = len(channel.replace("“", "").replace("”", "")) <= len(text) or channel.endswith("热线")
        return channel if fits and channel not in text else ""
    if occasion:
        return occasion if len(occasion) <= max(len(text), _SHORT_OCCASION) else ""
    if actor.endswith(_ADVISERS) and left.verb in _ADVISING:  # 街道法律顾问|审核合同86份
        scene.memory.adviser = cut(without_region(actor), _LONGEST_ADVISER)
        return scene.memory.adviser
    if is_weak(actor) or _SYSTEM.match(actor) or _EACH_PLACE.match(actor):  # 5项|事项|召开听证会6场
        return ""
    housed = actor.endswith("中心") and left.verb in _HOUSING  # 镇党群服务中心|进驻站所
    if housed:
        return cut(without_region(actor), _LONGEST_PLACE)
    sits = actor.endswith("委员会") and left.noun in _SITTINGS  # 县委全面依法治县委员会|召开会议
    counted = scene.last is not None and scene.last.noun == actor and scene.last.unit in PERSONS  # 邀请16名代表|列席会议5次
    if sits or counted or actor.endswith(_CONVENERS):
        return actor
    if not names_body(actor):
        return actor if len(actor) <= len(text) + _QUOTES or left.light else ""
    return without_region(actor) if figure.quantity.unit in ("人", "名") and actor.endswith(_CREWS) else ""


def _unnamed(scene: Scene, figure: Figure, left: Fragment, text: str) -> str:
    """Who acts where the fragment does not say: the crew set up before, the hotline or the meeting that the sentence speaks of."""
    if figure.quantity.unit in ("人", "名"):  # 组建综合行政执法队,|配备执法人员21名
        crew = scene.adjacent(figure)
        acting = scene.subjects.subject(figure.sentence[0], figure.clause[0]) or ""
        return crew if crew.endswith(_TEAMS) else without_region(acting) if acting.endswith(_CREWS) else ""
    if left.verb in _SERVED and scene.memory.channel:  # 发挥12333热线作用,|接听来电42.8万个
        return "" if scene.memory.channel in text else scene.memory.channel
    if left.verb in _ADVISING and scene.memory.adviser:
        return scene.memory.adviser
    return scene.memory.meeting if text.endswith("议题") else ""  # 召开常务会议23次,|研究涉法议题31个


def _shared_verb(scene: Scene, figure: Figure, left: Fragment, noun: str) -> str:
    """承办建议176件、|提案140件: the verb of a coordination stands in front of its first member."""
    last = scene.last
    if last is None or left.verb or figure.quantity.unit in RATES or not figure.left.lstrip().startswith(("、", "和", "及")):
        return ""
    if not last.verb or len(last.verb) > len(noun) or noun.startswith(last.verb):
        return ""
    scene.left = replace(left, verb=last.verb)
    return last.verb


def _class(scene: Scene, figure: Figure, noun: str) -> tuple[str, str]:
    """医疗卫生类211件, 其他47件: a class takes the noun that the unit counts; the label and that noun."""
    unit = figure.quantity.unit
    known = scene.memory.counted(unit)
    if noun in ("其他", "其它") and scene.last is not None and "类" in scene.last.label:
        noun += "类"
    if known and not phrases.heads_of(unit) and len(known.noun) <= _LONGEST_PLACE:  # 年检民办学校43所,|合格|40所
        return noun + known.noun, known.noun
    head = (phrases.head_of(known.noun, unit) if known else "") or default_noun(unit)
    return noun + head, known.noun if known else head


def _each_of(scene: Scene, noun: str) -> Label:
    """每个居民区不少于10名, 平均每案10.56万元: what there is of it."""
    main = scene.memory.main()
    if _PER_AND_THING.match(noun) or any(token.kind in "vw" for token in tokenize(noun)):  # 每季度公开|不少于1次
        return Label(noun, "average", noun=noun)
    return Label(noun + (main.noun or main.label if main else ""), "average")


def _member(scene: Scene, figure: Figure, noun: str) -> Label:
    """其中食品药品领域402件: a part takes over the noun and the verb of its whole."""
    unit = figure.quantity.unit
    if unit in RATES:  # 败诉率为6.9%,其中市本级|4.3%
        rates = (item.label for item in reversed(scene.memory.here) if item.unit == unit and not item.sub)
        name = next((label for label in rates if label.endswith(RATE_ENDS)), "")
        return Label(noun if noun.endswith(RATE_ENDS) else join(noun, name), "part", True, noun=noun)
    same = (item for item in reversed(scene.memory.here) if item.unit == unit and not item.sub)
    whole = next(same, None) or scene.memory.main() or scene.memory.counted(unit, older=True)
    if whole is None:
        return Label(noun + default_noun(unit) if phrases.names_a_class(noun) else noun, "part", True, noun=noun)
    base = "" if whole.noun.endswith(_TOTALS) and len(whole.noun) <= _SHORT_TOTAL else whole.noun
    if noun in ("其他", "其它") and scene.last is not None and "类" in scene.last.label:
        noun += "类"
    if base and unit == whole.unit and not phrases.ends_in_head(noun, unit) and not base.endswith(noun[-2:]) and noun not in base:
        whole_noun = len(base) <= 8 and (len(noun) < 4 or unit == "元")
        noun += base if whole_noun else phrases.head_of(base, unit) or base
    elif noun.endswith(_CASES) and base.endswith(noun[-2:]) and 2 < len(base) <= _LONGEST_KIND and noun != base and noun[:2] not in base:
        noun = noun[:-2] + base  # 法律援助案件873件,其中|农民工案件
    verb = whole.verb if len(whole.verb) <= 4 and "其中" in scene.text[figure.sentence[0] : figure.quantity.start] else ""
    return Label(noun if verb and noun.startswith(verb) else verb + noun, "part", True, noun=noun)
