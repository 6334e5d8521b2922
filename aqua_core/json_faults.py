"""The first thing to change in a JSON file that a person wrote: its line, and the remedy."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from aqua_core.json_lines import Spot
from aqua_core.plain_file import OnLine, shown

OwnRemedy = Callable[[str, str, Any], str | None]
"""Gives the remedy for (mistake, field, what was given) that one kind of file knows, or None."""

_TYPES = {
    "string_type": "a text in double quotes",
    "tuple_type": "a list in [ ]",
    "model_type": "fields in { }",
    "int_type": "a whole number",
}


def first_fault(
    fault: ValidationError, lines: dict[Spot, int], whole: str, own: OwnRemedy
) -> OnLine:
    """Give the one fault to change first.

    Args:
        fault: what pydantic found.
        lines: as json_lines.lines_of gives them.
        whole: what the file is called where no field is to be named: "instrument".
        own: what this kind of file says to its own mistakes.
    """
    errors = fault.errors(include_url=False)
    # pydantic counts a list without the items it refused: "too short" is then no fault of its own.
    inside = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    error = min(
        (error for error in errors if error["loc"] not in inside),
        # A misspelt field is also a missing one; its own line is the one to change.
        key=lambda error: (error["type"] != "extra_forbidden", _line(lines, error["loc"])),
    )
    return OnLine(_line(lines, error["loc"]), _remedy(error, whole, own))


def _line(lines: dict[Spot, int], spot: Spot) -> int:
    while spot not in lines:
        spot = spot[:-1]
    return lines[spot]


def _remedy(error: ErrorDetails, whole: str, own: OwnRemedy) -> str:
    field = next((str(step) for step in reversed(error["loc"]) if isinstance(step, str)), "")
    match error["type"]:
        case "wording":
            return error["msg"]
        case "missing":
            return f"Add the missing {shown(field)}."
        case "extra_forbidden":
            return f"There is no field {shown(field)}: check its spelling, or take it out."
        case mistake:
            usual = f"Write {_TYPES.get(mistake, 'another value')} for {shown(field or whole)}."
            return own(mistake, field, error["input"]) or usual
