"""Whether a place moved between two waves: like with like, and what shuffling says of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from aqua_core.rules import lines
from aqua_core.rules.candidates import one_in
from aqua_core.rules.whole import DIFFERS
from aqua_core.vocabulary.over_time import Change, Untold, Verdict

GATE, GATE_OF_PLACE = 0.5, 0.25
"""Points under which nothing is called moved: half a point of one domain, a quarter of all."""
MOVED, MAY_HAVE_MOVED = 0.05, 0.20
"""How often chance may give a change that is called moved, or said to be worth asking about."""
_BY_ITSELF = ((48, 0.03), (24, 0.05), (12, 0.09), (0, 0.15))
"""Points that the lowest of eight domains rises with nothing moved, by how many scored."""

_TIE = 1e-9

_Grid = NDArray[np.float64]


class Stratum(NamedTuple):
    """A team as it is found again in another wave: a partner's name, and a tier."""

    partner: str
    tier: str


Pair: TypeAlias = tuple[float | None, float | None]
"""The earlier and the later average, 0 to 5; None where one is not shown."""
Answers = Sequence[tuple[Stratum, Sequence[int | None]]]
"""Ballots of a wave: a team, and points or a blank for each domain; domains in one order."""


@dataclass(frozen=True)
class Measured:
    """A change between two waves, and what shuffling says of it.

    `change` (points, -5 to 5) compares like with like and is never shown: beside the averages it
    would be a second equation about small teams. It is None where nothing is compared. `share` is
    p, `least` the least change that would be clear here, None where none would. `compared` is how
    many scores of compared teams each wave has.
    """

    change: float | None
    share: float
    least: float | None
    compared: tuple[int, int]
    arrangements: int
    verdict: Verdict


@dataclass(frozen=True)
class Moved:
    """Each domain's change in order, and that of the place as a whole."""

    domains: tuple[Measured, ...]
    whole: Measured


class _Both(NamedTuple):
    """Ballots of both waves, strata ascending; `later` is 1 for a ballot of the second wave."""

    points: _Grid
    strata: lines.Labels
    later: lines.Labels
    partners: tuple[str, ...]

    @property
    def teams(self) -> lines.Labels:
        return np.unique(self.strata)


def moved_between(
    first: Answers, second: Answers, domains: int, seed: int, whole: Answers = ()
) -> Moved:
    """Measure the change of every domain between two waves of anonymous seats.

    A change is the mean over partners of the sum over teams of w (mean2 - mean1); only teams with
    points both times, w = h / sum of h inside a partner, h = n1 n2 / (n1 + n2). Which wave a ballot
    is of is shuffled inside its team, blanks going along; p is the share of arrangements whose
    LARGEST z^2 over the domains is as big: single-step max-T, Westfall & Young (1993). The place as
    a whole is the mean of the domains' changes: one question with a p of its own.

    Args:
        first: the earlier wave, as dealt.
        second: the later one.
        domains: how many; each ballot has as many answers.
        seed: of the shuffles; not used where all arrangements are listed.
        whole: both waves again, first then second, dealt for the place; as given where empty.
    """
    both = _both(first, second, domains)
    weights = _weights(both)
    found = _shuffled(both, weights, seed)
    other = _both(whole[: len(first)], whole[len(first) :], domains) if whole else both
    place = found if other is both else _shuffled(other, weights, seed)
    compared = _compared(both, weights)
    ways = lines.count_of(both.later, both.strata) if len(both.strata) else 1
    there = weights.sum(axis=0) > 0
    return Moved(
        _domains(found, there, compared, ways),
        _place(place, there, compared, ways),
    )


def verdict_of(
    measured: tuple[float | None, float, float | None],
    compared: tuple[int, int],
    arrangements: int,
    gate: float,
) -> Verdict:
    """Give the word for a change.

    Args:
        measured: the change, its p, and the least change that would have been clear.
        compared: scores of compared teams in each wave.
        arrangements: how many there are.
        gate: points under which nothing is called moved.
    """
    change, share, least = measured
    if _untold_of(change, compared, arrangements) is not None or change is None:
        return Verdict.CANNOT_BE_TOLD
    wide = abs(change) >= gate - _TIE
    if wide and share <= MOVED:
        return Verdict.MOVED_UP if change > 0 else Verdict.MOVED_DOWN
    if wide and share <= MAY_HAVE_MOVED:
        return Verdict.MAY_HAVE_MOVED_UP if change > 0 else Verdict.MAY_HAVE_MOVED_DOWN
    if least is not None and least <= gate + _TIE:
        return Verdict.HELD
    return Verdict.NO_CLEAR_CHANGE


