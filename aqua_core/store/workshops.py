"""Workshops with their partners and teams."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from aqua_core.store.beside import add_beside, beside_of, beside_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.facts import changing, know, once_opened
from aqua_core.vocabulary import (
    Holder,
    Instrument,
    Partner,
    Place,
    Sector,
    Team,
    Terms,
    Tier,
    Workshop,
)


def add_workshop(cursor: Cursor, workshop: Workshop) -> None:
    """Keep a new workshop, its partners and its teams, in their order."""
    cursor.execute(
        """
        INSERT INTO workshop
            (id, code, place, persona, held_on, holder, instrument, invented, guard, terms,
             ordinal)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, coalesce(max(ordinal), -1) + 1 FROM workshop
        """,
        [
            workshop.id,
            workshop.code,
            workshop.place.name,
            workshop.place.persona,
            workshop.held_on,
            workshop.holder.value,
            workshop.instrument.model_dump_json(),
            workshop.invented,
            workshop.guard,
            workshop.terms.model_dump_json(),
        ],
    )
    _add_partners(cursor, workshop)
    _add_teams(cursor, workshop)
    for instrument in workshop.beside:
        add_beside(cursor, workshop.id, instrument)


def workshop_by_code(cursor: Cursor, code: str) -> Workshop | None:
    """Give the workshop with this join code, or None: read once, and by whoever changes it."""
    return once_opened(_question(code), lambda: _read(cursor, code))


def read_anew(cursor: Cursor, codes: Sequence[str]) -> None:
    """Let everybody know at once what was changed in these workshops."""
    for code in codes:
        changing(_question(code))
        if (workshop := _read(cursor, code)) is not None:
            know(_question(code), workshop)


def _question(code: str) -> tuple[str, str]:
    return ("workshop", code)


def _read(cursor: Cursor, code: str) -> Workshop | None:
    row = cursor.execute(
        """
        SELECT workshop.id, code, coalesce(counts.name, place), workshop.persona, held_on,
               holder, instrument, workshop.invented, guard, terms
        FROM workshop
        LEFT JOIN place ON place.id = workshop.place_id
        LEFT JOIN place AS counts ON counts.id = coalesce(nullif(place.joined_to, ''), place.id)
        WHERE code = $1
        """,
        [code],
    ).fetchone()
    if row is None:
        return None
    # The same rows are the same workshop: a room that is shared reads them for each deed.
    whole = (row, _team_rows(cursor, row[0]), beside_rows(cursor, row[0]))
    return once_opened(whole, lambda: _workshop(*whole), may_change=False)


class Listed(NamedTuple):
    """A workshop in a list; `place_id` is the place that it counts to."""

    code: str
    place: str
    held_on: date
    invented: bool
    closed: bool
    place_id: str


def workshops_listed(cursor: Cursor) -> tuple[Listed, ...]:
    """Give every workshop, newest first."""
    rows = cursor.execute(
        """
        SELECT code, coalesce(counts.name, place), held_on, workshop.invented,
               closing.workshop_id IS NOT NULL, coalesce(counts.id, '')
        FROM workshop
        LEFT JOIN closing ON closing.workshop_id = workshop.id
        LEFT JOIN place ON place.id = workshop.place_id
        LEFT JOIN place AS counts ON counts.id = coalesce(nullif(place.joined_to, ''), place.id)
        ORDER BY ordinal DESC
        """
    ).fetchall()
    return tuple(Listed(*row) for row in rows)


def _add_partners(cursor: Cursor, workshop: Workshop, first: int = 0) -> None:
    for ordinal, partner in [*enumerate(workshop.partners)][first:]:
        cursor.execute(
            "INSERT INTO partner (id, workshop_id, name, sector, ordinal, late) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            [
                *(partner.id, workshop.id, partner.name, partner.sector.value, ordinal),
                partner.late,
            ],
        )


def add_late_team(cursor: Cursor, workshop: Workshop) -> None:
    """Keep the last team of a workshop, which has come to it since, with its partner if new."""
    team = workshop.teams[-1]
    if team.partner not in {other.partner for other in workshop.teams[:-1]}:
        _add_partners(cursor, workshop, len(workshop.partners) - 1)
    _add_teams(cursor, workshop, len(workshop.teams) - 1)


def drop_team(cursor: Cursor, team: Team, *, alone: bool) -> None:
    """Take a team out in which nobody sits; its partner too, where it has no other."""
    cursor.execute("DELETE FROM team WHERE id = $1", [team.id])
    if alone:
        cursor.execute("DELETE FROM partner WHERE id = $1", [team.partner.id])


_Row = tuple[Any, ...]
Cell = tuple[Literal["place", "workshop", "partner", "team", "wave"], str, str, Any]
"""A value in the file: its table, the row's id, the column, the value."""


def change_cells(cursor: Cursor, cells: Sequence[Cell]) -> list[Cell]:
    """Keep other values; give those that were there before, which undo it."""
    before = cells_now(cursor, cells)
    for table, row_id, column, value in cells:
        cursor.execute(f"UPDATE {table} SET {column} = $2 WHERE id = $1", [row_id, value])
    return before


def cells_now(cursor: Cursor, cells: Sequence[Cell]) -> list[Cell]:
    """Give the values that stand where these would."""
    found: list[Cell] = []
    for table, row_id, column, _ in cells:
        row = cursor.execute(f"SELECT {column} FROM {table} WHERE id = $1", [row_id]).fetchone()
        found.append((table, row_id, column, row[0] if row else None))
    return found


def _add_teams(cursor: Cursor, workshop: Workshop, first: int = 0) -> None:
    for ordinal, team in [*enumerate(workshop.teams)][first:]:
        cursor.execute(
            "INSERT INTO team (id, workshop_id, partner_id, tier, name, ordinal) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            [team.id, workshop.id, team.partner.id, team.tier.value, team.name, ordinal],
        )


def _workshop(row: _Row, teams: tuple[_Row, ...], beside: tuple[str, ...]) -> Workshop:
    workshop_id, code, place, persona, held_on, holder, instrument, invented, guard, terms = row
    return Workshop(
        id=workshop_id,
        code=code,
        place=Place(name=place, persona=persona),
        held_on=held_on,
        holder=Holder(holder),
        guard=guard,
        instrument=Instrument.model_validate_json(instrument),
        teams=_teams(teams),
        invented=invented,
        terms=Terms.model_validate_json(terms),
        beside=beside_of(beside),
    )


def _team_rows(cursor: Cursor, workshop_id: str) -> tuple[_Row, ...]:
    rows = cursor.execute(
        """
        SELECT team.id, team.name, team.tier, partner.id, partner.name, partner.sector,
               partner.late
        FROM team JOIN partner ON partner.id = team.partner_id
        WHERE team.workshop_id = $1
        ORDER BY team.ordinal
        """,
        [workshop_id],
    ).fetchall()
    return tuple(rows)


def _teams(rows: tuple[_Row, ...]) -> tuple[Team, ...]:
    return tuple(
        Team(
            id=team_id,
            name=name,
            tier=Tier(tier),
            partner=Partner(id=partner_id, name=partner, sector=Sector(sector), late=late),
        )
        for team_id, name, tier, partner_id, partner, sector, late in rows
    )
