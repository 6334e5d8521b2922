"""Invent two waves of places and ask what moved: `python -m benchmarks.waves`.

Writes docs/waves-simulated.md; no figure depends on the machine. `--places 50` asks fewer places a
row, prints and leaves the page as it is.
"""

import os

# Before numpy loads: one place is one core's work, and two libraries' threads would fight.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

import random
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import product
from multiprocessing import Pool
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple

from aqua_core.rules.both_waves import averages_of_all, moves_between, wave_scores_of
from aqua_core.vocabulary import CANNOT_SAY, Cast, Team, Tier, Workshop
from aqua_core.vocabulary.over_time import Change, Verdict
from benchmarks.guard.rooms import INSTRUMENT, workshop_of

PLACES = 400
WORKERS = 2
SIZES = (8, 12, 24, 48)
BACK = (0.3, 0.6, 0.9)
GUARDS = (1, 3)
RISE = 1.0
SALFORD = (2.13, 2.00, 2.33, 1.25, 2.08, 2.08, 1.88, 1.54)
OWN, ON_A_DOMAIN, NOISE, TEAM, PARTNER = 0.3, 0.3, 0.55, 0.3, 0.5
"""sd, in points, of what a person brings to all domains and to one, of a score on a day, and of how
far teams and partners stand apart on a domain. The three of a person make up 0.7."""
BLANKS = 0.05
SHARES = (0.5, 2.0)
"""Weights of teams when people are shared out among them: up to four times as many in one."""
PAGE = Path(__file__).parents[1] / "docs/waves-simulated.md"
DOMAINS = tuple(domain.key for domain in INSTRUMENT.domains)


class Case(NamedTuple):
    """What happens between two waves: how many come, who of them, and what is planted."""

    size: int
    back: float
    other_mix: bool
    guard: int
    rise: float


class Asked(NamedTuple):
    """What is said of one pair of waves."""

    any_moved: bool
    any_may: bool
    place_moved: bool
    found: bool
    judged: bool
    least: float | None
    lowest_rose: float | None


class Person(NamedTuple):
    """Somebody: their team, and how far they stand from it on each domain."""

    team: Team
    leans: tuple[float, ...]


def asked(case: Case, seed: int) -> Asked:
    """Invent two waves of a place and say what moved."""
    dice = random.Random(f"{case}/{seed}")
    workshop = workshop_of(_teams(case.size, dice), seed, case.guard)
    levels = _levels(workshop, dice)
    planted = dice.choice(DOMAINS)
    first = [_person(team, dice) for team in _seats(workshop, case.size, dice)]
    second = _came_again(first, workshop, case, dice)
    waves = [
        wave_scores_of(workshop, _casts(first, levels, {}, dice)),
        wave_scores_of(workshop, _casts(second, levels, {planted: case.rise}, dice)),
    ]
    averages = {key: _pair(averages_of_all(waves, key)) for key in DOMAINS}
    moves, whole = moves_between(waves[0], waves[1], averages, seed)
    return _said(moves, whole, planted)


def _said(moves: Mapping[str, Change], whole: Change, planted: str) -> Asked:
    before = {key: move.before for key, move in moves.items() if move.before is not None}
    lowest = moves[min(before, key=lambda key: before[key])] if before else None
    rose = None if lowest is None or lowest.after is None else lowest.after - lowest.before
    least = [move.least for move in moves.values() if move.least is not None]
    return Asked(
        any_moved=any(move.verdict.moved for move in moves.values()),
        any_may=any(move.verdict.may_have_moved for move in moves.values()),
        place_moved=whole.verdict.moved,
        found=moves[planted].verdict is Verdict.MOVED_UP,
        judged=moves[planted].untold is None,
        least=median(least) if least else None,
        lowest_rose=rose,
    )


def _pair(averages: Sequence[object]) -> tuple[float | None, float | None]:
    one, other = (None if average is None else float(average) for average in averages)
    return one, other


def _teams(size: int, dice: random.Random) -> list[tuple[int, Tier]]:
    """Give two or three people a partner where few come, and a second tier where many do."""
    partners = max(3, min(8, round(size / dice.choice((3, 4, 6)))))
    tiers = list(Tier)[: 1 if size <= 12 else dice.randint(1, 2)]
    return list(product(range(partners), tiers))


def _levels(workshop: Workshop, dice: random.Random) -> dict[tuple[str, str], float]:
    partners = {
        partner.id: [dice.gauss(0, PARTNER) for _ in DOMAINS] for partner in workshop.partners
    }
    return {
        (team.id, key): SALFORD[n] + partners[team.partner.id][n] + dice.gauss(0, TEAM)
        for team in workshop.teams
        for n, key in enumerate(DOMAINS)
    }


def _seats(workshop: Workshop, size: int, dice: random.Random) -> list[Team]:
    weights = [dice.uniform(*SHARES) for _ in workshop.teams]
    return dice.choices(workshop.teams, weights, k=size)


def _person(team: Team, dice: random.Random) -> Person:
    own = dice.gauss(0, OWN)
    return Person(team, tuple(own + dice.gauss(0, ON_A_DOMAIN) for _ in DOMAINS))


