"""Tables and their columns as a pack describes them: types, bounds and keys."""

from enum import StrEnum
from typing import Any, Final, NamedTuple

from aqua_core.vocabulary import HIGHEST, LOWEST

FIRST_DAY: Final = "2000-01-01"
LAST_DAY: Final = "2200-12-31"
"""Days that a plan can count from: from later ones a calendar runs out of years."""


class Column(NamedTuple):
    """One column: its Table Schema type, what it holds, and its bounds."""

    name: str
    type: str
    about: str
    bounds: dict[str, Any]


class Key(NamedTuple):
    """Columns whose values are, together, those of as many columns in another table."""

    columns: tuple[str, ...]
    table: str
    of: tuple[str, ...]


class Table(NamedTuple):
    """One table: `key` names the columns that tell its rows apart, in their order."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    keys: tuple[Key, ...] = ()


def a_text(name: str, about: str, longest: int, *, needed: bool = False) -> Column:
    """Give a column of texts; empty ones too, unless they are needed."""
    bounds: dict[str, Any] = {"maxLength": longest} | ({"required": True} if needed else {})
    return Column(name, "string", about, bounds)


def an_id(name: str, about: str, *, needed: bool = True) -> Column:
    """Give a column of ids; empty ones too, unless they are needed."""
    bounds: dict[str, Any] = {"required": True} if needed else {}
    return Column(name, "string", about, bounds | {"pattern": "[A-Za-z0-9_-]{1,40}"})


def one_of(name: str, about: str, kind: type[StrEnum]) -> Column:
    """Give a column of the words of a kind; empty where the kind has an empty word."""
    words = [each.value for each in kind if each.value]
    bounds: dict[str, Any] = {"enum": words}
    return Column(name, "string", about, bounds | ({} if "" in list(kind) else {"required": True}))


def a_number(name: str, about: str, *, least: int = 1) -> Column:
    """Give a column of whole numbers up to 10,000."""
    return Column(name, "integer", about, {"required": True, "minimum": least, "maximum": 10_000})


def points(name: str, about: str, *, needed: bool = False) -> Column:
    """Give a column of points, 0 to 5; empty ones too, unless they are needed."""
    bounds: dict[str, Any] = {"required": True} if needed else {}
    return Column(name, "integer", about, bounds | {"minimum": LOWEST, "maximum": HIGHEST})


def a_day(name: str, about: str, *, needed: bool = True) -> Column:
    """Give a column of days; empty ones too, unless they are needed."""
    bounds: dict[str, Any] = {"required": True} if needed else {}
    return Column(name, "date", about, bounds | {"minimum": FIRST_DAY, "maximum": LAST_DAY})


def ids(name: str, about: str) -> Column:
    """Give a column of lists of ids."""
    return Column(name, "array", about, {})


def a_domain(about: str = "key of the domain", *, needed: bool = True) -> Column:
    """Give the column of the domain; empty too, unless it is needed."""
    bounds: dict[str, Any] = {"required": True} if needed else {}
    return Column("domain", "string", about, bounds | {"pattern": "[a-z][a-z_]{1,39}"})


DOMAIN: Final = a_domain()
SEAT: Final = Key(("seat",), "seats", ("seat",))
A_ROUND: Final = Key(("domain", "number"), "rounds", ("domain", "number"))
