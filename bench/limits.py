"""How the time of reading grows with hostile input: n, 2n and 4n characters, and by how much four times the input costs more.

Linear is about 4; what grows with the square is about 16. Small inputs are drowned in fixed costs, and a small square in what is linear: n
is as long as two reports at least, and doubled until a reading takes long enough to be told from noise.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import hostile
from etl.errors import EtlError
from etl.parse.report import parse_text
from etl.parse.stage import read_report

FIRST = 20_000
LONG_ENOUGH = 0.02
MOST = 640_000
LINEAR = 6.0


@dataclass(frozen=True, slots=True)
class Curve:
    """CPU seconds of reading `size`, twice and four times that many characters."""

    name: str
    size: int
    seconds: tuple[float, float, float]

    @property
    def ratio(self) -> float:
        return self.seconds[2] / self.seconds[0]


def curves(only: str = "") -> Iterator[Curve]:
    """A curve for each hostile input whose name holds `only`."""
    for kind, builders, read in (("text", hostile.texts(), _read_text), ("page", hostile.pages(), _read_page)):
        for name, build in builders.items():
            if only in f"{kind}: {name}":
                yield _curve(f"{kind}: {name}", build, read)


def _curve(name: str, build: hostile.Builder, read: Callable[[str], None]) -> Curve:
    size = FIRST
    while (first := _seconds(read, build(size))) < LONG_ENOUGH and size < MOST:
        size *= 2
    return Curve(name, size, (first, _seconds(read, build(2 * size)), _seconds(read, build(4 * size))))


def _seconds(read: Callable[[str], None], content: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        read(content)
        best = min(best, time.process_time() - start)
        if best > 0.3:
            break
    return best


def _read_text(text: str) -> None:
    parse_text(text)


def _read_page(page: str) -> None:
    try:
        read_report(page.encode(), None)
    except EtlError:
        return  # refused with a reason, which is as good as read
