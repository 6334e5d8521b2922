"""From numbers to at most three conversations, each with what it rests on."""

import os
import random
import subprocess
import sys
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from aqua_core.rules.candidates import chance_of, one_in
from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.room import read_room
from aqua_core.vocabulary import OPEN, Cast, Compare, Holder, Workshop
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.reading import (
    Chance,
    Direction,
    Doubt,
    HowAgreed,
    LeftOut,
    Pattern,
    Quiet,
    Topic,
)
from aqua_core.vocabulary.shown import RoomReading
from tests.kit.notation import INSTRUMENT, room
from tests.rules.test_lines import crowd

ROOT = Path(__file__).parents[2]
KEYS = [domain.key for domain in INSTRUMENT.domains]
L, G, C = KEYS[:3]


def read(table: str, guard: int = 3) -> RoomReading:
    return read_room(*room(table, Holder.PERSON, guard))


def only(table: str, guard: int = 3) -> Topic:
    (topic,) = read(table, guard).topics
    return topic


def seats(side: str, ballots: str) -> str:
    return "\n".join(f"{side} {' '.join(ballot)}" for ballot in ballots.split())


def reasons(reading: RoomReading) -> set[tuple[str, LeftOut]]:
    return {(left_out.domain, left_out.why) for left_out in reading.looked_at}


PARTNERS = "\n".join(
    (
        L,
        seats("Council/board", "1 1 2 1"),
        seats("Council/front", "1 2 1 1"),
        seats("Trust/board", "3 3 2 3"),
        seats("Trust/front", "3 2 3 3"),
        seats("GPs/board", "3 3 3 2"),
        seats("GPs/front", "2 3 3 3"),
    )
)


def test_a_partner_that_stands_apart_is_named_with_both_sides_in_counts() -> None:
    topic = only(PARTNERS)

    assert (topic.pattern, topic.line) == (Pattern.PARTNERS_APART, Compare.PARTNER)
    assert topic.group is not None
    assert (topic.group.name, topic.direction) == ("Council", Direction.LOWER)
    assert (topic.points, topic.chance, topic.one_in) == (1.5, Chance.CLEAR, 1000)
    council, everyone_else = topic.sides
    assert (council.thirds.low, council.thirds.middle, council.thirds.high) == (6, 2, 0)
    assert everyone_else.group is None
    assert (everyone_else.thirds.low, everyone_else.thirds.middle) == (0, 16)


def test_two_lines_on_one_domain_are_one_conversation() -> None:
    reading = read(
        "\n".join(
            (
                L,
                seats("Council/board", "4 4 5 4"),
                seats("Council/front", "2 2 3 2"),
                seats("Trust/board", "2 3 3 2"),
                seats("Trust/front", "0 1 1 0"),
            )
        )
    )

    (topic,) = reading.topics
    assert topic.points == 2.0
    assert (L, LeftOut.SAME_DOMAIN) in reasons(reading)
    assert {found.line for found in (topic, *reading.looked_at)} == {Compare.PARTNER, Compare.TIER}


def test_a_board_above_its_front_line_is_a_line_between_tiers() -> None:
    topic = only(
        "\n".join(
            (
                L,
                seats("Council/board", "4 3 4 3"),
                seats("Council/front", "2 2 1 2"),
                seats("Trust/board", "3 4 4 3"),
                seats("Trust/front", "2 1 2 2"),
            )
        )
    )

    assert (topic.pattern, topic.points) == (Pattern.TIERS_APART, 1.75)
    assert topic.group is not None
    assert (topic.group.name, topic.chance) == ("Board", Chance.CLEAR)


def test_camps_that_follow_partners_are_two_camps_along_a_line() -> None:
    topic = only("\n".join((L, seats("Council", "1 1 0 1 1"), seats("Trust", "4 4 5 4 4"))))

    assert (topic.pattern, topic.line) == (Pattern.CAMPS_ALONG_A_LINE, Compare.PARTNER)


