"""A plan's file beside the plan: matched by id, what differs, field by field, and what is new."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from aqua_core.errors import BadPlanFile, Refusal
from aqua_core.exports.plan.columns import TYPED, given_with, rows_of
from aqua_core.exports.plan.differing import Changed, Difference
from aqua_core.exports.plan.reading import field_in, plain_cell, same_day
from aqua_core.exports.plan.table import Row, check_none
from aqua_core.rules.cells import guarded
from aqua_core.vocabulary import Action, Cycle, Workshop

# Each is written in 8 ms, and votes wait for the one who writes: 2,000 held them up for 17 s.
MOST_NEW: Final = 200

TAKEN_OUT: Final = (
    "this action was taken out of the plan. Put it back first, under Taken out on the Plan page; "
    "or leave the row out."
)

# What a new row is read among, a cell at a time: each of its own takes its place.
_UNSAID: Final[Mapping[str, Any]] = {
    "id": "",
    "version": 0,
    "test": "x",
    "domain": "x",
    "lead": "x",
    "partners": (),
    "review_on": date.max,
}


def changes_in(
    workshop: Workshop,
    plan: Sequence[Action],
    cycles: Sequence[Cycle],
    rows: Sequence[Row],
    taken_out: Collection[str] = (),
) -> tuple[Changed, ...]:
    """Give every action that the file would change or add, in the file's order.

    An action that the file leaves out stays as it is. A row without an id is a new action.
    `taken_out` are ids that the plan had.

    Raises:
        BadPlanFile: a row cannot be used; the sentences name row and column, at most 20 of them.
    """
    new = sum(map(_is_new, rows))
    if new > MOST_NEW:
        raise BadPlanFile(f"A file can add {MOST_NEW} actions; this adds {new:,}.")
    faults = _unmatched(workshop, plan, rows, taken_out)
    known = {action.id: action for action in plan}
    told = {row["action_id"]: row for row in rows_of(workshop, plan, cycles)}
    as_others = _as_others(workshop, told.values())
    changed: list[Changed] = []
    for row in rows:
        action_id, found = plain_cell(row, "action_id"), None
        if action_id in known:
            found = _changed(workshop, known[action_id], told[action_id], row)
        elif _is_new(row):
            found = _new(workshop, as_others, row)
        faults += found if isinstance(found, list) else []
        changed += [found] if isinstance(found, Changed) else []
    check_none(faults)
    return tuple(changed)


def _is_new(row: Row) -> bool:
    return not plain_cell(row, "action_id") and not plain_cell(row, "version")


def _unmatched(
    workshop: Workshop, plan: Sequence[Action], rows: Sequence[Row], taken_out: Collection[str]
) -> list[str]:
    known = {action.id for action in plan}
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        action_id = plain_cell(row, "action_id")
        if _is_new(row):
            continue
        if not action_id:
            faults.append(
                f"Row {row.number}, action_id: this row has none. "
                "If it is a new test, clear its version too."
            )
        elif action_id in first:
            faults.append(f"Rows {first[action_id]} and {row.number} are the same action.")
        elif action_id in taken_out:
            faults.append(f"Row {row.number}, action_id: {TAKEN_OUT}")
        elif action_id not in known:
            faults.append(
                f"Row {row.number}, action_id: the plan of {workshop.place.name} holds no such "
                "action. Is it from another workshop?"
            )
        first.setdefault(action_id, row.number)
    return faults


def _as_others(
    workshop: Workshop, told: Collection[Mapping[str, str]]
) -> dict[str, Collection[str]]:
    """Give what a new row may say in the columns that are not to be changed.

    Nothing, what is true of it, or what a row of the plan says: who copies a row copies these.
    """
    return {
        column: {"", own, *(row[column] for row in told)}
        for column, own in given_with(workshop).items()
    }


def _new(
    workshop: Workshop, as_others: Mapping[str, Collection[str]], row: Row
) -> Changed | list[str]:
    typed, faults = _typed(workshop, _UNSAID, row, TYPED)
    faults += _fixed(as_others, row)
    if faults:
        return faults
    action = Action.model_validate({**_UNSAID, **typed})
    (now,) = rows_of(workshop, [action])
    return _differing(row, action, dict.fromkeys(TYPED, ""), now)


def _changed(
    workshop: Workshop, action: Action, told: Mapping[str, str], row: Row
) -> Changed | list[str] | None:
    # As it left, with its guard or without: then nobody changed it.
    columns = [
        column for column in TYPED if row.cells[column] not in (told[column], guarded(told[column]))
    ]
    typed, faults = _typed(workshop, action.model_dump(), row, columns)
    faults += _fixed({column: {told[column]} for column in given_with(workshop)}, row)
    if faults:
        return faults
    saved = action.model_copy(update=typed)
    (now,) = rows_of(workshop, [saved])
    found = _differing(row, saved, told, now, action.test)
    if not found.differences:
        return None
    return found if plain_cell(row, "version") == str(action.version) else [_older(row, action)]


def _differing(
    row: Row, action: Action, told: Mapping[str, str], now: Mapping[str, str], known_as: str = ""
) -> Changed:
    differences = tuple(
        Difference(
            row.number, action.id, known_as or action.test, column, told[column], now[column]
        )
        for column in TYPED
        if now[column] != told[column]
    )
    return Changed(row.number, action, differences)


def _typed(
    workshop: Workshop, said: Mapping[str, Any], row: Row, columns: Sequence[str]
) -> tuple[dict[str, Any], list[str]]:
    typed: dict[str, Any] = {}
    faults = []
    for column in columns:
        try:
            typed |= field_in(workshop, said, row, column)
        except Refusal as refusal:
            faults.append(f"Row {row.number}, {column}: {refusal}")
    return typed, faults


def _fixed(allowed: Mapping[str, Collection[str]], row: Row) -> list[str]:
    return [
        f"Row {row.number}, {column}: you can't change that column here."
        for column, texts in allowed.items()
        for cell in [plain_cell(row, column)]
        if cell not in texts and not any(same_day(cell, text) for text in texts)
    ]


def _older(row: Row, action: Action) -> str:
    theirs = "".join(mark for mark in row.cells["version"][:8] if mark.isprintable())
    return (
        f"Row {row.number}, version: this action was changed since the file was taken home "
        f"(the file has version {theirs or 'none'}, the plan {action.version}). Take the plan home "
        "again and change that."
    )
