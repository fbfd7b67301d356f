"""The text of an invented report: short, with figures, in the five parts that such a report must have.

Everything in it is made up. The same body and year always give the same text.
"""

from __future__ import annotations

import random
from datetime import date


def report_text(organization: str, year: int, signed_on: date) -> str:
    """A report of a body on a year, a line for each paragraph, without its title."""
    chance = random.Random(f"{organization}{year}")
    n = chance.randint
    raised, withdrawn, in_force = n(2, 9), n(1, 5), n(30, 60)
    lines = [
        "市委、市政府：",
        f"{year}年，{organization}深入学习贯彻习近平法治思想，全面推进依法行政，现将法治政府建设情况报告如下。",
        f"一、{year}年法治政府建设的主要举措和成效",
        "（一）依法全面履行职责",
        f"一是优化营商环境。推出便民利企举措{n(8, 40)}项，高频事项平均办理时间压缩{n(10, 60)}%。",
        f"二是深化简政放权。办理行政许可{n(1, 9)},{n(100, 999)}件，网上办理率达到{n(80, 99)}.{n(1, 9)}%。",
        "（二）健全制度体系",
        f"制定行政规范性文件{raised}件，废止{withdrawn}件，现行有效{in_force}件；开展合法性审核{n(20, 200)}件次。",
        "（三）规范行政执法",
        f"全年作出行政处罚决定{n(100, 900)}件，罚没款{n(20, 400)}.{n(1, 9)}万元，对轻微违法行为不予处罚{n(5, 90)}件。",
        f"（四）化解矛盾纠纷\n受理行政复议案件{n(20, 180)}件，审结{n(10, 19)}件，人民调解成功率达到{n(90, 99)}%。",
        "二、存在的不足和原因",
        "主要是执法队伍的专业能力还不够强，部分单位对新领域的法律问题研究不深，普法宣传的针对性有待提高。",
        "三、党政主要负责人履行推进法治建设第一责任人职责情况",
        f"主要负责人主持召开专题会议{n(2, 12)}次，组织会前学法{n(4, 20)}次，带头出庭应诉{n(1, 6)}件。",
        f"四、{year + 1}年的主要安排",
        f"计划开展专项执法监督{n(3, 10)}次，培训执法人员不少于{n(50, 300)}人次，推动合法性审核全覆盖。",
        "五、其他需要报告的情况",
        "无。",
        organization,
        f"{signed_on.year}年{signed_on.month}月{signed_on.day}日",
    ]
    return "\n".join(lines)


def noise_text(title: str, organization: str) -> str:
    """The text of a page that is no report."""
    return f"各有关单位：\n现将{title}印发，请结合实际认真贯彻落实。\n{organization}"
