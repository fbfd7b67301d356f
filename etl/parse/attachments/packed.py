"""Files that are zip archives of others (docx, xlsx): whether they may be unpacked.

In: bytes. Out: the archive, or `Unreadable`. What an archive says of its sizes holds: Python reads no more of a member than that.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from etl.parse.attachments.reading import Unreadable

MOST_UNPACKED = 100_000_000
MOST_MEMBERS = 5_000


def open_packed(raw: bytes) -> ZipFile:
    """The archive.

    Raises:
        Unreadable: broken, encrypted, or too large unpacked.
    """
    try:
        archive = ZipFile(BytesIO(raw))
    except BadZipFile as error:
        raise Unreadable("damaged", f"the file is no whole archive: {error}") from error
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if size > MOST_UNPACKED or len(members) > MOST_MEMBERS:
        raise Unreadable("damaged", f"the file is too large unpacked: {size:,} bytes in {len(members):,} parts")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("damaged", "the file is encrypted: it asks for a password")
    return archive


def size_of(archive: ZipFile, folder: str) -> int:
    """Bytes of the members below a folder."""
    return sum(member.file_size for member in archive.infolist() if member.filename.startswith(folder))
