"""A folder of pages that a person has saved in a browser, one page at a time: .html and .htm, .pdf, .docx.

Where a page came from is told by `urls.csv` in the folder (columns file, url; title and district if wanted), else by the comment that
browsers write (`<!-- saved from url=(0043)https://… -->`), else by nothing: it then lies below /imported/ of the source. Its time is the
file's. Names only become addresses, titles and messages; what is opened is what the walk through the folder has found.
"""

from __future__ import annotations

import csv
import io
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from etl.archive.feeding import Brought, Refused, Report, as_title
from etl.archive.lines import IMPORTED_PATH
from etl.charset import decode
from etl.errors import StageError

URLS = "urls.csv"
_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_REASONS = {
    ".mht": "saved as one file with its pictures: save it as “web page, HTML only”",
    ".doc": "an old Word file: save it as .docx",
    ".wps": "a WPS file: save it as .docx",
}
_REASONS |= {".mhtml": _REASONS[".mht"]}

# <!-- saved from url=(0014)about:internet -->; the number is how many characters the address has
_SAVED_FROM = re.compile(r"<!-- saved from url=\((?P<length>\d{1,5})\)(?P<rest>[^\r\n]*)")
_OPENING = 4096

# 报告 (1).html: the second copy of a file
_COPY = re.compile(r"\s*[(（]\d{1,2}[)）]$")


@dataclass(frozen=True, slots=True)
class _Told:
    """A row of urls.csv."""

    url: str | None
    title: str | None
    district: str | None


@dataclass(slots=True)
class SavedPages:
    """The pages below one folder, in the order of their names."""

    folder: Path
    base_url: str
    max_bytes: int
    report: Report
    _told: dict[str, _Told] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Brought]:
        """Every page.

        Raises:
            StageError: the folder or its urls.csv cannot be read.
        """
        self._told = self._read_urls()
        for name, path in sorted(self._files()):
            try:
                yield self._page(name, path)
            except Refused as error:
                self.report.refuse(name, str(error))
        for name in self._told:
            self.report.refuse(name, f"named in {URLS}, but not in the folder")

    def _files(self) -> Iterator[tuple[str, Path]]:
        """Name below the folder, and path, of every file; neither links nor what a browser saves beside a page."""

        def stop(error: OSError) -> None:
            raise StageError(f"{error.filename}: cannot be read: {error.strerror}") from error

        for root, folders, files in os.walk(self.folder, onerror=stop):
            pages = {Path(name).stem for name in files if Path(name).suffix.lower() in (".html", ".htm")}
            folders[:] = [name for name in folders if not name.startswith(".") and not _is_companion(name, pages)]
            for file in files:
                path = Path(root, file)
                name = path.relative_to(self.folder).as_posix()
                if file.startswith(".") or name == URLS:
                    continue
                if path.is_symlink() or not path.is_file():
                    self.report.refuse(name, "a link or a device, not a file")
                else:
                    yield name, path

    def _page(self, name: str, path: Path) -> Brought:
        suffix = path.suffix.lower()
        told = self._told.pop(unicodedata.normalize("NFC", _shown(name)), _Told(None, None, None))
        content_type = _TYPES.get(suffix)
        if content_type is None:
            raise Refused(_REASONS.get(suffix, f"neither {', '.join(_TYPES)}"))
        body, time = self._read(path)
        url = told.url or (_saved_from(body) if suffix.startswith(".htm") else None) or self._reserved(name)
        title = told.title or as_title(_COPY.sub("", _shown(PurePosixPath(name).stem)))
        return Brought(_shown(name), url, time, body, content_type, title=title, district=told.district, is_dated=False)

    def _read(self, path: Path) -> tuple[bytes, datetime]:
        try:
            with path.open("rb") as file:
                body = file.read(self.max_bytes + 1)
                time = datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
        except OSError as error:
            raise Refused(f"cannot be read: {error.strerror}") from error
        if len(body) > self.max_bytes:
            raise Refused(f"it is larger than ETL_MAX_PAGE_BYTES={self.max_bytes}")
        if not body:
            raise Refused("it is empty")
        return body, time

    def _reserved(self, name: str) -> str:
        return self.base_url + IMPORTED_PATH + "/".join(quote(os.fsencode(part), safe="") for part in PurePosixPath(name).parts)

    def _read_urls(self) -> dict[str, _Told]:
        path = self.folder / URLS
        try:
            raw = path.read_bytes() if path.exists() else b"file,url\n"
        except OSError as error:
            raise StageError(f"{path}: cannot be read: {error.strerror}") from error
        reader = csv.DictReader(io.StringIO(decode(raw).text.removeprefix("\ufeff")))
        names = {str(name).strip() for name in reader.fieldnames or ()}
        if not {"file", "url"} <= names or names - {"file", "url", "title", "district"}:
            found = ",".join(sorted(names))[:80]
            raise StageError(f"{path}: its first line must be file,url (and title, district if wanted), it is {found!r}")
        told = {}
        try:
            for row in reader:
                name = unicodedata.normalize("NFC", (row["file"] or "").strip().replace("\\", "/").removeprefix("./"))
                told[name] = _Told(*((row.get(key) or "").strip() or None for key in ("url", "title", "district")))
        except csv.Error as error:
            raise StageError(f"{path}: line {reader.line_num} is no CSV: {error}") from error
        return told


def _is_companion(name: str, pages: set[str]) -> bool:
    """Whether a folder holds the pictures and styles of a page beside it: 报告_files, 报告.files."""
    return any(name.endswith(ending) and name.removesuffix(ending) in pages for ending in ("_files", ".files"))


def _saved_from(body: bytes) -> str | None:
    match = _SAVED_FROM.search(body[:_OPENING].decode("utf-8", errors="replace"))
    if match is None:
        return None
    url, behind = match["rest"][: int(match["length"])], match["rest"][int(match["length"]) :]
    return url if behind.startswith(" -->") and url.startswith(("http://", "https://")) else None


def _shown(name: str) -> str:
    """A file's name that can be printed and stored, whatever its bytes."""
    return os.fsencode(name).decode("utf-8", errors="replace")
