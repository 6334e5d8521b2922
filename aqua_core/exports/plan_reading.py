"""An edited plan comes back: read, compared, and said where it differs."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import takewhile
from typing import Any, Final, NamedTuple

from aqua_core.errors import BadPlanFile, ChoiceRefused, DateRefused, Refusal
from aqua_core.exports import plan_table, spreadsheet, what_follows
from aqua_core.rules import typed as as_typed
from aqua_core.rules.groups import guarded
from aqua_core.rules.open_tests import NOTHING_EARLIER, Continuing, Planned
from aqua_core.vocabulary import Action, Workshop
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import choices_of

_SHOWN: Final = 120  # characters of a cell: two such columns stand beside each other at 1366 px
_BEFORE_IT: Final = 20  # characters that stay before the first that differs


class Difference(NamedTuple):
    """One cell that was changed: as the plan says it, and as the file does.

    `action_id` is "" in the row of a new action; the plan says nothing of it.
    """

    row: int
    action_id: str
    test: str
    column: str
    before: str
    after: str

    @property
    def field(self) -> str:
        """The column as the workbook heads it."""
        return plan_table.headed(self.column)

    @property
    def beside(self) -> tuple[str, str]:
        """Both texts as a table shows them: of long ones, from where they begin to differ."""
        if max(len(self.before), len(self.after)) <= _SHOWN:
            return self.before, self.after
        same = takewhile(
            lambda pair: pair[0] == pair[1], zip(self.before, self.after, strict=False)
        )
        start = max(len([*same]) - _BEFORE_IT, 0)
        return _cut(self.before, start), _cut(self.after, start)


class Changed(NamedTuple):
    """One action as a file would have it, with the version that the plan holds now.

    A new one has no id yet, and version 0.
    """

    row: int
    action: Action
    differences: tuple[Difference, ...]

    @property
    def is_new(self) -> bool:
        """Tell whether the plan does not hold it yet."""
        return not self.action.id


def _cut(text: str, start: int) -> str:
    end = start + _SHOWN
    return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"


def _unguarded(cell: str) -> str:
    """Take the apostrophe off that an export put before a formula."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def _plain_cell(row: plan_table.Row, column: str) -> str:
    """Give what a cell says, without a guard and without blanks around it."""
    return _unguarded(row.cells[column]).strip()


def _field_in(
    workshop: Workshop, said: Mapping[str, Any], row: plan_table.Row, column: str
) -> dict[str, Any]:
    """Give the field of an action that a cell says, by its name.

    Args:
        workshop: the one that the plan is of.
        said: every field of an action, each of which can be: what the cell is read among.
        row: the cell's.
        column: one that may be changed.

    Raises:
        Refusal: the sentence that it would get on the Plan page.
    """
    if column in plan_table.OWNERS:
        return {"partners": _owners(workshop, row, column)}
    field = plan_table.FIELDS[column]
    given = {field: _given(workshop, field, _unguarded(row.cells[column]))}
    return {field: getattr(Action.model_validate({**said, **given}), field)}


def _given(workshop: Workshop, name: str, cell: str) -> object:
    field = Action.model_fields[name]
    if name == "domain":
        return _domain(workshop, cell)
    if field.annotation is date:
        return as_typed.day_read(cell, ())
    if said := as_typed.spoiled_by_spreadsheet(cell):
        raise ChoiceRefused(said)
    return cell.strip().casefold() if choices_of(field) else cell


def _domain(workshop: Workshop, cell: str) -> str:
    domain = workshop.instrument.called(cell)
    if domain is None:
        raise ChoiceRefused(f"use one of {', '.join(workshop.instrument.names.values())}.")
    return domain.key


def _owners(workshop: Workshop, row: plan_table.Row, column: str) -> tuple[str, ...]:
    """Give all owners by id; what is wrong is said of this column's names alone."""
    ids = {
        as_typed.folded(name): partner
        for partner, name in plan_table.partner_names(workshop).items()
    }
    lead = _spelled([_unguarded(row.cells[plan_table.LEAD_PARTNER])])
    joint = _parted(_unguarded(row.cells[plan_table.JOINT_PARTNERS]), ids)
    wanted = lead if column == plan_table.LEAD_PARTNER else joint
    unknown = [name for name in wanted if name not in ids]
    if unknown or (column == plan_table.LEAD_PARTNER and not lead):
        names = ", ".join(plan_table.partner_names(workshop).values())
        raise ChoiceRefused(f"use the partners of this place, separated by ; : {names}.")
    return tuple(dict.fromkeys(ids[name] for name in [*lead, *joint] if name in ids))


