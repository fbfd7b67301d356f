"""What a published warehouse can do, whatever it is made of, and which kind the settings ask for.

`duckdb:PATH` is a file a publication behind a link (`etl.publish.duckdb_file`), the default; `ducklake:postgres:WORDS` is a snapshot a
publication in a lake (`etl.publish.ducklake`). Stages, command line, picture book and exports know only the `Warehouse` of this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from etl.publish.inputs import Inputs
from etl.publish.reading import Reader
from etl.settings import Settings


@dataclass(frozen=True, slots=True)
class Version:
    """One publication that can still be read or gone back to; `name` is what people see (a file's name, a snapshot).

    `size` is in bytes; null where versions share what lies on the disk.
    """

    run_id: str
    name: str
    published_at: datetime
    is_current: bool
    size: int | None = None


class Warehouse(Protocol):
    """A published warehouse: readers see one whole version, and are never blocked by a publication."""

    def publish(self, run_id: str, inputs: Inputs, *, keep: int) -> dict[str, int]:
        """Make the version of this run, check it, make it the current one, keep the last `keep`. Returns `count_facts` of it.

        A run published twice replaces its own version.

        Raises:
            PublishError: the build or one of its checks failed; the current version stays.
            SettingsError: the place cannot be written.
        """
        ...

    def versions(self) -> list[Version]:
        """The versions that are kept, newest first; none before the first publication."""
        ...

    def rollback(self, run_id: str | None = None) -> Version:
        """Make an older version the current one: that of the run, or the one before the current. Returns it.

        Raises:
            PublishError: there is no such version.
            SettingsError: the place cannot be written.
        """
        ...

    def read(self, run_id: str | None = None) -> AbstractContextManager[Reader]:
        """A reader of the current version, or that of the run, which it keeps until it is closed.

        Raises:
            QueryError: there is no warehouse yet, or it cannot be opened.
            PublishError: there is no version of that run.
        """
        ...

    def shell(self, version: str) -> list[str]:
        """Arguments with which DuckDB's own shell of that version opens the current version, read-only.

        Raises:
            QueryError: there is no warehouse yet, or it cannot be opened.
            SettingsError: that shell cannot open it.
        """
        ...

    def describe(self) -> str:
        """Where it is, in words for a person."""
        ...


def before_current(versions: Sequence[Version]) -> Version | None:
    """Of versions, newest first, the one before the current: where a rollback goes that names none."""
    ages = [version.is_current for version in versions]
    older = versions[ages.index(True) + 1 :] if any(ages) else []
    return older[0] if older else None


def open_warehouse(settings: Settings) -> Warehouse:
    """The warehouse that ETL_WAREHOUSE names; nothing is opened or made yet.

    Raises:
        SettingsError: a lake in an object store that is not S3.
    """
    if settings.lake_words is None:
        from etl.publish.duckdb_file import DuckDBFile

        return DuckDBFile(settings.warehouse_path)
    from etl.publish.ducklake import DuckLake
    from etl.publish.in_s3 import place_of

    lake = DuckLake(settings.lake_words, settings.store_dir / "lake", settings.home)
    place_of(lake.folder)
    return lake
