"""What two waves of a place may tell together: only what each of them tells already.

A team that is hidden in one wave and shown in the other would follow from a figure over both. So a
team counts only where the same teams are told together in both waves, by how many answered and
never by what they said; and everything is worked out from ballots as they are dealt, which hold
nothing that the marks of each wave do not show.
"""

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import fmean
from typing import TypeVar

from aqua_core.rules import moving
from aqua_core.rules.ballots import ballots_of, dealt
from aqua_core.rules.groups import POOL
from aqua_core.rules.guard import Told, told_on
from aqua_core.rules.whole import by_heads
from aqua_core.vocabulary import (
    Cast,
    Compare,
    Domain,
    Holder,
    Mark,
    Spread,
    Tier,
    Workshop,
    same_name,
)
from aqua_core.vocabulary.over_time import Change, Untold
from aqua_core.vocabulary.shown import Results

_MIX = Fraction(1, 4)
"""How far the shares of teams that are told together may differ between the waves."""
T = TypeVar("T")

_Averages = Mapping[str, moving.Pair]
"""The earlier and the later average (0 to 5) by domain key; None where it is not shown."""
_NONE: moving.Pair = (None, None)
_Part = Mapping[moving.Stratum, int]
"""Teams whose answers on a domain are told together, and how many of each answered."""


@dataclass(frozen=True)
class WaveScores:
    """A wave's scores as far as they are told, by domain key.

    `ballots` are as dealt, one answer a domain. `parts` are who is told together. `partners` are
    points of each partner that is shown alone; `pools` those of the partners in the pool, with
    their names. `linked` are teams whose ballots are theirs on every domain: of others nobody
    knows which answers one person gave. `wording` is a hash of what was scored. `agreed` says that
    teams on laptops agreed the scores: they are no draw, so nothing is said of chance.
    """

    domains: tuple[str, ...]
    ballots: moving.Answers
    parts: Mapping[str, tuple[_Part, ...]]
    partners: Mapping[str, Mapping[str, Sequence[int]]]
    pools: Mapping[str, tuple[frozenset[str], Sequence[int]]]
    wording: Mapping[str, str]
    linked: frozenset[moving.Stratum] = field(default_factory=frozenset)
    agreed: bool = False


def wording_of(domain: Domain) -> str:
    """Give a hash of all that was read before a domain was scored: SHA-256, in hexadecimal."""
    said = "\n".join((domain.name, domain.question, *domain.statements))
    return hashlib.sha256(said.encode()).hexdigest()


def wave_scores_of(workshop: Workshop, casts: Sequence[Cast]) -> WaveScores:
    """Collect a workshop's scores as far as they are told.

    Args:
        workshop: its teams, instrument and guard; of a wave with several sittings, one that has
            the teams of all of them.
        casts: the newest revealed round of each domain, at most one a seat and domain.
    """
    keys = {cast.domain for cast in casts}
    told = {
        domain.key: told_on(workshop, casts, domain.key)
        for domain in workshop.instrument.domains
        if domain.key in keys
    }
    ballots = ballots_of(workshop, dealt(casts, told))
    of_team = {team.id: _stratum(team.partner.name, team.tier) for team in workshop.teams}
    rows = [(of_team[team.id], row) for team, row in zip(ballots.teams, ballots.rows, strict=True)]
    shown = {key: on_domain for key, on_domain in told.items() if not on_domain.withheld}
    parts = {key: _parts(on_domain, of_team) for key, on_domain in shown.items()}
    return WaveScores(
        domains=tuple(told),
        ballots=rows,
        parts=parts,
        partners={
            key: _alone(on_domain, ballots.column(key), of_team) for key, on_domain in shown.items()
        },
        pools={
            key: _pool(on_domain, ballots.column(key), of_team) for key, on_domain in shown.items()
        },
        wording=_wordings(workshop),
        linked=_linked(of_team, shown.values()),
        agreed=workshop.holder is Holder.LAPTOP,
    )


