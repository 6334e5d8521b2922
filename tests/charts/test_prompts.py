"""What the room is asked: a file that a place may edit, and one question for whatever is found."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from aqua_core.charts.sentences import asking
from aqua_core.charts.sentences import asking as asides
from aqua_core.errors import BadPrompts
from aqua_core.instrument import prompts_from, read_prompts
from aqua_core.rules.candidates import MOST
from aqua_core.rules.room import read_room
from aqua_core.rules.talk import Guessed, misreadings_of, worth_asking
from aqua_core.vocabulary import CANNOT_SAY, Holder, Misreading, Sector, Workshop
from aqua_core.vocabulary.prompt import Prompt
from aqua_core.vocabulary.reading import Pattern
from aqua_core.vocabulary.shown import RoomReading
from aqua_core.workshop.admitting import Caller
from pages import _room, _way
from tests.kit.looking import a_wall, words
from tests.kit.notation import INSTRUMENT, room
from tests.kit.one_room import facilitator, room_file
from tests.pages.test_talk_page import TIERS, ballot, divided, revealed
from tests.rules.test_reading_plainly import seeded
from tests.rules.test_second_look import BOARD_PULLS, twice

__all__ = ["facilitator", "room_file"]
DATA = Path(__file__).parents[2] / "data"
FILE = DATA / "prompts" / "prompts.json"
SHIPPED = read_prompts(FILE)
DOMAINS = [domain.key for domain in INSTRUMENT.domains]
GENERAL = {prompt.pattern: prompt for prompt in reversed(SHIPPED.prompts) if prompt.domain is None}
OURS = json.dumps(
    SHIPPED.model_dump(mode="json")
    | {"prompts": [GENERAL[pattern].model_dump(mode="json") for pattern in Pattern]},
    indent=1,
)
TALKED_ABOUT = (
    *(Pattern.PARTNERS_APART, Pattern.TIERS_APART, Pattern.TEAMS_APART, Pattern.COULD_BE_CHANCE),
    *(Pattern.CAMPS_ALONG_A_LINE, Pattern.CAMPS_THROUGH_TEAMS, Pattern.WIDE_SPREAD),
    Pattern.ONE_APART,
)
FIRST = GENERAL[Pattern.PARTNERS_APART]
JUDGING = re.findall(
    r"\w+",
    "wrong right failed failing poor bad worse worst good better best blame fault weak strong "
    "should must problem problems mistake behind lagging disappointing unfair naive resisting "
    "stubborn unacceptable",
)


# What made people show a score that was sealed minutes before, or where they stand by it.
SHOWS_A_SCORE = re.compile(
    r"\b(stand (along|where|by)|line up|from low to high|where you stopped|the other kind"
    r"|a low one|from the front line up|(?<!leave the )(?<!not the )scores? (aloud|to)"
    r"|say what you (gave|chose|scored)|hands? up)\b",
    re.IGNORECASE,
)
ONE_BY_ONE = re.compile(r"\beach (names|tells|says)\b", re.IGNORECASE)
SMALL = re.compile(r"\b(pairs|threes|fours|tables?|cards?)\b", re.IGNORECASE)


def texts(prompt: Prompt) -> list[str]:
    said = [prompt.question, prompt.persona or "", prompt.listen_for]
    return said + [step.text for step in prompt.steps]


# The prompts themselves


def test_there_are_enough_prompts_and_each_pattern_has_several_to_choose_from() -> None:
    general = [prompt.pattern for prompt in SHIPPED.prompts if prompt.domain is None]

    assert len(SHIPPED.prompts) >= 45
    assert all(general.count(pattern) >= 2 for pattern in Pattern)
    # A room has three conversations at most, and all three may be of one kind.
    assert all(general.count(pattern) >= MOST for pattern in TALKED_ABOUT)
    assert {prompt.domain for prompt in SHIPPED.prompts} == {None, *DOMAINS}


@pytest.mark.parametrize("prompt", SHIPPED.prompts, ids=lambda prompt: prompt.key)
def test_a_prompt_names_nobody_judges_nothing_and_is_short_to_say(prompt: Prompt) -> None:
    # A word is what stands between spaces; 2.5 of them a second is unhurried speech.
    together = f"{prompt.question} {prompt.persona or ''}"

    assert len(together.split()) / 2.5 < 15
    assert 5 <= sum(step.minutes for step in prompt.steps) <= 12
    for text in texts(prompt):
        heard = set(re.findall(r"[a-z]+", text.casefold()))
        assert not heard & {*JUDGING, "why", "seat", "seats", "ballot", "consensus", "agree"}
        # Only a sentence's first word and a day of the week begin with a capital.
        inside = re.sub(r"(^|[.?:] )[A-Z]", "", text)
        assert not re.search(r"[A-Z]", inside.replace("Tuesday", "")), text
    asked = prompt.question.casefold()
    assert not any(re.search(rf"\b{sector}\b", asked) for sector in Sector)
    assert not re.match(r"(do|does|did|is|are|was|can|could|would|will|has|have)\b", asked)


@pytest.mark.parametrize("prompt", SHIPPED.prompts, ids=lambda prompt: prompt.key)
def test_no_prompt_makes_anybody_show_a_sealed_score(prompt: Prompt) -> None:
    assert not [text for text in texts(prompt) if SHOWS_A_SCORE.search(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Stand along a wall from low to high, or point, wherever you like.",
        "Round the room, from the front line up, one sentence each.",
        "Say where you stopped, and what you had in mind there.",
        "Find somebody with the other kind, and tell each other both.",
    ],
)
def test_the_four_that_did_are_found_and_gone(text: str) -> None:
    assert SHOWS_A_SCORE.search(text)
    assert text not in [step.text for prompt in SHIPPED.prompts for step in prompt.steps]


@pytest.mark.parametrize("prompt", SHIPPED.prompts, ids=lambda prompt: prompt.key)
def test_its_minutes_hold_for_forty_people(prompt: Prompt) -> None:
    """Forty people who speak one by one take a quarter of an hour: they speak in small groups."""
    for step in prompt.steps:
        if ONE_BY_ONE.search(step.text):
            assert SMALL.search(step.text), step.text


def test_what_is_likely_to_come_up_low_has_a_prompt_of_its_own() -> None:
    # Lowest in the paper's Salford: service redesign, workforce, engagement, information.
    low = {prompt.domain for prompt in SHIPPED.prompts if prompt.pattern is Pattern.AGREED_LOW}

    assert {"redesign", "workforce", "engagement", "information"} <= low
    # Each domain has a prompt of its own for a difference that is talked about.
    apart = {prompt.domain for prompt in SHIPPED.prompts if prompt.pattern in TALKED_ABOUT}
    assert {*DOMAINS} <= apart


def test_no_trick_is_repeated() -> None:
    steps = [step.text for prompt in SHIPPED.prompts for step in prompt.steps]
    listened = [prompt.listen_for for prompt in SHIPPED.prompts]
    persona = [prompt.persona for prompt in SHIPPED.prompts if prompt.persona]

    assert max(map(steps.count, steps)) <= 2
    assert len(set(listened)) == len(listened)
    assert len(set(persona)) == len(persona) >= 20


# What a room is asked


def readings() -> Iterator[RoomReading]:
    for seed in range(60):
        yield read_room(*seeded(seed))
    yield read_room(*room("leadership culture\nCouncil 2 3\nTrust 2 3\nGPs 2 3"))
    yield read_room(*room("leadership culture\nCouncil 1 0\nTrust 0 3\nGPs 1 3"))
    yield read_room(*room("leadership culture\nCouncil 0 3\nTrust 4 3\nGPs 5 3"))
    for second_look in (BOARD_PULLS, "Council 1 1\nCouncil 1 2\nCouncil 2 2"):
        yield read_room(*twice(second_look))


@pytest.fixture(scope="module")
def read() -> list[RoomReading]:
    return list(readings())


def a_misreading() -> Misreading | None:
    workshop, casts = room("finance\nCouncil 1\nGPs 4")
    guessed = [Guessed("finance", "Council board", "GPs", 1)]
    return worth_asking(misreadings_of(workshop, casts, guessed, ["finance"]))


def raised(reading: RoomReading) -> list[asking.Raised]:
    return [
        *asking.raised_by(reading.topics, reading.domains),
        *asking.raised_by_moves(reading.movements),
        *asking.raised_besides(reading.topics, reading.domains),
    ]


def test_the_rules_raise_every_pattern_but_the_one_that_needs_two_waves(read) -> None:
    produced = {
        pattern for reading in read for question in raised(reading) for pattern in question.patterns
    } | {
        pattern
        for question in asking.raised_by_misreading(a_misreading())
        for pattern in question.patterns
    }

    assert produced == set(Pattern) - {Pattern.FELL}


@pytest.mark.parametrize("pattern", list(Pattern))
def test_every_pattern_has_a_prompt_in_every_domain(pattern: Pattern) -> None:
    for domain in (*DOMAINS, "a_domain_of_our_own", None):
        (prompt,) = asking.prompts_for(SHIPPED, [asking.Raised((pattern,), domain)])
        assert prompt.pattern is pattern
        assert prompt.domain in (domain, None)
        own = [p for p in SHIPPED.prompts if (p.pattern, p.domain) == (pattern, domain)]
        assert prompt == (own[0] if own and domain else GENERAL[pattern])


def test_the_same_room_is_asked_the_same_again_and_nothing_twice(read) -> None:
    for reading in read:
        assert {question.patterns[-1] for question in asking.raised_by(reading.topics, ())} <= {
            *TALKED_ABOUT,
            Pattern.QUIET_ROOM,
        }
        asked = asking.prompts_for(SHIPPED, asking.raised_by(reading.topics, reading.domains))
        again = asking.prompts_for(
            prompts_from(FILE.read_text("utf-8"), "again"),
            asking.raised_by(reading.topics, reading.domains),
        )

        assert asked == again
        assert (
            len({question.key for question in asked}) == len(asked) == max(1, len(reading.topics))
        )


def test_a_pattern_that_comes_more_often_than_the_file_has_prompts_begins_again() -> None:
    often = [asking.Raised((Pattern.AGREED_HIGH,), "workforce")] * 5

    keys = [prompt.key for prompt in asking.prompts_for(SHIPPED, often)]

    assert keys == [f"agreed-high-{n}" for n in (1, 2, 1, 2, 1)]


def test_what_could_be_chance_is_asked_about_as_such_first() -> None:
    both = (Pattern.COULD_BE_CHANCE, Pattern.PARTNERS_APART)

    asked = asking.prompts_for(SHIPPED, [asking.Raised(both, "finance")] * 4)

    assert [prompt.pattern for prompt in asked[:3]] == [Pattern.COULD_BE_CHANCE] * 3
    assert asked[3].key == "partners-apart-finance"


# A file that somebody edited

WRONG = [
    # what stands there, what somebody made of it, the remedy
    (FIRST.question, "word " * 17 + "w?", "Ask what cannot be answered by yes or no"),
    (FIRST.question, "What " + "a " * 24 + "?", "Keep the question to 24 words (this has 26)."),
    (FIRST.question, "What " + "x" * 90 + "?", "Keep the question to 90 characters"),
    (FIRST.question, "Is this where it stops?", "begin with What, Which, How"),
    (FIRST.question, "Sally, what do you see?", "begin with What, Which, How"),
    (FIRST.question, "What does Sally see?", '"Sally" looks like a name'),
    (FIRST.question, "What do you see? And what else?", "Ask one question"),
    (FIRST.question, "What is wrong here?", '"wrong" judges: say what could be seen'),
    (FIRST.question, "What is seen, and why?", '"Why" asks people to defend themselves'),
    (FIRST.question, "What do 6 of you see?", 'take out "6"'),
    (FIRST.question, "What did the lowest seat see?", '"seat" points at who scored'),
    (FIRST.question, "What does {persona} see?", "{persona} stands in the persona line only"),
    (FIRST.question, "What of <b>this</b>?", "Wording is plain text: take out < >"),
    (FIRST.question, " ", "Write the question."),
    (FIRST.persona, "How does {name} see it?", "Write {persona} once in the persona line"),
    (FIRST.persona, "How would {persona}", "Ask one question, and end it"),
    (FIRST.persona, "How is it on a day?", "Write {persona} once"),
    (FIRST.persona, "How " + "a " * 12 + "{persona}?", "to 12 words (this has 14)."),
    (FIRST.steps[0].text, "Listen to {who}.", "Take out {who}"),
    (FIRST.steps[0].text, "Take 2 each.", 'Write "2" as a word.'),
    (FIRST.steps[0].text, "x" * 81, "Keep the step to 80 characters (this has 81)."),
    (FIRST.listen_for, "Who is to blame.", '"blame" judges'),
    ('"minutes": 4', '"minutes": 0', "whole number from 1 to 20"),
    ('"minutes": 4', '"minutes": 4.5', "whole number from 1 to 20"),
    ('"minutes": 4', '"minutes": "4"', "whole number from 1 to 20"),
    ('"minutes": 4', '"minuets": 4', 'There is no field "minuets"'),
    ('"pattern": "teams apart"', '"pattern": "team apart"', 'write "teams apart"'),
    ('"pattern": "teams apart"', '"pattern": "zzz"', "choose one of partners apart, tiers"),
    ('"domain": null', '"domain": "Our IT"', "Write the domain's key as the instrument has it"),
    ('"key": "partners-apart-1"', '"key": "P 1"', "Write the key in small letters"),
    ('"key": "tiers-apart-1"', '"key": "partners-apart-1"', "is already in prompt"),
    (GENERAL[Pattern.TIERS_APART].question, FIRST.question, "is already in prompt"),
    ('"version": "2"', '"version": "one"', "such as 1 or 1.2"),
]


@pytest.mark.parametrize(("old", "new", "remedy"), WRONG)
def test_says_which_prompt_to_change_and_how(old: str, new: str, remedy: str) -> None:
    number = OURS[: OURS.index(old) + len('"key"')].count('"key"')
    place = f"prompt {number}, " if number else "version: "

    with pytest.raises(BadPrompts) as refused:
        prompts_from(OURS.replace(old, new, 1), "prompts.json")

    assert str(refused.value).startswith(f"prompts.json, {place}")
    assert remedy in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("pattern", list(Pattern))
def test_a_pattern_without_a_prompt_for_any_domain_is_named(pattern: Pattern) -> None:
    key = GENERAL[pattern].key
    asked = [load for load in json.loads(OURS)["prompts"] if load["key"] != key]
    only_finance = GENERAL[pattern].model_dump(mode="json") | {"domain": "finance"}

    for left in (asked, [*asked, only_finance]):
        with pytest.raises(BadPrompts, match=f'Add a prompt for "{pattern}" whose domain is null'):
            prompts_from(json.dumps(json.loads(OURS) | {"prompts": left}))


def test_two_steps_are_two(tmp_path: Path) -> None:
    given_three = json.loads(OURS)
    given_three["prompts"][0]["steps"].append({"text": "And then rest.", "minutes": 5})

    with pytest.raises(BadPrompts, match=r"Give two steps \(this has 3\)"):
        prompts_from(json.dumps(given_three))
    with pytest.raises(BadPrompts, match=r"^prompts\.json is not there: check its name"):
        read_prompts(tmp_path / "prompts.json")


@given(
    word=st.sampled_from([*JUDGING, "Why", "seats", "Sally", "www.evil.test", "{name}"]),
    where=st.sampled_from(["question", "persona", "listen_for", "steps"]),
    at=st.integers(1, 4),
)
def test_a_word_that_may_not_be_said_is_refused_wherever_it_stands(word, where, at) -> None:
    prompt = FIRST.model_dump(mode="json")
    spot, field = (prompt["steps"][1], "text") if where == "steps" else (prompt, where)
    said = spot[field].split()
    spot[field] = " ".join([*said[:at], word, *said[at:]])

    with pytest.raises(ValidationError) as refused:
        Prompt.model_validate_json(json.dumps(prompt))

    # A list without the step that it refused is also too short: pydantic says both.
    (wording,) = [error for error in refused.value.errors() if error["type"] == "wording"]
    assert where in wording["loc"]


# On the card


def said(text: str) -> str:
    return text.replace("\\", "").replace("\u2060", "")


def of_a_room(facilitator: Caller, **holding: Holder) -> Workshop:
    return revealed(facilitator, divided(), tiers=TIERS, **holding)


@pytest.fixture(scope="module")
def apart(facilitator: Caller) -> Workshop:
    return of_a_room(facilitator)


CARD = GENERAL[Pattern.CAMPS_ALONG_A_LINE]


def test_under_the_question_stand_two_steps_and_not_what_to_listen_for(
    looks, facilitator, apart
) -> None:
    seen = said(words(looks(facilitator, _way.TALK, apart.code)))

    assert CARD.question in seen
    assert "What could Sally show to both sides?" in seen
    first, second = CARD.steps
    assert f"1. {first.text} (4\u00a0min)  \n2. {second.text} (6\u00a0min)" in seen
    assert CARD.listen_for not in seen


def test_a_wall_sees_the_question_and_its_steps_and_nothing_to_press(
    looks, facilitator, apart
) -> None:
    app = looks(a_wall(facilitator, apart), _way.TALK, apart.code)

    seen = said(words(app))
    assert CARD.question in seen
    assert f"1. {CARD.steps[0].text}" in seen
    assert CARD.listen_for not in seen
    assert not app.button
    assert not app.text_area


def test_what_to_listen_for_is_told_to_the_facilitator_alone(looks, facilitator, apart) -> None:
    app = looks(facilitator, _way.ONLY_FOR_YOU, apart.code)
    assert CARD.listen_for not in said(words(app))

    app.button[0].click().run()

    seen = said(words(app))
    assert f"{CARD.question}  \n{CARD.listen_for}" in seen
    others = [expander.label for expander in app.expander]
    assert others == ["On the other domains, if one comes up"]
    # Seven further domains, each with a question of its own or of its pattern.
    assert len(re.findall(r"^\*\*[^*]+\*\*: .*\?  $", seen, flags=re.MULTILINE)) == len(DOMAINS)


def test_a_room_that_nothing_divides_is_told_so_and_asked(looks, facilitator) -> None:
    workshop = revealed(facilitator, {"Council": [ballot(3)] * 3, "Trust": [ballot(3)] * 3})

    seen = said(words(looks(facilitator, _way.TALK, workshop.code)))

    assert asides.quiet_heading((), False) in seen
    assert GENERAL[Pattern.QUIET_ROOM].question in seen
    assert GENERAL[Pattern.QUIET_ROOM].steps[0].text in seen


def test_where_nobody_can_say_the_room_is_asked_who_could(looks, facilitator) -> None:
    workshop = revealed(facilitator, {"Council": [ballot(CANNOT_SAY)] * 3})

    seen = said(words(looks(facilitator, _way.TALK, workshop.code)))

    assert GENERAL[Pattern.MANY_CANNOT_SAY].question in seen


@pytest.fixture
def prompts_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give where the pages look for the prompts of this test; nothing is there yet."""
    (tmp_path / "prompts").mkdir()
    monkeypatch.setattr(_room, "DATA", tmp_path)
    return tmp_path / "prompts" / "prompts.json"


