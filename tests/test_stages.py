"""Where a workshop is, and what may be done there."""

import pytest

from aqua_core.errors import NothingToReveal, NotScored, RoundClosed
from aqua_core.rules.stages import (
    check_may_reveal,
    open_rounds,
    revealed_rounds,
    round_to_open,
    round_to_score,
    stage_of,
)
from aqua_core.vocabulary import Round, Stage

OPEN = Round(domain="culture", number=1, revealed=False)
SEEN = Round(domain="leadership", number=1, revealed=True)


@pytest.mark.parametrize(
    ("rounds", "stage"),
    [
        ((), Stage.WELCOME),
        ((OPEN,), Stage.SCORING),
        ((OPEN, SEEN), Stage.SCORING),
        ((SEEN,), Stage.REVEALED),
    ],
)
def test_the_stage_follows_from_the_rounds(rounds: tuple[Round, ...], stage: Stage) -> None:
    assert stage_of(rounds) is stage


def test_only_a_sealed_round_takes_scores() -> None:
    assert round_to_score((OPEN, SEEN), "culture") == 1
    with pytest.raises(RoundClosed):
        round_to_score((OPEN, SEEN), "leadership")
    with pytest.raises(NotScored):
        round_to_score((OPEN, SEEN), "finance")


def test_a_second_look_is_round_two_and_never_the_first_again() -> None:
    assert round_to_open((SEEN,), "leadership") == 2
    assert round_to_open((SEEN,), "finance") == 1
    with pytest.raises(NotScored):
        round_to_open((OPEN,), "culture")


def test_a_reveal_needs_something_sealed() -> None:
    check_may_reveal((OPEN, SEEN))
    with pytest.raises(NothingToReveal):
        check_may_reveal(())


def test_what_is_open_is_not_revealed() -> None:
    assert open_rounds((OPEN, SEEN)) == {"culture": 1}
    assert revealed_rounds((OPEN, SEEN), {("leadership", 1), ("culture", 1)}) == {"leadership": 1}


def test_a_second_round_seals_the_domain_and_then_replaces_the_first() -> None:
    sealed = Round(domain="leadership", number=2, revealed=False)
    seen = Round(domain="leadership", number=2, revealed=True)

    assert revealed_rounds((SEEN, sealed), {("leadership", 1)}) == {}
    assert revealed_rounds((SEEN, seen), {("leadership", 1), ("leadership", 2)}) == {
        "leadership": 2
    }


def test_a_round_that_nobody_scored_does_not_hide_the_one_before() -> None:
    empty = Round(domain="leadership", number=2, revealed=True)

    assert revealed_rounds((SEEN, empty), {("leadership", 1)}) == {"leadership": 1}
