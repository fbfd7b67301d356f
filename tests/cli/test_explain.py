"""`parse --explain` as text and as a page: what is shown, that nothing of a report is taken for markup, and where it goes."""

import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner

from etl.cli.explain.layout import lay_out
from etl.cli.explain.page import render_page
from etl.cli.explain.terminal import print_explanation
from etl.cli.main import app
from etl.errors import StageError
from etl.models import Statement
from etl.parse import parse_text
from etl.settings import PROJECT_DIR

SEED = PROJECT_DIR / "sample" / "content" / "jingan" / "2023.txt"
TITLE = "云河区司法局2023年度法治政府建设情况报告"
TEXT = (
    f"{TITLE}\n一、主要举措和成效\n(一)规范执法\n一是加强监督。2023年,评查行政执法案卷168份,优秀率95.8%,依据《云河区执法办法》。"
    "人大建议、政协提案各5件。\n二是压缩时限。办理时限由30天压缩到12天,xyz 456 qq。\n"
)
HOSTILE = (
    f"{TITLE}<script>alert(1)</script>\n一、举措\"><img src=x onerror=alert(2)>\n一是<b onclick='x'>监督</b>。办理&lt;案件&amp;168件，"
    "《</cite><script>alert(3)</script>》，</details></style><style>*{}\x1b[31m\x00。[bold]12件[/bold] :warning:\n"
)
PAGE = f"""<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{TITLE}"></head><body><div id="zoom">
<p>一是规范执法。</p><p>2023年，评查行政执法案卷<span>16</span><span>8</span>份，法治政府建设取得新成效。</p></div></body></html>"""


def as_text(text, **options):
    file = io.StringIO()
    print_explanation(Console(file=file, highlight=False, markup=False, emoji=False, **options), lay_out(parse_text(text)), "a.txt")
    return file.getvalue()


