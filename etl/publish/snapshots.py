"""Snapshots of a lake as versions of the warehouse: which run each holds, which is current, which may be expired.

A publication commits with author `etl`, the run as its message, and as further information when that run was first published and the
order in which its views can be made. A rollback commits the old content once more under the old name: the run then has two snapshots,
and the younger one stands for it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import duckdb

from etl.publish.warehouses import Version

AUTHOR = "etl"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot of the lake; `run_id` is empty for one that is no publication: the empty lake, somebody's maintenance."""

    number: int
    committed_at: datetime
    run_id: str
    published_at: datetime
    views: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """The further information that is committed with it."""
        return json.dumps({"published_at": self.published_at.isoformat(), "views": self.views})


def read_snapshots(connection: duckdb.DuckDBPyConnection) -> list[Snapshot]:
    """All snapshots of the attached `lake`, oldest first."""
    rows = connection.execute(
        "SELECT snapshot_id, snapshot_time, author, commit_message, commit_extra_info FROM ducklake_snapshots('lake') ORDER BY 1"
    ).fetchall()
    return [_snapshot(*row) for row in rows]


def current_of(snapshots: Sequence[Snapshot]) -> Snapshot | None:
    """The youngest publication or rollback."""
    return next((snapshot for snapshot in reversed(snapshots) if snapshot.run_id), None)


def versions_of(snapshots: Sequence[Snapshot]) -> list[Version]:
    """One version for each run, in the order of their publication, newest first."""
    current = current_of(snapshots)
    youngest = {snapshot.run_id: snapshot for snapshot in snapshots if snapshot.run_id}
    return [
        Version(
            run_id=snapshot.run_id,
            name=f"snapshot {snapshot.number}",
            published_at=snapshot.published_at,
            is_current=snapshot == current,
        )
        for snapshot in sorted(youngest.values(), key=lambda snapshot: snapshot.published_at, reverse=True)
    ]


def expirable(snapshots: Sequence[Snapshot], keep: int, before: datetime) -> list[int]:
    """Numbers of the snapshots that stand for none of the last `keep` versions and were succeeded before `before`.

    Never the current one, and nothing younger: it is not ours.
    """
    current = current_of(snapshots)
    if current is None:
        return []
    kept = {version.run_id for version in versions_of(snapshots)[:keep]}
    youngest = {snapshot.run_id: snapshot.number for snapshot in snapshots if snapshot.run_id in kept}
    return [
        snapshot.number
        for snapshot, successor in pairwise(snapshots)
        if snapshot.number < current.number and youngest.get(snapshot.run_id) != snapshot.number and successor.committed_at < before
    ]


def _snapshot(number: int, committed_at: datetime, author: str | None, message: str | None, about: str | None) -> Snapshot:
    if author != AUTHOR or not message or not about:
        return Snapshot(number, committed_at, "", committed_at)
    told = json.loads(about)
    return Snapshot(number, committed_at, message, datetime.fromisoformat(told["published_at"]), tuple(told["views"]))
