"""The index kept between processes: `index.json` says what the manifest said up to some line, and only what stands below is read.

It holds nothing that the manifest does not: where it is missing, of another version, or not of this manifest, all lines are read.
The facts never come from it.
"""

from __future__ import annotations

import logging
import os
from hashlib import sha256
from pathlib import Path

import msgspec

from etl.archive.index import Index
from etl.archive.lines import Line
from etl.archive.manifest import Manifest, Place

log = logging.getLogger(__name__)

_FORMAT = f"1 {' '.join(Line.__struct_fields__)}"
_WORTH_WRITING = 20_000  # lines; reading them takes some 0.1 s
_TAIL = 4096


class _Snapshot(msgspec.Struct):
    """`tail` is the hash of what stands before `place` in the manifest: another manifest has another one."""

    format: str
    place: Place
    tail: str
    index: Index


_decoder = msgspec.json.Decoder(_Snapshot)


def load_index(path: Path, manifest: Manifest) -> Index:
    """The index of all lines of the manifest; written to `path` where many of them were not in it yet.

    Raises:
        ArchiveError: the manifest is damaged.
    """
    snapshot = _read(path, manifest)
    index, place = (Index(), Place()) if snapshot is None else (snapshot.index, snapshot.place)
    before = place.number
    for line in manifest.lines(place=place):
        index.note(line)
    if place.number - before >= _WORTH_WRITING:
        _write(path, _Snapshot(_FORMAT, place, _tail(manifest, place) or "", index))
    return index


def _read(path: Path, manifest: Manifest) -> _Snapshot | None:
    try:
        snapshot = _decoder.decode(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        log.info("%s: cannot be used (%s); the manifest is read instead", path, error)
        return None
    if snapshot.format != _FORMAT or snapshot.tail != _tail(manifest, snapshot.place):
        log.info("%s: is not of this manifest or version; the manifest is read instead", path)
        return None
    snapshot.index.own_headers()
    return snapshot


def _write(path: Path, snapshot: _Snapshot) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(msgspec.json.encode(snapshot))
        partial.replace(path)
    except OSError as error:
        log.info("%s: cannot be written (%s); the manifest is read again next time", path, error.strerror)


def _tail(manifest: Manifest, place: Place) -> str | None:
    before = manifest.before(place.offset, _TAIL)
    return None if before is None else sha256(before).hexdigest()
