"""Answers beside the framework: counted as a plainer count does, and no small group followed."""

from itertools import combinations, product

import pytest

from aqua_core.rules import beside as rule
from aqua_core.rules.beside import beside_of, counted_of, where_to_begin
from aqua_core.vocabulary import CANNOT_SAY, Cast, Round, Tier, Workshop
from aqua_core.vocabulary.beside import Counted
from benchmarks.guard.beside import TINY, Seats, attacked, known_in, seats_of, shown_of
from benchmarks.guard.rooms import workshop_of
from tests.kit.beside import HOW_WE_WORK, WHAT_WE_CAN_DO

ROOMS = range(1000)
NOW, WANTED = HOW_WE_WORK.keys[:2]


def plainly(workshop: Workshop, seats: Seats) -> tuple[Counted, dict[str, dict[str, list]]]:
    """Count one asking on fingers: the whole room, then the answers of each group by its id.

    Beside a small team no group is given: who is shown apart there is asked of the attack.
    """
    answers = [answer for _, answer in seats]
    by_team = {team: [a for own, a in seats if own == team] for team, _ in seats}
    small = {team for team, given in by_team.items() if len(given) < workshop.guard}
    nothing = Counted(told=False, counts=(), cannot_say=0, partners=(), tiers=())
    if len(answers) < max(1, workshop.guard) or (small and len(set(answers)) == 1):
        return nothing, {}
    counted = Counted(
        told=True,
        counts=tuple(answers.count(place) for place in range(3)),
        cannot_say=answers.count(CANNOT_SAY),
        partners=(),
        tiers=(),
    )
    if small:
        return counted, {}
    sides = {
        "partners": lambda team: team.partner.id,
        "tiers": lambda team: team.tier.value,
    }
    found = {}
    for name, side in sides.items():
        order = list(dict.fromkeys(side(team) for team in workshop.teams if team.id in by_team))
        found[name] = {
            group: [
                answer
                for team in workshop.teams
                if side(team) == group
                for answer in by_team.get(team.id, [])
            ]
            for group in order
        }
    return counted, found


def test_every_count_is_the_plain_one_in_a_thousand_rooms() -> None:
    apart = 0
    for seed in ROOMS:
        workshop, seats = seats_of(seed, guard=3)

        shown = shown_of(workshop, seats)

        whole, groups = plainly(workshop, seats)
        assert shown.model_copy(update={"partners": (), "tiers": ()}) == whole, seed
        for name, by_group in groups.items():
            told = {of.group.id: of for of in getattr(shown, name)}
            assert told.keys() == by_group.keys(), seed
            for group, answers in by_group.items():
                counts = tuple(answers.count(place) for place in range(3))
                assert told[group].counts == counts, seed
                assert told[group].cannot_say == answers.count(CANNOT_SAY), seed
        for of_all in (shown.partners, shown.tiers):
            if of_all:
                apart += 1
                sums = [sum(of.counts[at] for of in of_all) for at in range(3)]
                assert tuple(sums) == shown.counts, seed
                assert all(sum(of.counts) + of.cannot_say >= workshop.guard for of in of_all)
    assert apart > 1000


@pytest.mark.parametrize("guard", [3, 5])
def test_every_hidden_answer_could_be_another_in_250_rooms(guard: int) -> None:
    hidden = 0
    for seed in range(250):
        found = attacked(*seats_of(seed, guard), seed)
        hidden += found.hidden

        assert found.derivable == (), seed
    assert hidden > 1000


@pytest.mark.long
@pytest.mark.parametrize("guard", [3, 5])
def test_every_hidden_answer_could_be_another_in_ten_thousand_rooms(guard: int) -> None:
    for seed in range(10_000):
        assert attacked(*seats_of(seed, guard), seed).derivable == (), seed


@pytest.mark.parametrize("partners", TINY[:6])
def test_in_every_way_that_a_tiny_room_can_answer_nothing_hidden_follows(partners) -> None:
    found = known_in(partners)

    assert found.hidden > 0
    assert found.derivable == ()


def test_the_search_finds_what_a_part_that_is_all_alike_gives_away(monkeypatch) -> None:
    monkeypatch.setattr(rule, "_alike", lambda given, portion: False)

    assert known_in(((3,), (1, 2))).derivable


