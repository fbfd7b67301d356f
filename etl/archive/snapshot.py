"""The index kept between processes: `index.json` says what the manifest said up to some line, and only what stands below is read.

It holds nothing that the manifest does not: where it is missing, of another version, or not of this manifest, all lines are read.
The facts never come from it.
"""

from __future__ import annotations

import logging

import msgspec

from etl import storage
from etl.archive.index import Index
from etl.archive.lines import Line
from etl.archive.manifest import Manifest, Moved, Place
from etl.storage import StorePath

log = logging.getLogger(__name__)

_FORMAT = f"2 {' '.join(Line.__struct_fields__)}"
_WORTH_WRITING = 20_000  # lines; reading them takes some 0.1 s


class _Snapshot(msgspec.Struct):
    """All that the manifest said before `place`."""

    format: str
    place: Place
    index: Index


_decoder = msgspec.json.Decoder(_Snapshot)


def load_index(path: StorePath, manifest: Manifest) -> Index:
    """The index of all lines of the manifest; written to `path` where many of them were not in it yet.

    Raises:
        ArchiveError: the manifest is damaged.
    """
    snapshot = _read(path)
    index, place = (Index(), Place()) if snapshot is None else (snapshot.index, snapshot.place)
    before = place.number
    try:
        _note_all(index, manifest, place)
    except Moved:
        log.info("%s: is not of this manifest; the manifest is read instead", path)
        index, place, before = Index(), Place(), 0
        _note_all(index, manifest, place)
    if place.mark and place.number - before >= _WORTH_WRITING:
        _write(path, _Snapshot(_FORMAT, place, index))
    return index


def _note_all(index: Index, manifest: Manifest, place: Place) -> None:
    for line in manifest.lines(place=place):
        index.note(line)


def _read(path: StorePath) -> _Snapshot | None:
    try:
        snapshot = _decoder.decode(storage.read_bytes(path))
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        log.info("%s: cannot be used (%s); the manifest is read instead", path, error)
        return None
    if snapshot.format != _FORMAT:
        log.info("%s: is of another version; the manifest is read instead", path)
        return None
    snapshot.index.own_headers()
    return snapshot


def _write(path: StorePath, snapshot: _Snapshot) -> None:
    try:
        storage.write_whole(path, msgspec.json.encode(snapshot))
    except OSError as error:
        log.info("%s: cannot be written (%s); the manifest is read again next time", path, error.strerror)
