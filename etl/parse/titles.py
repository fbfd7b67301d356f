"""Who reports: from the title, else the signature, the publisher named by the page, or the opening sentence.

In: folded title, signature and first line of the text. Out: the organisation, null where nothing names it. The name is given as it is
written; canonical names and levels are the business of the fact tables. Which year is reported on is read in `years`.
"""

from __future__ import annotations

import re

from etl.parse.folding import fold
from etl.parse.lexicon import load, word_pattern

# 2023年度  (2023年)
_YEAR_PHRASE = re.compile(r"[(\[]?(?:19|20)[0-9]{2}\s*年?(?:度)?[)\]]?")
# what follows the name of the body in a title
_TOPIC = re.compile(r"关于|推进|加强|全面|法治|依法行政|依法治|贯彻|落实|履行|政府工作报告|工作报告|年度工作|年度|情况|的?报告")
_BODY = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{1,28}}?{word_pattern('organizations', 'publishers')})$")
_REPORT = re.compile("|".join(load("parts")["furniture"]["report_title"]))
_SPEAKS = re.compile("|".join(load("page")["report"]))
_CUT = re.compile(r"(?:…|\.{2,})\s*$")
_LONGEST_TITLE = 100
_TOP = 1000  # characters in which a title may stand
_LONGEST_LINE = 60
# 2023年,云河区市场监督管理局在区委的领导下…
_OPENING = re.compile(
    rf"^(?:[0-9]{{4}}年(?:度|以来)?[,、]?)?(?P<name>[\u4e00-\u9fff]{{2,28}}?{word_pattern('organizations', 'publishers')})"
    r"(?=[在以认全深坚按围紧切严持始扎高])"
)


def read_title(text: str) -> str:
    """The title of a text that begins with it, without marks of copied markdown; two lines where the body stands on its own."""
    lines = [bare for line in text[:_TOP].splitlines() if (bare := line.strip().strip("#*").strip())][:2]
    if len(lines) < 2 or len(lines[0]) > _LONGEST_LINE or len(lines[1]) > _LONGEST_LINE:
        return lines[0] if lines else ""
    first, second = fold(lines[0]), fold(lines[1])
    if _REPORT.search(first) or not _REPORT.search(second) or _BODY.match(_YEAR_PHRASE.sub("", first).strip()) is None:
        return lines[0]
    return lines[1] if second.startswith(first) else lines[0] + lines[1]


def best_title(title: str, listed: str, text: str) -> str:
    """The title of the page, unless that of the list or the text's own first lines say more: that it is a report, whose, of which year.

    Args:
        title: what the page itself gives, which may be the site's name or empty.
        listed: that of the list; one that is cut with … counts for nothing.
        text: the main text.
    """
    candidates = [title, "" if _CUT.search(listed) else listed, read_title(text)]
    usable = [(bare, _worth(bare)) for candidate in candidates if (bare := candidate.strip()) and len(bare) <= _LONGEST_TITLE]
    best = max(usable, key=lambda one: one[1], default=("", 0))
    return best[0] if best[1] else title or listed


def _worth(title: str) -> int:
    """4 for a title that speaks of such a report, more where it names the body and the year; 0 for anything else."""
    folded = fold(title)
    if not _SPEAKS.search(re.sub(r"\s", "", folded)):
        return 0
    return 4 + 2 * (_from_title(folded) is not None) + (_YEAR_PHRASE.search(folded) is not None)


def find_organization(title: str, signature: str | None, opening: str, publisher: str | None) -> str | None:
    """The body that reports: named in the title, else in the signature, by the page, or at the start of the text."""
    named = _from_title(title)
    if named and _BODY.match(named):
        return named
    signed = re.sub(r"\s", "", signature or "") or None
    if named is None or (signed and signed.startswith(named)):
        opened = _OPENING.match(opening)
        return signed or publisher or (opened["name"] if opened else None)
    for place, government in load("organizations")["places"].items():
        if named.endswith(place):
            return f"{named}{government}"
    return named


def _from_title(title: str) -> str | None:
    """The name in front of the topic: 2023年度上海市静安区人民政府|法治政府建设…, 关于|静安区|2023年…."""
    name = re.sub(r"\s|^[\[【(][^\])】]*[\])】]", "", title)
    name = re.sub(r"^关于(?:印发|报送|呈报|上报|公布|公开|转发)?", "", _YEAR_PHRASE.sub("", name))
    topic = _TOPIC.search(name)
    if topic:
        before = name[: topic.start()]
        rest = name[topic.start() :]
        # 云河区人民政府关于… but also 关于推进…的报告, where nobody is named
        if not before and rest.startswith("政府"):
            return None
        name = before
    elif len(name) > 30:
        return None
    if re.fullmatch("[\u4e00-\u9fff]{2,8}(?:省|市|区|县)政府", name):
        return name.removesuffix("政府") + "人民政府"
    return name if re.fullmatch(r"[\u4e00-\u9fff]{2,34}", name) else None
