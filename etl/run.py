"""One run: its id, settings, source, and the places that its stages read and write.

`stage` marks the functions of `etl.pipeline` that are stages: why one failed is kept in ops_run.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar

from etl.archive import Archive
from etl.errors import EtlError, FetchError, StageError
from etl.fetch import PoliteClient
from etl.models import Answer
from etl.ops import OpsLog, fetch_row
from etl.parse import PARSER_VERSION
from etl.settings import Settings, load_settings
from etl.sources import Source, check_may_ask, load_source
from etl.staging import Staging
from etl.storage import check_store

P = ParamSpec("P")
T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Run:
    """One run: its id (letters, digits, `.`, `_`, `+`, `-`), settings, source, and whether pages are fetched unconditionally.

    A scheduled run asks the portal only when its source is due, and in the source's hours; a run that a person starts always asks.
    """

    run_id: str
    settings: Settings
    source_name: str
    refetch: bool = False
    is_scheduled: bool = False

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[\w.+-]{1,120}", self.run_id, re.ASCII):
            raise StageError(f"run id {self.run_id!r}: use letters, digits and . _ + - only")

    @cached_property
    def source(self) -> Source:
        return load_source(self.source_name)

    @cached_property
    def archive(self) -> Archive:
        return Archive(self.settings.archive_dir)

    @cached_property
    def staging(self) -> Staging:
        return Staging(self.settings.staging_dir, self.run_id, PARSER_VERSION)

    @cached_property
    def ops(self) -> OpsLog:
        return OpsLog(self.settings.ops_dir)

    def client(self) -> PoliteClient:
        """The client for the run's source.

        Raises:
            SourceError: the source is off.
        """
        check_may_ask(self.source, allow_unverified=self.settings.allow_unverified)
        return PoliteClient(
            self.source, self.settings, self.archive, run_id=self.run_id, refetch=self.refetch, respect_hours=self.is_scheduled
        )

    def keep_answers(self) -> list[Answer]:
        """What the run was answered, as rows of ops_fetch; a run that a refusal ended has them too, and they tell when to ask again."""
        answers = list(self.archive.answers(self.run_id))
        self.ops.write("ops_fetch", self.run_id, map(fetch_row, answers))
        return answers


def open_run(run_id: str, source: str | None = None, refetch: bool = False, *, is_scheduled: bool = False) -> Run:
    """The run of that id (Airflow's own ids too), with the settings of this process; `source` defaults to ETL_SOURCE.

    Raises:
        SettingsError: a setting is unknown or impossible.
    """
    settings = load_settings()
    check_store(settings.store_dir)
    name = re.sub(r"[^\w.+-]", "-", run_id, flags=re.ASCII)
    return Run(name, settings, source or settings.source, refetch, is_scheduled)


def stage(function: Callable[Concatenate[Run, P], T]) -> Callable[Concatenate[Run, P], T]:
    """Note in ops_run why a stage failed, then let the error go on."""

    @wraps(function)
    def staged(run: Run, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(run, *args, **kwargs)
        except Exception as error:
            reason = str(error) if isinstance(error, EtlError) else f"{function.__name__}: {type(error).__name__}: {error}"
            run.ops.update_run(run.run_id, source=run.source_name, state="failed", ended_at=datetime.now(UTC), error=reason)
            if isinstance(error, FetchError):
                run.keep_answers()
            raise

    return staged
