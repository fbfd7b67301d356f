"""Known errors of published reports: which there are, and why; data in `corrections.toml`, rules here.

In: the TOML file. Out: `Correction` records, strict: an unknown key or an impossible value is one line that names file, entry and key.
Each carries a guard (`expect`, words of the report): when the source mends its text, the correction expires by itself and says so.
How they are applied is in `etl.facts.amend`. The file lies beside the stage that reads it, since a correction changes facts, and facts
only: archive and parse keep what was published.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from etl.facts.periods import period_bounds
from etl.models import Kind, NumeralClass, Qualifier
from etl.registry import load_entries

CORRECTIONS = Path(__file__).with_name("corrections.toml")

_Text = Annotated[str, Field(min_length=1)]
_Value = Annotated[Decimal, Field(ge=0, lt=Decimal(10) ** 14, decimal_places=6)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Change(_Entry):
    """What a figure should say, in base units; what is left out stays as read."""

    value: _Value | None = None
    value_high: _Value | None = None
    unit: str | None = None
    qualifier: Qualifier | None = None
    label: _Text | None = None
    kind: Kind | None = None
    period: str | None = None
    metric_code: _Text | None = None

    @field_validator("value", "value_high", mode="before")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        if isinstance(value, float):
            raise ValueError('write the number in quotes, such as "93.2": a float is not exact')
        return value

    @field_validator("period")
    @classmethod
    def _is_period(cls, value: str | None) -> str | None:
        if value is not None:
            period_bounds(value)
        return value

    def fields(self) -> dict[str, str]:
        """The changed fields as text, as the parse contract writes them."""
        changed = self.model_dump(exclude_none=True)
        return {name: format(value, "f") if isinstance(value, Decimal) else str(value) for name, value in changed.items()}


class Correction(_Entry):
    """One known error. `name` is its key in the file; `figure` is the number as printed, once in `expect`, the words around it."""

    name: str
    organization: _Text | None = None
    report_year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    source_url: _Text | None = None
    expect: _Text
    figure: _Text
    set: Change | None = None
    drop: NumeralClass | None = None
    reason: _Text
    source: _Text
    corrected_on: date
    author: _Text

    @field_validator("expect")
    @classmethod
    def _is_one_line(cls, value: str) -> str:
        if "\n" in value:
            raise ValueError("must be words of one line of the report")
        return value

    @model_validator(mode="after")
    def _is_complete(self) -> Correction:
        by_body = self.organization is not None and self.report_year is not None
        if by_body == (self.source_url is not None) or (self.organization is None) != (self.report_year is None):
            raise ValueError("name the report by organization and report_year, or by source_url")
        if (self.set is None) == (self.drop is None):
            raise ValueError("say what to do: either set or drop")
        if self.set is not None and not self.set.fields():
            raise ValueError("set changes nothing")
        if self.expect.count(self.figure) != 1:
            raise ValueError(f"expect must hold the figure {self.figure} exactly once")
        return self

    @property
    def report(self) -> str:
        """Which report is meant, for people."""
        return self.source_url or f"{self.organization} {self.report_year}"

    def is_about(self, organization: str, report_year: int, source_url: str) -> bool:
        """Whether this is the report that is meant; `organization` is the name in dim_organization."""
        if self.source_url is not None:
            return self.source_url == source_url
        return (self.organization, self.report_year) == (organization, report_year)


def load_corrections(path: Path = CORRECTIONS) -> tuple[Correction, ...]:
    """All corrections, in the order of the file.

    Raises:
        SourceError: the file is missing, is no TOML, or an entry has an unknown key or an impossible value.
    """
    return tuple(load_entries(path, Correction, "correction").values())
