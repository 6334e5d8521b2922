"""Every sentence is true of its room: its numbers are read back and counted again, plainer."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aqua_core.charts.sentences import asking, conversations, private
from aqua_core.charts.sentences import asking as asides
from aqua_core.charts.sentences.wording import counts, in_words
from aqua_core.instrument import read_prompts
from aqua_core.rules.room import read_room
from aqua_core.vocabulary import Cast, Holder, Place, Workshop
from aqua_core.vocabulary.reading import (
    Chance,
    Doubt,
    HowAgreed,
    LeftOut,
    LookedAt,
    Pattern,
    Quiet,
    Thirds,
    Topic,
)
from aqua_core.vocabulary.shown import RoomReading
from tests.charts.test_private_notes import EVERY_SIGN
from tests.kit import plainly
from tests.kit.notation import INSTRUMENT, room
from tests.rules.test_reading_plainly import in_tiers, seats_of, seeded

PROMPTS = read_prompts(Path(__file__).parents[2] / "data" / "prompts" / "prompts.json").prompts
NAMES = {domain.key: domain.short for domain in INSTRUMENT.domains}
KEYS = {name: key for key, name in NAMES.items()}
VERDICTS = re.compile(
    r"\b(wrong|right|fail\w*|poor\w*|bad|badly|worse|worst|good|better|best|blame\w*|fault\w*|weak\w*"
    r"|strong\w*|should|must|problem\w*|mistake\w*|behind|lag\w*|disappoint\w*|unfair|naive)\b",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\b(p|mean|median|significan\w*|permutation\w*|deviation|variance|sd|outlier\w*|sample"
    r"|statistic\w*|index|correlat\w*|seed|stratum|strata|max-t|error)\b|[!%]",
    re.IGNORECASE,
)
GAP = re.compile(
    r"(?P<group>[\w ]+) scored this (?P<points>\d\.\d) (?P<way>lower|higher) than (every|the other)"
)
STANDS = re.compile(r"(\d+) (says?) (0 or 1|2 or 3|4 or 5)")
TWICE = ("board", "board", "front", "front")
Room = tuple[Workshop, "Seats", RoomReading]


class Seats(list[plainly.Seated]):
    """The seats of a room, and the same with points only where tiers can be compared."""

    in_tiers: list[plainly.Seated]

    def __init__(self, workshop: Workshop, casts: list[Cast]) -> None:
        super().__init__(seats_of(workshop, casts))
        self.in_tiers = in_tiers(workshop, casts, self)

    def along(self, line: str) -> list[plainly.Seated]:
        return self.in_tiers if line == "tier" else self


RARE = (
    "Council/board 0\nCouncil/board 1\nCouncil/board 0\n" + "Trust/front 4\n" * 3,
    "".join(f"P{n}/board {points}\n" for n in range(3) for points in (0, 1, 2, 3, 4, 5)),
)
"""A partner alone at its tier; a wide spread of many."""


def rooms() -> Iterator[Room]:
    rare = (room(f"leadership\n{table}", Holder.PERSON) for table in RARE)
    for workshop, casts in (*map(seeded, range(200)), *rare):
        yield workshop, Seats(workshop, list(casts)), read_room(workshop, casts)


@pytest.fixture(scope="module")
def read() -> list[Room]:
    return list(rooms())


def as_said(figure: str, exact: float) -> bool:
    return abs(float(figure) - exact) <= 0.05 + 1e-9


def who(name: str, workshop: Workshop) -> tuple[str, str]:
    """Give the line and the group's id that a name in a sentence means."""
    for team in workshop.teams:
        for line, called, key in (
            ("partner", team.partner.name, team.partner.id),
            ("tier", f"{team.tier.value.capitalize()} teams", team.tier.value),
            ("team", team.name, team.id),
        ):
            if called == name:
                return line, key
    raise AssertionError(name)