class Reader(HTMLParser):
    """What a browser would see: elements with their attributes, and the text of each element."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.open = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open.pop() != tag:
            pass

    def handle_data(self, data):
        self.texts.append((tuple(self.open), data))

    def all(self, tag, **wanted):
        return [a for name, a in self.elements if name == tag and all(value in (a.get(key) or "").split() for key, value in wanted.items())]

    def shown(self):
        return "".join(data for path, data in self.texts if "style" not in path)


def read(text):
    return Reader(render_page([("a.txt", lay_out(parse_text(text)))]))


def test_each_figure_is_marked_in_its_sentence_and_noted_below():
    lines = as_text(TEXT, width=400).splitlines()
    at = next(i for i, line in enumerate(lines) if "[168份]→#1" in line)
    assert "优秀率[95.8%]％#2" in lines[at]
    assert "‹2023年·日期›" in lines[at]
    assert "《_云河区执法办法_》" in lines[at]
    assert re.match(r" {4}→#1 \S*案卷 = 168 份 · 准确 exact · 流量 flow · 2023", lines[at + 1])
    assert "所在标题 section: (一)规范执法" in lines[at + 2]
    assert "所在举措 measure: 一是加强监督" in lines[at + 2]
    assert "规则 rule: label:" in lines[at + 2]


def test_a_matched_code_shows_its_pattern():
    report = parse_text(TEXT)
    metric = next(metric for metric in report.metrics if metric.metric_code)
    text = as_text(TEXT, width=400)
    assert f"指标代码 metric code: {metric.metric_code} " in text
    assert f"匹配模式 pattern: {metric.metric_pattern}" in text


def test_a_finding_stands_at_its_numeral_and_below_its_sentence():
    text = as_text(TEXT, width=400)
    assert "‹!456·未解释›" in text
    assert "    ! 发现 finding unexplained_numeral: " in text


def test_arithmetic_is_told_below_its_sentence_in_both():
    report = parse_text(TEXT)
    metric = report.metrics[0]
    statement = Statement(
        rule="balance", expression="160 + 9 = 168<b>", holds=False, stated=Decimal(168), expected=Decimal(169), metrics=(0,),
        quote=metric.quote, sentence=metric.sentence, other_sentence=None, char_start=metric.char_start, char_end=metric.char_end,
    )  # fmt: skip
    layout = lay_out(replace(report, arithmetic=(statement,)))
    file = io.StringIO()
    print_explanation(Console(file=file, highlight=False, markup=False, emoji=False), layout, "a.txt")
    words = "✗ 算术 arithmetic balance: 160 + 9 = 168<b> 不成立 does not hold (应为 expected 169)"
    assert f"    {words}\n" in file.getvalue()
    assert words in Reader(render_page([("a.txt", layout)])).shown()


def test_the_end_sums_up():
    text = as_text(TEXT, width=400)
    report = parse_text(TEXT)
    summary = text[text.index("小结 Summary") :]
    assert f"数字 figures {len(report.metrics)} " in summary
    for word in ("未对应指标 unmapped", "日期 date", "引用 citations 1", "unexplained_numeral 1"):
        assert word in summary


def test_marks_are_there_without_colour_and_colour_only_on_a_terminal():
    plain, coloured = as_text(TEXT), as_text(TEXT, force_terminal=True, color_system="standard", width=200)
    assert "\x1b" not in plain
    assert "\x1b[1;32m168份\x1b[0m" in coloured
    assert "\x1b[2m2023年\x1b[0m" in coloured
    assert re.search("\x1b\\[4m_?云河区执法办法", coloured)
    without = re.sub("\x1b\\[[0-9;]*m", "", coloured)
    assert "[168份]→#1" in without


def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    text = as_text(TEXT, force_terminal=True, color_system="standard", width=200)
    codes = {code for codes in re.findall("\x1b\\[([0-9;]*)m", text) for code in codes.split(";")}
    assert codes <= {"0", "1", "2", "4"}  # bold, dim and underline are no colours


def test_a_pipe_gets_whole_lines_and_a_terminal_gets_them_wrapped():
    assert max(map(len, as_text(TEXT, width=40).splitlines())) > 80
    assert max(map(len, as_text(TEXT, width=40, force_terminal=True, no_color=True, color_system=None).splitlines())) <= 40


def test_a_text_cannot_steer_the_terminal():
    text = as_text(HOSTILE)
    assert "\x1b" not in text
    assert "\x00" not in text
    assert "␛[" in text
    assert "␀" in text
    assert "[bold]" in text
    assert ":warning:" in text


def test_the_page_holds_every_figure_once_at_its_place():
    report = parse_text(SEED.read_text())
    page = read(SEED.read_text())
    spans = {(metric.char_start, metric.char_end) for metric in report.metrics}
    figures = [a["id"] for a in page.all("a", **{"class": "figure"})]
    assert len(figures) == len(set(figures)) == len(spans)
    assert [a["id"] for a in page.all("dl")] == [f"r1n{n}" for n in range(1, len(report.metrics) + 1)]
    shown = page.shown()
    at = 0
    for number, metric in enumerate(report.metrics, 1):
        at = shown.index(f"{metric.quote}{number}", at)
        assert metric.label in shown[at:]


def test_links_of_the_page_lead_to_their_places():
    page = read(SEED.read_text())
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    links = [a["href"] for a in page.all("a")]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    report = parse_text(SEED.read_text())
    assert [link for link in links if re.fullmatch(r"#r1s\d+", link)] == [f"#r1s{n}" for n in range(1, len(report.sections) + 1)]


def test_the_page_needs_nothing_else():
    page = read(SEED.read_text())
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "form"}
    assert not [a for _, a in page.elements if {"src", "srcset", "style"} & set(a) or any(key.startswith("on") for key in a)]
    style = "".join(data for path, data in page.texts if path[-1:] == ("style",))
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style


def test_the_page_tells_nothing_by_colour_alone():
    page = read(TEXT)
    shown = page.shown()
    for sign in "▮→％":
        assert sign in shown
    assert page.all("html")[0]["lang"] == "zh-CN"
    assert page.all("nav")[0]["aria-label"]
    assert page.all("meta", name="viewport")
    assert len(page.all("main")) == len(page.all("h1")) == 1
    assert [a["title"] for a in page.all("span", **{"class": "numeral"}) if "title" in a]


def test_a_hostile_text_is_only_text():
    plain, hostile = read(TEXT), read(HOSTILE)
    assert {tag for tag, _ in hostile.elements} <= {tag for tag, _ in plain.elements} | {"cite"}
    assert not [a for _, a in hostile.elements if any(key.startswith("on") for key in a) or "src" in a]
    assert len(hostile.all("style")) == 1
    shown = hostile.shown()
    for piece in (
        "<script>alert(",
        '"><img src=x onerror=alert(',
        "<b onclick='x'>监督</b>",
        "办理&lt;案件&amp;",
        "</details></style><style>*{}␛",
    ):
        assert piece in shown


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_text(content)
        return path

    return write


def run(*arguments):
    return CliRunner().invoke(app, ["parse", *map(str, arguments)])


def test_several_files_are_explained_in_order(file):
    done = run("--explain", file("a.html", PAGE), file("b.txt", TEXT))
    assert done.exit_code == 0, done.output
    assert "\x1b" not in done.stdout
    assert done.stdout.index("a.html") < done.stdout.index("[168份]→#1") < done.stdout.index("b.txt") < done.stdout.index("[95.8%]％#2")


def test_a_long_path_keeps_the_name_of_the_file(tmp_path):
    folder = tmp_path.joinpath(*["法治政府建设情况报告"] * 6)
    folder.mkdir(parents=True)
    (folder / "云河区司法局.txt").write_text(TEXT, encoding="utf-8")
    done = run("--explain", folder / "云河区司法局.txt")
    head = next(line for line in done.stdout.splitlines() if "…" in line)
    assert "云河区司法局.txt" in head
    assert cell_len(head) <= 80


def test_several_files_are_one_page(file, tmp_path):
    output = tmp_path / "page.html"
    done = run("--explain", "--html", "--output", output, file("a.html", PAGE), file("b.txt", TEXT))
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    page = Reader(output.read_text())
    assert len(page.all("article")) == len(page.all("h1")) == 2
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))


def test_html_goes_to_standard_output_and_text_to_a_file(file, tmp_path):
    assert run("--explain", "--html", file("a.txt", TEXT)).stdout.lstrip().startswith("<!DOCTYPE html>")
    output = tmp_path / "a.out"
    assert run("--explain", "--output", output, file("a.txt", TEXT)).stdout == ""
    assert "[168份]→#1" in output.read_text()


def test_a_file_that_is_no_report_is_named_and_the_others_are_explained(file):
    done = run("--explain", file("empty.txt", " "), file("a.txt", TEXT))
    assert isinstance(done.exception, StageError)
    assert "empty_page" in done.stderr
    assert "[168份]→#1" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--html", SEED], "add --explain"),
        (["--output", "x", SEED], "add --explain"),
        (["--explain", "missing.txt"], "missing.txt: No such file"),
        (["--explain", "--output", "/missing/x", SEED], "/missing/x: No such file"),
    ],
)
def test_wrong_use_is_one_line(arguments, said):
    done = run(*arguments)
    assert isinstance(done.exception, StageError)
    assert said in str(done.exception)
    assert "\n" not in str(done.exception)


def test_without_explain_nothing_has_changed(file):
    assert json.loads(run(file("a.txt", TEXT)).stdout)["title"] == TITLE


def test_the_readme_s_commands_exist():
    readme = Path(PROJECT_DIR / "README.md").read_text()
    assert "etl parse --explain --html --output" in readme
