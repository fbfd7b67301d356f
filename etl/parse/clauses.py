"""How the words around a figure hang together: who, by what means, does what, to what.

In: the fragment of a clause in front of a figure. Out: its actor, preposition, verb, noun and change word as
text. Read from tokens by position alone; what a bare fragment refers to and how a label is put together is for `labels/`.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.parse.fragments import Fragment, negate, negation, prefix_of
from etl.parse.lexicon import by_last, words
from etl.parse.nouns import closes_bracket, is_kept, joined, noun_text
from etl.parse.words import Token, tokenize

_BODY_ENDINGS = by_last(words("organizations", "actors", "suffixes") + words("labels", "people", "endings"))
_ADVISERS = words("labels", "advisers", "endings")
_NO_BODIES = words("labels", "people", "acts")

_SKIPPED = frozenset("atsj")  # in front of a phrase
_LINKING = frozenset("katsj")  # behind one
_GOVERNING = frozenset(("对", "通过", "向", "与", "为", "将", "把", "给"))
_COUNTED_CHANGE = frozenset(words("kinds", "change", "counted"))
_MORE = {"多": "增加", "少": "减少", "高": "提高", "低": "降低"}  # 比2019年多158条
_DOING = frozenset(("开展", "进行", "举办", "召开", "组织开展", "实施", "集中开展", "举行"))
_PAPERS = frozenset(("报告", "汇报", "申请", "判决", "裁定", "裁决", "通报", "批复", "鉴定"))  # 抽查|报告, but 调解|终止
_NOMINAL = frozenset(("投诉", "举报", "咨询", "建议", "反馈", "备案", "登记"))  # 受理|举报: what comes in
BARE_ACTS = frozenset(words("words", "bare_acts"))
_WITHIN = ("中", "上", "下")  # 在全省法治政府建设评估|中
_CAUSES = ("因", "经", "被")  # 因程序违法被纠正的案件
_LONGEST_CAUSE = 16
_ALLOWING = frozenset(("准予", "不予", "同意", "完成"))  # 准予|备案: what is done
_DONE = frozenset(("到位", "完毕"))
_OPENLY = frozenset(("公开",))
_EVERYWHERE = frozenset("全" + place for place in ("区", "市", "县", "镇", "乡", "省", "街道", "系统", "局"))
_PASSED = ("考试", "考核", "测试", "审核", "审查", "验收", "评估", "评审", "认证", "备案", "检查", "初审")
_UP_TO = frozenset("到至为成")
_LONG_OBJECT = 12
_LONG_ACT = 4


def read_left(fragment: str) -> Fragment:
    """Take the fragment in front of a figure apart."""
    tokens = tokenize(fragment)
    low, high = _without_edges(tokens, dated="以来" in fragment)
    if (
        low < high < len(tokens)
        and tokens[high].text in _UP_TO
        and tokens[high - 1].kind == "c"
        and tokens[high - 1].text[-1] not in "幅速比"
    ):
        high -= 1  # 败诉率|压降|到: a new level, no change
    high, change = _without_change(tokens, low, high)
    if low >= high:
        return Fragment(change=change)
    if high == len(tokens) - 1 and tokens[high].text == "对" and tokens[high - 1].kind in "vl":  # 部署对|14个市局
        return Fragment(preposition="对")
    found = (_prepositional if tokens[low].kind == "p" else _plain)(tokens, low, high)
    if found.noun in BARE_ACTS and not found.verb:
        found.verb, found.noun = found.noun, ""
    if word := negation(tokens, low):
        negate(found, word)
    found.change = change
    if "等" in fragment and any(token.kind == "x" for token in tokens[low : high - 1]):
        begin = next((k for k in range(high - 1, low - 1, -1) if tokens[k].kind in "vlp"), low - 1) + 1
        found.listed = joined(tokens[begin:high])
    return found


def _without_edges(tokens: Sequence[Token], *, dated: bool) -> tuple[int, int]:
    """Without times, adverbs and joints in front and links behind; a governing preposition alone stays (年初|与|16个村).

    `dated` says that 以来 is said.
    """
    low, high = 0, len(tokens)
    if dated:
        low = next((k + 1 for k in range(high - 1, -1, -1) if tokens[k].text.endswith("以来")), 0)  # 自2018年成立以来|累计受理
        low = 0 if any(token.kind == "d" for token in tokens[low:]) else low  # 对2018年以来制发的|文件
    while low < high and tokens[low].kind in _SKIPPED and not is_kept(tokens[low]):
        low += 1
        if low < high and tokens[low].kind == "d":
            low += 1
    while high > low:
        token = tokens[high - 1]
        if closes_bracket(tokens, low, high) or token.text == "成功":
            break
        if token.text in _DONE and high - low > 1 and tokens[high - 2].kind in "vw":  # 整改|到位
            high -= 1
            continue
        if token.kind not in _LINKING and not (token.kind == "p" and (high - low > 1 or token.text not in _GOVERNING)):
            break
        high -= 1
    return low, high


def _without_change(tokens: Sequence[Token], low: int, high: int) -> tuple[int, str]:
    """Cut 同比增长, 较上年减少 from the end; a count's 新增 alone stays a verb."""
    start = high
    while start > low and _tells_change(tokens, start - 1, low, high):
        start -= 1
    said = tokens[start:high]
    if not said or not any(token.kind in "cv" or token.text in _MORE for token in said):
        return high, ""
    return start, "".join(_MORE.get(token.text, token.text) for token in said if token.kind != "a")


