"""The plan as a table: columns, dictionary and CSV."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from pydantic.fields import FieldInfo

from aqua_core.errors import BadPlanFile
from aqua_core.exports.spreadsheet import (
    MARKS,
    as_csv,
    check_none,
    parted,
    records_in,
    shortened,
    text_of,
)
from aqua_core.exports.what_follows import follows_said
from aqua_core.rules.groups import guarded
from aqua_core.rules.open_tests import NOTHING_EARLIER, Continuing
from aqua_core.vocabulary import Action, ActionDraft, Answer, Cycle, Workshop
from aqua_core.vocabulary.plan import AT_A_GLANCE
from aqua_core.vocabulary.text import Column, choices_of, words_of

_SEPARATED_BY: Final = "; "
_PLANNED_ON: Final = "planned_on"
LATER: Final = ("adapted_from", "adapted_how", "decision_of", "coalition", "gives", "gains")
"""Columns that files of before do not have; each is called as its field."""
LEAD_PARTNER, JOINT_PARTNERS = OWNERS = ("lead_partner", "joint_partners")
_TEXT: Final = "text"
_DAY: Final = "date, YYYY-MM-DD"
_NUMBER: Final = "whole number"
_NAMES: Final = "names, separated by ; "
_OWN_ID: Final = "the action's own id; it stays when the action is edited"
_COUNTED: Final = "1, and one more with each edit; the file holds the newest"
_TOO: Final = "the partners that own it too"
_BEGUN: Final = "how many cycles of plan, do, study, act were begun"
_DECIDED: Final = (
    "what was decided in the newest cycle: adopt, adapt or abandon; then, where the test was asked "
    "about, on which day and how it stood last"
)
_PLANNED: Final = (
    "the day of the workshop that planned it: an earlier one for a test that goes on from there"
)


class Meaning(NamedTuple):
    """One column with its form or its allowed words, and whether it may be changed or empty."""

    column: Column
    form: str
    may_change: bool = False
    may_be_empty: bool = False


def _form_of(field: FieldInfo) -> str:
    if choices := choices_of(field):
        return _one_of(choices)
    return _DAY if field.annotation is date else _TEXT


def _one_of(kind: Iterable[StrEnum]) -> str:
    return ", ".join(choice.value for choice in kind if choice.value)


_FIELDS: Final = tuple(
    (name, said.column, ActionDraft.model_fields[name])
    for name, said in words_of(ActionDraft).items()
    if said.column
)
_BESIDE: Final = (
    Meaning(Column(1, "action_id", _OWN_ID), _TEXT),
    Meaning(Column(2, "version", _COUNTED), _NUMBER),
    Meaning(Column(3, "place", "the place as set up"), _TEXT),
    Meaning(Column(4, "workshop_date", "the day of the workshop"), _DAY),
    Meaning(Column(8, LEAD_PARTNER, "the partner that leads", 14), _TEXT, may_change=True),
    Meaning(Column(9, JOINT_PARTNERS, _TOO, 14), _NAMES, may_change=True, may_be_empty=True),
    Meaning(Column(13, "invented", "yes for an action of the sample"), "yes, no"),
    Meaning(Column(25, "cycles", _BEGUN, 8), _NUMBER),
    Meaning(Column(26, "what_follows", _DECIDED, 9), _TEXT, may_be_empty=True),
    Meaning(Column(27, _PLANNED_ON, _PLANNED, 12), _DAY),
)
MEANINGS: Final = tuple(
    sorted(
        (
            *_BESIDE,
            *(
                Meaning(column, _form_of(field), True, not field.is_required())
                for _, column, field in _FIELDS
            ),
        )
    )
)
COLUMNS: Final = tuple(meaning.column.name for meaning in MEANINGS)
DAYS: Final = tuple(meaning.column.name for meaning in MEANINGS if meaning.form == _DAY)
_MAY_BE_EMPTY: Final = {meaning.column.name for meaning in MEANINGS if meaning.may_be_empty}

FIELDS: Final = {column.name: name for name, column, _ in _FIELDS}
"""What may be changed in the file, and the field of the action that it is. The two columns of
partners are one field, so they stand apart."""
TYPED: Final = (*FIELDS, *OWNERS)


def rows_of(
    workshop: Workshop,
    actions: Sequence[Action],
    cycles: Sequence[Cycle] = (),
    going_on: Continuing = NOTHING_EARLIER,
) -> tuple[dict[str, str], ...]:
    """Give a row an action in the order given: text by column, "" for what is not said.

    What goes on from earlier workshops comes last, in this workshop's partners.
    """
    newest = {cycle.action_id: cycle for cycle in cycles}  # they come by action and number
    own = tuple(_row(workshop, action, newest.get(action.id), going_on) for action in actions)
    return own + tuple(
        _row(workshop, action, test.cycle, going_on) | {_PLANNED_ON: test.held_on.isoformat()}
        for test, action in zip(going_on.earlier, going_on.here, strict=True)
    )


def at_a_glance() -> dict[str, int]:
    """Give the columns of the workbook's sheet with their widths, as a plan is read."""
    wide = {column.name: column.wide for column, *_ in MEANINGS if column.wide}
    column_of = {name: column for column, name in FIELDS.items()}
    read = [
        column
        for name in AT_A_GLANCE
        for column in (OWNERS if name == "partners" else (column_of[name],))
    ]
    order = [*read, *(column for column in wide if column not in read)]
    return {column: wide[column] for column in order if column in wide}


