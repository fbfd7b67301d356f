"""The pages of a WARC file, one at a time: HTML, PDF and Word documents with status 200, and everything that we have exported ourselves.

The file comes from anywhere: lengths are checked, what unpacks to more than the limit is refused, and a file that is broken somewhere
ends in one error there; what stands before it has been handed out.
"""

from __future__ import annotations

import contextlib
import io
import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader, DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from etl.archive.archive import Archive
from etl.archive.feeding import Brought, Refused, Report, as_title, has_bytes, printable, read_metadata
from etl.archive.warc_export import METADATA, NOT_MODIFIED
from etl.errors import StageError

# it tells of blanks that it replaces in addresses, with whatever else stands in them
logging.getLogger("warcio.recordloader").setLevel(logging.ERROR)

PAGE_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_MAX_HEADER_BYTES = 1 << 20
_MAX_LINE_BYTES = 1 << 18
_CUT_OFF = "the file ends in the middle of a record"
# what warcio raises, or lets through, on files that are none
_FAULTS = (
    ArchiveLoadFailed, StatusAndHeadersParserException, ChunkedDataException, zlib.error, EOFError, OSError, ValueError, TypeError,
    AttributeError, LookupError,
)  # fmt: skip


@dataclass(slots=True)
class WarcPages:
    """The pages of one file; records that only point to the bytes of an earlier one find them by the file's own digests."""

    path: Path
    archive: Archive
    max_bytes: int
    report: Report
    _digests: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Brought]:
        """Every page, in the order of the file.

        Raises:
            StageError: the file cannot be opened, or is broken.
        """
        number = 1
        try:
            with self.path.open("rb") as file:
                for record in _Records(file):
                    if (page := self._page(record)) is not None:
                        yield page
                    number += 1
        except _FAULTS as error:
            reason = getattr(error, "strerror", None) or printable(" ".join(str(error).split())) or type(error).__name__
            raise StageError(f"{self.path}: record {number} cannot be read: {reason}; what stands before it is imported") from error

    def _page(self, record: ArcWarcRecord) -> Brought | None:
        name = str(record.rec_headers.get_header("WARC-Target-URI") or record.rec_headers.get_header("WARC-Record-ID") or "?")[:500]
        metadata = record.rec_headers.get_header(METADATA)
        try:
            if record.rec_type in ("warcinfo", "request") or (record.rec_type == "metadata" and metadata is None):
                return None
            if metadata is not None:
                return self._exported(record, name, metadata)
            if record.rec_type not in ("response", "resource", "revisit"):
                self.report.skip(f"record of type {record.rec_type}"[:60])
                return None
            return self._foreign(record, name)
        except Refused as error:
            self.report.refuse(name, str(error))
            return None

    def _exported(self, record: ArcWarcRecord, name: str, metadata: str) -> Brought:
        line = read_metadata(metadata)
        time = _time(line.time)
        if line.sha256 is None:
            return Brought(name, line.url, time, None, line=line)
        if record.rec_type == "revisit":
            if not has_bytes(self.archive, line.sha256):
                raise Refused("it refers to bytes that neither the file nor the archive holds")
            return Brought(name, line.url, time, None, line=line, refers_to=line.sha256)
        return Brought(name, line.url, time, _payload(record, self.max_bytes), line=line)

    def _foreign(self, record: ArcWarcRecord, name: str) -> Brought | None:
        if record.rec_type == "response" and record.http_headers is None:
            raise Refused("it has no HTTP headers, or its address is not of the web")
        status = record.http_headers.get_statuscode() if record.http_headers else "200"
        time = _time(record.rec_headers.get_header("WARC-Date"))
        digest = record.rec_headers.get_header("WARC-Payload-Digest")
        if record.rec_type == "revisit":
            return self._revisit(record, name, time, digest)
        if status != "200":
            self.report.skip(f"status {status}"[:60])
            return None
        headers = {key.lower(): value for key, value in record.http_headers.headers} if record.http_headers else {}
        content_type = headers.get("content-type") or record.content_type or ""
        media = content_type.partition(";")[0].strip().lower()
        if media not in PAGE_TYPES:
            self.report.skip(f"{media or 'no content type'}"[:60])
            return None
        body = _payload(record, self.max_bytes)
        if digest is not None:
            self._digests[digest] = sha256(body).hexdigest(), content_type
        return Brought(name, name, time, body, content_type, headers, title=None if media == "text/html" else _title_of(name))

    def _revisit(self, record: ArcWarcRecord, name: str, time: datetime, digest: str | None) -> Brought | None:
        """The page gave once more what it or another one had given."""
        if record.rec_headers.get_header("WARC-Profile") == NOT_MODIFIED:
            return Brought(name, name, time, None, status=304)
        bytes_of = self._digests.get(digest or "")
        if bytes_of is None or not has_bytes(self.archive, bytes_of[0]):
            self.report.skip("revisit of what is not imported")
            return None
        return Brought(name, name, time, None, bytes_of[1], refers_to=bytes_of[0])