def _tells_change(tokens: Sequence[Token], at: int, low: int, high: int) -> bool:
    token = tokens[at]
    if token.kind in "cm":
        return True
    if token.kind == "v":
        return token.text in _COUNTED_CHANGE and at > low
    if token.kind == "a":
        return at + 1 < high and len(token.text) == 1
    return token.text in _MORE and at > low and tokens[at - 1].kind == "m"


def _plain(tokens: Sequence[Token], low: int, high: int) -> Fragment:
    at = _predicate(tokens, low, high)
    if at is None and high - low > 1 and tokens[high - 1].text == "实现":  # 企业开办|实现|1个环节
        high -= 1
    if at is None:
        return Fragment(noun=noun_text(tokens[low:high]))
    if low < at < high - 2 and tokens[at + 1].text == "后":  # 疫情发生后|第一时间|设置劝导点
        start = next((k for k in range(at + 2, high - 1) if tokens[k].kind not in "ats"), high - 1)
        return _plain(tokens, start, high)
    said = _verb_phrase(tokens, at, high)
    if all(token.kind == "a" for token in tokens[low:at]):  # 日均|接听
        light = tokens[at].text if low < at and said.light and not (said.verb or said.noun) else ""  # 直接|实施|19项
        said.verb = "".join(token.text for token in tokens[low:at]) + light + said.verb
    elif tokens[at - 1].text == "人均":  # 一线监督员|人均|监管
        said.actor, said.verb = noun_text(tokens[low : at - 1]), "人均" + said.verb
    else:
        said.actor = noun_text(tokens[low:at])
    return said


def _prepositional(tokens: Sequence[Token], low: int, high: int) -> Fragment:
    preposition = tokens[low].text
    if preposition == "通过" and high - low == 1:  # 参加311人,|通过|306人
        return Fragment(verb=preposition)
    if preposition == "在" and high - low > 1 and tokens[high - 1].text.endswith(_WITHIN):
        return Fragment(preposition=preposition, means=noun_text(tokens[low + 1 : high]).rstrip("中上下"))
    if preposition == "被" and low + 1 < high and tokens[low + 1].kind in "vw":
        said = _verb_phrase(tokens, low + 1, high)
        said.verb = preposition + said.verb
        return said
    at = next((k for k in range(low + 1, high) if tokens[k].kind in "vl" and _predicates(tokens, k, high)), None)
    if preposition == "因" and at is not None and tokens[high - 1].kind == "v":
        at = high - 1  # 因调离、退休|注销
    if at is None:
        nominal = (k for k in range(high - 1, low + 1, -1) if tokens[k].kind == "w" and tokens[k - 1].kind in "noqa")
        at = next((k for k in nominal if not is_relative(tokens, k, high) and tokens[min(k + 1, high - 1)].kind not in "xj"), None)
    if at is not None:
        said = _verb_phrase(tokens, at, high)
        end = at - 1 if tokens[at - 1].text in _OPENLY and at - 1 > low + 1 else at  # 就重大决策事项|公开|征集意见
        said.preposition, said.means = preposition, noun_text(tokens[low + 1 : end])
        return said
    of = next((k for k in range(high - 1, low, -1) if tokens[k].kind == "d"), None)
    if of is not None and of + 1 < high:  # 以我局为被申请人的|行政复议案件
        role = preposition == "以" and any(token.text == "为" for token in tokens[low:of])
        caused = preposition in _CAUSES and len(joined(tokens[low:high])) <= _LONGEST_CAUSE
        return Fragment(noun=joined(tokens[low:high]) if role or caused else noun_text(tokens[of + 1 : high]))
    means = noun_text(tokens[low + 1 : high])
    if preposition == "通过" and means.removesuffix("的").endswith(_PASSED):
        return Fragment(verb=preposition + means.removesuffix("的"))
    return Fragment(preposition=preposition, means=means)


def _predicates(tokens: Sequence[Token], at: int, high: int) -> bool:
    """Whether a verb is the predicate: no part of a relative clause (评查发现的) or of a list (布局调整、收费标准等)."""
    if is_relative(tokens, at, high):
        return False
    listed = at + 1 < high and tokens[at + 1].kind in "jx"
    return not listed or any(token.kind in "vl" for token in tokens[at + 2 : high])


