"""Whether a count is a stock (level) or happened in the period (flow), where it is neither a rate nor a change.

In: a figure, its label, the word that governs it and what the figures before it are. Out: the kind and the rule. Stocks are told by words
of being and having (现有, 剩余, 在册), by what is reached (增至), by lists (清单事项57项), by bodies that stand (18个司法所中) and by nouns
without any verb; a bare member of a list (车辆6台、|手机230部) is what stands in front of it; everything else happened.
"""

from __future__ import annotations

import re

from etl.models import Kind
from etl.parse import phrases
from etl.parse.figures import Figure
from etl.parse.kind_nouns import OWN_STOCKS, STAFF, STOCK_UNITS, TOWARDS, Earlier, by_noun, happens, is_state, occurs
from etl.parse.kind_words import NOTHING, Governing
from etl.parse.labels import Label
from etl.parse.lexicon import alternation, word_pattern, words

# 扩充成员单位到   增至   降到   精简至
_TARGET = re.compile(
    rf"(?:{word_pattern('kinds', 'change', 'words')}|{word_pattern('kinds', 'change', 'turned')})[^,]{{0,12}}(?:至|到|为|达|成)$"
    rf"|{word_pattern('kinds', 'level', 'reaching')}$"
)
_TO = (*words("kinds", "change", "to"), "在")
_REACHED = re.compile(r"(?<![下传])达到?$")
_LEVEL_WORD = word_pattern("kinds", "level", "words")
_ANY_LEVEL = re.compile(_LEVEL_WORD)
_LEVEL = re.compile(rf"^(?:全[区市县镇省])?{_LEVEL_WORD}|{_LEVEL_WORD}$")
_STRONG = re.compile(word_pattern("kinds", "level", "strong"))
_SIZES = frozenset(("人", "名", "平方米", "字", "亩", "公里", "公顷", "米"))
_MONEY_STOCKS = frozenset(
    ("余额", "贷款余额", "最高", "最大", "最低", "最小", "单笔", "结余", "结存", "滚存", "剩余", "上限", "下限", "限额")
)
_STILL_HAVING = frozenset(("仍有", "还有", "只有", "仅有", "都有", "均有", "各有"))
_PERSONNEL = ("人员", "干警", "干部", "民警", "教师")
_TAKING_PART = ("参加", "参与", "参训", "参考", "出席", "获", "受", "被", "通过")
# 其余5项|正在推进   正在调处|96件
_PENDING = re.compile("(?:案件|事项|任务|问题|纠纷|项目)?(?:正在|尚在|仍在|正按|有待|待)[^,]")
_UNDER_WAY = re.compile("(?:正在|尚在|仍在)[^,]{0,4}$")
# 11个部门|没有公职律师   3个部门|未完成备案
_LACKING = re.compile(
    "[^,的]{2,10}(?:没有|缺少|缺乏|未(?:完成|配备|配齐|取得|设立|设置|建立|建成|接入|纳入|实现|覆盖|落实|达到|达标|开通|成立|通过))[^,]"
)
_CUMULATED = re.compile(rf"累计(?:已|已经|共|新)?{word_pattern('kinds', 'level', 'cumulated')}")
_CUMULATED_ACTS = frozenset(words("kinds", "level", "cumulated"))
_CARDS = alternation(words("kinds", "level", "cards"))
_ISSUE = word_pattern("kinds", "level", "issued")
# 电子健康卡累计发放|310万张   累计发放社会保障卡
_ISSUED = re.compile(rf"{_CARDS}[^,]{{0,4}}累计[^,]{{0,2}}{_ISSUE}$|累计[^,]{{0,2}}{_ISSUE}[^,]{{0,14}}{_CARDS}(?:累计|共|已)*$")
# 自2019年以来累计创建: what happened in those years
_OVER_YEARS = re.compile("以来|近[0-9一二三四五六七八九十两]{1,2}年|[0-9二两三四五六七八九十]年来|期间")
_AS_OF = re.compile("截[至止]")
_BY_NOW = re.compile("现已|目前已|现共")
# 全区112个人民调解组织   12个社区法律服务站实现全覆盖
_BODIES = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,10})(?:(?:村|社区|街道|单位|部门)的|组织|委员会|联系点|观察点|监测点|司法所|街镇|街道|社区|服务站|乡镇|行政村|断面|事项|执法主体"
    r"|工作站|派出所|法庭)|^[\u4e00-\u9fff()]{0,12}(?:服务|综治|治理|调解|政务|审批|指挥)中心"
)
_EVERYWHERE = re.compile(r"^\s*$|[全本我][区市县镇乡省]$")
_ALL = r"(?:全|本|我|该|辖)(?:[区市县镇乡省局街村州旗]|街道|系统)内?的?$"
_REGION = re.compile(_ALL)
# 将全市|4216家单位划分为
_TAKEN = re.compile(rf"[将把]{_ALL}")
_RELYING = frozenset(("依托", "利用", "借助", "发挥", "用好", "依靠"))
# 19个窗口|中8个
_AMONG = re.compile("^[\u4e00-\u9fff、“”]{0,16}?(?<!其)中(?=$|[,有仅只近约超]|具有|具备|持有|取得|达到|没有)")
# 发布…目录,涉及重大事项22项   免罚清单,涉及事项57项   事项目录12项
_LIST = re.compile(r"(?:目录|(?<!责任)(?<!任务)清单)(?:[^。;]{0,20}[,](?:共|涉及|纳入|包含)[^,]{0,20})?$")
_COPIES = frozenset("份张册本版卷")
# 执法支队编制|85名
_POSTS = re.compile("编制(?:数|总数)?(?:为|共|是)?$")
# 存续文件97件,|2023年末为89件   收到意见17条,今年减至9条
_SAME_NOUN = re.compile(
    r"[,、]?(?:(?:[0-9]{4}年|今年|去年|上年|[年期][末初底]|末|底|同期|[上下]半年|第?[一二三四]季度|[0-9]{1,2}月份?)+)(?:则|又|已)?"
    r"(?:为|是|有|达到?|(?:[降减升增]|下降|上升|减少|增加)[至到为])"
)
_MEMBER = re.compile("^[、和及与](?!谐|时)|^以及")
_SHORT = re.compile("(?:仅|只有|不足|仅有|仍有|尚有|还有|有)$")