def wave_scores_shown(workshop: Workshop, results: Results) -> WaveScores:
    """Collect the same of a wave of which only what was shown is known: from a pack.

    Ballots are dealt from the marks of teams that are shown alone; who of the others scored is not
    told, so they are not compared. Which answers one person gave is not told of anybody.
    """
    of_team = {team.id: _stratum(team.partner.name, team.tier) for team in workshop.teams}
    names = {partner.id: same_name(partner.name) for partner in workshop.partners}
    teams, partners = (
        _marked_alone(results.spreads[line]) for line in (Compare.TEAM, Compare.PARTNER)
    )
    hands = {key: _in_hand(given, of_team, key) for key, given in teams.items()}
    seats: dict[moving.Stratum, int] = defaultdict(int)
    for hand in hands.values():
        for stratum, points in hand.items():
            seats[stratum] = max(seats[stratum], len(points))
    return WaveScores(
        domains=tuple(teams),
        ballots=[
            (team, tuple(_nth(hands[key].get(team, ()), n) for key in teams))
            for team, count in sorted(seats.items())
            for n in range(count)
        ],
        parts={
            key: tuple({team: len(points)} for team, points in hand.items())
            for key, hand in hands.items()
        },
        partners={
            key: {names[partner]: points for partner, points in given.items()}
            for key, given in partners.items()
        },
        pools={key: (frozenset(), ()) for key in teams},
        wording=_wordings(workshop),
        agreed=workshop.holder is Holder.LAPTOP,
    )


def compared_in(
    first: WaveScores, second: WaveScores, domain: str
) -> tuple[frozenset[moving.Stratum], ...]:
    """Give the teams that may be compared on a domain, in sets that are told together.

    A team told alone both times is a set of its own. Where a team is told alone in one wave and
    with others in the other, all of them are one set in both; a set is compared where its teams
    came in about the same shares each time, because another mix would look like another score. All
    of it goes by who answered, so that it says nothing of what anybody said.
    """
    if not _same_words(first, second, domain):
        return ()
    parts = (first.parts.get(domain, ()), second.parts.get(domain, ()))
    if not all(parts):
        return ()
    sets = _joined(frozenset(part) for some in parts for part in some)
    answered = [_answered(some) for some in parts]
    return tuple(sorted((one for one in sets if _mix(one, *answered) <= _MIX), key=sorted))


def averages_of_all(waves: Sequence[WaveScores], domain: str) -> tuple[Fraction | None, ...]:
    """Give the averages of the partners that came each time, each weighing the same (0 to 5).

    A partner that is shown alone in one wave and pooled in another counts with those it is pooled
    with, as the pool does: each of them stands where all of them stand. So what is averaged adds up
    from marks that each wave shows. Sets in which somebody did not come each time are left out.

    Returns:
        An average a wave; None for a wave that does not show the domain, and for all of them where
        no partner came each time.
    """
    told = [_told_of_partners(wave, domain) for wave in waves]
    here = [groups for groups in told if groups]
    sets = [
        names
        for names in _joined(names for groups in here for names in groups)
        if all(_came(names, groups) for groups in here)
    ]
    if not sets:
        return (None,) * len(waves)
    size = sum(map(len, sets))
    return tuple(
        sum((len(n) * by_heads([_points_of(n, groups)]) for n in sets), Fraction(0)) / size
        if groups
        else None
        for groups in told
    )


