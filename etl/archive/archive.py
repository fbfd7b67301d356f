"""The archive as the stages see it: answers go in with their bytes, and bytes, validators and versions come out.

Bytes are stored before the line that names them, so that a manifest never promises what is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from etl.archive.bodies import Bodies
from etl.archive.index import Index, Known
from etl.archive.inventory import Version, take_inventory
from etl.archive.lines import to_answer, to_line
from etl.archive.manifest import Manifest
from etl.archive.manifest_file import ManifestFile
from etl.archive.manifest_objects import ManifestObjects
from etl.archive.misses import GONE_AFTER
from etl.archive.snapshot import load_index
from etl.archive.verify import Verification
from etl.errors import SettingsError
from etl.models import Answer, PageKind
from etl.storage import StorePath, advice

_VALIDATORS = ("etag", "last-modified")


class Archive:
    """The archive below a folder, of a disk or of a store, which is made when something is first put into it.

    What is told of single addresses (`latest`, `known`, `blocked_until` …) comes from one pass over the manifest at the first question;
    answers that other processes put in since then are not seen.
    """

    def __init__(self, root: StorePath) -> None:
        self.root = root
        self.bodies = Bodies(root / "raw")
        self.manifest: Manifest = ManifestFile(root / "manifest.jsonl") if isinstance(root, Path) else ManifestObjects(root / "manifest")
        self._index: Index | None = None

    def put(self, answer: Answer, body: bytes | None) -> Answer:
        """Keep one answer, and its body if it had one; returns it as it is kept: with hash and size, a 304 with its validators only.

        Raises:
            SettingsError: the folder cannot be written.
        """
        try:
            digest = None if body is None else self.bodies.put(body)
            kept = replace(answer, sha256=digest, size=None if body is None else len(body), headers=_kept_headers(answer))
            index, line = self.index, to_line(kept)
            self.manifest.append(line)
        except OSError as error:
            reason = error.strerror or str(error)
            raise SettingsError(f"cannot write the archive {self.root}: {reason}; {advice(self.root)}") from error
        index.note(line)
        return kept

    def settle(self) -> int:
        """In a store, put the answers that stand alone together, so that they are read at once; returns how many stood alone.

        Raises:
            SettingsError: the store cannot be read or written.
        """
        try:
            return self.manifest.settle()
        except OSError as error:
            raise SettingsError(f"cannot write the archive {self.root}: {error.strerror or error}; {advice(self.root)}") from error

    def answers(self, run_id: str | None = None) -> Iterator[Answer]:
        """All answers, or those of one run; oldest first.

        Raises:
            ArchiveError: the manifest is damaged.
        """
        return (to_answer(line) for line in self.manifest.lines() if run_id is None or line.run_id == run_id)

    def latest(self, url: str) -> Answer | None:
        """The last answer of this canonical address that brought its text (200, neither soft_404 nor stub)."""
        good = self.index.good(url)
        return None if good is None else to_answer(good)

    def last_answer(self, url: str) -> Answer | None:
        """The last answer of this canonical address, whatever it was; `retry_at` says when to ask again."""
        last = self.index.last(url)
        return None if last is None else to_answer(last)

    def list_bodies(self, url: str) -> list[str]:
        """Hashes of distinct good bodies that a list had, oldest first: the very first one and the last few."""
        return self.index.lists(url)

    def urls(self, source: str, page: PageKind) -> list[str]:
        """Addresses of a kind that were good at least once, sorted."""
        return self.index.urls(source, page)

    def known(self, source: str, gone_after: int = GONE_AFTER) -> list[Known]:
        """All addresses of a source that were good at least once, and where they stand. See `Known`.

        Pages that a person brought without an address are not among them: the portal has none of them.
        """
        return list(self.index.known(source, gone_after))

    def requests_of(self, run_id: str) -> int:
        """How many answers this run has put in so far, hops of redirects and robots.txt included."""
        return self.index.requests.get(run_id, 0)

    def asked_at(self, source: str) -> datetime | None:
        """When the source last answered anything."""
        return self.index.asked_at(source)

    def blocked_until(self, source: str) -> tuple[datetime, str] | None:
        """Until when the source is not to be asked since it refused us, and its words; a later good answer of the host ends it."""
        return self.index.blocked_until(source)

    def read(self, sha256: str) -> bytes:
        """The bytes with that SHA-256.

        Raises:
            ArchiveError: they are missing, or do not match their hash.
        """
        return self.bodies.get(sha256)

    def inventory(self, source: str | None = None, gone_after: Mapping[str, int] | None = None) -> list[Version]:
        """Every version of every article, of one source or of all; `gone_after` is by source. See `Version`."""
        return take_inventory(self.manifest.lines(), source, gone_after)

    def verify(self) -> list[str]:
        """Read everything, and say in one line each what is damaged; nothing wrong gives an empty list. See `etl.archive.verify`."""
        return [problem.words for problem in Verification(self.manifest, self.bodies).problems() if problem.is_damage]

    @property
    def index(self) -> Index:
        if self._index is None:
            self._index = load_index(self.root / "index.json", self.manifest)
        return self._index


def _kept_headers(answer: Answer) -> dict[str, str]:
    """All headers of what brought bytes; a 304 repeats them night by night."""
    if answer.status != 304:
        return answer.headers
    return {name: value for name, value in answer.headers.items() if name.lower() in _VALIDATORS}
