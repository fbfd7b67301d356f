"""Progress on standard error: one line a stage or batch, when it ends; a spinner meanwhile on a terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.status import Status
from rich.text import Text


class StageLines:
    """Prints `✓ parse     batch-000 · 云河区 · 10    read 10   0.4 s` for each step that ends."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._started = time.monotonic()
        self._status: Status | None = None

    def start(self, stage: str, label: str = "") -> None:
        self._started = time.monotonic()
        if self._console.is_terminal:
            self._status = self._console.status(f"{stage} {label}")
            self._status.start()

    def done(self, stage: str, label: str, result: Any) -> None:
        self._line("✓", "green", stage, label, _in_words(result))

    def failed(self, stage: str, label: str, error: BaseException | str | None) -> None:
        self._line("✗", "red", stage, label, str(error))

    def _line(self, mark: str, style: str, stage: str, label: str, words: str) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None
        text = Text.assemble((f"{mark} ", style), f"{stage:<9} ")
        text.append(f"{label}  " if label else "", style="cyan")
        text.append(words)
        text.append(f"  {time.monotonic() - self._started:.1f} s", style="dim")
        self._console.print(text, soft_wrap=True, highlight=False)


def _in_words(result: Any) -> str:
    """A stage's result for people: batches by their labels' sum, counts as `name 3`."""
    if isinstance(result, list):
        return f"{sum(batch['count'] for batch in result)} pages in {len(result)} batches"
    if isinstance(result, dict):
        return ", ".join(f"{_STATUS.get(name, name)} {value}" for name, value in result.items() if name != "warehouse")
    return ""


@contextmanager
def counted(what: str) -> Iterator[Any]:
    """A function that is told how many are done (and of how many); it draws on a terminal only."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total=None: progress.update(task, completed=done, total=total)


_STATUS = {"200": "received", "304": "unchanged", "404": "missing"}
