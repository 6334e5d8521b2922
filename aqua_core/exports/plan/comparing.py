"""A plan's file beside the plan: matched by id, what differs, field by field."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from aqua_core.errors import ChoiceRefused, DateRefused, Refusal
from aqua_core.exports.plan.columns import FIELDS, OWNERS, partner_names, rows_of
from aqua_core.exports.plan.table import Row, check_none
from aqua_core.rules.cells import guarded
from aqua_core.vocabulary import Action, Cycle, Workshop, same_name

_FIXED: Final = ("place", "workshop_date", "invented", "cycles", "what_follows")
_CHOICES: Final = ("scale", "shows_at", "kind_of_move")
_BRITISH: Final = re.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO: Final = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")


class Difference(NamedTuple):
    """One cell that was changed: as the plan says it, and as the file does."""

    row: int
    action_id: str
    test: str
    column: str
    before: str
    after: str


class Changed(NamedTuple):
    """One action as a file would have it, with the version that the plan holds now."""

    row: int
    action: Action
    differences: tuple[Difference, ...]


def changes_in(
    workshop: Workshop,
    plan: Sequence[Action],
    cycles: Sequence[Cycle],
    rows: Sequence[Row],
    taken_out: Collection[str] = (),
) -> tuple[Changed, ...]:
    """Give every action that the file would change, in the file's order.

    An action that the file leaves out stays as it is. `taken_out` are ids that the plan had.

    Raises:
        BadPlanFile: a row cannot be used; the sentences name row and column, at most 20 of them.
    """
    faults = _unmatched(workshop, plan, rows, taken_out)
    known = {action.id: action for action in plan}
    told = {row["action_id"]: row for row in rows_of(workshop, plan, cycles)}
    changed: list[Changed] = []
    for row in rows:
        action_id = _id_of(row)
        if action_id in known:
            found = _changed(workshop, known[action_id], told[action_id], row)
            faults += found if isinstance(found, list) else []
            changed += [found] if isinstance(found, Changed) else []
    check_none(faults)
    return tuple(changed)


def unguarded(cell: str) -> str:
    """Take the apostrophe off that an export put before a formula (see rules/cells.py)."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def _id_of(row: Row) -> str:
    return unguarded(row.cells["action_id"]).strip()


def _unmatched(
    workshop: Workshop, plan: Sequence[Action], rows: Sequence[Row], taken_out: Collection[str]
) -> list[str]:
    known = {action.id for action in plan}
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        action_id = _id_of(row)
        if not action_id:
            faults.append(
                f"Row {row.number}, action_id: this row has none. "
                "Add a new test on the Plan page, so that it gets its id."
            )
        elif action_id in first:
            faults.append(f"Rows {first[action_id]} and {row.number} are the same action.")
        elif action_id in taken_out:
            faults.append(
                f"Row {row.number}, action_id: this action was taken out of the plan. Put it back "
                "first, under Taken out on the Plan page; or leave the row out."
            )
        elif action_id not in known:
            faults.append(
                f"Row {row.number}, action_id: the plan of {workshop.place.name} holds no such "
                "action. Is it from another workshop?"
            )
        first.setdefault(action_id, row.number)
    return faults


def _changed(
    workshop: Workshop, action: Action, told: Mapping[str, str], row: Row
) -> Changed | list[str] | None:
    after, faults = _typed(workshop, action, told, row)
    faults += _fixed(told, row)
    if faults:
        return faults
    saved = action.model_copy(update=after)
    (now,) = rows_of(workshop, [saved])
    differences = tuple(
        Difference(row.number, action.id, action.test, column, told[column], now[column])
        for column in [*FIELDS, *OWNERS]
        if now[column] != told[column]
    )
    if not differences:
        return None
    if unguarded(row.cells["version"]).strip() != str(action.version):
        return [_older(row, action)]
    return Changed(row.number, saved, differences)


def _typed(
    workshop: Workshop, action: Action, told: Mapping[str, str], row: Row
) -> tuple[dict[str, Any], list[str]]:
    after: dict[str, Any] = {}
    faults = []
    for column in [*FIELDS, *OWNERS]:
        # As it left, with its guard or without: then nobody changed it.
        if row.cells[column] in (told[column], guarded(told[column])):
            continue
        try:
            after |= _field(workshop, action, row, column)
        except Refusal as refusal:
            faults.append(f"Row {row.number}, {column}: {refusal}")
    return after, faults


def _fixed(told: Mapping[str, str], row: Row) -> list[str]:
    return [
        f"Row {row.number}, {column}: you can't change that column here."
        for column in _FIXED
        for cell in [unguarded(row.cells[column])]
        if cell.strip() != told[column] and not _same_day(cell, told[column])
    ]


def _older(row: Row, action: Action) -> str:
    theirs = "".join(mark for mark in row.cells["version"][:8] if mark.isprintable())
    return (
        f"Row {row.number}, version: this action was changed since the file was taken home "
        f"(the file has version {theirs or 'none'}, the plan {action.version}). Take the plan home "
        "again and change that."
    )


def _field(workshop: Workshop, action: Action, row: Row, column: str) -> dict[str, Any]:
    """Give the field of an action that a cell says, read as if it were typed on the Plan page."""
    if column in OWNERS:
        return {"partners": _owners(workshop, row)}
    field = FIELDS[column]
    cell = unguarded(row.cells[column])
    given = {field: _given(workshop, column, cell)}
    typed = action.model_dump() | given
    return {field: getattr(Action.model_validate(typed), field)}


def _given(workshop: Workshop, column: str, cell: str) -> object:
    if column == "domain":
        return _domain(workshop, cell)
    if column == "review_date":
        return _day(cell)
    return cell.strip().casefold() if column in _CHOICES else cell


def _domain(workshop: Workshop, cell: str) -> str:
    domains = workshop.instrument.domains
    wanted = same_name(cell.strip())
    for domain in domains:
        if wanted in (same_name(domain.name), domain.key):
            return domain.key
    raise ChoiceRefused(f"use one of {', '.join(domain.name for domain in domains)}.")


def _owners(workshop: Workshop, row: Row) -> tuple[str, ...]:
    ids = {same_name(name): partner for partner, name in partner_names(workshop).items()}
    named = [unguarded(row.cells["lead_partner"])]
    named += unguarded(row.cells["joint_partners"]).split(";")
    wanted = [same_name(" ".join(name.split())) for name in named]
    if not wanted[0] or any(name and name not in ids for name in wanted):
        names = ", ".join(partner_names(workshop).values())
        raise ChoiceRefused(f"use the partners of this place, separated by ; : {names}.")
    return tuple(dict.fromkeys(ids[name] for name in wanted if name))


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


def _same_day(cell: str, told: str) -> bool:
    try:
        return _day(cell).isoformat() == told
    except DateRefused:
        return False
