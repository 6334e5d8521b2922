"""Several places in one room: set up, opened and revealed for all tables at the same moment."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from aqua_core import errors, live
from aqua_core.live import Channel, changed, once_a_deed
from aqua_core.rules import stages
from aqua_core.store import gatherings as tables
from aqua_core.store.closings import is_open
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.rounds import rounds_of
from aqua_core.store.versions import begin_adding
from aqua_core.vocabulary import Gathering, Stage, Workshop, clean_name
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import clean_day
from aqua_core.workshop.admitting import (
    Caller,
    arriving,
    convening,
    find_workshop,
    knowing,
    managing,
    writing_for_all,
)
from aqua_core.workshop.opening import check_room_for_scores
from aqua_core.workshop.reading import progress_in, stage_in
from aqua_core.workshop.revealing import reveal_in, take_back_in, tell_revealed
from aqua_core.workshop.setting_up import WorkshopDraft, free_code, make_workshop
from aqua_core.workshop.tabling import (
    brought,
    open_what_is_not,
    opened_in,
    seat_at_table,
    workshops_in,
)


class Table(NamedTuple):
    """A place at a gathering. `finished`: all who sit there have answered what is open to them.

    Never how many: progress is a ranking too. `joined` counts the seats before the table scores;
    from then on it is 1 for any.
    """

    number: int
    workshop: Workshop
    stage: Stage
    finished: bool
    joined: int


class GatheringNow(NamedTuple):
    """A gathering as its facilitator sees it. `opened` are the keys of domains open at any table.

    `revealed` are those that were revealed at any; both in the instrument's order.
    """

    gathering: Gathering
    tables: tuple[Table, ...]
    opened: tuple[str, ...]
    revealed: tuple[str, ...]

    @property
    def stage(self) -> Stage:
        """Scoring while any table scores, then revealed; closed once all are, welcome before."""
        standing = {table.stage for table in self.tables}
        for stage in (Stage.SCORING, Stage.REVEALED, Stage.WELCOME, Stage.CLOSED):
            if stage in standing:
                return stage
        return Stage.WELCOME

    @property
    def finished(self) -> int:
        """How many tables that score have finished."""
        return sum(table.finished for table in self.scoring)

    @property
    def scoring(self) -> tuple[Table, ...]:
        """The tables that score now."""
        return tuple(table for table in self.tables if table.stage is Stage.SCORING)


class ListedGathering(NamedTuple):
    """A gathering in a list, with the names of its places in the order of their tables."""

    gathering: Gathering
    places: tuple[str, ...]
    closed: bool


def set_up_gathering(
    caller: Caller, called: str, held_on: date, coming: Sequence[WorkshopDraft | str], today: date
) -> Gathering:
    """Make a gathering, with a table for each of these places, in their order; more may come.

    Args:
        caller: the facilitator.
        called: what it is called.
        held_on: its day.
        coming: a draft of each place's workshop, or the code of one that has not begun.
        today: the day.

    Raises:
        NoSuchWorkshop: no open workshop has this code.
        TextRefused: it is called nothing, or what no name can be.
        DateRefused: its day is none, or has passed.
        ChoiceRefused: a place comes twice, more than twelve come, they would score other words, or
            a workshop has begun, is a sitting or at a table already.
    """
    if clean_day("Choose the day of the masterclass.", held_on) < today:
        raise errors.DateRefused(
            f"The date has passed ({day_said(held_on)}). Choose today or later."
        )
    name = clean_name("the masterclass", called)
    at_tables: list[Workshop] = []
    with managing(caller) as cursor:
        own_id, code = secrets.token_hex(8), free_code(cursor)
        gathering = Gathering(id=own_id, code=code, called=name, held_on=held_on)
        tables.add_gathering(cursor, gathering)
        for place in coming:
            if isinstance(place, str):
                held = brought(cursor, place)
            else:
                held = make_workshop(cursor, place, today)
            seat_at_table(cursor, gathering, held)
            at_tables.append(held)
    _tell(gathering, at_tables)
    return gathering


def set_up_at_table(
    caller: Caller, code: str, draft: WorkshopDraft, today: date, *, sure: bool = False
) -> Workshop:
    """Make the workshop of a place at the next table; what the others score is open to it at once.

    Raises:
        as for set_up, and ChoiceRefused as for set_up_gathering.
    """
    with convening(caller, code, writing_for_all) as (cursor, gathering):
        workshop = make_workshop(cursor, draft, today, sure=sure)
        seat_at_table(cursor, gathering, workshop)
    _tell(gathering, [workshop])
    return workshop


def bring_to_table(caller: Caller, code: str, workshop_code: str) -> None:
    """Give a workshop that was set up by itself the next table of a gathering.

    Raises:
        NoSuchWorkshop: no open workshop has this code.
        ChoiceRefused: as for set_up_gathering; or it has begun, is a sitting or at a table already.
    """
    with convening(caller, code, writing_for_all) as (cursor, gathering):
        workshop = brought(cursor, workshop_code)
        seat_at_table(cursor, gathering, workshop)
    _tell(gathering, [workshop])


def leave_table(caller: Caller, code: str, workshop_code: str) -> None:
    """Let a workshop go its own way: its table is taken away, and nothing else changes."""
    with convening(caller, code) as (cursor, gathering):
        workshop = find_workshop(cursor, workshop_code)
        if tables.gathering_of(cursor, workshop.id) == gathering:
            tables.drop_table(cursor, workshop.id)
    live.gathered([workshop.code], "")
    _tell(gathering, [workshop])


def part_gathering(caller: Caller, code: str) -> None:
    """Forget a gathering: each of its workshops goes its own way."""
    with convening(caller, code) as (cursor, gathering):
        every = workshops_in(cursor, gathering)
        tables.drop_gathering(cursor, gathering.id)
    live.gathered([workshop.code for workshop in every], "")
    _tell(gathering, every)


def gatherings_now(caller: Caller) -> tuple[ListedGathering, ...]:
    """Give every gathering, the latest day first."""
    with managing(caller, reading) as cursor:
        return tuple(
            ListedGathering(
                gathering,
                tuple(workshop.place.name for workshop in every),
                bool(every) and not any(is_open(cursor, workshop.id) for workshop in every),
            )
            for gathering in tables.gatherings_in(cursor)
            for every in [workshops_in(cursor, gathering)]
        )


def gathering_now(caller: Caller, code: str) -> GatheringNow:
    """Give a gathering: its tables in their order, each as still scoring or finished."""
    with convening(caller, code, reading) as (cursor, gathering):
        every = _at_tables(cursor, gathering)
        live.gathered([workshop.code for _, workshop in every], gathering.code)
        seen = tuple(_table(cursor, number, workshop) for number, workshop in every)
        opened, revealed = set[str](), set[str]()
        for _, workshop in every:
            rounds = rounds_of(cursor, workshop.id)
            opened |= stages.open_rounds(rounds).keys()
            revealed |= set(stages.revealed_domains(rounds))
        order = [domain.key for _, first in every[:1] for domain in first.instrument.domains]
    return GatheringNow(
        gathering,
        seen,
        tuple(key for key in order if key in opened),
        tuple(key for key in order if key in revealed),
    )


def check_is_gathering(code: str) -> None:
    """Tell whoever listens whether a code is of a gathering.

    Raises:
        NoSuchWorkshop: it is of none.
    """
    with arriving(code):
        pass


def places_to_join(code: str) -> tuple[Gathering, tuple[Workshop, ...]]:
    """Give whoever has the code of a gathering its open workshops, in the order of their tables."""
    with arriving(code) as (cursor, gathering):
        every = workshops_in(cursor, gathering)
        return gathering, tuple(held for held in every if is_open(cursor, held.id))


def joined_by(code: str) -> str:
    """Give the code by which people join the gathering of a workshop; "" where it has no table."""
    with knowing(code) as (_, workshop):
        pass
    return once_a_deed(workshop.code, "joined by", lambda: _joined_by(workshop))


def _joined_by(workshop: Workshop) -> str:
    with reading(workshop.code) as cursor:
        gathering = tables.gathering_of(cursor, workshop.id)
    return gathering.code if gathering else ""


def open_for_all(caller: Caller, code: str, domains: Sequence[str]) -> None:
    """Open sealed rounds on these domains at every open table, in one moment.

    At a table that scores one of them already, that one goes on.

    Raises:
        ChoiceRefused: no domain, or no table at which anything would open.
        DiskAlmostFull: the disk may not take what the room will score.
    """
    with _at_open_tables(caller, code) as (cursor, every):
        check_room_for_scores()
        opened = [held for held in every if open_what_is_not(cursor, held, domains)]
        if not opened:
            raise errors.ChoiceRefused(
                "Nothing was opened: every table scores this already."
                if domains
                else "Choose at least one domain to score."
            )
    for workshop in opened:
        changed(workshop.code, Channel.ROOM, Channel.STAGE)


def reveal_for_all(caller: Caller, code: str) -> None:
    """Reveal every open round at every table, in one moment.

    Raises:
        NothingToReveal: no table scores.
        MoreSeatsThanPeople: at a table more seats have scored than people are expected; nothing
            is revealed anywhere.
    """
    with _at_open_tables(caller, code) as (cursor, every):
        scoring = [held for held in every if opened_in(cursor, held)]
        if not scoring:
            raise errors.NothingToReveal("No table is scoring. Open a domain for all first.")
        sittings = [sitting for held in scoring for sitting in _revealed(cursor, held)]
    tell_revealed(scoring, sittings)


def take_back_for_all(caller: Caller, code: str, meant: Mapping[str, Mapping[str, int]]) -> None:
    """Take what is open back at every table: nobody ever sees a vote of it.

    `meant` is the number of each round as it was shown, by the workshop's code and domain key.

    Raises:
        ChangedMeanwhile: a table scores something else by now.
    """
    with _at_open_tables(caller, code) as (cursor, every):
        scoring = {held.code: opened_in(cursor, held) for held in every if opened_in(cursor, held)}
        if scoring != {table: dict(rounds) for table, rounds in meant.items()}:
            raise errors.ChangedMeanwhile(
                "Something else is open by now. Look at the tables again."
            )
        ended = [held for held in every if held.code in scoring]
        for workshop in ended:
            begin_adding()
            take_back_in(cursor, workshop, scoring[workshop.code])
    for workshop in ended:
        changed(workshop.code, Channel.ROOM, Channel.STAGE)


def rounds_at_tables(caller: Caller, code: str) -> dict[str, dict[str, int]]:
    """Give the number of each open round, by the workshop's code and domain key."""
    with convening(caller, code, reading) as (cursor, gathering):
        every = ((held.code, opened_in(cursor, held)) for held in workshops_in(cursor, gathering))
        return {held: opened for held, opened in every if opened}