def test_the_search_finds_what_a_refusal_gives_away(monkeypatch) -> None:
    def alike_only(teams, given, every, guard):
        sizes = {team: len(scores) for team, scores in given.items()}
        counted = rule.counted_in(teams, sizes, sizes, guard)
        several = [one for one in rule.portions_of(counted, sizes) if len(one) > 1]
        return None if any(rule._alike(given, one) for one in several) else counted

    monkeypatch.setattr(rule, "_apart", alike_only)

    assert known_in(((3,), (1, 2))).derivable


def casts_of(workshop: Workshop, by_key: dict[str, Seats]) -> list[Cast]:
    return [
        Cast(domain=key, round=1, seat_id=f"{at}", team_id=team, score=answer)
        for key, seats in by_key.items()
        for at, (team, answer) in enumerate(seats)
    ]


@pytest.mark.slow
def test_a_profile_is_the_plain_count_in_a_thousand_rooms() -> None:
    steps = 0
    for seed in ROOMS:
        workshop, now = seats_of(seed, guard=3)
        wishes = seats_of(seed + 5000, guard=3)[1]
        wanted = tuple((team, wishes[at % len(wishes)][1]) for at, (team, _) in enumerate(now))
        held = workshop.model_copy(update={"beside": (HOW_WE_WORK, WHAT_WE_CAN_DO)})
        rounds = [Round(domain=key, number=1, revealed=True) for key in (NOW, WANTED)]

        (shown,) = beside_of(held, rounds, casts_of(held, {NOW: now, WANTED: wanted}))

        (row,) = shown.rows
        both = [[answer for _, answer in seats] for seats in (now, wanted)]
        if row.told:
            rises = [both[1].count(place) - both[0].count(place) for place in range(3)]
            assert row.step == max(0, *rises), seed
            assert (shown.widest == (row,)) == (max(rises) > 0), seed
            steps += max(rises) > 0
        assert [time.told for time in row.times] == [
            shown_of(workshop, seats).told for seats in (now, wanted)
        ]
    assert steps > 500


def test_a_row_is_shown_only_with_both_its_times() -> None:
    workshop, seats = seats_of(3, guard=1)
    held = workshop.model_copy(update={"beside": (HOW_WE_WORK,)})
    one = Round(domain=NOW, number=1, revealed=True)
    other = Round(domain=WANTED, number=1, revealed=False)

    assert beside_of(held, [one, other], casts_of(held, {NOW: seats, WANTED: seats})) == ()


def test_nobody_has_answered_and_nothing_is_told() -> None:
    workshop, _ = seats_of(3, guard=1)

    assert not counted_of(workshop, {}, 3).told


def picked(workshop: Workshop, ballots: tuple[tuple[str, ...], ...]) -> tuple[Counted, ...]:
    """Give what is shown of where to begin, when each seat ticked these domains."""
    asked = where_to_begin(workshop.instrument)
    held = workshop.model_copy(update={"beside": (asked,)})
    keys = asked.keys[:3]
    teams = [team.id for team in workshop.teams for _ in range(3)][: len(ballots)]
    casts = [
        Cast(domain=key, round=1, seat_id=f"{at}", team_id=teams[at], score=1)
        for at, ticked in enumerate(ballots)
        for key in keys
        if key in ticked
    ]
    rounds = [Round(domain=key, number=1, revealed=True) for key in keys]
    (shown,) = beside_of(held, rounds, casts)
    return tuple(row.times[0] for row in shown.rows)


def test_nobody_beside_a_small_team_is_known_to_have_picked_a_domain() -> None:
    workshop = workshop_of([(0, Tier.BOARD), (1, Tier.BOARD)])
    keys = where_to_begin(workshop.instrument).keys[:3]
    ticks = [*combinations(keys, 1), *combinations(keys, 2)]
    alike: dict[tuple[Counted, ...], list[tuple[tuple[str, ...], ...]]] = {}
    for ballots in product(ticks, repeat=4):
        alike.setdefault(picked(workshop, ballots), []).append(ballots)

    told = [shown for shown in alike if shown[0].told]
    assert len(told) > 10
    for shown, rooms in alike.items():
        for key in keys:
            known = all(key in ballots[3] for ballots in rooms)  # the only seat of its team
            assert not known, (shown, key)
