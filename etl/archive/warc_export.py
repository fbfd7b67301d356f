"""The archive as a WARC file (ISO 28500, version 1.1), which web archives and their tools read.

    200 with bytes           response; the same bytes again: revisit, identical-payload-digest
    304                      revisit, server-not-modified
    other answers            response, without a body where none was kept
    no answer (status 0)     metadata

Every record carries its line of the manifest as `WARC-JSON-Metadata`, so that `etl archive import` loses nothing. There are no request
records: what was sent is not archived.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.archive.archive import Archive
from etl.archive.lines import Line, encode_line
from etl.errors import SettingsError, StageError

METADATA = "WARC-JSON-Metadata"
SAME_BYTES = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

_REASONS = {200: "OK", 304: "Not Modified", 404: "Not Found", 410: "Gone", 503: "Service Unavailable"}
_OF_THE_WIRE = {"content-encoding", "transfer-encoding", "content-length"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_FORMAT = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


@dataclass(slots=True)
class Exported:
    """How many records of each type were written."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, record_type: str) -> None:
        self.counts[record_type] = self.counts.get(record_type, 0) + 1


def export_warc(archive: Archive, path: Path, source: str | None = None, progress: Callable[[int], None] | None = None) -> Exported:
    """Write all answers, or those of one source, to `path`; it appears when it is whole. `progress` is told how many are done.

    Raises:
        StageError: the name is none of a WARC file, or there is nothing to write.
        ArchiveError: the manifest is damaged, or bytes are missing.
        SettingsError: the file cannot be written.
    """
    if not path.name.endswith((".warc", ".warc.gz")):
        raise StageError(f"{path}: call it .warc, or .warc.gz to have its records compressed")
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            exported = _write(archive, file, source, is_compressed=path.name.endswith(".gz"), progress=progress)
            os.fsync(file.fileno())
        if not exported.counts:
            raise StageError(f"{archive.root} holds no answer{f' of source {source}' if source else ''}: nothing to export")
        partial.replace(path)
    except OSError as error:
        raise SettingsError(f"cannot write {path}: {error.strerror or error}; check the folder's rights and free space") from error
    finally:
        partial.unlink(missing_ok=True)
    return exported


def _write(
    archive: Archive, file: BinaryIO, source: str | None, *, is_compressed: bool, progress: Callable[[int], None] | None
) -> Exported:
    records, exported = _Records(archive, WARCWriter(file, gzip=is_compressed, warc_version="1.1")), Exported()
    for line in archive.manifest.lines():
        if source is not None and line.source != source:
            continue
        if not exported.counts:
            records.begin()
        exported.add(records.add(line))
        if progress is not None:
            progress(sum(exported.counts.values()))
    return exported


class _Records:
    """Writes records, and remembers where the bytes of earlier ones stand."""

    def __init__(self, archive: Archive, writer: WARCWriter) -> None:
        self._archive = archive
        self._writer = writer
        self._written: dict[bytes, tuple[str, str]] = {}  # bytes -> address and date of their response
        self._good: dict[str, tuple[str, str]] = {}

    def begin(self) -> None:
        about = {"software": "rule-of-law-reports", "format": "WARC file version 1.1", "conformsTo": _FORMAT}
        self._writer.write_record(self._writer.create_warcinfo_record(None, about))

    def add(self, line: Line) -> str:
        """Write the record of one answer and return its type."""
        headers = {"WARC-Date": _warc_date(line.time), METADATA: _ascii(line)}
        if line.sha256 is not None:
            record = self._with_bytes(line, line.sha256, headers)
        elif line.status == 304:
            headers |= {"WARC-Profile": NOT_MODIFIED} | self._refers_to(self._good.get(line.url))
            record = self._record(line, "revisit", headers)
        elif line.status == 0:
            words = f"outcome: {line.outcome or 'unreachable'}\r\ndetail: {_one_line(line.detail or '')}\r\n".encode()
            record = self._writer.create_warc_record(_target(line.url), "metadata", BytesIO(words), len(words), warc_headers_dict=headers)
        else:
            record = self._record(line, "response", headers)
        self._writer.write_record(record)
        return str(record.rec_type)

    def _with_bytes(self, line: Line, digest: str, headers: dict[str, str]) -> ArcWarcRecord:
        headers["WARC-Payload-Digest"] = f"sha256:{digest}"
        key, here = bytes.fromhex(digest), (line.url, headers["WARC-Date"])
        before = self._written.setdefault(key, here)
        if line.gives_text:
            self._good[line.url] = before
        if before is not here:
            return self._record(line, "revisit", headers | {"WARC-Profile": SAME_BYTES} | self._refers_to(before))
        return self._record(line, "response", headers, self._archive.read(digest))

    def _record(self, line: Line, record_type: str, headers: dict[str, str], body: bytes = b"") -> ArcWarcRecord:
        http = StatusAndHeaders(f"{line.status} {_REASONS.get(line.status, '')}".strip(), _http_headers(line, len(body)), "HTTP/1.1")
        return self._writer.create_warc_record(
            _target(line.url), record_type, payload=BytesIO(body), length=len(body), warc_headers_dict=headers, http_headers=http
        )

    def _refers_to(self, response: tuple[str, str] | None) -> dict[str, str]:
        return {} if response is None else {"WARC-Refers-To-Target-URI": _target(response[0]), "WARC-Refers-To-Date": response[1]}


def _http_headers(line: Line, length: int) -> list[tuple[str, str]]:
    """The portal's headers. Those of the transfer no longer fit the bytes, which are kept decoded; they are told under another name."""
    told: dict[str, str] = json.loads(bytes(line.headers))
    kept = [(f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WIRE else name, _one_line(value)) for name, value in told.items()]
    return [*kept, ("Content-Length", str(length))]


def _ascii(line: Line) -> str:
    """The line as it stands in the manifest, in ASCII: a header is one line of it."""
    return json.dumps(json.loads(encode_line(line)), separators=(",", ":"))


def _target(url: str) -> str:
    """An address that is one, whatever was posted behind its #."""
    return quote(url, safe="%:/?#[]@!$&'()*+,;=~")


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _warc_date(time: str) -> str:
    return datetime.fromisoformat(time).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
