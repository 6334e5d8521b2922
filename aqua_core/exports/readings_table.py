"""Readings as a table: written as CSV, and read from a file or from what was pasted."""

import re
from calendar import month_abbr
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeAlias

from aqua_core.errors import (
    BadPlanFile,
    BadReadings,
    ChoiceRefused,
    DateRefused,
    FigureRefused,
    Refusal,
)
from aqua_core.exports import spreadsheet
from aqua_core.rules.groups import guarded
from aqua_core.rules.impact import measure_called
from aqua_core.rules.typed import Order, day_read, is_twofold, orders_of
from aqua_core.vocabulary.measure import (
    MOST_READINGS,
    Followed,
    Measure,
    Ordered,
    Reading,
    ReadingDraft,
    figure_in,
    figure_said,
)
from aqua_core.vocabulary.place import EARLIEST
from aqua_core.vocabulary.points import day_said

_COLUMNS: Final = ("measure", "date", "value", "n", "source")
_OTHERWISE: Final = {
    "measure": ("indicator", "what is measured"),
    "date": ("day", "month", "dated", "week beginning"),
    "value": ("reading", "figure", "result"),
    "n": ("counted", "how many", "denominator"),
    "source": ("where from",),
}
_MEANT: Final = {
    **{column: column for column in _COLUMNS},
    **{other: column for column, others in _OTHERWISE.items() for other in others},
}
_WITHOUT_HEADS: Final = _COLUMNS[1:]
_MOST_ABOVE: Final = 10  # rows that are looked at for the heads
_MOST_COLUMNS: Final = 15
_MONTH_ALONE: Final = re.compile(r"([A-Za-z]{3,9})[ -](\d{4}|\d{2})")
_MONTHS: Final = {name.casefold(): month for month, name in enumerate(month_abbr) if month}
_GROUPED_ONCE: Final = re.compile(r"-?\d{1,3},\d{3}")
_NO_HEADS: Final = (
    "The first row names the columns: measure, date, value; n and source may follow. There is a "
    "row for each reading."
)


class Brought(NamedTuple):
    """One reading as a file or a pasted table says it; `row` as a spreadsheet counts."""

    row: int
    measure: Measure
    draft: ReadingDraft
    before: Reading | None

    @property
    def beside(self) -> tuple[str, str]:
        """What is kept now, "new" for nothing, and what the file says."""
        return (_told(self.before) if self.before else "new"), _told(self.draft)


class _Row(NamedTuple):
    number: int
    cells: Mapping[str, str]


class Known(NamedTuple):
    """What a table is held against: the measures of a place, with what is kept of them.

    `only` is the measure that it was pasted into: then no column needs to name one.
    """

    measures: Sequence[Measure]
    readings: Sequence[Reading]
    only: Measure | None = None


Table: TypeAlias = bytes | str | Ordered


def readings_in(brought: Table, known: Known, today: date) -> tuple[Brought, ...]:
    """Give every reading that a table would add or change, in its order; what is kept is left out.

    Commas, semicolons and tabs may separate columns, and a title may stand above the heads. A
    column that is not there changes nothing of what is kept. Days are written as somebody said,
    else as `written_month_first` finds; where that finds nothing day first, as in Britain.

    Args:
        brought: the bytes of a file, or a text that was pasted.
        known: what it is held against.
        today: no reading lies after it.

    Raises:
        BadReadings: a row cannot be taken; at most 20 sentences, each names its row.
    """
    said = brought.month_first if isinstance(brought, Ordered) else None
    table = brought.brought if isinstance(brought, Ordered) else brought
    try:
        rows = _rows(table, known.only)
        month_first = _month_first(rows, known) if said is None else said
        return _compared(rows, known, today, Order.MONTH if month_first else Order.DAY)
    except BadPlanFile as refusal:
        raise BadReadings(*refusal.faults) from None


def written_month_first(brought: bytes | str, known: Known) -> bool | None:
    """Tell whether a table's days are written month first, judged over all of them.

    One that makes sense in one order alone decides, and what is kept of the same days. None: some
    can be read both ways, and nothing decides.

    Raises:
        BadReadings: it is no such table.
    """
    try:
        return _month_first(_rows(brought, known.only), known)
    except BadPlanFile as refusal:
        raise BadReadings(*refusal.faults) from None


