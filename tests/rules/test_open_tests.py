"""Which tests of a place go on, and how soon one showed something: any place, counted plainly."""

import random
from datetime import date, timedelta
from statistics import median

import pytest

from aqua_core.charts.sentences.places import first_results_said
from aqua_core.rules.open_tests import (
    Planned,
    as_here,
    beside,
    dropped_at,
    ended_at,
    first_results,
    going_on_at,
    newest_answers,
    over_at,
    taken_on_from,
)
from aqua_core.vocabulary import Action, Answer, Cycle, Decision, Progress, Tier
from tests.kit.notation import DAY, workshop_of

NAMES = ("Council", "Trust", "GPs")


def action(number: str, **said: object) -> Action:
    given = {
        "id": number,
        "version": 1,
        "test": f"If {number}, then B",
        "domain": "culture",
        "lead": "Chair",
        "partners": ("Council", "Trust"),
        "review_on": DAY + timedelta(days=30),
    }
    return Action.model_validate(given | said)


def plan(
    months: int,
    *actions: Action,
    cycles: tuple[Cycle, ...] = (),
    answers: tuple[Answer, ...] = (),
    names: tuple[str, ...] = NAMES,
) -> Planned:
    held = workshop_of([(name, Tier.BOARD) for name in names])
    day = DAY + timedelta(days=30 * months)
    return Planned(held.model_copy(update={"held_on": day}), actions, cycles, answers)


def said(action_id: str, how: Progress, on: date | None = None) -> Answer:
    return Answer(action_id=action_id, answer=how, answered_on=on)


def studied(action_id: str, decision: Decision, on: date | None) -> Cycle:
    return Cycle(action_id=action_id, number=1, version=2, decision=decision, studied_on=on)


def any_place(dice: random.Random) -> list[Planned]:
    """Give two to four plans, six months apart, in which tests end in every way, or do not."""
    plans: list[Planned] = []
    for wave in range(dice.randint(2, 4)):
        free = [held.id for made in plans for held in made.actions]
        taken = {held.continues_id for made in plans for held in made.actions}
        free = [action_id for action_id in free if action_id not in taken]
        actions = []
        for number in range(dice.randint(0, 4)):
            on = free.pop() if free and dice.random() < 0.2 else ""
            actions.append(action(f"a{wave}{number}", continues_id=on))
        held_on = DAY + timedelta(days=180 * wave)
        cycles = tuple(
            studied(held.id, dice.choice(list(Decision)), held_on + timedelta(dice.randint(1, 90)))
            for held in actions
            if dice.random() < 0.5
        )
        cycles = tuple(
            cycle if cycle.decision else cycle.model_copy(update={"studied_on": None})
            for cycle in cycles
        )
        known = [held.id for made in plans for held in made.actions]
        known += [held.id for held in actions]
        answers = tuple(
            said(one, dice.choice(list(Progress)), held_on + timedelta(dice.randint(0, 170)))
            for one in known
            if dice.random() < 0.3
        )
        plans.append(plan(6 * wave, *actions, cycles=cycles, answers=answers))
    return plans


@pytest.mark.slow
def test_what_goes_on_and_how_soon_is_as_counted_plainly_in_a_thousand_places() -> None:
    for seed in range(1000):
        plans = any_place(random.Random(seed))
        # Plainly: every test by itself, with all that was said of it in the order of days.
        ended, days, without = set(), [], 0
        every = [(made.workshop.held_on, held) for made in plans for held in made.actions]
        answers = sorted(
            ((given.answered_on, given) for made in plans for given in made.answers),
            key=lambda pair: pair[0],
        )
        cycles = {cycle.action_id: cycle for made in plans for cycle in made.cycles}
        for held_on, held in every:
            mine = [given.answer for _, given in answers if given.action_id == held.id]
            cycle = cycles.get(held.id)
            if (
                mine[-1:] == [Progress.DROPPED]
                or (cycle and cycle.decision in ("adopt", "abandon"))
                or any(other.continues_id == held.id for _, other in every)
            ):
                ended.add(held.id)
            if held.continues_id:
                continue
            line = [held.id]
            while after := [other.id for _, other in every if other.continues_id == line[-1]]:
                line += after
            seen = [cycles[one].studied_on for one in line if one in cycles]
            seen += [
                day
                for day, given in answers
                if given.action_id in line and given.answer is Progress.MOVED
            ]
            first = min((day for day in seen if day), default=None)
            days += [(first - held_on).days] if first else []
            without += first is None

        assert over_at(plans) == ended
        assert {test.action.id for test in going_on_at(plans)} == {
            held.id for _, held in every
        } - ended
        assert first_results(plans) == (tuple(sorted(days)), without)
        if days:
            middle = int(median(days) + 0.5)
            assert f"first result: {middle} day" in first_results_said(days, without)


