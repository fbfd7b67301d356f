"""What a rule across tables hands back: how much it looked at, and every row that breaks it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Violation(NamedTuple):
    """One row that breaks a rule: `key` names the fact inside its report (null for the report itself)."""

    report_id: str
    key: str | None
    quote: str | None
    detail: str


@dataclass
class Checked:
    """The outcome of one rule; outcomes of several batches add up."""

    looked_at: int = 0
    violations: list[Violation] = field(default_factory=list)

    def add(self, other: Checked) -> None:
        """Take in what another batch has shown."""
        self.looked_at += other.looked_at
        self.violations += other.violations
