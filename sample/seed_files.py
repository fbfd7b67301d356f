"""Attachments of the full district: some reports are a line and a file, some have an annex, some files cannot be read as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote

from sample.attachments import CONTENT_TYPES, disposition, docx_of, old_office, scan_of, xlsx_of
from sample.content import Attachment
from sample.families.pdf import pdf_of
from sample.seed_texts import Body, figures
from sample.site import Site

_DOWNLOAD = "/EpointWebBuilder/webbuildermis/attach/downloadattach?attachGuid="

# what becomes of a report, in turn: most are text without a file. First its ending; with = the file is the report, with + an annex.
_TURNS = ("=pdf", "", "", "+xlsx", "", "", "", "=docx", "", "", "+pdf", "", "", "", "=scan", "", "", "=doc", "", "", "", "=wps", "")

_ENDINGS = {"scan": "pdf"}


class Files:
    """Collects the files of reports, and puts them into a site."""

    def __init__(self, uuid: Callable[..., str]):
        self._uuid = uuid
        self._made: list[tuple[str, bytes, str, str | None]] = []

    def of_report(self, body: Body, year: int, title: str, lines: Sequence[str], number: int) -> tuple[str, tuple[Attachment, ...]]:
        """The text of a report's page and what it links to."""
        turn = _TURNS[number % len(_TURNS)]
        text = "\n".join(lines)
        if not turn:
            return text, ()
        kind = turn[1:]
        ending = _ENDINGS.get(kind, kind)
        name = f"{title}.{ending}" if turn[0] == "=" else f"附件：{year}年执法数据统计表.{ending}"
        content = text if turn[0] == "=" else f"{year}年执法数据统计表\n{_table(body, year)}"
        attachment = Attachment(self._address(body, year, name, number), name)
        self._made.append((attachment.path, _bytes(kind, content), CONTENT_TYPES[ending], self._disposition(name, number)))
        return (f"{title}详见附件。" if turn[0] == "=" else text), (attachment,)

    def serve(self, site: Site) -> None:
        """Put all files into a site."""
        for made in self._made:
            site.add_bytes(*made)

    def _address(self, body: Body, year: int, name: str, number: int) -> str:
        guid = self._uuid("file", body.code, year)
        return f"{_DOWNLOAD}{guid}" if _is_handed_out(number) else f"/shja_main/{self._uuid('folder', body.code)}/{guid}/{quote(name)}"

    def _disposition(self, name: str, number: int) -> str | None:
        return disposition(name, is_raw_gbk=number % 2 == 0) if _is_handed_out(number) else None


def _is_handed_out(number: int) -> bool:
    """Whether a program hands the file out, in place of a plain address."""
    return number % 3 == 1


def _table(body: Body, year: int) -> str:
    now = figures(body, year)
    return f"行政处罚案件\t{now.cases}\n行政许可\t{now.permits}\n行政复议案件\t{now.reviews}"


def _bytes(kind: str, text: str) -> bytes:
    if kind == "xlsx":
        return xlsx_of([line.split("\t") for line in text.splitlines()])
    return {"pdf": pdf_of, "scan": scan_of, "docx": docx_of, "doc": old_office, "wps": old_office}[kind](text)
