"""A value as a cell of a pack's CSV, and back to the same value."""

import json
from datetime import date
from typing import Any

from aqua_core.exports.pack.layout.columns import Column
from aqua_core.rules.cells import guarded


def cell_of(value: Any) -> str:
    """Give a value as text: "" for None, days as 2026-12-22, true or false, tuples as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case tuple():
            return json.dumps(value, ensure_ascii=False)
        case str():
            return _kept(value)
    return str(value)


def value_in(column: Column, cell: str) -> Any:
    """Give the value that a cell holds, by its column's type.

    Raises:
        ValueError: it holds none of that type.
    """
    match column.type:
        case "string":
            return cell.removeprefix("'")
        case "integer":
            return _number(cell) if cell else None
        case "boolean":
            return {"true": True, "false": False}[cell] if cell in ("true", "false") else None
        case "date":
            return date.fromisoformat(cell) if cell else None
    found = json.loads(cell)
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise ValueError("not a list of texts")
    return tuple(found)


def _kept(text: str) -> str:
    # What begins with an apostrophe gets one too, so that taking one off gives every text back.
    return f"'{text}" if text.startswith("'") else guarded(text)


def _number(cell: str) -> int:
    if not (cell.isascii() and cell.isdecimal() and len(cell) < 10):
        raise ValueError("not a whole number")
    return int(cell)
