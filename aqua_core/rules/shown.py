"""The one gate: from every score of a workshop, sealed or not, to what may be seen of it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from aqua_core.rules.agreement import spread_of
from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.room import read_room
from aqua_core.rules.stages import Asked, Chain, chains_of, scores_in
from aqua_core.rules.stages import looks as looks_of
from aqua_core.rules.talk import Guessed, misreadings_of
from aqua_core.rules.whole import blanks_of, levels_of
from aqua_core.vocabulary import Cast, Compare, Domain, Gap, Round, Spread, Workshop
from aqua_core.vocabulary.event import ON_PAPER
from aqua_core.vocabulary.shown import BeenHere, LookShown, Movement, Results, RoomReading, Shown

T = TypeVar("T")

Guesses = Mapping[tuple[str, int], Sequence[Guessed]]
"""Guesses by (domain, round number); at most one a seat in each round."""


class Seen(NamedTuple):
    """What the room may see, and what the facilitator alone is told: whole, with its tells."""

    shown: Shown
    private: RoomReading


def seen_of(
    workshop: Workshop,
    rounds: Sequence[Round],
    casts: Sequence[Cast],
    guesses: Guesses | None = None,
    aside: Collection[tuple[str, int]] = (),
) -> Seen:
    """Let through what may be seen of a workshop's scores.

    Args:
        workshop: its teams, instrument and guard.
        rounds: every round.
        casts: every current score, sealed ones too; at most one a seat, domain and round.
        guesses: every guess, sealed ones too.
        aside: (domain, round number) of the cards that the facilitator set aside.
    """
    results = results_of(workshop, rounds, casts, guesses)
    looked = _looked(looks_of(rounds, scores_in(casts, rounds)), casts)
    newest = [cast for cast in looked if results.rounds.get(cast.domain) == cast.round]
    left_out = [domain for domain, number in aside if results.rounds.get(domain) == number]
    read = read_room(workshop, looked, left_out)
    shown = Shown(
        **{field: getattr(results, field) for field in Results.model_fields},
        levels=levels_of(workshop, newest, tuple(results.rounds), read.domains),
        topics=read.topics,
        looked_at=read.looked_at,
        domains=read.domains,
        lines_hidden=read.lines_hidden,
        movements=tuple(map(_without_pull, read.movements)),
    )
    return Seen(shown, read)


def been_here_of(workshop: Workshop, shown: Results, been: tuple[int, int]) -> BeenHere | None:
    """Give how many were here last time, after a reveal, where neither side is below the guard.

    Nobody is no group. `been` counts who says yes, and who says no.
    """
    yes, no = been
    if not shown.rounds or not yes + no or any(0 < side < workshop.guard for side in been):
        return None
    return BeenHere(yes=yes, answered=yes + no)


def on_paper_of(shown: Results, casts: Iterable[Cast]) -> int:
    """Count the seats of which the facilitator typed from paper what is shown."""
    scored = {cast.seat_id for cast in casts if shown.rounds.get(cast.domain) == cast.round}
    return sum(seat_id.startswith(ON_PAPER) for seat_id in scored)


def results_of(
    workshop: Workshop,
    rounds: Sequence[Round],
    casts: Sequence[Cast],
    guesses: Guesses | None = None,
) -> Results:
    """Give the part of `Shown` that needs no chance: of 200 seats in a fifth of the time.

    Args:
        workshop: its teams, instrument and guard.
        rounds: every round.
        casts: every current score, sealed ones too; at most one a seat, domain and round.
        guesses: every guess, sealed ones too.
    """
    scores = scores_in(casts, rounds)
    chains = looks_of(rounds, scores)
    numbers = _in_order(workshop, {key: read[-1][-1] for key, read in chains.items()})
    looked, keys = _looked(chains, casts), tuple(numbers)
    newest = [cast for cast in looked if numbers.get(cast.domain) == cast.round]
    domains = [domain for domain in workshop.instrument.domains if domain.key in numbers]
    given = [guess for asked in numbers.items() for guess in (guesses or {}).get(asked, ())]
    return Results(
        rounds=numbers,
        looks=tuple(_looks_shown(rounds, numbers, scores)),
        gaps=_by(lambda line: map(_told, gaps_of(workshop, newest, keys, line))),
        spreads=_by(lambda line: (spread_of(workshop, newest, domain, line) for domain in domains)),
        first_spreads=_by(lambda line: _first_spreads(workshop, looked, domains, line)),
        blanks=_by(lambda line: blanks_of(workshop, newest, keys, line)),
        misreadings=misreadings_of(workshop, newest, given, keys),
    )


def _looked(chains: Mapping[str, Sequence[Chain]], casts: Sequence[Cast]) -> list[Cast]:
    """Give the casts that are not sealed: of each domain's looks that may be read."""
    may_be_read = {(key, chain[-1]) for key, read in chains.items() for chain in read}
    return [cast for cast in casts if (cast.domain, cast.round) in may_be_read]


def _by(ask: Callable[[Compare], Iterable[T]]) -> dict[Compare, tuple[T, ...]]:
    return {compare: tuple(ask(compare)) for compare in Compare}


def _looks_shown(
    rounds: Sequence[Round], numbers: Mapping[str, int], scores: Mapping[Asked, int]
) -> Iterator[LookShown]:
    for key, number in numbers.items():
        chains = chains_of(rounds, key)
        last = [chain[-1] for chain in chains]
        if len(chains) > 1:
            yield LookShown(
                domain=key,
                shown=last.index(number) + 1,
                newest=len(chains),
                scores=scores.get((key, last[-1]), 0),
            )


def _in_order(workshop: Workshop, numbers: Mapping[str, int]) -> dict[str, int]:
    keys = (domain.key for domain in workshop.instrument.domains)
    return {key: numbers[key] for key in keys if key in numbers}


def _told(gap: Gap) -> Gap:
    # Pages say whether groups are held back. How many they are would tell of a hidden team whether
    # anybody in it gave points.
    return gap.model_copy(update={"held_back": min(gap.held_back, 1)})


def _without_pull(movement: Movement) -> Movement:
    return movement.model_copy(update={"pull": None, "pattern": None})


def _first_spreads(
    workshop: Workshop, looked: Sequence[Cast], domains: Sequence[Domain], compare: Compare
) -> Iterator[Spread]:
    for domain in domains:
        here = [cast for cast in looked if cast.domain == domain.key]
        numbers = {cast.round for cast in here}
        if len(numbers) > 1:
            first = [cast for cast in here if cast.round == min(numbers)]
            yield spread_of(workshop, first, domain, compare)
