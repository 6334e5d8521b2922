"""What people type: names, longer texts, codes and scores."""

import math
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aqua_core.errors import Refusal, ScoreRefused, TextRefused
from aqua_core.vocabulary import (
    CANNOT_SAY,
    clean_code,
    clean_name,
    clean_score,
    clean_text,
    code_said,
    same_name,
)
from aqua_core.vocabulary.text import clean_line

NAMES_REFUSED = [
    ("", "Give the team a name."),
    ("   ", "Give the team a name."),
    ("\u200b\ufeff", "Give the team a name."),
    ("x" * 97, "Keep the name to 80 characters (this has 97)."),
    ("x" * 10_000, "Keep the name to 80 characters"),
    ("x" * 50_000, "Shorten the team"),
    ("<img src=x onerror=alert(1)>", "Names can't contain < = >"),
    ("[x](http://e)", "Names can't contain : [ ]"),
    ("![x](http://e)", "Names can't contain ! : [ ]"),
    ("www.evil.test", "Names can't look like a web address."),
    ("a.b", "Names can't look like a web address."),
    *(
        (name, "Put a space after the dot or colon.")
        for name in ("Evil.Com", "WWW.EVIL.TEST", "10.0.0.1", "Javascript:x")
    ),
    ("=1+1", "Names can't contain = ("),
    *((f"{mark}x", "A name must start with a letter or number.") for mark in "@+-.:;"),
    ("a:streamlit:b", "Names can't contain : ("),
    ("http://e", "Names can't contain : ("),
    ("-x", "A name must start with a letter or number."),
    (":material/delete:", "Names can't contain :"),
    ("$x$", "Names can't contain $"),
    ("`x`", "Names can't contain `"),
    ("*x*", "Names can't contain *"),
    ("# x", "Names can't contain #"),
    ("a\\b", "Names can't contain \\"),
    ("🏥 Trust", "Names can't contain 🏥"),
    ("Tru\u202est", "Remove the hidden text-direction character."),
    ("Tru\ud800st", "That text is not valid."),
    (None, "Type some text for the team."),
    (7, "Type some text for the team."),
]


@pytest.mark.parametrize(("typed", "sentence"), NAMES_REFUSED)
def test_a_bad_name_gets_a_sentence(typed: object, sentence: str) -> None:
    with pytest.raises(TextRefused) as refused:
        clean_name("the team", typed)

    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Council  ", "Council"),
        ("Salford\tRoyal\nTrust", "Salford Royal Trust"),
        ("Co\x00uncil", "Council"),
        ("Ｃouncil", "Council"),
        ("St. Mary's (North) & Co, A/B", "St. Mary's (North) & Co, A/B"),
        ("Café", "Café"),
        ("Cafe\u0301", "Café"),
        ("Zdrowie Łódź 2", "Zdrowie Łódź 2"),
        ("O`Brien’s and O\u00b4Neill’s", "O’Brien’s and O’Neill’s"),
        ("Tru\u2066st\u200e", "Trust"),
        ("\u202aCouncil\u202c", "Council"),
        ("Trust\ufe0f", "Trust"),
        ("North\x0bWest", "North West"),
        ("Sal\u200dford", "Salford"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian: two parts of one word
        ("क्\u200dष", "क्\u200dष"),  # Hindi: a half letter
    ],
)
def test_a_name_is_kept_as_the_room_will_read_it(typed: str, kept: str) -> None:
    assert clean_name("the team", typed) == kept


@pytest.mark.parametrize(
    "name",
    [
        "Tameside and Glossop Integrated Care NHS Foundation Trust",
        "University Hospitals of Derby and Burton NHS Foundation Trust, and its neighbour",
        *("Holywood 55+ Club", "MQ: Transforming Mental Health", "Mind – Salford", "Health; Care"),
        *("St.Helens Council", "Dr J.Smith & Partners", "T.C.R.", "No.10 Court", "Carers (Bury)"),
        *("Who Cares? Scotland", "Brownlow Health @ Princes Park", "Paral·lel", "re:think"),
        *("O‘Brien House", "“Speak Up” Group", "Yes! Centre", "हिन्दी केंद्र", "ที่พัก", "Ysbyty Gwynedd"),
    ],
)
def test_an_official_name_is_taken_as_it_is_written(name: str) -> None:
    assert clean_name("the partner", name) == name


