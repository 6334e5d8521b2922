"""Attack pairs of waves: `python -m benchmarks.pairs`. Writes docs/pairs-of-waves.md.

Somebody who sees both waves of a place and all that is said over time looks for a hidden value
that must be so. For each hidden group and seat another room is sought that shows the same in its
wave, gives the same verdicts and averages over time to the last digit, by the app's own code, and
in which the value is another one. A value without such a room counts as derivable.
"""

import os

# Before numpy loads: one pair is one core's work, and two libraries' threads would fight.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

import random
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

from aqua_core.rules import lines as arrangements
from aqua_core.rules.both_waves import (
    WaveScores,
    averages_of_all,
    compared_in,
    moves_between,
    wave_scores_of,
)
from aqua_core.rules.guard import Telling, Told, told_on
from aqua_core.rules.shown import results_of
from aqua_core.vocabulary import CANNOT_SAY, Cast, Round, Score, Workshop
from benchmarks.guard.moving import moved_about
from benchmarks.guard.rooms import room_of
from benchmarks.guard.seen import Cell, hidden_in

PAIRS = 10_000
GUARDS = (3, 5)
WORKERS = 2
TRIES, LONGER = 40, 6_000
PAGE = Path(__file__).parents[1] / "docs/pairs-of-waves.md"


class Wave(NamedTuple):
    """One wave of a pair: who sat where, and what they said."""

    workshop: Workshop
    casts: tuple[Cast, ...]


