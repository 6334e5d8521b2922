"""The text of a file that a person wrote, and where in it something is wrong."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from aqua_core.errors import Refusal
from aqua_core.vocabulary.text import same_name

W = TypeVar("W", bound=BaseModel)
_Remedies = Mapping[str, str]
"""What one kind of file says to a value that does not fit a field, without what stands there."""

LARGEST = 1_000_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OTHER_KINDS = {b"PK\x03\x04": "an Excel or zip file", b"%PDF": "a PDF"}


_MOST_COMMAS: Final = 20_000
"""The eight domains have 150; of 400,000 values each would be a fault of its own, in 6 s."""
_TOO_DEEP: Final = "Brackets are nested too deeply: check that this is the right file."
_TWICE: Final = "\0"
_HALF_CHARACTER: Final = re.compile(r"\\u[dD][89a-fA-F]")
_KINDS: Final = {
    "string_type": "a text in double quotes",
    "tuple_type": "a list in [ ]",
    "model_type": "fields in { }",
}
_QUOTES: Final = "Begin and end the text with a double quote on one line, without tabs."
_REMEDIES: Final = {
    "Expecting ',' delimiter": "A comma is missing before this, or a bracket is of the wrong kind.",
    "Expecting ':' delimiter": "A colon is missing between a field and its value.",
    "Expecting property name enclosed in double quotes": (
        "Take out the comma before }, or put the field's name in double quotes."
    ),
    "Expecting value": (
        "A value is missing, a comma is too many, or a text stands without double quotes."
    ),
    "Extra data": "Something stands after the last bracket: take it out.",
    "Invalid control character at": _QUOTES,
    "Unterminated string starting at": _QUOTES,
    "Invalid \\escape": "Take out the backslash.",
    "Invalid \\uXXXX escape": "Take out the backslash.",
}


class InPlace(ValueError):
    """A place in a text cannot be used. `str()` is the place, ": " and the remedy, a sentence."""

    def __init__(self, place: str, remedy: str) -> None:
        super().__init__(f"{place}: {remedy}")


class OnLine(InPlace):
    """A line of a text cannot be used: "line 31: " and the remedy."""

    def __init__(self, line: int, remedy: str) -> None:
        super().__init__(f"line {line}", remedy)


def text_of(path: Path, refused: type[Refusal]) -> str:
    """Give the whole text of a file, without a byte-order mark.

    Args:
        path: a file of at most 1 MB in UTF-8; a larger one is refused before it is read whole.
        refused: the fact to raise, `BadInstrument` for an instrument.

    Raises:
        refused: missing, a folder, unreadable, empty, too large, not UTF-8, or not text. The
            sentence names the file, the line where there is one, and the remedy.
    """
    return text_in(_bytes(path, refused), path.name, refused)


def text_in(raw: bytes, name: str, refused: type[Refusal]) -> str:
    """Give the whole text of a file that somebody brought (see text_of); `name` is the file's.

    Raises:
        refused: too large, empty, not UTF-8, or not text.
    """
    if len(raw) > LARGEST:
        raise refused(f"{name} is over 1 MB: shorten it, or check that it is the right file.")
    try:
        _check_kind(raw)
        text = _decoded(raw)
        _check_not_empty(text)
        _check_control(text)
    except InPlace as fault:
        raise refused(f"{name}, {fault}") from None
    return text


def word_in(text: str, word: type[W], own: _Remedies) -> W:
    """Read a value from its JSON text, which has each field once.

    Args:
        text: at most 1 MB.
        word: what it holds.
        own: by field; a field without one takes any text, or one of a few words.

    Raises:
        InPlace: the text or a value in it cannot be used; of several faults the one to mend first.
            The place is as in "domain 3, statement 4", or line and column where it is not JSON.
    """
    if len(text) > LARGEST:
        raise OnLine(1, "The text is over 1 MB: shorten it.")
    if text.count(",") > _MOST_COMMAS:
        raise OnLine(1, "There are too many values: check that this is the right file.")
    try:
        return word.model_validate_json(json.dumps(_json_in(text)))
    except RecursionError:
        raise OnLine(1, _TOO_DEEP) from None
    except ValidationError as fault:
        raise _first(fault.errors(include_url=False), text, own) from None


Spot = tuple[str | int, ...]
"""Where in a file something stands: ("domains", 2, "statements", 4), counted from 0."""


def faults_of(typed: Mapping[str, Any], word: type[BaseModel], own: _Remedies) -> dict[Spot, str]:
    """Give what is wrong with a value as it is typed: the remedy of each fault, by its place.

    Args:
        typed: what its JSON text would hold.
        word: what it is to be.
        own: as for word_in.
    """
    try:
        word.model_validate_json(json.dumps(typed))
    except ValidationError as fault:
        errors = _own_faults(fault.errors(include_url=False))
        return {tuple(error["loc"]): _remedy(error, own) for error in errors}
    return {}


def _place_of(*spot: str | int) -> str:
    """Give a place in the file's own words: ("domains", 2, "key") is "domain 3, key"."""
    said: list[str] = []
    for step in spot:
        if isinstance(step, int):
            said[-1] = f"{said[-1].removesuffix('s')} {step + 1}"
        else:
            said.append(step.removeprefix(_TWICE))
    return ", ".join(said) or "line 1"


