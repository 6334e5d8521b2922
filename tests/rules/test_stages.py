"""Where a workshop is, and what may be done there."""

import random
from collections.abc import Sequence

import pytest

from aqua_core.errors import (
    ChangedMeanwhile,
    NothingToReveal,
    NotScored,
    RoundClosed,
    RoundTakenBack,
)
from aqua_core.rules.stages import (
    check_may_reveal,
    check_may_take_back,
    just_taken_back,
    looked_at_again,
    looks,
    open_rounds,
    resumed_in,
    revealed_domains,
    round_to_open,
    round_to_score,
    stage_of,
)
from aqua_core.vocabulary import Round, Stage, TakenBack

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
    assert revealed_domains((OPEN, SEEN)) == ("leadership",)
    assert shown((OPEN, SEEN), {("leadership", 1): 3, ("culture", 1): 3}) == {"leadership": 1}


def shown(rounds: Sequence[Round], scores: dict[tuple[str, int], int]) -> dict[str, int]:
    return {domain: read[-1][-1] for domain, read in looks(rounds, scores).items()}


def revealed(*numbers: int, resumes: dict[int, int] | None = None) -> tuple[Round, ...]:
    """Reveal these rounds of leadership."""
    resumes = resumes or {}
    return tuple(
        Round(domain="leadership", number=number, revealed=True, resumes=resumes.get(number))
        for number in numbers
    )


def given(*scores: int | None) -> dict[tuple[str, int], int]:
    """Count the scores of round 1, 2 and so on of leadership; None where nobody answered."""
    rounds = enumerate(scores, start=1)
    return {("leadership", at): count for at, count in rounds if count is not None}


def test_a_second_round_seals_the_domain_and_then_replaces_the_first() -> None:
    sealed = Round(domain="leadership", number=2, revealed=False)

    assert looks((SEEN, sealed), given(3, 3)) == {}
    assert looks(revealed(1, 2), given(3, 3)) == {"leadership": ((1,), (2,))}


@pytest.mark.parametrize(
    ("scores", "number"),
    [
        ((12, 1), 1),
        ((12, 11), 1),
        ((12, 12), 2),
        ((3, 12), 2),
        ((3, None), 1),
        ((None, None), 2),
        ((0, None), 1),
        ((None, 0), 2),
        ((5, 3, 4), 1),
        ((5, 3, 5), 3),
    ],
)
def test_an_older_fuller_look_stays_until_a_newer_has_as_many_scores(
    scores: tuple[int | None, ...], number: int
) -> None:
    rounds = revealed(*range(1, len(scores) + 1))

    assert shown(rounds, given(*scores)) == {"leadership": number}


def test_which_look_is_shown_is_what_reading_them_one_by_one_gives() -> None:
    dice = random.Random(20)
    for _ in range(1_000):
        scores = [dice.choice([None, 0, 1, 2, 3]) for _ in range(dice.randint(1, 6))]
        plainly = 1
        for at, count in enumerate(scores, start=1):
            before = [-1 if score is None else score for score in scores[: at - 1]]
            if all((-1 if count is None else count) >= number for number in before):
                plainly = at

        read = looks(revealed(*range(1, len(scores) + 1)), given(*scores))["leadership"]

        assert read[-1] == (plainly,)
        assert [chain for (chain,) in read[:-1]] == [
            at for at in range(1, plainly) if scores[at - 1] is not None
        ]


def test_a_round_that_resumed_another_is_the_same_look() -> None:
    rounds = revealed(1, 2, 3, 4, resumes={2: 1, 4: 3})

    assert looks(rounds, given(3, 12, 2, 12)) == {"leadership": ((1, 2), (3, 4))}
    # It holds every answer of the round it resumed, so it stands with fewer scores, too.
    assert looks(revealed(1, 2, resumes={2: 1}), given(3, 2)) == {"leadership": ((1, 2),)}


def taken_back(number: int, opened: int, too_few: bool = False) -> Round:
    back = TakenBack(opened=opened, too_few=too_few)
    return Round(domain="leadership", number=number, revealed=False, taken_back=back)


def test_what_was_taken_back_leaves_the_domain_as_it_was() -> None:
    first, second = taken_back(1, opened=1), taken_back(2, opened=2)

    assert stage_of((first,)) is Stage.WELCOME
    assert (open_rounds((first,)), revealed_domains((first,))) == ({}, ())
    assert stage_of((SEEN, second)) is Stage.REVEALED
    assert shown((SEEN, second), given(3, 12)) == {"leadership": 1}
    assert round_to_open((SEEN, second), "leadership") == 3
    with pytest.raises(RoundTakenBack):
        round_to_score((SEEN, second), "leadership", 2)
    with pytest.raises(RoundClosed):
        round_to_score((SEEN, second), "leadership", 1)


def test_it_is_told_until_something_else_opens() -> None:
    back = taken_back(2, opened=2)

    assert just_taken_back((SEEN, back)) == (back,)
    assert just_taken_back((SEEN, back, OPEN)) == ()


def test_only_what_is_open_as_it_was_shown_is_taken_back() -> None:
    check_may_take_back((OPEN, SEEN), {"culture": 1})
    for meant in ({}, {"culture": 2}, {"leadership": 1}, {"culture": 1, "leadership": 1}):
        with pytest.raises(ChangedMeanwhile):
            check_may_take_back((OPEN, SEEN), meant)


def test_a_second_look_is_one_whatever_was_taken_back_or_resumed() -> None:
    sealed = Round(domain="leadership", number=4, revealed=False)
    resumes = sealed.model_copy(update={"resumes": 3})

    assert looked_at_again((taken_back(3, 3), sealed)) == {}
    assert looked_at_again((*revealed(1, 2, resumes={2: 1}), sealed)) == {"leadership": 2}
    assert looked_at_again((*revealed(3), resumes)) == {}
    assert looked_at_again((*revealed(1, 3), resumes)) == {"leadership": 1}
    assert (resumed_in((*revealed(3), resumes)), resumed_in(revealed(1))) == (("leadership",), ())