def pair_of(seed: int, guard: int) -> tuple[Wave, Wave]:
    """Invent two waves of a place: some stay and move a little, some go, some are new."""
    workshop, first = room_of(seed, guard)
    dice = random.Random(f"second/{seed}")
    back = dice.choice((0.3, 0.6, 0.9, 1.0))
    drift = dice.choice((0.0, 0.5, 1.0))
    stayed = {cast.seat_id for cast in first if dice.random() < back}
    again = [_moved(cast, drift, dice) for cast in first if cast.seat_id in stayed]
    domains = sorted({cast.domain for cast in first})
    for seat in range(dice.randint(0, max(1, len({cast.seat_id for cast in first}) // 2))):
        team = dice.choice(workshop.teams)
        again += [
            Cast(domain=key, round=1, seat_id=f"n{seat}", team_id=team.id, score=dice.randint(0, 5))
            for key in domains
        ]
    return Wave(workshop, first), Wave(workshop, tuple(again))


def _moved(cast: Cast, drift: float, dice: random.Random) -> Cast:
    if cast.score == CANNOT_SAY:
        return cast
    score = min(5, max(0, round(dice.gauss(int(cast.score), drift))))
    return cast.model_copy(update={"score": score})


def over_time(first: WaveScores, second: WaveScores) -> object:
    """Give all that is said over time: averages of those who came each time, and every verdict."""
    keys = sorted({*first.domains, *second.domains})
    both = {key: averages_of_all((first, second), key) for key in keys}
    averages = {
        key: (None if one is None else float(one), None if two is None else float(two))
        for key, (one, two) in both.items()
    }
    return both, moves_between(first, second, averages, 7)


def shown_in(wave: Wave) -> object:
    """Give what a wave shows by itself, and the ballots that chance is asked of."""
    keys = sorted({cast.domain for cast in wave.casts})
    rounds = [Round(domain=key, number=1, revealed=True) for key in keys]
    return results_of(wave.workshop, rounds, wave.casts), wave_scores_of(*wave)


def attacked(seed: int, guard: int) -> Counter[str]:
    """Attack both waves of a pair, each with the other as it is; give its counts."""
    waves = pair_of(seed, guard)
    scores = [wave_scores_of(*wave) for wave in waves]
    said = over_time(*scores)
    counts = Counter(pairs=1)
    keys = sorted({*scores[0].domains, *scores[1].domains})
    sets = [one for key in keys for one in compared_in(*scores, key)]
    counts["sets compared"] = len(sets)
    counts["of several teams"] = sum(len(one) > 1 for one in sets)
    for at, wave in enumerate(waves):
        hidden = [
            cell
            for key in sorted({cast.domain for cast in wave.casts})
            for cell in hidden_in(*wave, key)
        ]
        counts["hidden"] += len(hidden)
        counts["derivable"] += len(_left(wave, hidden, scores, at, said, random.Random(seed)))
    return counts


def _left(  # noqa: PLR0913, PLR0917
    wave: Wave,
    hidden: Sequence[Cell],
    scores: Sequence[WaveScores],
    at: int,
    said: object,
    dice: random.Random,
) -> list[Cell]:
    """Give the hidden cells of one wave for which no other room was found."""
    left = {cell: _sum(cell, wave.casts) for cell in hidden}
    shows = shown_in(wave) if hidden else None
    for other in _rooms(wave, dice, left):
        moved = [cell for cell, value in left.items() if _sum(cell, other) not in (value, None)]
        changed = Wave(wave.workshop, tuple(other))
        if moved and shown_in(changed) == shows:
            pair = list(scores)
            pair[at] = wave_scores_of(*changed)
            if over_time(*pair) == said:
                for cell in moved:
                    del left[cell]
        if not left:
            break
    return list(left)


def _rooms(wave: Wave, dice: random.Random, left: Mapping[Cell, object]) -> Iterator[list[Cast]]:
    """Give other rooms: all answers moved about, then an answer of a cell that is left swapped."""
    domains = sorted({cast.domain for cast in wave.casts})
    told = {key: told_on(*wave, key) for key in domains}
    here = {key: [cast for cast in wave.casts if cast.domain == key] for key in domains}
    for _ in range(TRIES):
        yield [cast for key in domains for cast in _moved_about(here[key], told[key], dice)]
    for number in range(LONGER):
        cell = dice.choice(list(left))
        moved = here[cell.domain]
        if number % 2:
            moved = _moved_about(moved, told[cell.domain], dice)
        rest = [cast for cast in wave.casts if cast.domain != cell.domain]
        yield [*rest, *_swapped(moved, told[cell.domain], cell, dice)]


def _moved_about(casts: list[Cast], told: Told, dice: random.Random) -> list[Cast]:
    """Deal points anew among teams told together; ballots of a team told alone stay its own."""
    if told.telling is not Telling.APART:
        return moved_about(casts, told, dice, blanks=False)
    hand: dict[int, Score] = {}
    for portion in told.portions:
        mine = [c for c in casts if c.team_id in portion and c.score != CANNOT_SAY]
        if len(portion) > 1:
            points = dice.sample([cast.score for cast in mine], len(mine))
            hand |= dict(zip(map(id, mine), points, strict=True))
    return [cast.model_copy(update={"score": hand.get(id(cast), cast.score)}) for cast in casts]


def _swapped(casts: list[Cast], told: Told, cell: Cell, dice: random.Random) -> list[Cast]:
    """Swap an answer of a cell with one of those it is told with."""
    beside = next((some for some in told.portions if some & cell.teams), cell.teams)
    inside = [cast for cast in casts if cell.holds(cast)]
    outside = [cast for cast in casts if not cell.holds(cast) and cast.team_id in beside]
    if not inside or not outside:
        return casts
    one, other = dice.choice(inside), dice.choice(outside)
    hand = {id(one): other.score, id(other): one.score}
    return [cast.model_copy(update={"score": hand.get(id(cast), cast.score)}) for cast in casts]


def _sum(cell: Cell, casts: Sequence[Cast]) -> int | None:
    points = [cast.score for cast in casts if cell.holds(cast) and isinstance(cast.score, int)]
    return sum(points) if points else None


def few_shuffles() -> None:
    """Ask chance 20 times and not 2000: what it hangs on is the same, and so are the ballots."""
    arrangements.SHUFFLES, arrangements.MOST_LISTED = 19, 20


def page(found: Mapping[int, Counter[str]]) -> str:
    """Give docs/pairs-of-waves.md."""
    rows = (
        ("pairs of waves", "pairs"),
        ("hidden values", "hidden"),
        ("**derivable from both waves together**", "derivable"),
        ("sets of teams compared", "sets compared"),
        ("of which told together with others", "of several teams"),
    )
    guards = list(found)
    cells = [
        f"| {words} | " + " | ".join(f"{found[guard][name]:,}" for guard in guards) + " |"
        for words, name in rows
    ]
    return "\n".join(
        (
            "# Two waves together: what can be worked out",
            "",
            "Written by `python -m benchmarks.pairs`. No figure depends on the machine.",
            "",
            "A team counts over time only in a set of teams that is told together in both waves, "
            "decided by who answered and never by what they said. Whoever sees both waves, the "
            "averages of those who came each time and every verdict, and knows who sat where and "
            "this rule, looks for a hidden value (a group's sum, or a seat's points) that must be "
            "so. For each, another room is sought that shows the same in its wave, gives the same "
            "over time to the last digit by the app's own code, and hides another value. A value "
            "without such a room counts as derivable. Rooms are those of "
            "[small groups](small-groups.md); between the waves some stay and move a little, some "
            "go, some are new. What one wave gives away by itself is attacked there.",
            "",
            f"| guard | {' | '.join(map(str, guards))} |",
            "|" + "---|" * (len(guards) + 1),
            *cells,
            "",
        )
    )


def main() -> None:
    """Attack every pair under each guard, and keep the page when it is all of them."""
    parser = ArgumentParser(prog="python -m benchmarks.pairs", description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    pairs = parser.parse_args().pairs
    with Pool(WORKERS, few_shuffles) as pool:
        found = {
            guard: sum(
                pool.imap_unordered(
                    partial(attacked, guard=guard), range(pairs // len(GUARDS)), chunksize=20
                ),
                Counter(),
            )
            for guard in GUARDS
        }
    said = page(found)
    if pairs == PAIRS:
        PAGE.write_text(said, "utf-8")
    print(said)


if __name__ == "__main__":
    main()
