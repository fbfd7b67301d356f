"""What the lists of a source showed last, item by item, kept beside the runs: what is a report, and why all else is none.

Rows of ops_listed, one file a source, replaced by each discovery. Pages that were fetched because their title left it open and turned out
to be no reports are remembered here, so that they are not fetched again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable

from etl.ids import stable_id
from etl.models import Candidate
from etl.ops import OpsLog

_TABLE = "ops_listed"
_NOT_A_REPORT = "not_a_report"


class Listed:
    """The listed items of one source."""

    def __init__(self, ops: OpsLog, source: str) -> None:
        self._ops = ops
        self._source = source

    def rejected(self) -> dict[str, str]:
        """Titles by address of the pages that are no reports although their titles in the list left it open."""
        return {row["url"]: row["title"] for row in self._ops.read(_TABLE, self._source) if row["reason"] == _NOT_A_REPORT}

    def replace(self, candidates: Iterable[Candidate], run_id: str) -> None:
        """Keep what this discovery found, in place of the one before."""
        rows = [
            {"listed_id": stable_id("listed", item.source, item.url), "run_id": run_id, **dataclasses.asdict(item)} for item in candidates
        ]
        self._ops.write(_TABLE, self._source, rows)

    def judge(self, refused: Collection[str], excluded: Collection[str] = ()) -> set[str]:
        """Take in which addresses are no reports, and return those that are listed so.

        `refused` are told by their page, which counts where the title had left it open; `excluded` by their whole title, which the list
        had cut. One that was no report before and is one now (the parser learned) is one again.
        """
        rows = self._ops.read(_TABLE, self._source)
        for row in rows:
            if row["reason"] in {None, _NOT_A_REPORT}:
                row["is_report"] = row["url"] not in excluded and not (row["decided_by"] == "page" and row["url"] in refused)
                row["reason"] = None if row["is_report"] else _NOT_A_REPORT
        rejected = {row["url"] for row in rows if row["reason"] == _NOT_A_REPORT}
        if rows:
            self._ops.write(_TABLE, self._source, rows)
        return rejected