def test_camps_that_follow_nobody_run_through_the_teams() -> None:
    topic = only("\n".join((L, seats("Council", "1 1 0 4 5 4"), seats("Trust", "0 1 1 5 4 4"))))

    assert (topic.pattern, topic.line, topic.group) == (Pattern.CAMPS_THROUGH_TEAMS, None, None)
    assert (topic.chance, topic.one_in) == (Chance.FEW, None)
    (everyone,) = topic.sides
    assert (everyone.thirds.low, everyone.thirds.middle, everyone.thirds.high) == (6, 0, 6)


def test_neither_line_nor_camps_is_a_wide_spread() -> None:
    topic = only("\n".join((L, seats("Council", "0 1 2 3 4 5"), seats("Trust", "5 4 3 2 1 0"))))

    assert (topic.pattern, topic.points) == (Pattern.WIDE_SPREAD, 1.5)


def test_two_teams_of_three_get_dots_and_no_chance_phrase() -> None:
    topic = only("\n".join((L, seats("Council", "1 1 2"), seats("Trust", "4 3 4"))))

    assert topic.line is Compare.PARTNER
    assert (topic.chance, topic.one_in) == (Chance.FEW, None)


def test_a_partner_that_sent_one_tier_only_is_not_told_from_that_tier() -> None:
    topic = only("\n".join((L, seats("Council/board", "1 1 2 1"), seats("Trust/front", "3 3 2 3"))))

    assert (topic.line, topic.doubts) == (Compare.PARTNER, (Doubt.ONE_TIER,))
    assert topic.chance is not Chance.CLEAR


def test_one_group_on_several_domains_is_one_conversation_on_its_widest() -> None:
    topic = only(
        "\n".join(
            (
                f"{L} {G} {C}",
                seats("Council", "112 211 112 121 212 112"),
                seats("Trust", "343 334 433 343 334 343"),
            )
        )
    )

    assert topic.domain == G
    assert [other.domain for other in topic.others] == [L, C]
    assert topic.others[0].points >= topic.others[1].points
    assert topic.points >= topic.others[0].points


def test_a_conversation_that_is_set_aside_is_listed_with_every_domain_of_it() -> None:
    table = "\n".join(
        (
            f"{L} {G} {C}",
            seats("Council", "112 211 112 121 212 112"),
            seats("Trust", "343 334 433 343 334 343"),
        )
    )

    reading = read_room(*room(table, Holder.PERSON, 3), set_aside=[G])

    assert reading.topics == ()
    assert {(domain, LeftOut.SET_ASIDE) for domain in (L, G, C)} <= reasons(reading)
    assert LeftOut.NOTHING_DIVIDES not in {why for _, why in reasons(reading)}


@settings(max_examples=40, deadline=None)
@given(some.integers(0, 9999))
def test_every_domain_on_which_scores_differ_is_asked_about_or_listed(seed: int) -> None:
    workshop, casts = crowd(seed, seats=8 + seed % 30)
    reading = read_room(workshop.model_copy(update={"guard": 1}), casts)

    asked = {topic.domain for topic in reading.topics}
    asked |= {other.domain for topic in reading.topics for other in topic.others}
    listed = {left_out.domain for left_out in reading.looked_at}
    assert {domain.domain for domain in reading.domains} <= asked | listed


def strictness(others: str) -> bool:
    header = " ".join(KEYS[:4])
    low = seats("Council", " ".join(["1" + others] * 5 + ["2" + others]))
    topic, *_ = read(f"{header}\n{low}\n{seats('Trust', ' '.join(['3222'] * 6))}").topics
    return topic.strictness


def test_a_partner_that_is_lower_everywhere_is_stricter() -> None:
    assert strictness("111")
    assert strictness("112")
    assert not strictness("222")