def _month_first(rows: Sequence[_Row], known: Known) -> bool | None:
    kept = {reading.dated.isoformat() for reading in known.readings}
    cells = [row.cells.get("date", "") for row in rows]
    orders = orders_of([(cell, kept) for cell in cells])
    if len(orders) > 1 and any(map(is_twofold, cells)):
        return None
    return orders == (Order.MONTH,)


def readings_as_csv(followed: Iterable[Followed]) -> bytes:
    """Give readings as CSV that comes back: UTF-8 with BOM, RFC 4180, ISO dates, guarded cells."""
    rows = [
        [
            guarded(of_measure.measure.name),
            reading.dated.isoformat(),
            f"{reading.value:f}",
            "" if reading.counted is None else str(reading.counted),
            guarded(reading.source),
        ]
        for of_measure in followed
        for reading in of_measure.readings
    ]
    return spreadsheet.as_csv([_COLUMNS, *rows])


def _rows(brought: bytes | str, only: Measure | None) -> list[_Row]:
    raw = brought.encode("utf-8", "replace") if isinstance(brought, str) else brought
    text, mark = spreadsheet.parted(spreadsheet.text_of(raw))
    mark = mark or _separator(text)
    records = spreadsheet.records_in(text, mark, _MOST_COLUMNS)
    head = max(range(min(len(records), _MOST_ABOVE)), key=lambda at: _heads_in(records[at]))
    if _heads_in(records[head]):
        columns, first = _header(records[head], only), head + 1
    elif only:
        columns, first = list(_WITHOUT_HEADS), 0
    else:
        raise BadPlanFile(_NO_HEADS)
    filled = [
        (number, cells)
        for number, cells in enumerate(records[first:], start=first + 1)
        if any(cell.strip() for cell in cells)
    ]
    if not filled:
        raise BadPlanFile("There is no reading in it: every row is empty.")
    if len(filled) > MOST_READINGS:
        raise BadPlanFile(f"At most {MOST_READINGS:,} readings at once; this has {len(filled):,}.")
    spreadsheet.check_none([fault for row in filled for fault in _misread(*row, columns, mark)])
    return [_Row(number, _cells(columns, cells)) for number, cells in filled]


def _separator(text: str) -> str:
    """Give what separates columns: what parts most heads, else what is there, a tab first."""
    first = [line[:1_000] for line in text.splitlines()[:_MOST_ABOVE]]
    counted = {
        mark: (
            max(_heads_in(line.split(mark)) for line in first),
            max(line.count(mark) > 0 for line in first),
        )
        for mark in reversed(spreadsheet.MARKS)
    }
    return max(counted, key=lambda mark: counted[mark])


def _heads_in(cells: Iterable[str]) -> int:
    """Count the heads of a row; a row that names neither a date nor a value is none."""
    named = {_MEANT.get(_plain(cell).casefold(), "") for cell in cells} - {""}
    return len(named) if named & {"date", "value"} else 0


def _plain(cell: str) -> str:
    """Give what a cell says, without the apostrophe that an export put before a formula."""
    bare = " ".join(cell.replace("\ufeff", "").split())
    return bare[1:] if bare.startswith("'") and guarded(bare[1:]) == bare else bare


def _header(cells: Sequence[str], only: Measure | None) -> list[str]:
    heads = [_MEANT.get(_plain(cell).casefold(), "") for cell in cells]
    twice = [name for name in dict.fromkeys(heads) if name and heads.count(name) > 1]
    needed = _COLUMNS[1:3] if only else _COLUMNS[:3]
    missing = [name for name in needed if name not in heads]
    faults = [f"Column {name} appears twice." for name in twice]
    if missing:
        faults.append(f"Missing: {', '.join(missing)}. {_NO_HEADS}")
    spreadsheet.check_none(faults)
    return heads


