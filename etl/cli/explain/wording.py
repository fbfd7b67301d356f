"""What an explanation says of a figure and of a whole report, in words that people read.

In: records of a report. Out: names and values, codes in both languages. Control characters become visible signs, since a text may try to
steer the terminal that shows it. Where the words stand is left to `terminal` and `page`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from etl.models import Metric, Report, Section, Statement
from etl.names import metric_name, name
from etl.visible import visible

_VERDICTS = (("holds", True), ("fails", False), ("open", None))


def fields(report: Report, metric: Metric) -> dict[str, tuple[str, str]]:
    """What was read of a figure: field -> (its name, its value), codes in both languages; what is absent is left out."""
    section = None if metric.section is None else report.sections[metric.section]
    measure = None if metric.measure is None else report.measures[metric.measure]
    values = {
        "label": metric.label,
        "value": format_value(metric),
        "unit": metric.unit,
        "qualifier": name("qualifier", metric.qualifier),
        "kind": name("kind", metric.kind),
        "period": metric.period,
        "subject": metric.subject,
        "metric_code": metric_name(metric.metric_code),
        "metric_pattern": metric.metric_pattern,
        "section": section and f"{heading(section)}（{name('part', section.part)}）",
        "measure": measure and f"{measure.enumerator or ''}{measure.title or _shortened(measure.text)}",
        "rule": metric.rule,
    }
    return {field: (name("field", field), visible(value)) for field, value in values.items() if value}


def heading(section: Section) -> str:
    """The heading with its ordinal, as it is printed: 一、主要举措, (一)规范执法, 1.监督."""
    ordinal = section.ordinal or ""
    return visible(f"{ordinal}{'、' if ordinal.isalnum() else ''}{section.heading}")


def format_value(metric: Metric) -> str:
    """12000, or 3 … 5 for a range."""
    values = [metric.value] if metric.value_high is None else [metric.value, metric.value_high]
    return " … ".join(f"{value:,f}" for value in values)


def verdict(statement: Statement) -> str:
    """✓ 22 + 3 - 1 - 1 = 23 成立 holds, with the rule in front; what would hold where it does not."""
    if statement.holds is None:
        sign, word = "?", name("page", "open")
    elif statement.holds:
        sign, word = "✓", name("page", "holds")
    else:
        sign, word = "✗", name("page", "fails")
    expected = f" ({name('page', 'expected')} {statement.expected:,f})" if not statement.holds and statement.expected is not None else ""
    return visible(f"{sign} {name('page', 'arithmetic')} {statement.rule}: {statement.expression} {word}{expected}")


def counts(report: Report) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The summary: groups of (name, count), figures by kind, codes, numerals by class, citations, findings by rule."""
    mapped = sum(metric.metric_code is not None for metric in report.metrics)
    kinds = Counter(metric.kind for metric in report.metrics)
    classes = Counter(numeral.class_ for numeral in report.numerals)
    rules = Counter(finding.rule for finding in report.findings)
    yield (
        f"{name('page', 'figures')} {len(report.metrics)}",
        [(f"{name('sign', kind)} {name('kind', kind)}", count) for kind, count in kinds.most_common()]
        + [(name("page", "mapped"), mapped), (name("page", "unmapped"), len(report.metrics) - mapped)],
    )
    yield (
        f"{name('page', 'numerals')} {len(report.numerals)}",
        [(name("class", class_), count) for class_, count in classes.most_common()],
    )
    yield f"{name('page', 'measures')} {len(report.measures)}", []
    yield f"{name('page', 'citations')} {len(report.citations)}", []
    yield (
        f"{name('page', 'arithmetic')} {len(report.arithmetic)}",
        [(name("page", word), sum(one.holds is holds for one in report.arithmetic)) for word, holds in _VERDICTS if report.arithmetic],
    )
    yield f"{name('page', 'findings')} {len(report.findings)}", list(rules.most_common())


def _shortened(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= 30 else line[:30] + "…"
