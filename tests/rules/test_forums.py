"""What waits for each forum, and who carries how much: any place, counted plainly."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from aqua_core.charts.sentences.forums import load_lines, most_said
from aqua_core.rules.forums import at_forums, load_of
from aqua_core.rules.open_tests import beside, going_on_at, over_at, standing_here, stands_now
from aqua_core.rules.plan import unsaid_of
from aqua_core.vocabulary import Outcome, same_name
from aqua_core.vocabulary.forum import Forum, ForumKind, Parked
from aqua_core.vocabulary.plan import OpenAction
from tests.kit.notation import DAY
from tests.rules.test_open_tests import action, any_place

OWNERS = ("Council", "Trust", "GPs")
NAMES = ("Alliance board", "Executive", "North, and west", "Engine room")


def forum(name: str, kind: ForumKind = ForumKind.BOARD) -> Forum:
    return Forum(id=f"f-{name}", version=1, name=name, kind=kind)


def a_test(number: int, *owners: str, months: int = 0, **said: object) -> OpenAction:
    due = DAY + timedelta(days=30 + number)
    return OpenAction(
        action=action(f"a{number}", **{"review_on": due} | said),
        held_on=DAY + timedelta(days=30 * months),
        owners=owners or OWNERS[:2],
        domain="Culture",
    )


def test_what_waits_stands_at_each_forum_from_the_board_down_and_what_no_list_has_last() -> None:
    listed = [
        forum("Executive", ForumKind.EXECUTIVE),
        forum("North, and west", ForumKind.LOCALITY),
        forum("Alliance board"),
    ]
    tests = [
        a_test(1, decision_of="alliance BOARD; Executive", forum="north, and west"),
        a_test(2, decision_of="Executive, Night group", forum=""),
    ]
    parked = Parked(
        domain="Finance",
        held_on=DAY,
        outcome=Outcome(domain="finance", parked_with="Night Group", parked_until=DAY),
    )

    rows = at_forums(listed, tests, [parked])

    assert [(row.name, row.forum is None) for row in rows] == [
        ("Alliance board", False),
        ("Executive", False),
        ("North, and west", False),
        ("Night group", True),
    ]
    assert [[test.action.id for test in row.decides] for row in rows] == [
        *(["a1"], ["a1", "a2"], [], ["a2"]),
    ]
    assert [[test.action.id for test in row.hears_of] for row in rows] == [[], [], ["a1"], []]
    assert [len(row.parked) for row in rows] == [0, 0, 0, 1]


@pytest.mark.parametrize("seed", range(30))
def test_every_forum_that_a_plan_names_stands_once_with_all_that_names_it(seed: int) -> None:
    dice = random.Random(seed)
    listed = [forum(name) for name in NAMES if dice.random() < 0.6]
    named = [dice.sample([*NAMES, "Ward round"], dice.randint(0, 2)) for _ in range(8)]
    tests = [a_test(at, decision_of="; ".join(names)) for at, names in enumerate(named)]
    known = {same_name(one.name) for one in listed}

    rows = at_forums(listed, tests, [])

    counted = Counter(same_name(row.name) for row in rows)
    assert set(counted.values()) <= {1}
    assert known <= counted.keys()
    # The plain way: a name that is on the list is one whole, else its comma parts it.
    for row in rows:
        wanted = {
            f"a{at}"
            for at, names in enumerate(named)
            for name in names
            if same_name(row.name)
            in ([name.casefold()] if name.casefold() in known else parts(name))
        }
        assert [test.action.id for test in row.decides] == sorted(wanted)


def parts(name: str) -> list[str]:
    return [part.strip().casefold() for part in name.split(",")]


@pytest.mark.parametrize("seed", range(30))
def test_load_counts_each_test_for_every_owner_and_once_for_its_lead(seed: int) -> None:
    dice = random.Random(seed)
    tests = [
        a_test(
            at,
            *dice.sample(OWNERS, dice.randint(1, 3)),
            months=dice.randint(0, 2),
            lead=dice.choice(("Chair", "chair ", "Nurse")),
            review_on=DAY + timedelta(days=dice.randint(-40, 40)),
        )
        for at in range(dice.randint(0, 12))
    ]
    newest = DAY + timedelta(days=60)

    rows = load_of(tests, newest, DAY)

    for row in rows:
        mine = [test for test in tests if row.partner in test.owners]
        if row.lead:
            led = [test for test in mine if test.owners[0] == row.partner]
            mine = [test for test in led if same_name(test.action.lead) == same_name(row.lead)]
        days = sorted(test.action.review_on for test in mine)
        assert row.tests == len(mine)
        assert row.earlier == len([test for test in mine if test.held_on < newest])
        assert row.late == len([day for day in days if day < DAY])
        assert row.next_on == next((day for day in days if day >= DAY), None)
    assert sum(row.tests for row in rows if row.lead) == len(tests)
    assert sum(row.tests for row in rows if not row.lead) == sum(len(t.owners) for t in tests)
    assert len(load_lines(rows)) == (len(rows) + 1 if rows else 0)
    assert bool(most_said(rows)) == bool(tests)


@pytest.mark.parametrize("seed", range(20))
def test_load_of_a_plan_holds_what_earlier_plans_left_open(seed: int) -> None:
    plans = any_place(random.Random(seed))
    own = plans[-1]

    going_on = beside(plans, len(plans) - 1, scoring=False)
    standing = {test.action.id for test in standing_here(own, going_on)}

    # Answered here and still going on, or not answered at all: all that goes on at the place.
    assert standing == {test.action.id for test in going_on_at(plans)}


@pytest.mark.parametrize("seed", range(20))
def test_a_test_stands_in_the_last_plan_that_took_it_on(seed: int) -> None:
    plans = any_place(random.Random(seed))
    later = {held.continues_id: held.id for plan in plans for held in plan.actions}

    for held in [held for plan in plans for held in plan.actions]:
        now = stands_now(plans, held.id)
        expected = held.id
        while expected in later:
            expected = later[expected]
        assert now
        assert now.action.id == expected
        assert (now.action.id in over_at(plans)) == (
            now.action.id not in {test.action.id for test in going_on_at(plans)}
        )
    assert stands_now(plans, "gone") is None


NAMED = {"p1": "Trust", "p2": "Trust North", "p3": "Council"}


@pytest.mark.parametrize(
    ("partners", "gives", "gains", "unsaid"),
    [
        (("p1", "p3"), "", "", ()),
        (("p1",), "Trust: a nurse", "", ()),
        (("p1", "p3"), "trust: a nurse\nCOUNCIL, two hours", "Trust: beds", ("Council",)),
        (("p1", "p3"), "Trust: a nurse\nCouncil: hours", "Trust: beds\nCouncil: calls", ()),
        (("p1", "p2"), "Trust North: a nurse", "Trust North: beds", ("Trust",)),
        (("p1", "p3"), "Trustees meet", "Councillors", ("Trust", "Council")),
        (("p1", "gone"), "Trust: a nurse", "Trust: beds", ()),
    ],
)
def test_who_gives_and_gains_nothing_yet_is_named_once_anything_is_said(
    partners: tuple[str, ...], gives: str, gains: str, unsaid: tuple[str, ...]
) -> None:
    held = action("a1", partners=partners, gives=gives, gains=gains)

    assert unsaid_of(held, NAMED) == unsaid
