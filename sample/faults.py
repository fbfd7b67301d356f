"""What goes wrong on purpose: answers that a test puts in place of the portal's own, by path.

The fault that was put in last is looked at first; one that may only happen a number of times is then used up.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase


@dataclass
class Fault:
    """An answer for all paths that match, `times_left` times; None: for ever.

    `empties_list` asks instead for the list at the path without its items, and leaves a page that is no list as it is.
    """

    path_glob: str
    status: int = 503
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    times_left: int | None = None
    empties_list: bool = False


class Faults:
    """The faults of a portal; safe to change while it answers."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def put(self, fault: Fault) -> None:
        """Put a fault in front of those that are there."""
        with self._lock:
            self._faults.insert(0, fault)

    def clear(self) -> None:
        """Take all faults away."""
        with self._lock:
            self._faults.clear()

    def take(self, path: str) -> Fault | None:
        """The fault that happens to a request for a path, counted."""
        with self._lock:
            for fault in self._faults:
                if fault.times_left == 0 or not fnmatchcase(path, fault.path_glob):
                    continue
                if fault.times_left is not None:
                    fault.times_left -= 1
                return fault
        return None
