"""The interfaces that answer JSON: the list of the disclosure system, the list of a column, and the search of the whole portal.

In: what is published, and the body of the request. Out: pages without validators. Their keys are those that public clients of such
portals read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from sample.content import Article
from sample.options import Options
from sample.page import JSON, Page

GOV_LIST = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"
SEARCH = "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew"
PAGE_LIST = "/EWB-FRONT/rest/frontAppCustomAction/getPageInfoListNew"

_MAX_ROWS = 500

# JB0, /govxxgk/JB0/2025-03-03/uuid.html
_DEPARTMENT = re.compile(r"[A-Z]{2}\d")
_GOV_PATH = re.compile(rf"/govxxgk/({_DEPARTMENT.pattern})/")


def gov_list(articles: Sequence[Article], options: Options, body: bytes) -> Page:
    """`{deptcode, categorynum, pageIndex, pageSize, siteGuid}` gives the documents of a body, the newest first.

    The disclosure system knows what is published at /govxxgk/JB0/… and what is in a sub-column like JB0: `deptcode`. Without one: all.
    """
    asked, is_wrapped = _asked(body)
    if asked is None:
        return Page(b'{"controls":[],"custom":"","status":{"code":0,"text":"error"}}', JSON)
    is_known = asked.get("siteGuid") == options.site_guid and (is_wrapped or not options.json_params)
    found = [_row(each) for each in articles if _is_in_gov(each, asked)] if is_known else []
    return _custom("data", "total", found, asked, options)


def page_list(articles: Sequence[Article], options: Options, body: bytes) -> Page:
    """`params={siteGuid, categoryNum, kw, startDate, endDate, pageIndex, pageSize}` gives the documents of a column and those below it."""
    asked, _ = _asked(body)
    if asked is None:
        return Page(b'{"controls":[],"custom":"","status":{"code":0,"text":"error"}}', JSON)
    wanted, word = str(asked.get("categoryNum") or ""), str(asked.get("kw") or "")
    first, last = str(asked.get("startDate") or ""), str(asked.get("endDate") or "9999")
    found = [
        {"infoid": each.uuid, "title": each.title, "infourl": each.path, "infodate": str(each.published_on), "categorynum": category}
        for each in articles
        if _is_found(each, word) and first <= str(each.published_on) <= last
        for category in _categories(each)
        if category.startswith(wanted)
    ]
    return _custom("infodata", "count", found if asked.get("siteGuid") == options.site_guid else [], asked, options)


def search(articles: Sequence[Article], options: Options, body: bytes) -> Page:
    """`{pn, rn, wd, condition, time, …}` gives records from the `pn`-th on; a document in two columns is two records."""
    asked, _ = _asked(body)
    if asked is None:
        return Page(b'{"code":500,"content":""}', JSON)
    word = str(asked.get("wd") or "")
    records = [
        _record(each, category, word)
        for each in articles
        if _is_found(each, word) and _is_within(each, asked)
        for category in _categories(each)
        if _is_in_category(category, asked)
    ]
    first, size = max(0, _number(asked.get("pn"), 0)), min(_number(asked.get("rn"), 10), _MAX_ROWS)
    reply = {"result": {"totalcount": len(records), "records": records[first : first + size]}}
    return _json({"code": 200, "content": _as_string(reply)} if options.search_string else reply)


def _custom(rows: str, total: str, found: Sequence[Mapping[str, str]], asked: Mapping[str, Any], options: Options) -> Page:
    """A page of the rows, counted from the portal's first number on."""
    size = min(_number(asked.get("pageSize"), 20), _MAX_ROWS)
    first = max(0, _number(asked.get("pageIndex"), options.json_base) - options.json_base) * size
    custom: dict[str, Any] = {rows: found[first : first + size]}
    if options.json_total:
        custom[total] = len(found)
    shown = _as_string(custom) if options.json_string else custom
    return _json({"controls": [], "custom": shown, "status": {"code": 1, "text": "ok"}})


def _asked(body: bytes) -> tuple[dict[str, Any] | None, bool]:
    """What is asked, and whether it came wrapped in `params`: as JSON, or as a form's field that holds JSON."""
    text = body.decode("utf-8", errors="replace").strip()
    form = parse_qs(text) if text.startswith("params=") else {}
    try:
        asked = json.loads(form["params"][0]) if form else json.loads(text)
        inner = asked.get("params") if isinstance(asked, dict) else None
        inner = json.loads(inner) if isinstance(inner, str) else inner
    except ValueError:
        return None, False
    if isinstance(inner, dict):
        return inner, True
    return (asked, bool(form)) if isinstance(asked, dict) else (None, False)


def _is_in_gov(article: Article, asked: Mapping[str, Any]) -> bool:
    departments = {column for column in article.columns if _DEPARTMENT.fullmatch(column)}
    if match := _GOV_PATH.match(article.path):
        departments.add(match[1])
    code, category = str(asked.get("deptcode") or ""), str(asked.get("categorynum") or "")
    is_asked_for = code in departments if code else bool(departments)
    return is_asked_for and (article.category or article.column).startswith(category)


def _row(article: Article) -> dict[str, str]:
    day = str(article.published_on)
    return {"title": article.title, "realtitle": article.title, "infourl": article.path, "infodate": day, "deptname": article.publisher}


def _categories(article: Article) -> list[str]:
    """The categories under which the search knows a document: those of all columns that are numbered."""
    own = article.category or article.column
    return [own, *(column for column in article.also_in if column.isdigit() and column != own)]


def _is_found(article: Article, word: str) -> bool:
    return all(part in article.title or part in article.text for part in word.split())


def _is_in_category(category: str, asked: Mapping[str, Any]) -> bool:
    wanted = [str(each.get("equal") or "") for each in _conditions(asked, "condition") if each.get("fieldName") == "categorynum"]
    wanted += [each for each in str(asked.get("cnum") or "").split(";") if each.isdigit() and len(each) >= 6]
    return not wanted or any(category.startswith(each) for each in wanted)


def _is_within(article: Article, asked: Mapping[str, Any]) -> bool:
    day = str(article.published_on)
    times = [each for each in _conditions(asked, "time") if each.get("fieldName") == "webdate"]
    return all(str(each.get("startTime") or "")[:10] <= day <= (str(each.get("endTime") or "")[:10] or "9999") for each in times)


def _conditions(asked: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    given = asked.get(name) or []
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            given = []
    yield from (each for each in given if isinstance(each, dict))


def _record(article: Article, category: str, word: str) -> dict[str, str]:
    title = article.title
    for part in word.split():
        title = re.sub(re.escape(part), lambda match: f"<em style='color:red'>{match[0]}</em>", title)
    return {
        "title": title,
        "linkurl": article.path,
        "infodate": f"{article.published_on} 10:12:00",
        "categorynum": category,
        "content": article.text.replace("\n", "")[:200],
    }


def _number(value: object, default: int) -> int:
    text = str(value)
    return int(text) if text.isdigit() else default


def _as_string(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json(value: object) -> Page:
    return Page(_as_string(value).encode(), JSON)


INTERFACES = {GOV_LIST: gov_list, PAGE_LIST: page_list, SEARCH: search}
"""What may be posted to, and what answers. Everything else that is posted is refused."""
