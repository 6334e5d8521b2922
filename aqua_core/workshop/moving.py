"""Rooms that move: a laptop's file into a shared database, and places out of it to a laptop."""

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from aqua_core.errors import MoveRefused, TextRefused
from aqua_core.store import travelling
from aqua_core.store.cards import sweep_cards
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import close_database, open_shared, shelf, writing
from aqua_core.store.given import sweep_given
from aqua_core.store.keeping import journeys
from aqua_core.store.keeping.journeys import Travelling
from aqua_core.store.shared import accounts, owners
from aqua_core.store.shelves import beside
from aqua_core.vocabulary import clean_code
from aqua_core.workshop.setting_up import free_code

_MOST_NAMED: Final = 5
_CALLED: Final = {
    **{"place": "a place", "words": "a place's own words", "measures": "a place's measures"},
    **{"part": "a place's part in a programme", "gathering": "a masterclass", "story": "a story"},
    **{kind: f"a {kind}" for kind in ("wave", "programme", "forum", "visit", "band")},
}


class _Clash(NamedTuple):
    """What is both here and in a file that comes, by kind: what stays, gives way, and disagrees."""

    stay: travelling.Things
    give_way: travelling.Things
    disagree: travelling.Things


def move_in(address: str, whose: str, source: Path) -> tuple[str, ...]:
    """Take a laptop's room file into a shared database, all of it or nothing; the file stays.

    Who is signed in, and walls, do not come along. A code that another workshop has here is drawn
    anew. A workshop that is here already is refused, unless the file left here with it: then
    whichever of the two was changed since stands, and where both were, all is refused.

    Args:
        address: of the database.
        whose: the name of the organisation that has it then; "" where there is one alone.
        source: the file; the app must not have it open.

    Returns:
        Sentences: what came, and what is otherwise now.

    Raises:
        FileUnusable: the file or the database cannot be used; nothing was moved.
        MoveRefused: something is here already, or was changed on both sides; nothing was moved.
    """
    from aqua_core.store.shared import moving  # once its packages are there

    with _room(address), journeys.brought(source) as file, writing("") as cursor:
        _belong_to(cursor, whose)
        moving.take_time(cursor)
        left = moving.left_with(cursor, file.room)
        lost = _lost(cursor, file, left)
        clash = _settled(cursor, file, left)
        said = _codes_drawn(cursor, file)
        travelling.order_after(cursor, file.cursor, clash.give_way["workshop"])
        rows = sum(
            moving.put_rows(cursor, table, file.columns[table], journeys.all_rows(file, table))
            for table in travelling.TRAVELS
        )
        said += [*_files_brought(cursor, file, source.resolve()), *lost, *_stay(clash)]
        moving.forget_left(cursor, file.room)
        sweep_cards(cursor)
        sweep_given(cursor)
        came = len(travelling.things_in(file.cursor)["workshop"])
    return (f"Moved in: {_counted(came, 'workshop')}, {rows:,} rows.", *said)


def move_out(address: str, whose: str, codes: Sequence[str], to: Path) -> tuple[str, ...]:
    """Copy the places of some workshops from a shared database into a new room's file.

    A place goes whole, with all that is joined to it: its workshops, waves, measures and forums,
    its part in programmes and masterclasses. All of it stays in the database, which takes a note
    of how it left, so that the file may come back by `move_in`.

    Args:
        address: of the database.
        whose: the name of the organisation that has them; "" where there is one alone.
        codes: of workshops or masterclasses.
        to: where the file is made; nothing may be there.

    Returns:
        Sentences: what went, and how it comes back.

    Raises:
        FileUnusable: the file or the database cannot be used; no file was made.
        MoveRefused: nothing has one of these codes; no file was made.
    """
    from aqua_core.store.shared import moving  # once its packages are there

    with _room(address), journeys.made(to) as file, writing("") as cursor:
        _belong_to(cursor, whose)
        moving.take_time(cursor)
        things = travelling.things_at(cursor, _known(cursor, codes))
        for kind, ids in things.items():
            rows = travelling.rows_of(cursor, file.columns, kind, ids)
            for table, held in rows.items():
                journeys.put_rows(file, table, [row[1:] for row in held])
            marks = travelling.marks_of(rows, file.columns, ids)
            moving.note_left(cursor, file.room, kind, marks)
        _take_files_along(cursor, file, to)
        went = travelling.workshops_called(cursor, things["workshop"])
    return (
        f"Moved out to {to}: {_and(went)}.",
        "The database keeps them. Open the file on one laptop; when it comes back, move it in: "
        "what was changed there since stands here then, unless it was changed here as well.",
    )


@contextmanager
def _room(address: str) -> Iterator[None]:
    """Open the database for one deed."""
    open_shared(address)
    try:
        yield
    finally:
        close_database()


