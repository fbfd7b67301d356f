"""Who acts: the organisation that a sentence names as its subject.

In: the folded sentence up to the figure, clause by clause. Out: the name as written, or null. An organisation counts only at
the start of a clause and in front of a verb or adverb; it stays the subject of the clauses behind it. Persons give null.
"""

from __future__ import annotations

import re

from etl.parse.lexicon import word_pattern

_SUFFIX = word_pattern("organizations", "actors", "suffixes")
_ADVERB = word_pattern("organizations", "actors", "adverbs")
_ADVERB = word_pattern("organizations", "actors", "adverbs")
_VERB = f"{word_pattern('phrases', 'verbs')}|{word_pattern('phrases', 'light_verbs')}"
# not 区委|依法治区委员会
_FOLLOWED = rf"(?!(?:全面)?依法治)(?={_ADVERB}|{_VERB})"
# 全区112个人民调解组织   2023年,区司法局
_TIME = (
    r"(?:(?:全[区市县镇省])?[0-9]+[个家名])?"
    r"(?:截至[^,]{0,12}|(?:19|20)[0-9]{2}年(?:度)?|[0-9]{1,2}月(?:份)?|全年|年内|今年|一年来|其中|同时|针对[^,]{0,12})?[,、]?"
)
_NAME = (
    rf"(?P<name>(?:全[区市县省]|各)?[\u4e00-\u9fff、及和“”]{{0,22}}?{_SUFFIX}(?:[及和与、](?:其|各)?[\u4e00-\u9fff]{{0,10}}?{_SUFFIX})*)"
)
_ACTOR = re.compile(rf"^{_TIME}{_NAME}{_FOLLOWED}")
_PRONOUN = re.compile(rf"^{_TIME}(?P<name>{word_pattern('organizations', 'actors', 'pronouns')})(?![\u4e00-\u9fff]{{0,2}}(?:的|法治政府))")
_NOT_AN_ACTOR = re.compile(
    r"^(?:跨|随机|抽查|检查|评查|约谈|走访|调研|各?部门$|各?单位$|机关$|机构$|组织|通过|对|向|为|与|在|由|将|把|会同|联合|组织|召开|主持|制定|印发|建立|推动|督促|指导|邀请|支持|依托|成立|组建|加强|完善|健全|落实|深化|开展|推进|强化"
    r"|协调|参加|承接|聘请|配备|发挥|坚持|全面|严格|积极|充分|持续|按照|根据|自觉|主动|继续|切实|实现|并|以|从|经|被|进一步)|负责人|负责同志|书记|局长|主任|干部|人员|法律顾问|代表"
)


def find_subject(clauses: list[str]) -> str | None:
    """The subject that the last of `clauses` has: its own, or the latest before it in the sentence."""
    for clause in reversed(clauses):
        name = actor(clause.strip())
        if name:
            return name
    return None


_AND_OTHERS = re.compile(rf"^{_TIME}{_NAME}等$")  # 区市场监管局等3个部门


def actor(clause: str) -> str | None:
    """The organisation that opens a clause as its subject."""
    pronoun = _PRONOUN.match(clause)
    if pronoun:
        return pronoun["name"]
    match = _ACTOR.match(clause) or _AND_OTHERS.match(clause)
    if match is None or _NOT_AN_ACTOR.search(match["name"]):
        return None
    return match["name"]