def test_the_newest_answer_is_that_of_the_last_day_and_then_of_the_last_workshop() -> None:
    first = plan(0, action("a"), answers=(said("a", Progress.MOVED, DAY + timedelta(days=200)),))
    later = plan(6, answers=(said("a", Progress.DROPPED),))

    assert newest_answers([first, later])["a"].answer is Progress.MOVED  # 200 days against 180
    assert newest_answers([first._replace(answers=()), later])["a"].answer is Progress.DROPPED
    assert [test.action.id for test in dropped_at([first._replace(answers=()), later])] == ["a"]
    assert dropped_at([first, later]) == ()


@pytest.mark.slow
def test_what_ended_when_and_how_is_as_counted_plainly_in_a_thousand_places() -> None:
    ends = {Decision.ADOPT: True, Decision.ABANDON: False}
    for seed in range(1000):
        plans = any_place(random.Random(seed))
        taken_on = {held.continues_id for made in plans for held in made.actions}
        expected = []
        for held in (held for made in plans for held in made.actions):
            cycles = [c for made in plans for c in made.cycles if c.action_id == held.id]
            answers = [a for made in plans for a in made.answers if a.action_id == held.id]
            last = max((a.answered_on for a in answers if a.answered_on), default=None)
            how = [a.answer for a in answers if a.answered_on == last]
            if cycles and cycles[0].decision in ends:
                expected.append((cycles[0].studied_on, held.id, ends[cycles[0].decision]))
            elif how[-1:] == [Progress.DROPPED] and held.id not in taken_on:
                expected.append((last, held.id, False))

        named = {held.id: held.test for made in plans for held in made.actions}
        assert [(test.ended_on, test.test, test.won) for test in ended_at(plans)] == [
            (day, named[action_id], won) for day, action_id, won in sorted(expected)
        ]


def test_a_test_ends_once_and_where_no_day_was_kept_on_that_of_its_review() -> None:
    undated = plan(0, action("a"), cycles=(studied("a", Decision.ADOPT, None),))
    again = (*undated.cycles, studied("a", Decision.OPEN, None).model_copy(update={"number": 2}))
    dropped = plan(6, answers=(said("a", Progress.DROPPED),))
    taken_on = plan(12, action("b", continues_id="a"))

    assert [test.ended_on for test in ended_at([undated, dropped])] == [DAY + timedelta(days=30)]
    assert ended_at([undated._replace(cycles=again)]) == ()
    assert [test.ended_on for test in ended_at([undated._replace(cycles=()), dropped])] == [
        dropped.workshop.held_on
    ]
    assert ended_at([undated._replace(cycles=()), dropped, taken_on]) == ()


def test_a_test_stands_in_the_partners_and_domains_of_the_later_plan_by_name() -> None:
    first = plan(0, action("a", partners=("GPs", "Council")))
    here = workshop_of([("council", Tier.BOARD), ("Hospice", Tier.BOARD)])
    (test,) = going_on_at([first])

    assert test.owners == ("GPs", "Council")
    assert as_here(test, here).partners == ("GPs", "council")


def test_a_taken_on_test_tells_what_it_was_and_stands_no_more_where_it_came_from() -> None:
    adapted = studied("a", Decision.ADAPT, DAY + timedelta(days=30))
    first = plan(0, action("a"), cycles=(adapted,))
    second = plan(6, action("b", continues_id="a"), answers=(said("a", Progress.STUCK),))
    third = plan(12, action("c", continues_id="b"))
    plans = [first, second, third]

    past = taken_on_from(plans, third.actions[0])
    assert [(step.held_on, step.cycles) for step in past] == [
        (first.workshop.held_on, (adapted,)),
        (second.workshop.held_on, ()),
    ]
    assert past[0].answer == said("a", Progress.STUCK)
    assert [test.action.id for test in going_on_at(plans)] == ["c"]
    assert beside(plans, 2, scoring=False).past == {"c": past}
    assert first_results(plans) == ((30,), 0)
    assert first_results_said([30], 0) == (
        "From the workshop to the first result: 30 days (one test)."
    )
    assert first_results_said([], 2) == "No test has shown a first result yet."
    assert first_results_said([], 0) == ""


def test_what_cycles_showed_is_kept_back_while_the_place_scores() -> None:
    cycle = studied("a", Decision.ADAPT, DAY)
    plans = [plan(0, action("a"), cycles=(cycle,)), plan(6, action("b", continues_id="a"))]
    open_still = [plans[0], plan(6)]

    assert beside(open_still, 1, scoring=False).left[0].history == (cycle,)
    assert beside(open_still, 1, scoring=True).left[0].history == ()
    assert beside(plans, 1, scoring=True).past == {}
