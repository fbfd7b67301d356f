"""The folder of an export: files appear in it whole, and nothing that somebody keeps there is lost."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.errors import ExportError


@contextmanager
def filled_at_once(folder: Path, *, force: bool) -> Iterator[Path]:
    """A new folder beside `folder` to write into; its files are moved over when the block ends well, and go when it does not.

    With `force`, files of the same names are replaced and all others stay.

    Raises:
        ExportError: the folder holds something and `force` is not given, or something cannot be written.
    """
    try:
        if folder.is_dir() and any(folder.iterdir()) and not force:
            raise ExportError(f"{folder} is not empty: name another folder, or add --force to replace files of the same names")
        if folder.exists() and not folder.is_dir():
            raise ExportError(f"{folder} is a file: name a folder")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
            fresh = Path(beside)
            yield fresh
            folder.mkdir(exist_ok=True)
            for file in sorted(fresh.iterdir()):
                shutil.move(file, folder / file.name)
    except OSError as error:
        raise ExportError(f"cannot write {folder}: {error.strerror or error}; check its rights and the free space") from error
