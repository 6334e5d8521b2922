"""A place's tests across its workshops: which go on, what became of each, how soon one showed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from aqua_core.rules.plan import is_over, newest_cycle
from aqua_core.vocabulary import Action, Answer, Cycle, Decision, Progress, Workshop, same_name
from aqua_core.vocabulary.given import HowItStands
from aqua_core.vocabulary.place import Ended
from aqua_core.vocabulary.plan import OpenAction, TakenOn

_DECIDED: Final = {
    Decision.ADOPT: HowItStands.ADOPTED,
    Decision.ABANDON: HowItStands.ABANDONED,
}


class Planned(NamedTuple):
    """A workshop with its plan, the newest version of each, and the answers that it gave."""

    workshop: Workshop
    actions: tuple[Action, ...]
    cycles: tuple[Cycle, ...]
    answers: tuple[Answer, ...]


def newest_answers(plans: Iterable[Planned]) -> dict[str, Answer]:
    """Give the newest answer to each action by its id; of one day the later workshop's counts.

    An answer from before days were kept was given on the day of its workshop.
    """
    return {action_id: answer for action_id, (_, answer) in _newest_given(plans).items()}


def _newest_given(plans: Iterable[Planned]) -> dict[str, tuple[date, Answer]]:
    given = [(_given_on(plan, answer), answer) for plan in plans for answer in plan.answers]
    given.sort(key=lambda dated: dated[0])
    return {answer.action_id: (day, answer) for day, answer in given}


def kept_with(plans: Sequence[Planned], given: Answer) -> str:
    """Give the id of the workshop that an answer of a test that goes on here is kept with.

    The last one that answered the test on that day, so that the answer is the newest; else the one
    that planned it.
    """
    keeps = next(
        plan for plan in plans if any(action.id == given.action_id for action in plan.actions)
    )
    for plan in plans:
        for answer in plan.answers:
            if answer.action_id == given.action_id and _given_on(plan, answer) == given.answered_on:
                keeps = plan
    return keeps.workshop.id


def over_at(plans: Sequence[Planned]) -> frozenset[str]:
    """Give the ids of the actions that go on no more where they were planned.

    They are adopted, abandoned or dropped, or a later plan took them on.
    """
    answers, gone = newest_answers(plans), _taken_on(plans)
    return frozenset(
        action.id
        for plan in plans
        for action in plan.actions
        if action.id in gone
        or is_over(plan.cycles, action.id)
        or _is_dropped(answers.get(action.id))
    )


def stands_at(plans: Sequence[Planned]) -> dict[str, HowItStands]:
    """Give how each action of a place stands where it was planned, by its id."""
    gone, stopped = _taken_on(plans), {test.action.id for test in dropped_at(plans)}
    stands = {}
    for plan in plans:
        for action in plan.actions:
            newest = newest_cycle(plan.cycles, action.id)
            now = _DECIDED.get(newest.decision if newest else Decision.OPEN, HowItStands.GOES_ON)
            now = HowItStands.STOPPED if action.id in stopped else now
            stands[action.id] = HowItStands.TAKEN_ON if action.id in gone else now
    return stands


def ended_at(plans: Sequence[Planned]) -> tuple[Ended, ...]:
    """Give every test of a place that was adopted, abandoned or dropped, in the order of its end.

    It ended on the day on which its last cycle was studied (where none was kept, on that of its
    review), or that it was dropped. One that a later plan took on ended there only if it was
    studied to its end first.
    """
    dropped = {test.action.id for test in dropped_at(plans)}
    given, ended = _newest_given(plans), list[tuple[str, Ended]]()
    for plan in plans:
        for action in plan.actions:
            cycle = newest_cycle(plan.cycles, action.id)
            if cycle and is_over(plan.cycles, action.id):
                day, won = cycle.studied_on or action.review_on, cycle.decision is Decision.ADOPT
            elif action.id in dropped:
                day, won = given[action.id][0], False
            else:
                continue
            test = Ended(plan.workshop.code, action.domain, action.test, day, won, action.measure)
            ended.append((action.id, test))
    return tuple(test for _, test in sorted(ended, key=lambda pair: (pair[1].ended_on, pair[0])))


def _to_answer(earlier: Sequence[Planned], here: Planned) -> tuple[OpenAction, ...]:
    """Give what earlier workshops left open, in their order; what is answered here stays in sight.

    Args:
        earlier: the workshops of the place before this one, the first one first.
        here: this one, with its own plan and answers.
    """
    answered = {answer.action_id: answer for answer in here.answers}
    before = newest_answers(earlier)
    over = over_at([*earlier, here._replace(answers=())])
    return tuple(
        _open(plan, action, before.get(action.id), answered.get(action.id))
        for plan in earlier
        for action in plan.actions
        if action.id in answered or action.id not in over
    )


def going_on_at(plans: Sequence[Planned]) -> tuple[OpenAction, ...]:
    """Give every test of a place that goes on, soonest review first, its newest answer `before`."""
    over = over_at(plans)
    every = {action.id for plan in plans for action in plan.actions}
    return _by_review(plans, every - over)


def dropped_at(plans: Sequence[Planned]) -> tuple[OpenAction, ...]:
    """Give the tests of a place that were dropped and that nothing else ended."""
    undropped = over_at([plan._replace(answers=()) for plan in plans])
    return _by_review(plans, over_at(plans) - undropped)


def as_here(test: OpenAction, workshop: Workshop) -> Action:
    """Give a test of an earlier workshop in the partners and domains of this one.

    Partners are known again by name. A partner or a domain that is not here stands as its name.
    """
    ids = {same_name(partner.name): partner.id for partner in workshop.partners}
    owners = dict.fromkeys(ids.get(same_name(name), name) for name in test.owners)
    known = workshop.instrument.domain(test.action.domain)
    domain = known.key if known else test.domain
    return test.action.model_copy(update={"partners": tuple(owners), "domain": domain})


def taken_on_from(plans: Sequence[Planned], action: Action) -> tuple[TakenOn, ...]:
    """Give what an action was in earlier plans, the first one first; () for a new test."""
    found = {held.id: (plan, held) for plan in plans for held in plan.actions}
    answers, past = newest_answers(plans), list[TakenOn]()
    earlier_id = action.continues_id
    # Each id is looked up once: a file that was changed by hand may run in a circle.
    while earlier_id and (held := found.pop(earlier_id, None)):
        plan, before = held
        past.append(
            TakenOn(
                held_on=plan.workshop.held_on,
                cycles=_cycles_of(plan, before),
                answer=answers.get(before.id),
            )
        )
        earlier_id = before.continues_id
    return tuple(reversed(past))


class Continuing(NamedTuple):
    """What the plans of a place say beside the plan of one workshop.

    `left` is what earlier workshops left to be answered here, `earlier` that of it which goes on,
    and `here` the same in this workshop's partners and domains. `over` are ids of all actions of
    the place that go on no more where they stand. `past` is what an action of this plan was
    before, and `answers` what was said last of an action of this plan or of `earlier`, by its id.
    `reviewed` are ids of those that were answered on the day of their review or since. While this
    workshop scores, nobody is told what cycles showed.
    """

    left: tuple[OpenAction, ...]
    earlier: tuple[OpenAction, ...]
    here: tuple[Action, ...]
    over: frozenset[str]
    past: Mapping[str, tuple[TakenOn, ...]]
    answers: Mapping[str, Answer]
    reviewed: frozenset[str] = frozenset()


NOTHING_EARLIER: Final = Continuing((), (), (), frozenset(), {}, {})
"""What a place's first plan finds beside it."""