def test_after_what_is_clear_the_domain_that_differs_most_comes_first() -> None:
    rows = [("Council", "25 25 24"), ("Trust", "20 32 12"), ("GPs", "20 31 23")]
    table = "\n".join([f"{L} {G}", *(seats(name, ballots) for name, ballots in rows)])
    ballots = [row for _, row in rows for row in row.split()]

    def worth(at: int) -> float:
        points = [int(ballot[at]) for ballot in ballots]
        means = [sum(int(b[at]) for b in row.split()) / 3 for _, row in rows]
        others = [(sum(points) - 3 * mean) / 6 for mean in means]
        widest = max(abs(mean - other) for mean, other in zip(means, others, strict=True))
        centre = sum(points) / 9
        return widest + 2 * sqrt(sum((point - centre) ** 2 for point in points) / 9)

    reading = read(table)

    assert not any(topic.chance is Chance.CLEAR for topic in reading.topics)
    assert [topic.domain for topic in reading.topics] == sorted(
        (L, G), key=lambda d: -worth((L, G).index(d))
    )


def test_two_domains_are_too_few_to_speak_of_strictness() -> None:
    topic, *_ = read(
        f"{L} {G}\n{seats('Council', '11 11 11 12')}\n{seats('Trust', '33 33 33 33')}"
    ).topics

    assert not topic.strictness


def test_clear_gaps_come_first_then_the_widest_and_three_are_enough() -> None:
    header = " ".join(KEYS[:5])
    reading = read(
        "\n".join(
            (
                header,
                seats("Council", "12053 12505 11150 22455 12041 12505"),
                seats("Trust", "32150 32405 33055 32550 33541 32005"),
                seats("GPs", "35505 34050 25145 35415 35050 34505"),
            )
        )
    )

    order = [topic.chance is not Chance.CLEAR for topic in reading.topics]
    assert len(reading.topics) == 3
    assert order == sorted(order)
    assert reading.topics[0].chance is Chance.CLEAR
    assert LeftOut.THREE_ARE_ENOUGH in {why for _, why in reasons(reading)}
    assert {found.domain for found in (*reading.topics, *reading.looked_at)} == set(KEYS[:5])


def test_one_score_or_two_against_many_are_asked_about_and_never_claimed() -> None:
    for alone in ("5", "5 5"):
        rest = seats("Trust", "2 2 3 2 2 3 2 2 2 3 2 2")
        topic = only("\n".join((L, seats("Council", alone), rest)), guard=OPEN)

        assert (topic.group and topic.group.name, topic.doubts) == ("Council", (Doubt.FEW_SCORES,))
        assert topic.chance is not Chance.CLEAR


@settings(max_examples=25, deadline=None)
@given(some.lists(some.integers(0, 5), min_size=5, max_size=45), some.integers(0, 5))
def test_a_team_of_one_never_makes_a_clear_gap(others: list[int], alone: int) -> None:
    reading = read(
        f"{L}\nCouncil {alone}\n" + seats("Trust", " ".join(map(str, others))), guard=OPEN
    )

    assert not any(topic.chance is Chance.CLEAR for topic in reading.topics)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(some.integers(0, 9999), some.sampled_from([1, 3, 5]))
def test_there_are_three_cards_wherever_three_domains_have_a_difference(
    seed: int, guard: int
) -> None:
    workshop, casts = crowd(seed, seats=6 + seed % 30)
    reading = read_room(workshop.model_copy(update={"guard": guard}), casts)
    close = [domain.how_agreed is HowAgreed.AGREED for domain in reading.domains]
    differ = [domain for domain in reading.domains if domain.spread]

    assert (reading.quiet is None) == (not reading.domains or not all(close))
    if reading.quiet and not reading.lines_hidden:
        assert reading.topics == ()
        return
    told = {topic.domain for topic in reading.topics}
    merged = {other.domain for topic in reading.topics for other in topic.others}
    assert len(told) == min(3, len(differ) - len(merged - told))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(some.integers(0, 9999), some.sampled_from([1, 3]))
