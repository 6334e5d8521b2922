"""Try the sample: a whole scored workshop whose scores are invented, and say so."""

import csv
import io
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from aqua_core.errors import BadSample, Refusal
from aqua_core.live import Channel, changed
from aqua_core.plain_file import text_of
from aqua_core.store.connecting import Cursor
from aqua_core.store.rounds import add_round
from aqua_core.store.seats import add_seat
from aqua_core.store.votes import add_votes
from aqua_core.vocabulary import (
    CANNOT_SAY,
    USUAL_TERMS,
    Cast,
    Holder,
    Instrument,
    Place,
    Score,
    Seat,
    Sector,
    Tier,
    Workshop,
    clean_name,
    clean_score,
)
from aqua_core.workshop.admitting import Caller, managing
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, make_workshop

_Row = Mapping[str, str]
TODAY: Final = Place(name="Sample city", persona="Sally Sample")
OF_2014: Final = Place(name="Sample city of 2014", persona="Sally Sample")
"""Marked so, for the partners that the paper names ended in 2022 or have merged since."""


def try_sample(
    caller: Caller, path: Path, instrument: Instrument, today: date, place: Place = TODAY
) -> Workshop:
    """Make a workshop from a file of invented scores, sealed and ready to reveal.

    The file has a row a seat: partner, sector, tier, then a column a domain key with 0 to 5, or
    nothing for `cannot say`.

    Raises:
        BadSample: the file is missing or cannot be used; the sentence names the line.
    """
    rows = _rows(path, instrument)
    draft = WorkshopDraft(
        place=place,
        partners=_partners(rows),
        instrument=instrument,
        held_on=today,
        holder=Holder.PERSON,
        invented=True,
        terms=USUAL_TERMS,
    )
    with managing(caller) as cursor:
        workshop = make_workshop(cursor, draft, today)
        for domain in instrument.domains:
            add_round(cursor, workshop.id, domain.key, 1)
        _fill(cursor, workshop, rows)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)
    return workshop


def _rows(path: Path, instrument: Instrument) -> list[_Row]:
    header, *lines = csv.reader(io.StringIO(text_of(path, BadSample), newline=""))
    wanted = ["partner", "sector", "tier", *(domain.key for domain in instrument.domains)]
    if header != wanted:
        raise BadSample(f"{path.name}, line 1: the columns must be {', '.join(wanted)}.")
    if not lines:
        raise BadSample(f"{path.name}, line 2: add a line for each seat.")
    return [_row(path, line, wanted, cells) for line, cells in enumerate(lines, start=2)]


def _row(path: Path, line: int, columns: Sequence[str], cells: Sequence[str]) -> _Row:
    if len(cells) != len(columns):
        raise BadSample(
            f"{path.name}, line {line}: it has {len(cells)} values, the first line {len(columns)}."
        )
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    try:
        _check(row)
    except Refusal as fault:
        raise BadSample(f"{path.name}, line {line}: {fault}") from fault
    return row


def _check(row: _Row) -> None:
    clean_name("the partner", row["partner"])
    if row["sector"] not in list(Sector):
        raise BadSample(f"the sector must be one of {', '.join(Sector)}.")
    try:
        Tier(row["tier"])
    except ValueError:
        raise BadSample(f"the tier must be one of {', '.join(Tier)}.") from None
    for column in list(row)[3:]:
        _score(row[column])


def _score(cell: str) -> Score:
    if cell == "":
        return CANNOT_SAY
    return clean_score(int(cell) if cell.isdecimal() else cell)


def _partners(rows: Sequence[_Row]) -> list[PartnerDraft]:
    sectors = {row["partner"]: Sector(row["sector"]) for row in rows}
    return [
        PartnerDraft(partner, sector, tuple(dict.fromkeys(_tiers(rows, partner))))
        for partner, sector in sectors.items()
    ]


def _tiers(rows: Sequence[_Row], partner: str) -> Iterable[Tier]:
    return (Tier(row["tier"]) for row in rows if row["partner"] == partner)


def _fill(cursor: Cursor, workshop: Workshop, rows: Sequence[_Row]) -> None:
    teams = {(team.partner.name, team.tier): team for team in workshop.teams}
    casts: list[Cast] = []
    for row in rows:
        seat = Seat(id=secrets.token_hex(8), team_id=teams[row["partner"], Tier(row["tier"])].id)
        # Nobody holds this seat: no cookie has this hash.
        add_seat(cursor, workshop.id, seat, secrets.token_hex(32))
        casts += _casts(workshop.instrument, seat, row)
    add_votes(cursor, workshop.id, casts)


def _casts(instrument: Instrument, seat: Seat, row: _Row) -> list[Cast]:
    return [
        Cast(
            domain=domain.key,
            round=1,
            seat_id=seat.id,
            team_id=seat.team_id,
            score=_score(row[domain.key]),
        )
        for domain in instrument.domains
    ]