@contextmanager
def _at_open_tables(caller: Caller, code: str) -> Iterator[tuple[Cursor, list[Workshop]]]:
    with convening(caller, code) as (cursor, gathering):
        every = workshops_in(cursor, gathering)
        yield cursor, [workshop for workshop in every if is_open(cursor, workshop.id)]


def _at_tables(cursor: Cursor, gathering: Gathering) -> list[tuple[int, Workshop]]:
    every = tables.tables_of(cursor, gathering.id)
    return [(table.number, find_workshop(cursor, table.code)) for table in every]


def _table(cursor: Cursor, number: int, workshop: Workshop) -> Table:
    stage = stage_in(cursor, workshop)
    teams = progress_in(cursor, workshop)
    joined = sum(team.seats for team in teams)
    scoring = stage is Stage.SCORING and joined > 0
    finished = scoring and all(team.finished == team.seats for team in teams)
    seen = joined if stage is Stage.WELCOME else min(joined, 1)
    return Table(number, workshop, stage, finished, seen)


def _revealed(cursor: Cursor, workshop: Workshop) -> tuple[str, ...]:
    begin_adding()
    try:
        return reveal_in(cursor, workshop)
    except errors.MoreSeatsThanPeople as refusal:
        raise errors.MoreSeatsThanPeople(f"{workshop.place.name}: {refusal}") from None


def _tell(gathering: Gathering, workshops: Sequence[Workshop]) -> None:
    for code in (gathering.code, *(workshop.code for workshop in workshops)):
        changed(code, Channel.ROOM, Channel.STAGE)
