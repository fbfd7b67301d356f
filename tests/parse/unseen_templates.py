# ruff: noqa: E501 (markup)
"""Templates that no vocabulary knows, and what portals set around a text.

Each template is a function of a report's lines; noise is made of the phrases of `NOISE`, none of which may be read as text.
"""

import re

TABLE = [("项目", "2022年", "2023年"), ("行政复议（件）", "98", "1,206"), ("行政诉讼（件）", "", "37"), ("出庭率", "92.5%", "100%")]
ROWS = [" ".join(row) for row in TABLE]

NOISE = {
    "menu": ["首页", "政务公开", "办事服务", "互动交流", "法治政府建设年度报告", "部门法治政府建设情况", "无障碍浏览"],
    "crumbs": ["当前位置", "您所在的位置"],
    "info": ["发布时间：2024-03-05 10:28", "来源：区司法局", "浏览次数：3187", "字体：大 中 小", "索引号：AA1234-2024-00017"],
    "tools": ["分享到：微信 微博", "扫一扫在手机打开当前页", "打印本页", "关闭窗口", "【纠错】"],
    "next": ["上一篇：2023年度政府信息公开工作年度报告", "下一篇：区司法局2024年工作要点"],
    "aside": [
        "相关新闻",
        "热门点击",
        "区司法局召开2024年法治政府建设推进会，会议部署了37项任务。",
        "全区行政执法案卷评查结果公布，共评查案卷4821份。",
    ],
    "footer": [
        "主办：云河区人民政府",
        "沪ICP备05001234号",
        "网站标识码3101060001",
        "联系电话：021-62770000",
        "地址：云河路123号",
        "建议使用1024×768分辨率",
    ],
    "form": ["我要纠错", "错误类型（必填）", "请您填写姓名和联系电话，便于我们在5个工作日内回复。", "验证码"],
    "hidden": ["内部审核意见：同意发布第88号", "加载中"],
    "letters": [
        "建议在云岭路增设2个法律服务点，方便老年居民。答复：您好，您的建议已收悉，我们将认真研究。",
        "报告写得很详细，希望明年公开更多案例。答复：感谢您的关注，我们会继续努力。",
    ],
    "news": [
        "3月1日，区司法局组织28名干部赴基层开展普法宣传，发放资料1500余份，现场解答群众咨询。活动受到群众欢迎，取得良好成效。",
        "3月2日，云岭街道举办民法典专题讲座，邀请律师以案释法，46名社区干部参加学习。讲座内容丰富，通俗易懂，参会人员纷纷表示收获很大。",
        "3月3日，区市场监管局开展消费维权宣传活动，接受咨询210人次，受理投诉17件。下一步，该局将继续加大监管力度，切实维护消费者合法权益。",
        "3月4日，区生态环境局召开执法案卷评查会，评查案卷60份，通报问题14个。会议要求，要以评促改，不断提升执法规范化水平。",
        "3月5日，区教育局部署青少年法治教育工作，要求各校在4月底前完成法治副校长聘任。会上，5所学校作了交流发言。",
    ],
    "law": [
        "版权声明：本网站所刊登的各种新闻、信息和各种专题专栏资料，未经协议授权，禁止下载使用。凡本网注明来源的作品，版权均属于本网站所有，任何单位和个人不得转载、摘编。",
        "免责声明：本网站部分内容转自其他媒体，转载目的在于传递更多信息，并不代表本网赞同其观点和对其真实性负责，请在30日内与我们联系，我们将及时处理您的要求。",
    ],
}


def menu(tag="li"):
    return "".join(f'<{tag}><a href="/{n}/">{word}</a></{tag}>' for n, word in enumerate(NOISE["menu"] * 3))


def paragraphs(lines, tag="p", style=' style="text-indent:2em"'):
    return "\r\n".join(f"<{tag}{style}>&emsp;&emsp;{line}</{tag}>" for line in lines)


def table(attributes=""):
    return (
        f"<table{attributes}>"
        + "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in TABLE)
        + "</table>"
    )


def page(title, body, head=""):
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def word_span(line):
    """A line as Word pastes it: every digit run apart, in spans with styles."""
    apart = re.sub(r"\d", lambda m: f'<span lang="EN-US" style="font-family:仿宋">{m[0]}</span>', line)
    return f'<span style="font-size:16pt">{apart}</span>'


def old_tables(lines):
    """Layout tables of the 2000s; the text in one cell, broken by <br>."""
    text = "<br>\r\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in lines)
    return page(
        "云河区政府",
        f"""<table width=1000><tr><td><table><tr>{menu("td")}</tr></table></td></tr>
        <tr><td width=200 valign=top><table>{"".join(f"<tr><td>{x}</td></tr>" for x in NOISE["aside"])}</table></td>
        <td><table><tr><td class=dh>当前位置：<a href=/>首页</a></td></tr><tr><td class=bt align=center>{lines[0]}</td></tr>
        <tr><td align=center>{"&nbsp;".join(NOISE["info"][:3])}</td></tr><tr><td class=content><font size=3>{text}</font></td></tr>
        <tr><td align=right>{" ".join(NOISE["tools"][2:4])}</td></tr></table></td></tr>
        <tr><td colspan=2 align=center>{"<br>".join(NOISE["footer"])}</td></tr></table>""",
    )


