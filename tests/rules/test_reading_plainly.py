"""Every number a screen would show, against a plainer calculation on a thousand seeded rooms."""

import random

import pytest

from aqua_core.rules.agreement import spread_of
from aqua_core.rules.ballots import ballots_of
from aqua_core.rules.lines import gaps_along
from aqua_core.rules.movement import movement_of, sign_test
from aqua_core.rules.room import read_room
from aqua_core.vocabulary import CANNOT_SAY, OPEN, Cast, Compare, Holder, Tier, Workshop
from aqua_core.vocabulary.reading import Chance, Direction, Side, Topic
from tests.kit import plainly
from tests.kit.notation import INSTRUMENT, workshop_of
from tests.kit.seeds import seeds

KEYS = [domain.key for domain in INSTRUMENT.domains]
NEAR = 1e-9


def seeded(seed: int) -> tuple[Workshop, list[Cast]]:
    """Invent a room of at most 14 seats in which some teams stand low or high."""
    dice = random.Random(seed)
    tiers = list(Tier)[: dice.randint(1, 3)]
    names = [(f"P{at}", tier) for at in range(dice.randint(2, 3)) for tier in tiers]
    workshop = workshop_of(names, Holder.PERSON, dice.choice((3, OPEN)))
    lean = {team.id: dice.choice((-2, 0, 0, 2)) for team in workshop.teams}
    casts = [
        Cast(
            domain=key,
            round=1,
            seat_id=str(seat),
            team_id=team.id,
            score=CANNOT_SAY
            if dice.random() < 0.1
            else min(5, max(0, dice.randint(1, 4) + lean[team.id])),
        )
        for seat in range(dice.randint(0, 14))
        for team in [dice.choice(workshop.teams)]
        for key in KEYS[:3]
    ]
    return workshop, casts


def seats_of(workshop: Workshop, casts: list[Cast]) -> list[plainly.Seated]:
    teams = {team.id: team for team in workshop.teams}
    seats: dict[str, plainly.Seated] = {}
    for cast in casts:
        team = teams[cast.team_id]
        seat = seats.setdefault(cast.seat_id, (team.partner.id, team.tier.value, team.id, {}))
        if isinstance(cast.score, int):
            seat[3][cast.domain] = cast.score
    return list(seats.values())


def counts(votes: list[int]) -> tuple[int, int, int]:
    return sum(v < 2 for v in votes), sum(v in (2, 3) for v in votes), sum(v > 3 for v in votes)


def said(side: Side) -> tuple[int, int, int]:
    return side.thirds.low, side.thirds.middle, side.thirds.high


def in_tiers(
    workshop: Workshop, casts: list[Cast], seats: list[plainly.Seated]
) -> list[plainly.Seated]:
    """Leave out the points of partners whose tiers cannot be compared on a domain."""
    stand = {
        domain.key: plainly.compared(
            workshop,
            casts,
            domain.key,
            {m.group.id for m in spread_of(workshop, casts, domain, Compare.PARTNER).marks}
            - {"pooled"},
        )
        for domain in INSTRUMENT.domains[:3]
    }
    return [
        (partner, tier, team, {key: points for key, points in given.items() if team in stand[key]})
        for partner, tier, team, given in seats
    ]


def check_topic(topic: Topic, seats: list[plainly.Seated], tiers: list[plainly.Seated]) -> None:
    votes = [seat[3][topic.domain] for seat in seats if topic.domain in seat[3]]
    seats = tiers if topic.line is Compare.TIER else seats
    if topic.line is None or topic.group is None:
        assert topic.points == pytest.approx(plainly.deviation(votes), abs=NEAR)
        assert [said(side) for side in topic.sides] == [counts(votes)]
        return
    for domain, points in [
        (topic.domain, topic.points),
        *((o.domain, o.points) for o in topic.others),
    ]:
        gap = plainly.gap(seats, topic.line.value, topic.group.id, domain)
        assert gap is not None
        assert points == pytest.approx(abs(gap), abs=NEAR)
        assert (gap < 0) == (topic.direction is Direction.LOWER)
    inside, outside = (
        [
            seat[3][topic.domain]
            for seat in seats
            if topic.domain in seat[3]
            and (plainly.side(seat, topic.line.value) == topic.group.id) is mine
        ]
        for mine in (True, False)
    )
    assert [said(side) for side in topic.sides] == [counts(inside), counts(outside)]