@given(some.text())
def test_a_name_is_clean_or_refused_and_stays_clean(typed: str) -> None:
    try:
        once = clean_name("the team", typed)
    except TextRefused:
        return

    assert clean_name("the team", once) == once
    assert not set(once) & set("<>[]=`*#\\|$\n\t")
    assert not {":", "!"} & {*once} or not re.search(r":\S+:|://|!\[|^\W+:", once)


@pytest.mark.parametrize(("one", "other"), [("CCG", "ccg"), ("Café", "Cafe\u0301"), ("Ａ", "a")])
def test_two_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert same_name(one) == same_name(other)


def test_a_long_text_is_cleaned_but_keeps_what_was_typed() -> None:
    typed = "=HYPERLINK(1)\x00\n\n  <b>two</b>  \n three"

    assert clean_text("the note", 500, typed) == "=HYPERLINK(1)\n<b>two</b>\nthree"


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_a_line_of_a_text_and_a_space_of_a_line(mark: str) -> None:
    typed = f"Call the GP{mark}within two days"

    assert clean_text("the note", 500, typed) == "Call the GP\nwithin two days"
    assert clean_line("the measure", 200, typed) == "Call the GP within two days"


def test_joiners_stay_where_they_join() -> None:
    kept = "👩\u200d⚕\ufe0f می\u200cخواهم 👨🏽\u200d👩"

    assert clean_text("the note", 500, f"\u200b{kept}a\u200db\u200c \u200d") == f"{kept}ab"


@pytest.mark.parametrize("typed", ["y" * 501, "y" * 10_000, "a\u202eb", "\ud800", None])
def test_a_bad_text_gets_a_sentence(typed: object) -> None:
    with pytest.raises(TextRefused):
        clean_text("the note", 500, typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ab2c", "AB2C"),
        (" A B-2 c ", "AB2C"),
        ("ＡＢ２Ｃ", "AB2C"),
        ("ab–2c", "AB2C"),
        ("k7qp m3wx", "K7QPM3WX"),
        (" K7QP-M3WX ", "K7QPM3WX"),
    ],
)
def test_a_code_may_be_typed_in_many_ways(typed: str, code: str) -> None:
    assert clean_code(typed) == code


@pytest.mark.parametrize(("code", "said"), [("K7QP", "K7QP"), ("K7QPM3WX", "K7QP M3WX")])
def test_a_code_is_shown_in_groups_of_four_and_understood_so(code: str, said: str) -> None:
    assert code_said(code) == said
    assert clean_code(said) == code


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type the join code shown on the screen."),
        ("   ", "Type the join code shown on the screen."),
        ("ABC", "A join code has 4 or 8 characters; this has 3."),
        ("ABCDEF", "A join code has 4 or 8 characters; this has 6."),
        ("A" * 10_000, "A join code has 4 or 8 characters; this has 32."),
        ("AB🏥2", "The code can only have letters and numbers."),
        ("AB\u202e2", "The code can only have letters and numbers."),
        ("AB\x002", "The code can only have letters and numbers."),
        ("' OR 1=1 --", "The code can only have letters and numbers."),
        ("../../etc/passwd", "The code can only have letters and numbers."),
        ("<script>", "The code can only have letters and numbers."),
    ],
)
def test_a_bad_code_gets_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(TextRefused) as refused:
        clean_code(typed)

    assert str(refused.value) == sentence


@pytest.mark.parametrize("given_score", [0, 1, 2, 3, 4, 5, CANNOT_SAY])
def test_a_score_is_points_or_cannot_say(given_score: object) -> None:
    assert clean_score(given_score) == given_score


@pytest.mark.parametrize(
    "forged",
    [
        *(-1, 6, 99, 2.5, 2.6, 3.0, True, False, "3", b"3", Decimal(3), math.nan, math.inf, 1e30),
        *(None, "three", "", "Cannot say", [3], {"points": 3}),
    ],
)
def test_anything_else_is_no_score(forged: object) -> None:
    with pytest.raises(ScoreRefused) as refused:
        clean_score(forged)

    assert str(refused.value) == "Choose a score from 0 to 5, or Cannot say."


def test_every_refusal_is_a_sentence_class_of_ours() -> None:
    assert not issubclass(Refusal, ValueError)
