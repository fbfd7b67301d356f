"""Names in both languages: of the vocabulary's codes (`names.toml`) and of canonical metrics (the warehouse's catalogue)."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files

from etl.settings import PROJECT_DIR

_CATALOGUE = PROJECT_DIR / "warehouse" / "catalogue" / "metrics.csv"


@cache
def names() -> dict[str, dict[str, str]]:
    """The tables of `names.toml`: group -> code -> "中文 English"."""
    return tomllib.loads(files("etl").joinpath("names.toml").read_text(encoding="utf-8"))


def name(group: str, code: str) -> str:
    """The name of a code.

    Raises:
        KeyError: the vocabulary has grown and `names.toml` has not.
    """
    return names()[group][code]


def in_both(group: str, code: str) -> tuple[str, str]:
    """The name of a code in Chinese and in English; a code that the vocabulary lacks, of an older warehouse, stands for itself."""
    zh, _, en = names()[group].get(code, code).partition(" ")
    return zh, en or zh


def metric_name(code: str | None) -> str | None:
    """A canonical metric as `code 中文 English`; a code that the catalogue lacks stands alone."""
    return None if code is None else " ".join(filter(None, (code, _metric_names().get(code))))


@cache
def _metric_names() -> dict[str, str]:
    with _CATALOGUE.open(encoding="utf-8", newline="") as file:
        return {row["metric_code"]: f"{row['name_zh']} {row['name_en']}" for row in csv.DictReader(file)}
