"""Programmes on the page: eight sessions by one press, a sheet in time, requests."""

import itertools
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from aqua_core.vocabulary import Help, SupportDraft, Workshop
from aqua_core.vocabulary.programme import LastWords, ProgrammeDraft
from aqua_core.workshop import running, scheduling
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.ending import ask_last_words, say_last_words
from aqua_core.workshop.naming import change_names, names_of
from aqua_core.workshop.planning import ask_support
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages import _programme, _room, _step, _way
from tests.kit import looking
from tests.kit.looking import a_host, a_wall, press
from tests.kit.notation import made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
_numbers = itertools.count()
TODAY = date.today()


def words(app) -> str:
    return looking.words(app).replace("\\", "").replace("\u2060", "").partition("<style>")[0]


def links(app) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def headings(app) -> list[str]:
    return [str(one.value) for one in (*app.title, *app.header)]


def running_in(facilitator: Caller) -> Workshop:
    workshop = made(facilitator, "Council", "Trust", place=f"Page {next(_numbers)}")
    (ours,) = _programme.sheets()
    draft = ProgrammeDraft(name=f"For {workshop.code}", began_on=TODAY)
    # Half a day away, at whatever hour the tests run: the sheet is timed from its start.
    begins = "23:00" if datetime.now().hour < 12 else "01:00"
    programme = scheduling.plan_programme(
        facilitator, draft, scheduling.Pattern(1, 0, 13, begins, ours.steps)
    )
    (session,) = scheduling.programmes_now(facilitator).of(programme.id)
    running.start_sheet(facilitator, workshop.code, session.id, _step.now())
    return workshop


def test_eight_sessions_are_planned_with_a_name_and_one_press(looks, facilitator: Caller) -> None:
    made(facilitator, "Council", "Trust", place="First")
    app = looks(facilitator, _way.PROGRAMME)
    assert headings(app) == ["Programmes", "Requests"]
    press(app, "Plan all sessions")
    assert "Give the programme a name." in words(app)

    app.text_input[0].set_value("Greater Manchester")
    press(app, "Plan all sessions")

    assert headings(app)[0] == "Greater Manchester"
    first = "today: Masterclass 1" if date.today().weekday() < 5 else "next: Masterclass 1 on"
    assert f"8 sessions, {first}" in words(app)
    assert words(app).count("8 steps, 90 minutes. All four aims are served.") == 8


def test_a_bad_hour_is_told_and_nothing_typed_is_lost(looks, facilitator: Caller) -> None:
    app = looks(facilitator, _way.PROGRAMME)
    app.text_input[0].set_value("Pathway")
    app.text_input[1].set_value("half past nine")

    press(app, "Plan all sessions")

    assert "hours and minutes, such as 09:30" in words(app)
    assert app.text_input[0].value == "Pathway"
    assert "Pathway" not in {
        held.name for held in scheduling.programmes_now(facilitator).programmes
    }


