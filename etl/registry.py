"""Registries: TOML files whose tables are entries of one kind, checked strictly.

In: a file and the model of its entries. Out: the entries by their key. An unknown key or an impossible value is one line that names the
file, the entry and the place in it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from etl.errors import SourceError

Entry = TypeVar("Entry", bound=BaseModel)


def load_entries(path: Path, model: type[Entry], what: str, defaults: str | None = None) -> dict[str, Entry]:
    """The entries of a registry by key, in the order of the file; each gets its key as `name`.

    Args:
        path: the TOML file.
        model: the pydantic model of an entry; it has a field `name`.
        what: what an entry is, for messages: "source".
        defaults: name of the table, if there is one, whose values every entry has that does not name its own.

    Raises:
        SourceError: the file is missing, is no TOML, or an entry has an unknown key or an impossible value.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{path}: cannot be read as TOML: {error}") from error
    common = tables.pop(defaults, {}) if defaults else {}
    return {key: _load_entry(path, key, table, common, model, what) for key, table in tables.items()}


def _load_entry(path: Path, key: str, table: Any, common: Any, model: type[Entry], what: str) -> Entry:
    if not isinstance(table, dict) or not isinstance(common, dict):
        raise SourceError(f"{path}: {key}: must be a table [{key}] of a {what}")
    try:
        return model.model_validate({**common, **table, "name": key})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join([key, *(str(part) for part in first["loc"])])
        reason = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise SourceError(f"{path}: {place}: {reason}") from error
