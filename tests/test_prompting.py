"""From the widest gap to one neutral question."""

from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.prompting import widest_prompt
from aqua_core.vocabulary import Compare, Place, Prompt
from tests.notation import room


def asked(table: str) -> Prompt | None:
    workshop, casts = room(table)
    gaps = gaps_of(workshop, casts, ("leadership", "culture"), Compare.PARTNER)
    return widest_prompt(gaps, workshop.place)


def test_the_widest_gap_raises_one_question_with_both_sides() -> None:
    prompt = asked("""
                   leadership  culture
        Council        2          1
        Trust          3          4
    """)

    assert prompt
    assert prompt.domain == "culture"
    assert prompt.headline == "Council 1.0, Trust 4.0: 3.0 points apart"
    assert prompt.question.startswith("What does each of you see that the other may not?")
    assert prompt.question.endswith("on a Tuesday for Sally?")


def test_a_quiet_room_is_asked_not_accused() -> None:
    prompt = asked("""
                   leadership  culture
        Council        2          3
        Trust          2          3
    """)

    assert prompt
    assert prompt.question == "What would someone who is not in this room say?"


def test_a_room_that_cannot_be_compared_gets_no_question() -> None:
    assert (
        asked("""
                   leadership  culture
        Council        2          3
    """)
        is None
    )


def test_a_place_without_persona_is_asked_without_one() -> None:
    workshop, casts = room("""
                   leadership
        Council        0
        Trust          5
    """)

    prompt = widest_prompt(
        gaps_of(workshop, casts, ("leadership",), Compare.PARTNER), Place(name="Wigan")
    )

    assert prompt
    assert "Tuesday" not in prompt.question