@pytest.mark.slow
@seeds(1000, always=100)
def test_each_domain_and_each_topic_agrees_with_a_plainer_calculation(
    monkeypatch: pytest.MonkeyPatch, seeds: range
) -> None:
    # Which topics there are hangs on chance, what they say does not: few shuffles are enough.
    monkeypatch.setattr("aqua_core.rules.lines.MOST_LISTED", 60)
    monkeypatch.setattr("aqua_core.rules.lines.SHUFFLES", 59)
    topics = too_alike = 0
    for seed in seeds:
        workshop, casts = seeded(seed)
        seats = seats_of(workshop, casts)
        guard = workshop.guard

        reading = read_room(workshop, casts)

        for domain in reading.domains:
            votes = [seat[3][domain.domain] for seat in seats if domain.domain in seat[3]]
            assert (domain.scored, domain.cannot_say) == (len(votes), len(seats) - len(votes))
            withheld = spread_of(
                workshop, casts, INSTRUMENT.domains[KEYS.index(domain.domain)], Compare.PARTNER
            ).too_alike
            too_alike += withheld
            if len(votes) < guard or withheld:
                assert (domain.level, domain.spread, domain.thirds) == (None, None, None)
                continue
            if not votes:
                continue
            assert domain.level == plainly.median(votes)
            assert domain.spread == pytest.approx(plainly.deviation(votes), abs=NEAR)
            assert domain.two_camps == plainly.camps(votes)
            assert domain.thirds is not None
            assert said(Side(group=None, thirds=domain.thirds)) == counts(votes)
        assert len(reading.topics) <= 3
        anchors = [topic.domain for topic in reading.topics]
        assert len(set(anchors)) == len(anchors)
        for topic in reading.topics:
            check_topic(topic, seats, in_tiers(workshop, casts, seats))
            topics += 1
    assert topics > len(seeds) / 2
    assert too_alike < len(seeds) * 3 / 100


@seeds(400, always=80)
def test_every_share_agrees_with_badges_handed_out_one_by_one(seeds: range) -> None:
    checked = 0
    for seed in seeds:
        workshop, casts = seeded(seed)
        ballots, seats = ballots_of(workshop, casts), seats_of(workshop, casts)
        if not 2 <= len(seats) <= 7:
            continue

        for line in Compare:
            along = gaps_along(ballots, line, seed)
            if along is None or along.arrangements > 250:
                continue
            plain = plainly.shares(seats, line.value, ballots.domains)
            assert along.shares == pytest.approx(plain, abs=NEAR)
            for (group, domain), gap in along.gaps.items():
                assert float(gap) == pytest.approx(
                    plainly.gap(seats, line.value, group, domain), abs=NEAR
                )
            checked += 1
    assert checked > 0.375 * len(seeds)


@seeds(1000, always=100)
def test_who_moved_agrees_with_a_plainer_calculation_on_a_thousand_rooms(seeds: range) -> None:
    for seed in seeds:
        dice = random.Random(seed)
        workshop, casts = seeded(seed)
        second = [
            cast.model_copy(update={"round": 2, "score": dice.choice([*range(6), CANNOT_SAY])})
            for cast in casts
        ]

        movement = movement_of(workshop, casts + second, KEYS[0])

        moves = [
            (int(one.score), int(two.score))
            for one, two in zip(casts, second, strict=True)
            if one.domain == KEYS[0] and CANNOT_SAY not in (one.score, two.score)
        ]
        guard = workshop.guard
        if len(moves) < guard:
            assert movement is None
            continue
        assert movement is not None
        up, down = (sum(way * (b - a) > 0 for a, b in moves) for way in (1, -1))
        assert (movement.seats, movement.up, movement.down) == (len(moves), up, down)
        assert movement.before == pytest.approx(plainly.deviation([a for a, _ in moves]), abs=NEAR)
        assert movement.after == pytest.approx(plainly.deviation([b for _, b in moves]), abs=NEAR)


def test_coins_thrown_every_way_give_the_sign_test() -> None:
    for moved in range(9):
        for up in range(moved + 1):
            furthest = abs(up - (moved - up))
            throws = [bin(throw).count("1") for throw in range(2**moved)]
            as_far = sum(abs(2 * heads - moved) >= furthest for heads in throws)

            assert sign_test(up, moved - up) == pytest.approx(as_far / 2**moved, abs=NEAR)


@pytest.mark.slow
def test_a_clear_topic_is_a_point_apart_and_rarer_than_one_in_forty() -> None:
    clear = 0
    for seed in range(100):
        for topic in read_room(*seeded(seed)).topics:
            if topic.chance is Chance.CLEAR:
                assert topic.points >= 1.0
                assert topic.doubts == ()
                assert topic.one_in is not None
                assert topic.one_in >= 40
                clear += 1
    assert clear > 3
