"""One request at a time to a host, and a pause between two, whichever process asks.

The turn is a locked file that holds the time at which the last request ended, so that parallel tasks wait for each other
instead of each keeping its own pace.
"""

from __future__ import annotations

import fcntl
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.errors import SettingsError


class Pace:
    """The turns of one host. `interval_s` may be raised later (a Crawl-delay)."""

    def __init__(
        self,
        path: Path,
        interval_s: float,
        jitter_s: float,
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.path = path
        self.interval_s = interval_s
        self._jitter_s = jitter_s
        self._sleep = sleep
        self._now = now

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and hold it while the request runs.

        Raises:
            SettingsError: the lock file cannot be written.
        """
        descriptor = self._open()
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            self._sleep(self._wait(descriptor))
            try:
                yield
            finally:
                os.pwrite(descriptor, f"{self._now():020.6f}".encode(), 0)
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise SettingsError(f"cannot write {self.path}: {error.strerror or error}; check ETL_HOME and its rights") from error

    def _wait(self, descriptor: int) -> float:
        try:
            ended = float(os.pread(descriptor, 32, 0))
        except ValueError:
            return 0.0
        pause = self.interval_s + random.uniform(0, self._jitter_s)
        # a clock that was set back must not make anyone wait for hours
        return min(max(ended + pause - self._now(), 0.0), pause)