def _predicate(tokens: Sequence[Token], low: int, high: int) -> int | None:
    """Where the verb stands: first, or behind whoever acts."""
    if tokens[low].kind in "vlwc":
        return low if low + 1 == high or tokens[low + 1].kind != "d" else None
    for k in range(low + 1, high):
        kind = tokens[k].kind
        if tokens[k - 1].text == "被":
            return None  # 行政复议|被撤销|案件
        if kind not in "vlw":
            continue
        after_body = is_body(tokens, k)
        everywhere = k == low + 1 and tokens[low].text in _EVERYWHERE  # 全县|仍有
        if kind == "l" and not (after_body or everywhere) and (tokens[k].text == "组织" or tokens[k - 1].kind != "a"):
            continue  # 人民调解|组织   省重大项目|完成|投资
        if kind in "vl" and (after_body or not is_relative(tokens, k, high)):
            return k
        if kind == "w" and k + 1 < high and tokens[k + 1].kind == "x":
            continue  # 政府|采购|等|合同
        if kind == "w" and (after_body or tokens[k - 1].kind == "a") and not is_relative(tokens, k, high):
            return k
    return None


def is_body(tokens: Sequence[Token], end: int) -> bool:
    """Whether the token in front of `end` ends like the name of a body or of people who act."""
    word = tokens[end - 1]
    return word.kind in "on" and (names_body(word.text) or word.text.endswith(_ADVISERS))


def names_body(name: str) -> bool:
    """Whether a name ends like that of a body or of people: 区司法局, 执法人员, but not 企业开办."""
    return name.endswith(_BODY_ENDINGS.get(name[-1:], ())) and not name.endswith(_NO_BODIES)


def is_relative(tokens: Sequence[Token], at: int, high: int) -> bool:
    """Whether a 的 behind the verb makes it part of a relative clause."""
    return "d" in [token.kind for token in tokens[at + 1 : high]]


def _verb_phrase(tokens: Sequence[Token], at: int, high: int) -> Fragment:
    """Verb and noun of what starts at `at`, with 未 where it is not done: 尚未|整改, 没有|开展|检查."""
    said = _act(tokens, at, high)
    if word := negation(tokens, at):
        said.verb = prefix_of(word) + (tokens[at].text if said.light and not said.verb else "") + said.verb
    return said


def _act(tokens: Sequence[Token], at: int, high: int) -> Fragment:
    light = doing = False
    while at < high and tokens[at].kind in "la":
        light = light or tokens[at].kind == "l"
        doing = doing or tokens[at].text.endswith("开展")
        at += 1
    if (
        light
        and at + 1 < high
        and tokens[at].kind in "vw"
        and tokens[at + 1].kind == "j"
        and any(token.kind == "x" for token in tokens[at:high])
    ):
        return Fragment(noun=noun_text(tokens[at:high]), light=light, doing=doing)  # 作出|撤销、变更等|纠错决定
    acts = all(token.kind in "vw" for token in tokens[at:high]) and tokens[high - 1].kind == "v" and tokens[high - 1].text not in _PAPERS
    if acts or _verb_chain(tokens, at, high) == high:
        return Fragment(verb=joined(tokens[at:high]), light=light, doing=doing)
    verb = ""
    titled = at + 1 < high and tokens[at + 1].text.startswith("《")  # 推动|修订|《…条例》
    if tokens[at].kind in "vc" or (tokens[at].kind == "w" and (titled or not light)):
        verb, at = tokens[at].text, at + 1
    if verb and at < high and tokens[at].text == "成功":  # 调处成功395件
        verb, at = verb + "成功", at + 1
    while verb and at < high and tokens[at].text in _DOING:  # 带队|开展|执法检查
        at += 1
    if at < high - 1 and tokens[at].text in ("把", "将"):  # 争取|把|败诉率
        verb, at = "", at + 1
    later = _later_verb(tokens, at, high, light=light and not verb)
    if later is not None:
        return _verb_phrase(tokens, later, high)
    return Fragment(verb=verb, noun=noun_text(tokens[at:high]), light=light, doing=doing)


def _verb_chain(tokens: Sequence[Token], at: int, high: int) -> int:
    """驳回|或|维持: where a chain of verbs ends."""
    while at < high and (tokens[at].kind in "vja" or tokens[at].text == "成功" or (tokens[at].kind == "w" and tokens[at - 1].kind == "v")):
        if tokens[at].kind == "w" and (at + 1 < high or (tokens[at].text in _NOMINAL and tokens[at - 1].text not in _ALLOWING)):
            break
        at += 1
    return at


def _later_verb(tokens: Sequence[Token], at: int, high: int, *, light: bool) -> int | None:
    """走进园区|开展|政策宣讲: a later verb that says what is counted; behind a light one also 组织…|评选|…."""
    for k in range(high - 2, at, -1):
        if tokens[k - 1].kind in "noqd" and tokens[k].text in _DOING and not is_relative(tokens, k, high):
            return k
    if not light or sum(len(token.text) for token in tokens[at:high]) <= _LONG_OBJECT:
        return None
    last = next((k for k in range(high - 1, at, -1) if tokens[k].kind == "v" and tokens[k - 1].kind in "noqd"), None)
    if last is None or is_relative(tokens, last, high) or (last + 1 == high and len(tokens[last].text) < _LONG_ACT):
        return None
    return last
