"""Teams that share a laptop: two statements side by side, and nothing is left to chance."""

import random

import pytest

from aqua_core.charts.sentences import asking as asides
from aqua_core.charts.sentences import conversations
from aqua_core.rules.room import read_room
from aqua_core.vocabulary import Compare
from aqua_core.vocabulary.reading import (
    Chance,
    Direction,
    HowAgreed,
    LeftOut,
    Pattern,
    Quiet,
    Topic,
)
from aqua_core.vocabulary.shown import RoomReading
from tests.kit.notation import INSTRUMENT, room
from tests.kit.seeds import seeds

KEYS = [domain.key for domain in INSTRUMENT.domains]
NAMES = {domain.key: domain.short for domain in INSTRUMENT.domains}
SIX = ("Trust", "ICB", "Council", "GPs", "MHT", "VCS")
LOW, HIGH = 0, -1


def read(table: str) -> RoomReading:
    return read_room(*room(table))


def only(table: str) -> Topic:
    (topic,) = read(table).topics
    return topic


def table_of(columns: dict[str, list[int]], names: tuple[str, ...] = SIX) -> str:
    rows = zip(names, *columns.values(), strict=True)
    return "\n".join([" ".join(columns), *(" ".join(map(str, row)) for row in rows)])


@pytest.mark.slow
def test_six_laptops_with_one_domain_four_apart_talk_about_it_first() -> None:
    for seed in range(200):
        dice = random.Random(seed)
        far = dice.choice(KEYS)
        columns = {}
        for key in KEYS:
            low = dice.randint(0, 1) if key == far else dice.randint(0, 4)
            reach = 4 if key == far else 1
            columns[key] = [low, low + reach, *(low + dice.randint(0, reach) for _ in SIX[2:])]
            dice.shuffle(columns[key])

        reading = read(table_of(columns))

        assert [topic.domain for topic in reading.topics] == [far]
        assert reading.topics[0].points == 4
        assert reading.topics[0].chance is Chance.NONE
        assert reading.quiet is None
        # Each of the others has two laptops on neighbouring levels.
        close = {
            domain.domain for domain in reading.domains if domain.how_agreed is HowAgreed.CLOSE
        }
        assert close == set(KEYS) - {far}


def test_the_two_statements_stand_side_by_side() -> None:
    topic = only(table_of({"finance": [2, 4, 3, 2, 3, 0]}))
    finance = next(domain for domain in INSTRUMENT.domains if domain.key == "finance")

    assert conversations.statements(topic, finance) == (
        ("ICB board chose 4", f"“{finance.statements[4]}”"),
        ("VCS board chose 0", f"“{finance.statements[0]}”"),
    )
    assert conversations.chance(topic) == ""


@pytest.mark.parametrize(
    ("scores", "pattern", "heading"),
    [
        (
            [2, 3, 3, 2, 3, 0],
            Pattern.ONE_APART,
            "VCS stands apart, three levels from 3 teams",
        ),
        ([5, 3, 3, 2, 3, 2], Pattern.ONE_APART, "Trust stands apart, three levels from GPs"),
        ([4, 4, 0, 0, 2, 2], Pattern.PARTNERS_APART, "Four levels apart: Council board and GPs"),
        ([4, 4, 4, 2, 2, 2], Pattern.PARTNERS_APART, "Two levels apart: 3 teams and 3 teams"),
    ],
)
def test_who_stands_where_is_said_by_name_or_counted(scores, pattern, heading) -> None:
    topic = only(table_of({"finance": scores}))

    assert topic.pattern is pattern
    assert conversations.heading(topic).startswith(heading)


def test_a_line_between_tiers_is_named_by_tier_and_between_partners_by_partner() -> None:
    tiers = only("finance\n" + "\n".join(f"{n}/board 4\n{n}/front 2" for n in SIX[:3]))
    partners = only(
        "finance\nTrust/board 4\nTrust/front 4\nICB/board 3\nICB/front 4\nGPs/board 1\nGPs/front 2"
    )
    neither = only("finance\nTrust/board 4\nTrust/front 2\nICB/board 2\nICB/front 4")

    assert (tiers.line, tiers.pattern) == (Compare.TIER, Pattern.TIERS_APART)
    assert (partners.line, partners.pattern) == (Compare.PARTNER, Pattern.PARTNERS_APART)
    assert (partners.group and partners.group.name, partners.direction) == ("GPs", Direction.LOWER)
    assert (neither.line, neither.pattern) == (Compare.TEAM, Pattern.TEAMS_APART)


