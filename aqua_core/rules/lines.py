"""How far groups stand apart along a line, and how often chance alone gives as much.

A *line* is what people are compared by: partner, tier or team. A *ballot* is one seat's points over
all domains. A *label* is the number of the group that a ballot wears; a *stratum* is the number of
the other factor (comparing partners, the tier), inside which labels are shuffled so that the other
factor explains nothing. An *arrangement* is one way to hand the labels out.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from aqua_core.rules.ballots import Ballots, side_of
from aqua_core.rules.groups import POOL
from aqua_core.rules.guard import Told
from aqua_core.vocabulary import Compare, Group, Team, Workshop

Labels = NDArray[np.intp]

SHUFFLES = 1999
"""With the room as it is that makes 2000: a share of .05 is known to within .01 (2 se)."""

MOST_LISTED = 1000
"""Up to here every arrangement is listed: 924, two teams of six, take 16 ms, which is what
drawing takes for 40 seats; the three lines then stay well within 100 ms."""

FEWEST_WAYS, FEWEST_SCORES = 40, 3
"""Arrangements, and scores on either side, below which nothing is claimed of a gap or a change.

The widest gap there can be, up or down, is 2 of the arrangements, and 2 in 40 is .05: with 20
(3 against 3) p cannot go below .10. With two scores nothing is known of their spread.
"""


def seed_of(workshop: str, rounds: Sequence[int], wave: str) -> int:
    """Give the seed of a room's shuffles: the same on every refresh and in every process.

    Python's own hash is salted anew in each process, so the number comes from SHA-256.
    """
    said = "/".join((workshop, *map(str, rounds), wave))
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8], "big")


def count_of(labels: Labels, strata: Labels) -> int:
    """Count the arrangements of labels inside strata: a multinomial each, multiplied."""
    return prod(_count(labels[strata == stratum]) for stratum in np.unique(strata))


def ways_of(label: int, labels: Labels, strata: Labels) -> int:
    """Count the sets of ballots that could wear one label: 1 where it fills its strata."""
    return prod(
        comb(int((strata == stratum).sum()), int(((strata == stratum) & (labels == label)).sum()))
        for stratum in np.unique(strata)
    )


def arranged(labels: Labels, strata: Labels, seed: int) -> tuple[Labels, bool]:
    """Give arrangements of labels, whole ballots shuffled inside strata.

    Args:
        labels: the group of each ballot.
        strata: the stratum of each ballot, ascending.
        seed: of the shuffles; not used when every arrangement is listed.

    Returns:
        An arrangement a row, and whether the rows are all arrangements there are. If so, the labels
        as given are one of the rows.
    """
    if count_of(labels, strata) <= MOST_LISTED:
        return _listed(labels, strata), True
    draws = np.random.default_rng(seed).random((SHUFFLES, len(labels)))
    return labels[np.argsort(draws + strata, axis=1)], False


def _count(labels: Labels) -> int:
    sizes = [int(size) for size in np.unique(labels, return_counts=True)[1]]
    return prod(comb(sum(sizes[: at + 1]), size) for at, size in enumerate(sizes))


def _listed(labels: Labels, strata: Labels) -> Labels:
    inside = [list(_orders(labels[strata == stratum])) for stratum in np.unique(strata)]
    return np.array([np.concatenate(parts) for parts in product(*inside)])


def _orders(labels: Labels) -> Iterator[Labels]:
    """Give every distinct order of the labels, placing one label after the other."""
    if len(labels) == 0:
        yield labels
        return
    label = labels[0]
    others = labels[labels != label]
    for places in combinations(range(len(labels)), len(labels) - len(others)):
        free = np.delete(np.arange(len(labels)), places)
        for rest in _orders(others):
            order = np.full(len(labels), label)
            order[free] = rest
            yield order


_Grid = NDArray[np.float64]

_TIE = 1e-9
"""Equal sums of centred votes differ by rounding; without this a room would not tie itself."""


@dataclass(frozen=True)
class Along:
    """Every gap along one line: `gaps[group, domain]` in points, above 0 when the group is higher.

    A gap is absent where the group or everyone else gave no points. `leans` is the sum of the
    group's centred votes (see `centred`), by the same keys; `shares` is how often chance alone
    gives as much (0 to 1, see `gaps_along`); `ways` is `ways_of` each group, `arrangements` how
    many there are. Groups are ids in alphabetical order, domains as in the ballots. `ballots` are
    those compared; "everyone else" on a domain is all others of them with points there.
    """

    line: Compare
    ballots: Ballots
    groups: tuple[str, ...]
    gaps: dict[tuple[str, str], Fraction]
    leans: dict[tuple[str, str], float]
    shares: dict[tuple[str, str], float]
    ways: dict[str, int]
    arrangements: int


def gaps_along(ballots: Ballots, line: Compare, seed: int) -> Along | None:
    """Measure each group of a line against everyone else, whole ballots shuffled inside strata.

    The gap is the mean of the group less that of everyone else, in points (-5 to 5), exact. Votes
    are centred inside the other factor (partner line: inside tier; tier line: inside partner; team
    line: the whole room). z is the absolute sum of the group's centred votes, divided by the sd of
    that sum over all arrangements. The share p (0 to 1) is that of arrangements whose LARGEST z
    over all groups and domains is as big: single-step max-T, Westfall & Young (1993). A group alone
    in its strata has one arrangement, z = 0, p = 1. A blank is shuffled and adds nothing to a sum.

    Args:
        ballots: those that are compared on this line (see `compared_along`).
        line: partner, tier or team.
        seed: of the shuffles (see `seed_of`).

    Returns:
        None while fewer than two groups have ballots.
    """
    labels, groups = _numbered([side_of(team, line) for team in ballots.teams])
    if len(groups) < 2:
        return None
    strata, _ = _numbered([_stratum(team, line) for team in ballots.teams])
    order = np.lexsort((labels, strata))
    labels, strata, points = labels[order], strata[order], ballots.points[order]
    votes = centred(points, strata)
    sds = permutation_sds(votes, labels, strata)
    arrangements, all_of_them = arranged(labels, strata, seed)
    sums = sums_by_group(labels[None, :], votes, len(groups))[0]
    shares = _shares(_z(sums, sds), _largest(arrangements, votes, sds), all_of_them)
    keys = [(group, domain) for group in groups for domain in ballots.domains]
    return Along(
        line=line,
        ballots=ballots,
        groups=groups,
        gaps=_gaps(points, labels, keys),
        leans=dict(zip(keys, sums.ravel().tolist(), strict=True)),
        shares=dict(zip(keys, shares.ravel().tolist(), strict=True)),
        ways={group: ways_of(at, labels, strata) for at, group in enumerate(groups)},
        arrangements=count_of(labels, strata),
    )


def centred(points: _Grid, strata: Labels) -> _Grid:
    """Give each vote less the mean of its stratum on that domain; blanks become 0."""
    votes = np.where(np.isnan(points), 0.0, points)
    cast = ~np.isnan(points)
    inside = (strata[:, None] == np.unique(strata)[None, :]).astype(np.float64)
    heads = inside.T @ cast
    means = np.divide(inside.T @ votes, heads, out=np.zeros_like(heads), where=heads > 0)
    return np.where(cast, votes - inside @ means, 0.0)


def permutation_sds(votes: _Grid, labels: Labels, strata: Labels) -> _Grid:
    """Give the sd of each group's sum of votes over all arrangements (groups x domains), exactly.

    A group of m ballots in a stratum of n draws m votes without replacement. The variance of their
    sum is m (n - m) / (n (n - 1)) times the stratum's sum of squares (Cochran 1977, ch. 2); the
    variances of the strata add up.
    """
    variances = np.zeros((int(labels.max()) + 1, votes.shape[1]))
    for stratum in np.unique(strata):
        here = strata == stratum
        heads = int(here.sum())
        drawn = np.bincount(labels[here], minlength=len(variances))
        weights = drawn * (heads - drawn) / (heads * max(heads - 1, 1))
        variances += np.outer(weights, (votes[here] ** 2).sum(axis=0))
    return np.sqrt(variances)


def sums_by_group(arrangements: Labels, votes: _Grid, groups: int) -> _Grid:
    """Give the sum of votes of each group under each arrangement (arrangement, group, domain)."""
    worn = [(arrangements == group).astype(np.float64) @ votes for group in range(groups)]
    return np.stack(worn, axis=1)


def _z(sums: _Grid, sds: _Grid) -> _Grid:
    return np.divide(np.abs(sums), sds, out=np.zeros_like(sums), where=sds > _TIE)


def _largest(arrangements: Labels, votes: _Grid, sds: _Grid) -> _Grid:
    largest: _Grid = _z(
        (sums := sums_by_group(arrangements, votes, len(sds))), np.broadcast_to(sds, sums.shape)
    ).max(axis=(1, 2))
    return largest


def _shares(z: _Grid, largest: _Grid, all_of_them: bool) -> _Grid:
    """Give the share of arrangements whose largest z is at least each z.

    A drawn sample also counts the room as it is (Phipson and Smyth 2010).
    """
    as_wide = len(largest) - np.searchsorted(np.sort(largest), z - _TIE)
    extra = 0 if all_of_them else 1
    shares: _Grid = (as_wide + extra) / (len(largest) + extra)
    return shares


def _gaps(
    points: _Grid, labels: Labels, keys: list[tuple[str, str]]
) -> dict[tuple[str, str], Fraction]:
    cast = ~np.isnan(points)
    worn = (labels[None, :] == np.arange(int(labels.max()) + 1)[:, None]).astype(np.float64)
    heads, sums = worn @ cast, worn @ np.nan_to_num(points)
    parts = zip(
        keys,
        sums.ravel().astype(int).tolist(),
        heads.ravel().astype(int).tolist(),
        (sums.sum(axis=0) - sums).ravel().astype(int).tolist(),
        (heads.sum(axis=0) - heads).ravel().astype(int).tolist(),
        strict=True,
    )
    return {
        key: Fraction(mine, my_heads) - Fraction(others, their_heads)
        for key, mine, my_heads, others, their_heads in parts
        if my_heads and their_heads
    }


def _numbered(sides: list[str]) -> tuple[Labels, tuple[str, ...]]:
    names, numbers = np.unique(np.array(sides, dtype=np.str_), return_inverse=True)
    return numbers.astype(np.intp), tuple(str(name) for name in names)


def _stratum(team: Team, line: Compare) -> str:
    match line:
        case Compare.PARTNER:
            return team.tier.value
        case Compare.TIER:
            return team.partner.id
        case Compare.TEAM:
            return ""


def groups_to_name(told: Told, line: Compare) -> dict[str, Group]:
    """Give the groups that may be named on one domain, by id: exactly those drawn alone there.

    A conversation says how many of the group and how many of everyone else stand low, between and
    high, and the gap of their two means. Both follow by adding up from the marks that the screen
    draws for the same groups, so they give nothing away that is not drawn already: the group
    reaches the guard, and so does everyone else, because the pool does. For the same reason the gap
    said aloud is the plain difference of two means: a gap weighted over tiers would be a second
    equation about the teams behind a partner. So would a tier of all partners: a tier holds only
    the partners that can be compared, as it is drawn (see `compared_along`).
    """
    if told.withheld:
        return {}
    groups = told.groups(line)
    named = [groups[team] for team in told.scored]
    return {group.id: group for group in named if group is not POOL}


def compared_along(ballots: Ballots, told: Mapping[str, Told], line: Compare) -> Ballots:
    """Give the ballots that a line compares: for tiers, those of teams that are shown alone.

    The tier of a score in the pool is not known: the pool's scores were dealt anew among its seats,
    so such a ballot may carry a score from another tier. All teams of a partner are in or all are
    out, so shuffling inside partners never mixes the two. Along the lines of partners and teams
    the ballots of the pool are part of "everyone else".

    Args:
        ballots: with the scores of the pool dealt anew (see `rules/ballots.py`).
        told: what may be shown of each domain of the ballots, by key.
        line: partner, tier or team.
    """
    if line is not Compare.TIER:
        return ballots
    groups = {domain: told[domain].groups(line) for domain in ballots.domains}
    return ballots.of_those(lambda team, domain: groups[domain][team.id] is not POOL)


def lines_are_hidden(
    workshop: Workshop, told: Told, named: Mapping[Compare, Mapping[str, Group]]
) -> bool:
    """Tell whether some group with points on a domain is too small to be named along some line.

    Args:
        workshop: its teams.
        told: what may be shown of the domain.
        named: the groups that may be named there, by line (see `groups_to_name`).
    """
    teams = [team for team in workshop.teams if team.id in told.scored]
    return any(side_of(team, line) not in named[line] for team in teams for line in Compare)