def _came_again(
    first: Sequence[Person], workshop: Workshop, case: Case, dice: random.Random
) -> list[Person]:
    """Let some come again; the others of their team are new, or of any team in another mix."""
    back = dice.sample(first, round(case.back * len(first)))
    gone = list(first)
    for person in back:
        gone.remove(person)
    seats = _seats(workshop, len(gone), dice) if case.other_mix else [one.team for one in gone]
    return [*back, *(_person(team, dice) for team in seats)]


def _casts(
    people: Sequence[Person],
    levels: Mapping[tuple[str, str], float],
    rises: Mapping[str, float],
    dice: random.Random,
) -> list[Cast]:
    return [
        Cast(
            domain=key,
            round=1,
            seat_id=str(seat),
            team_id=person.team.id,
            score=CANNOT_SAY
            if dice.random() < BLANKS
            else _score(dice, levels[person.team.id, key] + person.leans[n] + rises.get(key, 0.0)),
        )
        for seat, person in enumerate(people)
        for n, key in enumerate(DOMAINS)
    ]


def _score(dice: random.Random, level: float) -> int:
    return min(5, max(0, round(dice.gauss(level, NOISE))))


def cases() -> list[Case]:
    """Give every row: nothing moved, with each share back and another mix; one domain up."""
    mixes = [*((back, False) for back in BACK), (0.6, True)]
    return [
        *(Case(size, *mix, guard, 0.0) for guard in GUARDS for mix in mixes for size in SIZES),
        *(
            Case(size, 0.6, other, guard, RISE)
            for guard in GUARDS
            for other in (False, True)
            for size in SIZES
        ),
    ]


def rows(found: Mapping[Case, Sequence[Asked]]) -> list[str]:
    """Give a row of the table for each case."""
    head = (
        "| shown | came | back | planted | any domain moved | any may have | the place moved "
        "| found | judged | least clear change | the lowest rose |"
    )
    return [head, "|" + "---|" * 11, *(_row(case, those) for case, those in found.items())]


def _row(case: Case, those: Sequence[Asked]) -> str:
    least = [one.least for one in those if one.least is not None]
    rose = [one.lowest_rose for one in those if one.lowest_rose is not None]
    planted = "+1.0 on one" if case.rise else "nothing"
    # With a rise planted only other domains could move falsely, and they are not counted here.
    cells = [
        "open" if case.guard == 1 else f"guard {case.guard}",
        str(case.size),
        f"{case.back:.0%}{', another mix' if case.other_mix else ''}",
        planted,
        "" if case.rise else _share([one.any_moved for one in those]),
        "" if case.rise else _share([one.any_may for one in those]),
        _share([one.place_moved for one in those]),
        _share([one.found for one in those]) if case.rise else "",
        _share([one.judged for one in those]),
        f"{fmean(least):.2f}" if least else "none",
        f"{fmean(rose):+.2f}" if rose and not case.rise else "",
    ]
    return f"| {' | '.join(cells)} |"


def _share(those: Sequence[bool]) -> str:
    return f"{100 * fmean(those):.1f} %"


def page(found: Mapping[Case, Sequence[Asked]], places: int) -> str:
    """Give docs/waves-simulated.md."""
    return "\n".join(
        (
            "# Two waves of invented places: what is said to have moved",
            "",
            "Written by `python -m benchmarks.waves`. No figure depends on the machine.",
            "",
            f"{places} places a row. Eight domains about the Salford means of April 2012; partners "
            f"stand apart by {PARTNER} (sd, points), their teams by {TEAM}; a person brings {OWN} "
            f"to all domains and {ON_A_DOMAIN} to each, a day {NOISE}; scores are rounded into 0 "
            f"to 5 and {BLANKS:.0%} are blank. Three to eight partners of uneven size; two tiers "
            "in half of the places of 24 and 48. So many of the people come back, the others of "
            "their team are new; in another mix the new ones are of any team. Verdicts are the "
            "product's, from ballots as they are dealt: in an open room each team stands alone, "
            "with a guard of 3 small ones are told together.",
            "",
            "*Any domain moved* with nothing planted is a false claim and is to stay at 5 % or "
            "less. *Found* is how often the planted domain is said to have moved up; *judged* how "
            "often anything may be said of it. The *least clear change* is the median of a place's "
            "domains, averaged. *The lowest rose* is regression to the mean: how far the lowest "
            "of eight domains rises by itself.",
            "",
            *rows(found),
            "",
        )
    )


def main() -> None:
    """Ask every row; keep the page when it is with all its places."""
    parser = ArgumentParser(prog="python -m benchmarks.waves", description=__doc__)
    parser.add_argument("--places", type=int, default=PLACES)
    places = parser.parse_args().places
    with Pool(WORKERS) as pool:
        found = {
            case: pool.map(partial(asked, case), range(places), chunksize=10) for case in cases()
        }
    said = page(found, places)
    if places == PLACES:
        PAGE.write_text(said, "utf-8")
    print(said)


if __name__ == "__main__":
    main()
