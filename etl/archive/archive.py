"""The archive as the stages see it: answers go in with their bytes, and bytes, validators and versions come out.

Bytes are stored before the line that names them, so that a manifest never promises what is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from etl.archive.bodies import Bodies
from etl.archive.inventory import Version, take_inventory
from etl.archive.manifest import Manifest
from etl.errors import ArchiveError, SettingsError
from etl.models import Answer


class Archive:
    """The archive below a folder, which is made when something is first put into it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._bodies = Bodies(root / "raw")
        self._manifest = Manifest(root / "manifest.jsonl")
        self._with_body: dict[str, list[Answer]] | None = None

    def put(self, answer: Answer, body: bytes | None) -> Answer:
        """Keep one answer, and its body if it had one; returns the answer with hash and size filled in.

        Raises:
            SettingsError: the folder cannot be written.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            digest = None if body is None else self._bodies.put(body)
            kept = replace(answer, sha256=digest, size=None if body is None else len(body))
            index = self._index()
            self._manifest.append(kept)
        except OSError as error:
            reason = error.strerror or str(error)
            raise SettingsError(f"cannot write the archive {self.root}: {reason}; check ETL_HOME, its rights and its free space") from error
        _note(index, kept)
        return kept

    def answers(self) -> Iterator[Answer]:
        """All answers, oldest first.

        Raises:
            ArchiveError: the manifest is damaged.
        """
        return self._manifest.answers()

    def latest(self, url: str) -> Answer | None:
        """The last 200 with a body that this canonical address gave. Answers of other processes since the first call are not seen."""
        bodies = self._index().get(url)
        return bodies[-1] if bodies else None

    def history(self, url: str) -> list[Answer]:
        """All 200s with a body that this canonical address gave, oldest first."""
        return list(self._index().get(url, ()))

    def read(self, sha256: str) -> bytes:
        """The bytes with that SHA-256.

        Raises:
            ArchiveError: they are missing, or do not match their hash.
        """
        return self._bodies.get(sha256)

    def inventory(self, source: str | None = None) -> list[Version]:
        """Every distinct body of every article, of one source or of all. See `Version`."""
        return take_inventory(self.answers(), source)

    def verify(self) -> list[str]:
        """Read everything, and say in one line each what is wrong; nothing wrong gives an empty list."""
        named: dict[str, str] = {}
        problems: list[str] = []
        try:
            named = {answer.sha256: answer.url for answer in self.answers() if answer.sha256 is not None}
        except ArchiveError as error:
            problems.append(str(error))
        for digest in sorted(named.keys() | set(self._bodies.digests())):
            try:
                self._bodies.get(digest)
            except ArchiveError as error:
                problems.append(f"{error} ({named.get(digest, 'no answer names it')})")
        return problems

    def _index(self) -> dict[str, list[Answer]]:
        if self._with_body is None:
            self._with_body = defaultdict(list)
            for answer in self.answers():
                _note(self._with_body, answer)
        return self._with_body


def _note(index: dict[str, list[Answer]], answer: Answer) -> None:
    if answer.status == 200 and answer.sha256 is not None:
        index.setdefault(answer.url, []).append(answer)