def test_one_team_at_the_same_end_of_several_domains_is_one_conversation() -> None:
    reading = read(
        table_of(
            {
                "leadership": [3, 3, 2, 3, 2, 0],
                "finance": [4, 4, 4, 4, 4, 0],
                "culture": [0, 3, 3, 3, 3, 3],
                "workforce": [2, 2, 3, 2, 3, 2],
            }
        )
    )

    first, second = reading.topics
    assert (first.domain, [other.domain for other in first.others]) == ("finance", ["leadership"])
    assert second.domain == "culture"
    also = conversations.also_on(first, NAMES, 4)
    assert also == (
        "VCS also chose the lowest level on Leadership, 3 levels from the highest: "
        "two of four domains, one conversation."
    )


def test_in_a_tie_the_domain_with_more_teams_at_its_ends_comes_first() -> None:
    reading = read(table_of({"culture": [0, 2, 1, 1, 1, 1], "finance": [3, 3, 3, 1, 1, 1]}))

    assert [topic.domain for topic in reading.topics] == ["finance", "culture"]


def test_all_within_one_level_is_close_and_nothing_of_a_line_is_said() -> None:
    reading = read(table_of({"finance": [3, 3, 2, 3, 3, 3], "culture": [1, 2, 1, 2, 1, 2]}))

    assert (reading.topics, reading.quiet) == ((), Quiet.WITHIN_A_LEVEL)
    assert "close" in asides.quiet_heading(reading.domains, reading.lines_hidden)
    assert {left_out.why for left_out in reading.looked_at} == {LeftOut.NOTHING_DIVIDES}
    assert asides.how_quiet(reading.domains) == "It stands close on all two domains."


def test_laptops_are_agreed_on_one_level_and_close_within_one() -> None:
    columns = {"finance": [3] * 6, "culture": [1, 2] * 3, "workforce": [1, 2, 3] * 2}
    reading = read(table_of(columns))

    said = {domain.domain: domain.how_agreed for domain in reading.domains}
    assert said == {
        "finance": HowAgreed.AGREED,
        "culture": HowAgreed.CLOSE,
        "workforce": HowAgreed.APART,
    }


def test_a_quiet_room_counts_what_is_agreed_and_what_is_close() -> None:
    columns = {"finance": [3] * 6, "culture": [1, 2] * 3, "workforce": [1] * 5 + [2]}
    reading = read(table_of(columns))

    sentence = asides.how_quiet(reading.domains)
    assert sentence == "It agrees on one of three domains, and stands close on two."


def test_a_second_laptop_of_a_team_counts_and_may_stand_against_the_first() -> None:
    topic = only("finance\nTrust 1\nTrust 4\nICB 2")

    assert [[team.name for team in end.teams] for end in topic.ends] == [
        ["Trust board"],
        ["Trust board"],
    ]
    assert read("finance\nTrust 1\nTrust 4").topics[0].points == 3


@seeds(1000, always=200)
def test_every_width_is_a_plain_difference_of_scores_and_every_end_is_who_chose_it(
    seeds: range,
) -> None:
    checked = 0
    for seed in seeds:
        dice = random.Random(seed)
        names = [f"P{n}/{tier}" for n in range(dice.randint(2, 5)) for tier in ("board", "front")]
        sitting = dice.sample(names, dice.randint(2, len(names)))
        rows = {name: dice.choice("0123456-").replace("6", "3") for name in sitting}
        workshop, casts = room("finance\n" + "\n".join(f"{n} {s}" for n, s in rows.items()))
        given = {cast.team_id: cast.score for cast in casts if isinstance(cast.score, int)}

        reading = read_room(workshop, casts)

        width = max(given.values(), default=0) - min(given.values(), default=0)
        assert len(reading.topics) == (width >= 2)
        for topic in reading.topics:
            assert topic.points == width
            low, high = topic.ends
            for end, points in ((low, min(given.values())), (high, max(given.values()))):
                chose = {team_id for team_id, score in given.items() if score == points}
                assert ({team.id for team in end.teams}, end.points) == (chose, points)
            if topic.pattern is Pattern.ONE_APART:
                alone = [
                    team
                    for team, score in given.items()
                    if all(abs(score - other) >= 2 for t, other in given.items() if t != team)
                ]
                assert len(given) > 2
                assert any(
                    {team.id for team in end.teams} == {a} for a in alone for end in (low, high)
                )
            checked += 1
    assert checked > len(seeds) / 2
