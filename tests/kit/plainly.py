"""The statistics once more, plainer: loops over Python numbers, for the tests to compare with."""

from collections.abc import Collection, Iterator, Sequence
from itertools import permutations
from math import sqrt

from aqua_core.vocabulary import Cast, Workshop

Seated = tuple[str, str, str, dict[str, int]]
"""Partner, tier, team, and the points given by domain."""


def median(votes: Sequence[int]) -> float:
    ordered = sorted(votes)
    while len(ordered) > 2:
        ordered = ordered[1:-1]
    return sum(ordered) / len(ordered)


def deviation(votes: Sequence[int]) -> float:
    middle = median(votes)
    return sum(abs(vote - middle) for vote in votes) / len(votes)


def camps(votes: Sequence[int]) -> bool:
    low, high = (sum(vote in third for vote in votes) for third in ((0, 1), (4, 5)))
    between = len(votes) - low - high
    big_enough = (
        low >= 2 and high >= 2 and 10 * low >= 3 * len(votes) and 10 * high >= 3 * len(votes)
    )
    return big_enough and between < low and between < high


def compared(
    workshop: Workshop, casts: Sequence[Cast], domain: str, alone: Collection[str]
) -> set[str]:
    """Give the ids of teams of partners drawn `alone` in which no team is below the guard."""
    found = set()
    for partner in alone:
        teams = [team.id for team in workshop.teams if team.partner.id == partner]
        given = [[c.score for c in casts if (c.domain, c.team_id) == (domain, t)] for t in teams]
        counts = [len([s for s in some if isinstance(s, int)]) or len(some) for some in given]
        if all(count == 0 or count >= workshop.guard for count in counts):
            found.update(teams)
    return found


def side(seat: Seated, line: str) -> str:
    return seat[("partner", "tier", "team").index(line)]


def stratum(seat: Seated, line: str) -> str:
    return {"partner": seat[1], "tier": seat[0], "team": ""}[line]


def gap(seats: Sequence[Seated], line: str, group: str, domain: str) -> float | None:
    mine = [seat[3][domain] for seat in seats if domain in seat[3] and side(seat, line) == group]
    rest = [seat[3][domain] for seat in seats if domain in seat[3] and side(seat, line) != group]
    return sum(mine) / len(mine) - sum(rest) / len(rest) if mine and rest else None


def badges(seats: Sequence[Seated], line: str) -> Iterator[list[str]]:
    """Give every way to hand the badges out inside strata, each as often as every other."""
    strata = list(dict.fromkeys(stratum(seat, line) for seat in seats))

    def handed(at: int, worn: dict[int, str]) -> Iterator[list[str]]:
        if at == len(strata):
            yield [worn[number] for number in range(len(seats))]
            return
        here = [n for n, seat in enumerate(seats) if stratum(seat, line) == strata[at]]
        for order in set(permutations([side(seats[n], line) for n in here])):
            yield from handed(at + 1, worn | dict(zip(here, order, strict=True)))

    return handed(0, {})


def centred_votes(seats: Sequence[Seated], line: str, domain: str) -> list[float]:
    votes = []
    for seat in seats:
        alike = [
            other[3][domain]
            for other in seats
            if domain in other[3] and stratum(other, line) == stratum(seat, line)
        ]
        votes.append(seat[3][domain] - sum(alike) / len(alike) if domain in seat[3] else 0.0)
    return votes


def shares(
    seats: Sequence[Seated], line: str, domains: Sequence[str]
) -> dict[tuple[str, str], float]:
    """Give the share of arrangements whose largest z is as big, by group and domain."""
    groups = sorted({side(seat, line) for seat in seats})
    votes = {domain: centred_votes(seats, line, domain) for domain in domains}
    every = list(badges(seats, line))
    sums = {
        (group, domain): [
            sum(vote for vote, badge in zip(votes[domain], worn, strict=True) if badge == group)
            for worn in every
        ]
        for group in groups
        for domain in domains
    }
    sds = {key: sqrt(sum(value**2 for value in all_) / len(all_)) for key, all_ in sums.items()}

    def z(key: tuple[str, str], value: float) -> float:
        return abs(value) / sds[key] if sds[key] > 1e-9 else 0.0

    largest = [max(z(key, sums[key][at]) for key in sums) for at in range(len(every))]
    as_they_sit = [side(seat, line) for seat in seats]
    here = every.index(as_they_sit)
    return {
        key: sum(most >= z(key, sums[key][here]) - 1e-9 for most in largest) / len(every)
        for key in sums
    }
