"""One group against everyone else, on every domain, and how often shuffling gives as much."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from aqua_core.rules.lines.arrangements import Labels, arranged, count_of, ways_of
from aqua_core.rules.lines.ballots import Ballots, side_of
from aqua_core.vocabulary import Compare, Team

Grid = NDArray[np.float64]

_TIE = 1e-9
"""Equal sums of centred votes differ by rounding; without this a room would not tie itself."""


@dataclass(frozen=True)
class Along:
    """Every gap along one line: `gaps[group, domain]` in points, above 0 when the group is higher.

    A gap is absent where the group or everyone else gave no points. `leans` is the sum of the
    group's centred votes; `shares` is p. Groups are ids in alphabetical order, domains as cast.
    `ballots` are those compared: everyone else is whoever else has points there.
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

    The gap is the mean of the group less the mean of everyone else, in points (-5 to 5), exact.
    Its share p (0 to 1): votes are centred inside the other factor (partner: inside tier; tier:
    inside partner; team: the whole room); z = |sum of the group's centred votes| / its
    permutation sd; p is the share of arrangements whose LARGEST z over all groups and domains is
    as big: single-step max-T, Westfall & Young (1993). A group that is alone in its strata has
    one arrangement, z = 0 and p = 1. Blanks travel with their ballot and add nothing.

    Returns:
        None while fewer than two groups have ballots.
    """
    labels, groups = _numbered([side_of(team, line) for team in ballots.teams])
    strata, _ = _numbered([_stratum(team, line) for team in ballots.teams])
    if len(groups) < 2:
        return None
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


def centred(points: Grid, strata: Labels) -> Grid:
    """Give each vote less the mean of its stratum on that domain; blanks become 0."""
    votes = np.where(np.isnan(points), 0.0, points)
    cast = ~np.isnan(points)
    inside = (strata[:, None] == np.unique(strata)[None, :]).astype(np.float64)
    heads = inside.T @ cast
    means = np.divide(inside.T @ votes, heads, out=np.zeros_like(heads), where=heads > 0)
    return np.where(cast, votes - inside @ means, 0.0)


def permutation_sds(votes: Grid, labels: Labels, strata: Labels) -> Grid:
    """Give the sd of each group's sum (groups x domains) over all arrangements, in closed form.

    Drawing m of n without replacement, variance m (n - m) / (n (n - 1)) times the sum of squares
    (Cochran 1977, ch. 2), added over strata.
    """
    variances = np.zeros((int(labels.max()) + 1, votes.shape[1]))
    for each in np.unique(strata):
        here = strata == each
        heads = int(here.sum())
        drawn = np.bincount(labels[here], minlength=len(variances))
        weights = drawn * (heads - drawn) / (heads * max(heads - 1, 1))
        variances += np.outer(weights, (votes[here] ** 2).sum(axis=0))
    return np.sqrt(variances)


def sums_by_group(arrangements: Labels, votes: Grid, groups: int) -> Grid:
    """Give the sum of votes of each group under each arrangement (arrangement, group, domain)."""
    worn = [(arrangements == group).astype(np.float64) @ votes for group in range(groups)]
    return np.stack(worn, axis=1)


def _z(sums: Grid, sds: Grid) -> Grid:
    return np.divide(np.abs(sums), sds, out=np.zeros_like(sums), where=sds > _TIE)


def _largest(arrangements: Labels, votes: Grid, sds: Grid) -> Grid:
    largest: Grid = _z(
        (sums := sums_by_group(arrangements, votes, len(sds))), np.broadcast_to(sds, sums.shape)
    ).max(axis=(1, 2))
    return largest


def _shares(z: Grid, largest: Grid, all_of_them: bool) -> Grid:
    """Count arrangements as wide; a drawn sample counts the room itself too (Phipson 2010)."""
    as_wide = len(largest) - np.searchsorted(np.sort(largest), z - _TIE)
    extra = 0 if all_of_them else 1
    shares: Grid = (as_wide + extra) / (len(largest) + extra)
    return shares


def _gaps(
    points: Grid, labels: Labels, keys: list[tuple[str, str]]
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
