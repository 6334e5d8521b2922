"""Rows 50 and 54 to 56: notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aqua_core.errors import TextRefused
from aqua_core.vocabulary import clean_text
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.noting import heard_so_far, write_down
from tests.kit.notation import made
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("y" * 612, "Keep the note to 500 characters (this has 612)."),
        ("y" * 50_000, "Shorten the note: this has 50,000 characters."),
        ("a\u202eb", "Remove the hidden text-direction character."),
        ("\ud800", "That text is not valid. Type it again."),
        ("\x00\x1f\u200b \n", "Write what was heard, or leave it out."),
        ("", "Write what was heard, or leave it out."),
    ],
)
def test_a_note_that_cannot_be_kept_says_why(
    facilitator: Caller, typed: str, sentence: str
) -> None:
    workshop = made(facilitator, "Council", "Trust")

    with pytest.raises(TextRefused) as refused:
        write_down(facilitator, workshop.code, "culture", typed)

    assert str(refused.value) == sentence
    assert heard_so_far(facilitator, workshop.code, "culture").heard == ()


def test_forty_lines_become_ten(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    typed = "\r\n\n".join(f"line {number}" for number in range(1, 41))

    (heard,) = write_down(facilitator, workshop.code, "culture", typed).heard

    *nine, tenth = heard.split("\n")
    assert nine == [f"line {number}" for number in range(1, 10)]
    assert tenth == " ".join(f"line {number}" for number in range(10, 41))


@given(some.text(some.sampled_from("a \n\r\x00\u2028\x0b\x85\u200d\u2066"), max_size=60))
def test_a_text_that_was_read_once_stays_as_it_is(typed: str) -> None:
    once = clean_text("the note", 500, typed)

    assert clean_text("the note", 500, once) == once
    assert len(once.splitlines()) <= 10
    assert once.replace("\n", "").replace(" ", "") == "a" * typed.count("a")