def beside(plans: Sequence[Planned], at: int, *, scoring: bool) -> Continuing:
    """Give what goes on beside the plan at this place in the order of the place's plans."""
    own, over = plans[at], over_at(plans)
    left = _to_answer(plans[:at], own)
    if scoring:
        left = kept_back(left)
    earlier = tuple(test for test in left if test.action.id not in over)
    past = {action.id: taken_on_from(plans, action) for action in own.actions}
    beside_it = [*own.actions, *(test.action for test in earlier)]
    answers = _newest_given(plans)
    told = {action.id: answers[action.id] for action in beside_it if action.id in answers}
    return Continuing(
        left=left,
        earlier=earlier,
        here=tuple(as_here(test, own.workshop) for test in earlier),
        over=over,
        past={key: steps for key, steps in past.items() if steps and not scoring},
        answers={action_id: answer for action_id, (_, answer) in told.items()},
        reviewed=frozenset(
            action.id
            for action in beside_it
            if action.id in told and told[action.id][0] >= action.review_on
        ),
    )


def standing_here(own: Planned, going_on: Continuing) -> tuple[OpenAction, ...]:
    """Give every test that goes on in a plan or beside it, soonest review first."""
    here = [
        _open(own, action, going_on.answers.get(action.id), None)
        for action in own.actions
        if action.id not in going_on.over
    ]
    every = [*here, *going_on.earlier]
    return tuple(sorted(every, key=lambda test: (test.action.review_on, test.action.id)))