def test_the_sheet_says_time_next_and_what_is_missing_to_the_facilitator(
    looks, facilitator: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = running_in(facilitator)
    late = _step.now() + timedelta(minutes=17)
    monkeypatch.setattr(_step, "now", lambda: late)

    app = looks(facilitator, _way.PROGRAMME, workshop.code)

    assert headings(app)[0] == "7 minutes late"
    assert "Scoring is not open yet." in words(app)
    assert [button.label for button in app.button].count("Do this") == 3
    press(app, "Next: Score eight domains, sealed")
    assert "Score eight domains, sealed" in headings(app)
    for who in (a_wall(facilitator, workshop), a_host(facilitator, workshop)):
        assert "For the facilitator" in words(looks(who, _way.PROGRAMME, workshop.code))


def test_the_projector_shows_the_step_and_never_the_time(looks, facilitator: Caller) -> None:
    workshop = running_in(facilitator)

    wall = looks(a_wall(facilitator, workshop), _way.ROOM, workshop.code)
    assert "Welcome; open tests first (step 1 of 8)" in words(wall)
    assert not any("Run sheet" in label for label in links(wall))

    here = looks(facilitator, _way.PLAN, workshop.code)
    assert any(label.startswith("Run sheet, until") for label in links(here))


def test_who_runs_one_room_of_one_place_reads_no_word_of_a_programme(
    looks, facilitator: Caller
) -> None:
    workshop = made(facilitator, "Council", "Trust", place=f"Alone {next(_numbers)}")

    for page in (_way.ROOM, _way.GAPS, _way.TALK, _way.PLAN, _way.TAKE_AWAY):
        app = looks(facilitator, page, workshop.code)
        seen = (words(app) + "".join(links(app))).lower()
        assert "programme" not in seen
        assert "run sheet" not in seen


def test_a_request_gets_an_answer_and_old_ones_are_marked(looks, facilitator: Caller) -> None:
    place = f"Wants {next(_numbers)}"
    workshop = made(facilitator, "Council", "Trust", place=place)
    wanted = f"How we disagree {next(_numbers)}"
    asked = ask_support(facilitator, workshop.code, SupportDraft(kind=Help.COACHING, wanted=wanted))
    app = looks(facilitator, _way.PROGRAMME)
    assert wanted in words(app)
    assert "Nobody answers it yet." in words(app)

    app.text_input(key=f"who-{asked.id}-0").set_value("Network lead")
    app.button(key=f"FormSubmitter:answer-{asked.id}-Keep it").click().run()

    assert "Network lead answers it; no day is said." in words(app)

    marked = []
    for days in (30, 31):
        names = names_of(workshop)._replace(held_on=TODAY - timedelta(days=days))
        change_names(facilitator, workshop.code, names)
        heads = [one.value for one in app.run().markdown if f"for {place}" in one.value]
        marked.append(["over 30 days" in head for head in heads])
    assert marked == [[False], [True]]


@pytest.mark.long
def test_the_end_is_asked_on_room_and_shown_from_five_answers(looks, facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=f"Ends {next(_numbers)}")
    seats = [seated(workshop, ("Council", "Trust")[nth % 2]) for nth in range(6)]
    open_scoring(facilitator, workshop.code, ["culture"])
    for seat in seats:
        submit_score(seat, workshop.code, "culture", 3)
    reveal(facilitator, workshop.code)
    ask_last_words(facilitator, workshop.code)
    for nth, seat in enumerate(seats[:4]):
        say_last_words(seat, workshop.code, LastWords(learned=f"Learned {nth}"))

    app = looks(facilitator, _way.ROOM, workshop.code)
    assert "4 have answered. Shown from 5 answers to a question on." in words(app)
    press(app, "Show what was said")
    assert "Fewer than 5 have answered each question." in words(app)
    say_last_words(seats[4], workshop.code, LastWords(learned="Learned *last*"))
    app.run()
    press(app, "Show what was said")

    wall = looks(a_wall(facilitator, workshop), _way.ROOM, workshop.code)
    for seen in (words(app), words(wall)):
        assert "Learned 3" in seen
        assert "Learned *last*" in seen
    assert not wall.button


def test_the_exchange_is_a_view_of_community(looks, facilitator: Caller) -> None:
    app = looks(facilitator, _way.COMMUNITY)

    assert headings(app)[0] == "Exchange"
    assert links(app)[:3] == ["Home", "Programme", "**Exchange**"]


def test_a_bad_run_sheet_is_named_and_all_else_stands(
    looks, facilitator: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "run-sheets").mkdir()
    (tmp_path / "run-sheets" / "ours.json").write_text("{", "utf-8")
    monkeypatch.setattr(_room, "DATA", tmp_path)

    app = looks(facilitator, _way.PROGRAMME)

    assert "ours.json, line 1" in words(app)
    assert headings(app) == ["Programmes", "Requests"]


def test_an_empty_shell_begins_from_a_sheet_of_ours_by_one_press(
    looks, facilitator: Caller
) -> None:
    programme = scheduling.plan_programme(
        facilitator, ProgrammeDraft(name="Long", began_on=TODAY), scheduling.Pattern(1, 0, 13)
    )
    (session,) = scheduling.programmes_now(facilitator).of(programme.id)
    app = looks(facilitator, _way.PROGRAMME, session=session.id)
    assert "An empty shell: no step yet." in words(app)
    press(app, "Begin from: Score, reveal, talk and plan")

    (done,) = [one.value.replace("\\", "") for one in app.success]
    assert done.startswith("The run sheet is kept with this session.")
    assert done.endswith("Where it drives a workshop already, that goes on as it began.")
    (now,) = scheduling.programmes_now(facilitator).of(programme.id)
    assert (len(now.steps), now.version) == (8, 2)


def test_steps_that_are_half_typed_are_there_again_and_a_sheet_is_kept_as_it_stands(
    looks, facilitator: Caller
) -> None:
    draft = ProgrammeDraft(name=f"Steps {next(_numbers)}", began_on=TODAY)
    (ours,) = _programme.sheets()
    made_of = scheduling.plan_programme(
        facilitator, draft, scheduling.Pattern(1, 0, 13, steps=ours.steps)
    )
    (session,) = scheduling.programmes_now(facilitator).of(made_of.id)
    app = looks(facilitator, _way.PROGRAMME, session=session.id)
    # As the editor's browser says it: the first step is called otherwise, the last one is out.
    edited = {"edited_rows": {0: {"Step": "Coffee"}}, "deleted_rows": [7], "added_rows": []}
    app.session_state[f"steps-{session.id}-0"] = edited
    app.text_input[0].set_value("10.15")
    app.run()

    app.query_params.pop("session")
    app.query_params["programme"] = made_of.id
    app.run()
    app.date_input(key=f"day-{session.id}-1").set_value(TODAY + timedelta(days=9)).run()
    app.query_params["session"] = session.id
    app.run()
    assert app.text_input[0].value == "10.15"
    press(app, "Keep these steps")

    (kept,) = scheduling.programmes_now(facilitator).of(made_of.id)
    assert (kept.begins, kept.held_on) == ("10:15", TODAY + timedelta(days=9))
    assert [step.title for step in kept.steps][:1] == ["Coffee"]
    assert len(kept.steps) == 7