def test_no_word_of_calm_stands_beside_a_gap_that_is_shown(seed: int, guard: int) -> None:
    workshop, casts = crowd(seed, seats=8 + seed % 30)
    workshop = workshop.model_copy(update={"guard": guard})
    read = {domain.domain: domain for domain in read_room(workshop, casts).domains}
    widths = dict.fromkeys(read, 0.0)
    for compare in (Compare.PARTNER, Compare.TIER):
        for gap in gaps_of(workshop, casts, tuple(read), compare):
            printed = [float(said(side.mean, 1)) for side in gap.standings if side.scored > 1]
            width = round(max(printed, default=0) - min(printed, default=0), 1)
            widths[gap.domain.key] = max(widths[gap.domain.key], width)

    for domain, reading in read.items():
        if reading.how_agreed is HowAgreed.AGREED:
            assert widths[domain] < 1.0
        assert (reading.off is not None) == (reading.how_agreed is HowAgreed.CLOSE)
        assert reading.off is None or 1.0 <= reading.off.points == widths[domain] < 2.0


def test_a_partner_below_the_guard_is_named_nowhere() -> None:
    table = "\n".join(
        (L, seats("Council", "0 0"), seats("Trust", "4 4 5 4 3"), seats("GPs", "4 4 4 5 4 5"))
    )
    reading = read(table)

    # Two at 0 would follow from everyone less the Trust, so the Trust is not named either.
    named = {found.group.name for found in (*reading.topics, *reading.looked_at) if found.group}
    assert named <= {"GPs"}


def test_a_small_team_hides_its_partners_tiers_and_the_topic_says_that_lines_are_hidden() -> None:
    table = "\n".join(
        (
            L,
            seats("Council/board", "5 5 4"),
            seats("Council/front", "0 1"),
            seats("Trust/board", "5 4 5"),
            seats("Trust/front", "0 1 0"),
        )
    )
    reading = read(table)

    # The council's front line is two, so tiers are those of the trust alone.
    assert reading.topics[0].lines_hidden
    (tier,) = [topic for topic in reading.topics if topic.line is Compare.TIER]
    assert sorted(side.thirds.scored for side in tier.sides) == [3, 3]
    assert [topic.line for topic in read(table, guard=OPEN).topics] == [Compare.TIER]


@pytest.mark.parametrize("seed", range(40))
def test_every_side_that_is_counted_reaches_the_guard(seed: int) -> None:
    reading = read_room(*crowd(seed, seats=8 + seed % 20))

    for topic in reading.topics:
        assert all(side.thirds.scored >= 3 for side in topic.sides)


def test_a_room_below_the_guard_has_no_figures() -> None:
    reading = read(f"{L}\nCouncil 0\nTrust 5")

    (leadership,) = reading.domains
    assert reading.topics == ()
    assert (leadership.level, leadership.spread, leadership.thirds) == (None, None, None)
    assert (leadership.how_agreed, leadership.pattern) == (HowAgreed.UNCLEAR, Pattern.TOO_FEW)


def agreed(points: str) -> Pattern:
    reading = read(f"{L}\n{seats('Council', points)}\n{seats('Trust', points)}")
    assert reading.topics == ()
    return reading.domains[0].pattern


def test_agreed_low_and_agreed_high_are_two_patterns() -> None:
    assert agreed("1 1 1") is Pattern.AGREED_LOW
    assert agreed("3 3 2") is Pattern.AGREED_MIDDLING
    assert agreed("4 4 5") is Pattern.AGREED_HIGH


def test_neither_agreed_nor_apart_is_said_as_it_is() -> None:
    reading = read(f"{L}\n{seats('Council', '2 3 4')}\n{seats('Trust', '2 3 4')}")

    assert reading.domains[0].pattern is Pattern.TOO_MIXED
    assert [(topic.domain, topic.chance) for topic in reading.topics] == [(L, Chance.FEW)]
    assert reading.quiet is None


def test_a_domain_that_many_cannot_score_says_so() -> None:
    reading = read(f"{L} {G}\n{seats('Council', '3- 3- 32')}\n{seats('Trust', '32 32 32')}")

    assert [domain.pattern for domain in reading.domains] == [
        Pattern.AGREED_MIDDLING,
        Pattern.MANY_CANNOT_SAY,
    ]
    assert reading.domains[1].cannot_say == 2