def is_target(left: str) -> bool:
    """Whether the number is what something changed to or is held at: 增至, 精简为, 控制在."""
    return left.endswith(_TO) and _TARGET.search(left) is not None


def level_or_flow(figure: Figure, label: Label, sentence_left: str, earlier: Earlier, word: Governing) -> tuple[Kind, str]:
    """The kind of a count and its rule; `word` governs it, `sentence_left` is its sentence up to it."""
    bare = figure.left.strip()
    if _cumulated(figure, sentence_left, bare, word):
        return "level", "cumulated"
    found = _stock(figure, bare, word) or _series(figure, label, bare, earlier, word) or _reached(figure, bare, word)
    if found:
        return found
    if figure.part == "plan":
        return "flow", "plan"
    listed = (
        ("目录" in sentence_left or "清单" in sentence_left)
        and _counts_entries(figure.quantity.unit)
        and _LIST.search(sentence_left.rstrip())
    )
    if listed or (label.rule == "noun-behind" and (label.noun or "").endswith(("清单", "目录"))):
        return "level", "list"
    if _stands(figure, label, bare):
        return "level", "bodies"
    if figure.part == "shortcoming" and word.sense != "act" and _is_few(figure, bare, word):
        return "level", "shortage"
    return by_noun(figure, label, earlier, word)


def _counts_entries(unit: str) -> bool:
    """Whether a list has so many of what the unit counts; 发布清单3批 and 公示目录5份 count the lists."""
    return not occurs(unit) and unit not in _COPIES and unit != "元"


def _cumulated(figure: Figure, sentence_left: str, bare: str, word: Governing) -> bool:
    """累计建成5600余个, 截至…组建队伍76支: what stands at the end of the time."""
    if occurs(figure.quantity.unit) or figure.quantity.unit == "元":
        return False
    found = (_CUMULATED.search(bare[-20:]) or _ISSUED.search(bare)) if "累计" in bare else None
    if found is None and figure.quantity.unit in OWN_STOCKS and _REACHED.search(bare):
        found = _AS_OF.search(sentence_left)  # 截至10月底,执业律师事务所达58家
    if found is None and word.text in _CUMULATED_ACTS:
        found = _AS_OF.search(sentence_left) or _BY_NOW.search(bare)
    return found is not None and _OVER_YEARS.search(sentence_left) is None