def _parted(cell: str, known: Collection[str]) -> list[str]:
    """Part names at each ; but one that stands in a known name."""
    names, parts = [], cell.split(";")
    while parts:
        whole = (
            count
            for count in range(len(parts), 0, -1)
            if as_typed.folded(" ".join(";".join(parts[:count]).split())) in known
        )
        taken = next(whole, 1)
        names.append(";".join(parts[:taken]))
        parts = parts[taken:]
    return _spelled(names)


def _spelled(names: list[str]) -> list[str]:
    spelled = [as_typed.folded(" ".join(name.split())) for name in names]
    return [name for name in spelled if name]


def _with_days(
    workshop: Workshop, rows: Sequence[plan_table.Row], told: Mapping[str, Mapping[str, str]]
) -> list[plan_table.Row]:
    """Write each day as it left (2026-12-22) where it can only mean one, judged over all of them.

    A file from a spreadsheet has its country's order in every day; a day that stays as it came is
    none, or could be two.
    """
    own = plan_table.given_with(workshop)
    days = [
        (row.cells[column], {left.get(column, ""), own.get(column, "")})
        for row in rows
        for left in [told.get(_plain_cell(row, "action_id"), {})]
        for column in plan_table.DAYS
        if column in row.cells
    ]
    orders = as_typed.orders_of(days)
    return [row._replace(cells=row.cells | _days_in(row, orders)) for row in rows]


def _days_in(row: plan_table.Row, orders: Collection[as_typed.Order]) -> dict[str, str]:
    days = {}
    for column in plan_table.DAYS:
        with suppress(DateRefused):
            days[column] = as_typed.day_read(row.cells.get(column, ""), orders).isoformat()
    return days


# Each is written in 8 ms, and votes wait for the one who writes: 2,000 held them up for 17 s.
_MOST_NEW: Final = 200

TAKEN_OUT: Final = (
    "this action was taken out of the plan. Put it back first, under Taken out on the Plan page; "
    "or leave the row out."
)

_NOT_HERE: Final = "you can't change that column here."
_ENDED: Final = (
    "this test of an earlier workshop goes on no more, so this plan holds it no longer. Leave the "
    "row out."
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
    own: Planned,
    rows: Sequence[plan_table.Row],
    taken_out: Collection[str] = (),
    going_on: Continuing = NOTHING_EARLIER,
) -> tuple[Changed, ...]:
    """Give every action that the file would change or add, in the file's order.

    An action that the file leaves out stays as it is. A row without an id is a new action.
    `taken_out` are ids that the plan had. A test of an earlier workshop may stand in the file, and
    changes in its own plan alone.

    Raises:
        BadPlanFile: a row cannot be used; the sentences name row and column, at most 20 of them.
    """
    workshop, plan = own.workshop, own.actions
    new = sum(map(_is_new, rows))
    if new > _MOST_NEW:
        raise BadPlanFile(f"A file can add {_MOST_NEW} actions; this adds {new:,}.")
    known = {action.id: action for action in plan}
    table = plan_table.rows_of(workshop, plan, own.cycles, going_on)
    told = {row["action_id"]: row for row in table}
    rows = _with_days(workshop, rows, told)
    faults = _unmatched(workshop, {*known, *told}, rows, taken_out, going_on.over)
    planned_on = {test.action.id: test.held_on for test in going_on.earlier}
    as_others = _as_others(workshop, told.values())
    changed: list[Changed] = []
    for row in rows:
        action_id, found = _plain_cell(row, "action_id"), None
        if action_id in known:
            found = _changed(workshop, known[action_id], told[action_id], row)
        elif action_id in planned_on:
            found = _of_earlier(told[action_id], row, planned_on[action_id])
        elif _is_new(row):
            found = _new(workshop, as_others, row)
        faults += found if isinstance(found, list) else []
        changed += [found] if isinstance(found, Changed) else []
    spreadsheet.check_none(faults)
    return tuple(changed)


