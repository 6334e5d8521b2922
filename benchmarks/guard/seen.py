"""Everything that is shown of a revealed room, and which groups are hidden in it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aqua_core.exports.pack_writing import NO_CODE, Packed, pack_as_zip
from aqua_core.rules.agreement import spread_of
from aqua_core.rules.groups import POOL, groups_of
from aqua_core.rules.guard import told_on
from aqua_core.rules.shown import seen_of
from aqua_core.rules.talk import Guessed, own_guesses_of, partner_to_guess
from aqua_core.vocabulary import (
    CANNOT_SAY,
    Cast,
    Compare,
    Mark,
    Round,
    TeamProgress,
    Workshop,
)
from aqua_core.vocabulary.shown import RoomReading, Shown

Casts = Sequence[Cast]
Teams = frozenset[str]
_WORDS = (
    *("notes", "card_acts", "reasons", "outcomes", "actions", "cycles"),
    *("look_backs", "support", "unclear"),
)
"""What of a pack is no score."""


class Cell(NamedTuple):
    """Somebody on one look at a domain: a group's teams, or one seat of a team."""

    domain: str
    teams: Teams
    seat: str | None = None
    round: int = 1

    def holds(self, cast: Cast) -> bool:
        """Tell whether a cast is part of it."""
        mine = self.seat is None or cast.seat_id == self.seat
        here = (cast.domain, cast.round) == (self.domain, self.round)
        return mine and here and cast.team_id in self.teams


class Leaves(NamedTuple):
    """All that leaves the rules: what the room sees, what seats are told, what one person is."""

    shown: Shown
    mine: list[object]
    private: RoomReading
    pack: bytes


def shown_of(workshop: Workshop, casts: Casts) -> Shown:
    """Give what a room may see of one revealed round of each domain, or of two."""
    return leaves(workshop, casts).shown


def leaves(workshop: Workshop, casts: Casts) -> Leaves:
    """Give all that a room, a seat, the facilitator or a file tells of it: one observation.

    It is what the app itself lets through of revealed looks, with what a seat is told of its own
    guesses, whole private notes, drawn or not, and the pack, byte by byte. Phones, report, workbook
    and CSV are made of `shown` alone (tests/rules/test_shown.py).
    """
    asked = sorted({(cast.domain, cast.round) for cast in casts})
    rounds = [Round(domain=domain, number=number, revealed=True) for domain, number in asked]
    guesses = {question: guesses_on(workshop, question[0]) for question in asked}
    shown, private = seen_of(workshop, rounds, casts, guesses)
    gaps = shown.gaps[Compare.PARTNER]
    mine = [own_guesses_of(workshop, {}, [guess], gaps) for on in guesses.values() for guess in on]
    return Leaves(shown, mine, private, pack_as_zip(_packed(workshop, rounds, shown, casts)))


def guesses_on(workshop: Workshop, domain: str) -> list[Guessed]:
    """Let every team guess as often as the guard asks for: then what was guessed is told."""
    return [
        Guessed(domain, team.id, whom.id, points)
        for team in workshop.teams
        if (whom := partner_to_guess(workshop, team))
        for points in range(workshop.guard)
    ]


def groups_shown(workshop: Workshop, casts: Casts, domain: str, compare: Compare) -> set[str]:
    """Give the ids of the groups drawn alone."""
    return {mark.group.id for mark in _marks(workshop, casts, domain, compare)} - {POOL.id}


def cells_of(workshop: Workshop, casts: Casts, domain: str, compare: Compare) -> dict[str, Teams]:
    """Give the teams that scored a domain, by the group they are in."""
    groups = groups_of(workshop.teams, compare)
    cells: dict[str, set[str]] = {}
    for cast in casts:
        if cast.domain == domain and isinstance(cast.score, int):
            cells.setdefault(groups[cast.team_id].id, set()).add(cast.team_id)
    return {group: frozenset(teams) for group, teams in cells.items()}


def hidden_in(workshop: Workshop, casts: Casts, domain: str) -> Iterator[Cell]:
    """Give every group and seat that scored, and is neither drawn alone nor made of such groups.

    What is made of whole groups that are drawn follows by adding them up, and holds the guard's
    number of scores like each of them; the pool counts as drawn, and so does the whole room.
    """
    drawn = _drawn(workshop, casts, domain)
    scored = [c for c in casts if c.domain == domain and isinstance(c.score, int)]
    cells = {
        teams
        for compare in Compare
        for teams in cells_of(workshop, casts, domain, compare).values()
    }
    yield from (Cell(domain, teams) for teams in cells if not _added_up(teams, drawn))
    for cast in scored:
        if not _added_up(frozenset({cast.team_id}), drawn):
            yield Cell(domain, frozenset({cast.team_id}), cast.seat_id)


def unsure_in(workshop: Workshop, casts: Casts, domain: str) -> Iterator[Cell]:
    """Give every group of fewer answers than the guard in which somebody could not say.

    What is drawn alone, or adds up from such groups, is left out. Of a room in which nobody gave
    points the room's own count says all.
    """
    here = [cast for cast in casts if cast.domain == domain]
    if all(cast.score == CANNOT_SAY for cast in here):
        return
    told = told_on(workshop, here, domain)
    answered = frozenset(told.answered)
    parts = {answered}
    for groups in told.counted.values():
        parts |= {frozenset(t for t in answered if groups[t] == groups[team]) for team in answered}
    every = {
        frozenset(team for team in answered if groups[team] == group)
        for groups in (groups_of(workshop.teams, compare) for compare in Compare)
        for group in groups.values()
    }
    for teams in every - {frozenset()}:
        cell = Cell(domain, teams)
        mine = [cast.score for cast in here if cell.holds(cast)]
        if CANNOT_SAY in mine and len(mine) < workshop.guard and not _added_up(teams, list(parts)):
            yield cell


def _packed(workshop: Workshop, rounds: Sequence[Round], shown: Shown, casts: Casts) -> Packed:
    seats = {(cast.team_id, cast.seat_id) for cast in casts}
    joined = {team: sum(of == team.id for of, _ in seats) for team in workshop.teams}
    asked = len(shown.rounds)
    progress = (
        TeamProgress(team=team, seats=n, finished=n, answers=n * asked, asked=n * asked)
        for team, n in joined.items()
    )
    return Packed(
        workshop=workshop.model_copy(update={"code": NO_CODE}),
        rounds=tuple(rounds),
        shown=shown,
        progress=tuple(progress),
        **dict.fromkeys(_WORDS, ()),
    )


def _drawn(workshop: Workshop, casts: Casts, domain: str) -> list[Teams]:
    """Give the teams behind each group of marks, and behind all: those of the guard or more.

    Fewer drawn alone would be a leak: they stay among the hidden, where the search finds no way.
    """
    told = told_on(workshop, casts, domain)
    parts = {
        frozenset(team for team in told.scored if told.groups(compare)[team].id == mark.group.id)
        for compare in Compare
        for mark in _marks(workshop, casts, domain, compare)
    }
    drawn = {*parts, frozenset().union(*parts)}
    return [
        portion for portion in drawn if sum(told.scored[team] for team in portion) >= workshop.guard
    ]


def _marks(workshop: Workshop, casts: Casts, domain: str, compare: Compare) -> tuple[Mark, ...]:
    scored = next(known for known in workshop.instrument.domains if known.key == domain)
    return spread_of(workshop, casts, scored, compare).marks


def _added_up(teams: Teams, drawn: Sequence[Teams]) -> bool:
    inside = [portion for portion in drawn if portion and portion <= teams]
    return frozenset().union(*inside) == teams