def _untold_of(change: float | None, compared: tuple[int, int], arrangements: int) -> Untold | None:
    """Say why nothing can be said of a change; None where something can."""
    if change is None:
        return Untold.NOBODY_TWICE
    if min(compared) < lines.FEWEST_SCORES:
        return Untold.FEW_SCORES
    return Untold.FEW_WAYS if arrangements < lines.FEWEST_WAYS else None


def comes_by_itself(averages: Mapping[str, float], domain: str, rise: float, scored: int) -> bool:
    """Tell whether a rise is as small as the lowest domain's with nothing moved.

    The lowest of several averages is low in part by chance and comes back by itself (regression to
    the mean: Galton 1886); the figures are simulated, see `_BY_ITSELF`.

    Args:
        averages: of every domain in the earlier wave, 0 to 5.
        domain: the one that rose.
        rise: in points.
        scored: how many scored in the wave that had fewer.
    """
    lowest = bool(averages) and averages.get(domain) == min(averages.values())
    return lowest and 0 < rise < next(by for fewest, by in _BY_ITSELF if scored >= fewest)


def change_told(found: Measured, averages: Pair, why: Untold | None) -> Change:
    """Give a change as it is told beside two averages, or why it is not."""
    before, after = averages
    untold = why or _untold_of(found.change, found.compared, found.arrangements)
    if untold is None and None in averages:
        untold = Untold.NO_PARTNER_EACH_TIME
    move = Change(
        verdict=Verdict.CANNOT_BE_TOLD if untold else found.verdict,
        before=before,
        after=after,
        scored=found.compared,
        least=found.least,
        one_in=None if untold else one_in(found.share),
        untold=untold,
    )
    step = move.step()
    if untold or found.change is None or step is None:
        return move
    claimed = move.verdict.moved or move.verdict.may_have_moved
    if claimed and step * found.change <= 0:
        # The two averages say the other way, so no sentence with them would be true.
        other_way = {"verdict": Verdict.CANNOT_BE_TOLD, "untold": Untold.WHO_CAME, "one_in": None}
        return move.model_copy(update=other_way)
    return move.model_copy(update={"who_came": abs(step - found.change) >= DIFFERS})


def marked_by_itself(move: Change, averages: Mapping[str, float], domain: str) -> Change:
    """Give a change as one that comes by itself, where it does."""
    itself = comes_by_itself(averages, domain, move.step() or 0.0, min(move.scored))
    return move.model_copy(update={"by_itself": itself}) if itself else move


def as_one_hand(rows: Answers, linked: frozenset[Stratum]) -> Answers:
    """Deal answers that nobody knows the hand of so that one hand is high on every domain.

    Whoever scores one domain high tends to score all high, and chance then moves the place's
    average further than dealing at random would say.
    """
    teams: dict[Stratum, list[Sequence[int | None]]] = defaultdict(list)
    for team, row in rows:
        teams[team].append(row)
    return [
        (team, row)
        for team, given in teams.items()
        for row in (given if team in linked else _sorted_columns(given))
    ]


def _sorted_columns(rows: Sequence[Sequence[int | None]]) -> list[tuple[int | None, ...]]:
    columns = [sorted(column, key=blanks_last, reverse=True) for column in zip(*rows, strict=True)]
    return list(zip(*columns, strict=True))


def blanks_last(points: int | None) -> int:
    """Give what an answer is sorted by."""
    return -1 if points is None else points


def _both(first: Answers, second: Answers, domains: int) -> _Both:
    rows = [(team, 0, row) for team, row in first] + [(team, 1, row) for team, row in second]
    twice = {team for team, _ in first} & {team for team, _ in second}
    rows = sorted((row for row in rows if row[0] in twice), key=lambda row: row[:2])
    teams = sorted(twice)
    return _Both(
        np.array([row for _, _, row in rows], dtype=np.float64).reshape(len(rows), domains),
        np.array([teams.index(team) for team, _, _ in rows], dtype=np.intp),
        np.array([later for _, later, _ in rows], dtype=np.intp),
        tuple(team.partner for team in teams),
    )


def _counts(both: _Both) -> tuple[_Grid, _Grid]:
    """Give how many scores each team has (team, domain), in the first wave and in the second."""
    cast = ~np.isnan(both.points)
    inside = (both.teams[:, None] == both.strata[None, :]).astype(np.float64)
    later = both.later[:, None].astype(np.float64)
    return inside @ (cast * (1 - later)), inside @ (cast * later)


