"""What a plan may lack, how it is mixed, when it is looked at again: held for any plan."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from aqua_core.charts.sentences.planning import (
    also_mixed,
    answered_said,
    cycle_said,
    due_later_said,
    look_again_said,
    measure_said,
    mix_takeaway,
    nudge_said,
    on_paper,
    owned_and_due_said,
    owned_said,
    reviews_takeaway,
    saved_said,
    scale_said,
    unanswered_said,
)
from aqua_core.charts.sentences.wording import SHOWN, beginning
from aqua_core.rules.plan import (
    Held,
    also_mixed_of,
    due,
    earlier_at,
    is_over,
    mix_of,
    newest_cycle,
    nudges_on,
    nudges_on_plan,
    reviews_of,
    small_wins,
    touches_triangle,
)
from aqua_core.vocabulary import Action, Cycle, Decision, Impact, Move, Scale, Tier
from aqua_core.vocabulary.plan import MixBy, Nudge, Nudged, OpenAction
from aqua_core.vocabulary.points import day_said
from tests.kit.notation import DAY, INSTRUMENT, workshop_of

NAMES = ("Council", "Trust", "GPs", "Hospice")
ROOM = workshop_of([(name, Tier.BOARD) for name in NAMES])
DOMAINS = [domain.key for domain in INSTRUMENT.domains]


def action(number: int = 0, **said: object) -> Action:
    """Give an action that lacks nothing, but for what is said of it."""
    given = {
        "id": f"a{number}",
        "version": 1,
        "test": f"If we try number {number}, then fewer wait",
        "domain": "workforce",
        "lead": f"Manager {number}",
        "partners": ("Council", "Trust"),
        "measure": "Those who wait",
        "prediction": "Half of them",
        "review_on": DAY + timedelta(days=30),
        "scale": Scale.MICRO,
    }
    return Action.model_validate(given | said)


OWNERS = some.lists(some.sampled_from(NAMES), min_size=1, max_size=4, unique=True).map(tuple)
PLANS = some.lists(
    some.fixed_dictionaries(
        {
            "domain": some.sampled_from(DOMAINS),
            "partners": OWNERS,
            "measure": some.sampled_from(["", "Those who wait"]),
            "prediction": some.sampled_from(["", "Half"]),
            "review_on": some.dates(DAY - timedelta(days=40), DAY + timedelta(days=400)),
            "scale": some.sampled_from(Scale),
            "impact": some.sampled_from(Impact),
            "move": some.sampled_from(Move),
            "lead": some.sampled_from(["Chair", "chair", "Manager"]),
            "test": some.sampled_from(["If we meet, then we know", "If a coach sits in, then"]),
        }
    ),
    max_size=9,
).map(lambda said: [action(number, **fields_given) for number, fields_given in enumerate(said)])


def cycles_on(plan: list[Action]) -> some.SearchStrategy[list[Cycle]]:
    decided = some.lists(some.sampled_from(Decision), max_size=3)
    return some.tuples(*(decided for _ in plan)).map(
        lambda found: [
            Cycle(action_id=planned.id, number=number, version=1, decision=decision)
            for planned, decisions in zip(plan, found, strict=True)
            for number, decision in enumerate(decisions, start=1)
        ]
    )


LIVED = PLANS.flatmap(lambda plan: some.tuples(some.just(plan), cycles_on(plan)))
quickly = settings(max_examples=20, deadline=None)


def over(plan: list[Action], cycles: list[Cycle]) -> frozenset[str]:
    return frozenset(planned.id for planned in plan if is_over(cycles, planned.id))


@given(PLANS)
@quickly
def test_each_action_is_nudged_for_what_it_lacks_and_for_nothing_else(plan: list[Action]) -> None:
    for planned in plan:
        found = {nudged.nudge for nudged in nudges_on(planned, DAY)}

        assert (Nudge.ONE_PARTNER in found) == (len(planned.partners) == 1)
        assert (Nudge.NO_MEASURE in found) == (not planned.measure)
        assert (Nudge.NO_PREDICTION in found) == (not planned.prediction)
        assert (Nudge.FAR_OFF in found) == ((planned.review_on - DAY).days > 90)
        assert all(nudged.action_id == planned.id for nudged in nudges_on(planned, DAY))


@given(LIVED)
@quickly
def test_a_plan_is_nudged_for_what_none_of_its_actions_has(
    lived: tuple[list[Action], list[Cycle]],
) -> None:
    plan, cycles = lived
    found = nudges_on_plan(plan, over(plan, cycles))
    kinds = {nudged.nudge for nudged in found}

    if len(plan) < 2:
        assert found == ()
        return
    assert (Nudge.ALL_TECHNICAL in kinds) == all(planned.move == "technical" for planned in plan)
    assert (Nudge.NO_OUTCOME in kinds) == all(planned.impact != "outcomes" for planned in plan)
    assert (Nudge.NO_TRIANGLE in kinds) == (not any(map(touches_triangle, plan)))
    # Plainly: who leads for whom, among what is neither adopted nor abandoned.
    last = {cycle.action_id: cycle.decision for cycle in cycles}
    load = Counter(
        (planned.lead.lower(), planned.partners[0])
        for planned in plan
        if last.get(planned.id) not in ("adopt", "abandon")
    )
    busy = sorted(count for count in load.values() if count > 3)
    assert sorted(nudged.open_actions for nudged in found if nudged.lead) == busy


@given(LIVED)
@quickly
def test_the_mix_counts_every_action_in_every_way(lived: tuple[list[Action], list[Cycle]]) -> None:
    plan, cycles = lived
    totals = {by: sum(bar.actions for bar in mix_of(ROOM, plan, by)) for by in MixBy}

    assert totals[MixBy.DOMAIN] == totals[MixBy.SCALE] == totals[MixBy.IMPACT] == len(plan)
    assert totals[MixBy.PARTNER] == sum(len(planned.partners) for planned in plan)
    assert [bar.name for bar in mix_of(ROOM, plan, MixBy.PARTNER)] == list(NAMES)
    council = sum("Council" in planned.partners for planned in plan)
    assert mix_of(ROOM, plan, MixBy.PARTNER)[0].actions == council
    assert small_wins(cycles) == sum(
        (newest := newest_cycle(cycles, planned.id)) is not None and newest.decision == "adopt"
        for planned in plan
    )


@given(LIVED)
@quickly
def test_reviews_are_of_what_goes_on_soonest_first(
    lived: tuple[list[Action], list[Cycle]],
) -> None:
    plan, cycles = lived
    reviews = reviews_of(ROOM, plan, over(plan, cycles))

    assert {review.action_id for review in reviews} == {
        planned.id for planned in plan if not is_over(cycles, planned.id)
    }
    assert [review.review_on for review in reviews] == sorted(
        review.review_on for review in reviews
    )
    assert {review.action_id for review in due(reviews, DAY)} == {
        review.action_id for review in reviews if (review.review_on - DAY).days <= 30
    }
    leads = {planned.id: planned.partners[0] for planned in plan}
    assert all(NAMES[review.lead.slot] == leads[review.action_id] for review in reviews)


@given(some.lists(some.tuples(some.sampled_from("AB"), some.integers(0, 3)), min_size=1))
@quickly
def test_of_two_workshops_of_a_place_exactly_one_is_earlier(room: list[tuple[str, int]]) -> None:
    held = [
        Held(str(n), place, DAY + timedelta(days=later), n) for n, (place, later) in enumerate(room)
    ]
    for one in held:
        for other in held:
            same = one.place == other.place and one is not other
            before = one in earlier_at(other, held), other in earlier_at(one, held)

            assert sum(before) == same


@pytest.mark.parametrize(
    ("said", "touches"),
    [
        ({"domain": "leadership"}, True),
        ({"domain": "governance"}, True),
        ({"test": "If board members shadow a coordinator, then they hear"}, True),
        ({"test": "If we share training, then skills grow"}, True),
        ({"aim": "One accountable committee"}, True),
        ({"test": "If the ledger is shared, then bills are paid on time"}, False),
        ({"test": "If the dashboard is shared, then we see more"}, False),
        ({"test": "If letters carry the postcode, then they arrive"}, False),
        ({"test": "If we postpone the visit, then both can come"}, False),
        ({"test": "If a poster hangs in the lobby, then people ring"}, False),
        ({"test": "If the clinic keeps to train times, then fewer are late"}, False),
        ({"test": "If letters go by post, then nobody is left out"}, False),
        ({"test": "If a coach trip is offered, then more come"}, False),
        ({"test": "If the notice board says who is on duty, then people ask"}, False),
        ({"test": "If we train home care workers, then wounds heal sooner"}, True),
        ({"test": "If one post is shared, then visits are not doubled"}, True),
        ({"test": "If a coach sits in, then people dare to ask"}, True),
        ({"test": "If two nurses were seconded, then they learned both systems"}, True),
    ],
)
def test_roles_learning_and_governance_are_found_by_domain_and_words(
    said: dict[str, object], touches: bool
) -> None:
    assert touches_triangle(action(**said)) is touches


@pytest.mark.parametrize(
    ("said", "has"),
    [
        ({"test": "If residents ring one number, then fewer wait"}, False),
        ({"with_whom": "Twelve families in Park ward"}, True),
        ({"with_whom": "Userby road surgery"}, False),
        ({"lead": "Carers' centre"}, True),
        ({"must_agree": "The tenants"}, True),
        ({"partners": ("Council", "Carers")}, True),
    ],
)
def test_who_lives_here_has_a_part_where_they_lead_test_or_own(
    said: dict[str, object], has: bool
) -> None:
    plan = [action(0), action(1, **said)]
    kinds = {nudged.nudge for nudged in nudges_on_plan(plan, [], ["Carers"])}

    assert (Nudge.NO_RESIDENT not in kinds) is has


@pytest.mark.parametrize(
    ("test", "stops"),
    [
        ("If one form is used instead of three, then visits start sooner", True),
        ("If the old clinic closes, then nurses have an afternoon", True),
        ("If a friend comes along, then fewer are lonely at weekends", False),
        ("If the non-stop bus calls here, then more come", True),  # a nudge may err
    ],
)
def test_what_is_given_up_is_found_by_whole_words(test: str, stops: bool) -> None:
    kinds = {nudged.nudge for nudged in nudges_on_plan([action(0), action(1, test=test)], [])}

    assert (Nudge.NOTHING_STOPS not in kinds) is stops


def test_a_plan_that_says_what_pulls_against_it_was_asked_what_gets_harder() -> None:
    def kinds(*said: str) -> set[Nudge]:
        plan = [action(n, pulls_against=fields_given) for n, fields_given in enumerate(said)]
        return {nudged.nudge for nudged in nudges_on_plan(plan, [])}

    assert Nudge.NOTHING_HARDER in kinds("", "")
    assert Nudge.NOTHING_HARDER not in kinds("", "More calls for the practice")


def test_a_plan_that_says_no_level_is_not_told_that_outcomes_are_left_out() -> None:
    unsaid, teams = action(0), action(1, impact=Impact.TEAMS)

    def asked(plan: list[Action]) -> list[str]:
        found = nudges_on_plan(plan, [])
        return [nudge_said(nudged) for nudged in found if nudged.nudge is Nudge.NO_OUTCOME]

    assert asked([unsaid, action(2)]) == [
        "Where should these show first: in leaders, in teams, or for residents?"
    ]
    (said,) = asked([unsaid, teams])
    assert said.startswith("No action says yet what residents will notice.")
    assert asked([unsaid, action(2, impact=Impact.OUTCOMES)]) == []


def test_every_nudge_is_a_question_and_names_what_it_asks_about() -> None:
    for nudge in Nudge:
        said = nudge_said(Nudged(nudge=nudge, lead="Chair", open_actions=4))

        assert said.count("?") <= 1
        assert said.endswith(("?", "surprised."))
    assert nudge_said(Nudged(nudge=Nudge.BUSY_LEAD, lead="Chair", open_actions=4)).startswith(
        "Chair leads four open tests."
    )


def test_what_is_said_of_a_plan() -> None:
    plan = [action(0), action(1, domain="culture", partners=("GPs",))]
    mixes = {by: mix_of(ROOM, plan, by) for by in MixBy}
    late = [action(0, review_on=DAY - timedelta(days=2)), action(1, review_on=date(2026, 12, 1))]

    assert (
        mix_takeaway(mixes, 2)
        == "Two small tests. None on 6 of the 8 domains. None owned by Hospice."
    )
    assert mix_takeaway(mixes, 0) == "No small test is written down yet."
    assert reviews_takeaway(reviews_of(ROOM, late, []), DAY) == (
        "Next review on 1 December 2026. Two reviews. One past its day."
    )
    assert owned_said("Chair", ("Council", "Trust", "GPs")) == (
        "Council with Trust and GPs, led by Chair"
    )
    assert scale_said(Scale.MESO) == "one service across partners"
    assert scale_said(Scale.UNSAID) == "not said"
    assert look_again_said(DAY, DAY) == "Look again on 22 November 2026."
    assert look_again_said(DAY, DAY + timedelta(days=1)) == (
        "To be looked at again since 22 November 2026."
    )
    steps = {"measure": "Visits", "baseline": "12", "target": "6"}
    assert measure_said(action(**steps)) == "We will know by: Visits (12 to 6)"
    assert measure_said(action(measure="", baseline="12")) == ""
    assert answered_said(()) == "Nothing to answer."
    cycle = Cycle(action_id="a", number=2, version=1, predicted="Half")
    assert cycle_said(None) == "No cycle yet"
    assert cycle_said(cycle) == "Cycle 2: planned"
    assert cycle_said(cycle.model_copy(update={"done": "It"})) == "Cycle 2: done, to be studied"
    assert cycle_said(cycle.model_copy(update={"decision": Decision.ADOPT})) == (
        "Cycle 2: adopted, a small win"
    )


@given(some.text(some.sampled_from("ab \n"), max_size=700))
@quickly
def test_a_screen_shows_how_a_long_text_begins(text: str) -> None:
    shown = beginning(text)

    if len(text) <= 300:
        assert shown == text
        return
    assert shown.endswith(" …")
    assert text.startswith(shown.removesuffix(" …"))
    assert len(shown) <= SHOWN + 2


def test_a_long_text_breaks_between_words_where_it_has_any() -> None:
    assert beginning("word " * 2_000) == ("word " * 60).rstrip() + " …"
    assert beginning("x" * 10_000) == "x" * 300 + " …"
    assert beginning("abcdefg " * 100).endswith("abcdefg …")


def test_the_mix_says_what_a_scale_means_and_how_many_said_none() -> None:
    plan = [action(0), action(1, scale=Scale.UNSAID), action(2, scale=Scale.UNSAID)]

    shares = mix_of(ROOM, plan, MixBy.SCALE)

    assert [(share.name, share.actions) for share in shares] == [
        ("One team or neighbourhood", 1),
        ("One service across partners", 0),
        ("The whole place", 0),
        ("Not said", 2),
    ]


def test_what_was_left_when_the_room_went_on_is_counted() -> None:
    left = [OpenAction(action=action(n), held_on=DAY, owners=(), domain="") for n in range(3)]

    assert unanswered_said(left) == (
        "3 of last time's tests are not answered; answer them on the Plan page."
    )
    assert unanswered_said(left[:1]) == (
        "1 of last time's tests is not answered; answer it on the Plan page."
    )
    assert unanswered_said([]) == ""


def test_a_review_was_due_before_the_day_of_the_workshop_and_is_due_from_then_on() -> None:
    left = OpenAction(action=action(0), held_on=DAY, owners=("Council",), domain="")
    due = left.action.review_on

    assert owned_and_due_said(left, due).endswith(f"Review is due on {day_said(due)}.")
    after = owned_and_due_said(left, due + timedelta(days=1))
    assert after.endswith(f"Review was due on {day_said(due)}.")


def test_what_was_saved_is_said_by_its_first_words() -> None:
    long = action(test="If we try this for a week or two, then all is well", version=2)

    assert saved_said(action(test="If A, then\nB")) == "Added: If A, then B"
    assert saved_said(long) == "Changed: If we try this for a week or …"
    assert len(saved_said(action(test="x" * 300))) < 80


def test_paper_holds_the_whole_prediction_and_says_where_its_rest_is() -> None:
    whole, longer = "word " * 179 + "ended", "word " * 400

    assert len(whole) == 900
    assert on_paper(whole) == whole
    assert on_paper(longer).endswith("word … (the rest is in the report)")
    assert len(on_paper(longer)) <= len(on_paper("x" * 2_000)) <= 900
    assert (due_later_said(1), due_later_said(2), due_later_said(0)) == (
        "1 more is due later.",
        "2 more are due later.",
        "",
    )


@pytest.mark.parametrize(
    ("tests", "said"),
    [
        (["Train two nurses", "A decision log"], "The thin corner of the triangle: new roles"),
        (["Train two nurses", "A post for both", "The board decides"], "The triangle is even"),
        (["Share a list"], "No corner of the triangle is touched"),
        (["A new role for both"], "corners of the triangle: supported learning and governance"),
    ],
)
def test_the_thin_corner_of_the_triangle_is_named(tests: list[str], said: str) -> None:
    plan = [action(test=test, domain="workforce") for test in tests]

    assert said in also_mixed(also_mixed_of(ROOM, plan))


def test_tests_are_counted_by_kind_of_move_and_of_domain() -> None:
    plan = [
        action(move=Move.RELATIONAL, domain="culture"),
        action(move=Move.RELATIONAL, domain="finance"),
        action(move=Move.TECHNICAL, domain="finance"),
    ]

    said = also_mixed(also_mixed_of(ROOM, plan))

    assert "Kind of move: technical 1, improvement 0, relational 2, not said 0." in said
    assert "Kind of domain: physiology 1, anatomy 2." in said
    assert "move" not in also_mixed(also_mixed_of(ROOM, [action(move=Move.UNSAID)]))
