"""The text of an invented report of the full district: five mandated parts, in one of four shapes, with figures that agree.

Parts add up, shares follow from their counts, a base is last year's result, a plan names the next year. The same body and year always
give the same text; everything in it is made up.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Body:
    """Who reports: `short` is the name in titles, `field` what its texts speak of."""

    code: str
    kind: str
    name: str
    short: str
    field: str

    @property
    def self_name(self) -> str:
        """What it calls itself: 我局, 我委, 我办, 我镇."""
        if self.kind == "district":
            return "我区"
        ending = "办" if self.name.endswith("办公室") else "委" if self.name.endswith("委员会") else "局"
        return f"我{ending}" if self.kind == "department" else "本街道" if self.short.endswith("街道") else f"我{self.short[-1]}"


@dataclass(frozen=True)
class Figures:
    """The figures of a body and a year."""

    cases: int
    fines: int
    permits: int
    reviews: int
    settled: int
    suits: int
    checked: int
    documents: int
    abolished: int
    trainings: int
    trained: int
    disputes: int
    mediated: int


def figures(body: Body, year: int) -> Figures:
    """The figures; each moves around the body's own size."""
    size = random.Random(body.code).uniform(1, 8) * {"district": 12, "department": 2, "street": 1}[body.kind]
    chance = random.Random(f"{body.code}{year}")

    def around(base: float) -> int:
        return max(4, round(base * size * chance.uniform(0.75, 1.25)))

    reviews, disputes = around(6), around(40)
    documents = around(3)
    return Figures(
        cases=around(60),
        fines=around(310),
        permits=around(190),
        reviews=reviews,
        settled=chance.randint(1, reviews - 1),
        suits=around(4),
        checked=around(12),
        documents=documents,
        abolished=chance.randint(1, documents - 1),
        trainings=around(2),
        trained=around(55),
        disputes=disputes,
        mediated=disputes - chance.randint(0, disputes // 20 + 1),
    )


def report_lines(body: Body, year: int) -> list[str]:
    """The paragraphs, without title, salutation and signature."""
    shape = sum(body.code.encode()) % 4
    now, before = figures(body, year), figures(body, year - 1)
    opening = (
        f"{year}年，{body.short}坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想，"
        f"紧紧围绕{body.field}等重点工作，扎实推进依法行政。现将{year}年度法治政府建设情况报告如下。"
    )
    parts = [
        _heading(shape, 0, f"{year}年推进法治政府建设的主要举措和成效"),
        *_results(shape, body, now, before),
        _heading(shape, 1, f"{year}年推进法治政府建设存在的不足和原因"),
        _run_in(shape, _SHORTCOMINGS, "对照上级要求和群众期盼，还存在一些不足："),
        _heading(shape, 2, "党政主要负责人履行推进法治建设第一责任人职责情况"),
        f"{body.self_name}主要负责人切实履行第一责任人职责，对法治建设重要工作亲自部署、重大问题亲自过问、重点环节亲自协调。"
        f"主持召开专题会议{now.trainings}次，组织会前学法{now.trainings + 3}次，带头出庭应诉，并把述法情况纳入年度考核。",
        _heading(shape, 3, f"{year + 1}年推进法治政府建设的主要安排"),
        _run_in(shape, [each.format(next=now.trainings + 2, field=body.field) for each in _PLANS], f"{year + 1}年，重点做好以下工作："),
        _heading(shape, 4, "其他需要报告的情况"),
        "无。",
    ]
    return [opening, *(part for part in parts if part)]


def signature(body: Body, signed_on: date) -> list[str]:
    """Who signs, and when."""
    return [body.name, f"{signed_on.year}年{signed_on.month}月{signed_on.day}日"]


_NUMERALS = "一二三四五六七八九十"
_SHORTCOMINGS = [
    "执法队伍专业能力还不够强，取得法律职业资格的人员偏少",
    "部门之间信息共享不畅，协同监督的方式方法较为单一",
    "普法宣传的针对性有待提高，新就业群体的普法供给相对不足",
]
_PLANS = [
    "深化{field}领域专项执法监督，全年不少于{next}次",
    "提升执法规范化水平，实现执法人员轮训不少于60学时",
    "压实法治建设责任，推动述法工作向下属单位延伸",
]


def _heading(shape: int, number: int, text: str) -> str:
    """一、…; in the last shape the report has no headings."""
    return "" if shape == 3 else f"{_NUMERALS[number]}、{text}"


def _run_in(shape: int, sentences: list[str], opening: str) -> str:
    marks = ["首先，", "其次，", "再次，"] if shape == 2 else [f"{_NUMERALS[index]}是" for index in range(len(sentences))]
    return opening + "。".join(mark + sentence for mark, sentence in zip(marks, sentences, strict=True)) + "。"


def _results(shape: int, body: Body, now: Figures, before: Figures) -> list[str]:
    topics = [
        ("加强组织领导", _leadership(body, now)),
        ("健全制度体系", _rules(now)),
        ("规范行政执法", _enforcement(body, now, before)),
        ("优化政务服务", f"全年办理行政许可{now.permits:,}件，按时办结率100%，推行告知承诺制事项{now.checked}项。"),
        ("化解矛盾纠纷", _disputes(now, before)),
        ("加强法治培训", f"组织执法人员法律知识培训{now.trainings}场，参训{now.trained}人次；开展法治宣传活动{now.checked}场。"),
        (
            "深化政务公开",
            f"坚持以公开为常态、不公开为例外，主动公开信息{now.permits // 3 + 20}条，及时更新权责清单和办事指南，回应社会关切。",
        ),
    ]
    found = []
    for number, (topic, text) in enumerate(topics):
        if shape == 0:
            found += [f"（{_NUMERALS[number]}）{topic}", text]
        elif shape == 1:
            found.append(f"{number + 1}.{topic}。{text}")
        else:
            found.append(f"（{_NUMERALS[number]}）{topic}。{text}" if shape == 2 else text)
    return found


def _leadership(body: Body, now: Figures) -> str:
    return (
        f"把依法行政要求贯穿{body.field}工作全过程，印发年度法治政府建设工作计划，细化任务{now.checked + 6}项，逐项明确责任单位和完成时限，"
        "形成主要负责人牵头抓总、分管领导具体负责、各科室协同配合的工作格局。落实领导干部应知应会法律法规清单制度，推动学法用法制度化。"
    )


def _rules(now: Figures) -> str:
    kept = now.documents - now.abolished
    return (
        f"对现行{now.documents}件行政规范性文件开展清理，继续有效{kept}件，废止{now.abolished}件。"
        f"法律顾问参与审查合同和涉法文件{now.checked * 3}件次，开展合法性审核{now.checked}件次。"
    )


def _enforcement(body: Body, now: Figures, before: Figures) -> str:
    change = now.cases - before.cases
    words = f"较上年{'增加' if change > 0 else '减少'}{abs(change)}件" if change else "与上年持平"
    return (
        f"一是加强{body.field}领域执法。全年办结行政处罚案件{now.cases}件，{words}，罚没款{now.fines / 10:.1f}万元。"
        f"二是严格执法监督。评查行政执法案卷{now.checked}份，全面落实行政执法公示、执法全过程记录、重大执法决定法制审核制度。"
    )


def _disputes(now: Figures, before: Figures) -> str:
    share = now.mediated / now.disputes * 100
    rate = "100" if now.mediated == now.disputes else f"{share:.1f}"
    change = now.suits - before.suits
    suits = f"，较上年{'增加' if change > 0 else '减少'}{abs(change)}件" if change else ""
    return (
        f"审结行政复议案件{now.reviews}件，其中以调解、和解方式结案{now.settled}件；行政诉讼案件{now.suits}件{suits}，负责人出庭应诉率100%。"
        f"受理各类纠纷{now.disputes}件，成功调解{now.mediated}件，成功率{rate}%。"
    )