def _belong_to(cursor: Cursor, whose: str) -> None:
    held = accounts.organisations(cursor)
    named = accounts.organisation_named(cursor, whose) if whose else None
    alone = [*held] if len(held) == 1 and not whose else []
    for organisation in [named, *alone]:
        if organisation:
            return accounts.belong_to(cursor, organisation)
    if not held:
        raise MoveRefused(
            "No organisation has begun in this database. Run `python app.py invite` with the name "
            "of one first."
        )
    raise MoveRefused(f"Say for whom: --for and one of {'; '.join(held.values())}.")


def _settled(cursor: Cursor, file: Travelling, left: Mapping[tuple[str, str], str]) -> _Clash:
    """Take out of each side what the other one has as it stands now; give what clashed."""
    clash = _clash(cursor, file, left)
    _check_agrees(cursor, clash, left)
    for kind in travelling.KINDS:
        travelling.drop(file.cursor, kind, clash.stay[kind])
        travelling.drop(cursor, kind, clash.give_way[kind])
    return clash


def _clash(cursor: Cursor, file: Travelling, left: Mapping[tuple[str, str], str]) -> _Clash:
    here, there = travelling.things_in(cursor), travelling.things_in(file.cursor)
    clash = _Clash(travelling.nothing(), travelling.nothing(), travelling.nothing())
    for kind in travelling.KINDS:
        both = here[kind] & there[kind]
        marks, marks_there = (
            travelling.marks_of(
                travelling.rows_of(held, file.columns, kind, both), file.columns, both
            )
            for held in (cursor, file.cursor)
        )
        for own_id in both:
            was = left.get((kind, own_id))
            knows = was is not None or kind != "workshop"
            same = knows and marks[own_id] == marks_there[own_id]
            if same or marks_there[own_id] == was:
                clash.stay[kind].add(own_id)
            elif marks[own_id] == was:
                clash.give_way[kind].add(own_id)
            else:
                clash.disagree[kind].add(own_id)
    return clash


def _check_agrees(cursor: Cursor, clash: _Clash, left: Collection[tuple[str, str]]) -> None:
    named = [*travelling.workshops_called(cursor, clash.disagree["workshop"])]
    named += [called for kind, called in _CALLED.items() if clash.disagree[kind]]
    if named and left:
        raise MoveRefused(
            f"Nothing was moved in. Changed both here and in the file since it left: {_and(named)}."
            " Erase here what the file shall stand for, then move in again."
        )
    if named:
        raise MoveRefused(
            f"Nothing was moved in. Here already: {_and(named)}. A file that left comes back once; "
            "else erase it here or in the file, then move in again."
        )


def _stay(clash: _Clash) -> list[str]:
    stay = len(clash.stay["workshop"])
    return [f"{_counted(stay, 'workshop')} did not change in the file: here as before."][:stay]


def _lost(cursor: Cursor, file: Travelling, left: Collection[tuple[str, str]]) -> list[str]:
    gone = {own_id for kind, own_id in left if kind == "workshop"}
    gone -= travelling.things_in(file.cursor)["workshop"]
    return [
        f"{called} was erased in the file and is still here: erase it here too."
        for called in travelling.workshops_called(cursor, gone)
    ]


def _codes_drawn(cursor: Cursor, file: Travelling) -> list[str]:
    """Draw other codes for those that something else has here; say which."""
    said, there = [], set(travelling.codes_in(file.cursor))
    for code in sorted(code for code in there if not owners.is_free(cursor, code)):
        new = free_code(cursor)
        while new in there:
            new = free_code(cursor)
        there.add(new)
        travelling.change_code(file.cursor, code, new)
        said.append(f"What had the code {code} in the file has the code {new} here.")
    return said


def _files_brought(cursor: Cursor, file: Travelling, source: Path) -> list[str]:
    """Keep the files that a room's file speaks of; say how many are not there."""
    missing = 0
    for kind, names in travelling.files_in(file.cursor).items():
        for name in names:
            made = beside(source, kind) / f"{name}.parquet"
            if made.is_file():
                shelf(kind).put(cursor, name, made)
            missing += not made.is_file()
    said = f"Of {_counted(missing, 'wave')} what others may count had no file, and will not count."
    return [said] * bool(missing)


def _take_files_along(cursor: Cursor, file: Travelling, to: Path) -> None:
    for kind, names in travelling.files_in(file.cursor).items():
        with shelf(kind).lying(cursor, names) as lying:
            for made in [lying / f"{name}.parquet" for name in names]:
                if made.is_file():
                    beside(to, kind).mkdir(exist_ok=True)
                    shutil.copyfile(made, beside(to, kind) / made.name)


def _known(cursor: Cursor, codes: Sequence[str]) -> list[str]:
    held = travelling.codes_in(cursor)
    for code in codes:
        if _cleaned(code) not in held:
            raise MoveRefused(f"No workshop and no masterclass here has the code {code}.")
    return [_cleaned(code) for code in codes]


def _cleaned(code: str) -> str:
    try:
        return clean_code(code)
    except TextRefused:
        return ""  # nothing is called so


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _and(named: Sequence[str]) -> str:
    more = len(named) - _MOST_NAMED
    return "; ".join(named[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
