"""Where archive, staging and ops lie: a folder of this machine, or an object store that fsspec knows (`ETL_STORE`).

The one module that knows the difference. A file is written beside its place, synced and moved there; an object is put in one piece,
so that it is there whole or not at all. An object store has no append, no move and no locks: what needs them stays on a local disk,
and what is only ever added to becomes an object for each piece (`etl.archive.manifest_objects`).

Whatever the library of a store raises becomes a `StoreError` of one line, which is an OSError; nothing there is a FileNotFoundError.
Credentials are the library's own matter (AWS_…, FSSPEC_…) and pass through nothing here.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias

from etl.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from upath import UPath

StorePath: TypeAlias = "Path | UPath"
"""A path on a local disk, or one of a store."""

_LOCAL = ("file", "local")
_AT_ONCE = 64  # requests in flight when many objects are read
_COPY_OUTLIVED_S = 24 * 3600


def open_store(address: str) -> StorePath:
    """The folder that an address names: s3://bucket/prefix, file:///srv/reports. Nothing is asked of a store yet.

    Raises:
        SettingsError: nobody knows the protocol, or its package is missing.
    """
    protocol, _, place = address.partition("://")
    if protocol in _LOCAL:
        return Path(place)
    from fsspec import get_filesystem_class
    from upath import UPath

    try:
        get_filesystem_class(protocol)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that a protocol has no class of its own in universal-pathlib
            # other processes put objects there: no listing may be remembered
            return UPath(address.rstrip("/"), use_listings_cache=False)
    except ImportError as error:
        raise SettingsError(f"ETL_STORE={address}: {_one_line(error)} (with pip, into the environment of this program)") from error
    except ValueError as error:
        raise SettingsError(f"ETL_STORE={address}: {_one_line(error)}; fsspec names the protocols that there are") from error


def check_store(root: StorePath) -> None:
    """Look into the store once, so that a wrong address or missing rights are told before anything else is done.

    Raises:
        SettingsError: it cannot be listed, or its bucket does not exist.
    """
    if isinstance(root, Path):
        return
    try:
        with _told(root):
            root.fs.ls(root.path, detail=False)
    except FileNotFoundError as error:
        bucket = root.path.partition("/")[0]
        if bucket and not root.fs.exists(bucket):
            raise SettingsError(f"ETL_STORE={root}: there is no {bucket}: create it, or check the address and the endpoint") from error


def advice(path: StorePath) -> str:
    """What to look at when `path` cannot be written or read."""
    if isinstance(path, Path):
        return "check ETL_HOME, its rights and its free space"
    return "check ETL_STORE, its bucket and endpoint, and the rights of the credentials in the environment"


def read_bytes(path: StorePath) -> bytes:
    """All bytes of a file.

    Raises:
        OSError: it cannot be read.
    """
    if isinstance(path, Path):
        return path.read_bytes()
    with _told(path):
        return bytes(path.fs.cat_file(path.path))


def read_all(paths: Sequence[StorePath]) -> Iterator[bytes]:
    """The bytes of each file of one store, in their order; many are asked for at once, and as many are held.

    Raises:
        OSError: one cannot be read; of those asked for with it none is given.
    """
    for start in range(0, len(paths), _AT_ONCE):
        part = paths[start : start + _AT_ONCE]
        first, names = part[0], [str(path) if isinstance(path, Path) else path.path for path in part]
        if isinstance(first, Path):
            yield from (Path(name).read_bytes() for name in names)
            continue
        with _told(first):
            found = first.fs.cat(names)
        yield from (found[name] for name in names)


def read_lines(path: StorePath) -> Iterator[bytes]:
    """The lines of a file with their ends; a piece of it in memory at a time.

    Raises:
        OSError: it cannot be read.
    """
    with nullcontext() if isinstance(path, Path) else _told(path), path.open("rb") as file:
        yield from file


def write_whole(path: StorePath, content: bytes, mode: int | None = None) -> None:
    """Put content in its place, whole or not at all, instead of what is there; it survives a power cut when this returns.

    `mode` are the rights of a local file, where they differ from what the process gives to all.

    Raises:
        OSError: it cannot be written.
    """
    if not isinstance(path, Path):
        with _told(path):
            path.fs.pipe_file(path.path, content)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        if mode is not None:
            os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def exists(path: StorePath) -> bool:
    """Whether the file is there."""
    if isinstance(path, Path):
        return path.exists()
    with _told(path):
        return bool(path.fs.exists(path.path))


def sizes(folder: StorePath) -> dict[str, int]:
    """Bytes by name of the files in a folder, by name; none where there is no folder."""
    if isinstance(folder, Path):
        found = {path.name: path.stat().st_size for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}
    else:
        found = {_name(info): int(info["size"]) for info in _listed(folder) if info["type"] == "file"}
    return dict(sorted(found.items()))


def walk(folder: StorePath) -> list[StorePath]:
    """All files below a folder, sorted; none where there is no folder."""
    if isinstance(folder, Path):
        return sorted(path for path in folder.rglob("*") if path.is_file())
    return [folder / name for name in _below(folder)]


def folders_by_age(folder: StorePath) -> list[StorePath]:
    """The folders in a folder, those last changed first."""
    if isinstance(folder, Path):
        found = [path for path in folder.iterdir() if path.is_dir()]
        return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)
    # a store has no folders; the last of the names stands for all that begin alike
    last = {name.partition("/")[0]: name for name in _below(folder) if "/" in name}
    with _told(folder):
        changed = {name: (folder / last[name]).stat().st_mtime for name in last}
    return [folder / name for name in sorted(changed, key=lambda name: changed[name], reverse=True)]


def remove(paths: Iterable[StorePath]) -> None:
    """Remove files; one that is no longer there is no error."""
    objects = []
    for path in paths:
        if isinstance(path, Path):
            path.unlink(missing_ok=True)
        else:
            objects.append(path)
    if objects:
        with suppress(FileNotFoundError), _told(objects[0]):
            objects[0].fs.rm([path.path for path in objects])


def remove_tree(folder: StorePath) -> None:
    """Remove a folder with all that it holds; one that is not there is no error."""
    with suppress(FileNotFoundError):
        if isinstance(folder, Path):
            shutil.rmtree(folder)
        else:
            with _told(folder):
                folder.fs.rm(folder.path, recursive=True)


@contextmanager
def local_copy(folder: StorePath, below: Path) -> Iterator[Path]:
    """A folder for what reads local files only (DuckDB, pandas): itself, or for as long as it is needed a copy in the folder `below`.

    Raises:
        OSError: the store cannot be read, or the copy cannot be written.
    """
    if isinstance(folder, Path):
        yield folder
        return
    below.mkdir(parents=True, exist_ok=True)
    for left in below.iterdir():  # by killed processes
        if left.stat().st_mtime < time.time() - _COPY_OUTLIVED_S:
            shutil.rmtree(left)
    with TemporaryDirectory(dir=below, prefix=f"{folder.name}-") as copy:
        if names := _below(folder):
            with _told(folder):
                folder.fs.get([(folder / name).path for name in names], [str(Path(copy, name)) for name in names])
        yield Path(copy)


def _listed(folder: UPath) -> list[dict[str, Any]]:
    try:
        with _told(folder):
            found: list[dict[str, Any]] = folder.fs.ls(folder.path, detail=True)
    except FileNotFoundError:
        return []
    return [info for info in found if _name(info)]


def _below(folder: UPath) -> list[str]:
    """The names below a folder of all objects in it, sorted."""
    try:
        with _told(folder):
            found: list[str] = folder.fs.find(folder.path)
    except FileNotFoundError:
        return []
    start = len(folder.path.rstrip("/")) + 1
    return sorted(name[start:] for name in found if name[start:] and not name.endswith("/"))


def _name(info: dict[str, Any]) -> str:
    """The last part of a name; empty for the mark of an empty folder that some tools leave in a store."""
    return str(info["name"]).rpartition("/")[2]


@contextmanager
def _told(path: UPath) -> Iterator[None]:
    """Tell the errors of all libraries alike."""
    try:
        yield
    except FileNotFoundError as error:
        # the libraries name the object there, or say that there is no bucket
        words = os.strerror(errno.ENOENT) if error.errno is not None or "/" in str(error) else _one_line(error)
        raise FileNotFoundError(errno.ENOENT, words) from error
    except Exception as error:  # botocore and others have bases of their own
        reason = getattr(error, "strerror", None) or _one_line(error)
        raise StoreError(f"{path}: {reason}; {advice(path)}", reason) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
