"""One cell of a plan's file, read as if it were typed on the Plan page."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from aqua_core.errors import ChoiceRefused, DateRefused
from aqua_core.exports.plan.columns import (
    FIELDS,
    JOINT_PARTNERS,
    LEAD_PARTNER,
    OWNERS,
    partner_names,
)
from aqua_core.exports.plan.table import Row
from aqua_core.rules.cells import guarded
from aqua_core.vocabulary import Action, Workshop, same_name
from aqua_core.vocabulary.said import choices_of

_BRITISH: Final = re.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO: Final = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")


def unguarded(cell: str) -> str:
    """Take the apostrophe off that an export put before a formula (see rules/cells.py)."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def plain_cell(row: Row, column: str) -> str:
    """Give what a cell says, without a guard and without blanks around it."""
    return unguarded(row.cells[column]).strip()


def field_in(workshop: Workshop, said: Mapping[str, Any], row: Row, column: str) -> dict[str, Any]:
    """Give the field of an action that a cell says, by its name.

    Args:
        workshop: the one that the plan is of.
        said: every field of an action, each of which can be: what the cell is read among.
        row: the cell's.
        column: one that may be changed.

    Raises:
        Refusal: the sentence that it would get on the Plan page.
    """
    if column in OWNERS:
        return {"partners": _owners(workshop, row, column)}
    field = FIELDS[column]
    given = {field: _given(workshop, field, unguarded(row.cells[column]))}
    return {field: getattr(Action.model_validate({**said, **given}), field)}


def same_day(cell: str, told: str) -> bool:
    """Tell whether a cell says the day that is told, in either of the two ways."""
    try:
        return _day(cell).isoformat() == told
    except DateRefused:
        return False


def _given(workshop: Workshop, name: str, cell: str) -> object:
    field = Action.model_fields[name]
    if name == "domain":
        return _domain(workshop, cell)
    if field.annotation is date:
        return _day(cell)
    return cell.strip().casefold() if choices_of(field) else cell


def _domain(workshop: Workshop, cell: str) -> str:
    domains = workshop.instrument.domains
    wanted = same_name(cell.strip())
    for domain in domains:
        if wanted in (same_name(domain.name), domain.key):
            return domain.key
    raise ChoiceRefused(f"use one of {', '.join(domain.name for domain in domains)}.")


def _owners(workshop: Workshop, row: Row, column: str) -> tuple[str, ...]:
    """Give all owners by id; what is wrong is said of this column's names alone."""
    ids = {same_name(name): partner for partner, name in partner_names(workshop).items()}
    lead = [unguarded(row.cells[LEAD_PARTNER])]
    joint = unguarded(row.cells[JOINT_PARTNERS]).split(";")
    wanted = lead if column == LEAD_PARTNER else joint
    unknown = [name for name in _spelled(wanted) if name not in ids]
    if unknown or (column == LEAD_PARTNER and not _spelled(lead)):
        names = ", ".join(partner_names(workshop).values())
        raise ChoiceRefused(f"use the partners of this place, separated by ; : {names}.")
    return tuple(dict.fromkeys(ids[name] for name in _spelled([*lead, *joint]) if name in ids))


def _spelled(names: list[str]) -> list[str]:
    spelled = [same_name(" ".join(name.split())) for name in names]
    return [name for name in spelled if name]


def _day(cell: str) -> date:
    """Read a day as it left (2026-12-22), or as a British Excel saves it (22/12/2026)."""
    typed = cell.strip()
    iso, british = _ISO.fullmatch(typed), _BRITISH.fullmatch(typed)
    parts = iso.groups() if iso else british.groups()[::-1] if british else None
    try:
        if parts:
            year, month, day = map(int, parts)
            return date(year, month, day)
    except ValueError:  # 31 February
        pass
    raise DateRefused("use YYYY-MM-DD, such as 2026-12-22.")