def _stock(figure: Figure, bare: str, word: Governing) -> tuple[Kind, str] | None:
    """Words of being and having: 现有18件, 信访积案剩余11件, 编制85名."""
    if word.sense == "stock" and _is_stock(figure.quantity.unit, word):
        return "level", "stock-word"
    if _STRONG.search(bare[-16:]):
        return "level", "stock-word"
    named = word.sense != "act" and _ANY_LEVEL.search(bare) is not None
    if named and (_LEVEL.search(bare) or _LEVEL.search(phrases.strip_openers(bare))):
        return "level", "stock-word"
    if bare.endswith("已有") and figure.quantity.unit in STOCK_UNITS:  # 全区已有214个村设立公共法律服务室
        return "level", "stock-word"
    if figure.quantity.unit in ("人", "名", "个") and _POSTS.search(bare):
        return "level", "stock-word"
    return None


def _is_stock(unit: str, word: Governing) -> bool:
    """Whether a stock word means one with the unit: 信访总量1027件 is a flow, 投诉保持零起 too."""
    if word.text in ("总量", "总数", "规模", "总体量") and (occurs(unit) or unit == "元"):
        return False
    if unit == "元":
        return word.text in _MONEY_STOCKS or (word.final and word.text != "结转")
    if word.text == "能力":
        return True
    if word.text in _STILL_HAVING and occurs(unit):  # 仍有2起案件被纠正
        return False
    if word.text in ("保持", "维持"):
        return not occurs(unit) and unit != ""
    return not unit.endswith("次")


def _reached(figure: Figure, bare: str, word: Governing) -> tuple[Kind, str] | None:
    """成员单位增至23家, 保有量达330万辆, 事项精简至21项."""
    unit = figure.quantity.unit
    if occurs(unit) or (unit == "" and not figure.quantity.value):
        return None
    reached = is_target(bare) or bare.endswith(("由", "从")) or (word.sense != "act" and _REACHED.search(bare))
    return ("level", "reached") if unit in STOCK_UNITS and reached else None


def _series(figure: Figure, label: Label, bare: str, earlier: Earlier, word: Governing) -> tuple[Kind, str] | None:
    """A bare member of a list: 车辆6台、|手机230部, 现有文件93件,|部门文件52件, 2022年末97件,|2023年末为89件."""
    if not earlier.kind or earlier.unit == "%":
        return None
    same = earlier.unit == figure.quantity.unit and word is NOTHING
    if same and _SAME_NOUN.fullmatch(bare):
        return earlier.kind, "series"
    if word.sense in ("none", "activity") and _MEMBER.search(bare) and not bare.endswith(TOWARDS):
        return earlier.kind, "series"
    if same and earlier.kind == "level" and label.left.noun and label.rule in ("noun-before", "part") and not happens(figure):
        return "level", "series"
    return None


def _stands(figure: Figure, label: Label, bare: str) -> bool:
    """Bodies that are told of as they stand: 全区112个调解组织, 将全市4216家单位划分为, 18个司法所中17个, 3至5人的小组."""
    right, unit = figure.right.strip(), figure.quantity.unit
    if _UNDER_WAY.search(bare) or _PENDING.match(right):
        return True
    if occurs(unit) or unit in ("元", ""):
        return False
    if right.startswith(("组成", "环节")) or (right.startswith("的") and unit in _SIZES):
        return True
    if _EVERYWHERE.search(figure.left) and _BODIES.match(right):
        return True
    if unit not in STOCK_UNITS:
        return False
    if unit in ("人", "名") and (not bare or _REGION.search(bare)) and _hold_posts(right, label):
        return True
    if bare in _RELYING or _TAKEN.search(bare) or (_AMONG.match(right) and (not bare or _REGION.search(bare))):
        return True
    if not right or bare or label.rule not in ("noun-behind", "predicate"):
        return False
    return _LACKING.match(right) is not None or is_state(figure, label.noun or label.text)


def _hold_posts(right: str, label: Label) -> bool:
    """全市1286名|河湖长开展巡河: those who hold a post, where they do not just take part in something."""
    noun = label.noun or ""
    return noun.endswith(STAFF) and not noun.endswith(_PERSONNEL) and not any(word in right for word in _TAKING_PART)


def _is_few(figure: Figure, bare: str, word: Governing) -> bool:
    if occurs(figure.quantity.unit):
        return False
    return _SHORT.search(bare) is not None or (word is NOTHING and figure.quantity.qualifier in ("under", "at_most"))
