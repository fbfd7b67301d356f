"""Lists that are JSON: from the bytes of an answer to its rows. Pure, and strict about what it cannot read.

Interfaces of one product wrap their answers differently: an object may come as a string that holds JSON, the rows may be missing where
there are none. Anything else that is no list of objects is a fault (`ListPage.fault`), never an empty list.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from etl.charset import decode
from etl.fetch.families.base import Item, ListPage

_SHOWN = 60


class Fault(ValueError):
    """Why an answer is no list, in words."""


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object that an answer is.

    Raises:
        Fault: it is no JSON, or no object.
    """
    return _as_object(decode(body).text.strip(), "the answer")


def member_object(parent: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A member that is an object, or a string that holds one; without a value it is empty.

    Raises:
        Fault: the member is not there, or is something else.
    """
    if name not in parent:
        raise Fault(f"the answer has no {name!r}, it is {_shown(json.dumps(parent, ensure_ascii=False))}")
    value = parent[name]
    return {} if value in (None, "") else _as_object(value, repr(name))


def member_rows(parent: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """A member that is a list of objects, or a string that holds one; none where it is missing or has no value.

    Raises:
        Fault: the member is something else.
    """
    value = parent.get(name)
    if value in (None, ""):
        return []
    rows = _loaded(value, repr(name))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Fault(f"{name!r} is no list of objects, it is {_shown(value)}")
    return rows


def read_rows(body: bytes, rows: str, total: str, item: Callable[[dict[str, Any]], Item], page_size: int | None = None) -> ListPage:
    """The page of a list that is an object with its rows in one member and their number in another.

    A page is as long as it comes, or `page_size` long. What is no such object is a fault of the page.
    """
    try:
        answer = read_object(body)
        found = required_rows(answer, rows)
    except Fault as fault:
        return ListPage((), fault=str(fault))
    count, size = member_count(answer, total), page_size or len(found)
    return ListPage(tuple(map(item, found)), page_count=-(-count // size) if count and size else None)


def required_rows(parent: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """As `member_rows`, of an interface that names its rows even where there are none.

    Raises:
        Fault: the member is not there, or is something else.
    """
    if name not in parent:
        raise Fault(f"the answer has no {name!r}, it is {_shown(json.dumps(parent, ensure_ascii=False))}")
    return member_rows(parent, name)


def member_count(parent: Mapping[str, Any], name: str) -> int | None:
    """A member that is a number (37, "37"); null for anything else: counts only help, nothing rests on them."""
    value = str(parent.get(name, "")).strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def first_text(row: Mapping[str, Any], *names: str) -> str:
    """The first of some members that has a value, as text; "" if none has."""
    return next((text for name in names if (value := row.get(name)) is not None and (text := str(value).strip())), "")


def _as_object(value: Any, what: str) -> dict[str, Any]:
    found = _loaded(_loaded(value, what), what)  # an object as a string inside a string
    if not isinstance(found, dict):
        raise Fault(f"{what} is no object, it is {_shown(value)}")
    return found


def _loaded(value: Any, what: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise Fault(f"{what} is no JSON, it is {_shown(value)}") from error


def _shown(value: Any) -> str:
    text = " ".join(str(value).split())
    return repr(text[:_SHOWN] + "…" if len(text) > _SHOWN else text) if text else "empty"