def moves_between(
    first: WaveScores, second: WaveScores, averages: _Averages, seed: int
) -> tuple[dict[str, Change], Change]:
    """Say of each domain, and of the place as a whole, whether it moved between two waves.

    Args:
        first: the earlier wave.
        second: the later one.
        averages: by domain key, in the instrument's order: the two that stand on the page.
        seed: of the shuffles: the same for the same two waves.

    Returns:
        A move for every domain, by its key, and that of the place.
    """
    domains = tuple(averages)
    compared = {key: compared_in(first, second, key) for key in domains}
    ballots = [_rows(wave, domains, compared) for wave in (first, second)]
    together = {team for sets in compared.values() for one in sets if len(one) > 1 for team in one}
    linked = (first.linked & second.linked) - together
    known = all(team in linked for rows in ballots for team, _ in rows)
    whole = [] if known else [row for rows in ballots for row in moving.as_one_hand(rows, linked)]
    moved = moving.moved_between(ballots[0], ballots[1], len(domains), seed, whole)
    before = {key: one for key, (one, _) in averages.items() if one is not None}
    moves = {
        key: moving.marked_by_itself(told, before, key)
        for key, found in zip(domains, moved.domains, strict=True)
        for told in [moving.change_told(found, averages[key], _why_not(first, second, key))]
    }
    there = [
        (one, two)
        for key, (one, two) in averages.items()
        if compared[key] and one is not None and two is not None
    ]
    means = (fmean(one for one, _ in there), fmean(two for _, two in there)) if there else _NONE
    why = Untold.AGREED if _agreed(first, second) else None
    return moves, moving.change_told(moved.whole, means, why)


def _stratum(partner: str, tier: Tier) -> moving.Stratum:
    return moving.Stratum(same_name(partner), tier.value)


def _wordings(workshop: Workshop) -> dict[str, str]:
    return {domain.key: wording_of(domain) for domain in workshop.instrument.domains}


def _parts(told: Told, of_team: Mapping[str, moving.Stratum]) -> tuple[_Part, ...]:
    parts = []
    for portion in told.answers:
        part: dict[moving.Stratum, int] = defaultdict(int)
        for team in portion:
            part[of_team[team]] += told.answered[team]
        parts.append(dict(part))
    return tuple(parts)


def _alone(
    told: Told, points: Sequence[tuple[str, int]], of_team: Mapping[str, moving.Stratum]
) -> dict[str, list[int]]:
    groups = told.groups(Compare.PARTNER)
    given: dict[str, list[int]] = defaultdict(list)
    for team, one in points:
        if groups[team] is not POOL:
            given[of_team[team].partner].append(one)
    return dict(given)


def _pool(
    told: Told, points: Sequence[tuple[str, int]], of_team: Mapping[str, moving.Stratum]
) -> tuple[frozenset[str], list[int]]:
    groups = told.groups(Compare.PARTNER)
    names = frozenset(of_team[team].partner for team in told.answered if groups[team] is POOL)
    return names, [one for team, one in points if groups[team] is POOL]


def _linked(
    of_team: Mapping[str, moving.Stratum], told: Iterable[Told]
) -> frozenset[moving.Stratum]:
    portions = [portion for on_domain in told for portion in on_domain.answers if len(portion) > 1]
    return frozenset(of_team.values()) - {of_team[team] for some in portions for team in some}


def _marked_alone(spreads: Iterable[Spread]) -> dict[str, dict[str, list[int]]]:
    return {
        spread.domain.key: _marked(spread.marks) for spread in spreads if spread.average is not None
    }


def _marked(marks: Iterable[Mark]) -> dict[str, list[int]]:
    given: dict[str, list[int]] = defaultdict(list)
    for mark in marks:
        if mark.group.id != POOL.id:
            given[mark.group.id].extend([mark.points] * mark.seats)
    return given


def _in_hand(
    given: Mapping[str, Sequence[int]], of_team: Mapping[str, moving.Stratum], key: str
) -> dict[moving.Stratum, list[int]]:
    """Give the points of a domain as dealt: teams of one partner at one tier share a hand."""
    held: dict[moving.Stratum, list[int]] = defaultdict(list)
    for team, points in given.items():
        held[of_team[team]].extend(points)
    return {stratum: _mixed(points, key) for stratum, points in held.items()}


