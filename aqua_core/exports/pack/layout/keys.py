"""Whether the rows of a pack hold together: keys, and what refers to them."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from aqua_core.exports.pack.layout.columns import Column, Table
from aqua_core.exports.pack.layout.tables import TABLES, WITHHELD
from aqua_core.exports.pack.packed import Packed, Rows
from aqua_core.rules.talk.cards import WHOLE_ROOM
from aqua_core.rules.talk.guessing import partner_to_guess
from aqua_core.vocabulary import MOST_TEAMS, Act, same_name

MOST_SEATS: Final = 400
"""Twice the largest room that was tried: what a pack says is written at once, under a lock."""


def check_keys(rows: Rows) -> None:
    """Check bounds, keys and what refers to them.

    Raises:
        ValueError: a value is out of bounds, a key stands twice, or something is not there.
    """
    for table in TABLES:
        _check_bounds(table, rows)
        keys = [tuple(row[column] for column in table.key) for row in rows[table.name]]
        _needed(len(set(keys)) == len(keys), f"a key of {table.name} stands twice")
        for key in table.keys:
            there = {tuple(row[each] for each in key.of) for row in rows[key.table]}
            here = {tuple(row[each] for each in key.columns) for row in rows[table.name]}
            _needed(here <= there, f"{table.name} names what is not in {key.table}")


def check_meaning(packed: Packed) -> None:
    """Check what no key says: domains of the instrument, owners, acts in order.

    Raises:
        ValueError: something does not hold.
    """
    _needed(len(packed.workshop.teams) <= MOST_TEAMS, "too many teams")
    _needed(len(packed.workshop.partners) > 1, "nobody to talk with")
    _needed(len(packed.seats) <= MOST_SEATS, "more seats than a room has")
    _check_domains(packed)
    _check_teams(packed)
    _check_guesses(packed)
    _check_reasons(packed)
    _check_card_acts(packed)
    withheld = {(d, number) for _, d, number, answer in packed.scores if answer == WITHHELD}
    told = {(d, number) for _, d, number, answer in packed.scores if isinstance(answer, int)}
    _needed(not withheld & told, "told and not told")


def _check_domains(packed: Packed) -> None:
    domains = {domain.key for domain in packed.workshop.instrument.domains}
    named = {domain for domain, _ in (*packed.rounds, *packed.notes)}
    named |= {each.domain for each in packed.outcomes} | {each.domain for each in packed.unclear}
    named |= {each.domain for each in packed.actions}
    named |= {each.domain for each in packed.card_acts} - {WHOLE_ROOM}
    _needed(named <= domains, "a domain is not of the instrument")


def _check_teams(packed: Packed) -> None:
    partners = {team.partner.id for team in packed.workshop.teams}
    owners = [set(action.partners) for action in packed.actions]
    _needed(all(each and each <= partners for each in owners), "an owner is not of the place")
    named = {team for each in packed.outcomes for team in each.stays_apart}
    named |= {each.team_id for each in packed.reasons} - {""}
    _needed(named <= {team.id for team in packed.workshop.teams}, "no such team")


def _check_guesses(packed: Packed) -> None:
    seats = [seat for seat, *_ in packed.guesses]
    _needed(all(seat <= len(packed.seats) for seat in seats), "seats are not numbered in order")
    newest = dict(sorted((domain, number) for _, domain, number, _ in packed.scores))
    shown = all(newest.get(domain) == number for _, domain, number, _ in packed.guesses)
    _needed(shown, "a guess is on a look that is shown no more")
    teams = [packed.workshop.team(packed.seats[seat - 1]) for seat in seats]
    asked = [team is not None and partner_to_guess(packed.workshop, team) for team in teams]
    _needed(all(asked), "there is no other partner to guess")


def _check_reasons(packed: Packed) -> None:
    """Check that no seat gave two on one look, and that none stands twice."""
    alike: Counter[tuple[str, int]] = Counter()
    for each in packed.reasons:
        alike[each.domain, each.number] += each.alike
        _needed(each.alike == 1 or not each.team_id, "a team is named beside what several wrote")
    _needed(all(each <= len(packed.seats) for each in alike.values()), "more than all seats")
    said = {(each.domain, each.number, same_name(each.said)) for each in packed.reasons}
    _needed(len(said) == len(packed.reasons), "a reason stands twice")


def _check_card_acts(packed: Packed) -> None:
    """Check that they stand in their order, and that none takes another back."""
    for at, each in enumerate(packed.card_acts, start=1):
        _needed(each.sequence == at, "an act is out of its order")
        _needed(each.act is not Act.UNDO, "what was taken back is in no pack")


def _check_bounds(table: Table, rows: Rows) -> None:
    for column in table.columns:
        _check_column(column, (row[column.name] for row in rows[table.name]))


def _check_column(column: Column, values: Iterable[Any]) -> None:
    bounds = column.bounds
    for value in values:
        if value in (None, ""):
            _needed(not bounds.get("required"), f"{column.name} is missing")
            continue
        if "pattern" in bounds:
            _needed(re.fullmatch(bounds["pattern"], value) is not None, f"{column.name} is odd")
        if "enum" in bounds:
            _needed(value in bounds["enum"], f"{column.name} is none of ours")
        if "minimum" in bounds:
            held = value.isoformat() if isinstance(value, date) else value
            _needed(bounds["minimum"] <= held <= bounds.get("maximum", held), column.name)


def _needed(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