QUIET = seats("Council", "234 244 223 334") + "\n" + seats("Trust", "234 244 223 334")
NOISY = seats("Council", "204 543 333 034") + "\n" + seats("Trust", "243 504 034 533")


def in_rounds(*tables: str) -> tuple[Workshop, list[Cast]]:
    casts: list[Cast] = []
    for number, table in enumerate(tables, start=1):
        workshop, cast = room(f"{L} {G} {C}\n{table}", Holder.PERSON)
        casts += [score.model_copy(update={"round": number}) for score in cast]
    return workshop, casts


CALM = seats("Council", "124 124 124 223") + "\n" + seats("Trust", "124 133 124 124")


def test_a_room_that_agreed_only_in_round_two_has_reached_it() -> None:
    reading = read_room(*in_rounds(NOISY, CALM))

    assert (reading.topics, reading.quiet) == ((), Quiet.REACHED)
    assert len(reading.movements) == 3


def test_copies_and_tight_domains_make_a_quiet_room_worth_a_private_thought() -> None:
    header = " ".join(KEYS[:6])
    reading = read(
        f"{header}\n" + seats("Council", "123232 " * 4) + "\n" + seats("Trust", "123232 " * 4)
    )

    assert reading.quiet is Quiet.TELLS
    assert (reading.tells.copied_pairs, reading.tells.earns_a_note) == (12, True)


def test_agreement_from_the_start_without_tells_is_genuine() -> None:
    reading = read_room(*in_rounds(QUIET))

    assert (reading.topics, reading.tells.tells <= 1) == ((), True)
    assert reading.quiet is Quiet.GENUINE


def test_a_narrow_line_beneath_agreement_is_not_called_genuine() -> None:
    table = "\n".join((L, seats("Council", "2 2 2 2 2 2"), seats("Trust", "2 3 3 3 3 3")))

    assert read(table).quiet is Quiet.LINE_BENEATH


def test_few_ways_to_shuffle_say_nothing_of_chance() -> None:
    assert chance_of(0.01, 20) is Chance.FEW
    assert chance_of(0.025, 70) is Chance.CLEAR
    assert chance_of(0.026, 70) is Chance.COULD_BE


@pytest.mark.parametrize(
    ("share", "said"), [(0.02, 50), (0.05, 20), (0.06, 15), (0.2, 5), (0.0005, 1000), (1.0, 1)]
)
def test_a_chance_is_said_in_round_numbers_and_never_rarer_than_it_is(
    share: float, said: int
) -> None:
    assert one_in(share) == said
    assert said * share <= 1


@settings(max_examples=15, deadline=None)
@given(some.integers(0, 9999), some.randoms(use_true_random=False))
def test_a_refresh_reads_the_same_to_the_last_digit(seed: int, dice: random.Random) -> None:
    workshop, casts = crowd(seed)
    shuffled = list(casts)
    dice.shuffle(shuffled)

    assert read_room(workshop, shuffled) == read_room(workshop, casts)


def test_nobody_scored_and_nothing_is_read() -> None:
    workshop, _ = room(f"{L}\nCouncil 1")

    reading = read_room(workshop, [])

    assert (reading.topics, reading.looked_at, reading.domains, reading.quiet) == ((), (), (), None)


@pytest.mark.long
def test_a_new_process_reads_the_same_room() -> None:
    told = (
        "from tests.rules.test_lines import crowd;"
        "from aqua_core.rules.room import read_room;"
        "print(read_room(*crowd(5, 24)).model_dump_json())"
    )

    said = {
        subprocess.run(
            [sys.executable, "-c", told],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": salt},
        ).stdout.strip()
        for salt in ("1", "2")
    }

    assert said == {read_room(*crowd(5, 24)).model_dump_json()}


def test_teams_of_one_are_apart_and_nothing_is_inside_them() -> None:
    topic = only(f"{L}\nCouncil/board 0\nCouncil/front 5\nTrust/board 1\nTrust/front 4")

    assert (topic.pattern, topic.line) == (Pattern.TEAMS_APART, None)
