"""Attack answers beside the framework: `python -m benchmarks.guard.beside GUARD FROM TO`.

A hidden value is what one seat answered, or how a group below the guard divided, where that is not
shown alone. It is derivable when every room that shows the same has it. The attacker knows who sits
where, how many answered in each team, and the rule. For each hidden value another room is sought;
a value without one counts as derivable. `... tiny` tries every way in which small rooms can answer.
"""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple

from aqua_core.rules.beside import counted_of
from aqua_core.rules.groups import groups_of
from aqua_core.rules.guard import counted_in, portions_of
from aqua_core.vocabulary import CANNOT_SAY, Compare, Score, Tier, Workshop
from aqua_core.vocabulary.beside import Counted
from benchmarks.guard.rooms import room_of, workshop_of

ANSWERS: Final = 3
EVERY_ANSWER: Final = (0, 1, 2, CANNOT_SAY)
TRIES: Final = 400
TINY: Final = (
    # Partners, and in each how many seats sit in each of its teams.
    *(((1,), (2,)), ((1, 3),), ((2,), (2,)), ((1,), (1,), (2,)), ((2, 1), (1, 1))),
    *(((3,), (1, 2)), ((3, 1), (3,)), ((3, 3), (1,)), ((1, 1), (3,), (1,)), ((3,), (3,), (1,))),
    *(((1, 2), (1, 2)), ((1, 2), (3,), (1,)), ((4,), (1, 2))),
)


class Known(NamedTuple):
    """How many values were hidden, and those that only one room explains."""

    hidden: int
    derivable: tuple[str, ...]


Seats = tuple[tuple[str, Score], ...]
"""The team and the answer of each seat."""


def shown_of(workshop: Workshop, seats: Seats) -> Counted:
    """Give all that is shown of these answers."""
    given: dict[str, list[Score]] = defaultdict(list)
    for team, answer in seats:
        given[team].append(answer)
    return counted_of(workshop, given, ANSWERS)


def hidden_in(workshop: Workshop, seats: Seats, shown: Counted) -> dict[str, tuple[int, ...]]:
    """Give the seats of every hidden value, by its name: groups below the guard, and single seats.

    Nothing is hidden in a room of which every team reaches the guard: its teams may be shown.
    """
    sizes = Counter(team for team, _ in seats)
    if all(many >= workshop.guard for many in sizes.values()):
        return {}
    hidden: dict[str, tuple[int, ...]] = {}
    for compare in Compare:
        groups = groups_of(workshop.teams, compare)
        for group in sorted({groups[team].id for team in sizes}):
            mine = tuple(at for at, (team, _) in enumerate(seats) if groups[team].id == group)
            if len(mine) < workshop.guard:
                hidden[f"{compare} {group}"] = mine
    alone = _told_alone(workshop, sizes) if shown.partners else frozenset[str]()
    for team in sizes.keys() - alone:
        first = next(at for at, (own, _) in enumerate(seats) if own == team)
        hidden[f"a seat of {team}"] = (first,)
    return hidden


def _told_alone(workshop: Workshop, sizes: Counter[str]) -> frozenset[str]:
    counted = counted_in(workshop.teams, sizes, sizes, workshop.guard)
    return frozenset(
        team for portion in portions_of(counted, sizes) if len(portion) == 1 for team in portion
    )


def value_of(seats: Seats, mine: Sequence[int]) -> tuple[tuple[str, int], ...]:
    """Give how these seats divided."""
    return tuple(sorted(Counter(str(seats[at][1]) for at in mine).items()))


def attacked(workshop: Workshop, seats: Seats, seed: int) -> Known:
    """Seek for each hidden value another room that shows the same."""
    shown = shown_of(workshop, seats)
    left = {
        name: (mine, value_of(seats, mine))
        for name, mine in hidden_in(workshop, seats, shown).items()
    }
    hidden = len(left)
    for other in _others(workshop, seats, random.Random(seed)):
        if not left:
            break
        fresh = [name for name, (mine, was) in left.items() if value_of(other, mine) != was]
        if fresh and shown_of(workshop, other) == shown:
            for name in fresh:
                del left[name]
    return Known(hidden, tuple(left))