def _misread(number: int, cells: Sequence[str], columns: Sequence[str], mark: str) -> Iterator[str]:
    """Name what a row would be read as otherwise than it was meant."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        hint = " A figure such as 1,234 needs quotes around it." if mark == "," else ""
        yield f"Row {number} has {len(cells)} values; {len(columns)} are expected.{hint}"
    # Where semicolons part columns, a comma is as often the decimal one.
    for name, cell in zip(columns, cells, strict=False):
        figure = cell.strip()
        if mark == ";" and name in ("value", "n") and _GROUPED_ONCE.fullmatch(figure):
            yield f"Row {number}, {name}: {figure} can be two numbers. Write it without a comma."


def _cells(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    filled = [*cells, *("" for _ in columns[len(cells) :])]
    return {name: _plain(cell) for name, cell in zip(columns, filled, strict=False) if name}


def _compared(rows: Sequence[_Row], known: Known, today: date, order: Order) -> tuple[Brought, ...]:
    kept = {(reading.measure_id, reading.dated): reading for reading in known.readings}
    first: dict[tuple[str, date], int] = {}
    faults: list[str] = []
    found: list[Brought] = []
    for row in rows:
        try:
            measure = _measure(row, known)
            day = _day(row, today, order)
            earlier = first.setdefault((measure.id, day), row.number)
            if earlier != row.number:
                raise DateRefused(
                    f"date: {day_said(day)} is in row {earlier} already, of {measure.name}. "
                    "Keep one of the two."
                )
            before = kept.get((measure.id, day))
            draft = _draft(row, day, measure, before)
        except Refusal as refusal:
            faults.append(f"Row {row.number}, {refusal}")
            continue
        if before is None or draft != ReadingDraft(**_said(before)):
            found.append(Brought(row.number, measure, draft, before))
    spreadsheet.check_none(faults)
    return tuple(found)


def _said(reading: Reading) -> dict[str, Any]:
    return {name: getattr(reading, name) for name in ReadingDraft.model_fields}


def _measure(row: _Row, known: Known) -> Measure:
    named = row.cells.get("measure", "")
    if not named and known.only:
        return known.only
    measure = measure_called(known.measures, named)
    if measure is None:
        names = ", ".join(measure.name for measure in known.measures[:5]) or "none yet"
        said = (
            f"there is no measure called “{spreadsheet.shortened(named)}”"
            if named
            else "name the measure"
        )
        raise ChoiceRefused(f"measure: {said}. The place follows: {names}.")
    return measure


def _day(row: _Row, today: date, order: Order) -> date:
    cell = row.cells.get("date", "")
    if not cell:
        raise DateRefused("date: there is none. Use YYYY-MM-DD, such as 2026-12-22.")
    day = _month_alone(cell)
    if day is None:
        try:
            day = day_read(cell, (order,))
        except DateRefused as refusal:
            raise DateRefused(
                f"date: {refusal} This has “{spreadsheet.shortened(cell)}”."
            ) from None
    if day > today:
        raise DateRefused(f"date: {day_said(day)} lies ahead.")
    if day < EARLIEST:
        raise DateRefused(f"date: {day_said(day)}? Use a day from 1900 on.")
    return day


def _month_alone(cell: str) -> date | None:
    """Give the first day of a month that stands alone, such as Apr-24 or April 2024."""
    found = _MONTH_ALONE.fullmatch(cell)
    month = _MONTHS.get(found[1].casefold()[:3]) if found else None
    if not found or not month:
        return None
    year = int(found[2])
    return date(year if year > 99 else 2000 + year, month, 1)


def _draft(row: _Row, day: date, measure: Measure, before: Reading | None) -> ReadingDraft:
    cell = row.cells.get("value", "")
    if not cell:
        raise FigureRefused("value: there is none. Type the figure, or leave the row out.")
    if cell.endswith("%") and not measure.in_per_cent:
        raise FigureRefused(
            f"value: {spreadsheet.shortened(cell)} is a percentage, and {measure.name} is "
            f"counted in {measure.unit}."
        )
    try:
        value = figure_in("it", cell)
    except FigureRefused as refusal:
        raise FigureRefused(f"value: {refusal}") from None
    kept = before.counted if before else None
    counted = _counted(row.cells["n"]) if "n" in row.cells else kept
    source = row.cells.get("source", before.source if before else "")
    try:
        said = {"dated": day, "value": value, "counted": counted, "source": source}
        return ReadingDraft.model_validate(said | {"measure_id": measure.id})
    except Refusal as refusal:
        raise FigureRefused(f"source: {refusal}") from None


def _counted(cell: str) -> int | None:
    if not cell:
        return None
    try:
        counted = figure_in("it", cell)
    except FigureRefused as refusal:
        raise FigureRefused(f"n: {refusal}") from None
    if counted != counted.to_integral_value() or not 1 <= counted <= Decimal(10) ** 9:
        raise FigureRefused("n: write how many as a whole number from 1 on, or leave it empty.")
    return int(counted)


def _told(reading: ReadingDraft) -> str:
    parts = [figure_said(reading.value)]
    parts += [f"n {reading.counted:,}"] if reading.counted else []
    return ", ".join([*parts, *([reading.source] if reading.source else [])])
