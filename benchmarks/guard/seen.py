"""Everything that is shown of a revealed room, and which groups are hidden in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aqua_core.rules import shown as rules
from aqua_core.rules.groups import POOL, groups_of
from aqua_core.rules.guard.telling import told_on
from aqua_core.rules.spread import spread_of
from aqua_core.rules.talk.guessing import Guessed, own_guesses_of, partner_to_guess
from aqua_core.vocabulary import Cast, Compare, Mark, Round, Workshop
from aqua_core.vocabulary.shown import Shown

Casts = Sequence[Cast]
Teams = frozenset[str]


@dataclass(frozen=True)
class Cell:
    """Somebody on one domain: a group's teams, or one seat of a team."""

    domain: str
    teams: Teams
    seat: str | None = None

    def holds(self, cast: Cast) -> bool:
        """Tell whether a cast is part of it."""
        mine = self.seat is None or cast.seat_id == self.seat
        return mine and cast.domain == self.domain and cast.team_id in self.teams


def shown_of(workshop: Workshop, casts: Casts) -> tuple[Shown, list[object]]:
    """Give all that a room, a seat or an export shows: two rooms that give the same look the same.

    It is what the app itself lets through of one revealed look at each domain, with what a seat
    is told of its own guesses.
    """
    asked = sorted({(cast.domain, cast.round) for cast in casts})
    rounds = [Round(domain=domain, number=number, revealed=True) for domain, number in asked]
    guesses = {each: guesses_on(workshop, each[0]) for each in asked}
    shown = rules.shown_of(workshop, rounds, casts, guesses)
    gaps = shown.gaps[Compare.PARTNER]
    mine = [own_guesses_of(workshop, {}, [each], gaps) for on in guesses.values() for each in on]
    return shown, mine


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
    return [each for each in drawn if sum(told.scored[team] for team in each) >= workshop.guard]


def _marks(workshop: Workshop, casts: Casts, domain: str, compare: Compare) -> tuple[Mark, ...]:
    scored = next(each for each in workshop.instrument.domains if each.key == domain)
    return spread_of(workshop, casts, scored, compare).marks


def _added_up(teams: Teams, drawn: Sequence[Teams]) -> bool:
    inside = [each for each in drawn if each and each <= teams]
    return frozenset().union(*inside) == teams