def headed(column: str) -> str:
    """Give a column as people read it, such as Small test."""
    return column.replace("_", " ").capitalize()


def given_with(
    workshop: Workshop, cycle: Cycle | None = None, answer: Answer | None = None
) -> dict[str, str]:
    """Give the columns that no file may change: what is said of an action, not in it.

    Args:
        workshop: the one that the plan is of.
        cycle: the newest of the action; None where none was begun.
        answer: the newest to it; None where nobody was asked.
    """
    return {
        "place": workshop.place.name,
        "workshop_date": workshop.held_on.isoformat(),
        "invented": "yes" if workshop.invented else "no",
        "cycles": str(cycle.number if cycle else 0),
        "what_follows": follows_said(cycle, answer),
        _PLANNED_ON: workshop.held_on.isoformat(),
    }


def partner_names(workshop: Workshop) -> dict[str, str]:
    """Give the name of each partner by its id, in the workshop's order."""
    return {partner.id: partner.name for partner in workshop.partners}


def _row(
    workshop: Workshop, action: Action, newest: Cycle | None, going_on: Continuing
) -> dict[str, str]:
    names = partner_names(workshop)
    lead_partner, *joint = (names.get(partner, partner) for partner in action.partners)
    told = action.model_dump(mode="json")
    row = {column: str(told[field]) for column, field in FIELDS.items()} | {
        "action_id": action.id,
        "version": str(action.version),
        "domain": workshop.instrument.names.get(action.domain, action.domain),
        LEAD_PARTNER: lead_partner,
        JOINT_PARTNERS: _SEPARATED_BY.join(joint),
    }
    row |= given_with(workshop, newest, going_on.answers.get(action.id))
    return {column: row[column] for column in COLUMNS}


def dictionary_as_csv() -> bytes:
    """Give the dictionary as CSV for Excel: UTF-8 with BOM, RFC 4180."""
    rows = [
        (name, form, holds, _yes(may_change), _yes(may_be_empty))
        for (_, name, holds, _), form, may_change, may_be_empty in MEANINGS
    ]
    heads = ("column", "form", "what it holds", "may be changed", "may be empty")
    return as_csv([heads, *rows])


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


_MOST_ROWS: Final = 2_000
_LONGEST_CELL: Final = 20_000  # characters; the longest field of an action has 10,000
_MOST_ABOVE: Final = 10  # rows that are looked at for the heads


class Row(NamedTuple):
    """One row of a file: its number as a spreadsheet shows it, and its text by column."""

    number: int
    cells: dict[str, str]


