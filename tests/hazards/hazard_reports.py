"""Reports of departments, each with bytes of its own at its address, and what a night makes of them."""

from datetime import date

from hazard_nights import BASE, publish

from sample.seed_texts import Body, report_lines, signature


def body_of(name):
    """A department: each page of a night is a report of another one."""
    return Body(name, "department", f"云河区{name}", f"云河区{name}", "公共服务")


def title_of(name, year=2023):
    return f"云河区{name}{year}年度法治政府建设情况报告"


def lines_of(name, year=2023):
    return [*report_lines(body_of(name), year), *signature(body_of(name), date(year + 1, 2, 20))]


def page_of(name, inner=None, *, head="", info="", charset='<meta charset="utf-8">', below=""):
    """An article of the portal with markup of its own in the box of the text."""
    inner = "".join(f"<p>{line}</p>" for line in lines_of(name)) if inner is None else inner
    return (
        f'<!DOCTYPE html><html><head>{charset}<title>{title_of(name)}</title><meta name="ContentSource" content="云河区{name}">{head}'
        f'</head><body><div id="header"></div><div class="ewb-article"><h3 class="article-title">{title_of(name)}</h3>'
        f'<div class="info-source">{info or "【信息时间：2024-03-01】"}</div><div class="ewb-article-info" id="infoContentM">{inner}</div>'
        f'{below}</div><div id="footer">版权所有 2019</div></body></html>'
    )


REST = (
    "<p>坚持把依法行政要求贯穿工作全过程，印发年度法治政府建设工作计划，逐项明确责任单位和完成时限，形成主要负责人牵头抓总、分管领导具体负责的工作格局。</p>"
    "<p>二、存在的不足和原因</p><p>执法队伍专业能力还不够强，部门之间信息共享不畅，协同监督的方式方法较为单一，普法宣传的针对性有待提高。</p>"
    "<p>三、党政主要负责人履行推进法治建设第一责任人职责情况</p><p>主要负责人主持召开专题会议5次，对法治建设重要工作亲自部署、重大问题亲自过问。</p>"
    "<p>四、2024年的主要安排</p><p>一是深化专项执法监督。二是提升执法规范化水平，实现执法人员轮训。三是压实法治建设责任，推动述法工作向下属单位延伸。</p>"
)


class Pages:
    """Reports of one night by the name of their department, each with bytes of its own at its address."""

    def __init__(self, night):
        self.night = night
        self.paths = {}

    def add(self, name, body, *, content_type="text/html; charset=utf-8", **fields):
        told = {"title": title_of(name), "text": "x", "publisher": f"云河区{name}", "number": len(self.paths), **fields}
        self.paths[name] = publish(self.night.portal.site, **told)
        body = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": content_type}
        self.night.portal.scenario(self.paths[name], {"do": "answer", "status": 200, "body": body, "headers": headers})

    def report(self, name, columns="body_text"):
        """The only row of dim_report for a page."""
        rows = self.night.reports(columns, f"source_url = '{BASE}{self.paths[name]}'")
        assert len(rows) == 1, (name, rows, self.quarantined(name))
        return rows[0] if "," in columns else rows[0][0]

    def quarantined(self, name):
        return self.night.ops(f"SELECT rule, reason FROM ops_quarantine WHERE source_url = '{BASE}{self.paths[name]}'")

    def metrics(self, name, columns="quote, value::DOUBLE, unit"):
        where = f"source_url = '{BASE}{self.paths[name]}'"
        return self.night.sql(f"SELECT {columns} FROM fact_metric JOIN dim_report USING (report_id) WHERE {where} ORDER BY char_start")


def plain(text):
    return "".join(text.split())


def counted(night):
    tables = ("dim_report", "dim_section", "fact_measure", "fact_metric", "fact_citation", "fact_numeral", "fact_finding")
    return {table: night.sql(f"SELECT count(*) FROM {table}") for table in tables}