def check_gap(sentence: str, domain: str, workshop: Workshop, seats: Seats) -> None:
    said = GAP.search(sentence)
    assert said, sentence
    line, key = who(said["group"].strip(), workshop)
    gap = plainly.gap(seats.along(line), line, key, domain)
    assert gap is not None
    assert as_said(said["points"], abs(gap))
    assert said["way"] == ("lower" if gap < 0 else "higher")


def stands(votes: list[int]) -> set[tuple[str, str, str]]:
    thirds = {"0 or 1": 0, "2 or 3": 0, "4 or 5": 0}
    for vote in votes:
        thirds[("0 or 1", "2 or 3", "4 or 5")[vote // 2]] += 1
    return {(str(n), "says" if n == 1 else "say", where) for where, n in thirds.items() if n}


def check_sides(topic: Topic, workshop: Workshop, seats: Seats) -> None:
    for name, sentence in conversations.sides(topic):
        votes = [seat[3][topic.domain] for seat in seats if topic.domain in seat[3]]
        if topic.group is not None:
            named = conversations.sides(topic)[0][0]
            line, key = who(named, workshop)
            mine = name not in (conversations.EVERYONE_ELSE, "The other tiers")
            votes = [
                seat[3][topic.domain]
                for seat in seats.along(line)
                if topic.domain in seat[3] and (plainly.side(seat, line) == key) is mine
            ]
        assert set(STANDS.findall(sentence)) == stands(votes)
        assert len(votes) >= workshop.guard


def test_every_heading_and_every_side_is_true(read) -> None:
    seen = set()
    for workshop, seats, reading in read:
        for topic in reading.topics:
            seen.add((topic.pattern, topic.group is None))
            sentence = conversations.heading(topic)
            votes = [seat[3][topic.domain] for seat in seats if topic.domain in seat[3]]
            check_sides(topic, workshop, seats)
            if "Two camps" in sentence:
                assert plainly.camps(votes)
            if topic.group is not None:
                check_gap(sentence.split(": ")[-1], topic.domain, workshop, seats)
            elif figure := re.search(r"[Ss]cores lie (\d\.\d) points?", sentence):
                assert as_said(figure[1], plainly.deviation(votes))
            if "inside" in sentence or "through" in sentence:
                assert not topic.lines_hidden
    assert {pattern for pattern, _ in seen} >= {
        *(Pattern.PARTNERS_APART, Pattern.TIERS_APART, Pattern.WIDE_SPREAD),
        *(Pattern.CAMPS_ALONG_A_LINE, Pattern.CAMPS_THROUGH_TEAMS, Pattern.TEAMS_APART),
    }


def test_every_merged_domain_is_true(read) -> None:
    merged = 0
    for _, seats, reading in read:
        for topic in reading.topics:
            sentence = conversations.also_on(topic, NAMES, len(reading.domains))
            assert bool(sentence) == bool(topic.others)
            if not sentence:
                continue
            merged += 1
            assert topic.line is not None
            assert topic.group is not None
            for name, figure in re.findall(r"(?:on |, |and )([A-Z][\w ]*?) by (\d\.\d)", sentence):
                line = topic.line.value
                gap = plainly.gap(seats.along(line), line, topic.group.id, KEYS[name])
                assert gap is not None
                assert as_said(figure, abs(gap))
                assert f" also scored {'lower' if gap < 0 else 'higher'} on" in sentence
                assert topic.group.name in sentence
            assert sentence.count(" by ") == len(topic.others)
            assert (
                f"{in_words(1 + len(topic.others))} of {in_words(len(reading.domains))}" in sentence
            )
    assert merged > 10


def test_what_is_said_of_chance_claims_no_more_than_is_known(read) -> None:
    said = [
        (topic, conversations.chance(topic)) for *_, reading in read for topic in reading.topics
    ]

    for topic, sentence in said:
        clear = topic.chance is Chance.CLEAR
        assert sentence.startswith("If scores were dealt out") == clear
        assert ("may be chance" in sentence) == (topic.chance in (Chance.COULD_BE, Chance.FEW))
        one_in = [] if topic.one_in in (None, 1) else [str(topic.one_in)]
        assert re.findall(r"once in (\d+)", sentence) == one_in
    assert {topic.chance for topic, _ in said} == set(Chance)


def test_a_doubt_is_said_on_its_card(read) -> None:
    doubted = set()
    for *_, reading in read:
        for topic in reading.topics:
            assert bool(conversations.doubts(topic)) == bool(topic.doubts)
            doubted |= set(topic.doubts)
    # A gap that turns round hides behind that of its tiers, which is wider.
    assert doubted >= {Doubt.FEW_SCORES, Doubt.ONE_TIER}
    assert set(conversations.DOUBTS) == set(Doubt)


def test_a_card_on_a_close_domain_says_so_first(read) -> None:
    close = 0
    for *_, reading in read:
        agreed = {
            domain.domain for domain in reading.domains if domain.how_agreed is HowAgreed.AGREED
        }
        for topic in reading.topics:
            said = conversations.heading(topic).startswith(conversations.CLOSE)
            assert said == (topic.domain in agreed)
            close += said
    assert close > 10


def test_everything_left_out_says_what_was_found_and_why(read) -> None:
    why = set()
    for workshop, seats, reading in read:
        for left_out in reading.looked_at:
            sentence = asides.left_out(left_out, NAMES)
            why.add(left_out.why)
            assert sentence.startswith(f"{NAMES[left_out.domain]}: ")
            assert sentence.endswith(asides.REASONS[left_out.why])
            if left_out.group is not None:
                check_gap(
                    sentence.removeprefix(f"{NAMES[left_out.domain]}:"),
                    left_out.domain,
                    workshop,
                    seats,
                )
    assert why >= {LeftOut.SAME_DOMAIN, LeftOut.TOO_FEW}


def test_a_room_without_a_conversation_is_counted_honestly(read) -> None:
    seen = set()
    for *_, reading in read:
        if reading.topics or not reading.domains:
            continue
        agreed = sum(domain.how_agreed is HowAgreed.AGREED for domain in reading.domains)
        known = [domain for domain in reading.domains if domain.level is not None]
        sentence = asides.how_quiet(reading.domains)
        seen.add(sentence)
        if not known:
            assert sentence.startswith("Too few")
        elif agreed < len(reading.domains):
            assert f"{in_words(agreed)} of {in_words(len(reading.domains))} domains" in sentence
            assert "cannot say" not in sentence
        assert not any(domain.how_agreed is HowAgreed.APART for domain in reading.domains)
    assert len(seen) > 2


def test_every_pattern_every_reason_and_every_quiet_has_its_words() -> None:
    assert {prompt.pattern for prompt in PROMPTS if prompt.domain is None} == set(Pattern)
    assert len({prompt.question for prompt in PROMPTS}) == len(PROMPTS) > len(Pattern)
    assert set(asides.REASONS) == set(LeftOut)
    assert set(private.KINDS_OF_QUIET) == set(Quiet)
    for pattern in Pattern:
        assert conversations.without_a_line(pattern)[0].isupper()


@pytest.mark.parametrize("question", [prompt.question for prompt in PROMPTS])
def test_a_question_is_one_neutral_question(question: str) -> None:
    assert question.count("?") == 1
    assert question.endswith("?")
    assert len(question) <= 90
    assert not VERDICTS.search(question)
    assert not re.search(r"\b(seat|\d|why)\b", question, re.IGNORECASE)
    # Nothing but its first word begins with a capital: no partner, tier, team or person.
    assert not re.search(r"(?<!^)\b[A-Z]", question)


def test_no_sentence_holds_jargon_or_a_verdict(read) -> None:
    fixed = [
        *(prompt.question for prompt in PROMPTS),
        *(prompt.persona for prompt in PROMPTS if prompt.persona),
        *(prompt.listen_for for prompt in PROMPTS),
        *(asking.step_said(step) for prompt in PROMPTS for step in prompt.steps),
        *asides.REASONS.values(),
        *private.KINDS_OF_QUIET.values(),
        *private.signs(EVERY_SIGN),
        *(private.NO_SIGN, conversations.HIDDEN, asides.quiet_heading((), True)),
    ]
    made = [
        sentence
        for *_, reading in read
        for topic in reading.topics
        for sentence in (
            *(conversations.heading(topic), conversations.chance(topic)),
            conversations.strictness(topic),
            conversations.also_on(topic, NAMES, 3),
        )
    ]
    left = [
        asides.left_out(left_out, NAMES) for *_, reading in read for left_out in reading.looked_at
    ]

    for sentence in (*fixed, *made, *left):
        assert not JARGON.search(sentence), sentence
        assert not VERDICTS.search(sentence), sentence


def test_a_group_is_said_so_that_one_or_many_can_follow() -> None:
    council = "\n".join(f"Council/{tier} 0" for tier in ["board", "front"] * 3)
    others = "\n".join(f"{name}/{t} 3" for name in ("GPs", "Trust") for t in ["board", "front"] * 3)
    (topic,) = read_room(*room(f"leadership\n{council}\n{others}", Holder.PERSON)).topics

    assert conversations.heading(topic) == "Council scored this 3.0 lower than everyone else"
    assert conversations.sides(topic) == (
        ("Council", "6 say 0 or 1"),
        ("Everyone else", "12 say 2 or 3"),
    )
    assert conversations.chance(topic).startswith("If scores were dealt out at random")


def test_a_gap_that_may_be_chance_is_said_as_plainly_as_one_that_is_not() -> None:
    council = "\n".join(f"Council/{tier} 0" for tier in ["board", "front"] * 3)
    others = "\n".join(f"{name}/{t} 3" for name in ("GPs", "Trust") for t in ["board", "front"] * 3)
    (topic,) = read_room(*room(f"leadership\n{council}\n{others}", Holder.PERSON)).topics
    may = topic.model_copy(update={"chance": Chance.COULD_BE, "one_in": 5})

    assert conversations.chance(may) == (
        "It may be chance: if scores were dealt out at random, a gap this wide would come up "
        "about once in 5 times."
    )


def test_where_groups_are_hidden_no_line_is_denied() -> None:
    rows = "\n".join(f"P{n}/{tier} {5 * (n % 2)}" for n in range(4) for tier in TWICE)
    (topic,) = read_room(*room(f"leadership\n{rows}", Holder.PERSON)).topics

    assert topic.lines_hidden
    assert conversations.heading(topic) == "Two camps"


def test_one_says_and_many_say() -> None:
    assert counts(Thirds(low=1, middle=0, high=2)) == "1 says 0 or 1, 2 say 4 or 5"


def test_the_resident_is_asked_after_where_there_is_one() -> None:
    asking_after = next(prompt for prompt in PROMPTS if prompt.persona)
    not_asking = next(prompt for prompt in PROMPTS if prompt.persona is None)

    def line(persona: str) -> str:
        return asking.persona_line(asking_after, Place(name="Salford", persona=persona))

    assert re.search(r"\bSally\b(?! Ford)", line("Sally Ford"))
    assert "Mrs Smith" in line("Mrs Smith")
    assert line("") == ""
    assert asking.persona_line(not_asking, Place(name="Salford", persona="Sally Ford")) == ""


def test_what_is_left_out_of_a_hidden_line_denies_no_line() -> None:
    left = LookedAt(
        pattern=Pattern.WIDE_SPREAD, domain="culture", points=1.2, why=LeftOut.THREE_ARE_ENOUGH
    )

    assert asides.left_out(left, NAMES) == (
        "Culture: A wide spread: scores lie 1.2 points from the middle score, on average. "
        "Three conversations are enough for one sitting."
    )


def test_strictness_is_said_only_where_it_holds(read) -> None:
    topics = [topic for *_, reading in read for topic in reading.topics]

    assert any(topic.strictness for topic in topics)
    for topic in topics:
        assert bool(conversations.strictness(topic)) == topic.strictness