def _mixed(points: Sequence[int], key: str) -> list[int]:
    hand = sorted(points)
    random.Random(f"{key} {hand}").shuffle(hand)
    return hand


def _nth(points: Sequence[int], n: int) -> int | None:
    return points[n] if n < len(points) else None


def _joined(parts: Iterable[frozenset[T]]) -> list[frozenset[T]]:
    """Join sets that share a member until none do."""
    sets: list[frozenset[T]] = []
    for part in parts:
        touched = [one for one in sets if one & part]
        sets = [one for one in sets if one not in touched]
        sets.append(part.union(*touched))
    return sets


def _told_of_partners(wave: WaveScores, domain: str) -> dict[frozenset[str], Sequence[int]]:
    """Give the points of partners by their names: alone, and those of the pool together."""
    told = {frozenset({name}): given for name, given in wave.partners.get(domain, {}).items()}
    names, points = wave.pools.get(domain, (frozenset(), ()))
    return {**told, names: points} if names else told


def _came(names: frozenset[str], groups: Mapping[frozenset[str], Sequence[int]]) -> bool:
    return frozenset().union(*groups) >= names and bool(_points_of(names, groups))


def _points_of(names: frozenset[str], groups: Mapping[frozenset[str], Sequence[int]]) -> list[int]:
    return [one for some, given in groups.items() if some <= names for one in given]


def _same_words(first: WaveScores, second: WaveScores, domain: str) -> bool:
    return first.wording.get(domain) == second.wording.get(domain)


def _answered(parts: Iterable[_Part]) -> dict[moving.Stratum, int]:
    counts: dict[moving.Stratum, int] = defaultdict(int)
    for part in parts:
        for team, count in part.items():
            counts[team] += count
    return counts


def _mix(
    teams: frozenset[moving.Stratum],
    first: Mapping[moving.Stratum, int],
    second: Mapping[moving.Stratum, int],
) -> Fraction:
    """Give how far the shares of the teams differ, 0 to 1: half the sum of the differences."""
    sizes = [sum(wave.get(team, 0) for team in teams) for wave in (first, second)]
    if not all(sizes):
        return Fraction(1)
    shares = [
        Fraction(first.get(team, 0), sizes[0]) - Fraction(second.get(team, 0), sizes[1])
        for team in teams
    ]
    return sum(map(abs, shares), Fraction(0)) / 2


def _rows(
    wave: WaveScores,
    domains: Sequence[str],
    compared: Mapping[str, Sequence[frozenset[moving.Stratum]]],
) -> moving.Answers:
    """Give the ballots of teams that are compared, blank where they are not.

    Answers of teams that are compared together are dealt among them: nobody is to stand for
    themselves in one wave and for all of them in the other.
    """
    there = {team for sets in compared.values() for teams in sets for team in teams}
    teams = [(n, team) for n, (team, _) in enumerate(wave.ballots) if team in there]
    columns = {key: [row[at] for _, row in wave.ballots] for at, key in enumerate(wave.domains)}
    answers: dict[str, dict[int, int | None]] = {}
    for key in domains:
        answers[key] = {}
        for one in compared[key]:
            mine = [n for n, team in teams if team in one]
            hand = [columns[key][n] for n in mine]
            if len(one) > 1:
                hand.sort(key=moving.blanks_last)
                random.Random(f"{key} {hand}").shuffle(hand)
            answers[key] |= dict(zip(mine, hand, strict=True))
    return [(team, tuple(answers[key].get(n) for key in domains)) for n, team in teams]


def _why_not(first: WaveScores, second: WaveScores, domain: str) -> Untold | None:
    if not all(domain in wave.parts for wave in (first, second)):
        return Untold.NOT_SHOWN
    if not _same_words(first, second, domain):
        return Untold.OTHER_WORDS
    return Untold.AGREED if _agreed(first, second) else None


def _agreed(first: WaveScores, second: WaveScores) -> bool:
    return first.agreed or second.agreed
