"""What kind of file some bytes are, by what stands in them. Name and content type only decide where the bytes leave it open.

In: bytes, name, content type. Out: a `Kind`. A .doc may be a DOCX, a .wps an old Word file, a .pdf the portal's page of errors.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from etl.parse.attachments.reading import Kind

_WITHIN = 1024
"""Bytes in front of which %PDF may stand."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<meta", b"<table", b"<div", b"mime-version:")
_PARTS: tuple[tuple[str, Kind], ...] = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("OFD.xml", "ofd"))
_STREAMS: tuple[tuple[str, Kind], ...] = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
_BY_NAME: dict[str, Kind] = {".doc": "doc", ".wps": "wps", ".xls": "xls", ".et": "xls", ".docx": "docx", ".xlsx": "xlsx"}


def kind_of(raw: bytes, name: str = "", content_type: str | None = None) -> Kind:
    """The kind of a file."""
    head = raw[:_WITHIN].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if b"%PDF-" in raw[:_WITHIN]:
        return "pdf"
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(raw)
    if raw.startswith(_OLE):
        return _ole(raw, _named(name))
    if raw.startswith(_ARCHIVES):
        return "rar"
    if head.startswith(b"{\\rtf"):
        return "doc"
    if raw.startswith(_IMAGES):
        return "image"
    if head.lower().startswith((b"<?xml", b"<!--", *_MARKUP)) and any(mark in head.lower() for mark in _MARKUP):
        return "html"
    plain = name.lower().endswith(".txt") or (content_type or "").startswith("text/plain")
    return "text" if plain and b"\x00" not in raw[:_WITHIN] else "unknown"


def _packed(raw: bytes) -> Kind:
    try:
        with ZipFile(BytesIO(raw)) as archive:
            names = set(archive.namelist())
    except BadZipFile:
        # cut off at its end, where the list of members stands
        return next((kind for part, kind in _PARTS if part.encode() in raw or part.split("/")[0].encode() + b"/" in raw), "zip")
    return next((kind for part, kind in _PARTS if part in names), "zip")


def _ole(raw: bytes, named: Kind | None) -> Kind:
    """Word, Excel or WPS: the directory of such a file names its streams in UTF-16. An encrypted DOCX is one too."""
    if named == "wps":
        return "wps"
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return named if named in ("docx", "xlsx") else "docx"
    return next((kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in raw), named or "unknown")


def _named(name: str) -> Kind | None:
    return next((kind for suffix, kind in _BY_NAME.items() if name.lower().endswith(suffix)), None)