def _others(workshop: Workshop, seats: Seats, dice: random.Random) -> Iterator[Seats]:
    """Give other rooms: two seats' answers changed over, then parts that are all alike elsewhere.

    Last, where nothing is told, rooms in which everybody gave another answer.
    """
    teams, answers = [team for team, _ in seats], [answer for _, answer in seats]
    for one, other in product(range(len(seats)), repeat=2):
        if one < other and answers[one] != answers[other]:
            swapped = answers[:]
            swapped[one], swapped[other] = answers[other], answers[one]
            yield tuple(zip(teams, swapped, strict=True))
    sizes = Counter(teams)
    counted = counted_in(workshop.teams, sizes, sizes, workshop.guard)
    several = [portion for portion in portions_of(counted, sizes) if len(portion) > 1]
    for portion, answer in product(several, EVERY_ANSWER):
        inside = [at for at, team in enumerate(teams) if team in portion]
        if answers.count(answer) < len(inside):
            continue
        for _ in range(TRIES // 10):
            rest = answers[:]
            for _ in inside:
                rest.remove(answer)
            dice.shuffle(rest)
            yield tuple(
                (team, answer if at in inside else rest.pop()) for at, team in enumerate(teams)
            )
    for answer in EVERY_ANSWER:
        yield tuple((team, answer) for team in teams)
    for _ in range(TRIES):
        yield tuple((team, dice.choice(EVERY_ANSWER)) for team in teams)


def seats_of(seed: int, guard: int) -> tuple[Workshop, Seats]:
    """Give room number `seed`: the seats of the rooms of scores, with skewed answers."""
    workshop, casts = room_of(seed, guard)
    dice = random.Random(seed)
    weights = dice.choice(((1, 1, 1, 1), (1, 6, 2, 0.5), (0.2, 0.5, 9, 0.2), (0, 0, 1, 0)))
    teams = {cast.seat_id: cast.team_id for cast in casts}
    leaning = {
        team: dice.choice((weights, weights, weights[::-1])) for team in sorted(set(teams.values()))
    }
    return workshop, tuple(
        (team, dice.choices(EVERY_ANSWER, leaning[team])[0]) for team in teams.values()
    )


def known_in(partners: Sequence[Sequence[int]], guard: int = 3) -> Known:
    """Try every way in which a tiny room can answer, sorted by all that is shown."""
    tiers = list(Tier)
    names = [(at, tiers[tier]) for at, teams in enumerate(partners) for tier in range(len(teams))]
    workshop = workshop_of(names, guard=guard)
    many = [seats for teams in partners for seats in teams]
    teams = [
        team.id for team, seats in zip(workshop.teams, many, strict=True) for _ in range(seats)
    ]
    alike: dict[Counted, list[Seats]] = defaultdict(list)
    for answers in product(EVERY_ANSWER, repeat=len(teams)):
        seats = tuple(zip(teams, answers, strict=True))
        alike[shown_of(workshop, seats)].append(seats)
    hidden, derivable = 0, list[str]()
    for shown, rooms in alike.items():
        for name, mine in hidden_in(workshop, rooms[0], shown).items():
            hidden += 1
            if len({value_of(seats, mine) for seats in rooms}) == 1:
                derivable.append(f"{partners}: {name}, {rooms[0]}")
    return Known(hidden, tuple(derivable))


def main(words: Sequence[str]) -> None:
    """Attack what is asked for, and print what was found."""
    if words == ["tiny"]:
        for partners in TINY:
            found = known_in(partners)
            print(partners, found.hidden, len(found.derivable), found.derivable[:3], flush=True)
        return
    guard, first, last = map(int, words)
    hidden, derivable, apart, told = 0, list[str](), 0, 0
    for seed in range(first, last):
        workshop, seats = seats_of(seed, guard)
        shown, found = shown_of(workshop, seats), attacked(workshop, seats, seed)
        hidden, told, apart = (
            hidden + found.hidden,
            told + shown.told,
            apart + bool(shown.partners),
        )
        derivable += [f"{seed} {name}" for name in found.derivable]
    print(f"rooms {last - first}, told {told}, groups apart {apart}, hidden {hidden},", end=" ")
    print(f"derivable {len(derivable)}", *derivable[:20])


if __name__ == "__main__":
    main(sys.argv[1:])