def _weights(both: _Both) -> _Grid:
    """Give what one second-wave score of each team adds to the change, by domain."""
    before, after = _counts(both)
    shared = np.divide(
        before * after, before + after, out=np.zeros_like(before), where=before * after > 0
    )
    partners = sorted(set(both.partners))
    of = np.array([[float(own == partner) for own in both.partners] for partner in partners])
    of = of.reshape(len(partners), len(both.partners))
    inside = of.T @ (of @ shared)
    count = ((of @ shared) > 0).sum(axis=0)
    weights: _Grid = np.zeros_like(shared)
    there = shared > 0
    each_way = np.broadcast_to(count, shared.shape)
    weights[there] = (
        shared[there] / inside[there] / each_way[there] * (1 / before[there] + 1 / after[there])
    )
    return weights


def _compared(both: _Both, weights: _Grid) -> list[tuple[int, int]]:
    before, after = _counts(both)
    there = weights > 0
    sums = ((before * there).sum(axis=0), (after * there).sum(axis=0))
    return [(int(one), int(other)) for one, other in zip(*sums, strict=True)]


class _Shuffled(NamedTuple):
    """Changes under every arrangement (arrangement, domain), and as they are."""

    changes: _Grid
    as_is: _Grid
    variances: _Grid
    all_of_them: bool

    def share(self, sizes: _Grid, size: float) -> float:
        """Give the share of arrangements as big; a drawn sample counts the room itself too."""
        extra = 0 if self.all_of_them else 1
        return (int((sizes >= size - _TIE).sum()) + extra) / (len(sizes) + extra)

    def least(self, sizes: _Grid) -> float | None:
        """Give the least size that so few arrangements reach that it would be clear."""
        values, counts = np.unique(np.round(sizes, 9), return_counts=True)
        extra = 0 if self.all_of_them else 1
        reach = np.cumsum(counts[::-1])[::-1] + extra
        clear = values[(reach <= MOVED * (len(sizes) + extra) + _TIE) & (values > _TIE)]
        return float(clear[0]) if len(clear) else None


def _shuffled(both: _Both, weights: _Grid, seed: int) -> _Shuffled:
    if not len(both.strata):
        nothing = np.zeros((1, weights.shape[1]))
        return _Shuffled(nothing, nothing[0], nothing[0], all_of_them=True)
    votes = lines.centred(both.points, both.strata) * weights[both.strata]
    orders, all_of_them = lines.arranged(both.later, both.strata, seed)
    changes = orders.astype(np.float64) @ votes
    return _Shuffled(changes, both.later @ votes, _variances(both, votes), all_of_them)


def _variances(both: _Both, votes: _Grid) -> _Grid:
    """Drawing m of N without replacement: m (N - m) / (N (N - 1)) (Cochran 1977, ch. 2)."""
    variances: _Grid = np.zeros(votes.shape[1])
    for team in both.teams:
        here = both.strata == team
        heads, later = int(here.sum()), int(both.later[here].sum())
        share = later * (heads - later) / (heads * max(heads - 1, 1))
        variances += share * (votes[here] ** 2).sum(axis=0)
    return variances


def _squares(found: _Shuffled, changes: _Grid) -> _Grid:
    spread = np.broadcast_to(found.variances, changes.shape)
    return np.divide(changes**2, spread, out=np.zeros_like(changes), where=spread > _TIE)


def _domains(
    found: _Shuffled, there: NDArray[np.bool_], compared: Sequence[tuple[int, int]], ways: int
) -> tuple[Measured, ...]:
    largest = _squares(found, found.changes).max(axis=1, initial=0.0)
    squares, reach = _squares(found, found.as_is), found.least(largest)
    measured = []
    for n, scored in enumerate(compared):
        share, variance = found.share(largest, float(squares[n])), float(found.variances[n])
        least = (reach * variance) ** 0.5 if reach is not None and variance > _TIE else None
        change = float(found.as_is[n]) if there[n] else None
        verdict = verdict_of((change, share, least), scored, ways, GATE)
        measured.append(Measured(change, share, least, scored, ways, verdict))
    return tuple(measured)


def _place(
    found: _Shuffled, there: NDArray[np.bool_], compared: Sequence[tuple[int, int]], ways: int
) -> Measured:
    most = (
        max((one for one, _ in compared), default=0),
        max((two for _, two in compared), default=0),
    )
    if not there.any():
        return Measured(None, 1.0, None, most, ways, Verdict.CANNOT_BE_TOLD)
    changes = np.abs(found.changes[:, there].mean(axis=1))
    change = float(found.as_is[there].mean())
    share, least = found.share(changes, abs(change)), found.least(changes)
    # Of one domain the place is that domain, and a second, lower gate would say another word.
    gate = GATE_OF_PLACE if there.sum() > 1 else GATE
    verdict = verdict_of((change, share, least), most, ways, gate)
    return Measured(change, share, least, most, ways, verdict)