class _Records(ArchiveIterator):  # type: ignore[misc]
    """warcio's reader, with limits, and with errors where it would go on in silence or write to the terminal."""

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        self.reader = _Reader(file)

    def _next_record(self, next_line: Any) -> ArcWarcRecord:
        self.reader.lines = 0
        try:
            record = super()._next_record(next_line)
        except EOFError as error:
            if next_line or self.reader.lines:
                raise ArchiveLoadFailed(_CUT_OFF) from error
            raise
        told = record.rec_headers.get_header("Content-Length")
        if record.format == "warc" and (told is None or not told.strip().isdigit() or int(told) != record.length):
            raise ArchiveLoadFailed(f"a record without a length that can be ({told})")
        return record

    def read_to_end(self, record: Any = None) -> None:
        super().read_to_end(record)
        if self.record is not None and getattr(self.record.raw_stream, "limit", 0) > 0:
            raise ArchiveLoadFailed(_CUT_OFF)

    def _consume_blanklines(self) -> Any:
        before = self.err_count
        with contextlib.redirect_stderr(io.StringIO()):
            found = super()._consume_blanklines()
        if self.err_count > before:
            raise ArchiveLoadFailed("a record is longer than its Content-Length")
        return found


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]
    """A reader that ends where the compression is broken, and where headers have no end."""

    lines = 0

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or _MAX_LINE_BYTES, _MAX_LINE_BYTES))
        self.lines += len(line)
        if self.lines > _MAX_HEADER_BYTES or len(line) >= _MAX_LINE_BYTES:
            raise ArchiveLoadFailed("a record whose headers have no end")
        return line

    def _decompress(self, data: bytes) -> bytes:
        if self.decompressor is None or self.num_block_read == 0:
            return bytes(super()._decompress(data))
        return bytes(self.decompressor.decompress(data))


def _payload(record: ArcWarcRecord, limit: int) -> bytes:
    """The bytes of the page, without chunks and compression."""
    raw = record.raw_stream.read(limit + 1)
    if len(raw) <= limit and getattr(record.raw_stream, "limit", 0) > 0:
        raise ArchiveLoadFailed(_CUT_OFF)
    if len(raw) > limit:
        raise Refused(f"it is larger than ETL_MAX_PAGE_BYTES={limit}")
    headers = record.http_headers
    if headers is None:
        return bytes(raw)
    if (headers.get_header("transfer-encoding") or "").lower() == "chunked":
        raw = ChunkedDataReader(io.BytesIO(raw)).read()
    encoding = (headers.get_header("content-encoding") or "").strip().lower()
    if encoding in ("", "identity"):
        return bytes(raw)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise Refused(f"it is packed in a way that is not read here ({encoding[:40]})")
    return _unpacked(raw, limit)


def _unpacked(raw: bytes, limit: int) -> bytes:
    for bits in (32 + zlib.MAX_WBITS, -zlib.MAX_WBITS):  # gzip or zlib; bare deflate, which some servers send
        unpacker = zlib.decompressobj(bits)
        try:
            body = unpacker.decompress(raw, limit + 1)
        except zlib.error:
            continue
        if len(body) > limit:
            raise Refused(f"it unpacks to more than ETL_MAX_PAGE_BYTES={limit}")
        if not unpacker.eof:
            raise Refused("its compressed bytes are cut off")
        return body
    return raw  # many writers unpack the bytes and leave the header


def _title_of(name: str) -> str | None:
    return as_title(PurePosixPath(unquote(urlsplit(name).path)).stem)


def _time(text: str | None) -> datetime:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError as error:
        raise Refused(f"its date cannot be read ({(text or '')[:40]!r})") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
