"""The page on which files leave, and come back; and who may send one."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.workshop.exporting import name_of, plan_csv, session_pack
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.setting_up import workshops_here
from pages import _way
from tests.exports.test_plan_file import added, edited, planned, saved
from tests.kit.looking import press, words
from tests.kit.notation import made
from tests.kit.planned import elsewhere, plan_now


def offered(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


def ways(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def code_of_last(app: AppTest) -> str:
    return app.get("page_link")[-1].proto.query_string.partition("workshop=")[2]


def test_each_file_says_in_a_line_what_it_is_and_is_not_built_by_looking(
    looks, facilitator, monkeypatch
) -> None:
    workshop = planned(facilitator)
    built = []
    monkeypatch.setattr(
        "aqua_core.workshop.exporting.plan_as_csv", lambda *_: built.append(1) or b""
    )

    app = looks(facilitator, _way.TAKE_AWAY, workshop.code)

    assert "opens on another laptop" in words(app)
    assert ways(app) == ["Home", "Back to the plan"]
    assert offered(app) == [
        *("Take the report", "Take the workbook", "Take the action plan"),
        *("Take the list of columns", "Take the review dates", "Take the session pack"),
    ]
    assert built == []


def test_while_scores_are_sealed_there_is_no_pack(looks, facilitator) -> None:
    workshop = planned(facilitator)
    open_scoring(facilitator, workshop.code, ["culture"])

    app = looks(facilitator, _way.TAKE_AWAY, workshop.code)

    assert [button.proto.disabled for button in app.get("download_button")] == [*[False] * 5, True]
    assert "Reveal them first" in words(app)


def test_without_a_test_or_a_next_wave_there_is_no_calendar_and_the_page_says_why(
    looks, facilitator
) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())

    app = looks(facilitator, _way.TAKE_AWAY, workshop.code)

    (reviews,) = [button for button in app.get("download_button") if "review" in button.proto.label]
    assert reviews.proto.disabled
    assert "there is no day for a diary yet. Plan a test" in words(app)


@pytest.mark.long
def test_a_plan_comes_back_after_its_differences_were_seen(looks, facilitator) -> None:
    workshop = planned(facilitator)
    page = edited(plan_csv(facilitator, workshop.code), lead="[Sam](http://e.test)")
    app = looks(facilitator, _way.TAKE_AWAY, workshop.code)

    app.file_uploader[0].set_value(("plan.csv", page, "text/csv")).run()

    shown = app.dataframe[0].value
    assert shown[["Field", "In the plan", "In the file"]].to_numpy().tolist() == [
        ["Lead", "Lead 0", "[Sam](http://e.test)"]
    ]
    assert plan_now(facilitator, workshop.code)[0].lead == "Lead 0"
    press(app, "Take these changes")
    assert plan_now(facilitator, workshop.code)[0].lead == "[Sam](http://e.test)"
    assert "1 of the plan's actions changed" in app.success[0].value.replace("\\", "")
    assert ways(app) == ["Home", "Back to the plan", "See the plan"]
    assert code_of_last(app) == workshop.code


def test_what_will_be_taken_is_said_in_one_sentence_and_may_be_left(looks, facilitator) -> None:
    workshop = planned(facilitator)
    page = edited(plan_csv(facilitator, workshop.code), prediction="x" * 10_000, aim="y")
    soon = date.today() + timedelta(days=30)  # the page asks the clock
    row = saved([added(review_date=soon.isoformat())]).removeprefix(b"\xef\xbb\xbf")
    app = looks(facilitator, _way.TAKE_AWAY, workshop.code)

    app.file_uploader[0].set_value(("plan.csv", page + row, "text/csv")).run()

    told = [subheader.value for subheader in app.subheader]
    assert [line.replace("\\", "") for line in told] == ["1 action changes (2 cells), 1 is new."]
    shown = app.dataframe[0].value
    assert shown["Field"].tolist()[:3] == ["Aim", "Prediction", "Small test"]
    assert shown["In the plan"].tolist()[2:] == ["new"] * 5
    assert shown["In the file"].str.len().max() <= 122
    press(app, "Take nothing")
    assert "the plan is as it was" in app.success[0].value
    assert not app.dataframe
    assert len(plan_now(facilitator, workshop.code)) == 1


@pytest.mark.long
def test_what_is_asked_of_one_edited_plan_is_not_asked_of_the_next(looks, facilitator) -> None:
    workshop = planned(facilitator)
    page = plan_csv(facilitator, workshop.code)
    app = looks(facilitator, _way.TAKE_AWAY, workshop.code)
    first, second = (edited(page, aim=aim) for aim in ("Call 07700 900123", "Call 07700 900456"))
    app.file_uploader[0].set_value(("plan.csv", first, "text/csv")).run()
    press(app, "Take these changes")
    assert "Keep it as it is" in [button.label for button in app.button]

    app.file_uploader[0].set_value(("plan.csv", second, "text/csv")).run()

    assert "Keep it as it is" not in [button.label for button in app.button]


def test_a_wrong_file_is_told_by_row_and_nothing_is_taken(looks, facilitator) -> None:
    workshop = planned(facilitator)
    page = edited(plan_csv(facilitator, workshop.code), scale="giga")
    app = looks(facilitator, _way.TAKE_AWAY, workshop.code)

    for name, content, sentence in (
        ("../../etc/passwd.csv", page, "Row 2, scale: Choose the scale"),
        ("plan.csv", b"", "The file is empty."),
        ("plan.exe", page, "Choose a .csv file."),
    ):
        app.file_uploader[0].set_value((name, content, "text/csv")).run()

        assert sentence in words(app).replace("\\", "")
        assert not [button for button in app.button if button.label == "Take these changes"]


def test_a_file_in_the_wrong_box_is_told_its_own(looks, facilitator) -> None:
    app = looks(facilitator, _way.TAKE_AWAY)

    for box, name, own in (
        (1, "pack.zip", "A session pack goes into the box under “Open a session pack”"),
        (0, "invitation.json", "An invitation goes into the box under “Hold a sitting"),
        (0, "plan.csv", "An action plan goes into the box under “Bring the plan back”"),
    ):
        app.file_uploader[box].set_value((name, b"x", "application/octet-stream")).run()

        assert own in words(app).replace("\\", "")


def test_a_pack_opens_without_any_workshop_here(looks, facilitator) -> None:
    workshop = planned(facilitator)
    pack = session_pack(facilitator, workshop.code)
    app = looks(facilitator, _way.TAKE_AWAY)

    assert ways(app) == ["Home"]
    app.file_uploader[0].set_value(("pack.zip", pack[:-9], "application/zip")).run()
    app.button[0].click().run()

    assert "This is no session pack" in words(app).replace("\\", "")
    app.file_uploader[0].set_value(("pack.zip", pack, "application/zip")).run()
    app.button[0].click().run()
    assert "is here already" in words(app).replace("\\", "")
    assert len(workshops_here(facilitator)) == 1


def test_a_file_is_named_by_place_and_day_in_safe_letters(facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    odd = workshop.place.model_copy(update={"name": "Łódź & Å/Ö (east), 東京"})

    assert name_of("report", workshop, "html") == "report-salford-2026-11-22.html"
    assert name_of("report", workshop.model_copy(update={"place": odd}), "html") == (
        "report-odz-a-o-east-2026-11-22.html"
    )