def _is_new(row: plan_table.Row) -> bool:
    return not _plain_cell(row, "action_id") and not _plain_cell(row, "version")


def _unmatched(
    workshop: Workshop,
    known: Collection[str],
    rows: Sequence[plan_table.Row],
    taken_out: Collection[str],
    over: Collection[str],
) -> list[str]:
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        action_id = _plain_cell(row, "action_id")
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
        elif action_id not in known and action_id in over:
            faults.append(f"Row {row.number}, action_id: {_ENDED}")
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
        for column, own in plan_table.given_with(workshop).items()
    }


def _new(
    workshop: Workshop, as_others: Mapping[str, Collection[str]], row: plan_table.Row
) -> Changed | list[str]:
    typed, faults = _typed(workshop, _UNSAID, row, plan_table.TYPED)
    faults += _fixed(as_others, row)
    if faults:
        return faults
    action = Action.model_validate({**_UNSAID, **typed})
    (now,) = plan_table.rows_of(workshop, [action])
    return _differing(row, action, dict.fromkeys(plan_table.TYPED, ""), now)


def _changed(
    workshop: Workshop, action: Action, told: Mapping[str, str], row: plan_table.Row
) -> Changed | list[str] | None:
    columns = [
        column for column in plan_table.TYPED if not _is_as_it_left(row, column, told[column])
    ]
    typed, faults = _typed(workshop, action.model_dump(), row, columns)
    faults += _fixed({column: {told[column]} for column in plan_table.given_with(workshop)}, row)
    if faults:
        return faults
    saved = action.model_copy(update=typed)
    (now,) = plan_table.rows_of(workshop, [saved])
    found = _differing(row, saved, told, now, action.test)
    if not found.differences:
        return None
    return found if _plain_cell(row, "version") == str(action.version) else [_older(row, action)]


def _is_as_it_left(row: plan_table.Row, column: str, told: str) -> bool:
    """Tell whether nobody changed a cell, whatever guard or date a spreadsheet made of it."""
    cell = row.cells.get(column, told)  # without a column that came later, it is as it was
    return cell in (told, guarded(told)) or as_typed.is_dated_by_spreadsheet(cell, told)


def _of_earlier(told: Mapping[str, str], row: plan_table.Row, held_on: date) -> list[str]:
    """Refuse a row of an earlier workshop's test that says something else than the plan."""
    differing = [
        column
        for column in (*plan_table.TYPED, "version")
        if not _is_as_it_left(row, column, told[column])
    ]
    if not differing:
        return []
    return [
        f"Row {row.number}, {differing[0]}: this test is in the plan of {day_said(held_on)} and is "
        "changed there. Leave its row as it was, or take the test into this plan first."
    ]


def _differing(
    row: plan_table.Row,
    action: Action,
    told: Mapping[str, str],
    now: Mapping[str, str],
    known_as: str = "",
) -> Changed:
    differences = tuple(
        Difference(
            row.number, action.id, known_as or action.test, column, told[column], now[column]
        )
        for column in plan_table.TYPED
        if now[column] != told[column]
    )
    return Changed(row.number, action, differences)


def _typed(
    workshop: Workshop, said: Mapping[str, Any], row: plan_table.Row, columns: Sequence[str]
) -> tuple[dict[str, Any], list[str]]:
    typed: dict[str, Any] = {}
    faults = []
    for column in filter(row.cells.__contains__, columns):
        try:
            typed |= _field_in(workshop, said, row, column)
        except Refusal as refusal:
            faults.append(f"Row {row.number}, {column}: {refusal}")
    return typed, faults


def _fixed(allowed: Mapping[str, Collection[str]], row: plan_table.Row) -> list[str]:
    return [
        f"Row {row.number}, {column}: {as_typed.spoiled_by_spreadsheet(cell) or _NOT_HERE}"
        for column, texts in allowed.items()
        if column in row.cells
        for cell in [_plain_cell(row, column)]
        if not what_follows.may_stand(column, cell, texts)
    ]


def _older(row: plan_table.Row, action: Action) -> str:
    theirs = "".join(mark for mark in row.cells["version"][:8] if mark.isprintable())
    return (
        f"Row {row.number}, version: this action was changed since the file was taken home "
        f"(the file has version {theirs or 'none'}, the plan {action.version}). Take the plan home "
        "again and change that."
    )
