"""An instrument file is read strictly, and a refusal says what to change in it, where, and how."""

import json
import random
import time

import pytest

from aqua_core.errors import BadInstrument
from aqua_core.instrument import instrument_from
from tests.kit.notation import instrument_text

# A place's own instrument of one domain. Line 12 is its second statement.
OURS = """{
  "key": "ours",
  "version": "1",
  "name": "What matters here",
  "source": "Wording by the people of Wigan.",
  "levels": ["None", "Talk", "Trial", "Joint", "Usual", "Shown"],
  "domains": [
    {"key": "trust", "name": "Trust", "short": "Trust", "kind": "physiology",
     "question": "Do we keep our word to each other?",
     "statements": [
       "Nobody has asked yet.",
       "We have met.",
       "We have tried.",
       "We review it.",
       "We keep it up.",
       "Others copy it."
     ]}
  ]
}
"""
SECOND = OURS[OURS.index('    {"key"') : OURS.index("\n  ]\n}")]


def refusal_of(text: str) -> str:
    with pytest.raises(BadInstrument) as refused:
        instrument_from(text, "ours.json")
    return str(refused.value)


def ours_but(old: str, new: str) -> str:
    assert old in OURS
    return OURS.replace(old, new, 1)


def ours_and(second: str) -> str:
    return OURS.replace(SECOND, f"{SECOND},\n{second}")


def test_reads_the_wording_of_a_place() -> None:
    instrument = instrument_from(OURS)

    assert instrument.domains[0].statements[5] == "Others copy it."


def test_a_wording_is_written_one_way_only() -> None:
    spread, packed = instrument_from(OURS), instrument_from(json.dumps(json.loads(OURS)))

    assert instrument_text(spread) == instrument_text(packed)
    assert instrument_from(instrument_text(spread)) == spread


SECOND_STATEMENT = "domain 1, statement 2"
WRONG = [
    # what stands there, what somebody made of it, the place, the remedy
    (
        '"We have met."',
        '"' + "we " * 27 + '"',
        SECOND_STATEMENT,
        "Keep a statement to 24 words (this has 27).",
    ),
    (
        '"We have met."',
        '" "',
        SECOND_STATEMENT,
        "Write a statement for each of the points 0 to 5.",
    ),
    ('"We have met."', "7", SECOND_STATEMENT, "Type some text for the statement."),
    ('"We have met."', "null", SECOND_STATEMENT, "Type some text for the statement."),
    (
        '"We have met."',
        '"See http://evil.test"',
        SECOND_STATEMENT,
        "take out the web address.",
    ),
    ('"We have met."', '"See www.evil.test"', SECOND_STATEMENT, "take out the web address."),
    ('"We have met."', "NaN", SECOND_STATEMENT, "Type some text for the statement."),
    ('"We have met."', "-Infinity", SECOND_STATEMENT, "Type some text for the statement."),
    ('"We have met."', "9" * 5000, SECOND_STATEMENT, "Type some text for the statement."),
    ('"We have met."', '"We \\ud800 met."', "line 12", "only half a character"),
    ('"We have met."', '"We \\q met."', "line 12, column 12", "Take out the backslash."),
    (
        '"We have met."',
        '"We have met.',
        "line 12, column 22",
        "Begin and end the text with a double quote",
    ),
    (
        '"We have met."',
        "'We have met.'",
        "line 12, column 8",
        "a text stands without double quotes",
    ),
    ('"We have met.",', '"We have met."', "line 13, column 8", "A comma is missing before this"),
    ('"Others copy it."', '"Others copy it.",', "line 17, column 6", "a comma is too many"),
    (
        '"We have met.",\n',
        "",
        "domain 1, statements",
        "Write 6 statements, one for each of the points 0 to 5 (this has 5)",
    ),
    (
        '"We have met."',
        '"A.", "B."',
        "domain 1, statements",
        "Write 6 statements, one for each of the points 0 to 5 (this has 7)",
    ),
    ('"None", ', "", "levels", "Name 6 levels, one for each of the points 0 to 5 (this has 5)."),
    ('"name": "What matters here"', '"name": ""', "name", "Give the instrument a name."),
    (
        '"name": "Trust"',
        '"name": "[Trust](x)"',
        "domain 1, name",
        "Wording is plain text: take out [ ] and",
    ),
    (
        '"short": "Trust"',
        '"short": "' + "T" * 25 + '"',
        "domain 1, short",
        "to 24 characters (this has 25).",
    ),
    ('"short": "Trust", ', "", "domain 1, short", 'Add the missing "short".'),
    ('"question":', '"quest":', "domain 1, quest", 'There is no field "quest"'),
    (
        '"kind": "physiology"',
        '"kind": "soft"',
        "domain 1, kind",
        'no kind "soft": choose one of physiology, anatomy.',
    ),
    (
        '"kind": "physiology"',
        '"kind": "anatomy", "kind": "anatomy"',
        "domain 1, kind",
        '"kind" stands here twice',
    ),
    ('"key": "trust"', '"key": "Our Trust"', "domain 1, key", "Write the key in small letters"),
    ('"version": "1"', '"version": "one"', "version", "such as 1 or 1.2"),
    ('"version": "1"', '"version": 1', "version", "Write a text in double quotes."),
    ('"version": "1"', '"version" "1"', "line 3, column 13", "A colon is missing"),
    ('"levels": [', '"levels": {}, "x": [', "x", 'There is no field "x"'),
]