def rows_in(raw: bytes) -> tuple[Row, ...]:
    """Give the rows of a plan's file, empty ones and columns that are not the plan's left out.

    Commas, semicolons and tabs may separate columns, as spreadsheets save them; a title may stand
    above the heads, and whatever was empty at the end of a row be cut.

    Raises:
        BadPlanFile: it is no such file; the sentences name row and column, at most 20 of them.
    """
    text, mark = parted(text_of(raw))
    records = records_in(text, mark or _separator(text), len(COLUMNS))
    head = _head_at(records)
    header = _header(records[head])
    below = records[head + 1 :]
    if len(below) > _MOST_ROWS:
        raise BadPlanFile(f"A plan can have {_MOST_ROWS:,} rows; this has {len(below):,}.")
    rows, faults = [], []
    for number, cells in enumerate(below, start=head + 2):
        if not any(cell.strip() for cell in cells):
            continue
        faults += _faults(number, header, cells)
        filled = [*cells, *("" for _ in header[len(cells) :])]
        row = {name: cell for name, cell in zip(header, filled, strict=False) if name}
        rows.append(Row(number, row))
    check_none(faults)
    return tuple(rows)


def _separator(text: str) -> str:
    """Give what separates columns: what parts most heads of the plan, else is most often there."""
    first = [line[:_LONGEST_CELL] for line in text.splitlines()[:_MOST_ABOVE]]
    return max(
        MARKS,
        key=lambda mark: (max(_heads_in(line.split(mark)) for line in first), first[0].count(mark)),
    )


def _heads_in(cells: Iterable[str]) -> int:
    return sum(_column_named(cell) in COLUMNS for cell in cells)


def _column_named(head: str) -> str:
    """Give the column that a head names, in any case and as the workbook writes it."""
    return "_".join(head.strip("'\" \t").casefold().replace("_", " ").split())


def _head_at(records: Sequence[Sequence[str]]) -> int:
    """Give the row of the heads: a title and empty rows may stand above it."""
    return max(range(min(len(records), _MOST_ABOVE)), key=lambda at: _heads_in(records[at]))


def _header(cells: Sequence[str]) -> list[str]:
    """Give the columns in the file's order; "" for one of somebody's own."""
    heads = [cell.strip() for cell in cells]
    while heads and not heads[-1]:
        heads.pop()
    header = [name if (name := _column_named(head)) in COLUMNS else "" for head in heads]
    twice = [name for name in dict.fromkeys(header) if name and header.count(name) > 1]
    unknown = [head for head, name in zip(heads, header, strict=True) if head and not name]
    # A file that was taken home before there were these columns comes back all the same.
    missing = [name for name in COLUMNS if name not in (*header, _PLANNED_ON, *LATER)]
    faults = [f"Column {name} appears twice." for name in twice]
    if unknown and missing:
        faults.append(f"Not a column of the plan: {_listed(list(dict.fromkeys(unknown)))}.")
    if missing:
        faults.append(f"Missing: {_listed(missing)}. Take the plan home again and change that.")
    check_none(faults)
    return header


def _faults(number: int, header: Sequence[str], cells: Sequence[str]) -> list[str]:
    values = len(cells)
    own = dict(zip(header, cells, strict=False))
    cut = {*header[values:]} - _MAY_BE_EMPTY - {""} if own.get("action_id", "").strip() else ()
    if cut or any(cells[len(header) :]):
        return [f"Row {number} has {values} values; the header has {len(header)}."]
    long = [name for name, cell in own.items() if name and len(cell) > _LONGEST_CELL]
    return [f"Row {number}, {name}: too long." for name in long]


def _listed(names: Sequence[str]) -> str:
    few = ", ".join(shortened(name) for name in names[:5])
    return few if len(names) <= 5 else f"{few} and {len(names) - 5} more"


def plan_as_csv(
    workshop: Workshop,
    actions: Sequence[Action],
    cycles: Sequence[Cycle] = (),
    going_on: Continuing = NOTHING_EARLIER,
    without: Collection[str] = (),
) -> bytes:
    """Give the plan as CSV: UTF-8 with BOM, RFC 4180, ISO dates, guarded cells.

    `without` are columns that are left out.
    """
    columns = [column for column in COLUMNS if column not in without]
    rows = rows_of(workshop, actions, cycles, going_on)
    return as_csv([columns, *([guarded(row[column]) for column in columns] for row in rows)])
