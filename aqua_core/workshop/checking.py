"""A place's tests between its workshops: the check at any time, and one taken into a later plan."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed
from aqua_core.rules import open_tests
from aqua_core.rules.open_tests import FirstResults
from aqua_core.rules.places import working_day_from
from aqua_core.rules.typed import check_nobody_in_word
from aqua_core.store import plan as plan_rows
from aqua_core.store.database import reading
from aqua_core.vocabulary import Action, Answer, Decision, KeptPlace, Workshop
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.workshop import planning
from aqua_core.workshop.admitting import Caller, facilitating, managing, remember
from aqua_core.workshop.placing import find_place
from aqua_core.workshop.projecting import projects_in
from aqua_core.workshop.reading import continuing, plans_in, scores, workshops_at


class CheckSeen(NamedTuple):
    """A place with its tests that go on and those that were dropped, soonest review first.

    Each has its newest answer `before`, whoever gave it. While a workshop of the place scores,
    `scoring` says so and no test tells what its cycles showed: nobody looks at last time first.
    `projects` names the programme whose project a test is, by the test's id.
    """

    place: KeptPlace
    tests: tuple[OpenAction, ...]
    dropped: tuple[OpenAction, ...]
    first_results: FirstResults
    scoring: bool
    projects: Mapping[str, str]


def check_now(caller: Caller, place_id: str) -> CheckSeen:
    """Give what the check asks about.

    Raises:
        NoSuchPlace: the file holds no such place, or it counts as another.
    """
    with managing(caller, reading) as cursor:
        place = find_place(cursor, place_id)
        plans = plans_in(cursor, workshops_at(cursor, place.id))
        scoring = any(scores(cursor, plan.workshop) for plan in plans)
        projects = projects_in(cursor, plans)
    tests, dropped = open_tests.going_on_at(plans), open_tests.dropped_at(plans)
    return CheckSeen(
        place=place,
        tests=open_tests.kept_back(tests) if scoring else tests,
        dropped=open_tests.kept_back(dropped) if scoring else dropped,
        first_results=open_tests.first_results(plans),
        scoring=scoring,
        projects=projects,
    )


def check_test(
    caller: Caller, place_id: str, answer: Answer, today: date, *, sure: bool = False
) -> Answer:
    """Say at any time how a test stands; what was said of it that day is replaced.

    Dropped can be taken back: said to move or to be stuck, it goes on.

    Raises:
        NoSuchPlace: the file holds no such place.
        NoSuchAction: no test of the place with this id goes on, or was dropped.
        LooksPersonal: the line holds what looks like somebody's details, and nobody was sure.
    """
    given = answer.model_copy(update={"answered_on": today})
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        plans = plans_in(cursor, workshops_at(cursor, place.id))
        asked = (*open_tests.going_on_at(plans), *open_tests.dropped_at(plans))
        if given.action_id not in {test.action.id for test in asked}:
            raise errors.NoSuchAction("This test has ended since. Load the page again to see how.")
        if not sure:
            check_nobody_in_word(given)
        plan_rows.add_answer(cursor, open_tests.kept_with(plans, given), given)
    for plan in plans:
        changed(plan.workshop.code, Channel.ROOM)
    return given


def take_on(caller: Caller, code: str, action_id: str, today: date) -> Action:
    """Take a test of an earlier workshop into this plan; there it goes on no more.

    Its cycles stay behind as its history. What it expected was held against what was seen, so a
    test whose cycle was studied comes without a prediction. A review day that has passed becomes
    one in a month.

    Raises:
        NoSuchAction: no earlier workshop of the place left it open.
        ChoiceRefused: none of its owners, or not its domain, is in this workshop.
        AlreadyThere: the plan holds the same test with the same lead.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        left = {test.action.id: test for test in continuing(cursor, workshop).earlier}
        if action_id not in left:
            raise errors.NoSuchAction("No earlier workshop of this place left this test open.")
        plan = plan_rows.actions_of(cursor, workshop.id)
        taken = _as_own(left[action_id], workshop, today)
        saved = planning.next_version(workshop, plan, taken, today, sure=True)
        plan_rows.add_action(cursor, workshop.id, saved)
        remember(cursor, workshop, "A test of an earlier workshop was taken into the plan.")
    changed(workshop.code, Channel.ROOM)
    return saved


def review_proposed(day: date) -> date:
    """Give the working day, about a month after a day, on which a test may be looked at again."""
    return working_day_from(day + timedelta(days=30))


def _as_own(test: OpenAction, workshop: Workshop, today: date) -> Action:
    here = open_tests.as_here(test, workshop)
    partners = {partner.id for partner in workshop.partners}
    owners = tuple(owner for owner in here.partners if owner in partners)
    if not owners:
        raise errors.ChoiceRefused(
            f"None of those who own this test is in this workshop ({', '.join(test.owners)}). It "
            "stays in its own plan; write a new test down for those who are here."
        )
    if workshop.instrument.domain(here.domain) is None:
        raise errors.ChoiceRefused(
            f"This workshop does not score {test.domain}. The test stays in its own plan."
        )
    studied = any(cycle.decision is not Decision.OPEN for cycle in test.history)
    return here.model_copy(
        update={
            "id": planning.new_action_id(),
            "version": planning.NOT_SAVED_YET,
            "continues_id": test.action.id,
            "partners": owners,
            "prediction": "" if studied else here.prediction,
            "review_on": here.review_on if here.review_on >= today else review_proposed(today),
        }
    )