@pytest.mark.parametrize(("old", "new", "place", "remedy"), WRONG)
def test_says_what_to_change_and_how(old: str, new: str, place: str, remedy: str) -> None:
    sentence = refusal_of(ours_but(old, new))

    assert sentence.startswith(f"ours.json, {place}: ")
    assert remedy in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("mark", "<>[]`*_#|$")
def test_wording_is_plain_text(mark: str) -> None:
    sentence = refusal_of(ours_but("We have met.", f"We {mark}have met."))

    assert sentence == (
        f"ours.json, domain 1, statement 2: Wording is plain text: take out {mark} and write words."
    )


@pytest.mark.parametrize(
    ("field", "taken", "free"),
    [("key", "trust", "care"), ("name", "TRUST", "Care"), ("short", "trust", "Care")],
)
def test_two_domains_cannot_be_taken_for_one(field: str, taken: str, free: str) -> None:
    other = SECOND.replace("trust", "care").replace("Trust", "Care")

    sentence = refusal_of(ours_and(other.replace(f'"{field}": "{free}"', f'"{field}": "{taken}"')))

    assert sentence == (
        f'ours.json, domain 2, {field}: "{taken}" is already in domain 1: change one of the two.'
    )
    assert len(instrument_from(ours_and(other)).domains) == 2


def test_twelve_domains_are_the_most() -> None:
    sentence = refusal_of(OURS.replace(SECOND, ",".join([SECOND] * 13)))

    assert sentence == "ours.json, domains: Give the instrument 1 to 12 domains (this has 13)."


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("", "The file is empty"),
        (" \n\n", "The file is empty"),
        ("null", "Write fields in { }"),
        ("[]", "Write fields in { }"),
        ("[" + "1," * 400_000 + "1]", "too many values"),
        ("[}", "A value is missing"),
        ("[" * 500 + "]" * 500, "nested too deeply"),
        (OURS + " " * 1_000_000, "over 1 MB"),
        ('{"a":' * 10_000, "nested too deeply"),
        ("[" * 10_000 + "]" * 10_000, "nested too deeply"),
    ],
)
def test_refuses_what_is_no_instrument_at_all(text: str, remedy: str) -> None:
    assert remedy in refusal_of(text)


@pytest.mark.parametrize("worst", ['\\"' * 490_000, '"' + '\\"' * 490_000, '"a' * 490_000])
def test_one_megabyte_of_quotes_does_not_hold_up_the_room(worst: str) -> None:
    begun = time.perf_counter()
    sentence = refusal_of(worst)

    assert sentence.startswith("ours.json, line 1, column ")
    assert time.perf_counter() - begun < 10  # tried again at each quote it took over an hour


def test_names_a_statement_however_the_file_is_laid_out() -> None:
    chance = random.Random(2012)
    statements = json.loads(OURS)["domains"][0]["statements"]
    for _ in range(300):
        number = chance.randrange(6)
        long = ours_but(statements[number], "we " * 25)
        laid_out = "".join(
            row.strip() + chance.choice(["\n", "\r\n", " ", "\n\n\t"]) for row in long.splitlines()
        )

        sentence = refusal_of(laid_out)

        assert sentence.startswith(
            f"ours.json, domain 1, statement {number + 1}: Keep a statement to 24 words"
        )
