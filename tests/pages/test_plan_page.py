"""The plan as its facilitator, a wall and the next workshop see it, without a browser."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from aqua_core.vocabulary import Decision, Help, Progress, SupportDraft, UnclearDraft, code_said
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import open_actions_now, start_cycle
from aqua_core.workshop.planning import Wishes, ask_support, edit_action, say_unclear, wishes_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from pages import _way
from tests.kit.looking import a_wall, acting, press, said_on_top, words
from tests.kit.notation import seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import LATER, NURSE, cycles_now, met, plan_now, planned, studied

__all__ = ["facilitator", "room_file"]
TODAY = date.today()


def shown_as(app: Any, view: str) -> Any:
    next(group for group in app.get("button_group") if group.label == "View").set_value(view)
    return app.run()


def seen(app: Any) -> str:
    return words(app).replace("\\", "")


@pytest.mark.long
def test_the_link_of_a_conversation_fills_in_its_domain_and_its_two_sides(
    looks, facilitator
) -> None:
    workshop = met(facilitator, place="Linked")
    ids = [partner.id for partner in workshop.partners]
    app = looks(facilitator, _way.HOME)
    app.switch_page(_way.PLAN)
    app.query_params["workshop"] = workshop.code
    app.query_params["domain"] = "culture"
    app.query_params["partners"] = f"{ids[1]},nobody,{ids[0]},{ids[1]}"
    app.run()

    app.text_area(key="test-new-0").set_value(NURSE)
    app.text_area(key="prediction-new-0").set_value("From 12 to 6")
    app.text_input(key="lead-new-0").set_value("Ward manager")
    press(app, "Add to the plan")

    (action,) = plan_now(facilitator, workshop.code)
    assert (action.domain, action.partners) == ("culture", (ids[1], ids[0]))
    assert action.prediction == "From 12 to 6"
    assert "How would you know that it helped?" in seen(app)
    assert "Which other partner would notice if it worked" not in seen(app)
    # The next test is not of that conversation.
    assert app.multiselect(key="partners-new-1").value == []
    assert app.selectbox(key="domain-new-1").value != "culture"


def test_all_that_is_wrong_in_a_small_test_is_said_at_once_and_at_its_field(
    looks, facilitator
) -> None:
    workshop = met(facilitator, place="Slips")
    app = looks(facilitator, _way.PLAN, workshop.code)
    app.text_area(key="prediction-new-0").set_value("From 12 to 6")
    app.text_input(key="lead-new-0").set_value("x" * 61)
    app.text_input(key="measure-new-0").set_value("x" * 201)

    press(app, "Add to the plan")

    assert [key for key, _ in said_on_top(app)] == [
        *("test-new-0", "partners-new-0", "lead-new-0", "measure-new-0", "domain-new-0"),
    ]
    for _, sentence in said_on_top(app):
        assert seen(app).count(sentence) == 1
    assert app.text_area(key="prediction-new-0").value == "From 12 to 6"
    assert plan_now(facilitator, workshop.code) == ()
    app.text_area(key="test-new-0").set_value(NURSE)
    app.text_input(key="lead-new-0").set_value("Ward manager")
    app.text_input(key="measure-new-0").set_value("")
    app.selectbox(key="domain-new-0").set_value("culture")
    press(app, "Add to the plan")
    assert [key for key, _ in said_on_top(app)] == ["partners-new-0"]
    app.multiselect(key="partners-new-0").set_value([workshop.partners[0].id])
    press(app, "Add to the plan")
    assert (len(plan_now(facilitator, workshop.code)), said_on_top(app)) == (1, [])


@pytest.mark.long
def test_a_cycle_is_run_to_its_decision_on_the_page(looks, facilitator) -> None:
    workshop = met(facilitator, place="Cycling")
    action = planned(facilitator, workshop, prediction="")
    app = looks(facilitator, _way.PLAN, workshop.code)

    press(app, "Start a cycle")
    assert "cannot be studied without its prediction" in seen(app)
    assert "Decide" not in [button.label for button in app.button]
    app.text_area(key=f"predicted-{action.id}-1-1").set_value("From 12 to 6")
    press(app, "Save the cycle")
    app.text_area(key=f"seen-{action.id}-1-2").set_value("From 12 to 9")
    press(app, "Decide")
    assert "Decide what follows: adopt, adapt or abandon." in seen(app)
    app.radio(key=f"act-{action.id}-1-2").set_value(Decision.ADOPT)
    press(app, "Decide")

    (cycle,) = cycles_now(facilitator, workshop.code)
    assert (cycle.decision, cycle.seen) == (Decision.ADOPT, "From 12 to 9")
    assert "1 small win" in seen(app)


@pytest.mark.long
def test_nothing_typed_in_a_cycle_is_lost_by_either_button(looks, facilitator) -> None:
    workshop = met(facilitator, place="Typed")
    action = planned(facilitator, workshop)
    start_cycle(facilitator, workshop.code, action.id, date.today())
    app = looks(facilitator, _way.PLAN, workshop.code)

    app.text_area(key=f"seen-{action.id}-1-1").set_value("From 12 to 9")
    app.radio(key=f"act-{action.id}-1-1").set_value(Decision.ADOPT)
    press(app, "Save the cycle")
    assert app.text_area(key=f"seen-{action.id}-1-2").value == "From 12 to 9"
    assert app.radio(key=f"act-{action.id}-1-2").value is Decision.ADOPT

    app.text_area(key=f"done-{action.id}-1-2").set_value("Four Tuesdays")
    app.text_area(key=f"predicted-{action.id}-1-2").set_value("From 12 to 9")
    press(app, "Decide")
    assert "Save the cycle first, then decide" in seen(app)
    assert app.text_area(key=f"done-{action.id}-1-2").value == "Four Tuesdays"
    app.text_area(key=f"predicted-{action.id}-1-2").set_value("From 12 to 6")
    press(app, "Decide")

    (cycle,) = cycles_now(facilitator, workshop.code)
    assert (cycle.decision, cycle.done) == (Decision.ADOPT, "Four Tuesdays")
    assert (cycle.predicted, cycle.seen) == ("From 12 to 6", "From 12 to 9")


def test_every_view_of_a_plan_is_drawn_said_and_tabled(looks, facilitator) -> None:
    workshop = met(facilitator, place="Viewed")
    action = planned(facilitator, workshop, review_on=TODAY + timedelta(days=10))
    app = looks(facilitator, _way.PLAN, workshop.code)

    assert NURSE in str(shown_as(app, "Table").table[0].value.to_numpy())
    app.multiselect(key="only-Domain").set_value(["culture"]).run()
    assert "No small test is like that" in seen(app)
    for view, sentence, tables in (
        ("Overview", "One small test.", 2),  # its mix, and who carries how much
        ("Reviews", "Next review on", 1),
    ):
        shown_as(app, view)
        assert sentence in seen(app)
        assert (len(app.get("vega_lite_chart")), len(app.table)) == (1, tables)
    shown_as(app, "Check sheet")
    assert (
        f"Council with Trust, led by Head of adult care. Review by {action.review_on.day}"
        in seen(app)
    )
    assert list(app.table[0].value.columns) == ["Did it happen?", "What did we see?", "What next?"]


@pytest.mark.long
def test_what_was_saved_last_is_said_and_stands_first_here_and_on_a_wall(
    looks, facilitator
) -> None:
    workshop = met(facilitator, place="Said")
    soon = planned(facilitator, workshop, "If A, then B", review_on=TODAY + timedelta(days=5))
    app = looks(facilitator, _way.PLAN, workshop.code)
    app.text_area(key="test-new-0").set_value("If C, then D")
    app.selectbox(key="domain-new-0").set_value("culture")
    app.text_input(key="lead-new-0").set_value("Ward manager")
    app.multiselect(key="partners-new-0").set_value([partner.id for partner in workshop.partners])
    press(app, "Add to the plan")
    assert "Added: If C, then D" in seen(app)
    assert shown_tests(app) == ["If C, then D", "If A, then B"]
    assert shown_tests(
        looks(a_wall(facilitator, workshop), _way.PLAN, workshop.code)
    ) == shown_tests(app)

    again = looks(facilitator, _way.PLAN, workshop.code)
    assert shown_tests(again) == ["If A, then B", "If C, then D"]
    again.button(key=f"FormSubmitter:edit-{soon.id}-Save the change").click().run()
    assert "Changed: If A, then B" in seen(again)
    assert shown_tests(again) == ["If A, then B", "If C, then D"]
    wall = looks(a_wall(facilitator, workshop), _way.PLAN, workshop.code)
    assert shown_tests(wall) == shown_tests(again)
    assert "Changed:" not in seen(wall)


def shown_tests(app: Any) -> list[str]:
    return re.findall(r"Try: \*\*(.*?)\*\*", seen(app))


def test_a_check_sheet_says_how_many_are_due_later(looks, facilitator) -> None:
    workshop = met(facilitator, place="On paper")
    planned(facilitator, workshop, prediction="Many words. " * 60)
    planned(facilitator, workshop, "If B, then C", review_on=TODAY + timedelta(days=60))

    app = shown_as(looks(facilitator, _way.PLAN, workshop.code), "Check sheet")

    assert ("Many words. " * 60).rstrip() in seen(app)
    assert "1 more is due later." in seen(app)


@pytest.mark.long
def test_a_test_is_taken_out_where_it_is_edited_and_put_back_where_it_stood(
    looks, facilitator
) -> None:
    workshop = met(facilitator, place="Mistaken")
    action = planned(facilitator, workshop, for_persona="One nurse at the door")
    app = looks(facilitator, _way.PLAN, workshop.code)
    assert "For Sally Ford: One nurse at the door" in seen(app)
    assert not listed_as_taken_out(app)

    press(app, "Take it out of the plan")

    assert f"Taken out of the plan: {NURSE}" in seen(app)
    assert f"Try: **{NURSE}**" not in seen(app)
    assert listed_as_taken_out(app)
    assert f"Taken out of the plan: {NURSE}" not in seen(
        looks(facilitator, _way.PLAN, workshop.code)
    )
    assert plan_now(facilitator, workshop.code) == ()
    app.button(key=f"back-here-{action.id}").click().run()
    assert f"Try: **{NURSE}**" in seen(app)
    assert not listed_as_taken_out(app)
    (back,) = plan_now(facilitator, workshop.code)
    assert back == action.model_copy(update={"version": 3})
    press(app, "Save the change")  # the form starts from what was put back
    assert plan_now(facilitator, workshop.code)[0].version == 4


def listed_as_taken_out(app: Any) -> bool:
    return any(expander.label == "Taken out (1)" for expander in app.expander)


@pytest.mark.long
def test_what_somebody_else_changed_is_not_taken_out(looks, facilitator) -> None:
    workshop = met(facilitator, place="Changed")
    action = planned(facilitator, workshop)
    app = looks(facilitator, _way.PLAN, workshop.code)
    newer = action.model_copy(update={"lead": "Newer"})
    edit_action(facilitator, workshop.code, newer, TODAY)

    press(app, "Take it out of the plan")

    assert "Somebody changed this action since you opened it" in seen(app)
    assert [on_plan.lead for on_plan in plan_now(facilitator, workshop.code)] == ["Newer"]


@pytest.mark.long
def test_a_long_prediction_is_begun_on_the_card_and_whole_in_its_form(looks, facilitator) -> None:
    workshop = met(facilitator, place="Long")
    long = "Many words. " * 800
    action = planned(facilitator, workshop, prediction=long)
    app = looks(facilitator, _way.PLAN, workshop.code)

    assert app.text_area(key=f"prediction-{action.id}-1").value == long.strip()
    assert "Many words. …" in seen(app)
    assert max(map(len, seen(app).splitlines())) < 1_000
    later = met(facilitator, LATER, "Long")
    room = seen(looks(facilitator, _way.ROOM, later.code))
    assert len(re.sub("(?s)<style>.*?</style>", "", room)) < 9_000


def test_a_long_plan_makes_a_form_once_it_is_opened_and_it_stays(looks, facilitator) -> None:
    workshop = met(facilitator, place="Twenty")
    first, *_ = (planned(facilitator, workshop, f"If {n}, then more") for n in range(20))
    app = looks(facilitator, _way.PLAN, workshop.code)
    controls = len(acting(app))
    assert controls < 20

    app.session_state[f"line-edit-{first.id}"] = True
    app.run()
    opened = len(acting(app))
    app.session_state[f"line-edit-{first.id}"] = False
    app.run()

    assert app.text_input(key=f"lead-{first.id}-1").value == "Head of adult care"
    assert controls < len(acting(app)) == opened < controls + 30


@pytest.mark.long
def test_what_is_also_asked_for_is_edited_taken_out_and_put_back(looks, facilitator) -> None:
    workshop = met(facilitator, place="Asked again")
    draft = SupportDraft(kind=Help.COACHING, wanted="How we disagree")
    support = ask_support(facilitator, workshop.code, draft)
    unclear = say_unclear(facilitator, workshop.code, UnclearDraft(domain="culture", points=3))
    app = shown_as(looks(facilitator, _way.PLAN, workshop.code), "Support and wording")

    app.text_area(key=f"wanted-{support.id}-1").set_value("How we\ndisagree")
    app.button(key=f"FormSubmitter:edit-{support.id}-Save the change").click().run()
    app.selectbox(key=f"points-{unclear.id}-1").set_value(4)
    app.button(key=f"FormSubmitter:edit-{unclear.id}-Save the change").click().run()
    found = wishes_now(facilitator, workshop.code)
    assert [wish.wanted for wish in found.support] == ["How we\ndisagree"]
    assert [statement.points for statement in found.unclear] == [4]

    for asked_for in (support, unclear):
        app.button(key=f"out-{asked_for.id}").click().run()
        assert f"back-here-{asked_for.id}" in [button.key for button in app.button]
    assert wishes_now(facilitator, workshop.code) == Wishes((), ())
    for asked_for in (support, unclear):
        app.button(key=f"back-list-{asked_for.id}").click().run()
    assert [len(wish) for wish in wishes_now(facilitator, workshop.code)] == [1, 1]


@pytest.mark.long
def test_what_is_also_asked_for_is_written_down_on_the_page(looks, facilitator) -> None:
    workshop = met(facilitator, place="Asked")
    app = shown_as(looks(facilitator, _way.PLAN, workshop.code), "Support and wording")

    press(app, "Ask for it")
    assert "Choose the support: masterclass" in seen(app)
    app.radio(key="kind-0").set_value(Help.COACHING)
    app.text_area(key="wanted-0").set_value("How we [disagree](http://e)")
    press(app, "Ask for it")
    press(app, "Write it down")
    assert "Choose the statement that was unclear" in seen(app)
    app.selectbox(key="points-0").set_value(3)
    press(app, "Write it down")
    assert "Choose the domain of the statement" in seen(app)
    app.selectbox(key="of-0").set_value("culture")
    press(app, "Write it down")

    found = wishes_now(facilitator, workshop.code)
    assert [wish.wanted for wish in found.support] == ["How we [disagree](http://e)"]
    assert [statement.points for statement in found.unclear] == [3]
    assert "How we [disagree](http://e)" in [text.value for text in app.text]


def test_a_wall_sees_the_plan_and_the_open_actions_and_no_form(looks, facilitator) -> None:
    first, later = met(facilitator, place="Walled"), met(facilitator, LATER, "Walled")
    action = planned(facilitator, first)
    studied(facilitator, first, action, Decision.ADAPT)

    plan = looks(a_wall(facilitator, first), _way.PLAN, first.code)
    assert "Cycle 2: planned, without a prediction" in seen(plan)
    assert acting(plan) == []
    room = looks(a_wall(facilitator, later), _way.ROOM, later.code)
    assert NURSE in seen(room)
    assert acting(room) == []


@pytest.mark.long
def test_scoring_opens_once_every_open_action_is_answered(looks, facilitator) -> None:
    first, later = met(facilitator, place="Met again"), met(facilitator, LATER, "Met again")
    one, two = planned(facilitator, first), planned(facilitator, first, "If B, then C")
    app = looks(facilitator, _way.ROOM, later.code)
    assert offered(app) == (True, False)

    press(app, "Write it down")
    assert "Choose how it stands: progress, stuck or stopped." in seen(app)
    answer(app, sorted((one, two), key=lambda wish: wish.id)[0].id, Progress.MOVED, "9 a week")
    assert "1 of 2 answered" in seen(app)
    answer(app, sorted((one, two), key=lambda wish: wish.id)[1].id, Progress.STUCK, "")

    assert "Both are answered" in seen(app)
    assert offered(app) == (False, True)
    said = [action.answer.said for action in open_actions_now(facilitator, later.code)]
    assert sorted(said) == ["", "9 a week"]


def test_the_facilitator_may_go_on_without_the_answers(looks, facilitator) -> None:
    first, later = met(facilitator, place="In haste"), met(facilitator, LATER, "In haste")
    planned(facilitator, first)
    app = looks(facilitator, _way.ROOM, later.code)

    assert "Scoring can be opened once all are answered or skipped." in seen(app)
    press(app, "Skip the remaining actions")

    assert offered(app) == (False, True)
    assert "1 of last time's tests is not answered; answer it on the Plan page." in seen(app)
    assert [action.answer for action in open_actions_now(facilitator, later.code)] == [None]


@pytest.mark.long
def test_who_went_on_is_not_asked_again_and_may_still_answer(looks, facilitator) -> None:
    first, later = met(facilitator, place="Later"), met(facilitator, LATER, "Later")
    action = planned(facilitator, first)
    press(looks(facilitator, _way.ROOM, later.code), "Skip the remaining actions")

    colleague = Caller(facilitator=sign_in(new_sign_in_link()))
    again = looks(colleague, _way.ROOM, later.code)
    assert offered(again) == (False, True)
    assert NURSE not in seen(again)
    assert NURSE not in seen(looks(a_wall(facilitator, later), _way.ROOM, later.code))
    # Answering stays possible, on the Plan page.
    plan = looks(facilitator, _way.PLAN, later.code)
    assert "Not answered yet." in seen(plan)
    assert "Review was due on 22 December 2026." in seen(plan)
    assert "We expected: From 12 to 6" in seen(plan)
    answer(plan, action.id, Progress.STUCK, "The nurse left")
    assert "It is stuck: The nurse left" in seen(plan)


@pytest.mark.long
def test_after_an_answer_comes_the_next_that_waits_and_not_the_first(looks, facilitator) -> None:
    first, later = met(facilitator, place="In turn"), met(facilitator, LATER, "In turn")
    tests = [planned(facilitator, first, f"If {n}, then more") for n in "BCD"]
    ids = [test.id for test in sorted(tests, key=lambda wish: wish.id)]
    app = looks(facilitator, _way.ROOM, later.code)
    next(e for e in app.get("button_group") if e.key == "open action-0").set_value(1).run()

    answer(app, ids[1], Progress.MOVED, "Second first")
    answer(app, ids[2], Progress.STUCK, "Third then")
    answer(app, ids[0], Progress.STUCK, "First at last")

    assert "All three are answered" in seen(app)


def answer(app: Any, action_id: str, how: Progress, line: str) -> None:
    assert f"said-{action_id}-0" in {box.key for box in app.text_input}
    next(
        group for group in app.get("button_group") if group.key == f"stands-{action_id}-0"
    ).set_value(how)
    app.text_input(key=f"said-{action_id}-0").set_value(line)
    press(app, "Write it down")


def offered(app: Any) -> tuple[bool, bool]:
    """Tell whether the room may go on without answers, and whether it may open scoring."""
    labels = [button.label for button in app.button]
    return "Skip the remaining actions" in labels, "Open scoring" in labels


def test_no_score_of_the_last_wave_is_near_the_open_actions(looks, facilitator) -> None:
    shown = []
    for points in (1, 4):
        place = f"Anchored {points}"
        first, later = met(facilitator, place=place), met(facilitator, LATER, place)
        open_scoring(facilitator, first.code, ["culture"])
        for team in first.teams:
            submit_score(seated(first, team.name), first.code, "culture", points)
        reveal(facilitator, first.code)
        planned(facilitator, first)
        said = seen(looks(facilitator, _way.ROOM, later.code))
        shown.append(said.replace(code_said(later.code), "CODE").replace(place, "PLACE"))

    assert NURSE in shown[0]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("view", ["Overview", "Reviews"])
def test_a_picture_of_the_plan_follows_what_an_earlier_workshop_adds(
    looks, facilitator, view: str
) -> None:
    first, later = met(facilitator, place=view), met(facilitator, LATER, view)
    planned(facilitator, first, review_on=LATER)
    app = shown_as(looks(facilitator, _way.PLAN, later.code), view)
    before = app.get("vega_lite_chart")[0].proto.spec

    planned(facilitator, first, "If two rotas are one", review_on=LATER + timedelta(days=9))

    assert app.run().get("vega_lite_chart")[0].proto.spec != before
