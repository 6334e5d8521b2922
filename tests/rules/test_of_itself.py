"""What is told of a room gives nobody away: every room up to 200, and whoever knows one answer."""

from itertools import product

import pytest

from aqua_core.charts.sentences.of_itself import (
    answered_said,
    conflicts_said,
    kept_back_said,
    scorecard_said,
)
from aqua_core.rules.of_itself import (
    FEWEST_TOLD,
    last_said,
    most_answered,
    safe_of,
    scorecard_of,
)
from aqua_core.vocabulary import Action, Agreement, Conflict, Outcome
from aqua_core.vocabulary.programme import LastSaid, LastWords, Question, Safe
from tests.kit.notation import DAY


def an_action(test: str, *partners: str) -> Action:
    return Action(
        id=test, version=1, test=test, domain="culture", lead="x", partners=partners, review_on=DAY
    )


def told(answers: int) -> dict[Safe, set[int]]:
    """Give by word how many may have said yes."""
    found: dict[Safe, set[int]] = {}
    for yes in range(answers + 1):
        safe = safe_of(yes, answers - yes, 3)
        assert safe is not None
        found.setdefault(safe, set()).add(yes)
    return found


def test_nothing_is_told_of_fewer_than_five_or_than_the_guard() -> None:
    assert FEWEST_TOLD == 5
    assert {safe_of(yes, 4 - yes, 1) for yes in range(5)} == {None}
    assert {safe_of(yes, 7 - yes, 8) for yes in range(8)} == {None}
    assert safe_of(5, 0, 1) is Safe.MOST


def test_whoever_knows_their_own_answer_is_sure_of_nobody_elses() -> None:
    """Tried for every room up to 200 and every word, with either answer of one's own."""
    for answers in range(FEWEST_TOLD, 201):
        for may, own in product(told(answers).values(), (True, False)):
            others = {yes - own for yes in may if 0 <= yes - own <= answers - 1}
            # Somebody else said yes in one of these rooms, and no in one.
            assert max(others) > 0
            assert min(others) < answers - 1


def test_words_are_told_in_an_order_that_says_nothing_of_who_wrote() -> None:
    words = [LastWords(learned=f"{letter} learned", would_stop="stop") for letter in "ecadb"]

    said = last_said(words, 3)

    learned = [line.said for line in said if line.question is Question.LEARNED]
    assert learned == [f"{letter} learned" for letter in "abcde"]
    assert said == last_said(reversed(words), 3)


@pytest.mark.parametrize(("guard", "shown"), [(1, 5), (3, 5), (5, 5), (8, 0)])
def test_a_question_that_too_few_answered_is_not_told(guard: int, shown: int) -> None:
    words = [LastWords(learned=str(nth), will_try="I ring" if nth < 4 else "") for nth in range(5)]

    assert len(last_said(words, guard)) == shown


def test_five_seats_that_answer_different_questions_are_too_few() -> None:
    words = [LastWords(learned="They ring")] * 3 + [LastWords(would_stop="Emails")] * 2

    most = most_answered(words)

    assert (most, last_said(words, 3)) == (3, ())
    assert answered_said(5, most, 5) == "5 have answered. Shown from 5 answers to a question on."


def test_a_question_that_is_not_shown_is_missed_by_nobody() -> None:
    one = [LastSaid(question=Question.LEARNED, said="They ring")]
    every = [LastSaid(question=question, said="x") for question in Question]

    assert kept_back_said(one, 5).startswith("2 questions are not shown: fewer than 5 seats")
    assert kept_back_said(every[:2], 5).startswith("One question is not shown")
    assert (kept_back_said((), 5), kept_back_said(every, 5)) == ("", "")


def test_a_scorecard_counts_what_the_room_did() -> None:
    outcomes = [
        Outcome(domain="culture", kind=Conflict.BETWEEN_LOCALITIES, surprised="So many doors"),
        Outcome(domain="finance", kind=Conflict.INDIVIDUAL, agreement=Agreement.AGREED),
        Outcome(domain="leadership", kind=Conflict.INDIVIDUAL),
    ]
    plan = [an_action("one", "council"), an_action("two", "council", "gps")]

    card = scorecard_of(["culture", "finance", "workforce"], ["workforce"], outcomes, plan)

    assert (card.domains, card.debated, card.surprises) == (3, 3, 1)
    assert (card.tests, card.owned) == (2, 1)
    assert card.conflicts == {"individual": 2, "between localities": 1}
    assert (card.beside, card.unsaid) == (0, 0)


def test_who_agrees_to_differ_named_a_conflict_also_on_a_row_beside_the_domains() -> None:
    differ = Outcome(domain="how-we-work.conflict_resolution", agreement=Agreement.DIFFER)

    card = scorecard_of(["culture"], [], [differ], [])

    assert (card.debated, card.beside, card.conflicts, card.unsaid) == (0, 1, {}, 1)
    assert scorecard_said(card)[0] == "0 of 1 domain debated, and 1 row beside them"
    assert "carpet" not in conflicts_said(card)
    assert "of a kind that nobody named (1)" in conflicts_said(card)
    calm = scorecard_of(["culture"], ["culture"], [], [])
    assert "carpet" in conflicts_said(calm)