def check_no_repeats(many: str, words: Sequence[BaseModel], fields: Sequence[str]) -> None:
    """Raise InPlace if two of a list say the same in a field, however it is written.

    Args:
        many: the list's name in the file: "domains".
        words: the list.
        fields: of each of them.
    """
    for field in fields:
        places: dict[str, str] = {}
        for index, word in enumerate(words):
            said, place = getattr(word, field), _place_of(many, index)
            earlier = places.setdefault(same_name(said), place)
            if earlier != place:
                raise InPlace(
                    f"{place}, {field}",
                    f"{shown(said)} is already in {earlier}: change one of the two.",
                )


def _line_at(text: str, position: int) -> int:
    """Give the line, from 1, that holds the character at this position."""
    return text.count("\n", 0, position) + 1


def shown(value: object) -> str:
    """Give a value from a file as it may stand in a sentence: quoted, visible, at most 30 marks."""
    visible = "".join(mark for mark in str(value)[:100] if mark.isprintable())
    return f'"{visible}"' if len(visible) <= 30 else f'"{visible[:29]}…"'


def _json_in(text: str) -> Any:
    _check_not_empty(text)
    try:
        # A number of 5,000 digits would be refused without its place.
        return json.loads(
            text, object_pairs_hook=_fields, parse_int=lambda digits: int(digits[:20])
        )
    except json.JSONDecodeError as fault:
        remedy = _REMEDIES.get(fault.msg, "Check the commas, quotes and brackets.")
        if not text[fault.pos :].strip():
            remedy = "The text ends too early: close every { and [."
        raise InPlace(f"line {fault.lineno}, column {fault.colno}", remedy) from None


def _fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Give the fields of an object; one that stands there twice also under a name nobody knows."""
    times = Counter(name for name, _ in pairs)
    return dict(pairs) | {_TWICE + name: None for name in times if times[name] > 1}


def _first(errors: list[ErrorDetails], text: str, own: _Remedies) -> InPlace:
    error = min(
        _own_faults(errors),
        # A misspelt field is also a missing one; its own name is the one to change.
        key=lambda error: error["type"] != "extra_forbidden",
    )
    if error["type"] == "json_invalid":
        if not (half := _HALF_CHARACTER.search(text)):
            return OnLine(1, _TOO_DEEP)
        line = _line_at(text, half.start())
        return OnLine(line, "A \\u escape here is only half a character: type the character.")
    # What hangs on several fields is found in the whole, and says itself where it stands.
    at = error.get("ctx", {}).get("at", ())
    return InPlace(_place_of(*error["loc"], *at), _remedy(error, own))


def _own_faults(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    # pydantic counts a list without the items it refused: "too short" is then no fault of its own.
    inside = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    return [error for error in errors if error["loc"] not in inside]


def _remedy(error: ErrorDetails, own: _Remedies) -> str:
    field = next((step for step in reversed(error["loc"]) if isinstance(step, str)), "")
    match error["type"]:
        case "wording":
            return error["msg"]
        case "missing":
            return f"Add the missing {shown(field)}."
        case "extra_forbidden":
            twice = field.startswith(_TWICE)
            unknown = f"There is no field {shown(field)}: check its spelling, or take it out."
            return f"{shown(field)} stands here twice: keep one." if twice else unknown
        case "enum":
            return _no_such(field, error["input"], error["ctx"]["expected"])
        case mistake if mistake in _KINDS or field not in own:
            return f"Write {_KINDS.get(mistake, 'another value')}."
    given = error["input"]
    return f"{own[field]} (this has {len(given) if isinstance(given, list) else shown(given)})."


def _no_such(field: str, given: object, expected: str) -> str:
    words = re.findall("'([^']+)'", expected)
    near = get_close_matches(str(given), words, n=1)
    instead = f"write {shown(near[0])}" if near else f"choose one of {', '.join(words)}"
    return f"There is no {field} {shown(given)}: {instead}."


def _check_not_empty(text: str) -> None:
    if not text.strip():
        raise OnLine(1, "The file is empty: copy one that works and change it.")


def _bytes(path: Path, refused: type[Refusal]) -> bytes:
    if path.is_dir():
        raise refused(f"{path.name} is a folder: choose a file inside it.")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise refused(
            f"{path.name} is not there: check its name, and look in {path.parent}."
        ) from None
    except (OSError, ValueError):
        raise refused(f"{path.name} cannot be opened: close it elsewhere and try again.") from None
    return raw


def _check_kind(raw: bytes) -> None:
    for start, kind in _OTHER_KINDS.items():
        if raw.startswith(start):
            raise OnLine(1, f"This is {kind}, not plain text: save it as text and try again.")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise OnLine(line, "Save the file as UTF-8: a character here is in another code.") from None


def _check_control(text: str) -> None:
    if found := _CONTROL.search(text):
        line = _line_at(text, found.start())
        raise OnLine(line, "Take out the invisible control character, or save the file as UTF-8.")
