"""Published tables of means: a CSV file of a row a domain, a column a wave, no votes."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from aqua_core.errors import BadMeans, TextRefused
from aqua_core.plain_file import OnLine, shown, text_of
from aqua_core.vocabulary.framework import Kind, plain_wording
from aqua_core.vocabulary.points import HIGHEST
from aqua_core.vocabulary.text import clean_line, same_name
from aqua_core.vocabulary.wave import PublishedDomain, PublishedWaves

_MEAN = re.compile(r"[0-9](\.[0-9]{1,2})?")
_COLUMNS = "Start the first line with domain,kind and then name each wave"


def read_published(path: Path, place: str, source: str) -> PublishedWaves:
    """Read a table whose first line is `domain,kind,` and the date of each wave, as printed.

    Args:
        path: the CSV file; blank lines are passed over.
        place: whose means they are: "Salford".
        source: what stands beside every figure.

    Returns: at least one domain and one wave, in the file's order; every mean 0 to 5 with at most
        two decimals, none missing.

    Raises:
        BadMeans: the file is missing or cannot be used; the sentence names file, line, remedy.
    """
    text = text_of(path, BadMeans)
    try:
        return _table(text, place, source)
    except OnLine as fault:
        raise BadMeans(f"{path.name}, {fault}") from None


def _table(text: str, place: str, source: str) -> PublishedWaves:
    rows = _rows(text)
    line, header = next(rows, (1, []))
    waves = _waves(line, header)
    domains = _domains(rows, waves)
    if not domains:
        raise OnLine(line + 1, "Add a line for each domain under the first line.")
    return PublishedWaves(place=place, source=source, waves=waves, domains=domains)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, [cell.strip() for cell in row]
            line = reader.line_num + 1
    except csv.Error as fault:
        raise OnLine(line, _remedy(fault)) from None


def _remedy(fault: csv.Error) -> str:
    if "larger than field limit" in str(fault):
        return "A value is too long: check that this is the right file."
    return "A double quote is not closed, or is one too many."


def _waves(line: int, header: list[str]) -> tuple[str, ...]:
    if len(header) == 1 and re.search("[;\t]", header[0]):
        raise OnLine(line, "Put commas between the columns: save the file as CSV with commas.")
    if [name.lower() for name in header[:2]] != ["domain", "kind"] or len(header) < 3:
        raise OnLine(line, f"{_COLUMNS}, such as April 2012.")
    seen: set[str] = set()
    for wave in header[2:]:
        if same_name(wave) in seen:
            raise OnLine(line, f"{shown(wave)} stands here twice: give each wave its own column.")
        seen.add(same_name(wave))
    return tuple(_line_of_text(line, "the wave", wave) for wave in header[2:])


def _domains(
    rows: Iterator[tuple[int, list[str]]], waves: tuple[str, ...]
) -> tuple[PublishedDomain, ...]:
    domains: list[PublishedDomain] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        domain = _domain(line, row, waves)
        earlier = seen.setdefault(same_name(domain.name), line)
        if earlier != line:
            raise OnLine(line, f"{shown(domain.name)} is already on line {earlier}: keep one.")
        domains.append(domain)
    return tuple(domains)


def _domain(line: int, row: list[str], waves: tuple[str, ...]) -> PublishedDomain:
    width = len(waves) + 2
    if len(row) != width:
        raise OnLine(
            line, f"Give this line {width} values, as the first has (this has {len(row)})."
        )
    name, kind, *means = row
    return PublishedDomain(
        name=_line_of_text(line, "the domain", name),
        kind=_kind(line, kind),
        means=tuple(_mean(line, wave, mean) for wave, mean in zip(waves, means, strict=True)),
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
