"""What may be shown of answers beside the framework: counts, with small groups only together.

Answers are kinds and no steps, so nothing here is ever an average. "Cannot say" is one of them.
Every asking is decided by itself, and nothing is told of how two askings go together: what a group
said now tells nothing of what it wants.

The whole room's counts are shown from the guard up. Where every group of somebody hidden could hold
the answers of anybody else, nothing of it follows; that fails only where the whole room is all
alike, and then they are not shown. Groups are shown apart in three steps, decided by counts of
seats and by what the step before shows (see `_apart`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from aqua_core.rules.groups import POOL
from aqua_core.rules.guard import Portion, counted_in, portions_of
from aqua_core.rules.stages import looks, scores_in
from aqua_core.vocabulary import (
    CANNOT_SAY,
    Cast,
    Compare,
    Domain,
    Group,
    Instrument,
    Round,
    Score,
    Team,
)
from aqua_core.vocabulary.beside import Counted, OfGroup, Row, ShownBeside
from aqua_core.vocabulary.event import Workshop
from aqua_core.vocabulary.framework import WHERE_TO_BEGIN, InstrumentKind

_ByTeam = Mapping[str, Sequence[Score]]
"""The answers of each team by its id, "cannot say" among them; teams without any are left out."""
CHOSEN = 1
"""The answer of a pick that says: this one."""


def beside_of(
    workshop: Workshop,
    rounds: Sequence[Round],
    casts: Sequence[Cast],
    checked: Mapping[str, int | None] | None = None,
) -> tuple[ShownBeside, ...]:
    """Let through what may be seen of what a workshop was asked beside its framework.

    Args:
        workshop: its teams, guard, and what it asks.
        rounds: every round.
        casts: every current answer beside the framework, sealed ones too.
        checked: what the room answered together, by key; None where it was opened, or taken back.
    """
    shown = rounds_shown(rounds, casts)
    given = [cast for cast in casts if shown.get(cast.domain) == cast.round]
    told = checked or {}
    found = (_shown(workshop, held, shown, given, told) for held in workshop.beside)
    return tuple(held for held in found if held.rows)


def rounds_shown(rounds: Sequence[Round], casts: Sequence[Cast]) -> dict[str, int]:
    """Give the number of the round that is shown under each key; what is sealed is left out."""
    read = looks(rounds, scores_in(casts, rounds))
    return {key: chains[-1][-1] for key, chains in read.items()}


def where_to_begin(instrument: Instrument) -> Instrument:
    """Give the question which two domains would help most if they moved, of a framework."""
    return Instrument(
        key=WHERE_TO_BEGIN,
        version=instrument.version,
        name="Where to begin",
        source="The question is Discovery Room's own.",
        levels=("Not now", "Would help most"),
        domains=tuple(
            Domain(
                key=domain.key,
                name=domain.short,
                short=domain.short,
                kind=domain.kind,
                question="Which two of these would help most if they moved?",
                statements=(),
            )
            for domain in instrument.domains
        ),
        kind=InstrumentKind.PICK,
    )


def _shown(
    workshop: Workshop,
    held: Instrument,
    shown: Collection[str],
    casts: Sequence[Cast],
    checked: Mapping[str, int | None],
) -> ShownBeside:
    return ShownBeside(
        **{name: getattr(held, name) for name in ("key", "version", "name", "kind", "source")},
        printed=held.printed,
        levels=held.levels,
        rows=tuple(_rows(workshop, held, shown, casts, checked)),
    )


def _rows(
    workshop: Workshop,
    held: Instrument,
    shown: Collection[str],
    casts: Sequence[Cast],
    checked: Mapping[str, int | None],
) -> Iterator[Row]:
    if not held.answering.sealed and not checked.keys() & {*held.keys}:
        return  # chosen, and opened by nobody yet
    many = held.answering.answers
    by_key: dict[str, dict[str, list[Score]]] = defaultdict(dict)
    for cast in casts:
        by_key[cast.domain].setdefault(cast.team_id, []).append(cast.score)
    picked = _picked(workshop, held, shown, casts) if held.answering.most else {}
    for feature in held.domains:
        keys = held.keys_of(feature)
        asked = [key for key in keys if key in shown]
        if held.answering.sealed and asked != list(keys):
            continue
        times = (picked.get(key) or counted_of(workshop, by_key[key], many) for key in asked)
        yield Row(
            key=feature.key,
            name=feature.name,
            short=feature.short,
            under=feature.under,
            question=feature.question,
            answers=feature.statements or held.levels,
            times=tuple(times),
            checked=checked.get(keys[0]),
            helps=feature.helps,
        )


def _picked(
    workshop: Workshop, held: Instrument, shown: Collection[str], casts: Sequence[Cast]
) -> dict[str, Counted]:
    """Count how many picked each row, of the seats that picked something; of the whole room alone.

    Nothing is told where all picked the same row: it would be known of each of them.
    """
    mine = [cast for cast in casts if cast.domain in held.keys and cast.score == CHOSEN]
    seats = {cast.seat_id: cast.team_id for cast in mine}
    chosen = Counter(cast.domain for cast in mine)
    small = any(many < workshop.guard for many in Counter(seats.values()).values())
    alike = small and len(seats) in chosen.values()
    told = bool(seats) and len(seats) >= workshop.guard and not alike
    return {
        key: Counted(
            told=told,
            counts=(len(seats) - chosen[key], chosen[key]) if told else (),
            cannot_say=0,
            partners=(),
            tiers=(),
        )
        for key in held.keys
        if key in shown
    }


def counted_of(workshop: Workshop, given: _ByTeam, answers: int) -> Counted:
    """Count the answers of one asking, as far as they may be shown.

    Args:
        workshop: its teams and guard.
        given: the answers of each team.
        answers: how many there are, besides "cannot say".
    """
    every = Counter(score for scores in given.values() for score in scores)
    small = any(len(scores) < workshop.guard for scores in given.values())
    if sum(every.values()) < workshop.guard or not every or (small and len(every) == 1):
        return Counted(told=False, counts=(), cannot_say=0, partners=(), tiers=())
    apart = _apart(workshop.teams, given, every, workshop.guard)
    return Counted(
        told=True,
        counts=_counts(every, answers),
        cannot_say=every[CANNOT_SAY],
        partners=tuple(_groups(given, apart[Compare.PARTNER], answers)) if apart else (),
        tiers=tuple(_groups(given, apart[Compare.TIER], answers)) if apart else (),
    )


def _apart(
    teams: Sequence[Team], given: _ByTeam, every: Counter[Score], guard: int
) -> Mapping[Compare, Mapping[str, Group]] | None:
    """Give the group in which each team is shown, or None where groups are not shown apart.

    1. Counts of seats alone decide who stands alone and who in the pool, as they do for scores.
    2. Teams that are told only together must not be all alike, or each would be known. Whoever
       knows this rule learns from groups that are not shown that such a part is. That tells
       nobody's answer where there is one such part, and the counts of the whole room leave open
       which of two answers or more it may all have given.
    3. So where they leave open one answer only, or there are two such parts and one may be all
       alike, groups are never shown apart, whatever is so. Before, six of the tiny rooms of 1+2,
       1+2 told how a tier had divided.
    """
    sizes = {team: len(scores) for team, scores in given.items()}
    counted = counted_in(teams, sizes, sizes, guard)
    several = [portion for portion in portions_of(counted, sizes) if len(portion) > 1]
    ways = sum(
        many >= sum(sizes[team] for team in portion)
        for portion in several
        for many in every.values()
    )
    known_by_it = ways == 1 or (ways and len(several) > 1)
    if known_by_it or any(_alike(given, portion) for portion in several):
        return None
    return counted


def _alike(given: _ByTeam, portion: Portion) -> bool:
    return len({score for team in portion for score in given[team]}) == 1


def _groups(given: _ByTeam, groups: Mapping[str, Group], answers: int) -> Iterator[OfGroup]:
    counts: dict[Group, Counter[Score]] = defaultdict(Counter)
    for team, scores in given.items():
        counts[groups[team]].update(scores)
    for group in sorted(counts, key=lambda group: (group is POOL, group.slot)):
        own = counts[group]
        yield OfGroup(group=group, counts=_counts(own, answers), cannot_say=own[CANNOT_SAY])


def _counts(given: Counter[Score], answers: int) -> tuple[int, ...]:
    return tuple(given[answer] for answer in range(answers))
