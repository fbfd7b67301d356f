"""Three articles of a portal, as discovery names them."""

from datetime import date, datetime

from etl.models import Candidate

BASE = "https://www.example.gov.cn"


def candidate(name, is_report=True):
    title = f"{name}2023年度法治政府建设情况报告"
    return Candidate(
        "town", f"{BASE}/{name}.html", title, f"{BASE}/list", date(2024, 3, 25), "云河区", is_report, None if is_report else "not_matched"
    )


def text(name):
    return f"<h1>{name}2023年度法治政府建设情况报告</h1><p>2023年，{name}办理行政复议案件7件，开展法治培训12场。</p>"


CANDIDATES = [candidate(name) for name in "abc"]


def waits_hours(answer):
    return (datetime.fromisoformat(answer.retry_at) - datetime.fromisoformat(answer.time)).total_seconds() / 3600