def div_soup(lines):
    """Every line a div, boxes in boxes, the share bar and neighbours behind."""
    return page(
        f"{lines[0]}_云河区",
        f"""<div class=top><div class=logo></div><div class=dh><ul>{menu()}</ul></div></div><div class=wrap><div class=l-main>
        <div class=wz>您所在的位置：<a>首页</a></div><div class=bt>{lines[0]}</div><div class=fbt>{"".join(f"<span>{x}</span>" for x in NOISE["info"])}</div>
        <div class=nr><div class=nr-in>{paragraphs(lines, "div")}</div></div>
        <div class=fx>{"".join(f"<span>{x}</span>" for x in NOISE["tools"])}</div>
        <div class=sxp><p>{NOISE["next"][0]}</p><p>{NOISE["next"][1]}</p></div></div></div>
        <div class=bottom>{paragraphs(NOISE["footer"])}</div>""",
    )


def sidebar(lines):
    """A news page: main column in section > article-less divs, teasers with sentences at the side, a table in the text."""
    teasers = "".join(f"<div class=t><h5><a href=/x>{x[:12]}</a></h5><p>{x}</p></div>" for x in NOISE["aside"][2:] * 4)
    return page(
        lines[0],
        f"""<div class=nav-bar>{menu()}</div><div class=row><div class=col-9><h1 class=big>{lines[0]}</h1><div class=meta>{" ".join(NOISE["info"][:2])}</div>
        <div class=text-box>{paragraphs(lines[:5])}{table(" border=1")}{paragraphs(lines[5:])}</div></div>
        <div class=col-3><h4>相关新闻</h4>{teasers}<h4>热门点击</h4></div></div><div class=copyright>{"<br>".join(NOISE["footer"])}</div>""",
    )


def word_paste(lines):
    """A whole document of Word inside the box, digits in spans of their own, headings as h2."""
    inner = "".join(f"<{'h2' if line[:2] in ('一、', '二、', '三、', '四、') else 'p'} class=MsoNormal>{word_span(line)}" for line in lines)
    return page(
        "文章",
        f"""<div id=hd>{menu("span")}</div><div id=bd><h2>{lines[0]}</h2><p class=ly>{NOISE["info"][1]} {NOISE["info"][0]}</p><div id=nrq>
        <html><head><title>Word</title><style>p.MsoNormal {{ margin:0 }}</style></head><body lang=ZH-CN>{inner}</body></html></div>
        <p class=gn>{" ".join(NOISE["tools"])}</p></div><div id=ft>{paragraphs(NOISE["footer"])}</div>""",
    )


def cell_each(lines):
    """A layout table with one paragraph a cell."""
    rows = "".join(f"<tr><td><p>{line}</p></td></tr>" for line in lines)
    return page(
        lines[0],
        f"""<div class=h>{menu("b")}</div><div class=m><div class=title1>{lines[0]}</div><div class=m2><table class=tb><tbody>{rows}</tbody></table></div></div>
        <div class=jc><p>{NOISE["form"][0]}</p>{paragraphs(NOISE["form"][1:])}<textarea></textarea></div><div class=f>{paragraphs(NOISE["footer"])}</div>""",
    )


def short_with_law(lines):
    """A short report above a footer of more words than its own."""
    return page(
        lines[0],
        f"""<div>{menu()}</div><div class=c1><h3>{lines[0]}</h3><div class=c2>{paragraphs(lines)}</div></div>
        <div class=c9><ul>{menu()}</ul>{paragraphs(NOISE["law"] * 2)}{paragraphs(NOISE["footer"])}</div>""",
    )


def split_boxes(lines):
    """The text in three sibling boxes, as page breaks of an editor leave it."""
    third = len(lines) // 3 + 1
    boxes = "".join(f"<div class=pg>{paragraphs(lines[at : at + third])}</div>" for at in range(0, len(lines), third))
    return page(
        lines[0],
        f"""<div class=d1>{menu()}</div><div class=d2><div class=d3><p class=pt>{lines[0]}</p><p>{NOISE["info"][0]}</p></div><div class=d4>{boxes}</div>
        <div class=d5>{" | ".join(NOISE["tools"])}</div></div><div class=d6>{paragraphs(NOISE["footer"])}</div>""",
    )


def tools_inside(lines):
    """Info line, tools, neighbours and an editor's name inside the very box of the text, hidden text between its paragraphs."""
    hidden = f'<p style="display:none">{NOISE["hidden"][0]}</p><span hidden>{NOISE["hidden"][1]}</span>'
    return page(
        "云河区人民政府",
        f"""<div>{menu()}</div><div class=xl><div class=xl-in><p align=center>{lines[0]}</p><p align=center>{" ".join(NOISE["info"][:3])}</p>
        {paragraphs(lines[:4])}{hidden}{paragraphs(lines[4:])}
        <p>责任编辑：李某</p><p>{NOISE["tools"][1]}</p><p>{NOISE["tools"][0]}</p><p>{NOISE["next"][0]}</p><p>{NOISE["next"][1]}</p></div></div>
        <div>{paragraphs(NOISE["footer"])}</div>""",
    )