BAD_FILES = {
    "missing": (None, "prompts.json is not there: check its name"),
    "not JSON": ("{", "prompts.json, line 1, column 2: The text ends too early"),
    "a verdict": (OURS.replace("What does each", "What is wrong that"), '"wrong" judges'),
    "a link": (OURS.replace("What does each", "What www.evil.test"), "take out the web address"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_used_is_one_sentence_and_the_card_stays(
    looks, facilitator, apart, prompts_file, name
) -> None:
    text, sentence = BAD_FILES[name]
    if text is not None:
        prompts_file.write_text(text, "utf-8")

    app = looks(facilitator, _way.TALK, apart.code)

    assert sentence in said(words(app))
    assert len(app.warning) == 1
    assert not app.title
    assert "Council scored this 4.0 lower than everyone else" in said(words(app))
    assert app.text_area  # notes can still be taken
    wall = looks(a_wall(facilitator, apart), _way.TALK, apart.code)
    assert "prompts.json" not in words(wall)
    assert "Council scored this 4.0 lower" in said(words(wall))


def test_a_file_that_is_put_in_order_is_asked_from_at_the_next_refresh(
    looks, facilitator, apart, prompts_file
) -> None:
    prompts_file.write_text("{", "utf-8")
    app = looks(facilitator, _way.TALK, apart.code)
    assert app.warning

    prompts_file.write_text(
        OURS.replace(CARD.question, "What do both sides watch for?"), "utf-8-sig"
    )
    app.run()

    assert [title.value for title in app.title] == ["What do both sides watch for?"]
    assert not app.warning
