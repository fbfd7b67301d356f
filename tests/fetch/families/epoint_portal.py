"""A portal's JSON interfaces, with the habits in which such portals differ."""

import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs

BASE = "https://www.example.gov.cn"
GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
OTHER = "11111111-2222-4333-8444-555555555555"
GOV = "/EWB-FRONT/rest/lightfrontaction/getgovinfolist"
COLUMN = "/EWB-FRONT/rest/frontAppCustomAction/getPageInfoListNew"
SEARCH = "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew"
SCRIPT = "/js/webBuilderCommon.js"
SITE_INFO = 'var siteInfo = {"siteGuid":"%s","projectName":"/EWB-FRONT","webVersion":"5.0","vname":""};'
JSON = {"Content-Type": "application/json;charset=UTF-8"}


def row(number, **fields):
    title = f"云河区第{number}局2023年度法治政府建设情况报告"
    return {
        "title": title,
        "infourl": f"/govxxgk/JB0/2024-03-{number:02}/{number:08}-uuid.html",
        "infodate": f"2024-03-{number:02}",
        **fields,
    }


@dataclass
class Epoint:
    """The interfaces of one portal: `rows` in order, and its habits."""

    rows: list = field(default_factory=list)
    base: int = 0
    base_page_0: str = "first"  # what a portal that counts from 1 gives for page 0: "first" or "empty"
    guid: str = GUID
    cap: int = 100
    text: bool = False
    total: bool = True
    data: bool = True
    wrapped: bool = False
    last_repeats: bool = False
    instead: object = None
    asked: list = field(default_factory=list)

    def answer(self, path, content_type, body):
        if path == COLUMN:
            assert content_type == "application/x-www-form-urlencoded"
            (body,) = parse_qs(body, keep_blank_values=True)["params"]
        else:
            assert content_type == "application/json; charset=utf-8"
        query = json.loads(body)
        self.asked.append(query)
        if self.instead is not None:
            return self.instead
        return self.search(query) if path == SEARCH else self.list(query.get("params", query), path)

    def list(self, query, path):
        size = min(query["pageSize"], self.cap)
        number = query["pageIndex"] - self.base
        rows = self.rows if query["siteGuid"] == self.guid else []
        if number < 0:
            rows, number = rows if self.base_page_0 == "first" else [], 0
        start = number * size
        if self.last_repeats:
            start = min(start, (len(rows) - 1) // size * size)
        data, total = ("infodata", "count") if path == COLUMN else ("data", "total")
        custom = {data: rows[start : start + size]} if self.data or rows[start : start + size] else {}
        if self.total:
            custom[total] = len(rows)
        custom = json.dumps(custom, ensure_ascii=False) if self.text else custom
        return {"controls": [], "custom": custom, "status": {"code": 1, "text": "ok"}}

    def search(self, query):
        size = min(query["rn"], self.cap)
        result = {"totalcount": len(self.rows), "records": self.rows[query["pn"] : query["pn"] + size]}
        result = json.dumps(result) if self.text else result
        return {"code": 200, "content": json.dumps({"result": result})} if self.wrapped else {"result": result}


def urls(found):
    return sorted(candidate.url for candidate in found)


ALL = [f"{BASE}/govxxgk/JB0/2024-03-{number:02}/{number:08}-uuid.html" for number in range(1, 8)]
