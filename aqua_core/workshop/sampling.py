"""Try the sample: a whole scored workshop whose scores are invented, and say so."""

import csv
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from aqua_core.errors import BadSample, Refusal
from aqua_core.live import Channel, changed
from aqua_core.store.database import Cursor, writing
from aqua_core.store.rounds import add_round
from aqua_core.store.seats import add_seat
from aqua_core.store.votes import add_votes
from aqua_core.vocabulary import (
    CANNOT_SAY,
    Cast,
    Holder,
    Instrument,
    Place,
    Score,
    Seat,
    Sector,
    Tier,
    Workshop,
    clean_score,
)
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.setting_up import PartnerDraft, set_up

Row = Mapping[str, str]


def try_sample(caller: Caller, path: Path, instrument: Instrument, today: date) -> Workshop:
    """Make a workshop from a file of invented scores, sealed and ready to reveal.

    The file has a row a seat: partner, sector, tier, then a column a domain key with 0 to 5, or
    nothing for `cannot say`.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        BadSample: the file is missing or cannot be used; the sentence names the line.
    """
    rows = _rows(path, instrument)
    workshop = set_up(
        caller,
        place=Place(name="Sample city", persona="Sally Sample"),
        partners=_partners(rows),
        instrument=instrument,
        held_on=today,
        today=today,
        holder=Holder.PERSON,
        invented=True,
    )
    with writing() as cursor:
        for domain in instrument.domains:
            add_round(cursor, workshop.id, domain.key, 1)
        _fill(cursor, workshop, rows)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)
    return workshop


def _rows(path: Path, instrument: Instrument) -> list[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as page:
            rows: list[Row] = list(csv.DictReader(page))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise BadSample(f"{path.name} cannot be read. Put the file back from a fresh copy.") from (
            fault
        )
    wanted = {"partner", "sector", "tier", *(domain.key for domain in instrument.domains)}
    if not rows or set(rows[0]) != wanted:
        raise BadSample(f"{path.name}, line 1: the columns must be {', '.join(sorted(wanted))}.")
    for line, row in enumerate(rows, start=2):
        _check(path, line, row, instrument)
    return rows


def _check(path: Path, line: int, row: Row, instrument: Instrument) -> None:
    try:
        Sector(row["sector"]), Tier(row["tier"])
        for domain in instrument.domains:
            _score(row[domain.key])
    except (Refusal, ValueError) as fault:
        raise BadSample(f"{path.name}, line {line}: {fault}") from fault


def _score(cell: str) -> Score:
    return CANNOT_SAY if cell == "" else clean_score(int(cell))


def _partners(rows: Sequence[Row]) -> list[PartnerDraft]:
    sectors = {row["partner"]: Sector(row["sector"]) for row in rows}
    return [
        PartnerDraft(partner, sector, tuple(dict.fromkeys(_tiers(rows, partner))))
        for partner, sector in sectors.items()
    ]


def _tiers(rows: Sequence[Row], partner: str) -> Iterable[Tier]:
    return (Tier(row["tier"]) for row in rows if row["partner"] == partner)


def _fill(cursor: Cursor, workshop: Workshop, rows: Sequence[Row]) -> None:
    teams = {(team.partner.name, team.tier.value): team for team in workshop.teams}
    casts: list[Cast] = []
    for row in rows:
        seat = Seat(id=secrets.token_hex(8), team_id=teams[row["partner"], row["tier"]].id)
        # Nobody holds this seat: no cookie has this hash.
        add_seat(cursor, workshop.id, seat, secrets.token_hex(32))
        casts += _casts(workshop.instrument, seat, row)
    add_votes(cursor, workshop.id, casts)


def _casts(instrument: Instrument, seat: Seat, row: Row) -> list[Cast]:
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
