"""JSON of many alike words in less room: what the workshop has is named, rows stand as columns.

Of 200 seats that looked twice, 30 kB as they stand and 16 folded.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from aqua_core.rules.groups import POOL, groups_of
from aqua_core.vocabulary import Compare, Domain, Group, Workshop

OF: Final = "of"
"""The only key of what stands for a domain or a group of the workshop."""
COLUMNS: Final = "columns"
"""The only key of what stands for a list of alike words: a list of values by field."""

Named = Mapping[str, dict[str, Any]]


def named_in(workshop: Workshop) -> Named:
    """Give every domain and group of a workshop as JSON, by a name of its own."""
    words: dict[str, Domain | Group] = {"pool": POOL}
    words |= {domain.key: domain for domain in workshop.instrument.domains}
    for compare in Compare:
        groups = groups_of(workshop.teams, compare).values()
        words |= {f"{compare} {group.slot}": group for group in groups}
    return {name: word.model_dump(mode="json") for name, word in words.items()}


def folded(value: Any, named: Named) -> Any:
    """Give JSON folded; `unfolded` gives it back as it was."""
    if isinstance(value, dict):
        of = next((name for name, known in named.items() if known == value), None)
        if of is not None:
            return {OF: of}
        return {key: folded(part, named) for key, part in value.items()}
    if not isinstance(value, list):
        return value
    rows = [folded(part, named) for part in value]
    if len(rows) < 2 or not all(isinstance(row, dict) for row in rows):
        return rows
    fields = list(rows[0])
    if not fields or any(list(row) != fields for row in rows):
        return rows
    return {COLUMNS: {field: folded([row[field] for row in rows], {}) for field in fields}}


def unfolded(value: Any, named: Named) -> Any:
    """Give JSON as it was before it was folded.

    Raises:
        KeyError, ValueError, AttributeError: it was not folded by us.
    """
    if isinstance(value, dict):
        if value.keys() == {OF}:
            return named[value[OF]]
        if value.keys() == {COLUMNS}:
            return [unfolded(row, named) for row in _rows(value)]
        return {key: unfolded(part, named) for key, part in value.items()}
    if isinstance(value, list):
        return [unfolded(part, named) for part in value]
    return value


def check_size(value: Any, most: int) -> None:
    """Check how long JSON is as it would be written, about: what was folded may unfold to anything.

    Of 8 MB that name one domain again and again, 3 GB were unfolded.

    Raises:
        ValueError: it is longer than `most` characters.
    """
    left = most
    for length in _lengths(value):
        left -= length
        if left < 0:
            raise ValueError("it unfolds to more than any of ours")


def _lengths(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield len(key)
            yield from _lengths(part)
    elif isinstance(value, list):
        for part in value:
            yield from _lengths(part)
    else:
        yield len(value) if isinstance(value, str) else 4


def _rows(column: Any) -> list[Any]:
    if not isinstance(column, dict):
        return list(column)
    columns = column[COLUMNS]
    lists = [_rows(each) for each in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]
