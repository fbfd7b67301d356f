"""The invented reports, and how the tests read figures from them."""

import re
import unicodedata
from decimal import Decimal

from sample.content import load_content

YEARS = (2022, 2023, 2024)
BODIES = {
    "district": "云河区人民政府",
    "market": "云河区市场监督管理局",
    "ecology": "云河区生态环境局",
    "street": "云河区人民政府青石街道办事处",
    "town": "云河区柳溪镇人民政府",
}
N = r"([\d,.]*\d)"

REPORTS = [article for article in load_content().articles if article.column.startswith("002018") and len(article.text) > 1000]
"""Every invented text of such a length; what else the lists hold is short."""


def report_of(body, year):
    found = [article for article in REPORTS if article.publisher == BODIES[body] and f"{year}年" in article.title]
    assert len(found) == 1
    return found[0]


def text_of(body, year):
    """The text with its punctuation half-width and without blanks, so that one pattern fits all years."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", report_of(body, year).text))


def read(body, year, pattern):
    """The figures of the one passage that a pattern finds; words among them stay words."""
    found = re.findall(pattern, text_of(body, year))
    assert len(found) == 1, f"{body} {year}: {pattern} is found {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [Decimal(group.replace(",", "")) if group[:1].isdigit() else group for group in groups]


def read_one(body, year, pattern):
    (value,) = read(body, year, pattern)
    return value


def assert_rounds_to(exact, stated):
    """The stated figure is the exact one at the decimals that it shows."""
    half = Decimal(1).scaleb(stated.as_tuple().exponent) / 2
    assert abs(exact - stated) <= half, f"{exact} is not {stated}"


def every_year(cases):
    return [(*case, year) for case in cases for year in YEARS]