def preformatted(lines):
    """Plain text in <pre>."""
    text = "\r\n".join(f"　　{line}" for line in lines)
    return page(
        lines[0],
        f"""<div>{menu()}</div><div class=z><h2>{lines[0]}</h2><div class=zz><pre>{text}</pre></div></div><div>{paragraphs(NOISE["footer"])}</div>""",
    )


def spans_and_breaks(lines):
    """No paragraph at all: text nodes and spans with two <br> each, links in the text, the title once more in it."""
    text = "<br/><br/>".join(f"<span>{line[:8]}</span><a href=/law>{line[8:12]}</a>{line[12:]}" for line in lines)
    return page(
        lines[0],
        f"""<div class=a>{menu()}</div><div class=b><div class=c>{lines[0]}</div><div class=d>{text}</div><div class=e>{" ".join(NOISE["tools"])}</div></div>
        <div class=g>{"　".join(NOISE["footer"])}</div>""",
    )


def lists(lines):
    """Numbered paragraphs as lists, the rest as paragraphs, in a tab with others hidden beside it."""
    body = "".join(f"<ul><li>{line}</li></ul>" if re.match("（|\\(|[一二三四]是", line) else f"<p>{line}</p>" for line in lines)
    return page(
        lines[0],
        f"""<div class=u>{menu()}</div><div class=tabs><div class=tab-head><span>正文</span><span>解读</span></div><div class="pane on">{body}</div>
        <div class=pane style="display: none"><p>{NOISE["aside"][3]}</p></div></div><div class=v>{paragraphs(NOISE["footer"])}</div>""",
    )


def form_around(lines):
    """A server page that wraps everything in one form, with the index block as a table of its own."""
    index = "".join(f"<tr><td>{x.split('：')[0]}</td><td>{x.split('：')[1]}</td></tr>" for x in (NOISE["info"][4], NOISE["info"][1]))
    return page(
        "信息公开",
        f"""<form id=form1 action="detail.aspx" method=post><div class=q>{menu()}</div><table class=idx>{index}</table><div class=w><h1>{lines[0]}</h1>
        <div class=ww>{paragraphs(lines)}{table()}</div></div><div class=x>{paragraphs(NOISE["footer"])}</div></form>""",
    )


def table_apart(lines):
    """The table of figures in a box of its own behind that of the text, the signature in a third."""
    return page(
        lines[0],
        f"""<div class=s1>{menu()}</div><div class=s2><h1>{lines[0]}</h1><div class=s3><div class=txt>{paragraphs(lines[:-2])}</div>
        <div class=tbl>{table(" class=grid")}</div><div class=sgn>{paragraphs(lines[-2:])}</div></div></div><div class=s9>{paragraphs(NOISE["footer"])}</div>""",
    )


def letters(lines):
    """Readers' letters with answers below the text."""
    talk = "".join(f"<li><b>网友{n}</b><p>{x}</p></li>" for n, x in enumerate(NOISE["letters"]))
    return page(
        lines[0],
        f"""<div class=k1>{menu()}</div><div class=k2><div class=k3><div class=k4>{paragraphs(lines)}</div></div>
        <div class=comment-list><ul>{talk}</ul></div></div><div class=k9>{paragraphs(NOISE["footer"])}</div>""",
    )


def teasers(lines):
    """A short report beside more words about other news than it has itself."""
    news = "".join(
        f"<div class=item><h4><a href=/n>{x[:14]}</a></h4><p>{x}</p><span>2024-03-0{n}</span></div>" for n, x in enumerate(NOISE["news"])
    )
    return page(
        lines[0],
        f"""<div class=n1>{menu()}</div><div class=n2><div class=n3><h1>{lines[0]}</h1><div class=n4>{paragraphs(lines)}</div></div>
        <div class=n5><h3>相关新闻</h3>{news}</div></div><div class=n9>{paragraphs(NOISE["footer"])}</div>""",
    )


TEMPLATES = {
    "table_apart": (table_apart, -3),
    "letters": (letters, 0),
    "teasers": (teasers, 0),
    "old_tables": (old_tables, 0),
    "div_soup": (div_soup, 0),
    "sidebar": (sidebar, 5),
    "word_paste": (word_paste, 0),
    "cell_each": (cell_each, 0),
    "short_with_law": (short_with_law, 0),
    "split_boxes": (split_boxes, 0),
    "tools_inside": (tools_inside, 0),
    "preformatted": (preformatted, 0),
    "spans_and_breaks": (spans_and_breaks, 0),
    "lists": (lists, 0),
    "form_around": (form_around, -1),
}
"""Each template, and where its table stands among the lines."""