def stands_now(plans: Sequence[Planned], action_id: str) -> OpenAction | None:
    """Give a test as it stands now, where the last plan that took it on has it; None for gone."""
    found = {held.id: (plan, held) for plan in plans for held in plan.actions}
    later, now = _taken_on(plans), None
    # Each id is looked up once: a file that was changed by hand may run in a circle.
    while held := found.pop(action_id, None):
        now, action_id = held, later.get(action_id, "")
    return _open(*now, newest_answers(plans).get(now[1].id), None) if now else None


def kept_back(tests: Sequence[OpenAction]) -> tuple[OpenAction, ...]:
    """Give tests without what their cycles showed: who reads it now scores near it."""
    return tuple(test.model_copy(update={"history": ()}) for test in tests)


class FirstResults(NamedTuple):
    """How many days each test took from its workshop to its first result, fewest first.

    The first result is the first cycle that was studied, or the first "moved". `without` counts the
    tests of which nothing was seen so far. A test that a later plan took on counts once, from its
    first workshop.
    """

    days: tuple[int, ...]
    without: int


def first_results(plans: Sequence[Planned]) -> FirstResults:
    """Give how soon the tests of a place showed something."""
    seen, taken_on = _seen_on(plans), _taken_on(plans)
    known = {action.id for plan in plans for action in plan.actions}
    firsts = [
        (plan.workshop.held_on, _first_seen(action.id, seen, taken_on))
        for plan in plans
        for action in plan.actions
        if action.continues_id not in known
    ]
    days = sorted(max(0, (first - held_on).days) for held_on, first in firsts if first)
    return FirstResults(tuple(days), len(firsts) - len(days))


def _first_seen(
    action_id: str, seen: Mapping[str, date], taken_on: Mapping[str, str]
) -> date | None:
    days, walked = [], set[str]()
    while action_id and action_id not in walked:
        walked.add(action_id)
        days += [seen[action_id]] if action_id in seen else []
        action_id = taken_on.get(action_id, "")
    return min(days, default=None)


def _seen_on(plans: Iterable[Planned]) -> dict[str, date]:
    """Give the first day on which something was seen of an action, by its id."""
    seen: dict[str, date] = {}
    for plan in plans:
        studied = [(cycle.action_id, cycle.studied_on) for cycle in plan.cycles]
        moved = [
            (answer.action_id, _given_on(plan, answer))
            for answer in plan.answers
            if answer.answer is Progress.MOVED
        ]
        for action_id, day in (*studied, *moved):
            if day:
                seen[action_id] = min(day, seen.get(action_id, day))
    return seen


def _taken_on(plans: Iterable[Planned]) -> dict[str, str]:
    """Give the action that took each earlier one on, by the earlier one's id."""
    return {
        action.continues_id: action.id
        for plan in plans
        for action in plan.actions
        if action.continues_id
    }


def _given_on(plan: Planned, answer: Answer) -> date:
    return answer.answered_on or plan.workshop.held_on


def _is_dropped(answer: Answer | None) -> bool:
    return answer is not None and answer.answer is Progress.DROPPED


def _by_review(plans: Sequence[Planned], wanted: Collection[str]) -> tuple[OpenAction, ...]:
    answers = newest_answers(plans)
    tests = [
        _open(plan, action, answers.get(action.id), None)
        for plan in plans
        for action in plan.actions
        if action.id in wanted
    ]
    return tuple(sorted(tests, key=lambda test: (test.action.review_on, test.action.id)))


def _open(
    plan: Planned, action: Action, before: Answer | None, answer: Answer | None
) -> OpenAction:
    names = {partner.id: partner.name for partner in plan.workshop.partners}
    return OpenAction(
        action=action,
        held_on=plan.workshop.held_on,
        owners=tuple(names[partner] for partner in action.partners),
        domain=plan.workshop.instrument.names.get(action.domain, action.domain),
        cycle=newest_cycle(plan.cycles, action.id),
        before=before,
        answer=answer,
        history=_cycles_of(plan, action),
        code=plan.workshop.code,
    )


def _cycles_of(plan: Planned, action: Action) -> tuple[Cycle, ...]:
    return tuple(cycle for cycle in plan.cycles if cycle.action_id == action.id)
