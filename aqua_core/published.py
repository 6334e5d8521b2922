"""Published tables of means: a CSV file of a row a domain, a column a wave, no votes."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from aqua_core.errors import BadMeans, TextRefused
from aqua_core.plain_file import OnLine, shown, text_in, text_of
from aqua_core.vocabulary.framework import Instrument, Kind, plain_wording
from aqua_core.vocabulary.place import (
    MOST_PEOPLE,
    PublishedDomain,
    PublishedMean,
    PublishedWaves,
    WaveDraft,
)
from aqua_core.vocabulary.points import HIGHEST
from aqua_core.vocabulary.text import clean_line, same_name

_T = TypeVar("_T")
_MEAN: Final = re.compile(r"[0-9](\.[0-9]{1,2})?")
_COLUMNS: Final = "Start the first line with domain,kind and then name each wave"
_PEOPLE: Final = " people"
_LONGEST: Final = 1_000  # characters of a value
_TOO_LONG: Final = "A value is too long: check that this is the right file."
_DAYS: Final = ("%B %Y", "%b %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d/%m/%Y", "%Y-%m")


class _Column(NamedTuple):
    """A wave as the first line names it, and whether how many scored stands beside its means."""

    wave: str
    people: bool


class _Row(NamedTuple):
    line: int
    domain: PublishedDomain


def read_published(path: Path, place: str, source: str) -> PublishedWaves:
    """Read a table whose first line is `domain,kind,` and the date of each wave, as printed.

    A column called as the wave before it and " people" says how many scored each domain.

    Args:
        path: the CSV file; blank lines are passed over.
        place: whose means they are: "Salford".
        source: what stands beside every figure.

    Returns: at least one domain and one wave, in the file's order; every mean 0 to 5 with at most
        two decimals, none missing.

    Raises:
        BadMeans: the file is missing or cannot be used; a sentence for each fault names file,
            line, remedy.
    """
    columns, rows = _read(text_of(path, BadMeans), path.name)
    waves = tuple(column.wave for column in columns)
    days = [day_printed(wave) for wave in waves]
    return PublishedWaves(
        place=place,
        source=source,
        waves=waves,
        domains=tuple(row.domain for row in rows),
        dated=tuple(day for day in days if day) if all(days) else (),
    )


def waves_brought(
    raw: bytes, name: str, instrument: Instrument, source: str
) -> tuple[WaveDraft, ...]:
    """Read a table that somebody brought as waves of a place, one for each wave it names.

    Args:
        raw: the file.
        name: of the file, as the sentences say it.
        instrument: the domains that can be meant, by name.
        source: where the means were published.

    Raises:
        BadMeans: it cannot be used, names a wave by no date, or a domain that is none; a sentence
            for each fault. Nothing of it is taken.
        TextRefused: the source is empty or too long.
    """
    columns, rows = _read(text_in(raw, name, BadMeans), name)
    days = [day_printed(column.wave) for column in columns]
    keys = {
        row.domain.name: domain.key
        for row in rows
        if (domain := instrument.called(row.domain.name))
    }
    faults = [
        OnLine(1, f"Write {shown(column.wave)} as a month and a year, such as April 2012.")
        for column, day in zip(columns, days, strict=True)
        if day is None
    ] + _faults_in_names(rows, keys, instrument)
    _check_none(faults, name)
    return tuple(
        WaveDraft(
            dated=day,
            source=source,
            means=tuple(_mean_at(row.domain, at, keys) for row in rows),
        )
        for at, day in enumerate(days)
        if day
    )


def day_printed(wave: str) -> date | None:
    """Give the day of a wave as printed: "April 2012" is the first of it; None where it is none."""
    for written in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(wave.strip(), written).date()
    return None


def _faults_in_names(
    rows: Sequence[_Row], keys: dict[str, str], instrument: Instrument
) -> list[OnLine]:
    """Tell the lines whose domain is none, and those of a domain that stands under two names."""
    names = ", ".join(instrument.names.values())
    return [
        OnLine(row.line, f"{shown(row.domain.name)} is no domain here. Choose from {names}.")
        for row in rows
        if row.domain.name not in keys
    ] + [
        OnLine(
            row.line, f"{shown(row.domain.name)} is on another line by its other name: keep one."
        )
        for row in rows
        if Counter(keys.values())[keys.get(row.domain.name, "")] > 1
    ]


def _mean_at(domain: PublishedDomain, at: int, keys: dict[str, str]) -> PublishedMean:
    people = domain.people[at] if domain.people else None
    return PublishedMean(domain=keys[domain.name], mean=domain.means[at], people=people)


def _read(text: str, name: str) -> tuple[tuple[_Column, ...], list[_Row]]:
    """Give the columns and the rows of a table, or say every fault in it at once."""
    faults: list[OnLine] = []
    lines = _lines(text, faults)
    line, header = next(lines, (1, []))
    columns = _or_fault(faults, partial(_columns, line, header)) or ()
    rows = _rows(lines, columns, faults) if columns else []
    if not rows and not faults:
        faults.append(OnLine(line + 1, "Add a line for each domain under the first line."))
    _check_none(faults, name)
    return columns, rows


def _check_none(faults: Sequence[OnLine], name: str) -> None:
    if faults:
        raise BadMeans(*(f"{name}, {fault}" for fault in faults))


def _or_fault(faults: list[OnLine], read: Callable[[], _T]) -> _T | None:
    try:
        return read()
    except OnLine as fault:
        faults.append(fault)
        return None


def _lines(text: str, faults: list[OnLine]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            # Not left to the reader's own limit: it is the whole process's, and others raise it.
            if any(len(cell) > _LONGEST for cell in row):
                faults.append(OnLine(line, _TOO_LONG))
                return
            if any(cell.strip() for cell in row):
                yield line, [cell.strip() for cell in row]
            line = reader.line_num + 1
    except csv.Error as fault:
        faults.append(OnLine(line, _remedy(fault)))


def _remedy(fault: csv.Error) -> str:
    if "larger than field limit" in str(fault):
        return _TOO_LONG
    return "A double quote is not closed, or is one too many."


def _columns(line: int, header: list[str]) -> tuple[_Column, ...]:
    if len(header) == 1 and re.search("[;\t]", header[0]):
        raise OnLine(line, "Put commas between the columns: save the file as CSV with commas.")
    if [name.lower() for name in header[:2]] != ["domain", "kind"] or len(header) < 3:
        raise OnLine(line, f"{_COLUMNS}, such as April 2012.")
    columns: list[_Column] = []
    for named in header[2:]:
        if columns and same_name(named) == same_name(columns[-1].wave + _PEOPLE):
            columns[-1] = columns[-1]._replace(people=True)
            continue
        if same_name(named) in {same_name(column.wave) for column in columns}:
            raise OnLine(line, f"{shown(named)} stands here twice: give each wave its own column.")
        columns.append(_Column(_line_of_text(line, "the wave", named), people=False))
    return tuple(columns)


def _rows(
    lines: Iterator[tuple[int, list[str]]], columns: Sequence[_Column], faults: list[OnLine]
) -> list[_Row]:
    rows: list[_Row] = []
    seen: dict[str, int] = {}
    for line, cells in lines:
        domain = _domain(line, cells, columns, faults)
        if domain is None:
            continue
        earlier = seen.setdefault(same_name(domain.name), line)
        if earlier != line:
            said = f"{shown(domain.name)} is already on line {earlier}: keep one."
            faults.append(OnLine(line, said))
        rows.append(_Row(line, domain))
    return rows


def _domain(
    line: int, cells: list[str], columns: Sequence[_Column], faults: list[OnLine]
) -> PublishedDomain | None:
    width = 2 + sum(1 + column.people for column in columns)
    if len(cells) != width:
        said = f"Give this line {width} values, as the first has (this has {len(cells)})."
        faults.append(OnLine(line, said))
        return None
    left = iter(cells[2:])
    name = _or_fault(faults, partial(_line_of_text, line, "the domain", cells[0]))
    kind = _or_fault(faults, partial(_kind, line, cells[1]))
    means: list[float | None] = []
    people: list[int | None] = []
    for column in columns:
        wave, mean, count = column.wave, next(left), next(left) if column.people else ""
        means.append(_or_fault(faults, lambda: _mean(line, wave, mean)))  # noqa: B023
        people.append(_or_fault(faults, lambda: _people(line, wave, count)))  # noqa: B023
    if name is None or kind is None or None in means:
        return None
    counted = tuple(people) if any(column.people for column in columns) else ()
    return PublishedDomain(
        name=name,
        kind=kind,
        means=tuple(mean for mean in means if mean is not None),
        people=counted,
    )


def _line_of_text(line: int, what: str, typed: str) -> str:
    try:
        text = plain_wording(clean_line(what, 60, typed))
    except TextRefused as refusal:
        raise OnLine(line, str(refusal)) from None
    if not text:
        raise OnLine(line, f"Give {what} a name.")
    return text


def _kind(line: int, word: str) -> Kind:
    if word.lower() not in list(Kind):
        raise OnLine(line, f"Choose {' or '.join(Kind)} as the kind (this has {shown(word)}).")
    return Kind(word.lower())


def _mean(line: int, wave: str, typed: str) -> float:
    if not _MEAN.fullmatch(typed) or float(typed) > HIGHEST:
        raise OnLine(
            line,
            f"Write {wave} as a mean from 0 to 5 with at most two decimals, such as 2.13 "
            f"(this has {shown(typed)}).",
        )
    return float(typed)


def _people(line: int, wave: str, typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST_PEOPLE):
        raise OnLine(
            line,
            f"Write how many scored in {wave} as a whole number from 1 to {MOST_PEOPLE}, or leave "
            f"it empty (this has {shown(typed)}).",
        )
    return int(typed)
