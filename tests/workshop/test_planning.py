"""The plan: small tests that partners own, and the CSV that survives Monday."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from aqua_core.errors import (
    ChangedMeanwhile,
    ChoiceRefused,
    DateRefused,
    NoSuchAction,
    Refusal,
    TextRefused,
)
from aqua_core.exports.plan_table import COLUMNS
from aqua_core.vocabulary import Action
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import plan_csv
from aqua_core.workshop.planning import capture_action, edit_action
from tests.kit.notation import DAY, made
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import draft, elsewhere, plan_now

__all__ = ["facilitator", "room_file"]

SOON = DAY + timedelta(days=30)


def read(page: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.decode("utf-8-sig"), newline="")))


def test_an_action_is_captured_and_taken_home(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())

    action = capture_action(facilitator, workshop.code, draft(workshop), DAY)

    page = plan_csv(facilitator, workshop.code)
    assert page.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    assert read(page) == [
        {
            "action_id": action.id,
            "version": "1",
            "place": workshop.place.name,
            "workshop_date": "2026-11-22",
            "domain": "Workforce",
            "small_test": action.test,
            "lead": "Head of adult care",
            "lead_partner": "Council",
            "joint_partners": "Trust",
            "measure": "Doubled visits a week, from 12 to 6",
            "review_date": "2026-12-22",
            "scale": "micro",
            "invented": "no",
            **dict.fromkeys(COLUMNS[13:-7], ""),
            "cycles": "0",
            "what_follows": "",
            "planned_on": "2026-11-22",
            "adapted_from": "",
            "adapted_how": "",
            **dict.fromkeys(("decision_of", "coalition", "gives", "gains"), ""),
        }
    ]


def test_an_edit_is_a_new_version_and_the_newest_is_the_plan(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    first = capture_action(facilitator, workshop.code, draft(workshop), DAY)

    second = edit_action(
        facilitator, workshop.code, first.model_copy(update={"lead": "Ward manager"}), DAY
    )

    assert second.version == 2
    assert plan_now(facilitator, workshop.code) == (second,)
    with pytest.raises(ChangedMeanwhile):
        edit_action(facilitator, workshop.code, first, DAY)


def test_an_action_of_another_workshop_is_not_edited(facilitator: Caller) -> None:
    one, other = (
        made(facilitator, "Council", "Trust", place=elsewhere()),
        made(facilitator, "Council", "Trust", place=elsewhere()),
    )
    action = capture_action(facilitator, one.code, draft(one), DAY)

    with pytest.raises(Refusal):
        edit_action(facilitator, other.code, action, DAY)
    with pytest.raises(NoSuchAction):
        edit_action(
            facilitator,
            other.code,
            action.model_copy(update={"partners": draft(other).partners}),
            DAY,
        )


@pytest.mark.parametrize(
    ("changed", "refused", "sentence"),
    [
        ({"test": ""}, TextRefused, "Say what will be tried."),
        ({"test": " \n "}, TextRefused, "Say what will be tried."),
        ({"test": "x" * 10_000}, TextRefused, "Keep the test to 300 characters"),
        ({"test": "a\u202eb"}, TextRefused, "hidden text-direction"),
        ({"lead": ""}, TextRefused, "Who will lead it? A role is enough."),
        ({"lead": "x" * 61}, TextRefused, "Keep the lead to 60 characters"),
        ({"measure": "x" * 201}, TextRefused, "Keep the measure to 200 characters"),
        ({"domain": "nothing"}, ChoiceRefused, "Choose the domain"),
        ({"partners": ()}, ChoiceRefused, "Choose who owns this test"),
        ({"partners": ("nobody",)}, ChoiceRefused, "Choose who owns this test"),
        ({"review_on": date(2026, 3, 3)}, DateRefused, r"has passed (3 March 2026)"),
        ({"review_on": date(2029, 1, 1)}, DateRefused, "Is that date right?"),
    ],
)
def test_a_test_that_cannot_be_kept_gets_a_sentence(
    facilitator: Caller, changed: dict[str, object], refused: type[Refusal], sentence: str
) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())

    with pytest.raises(refused) as told:
        capture_action(facilitator, workshop.code, draft(workshop, **changed), DAY)

    assert sentence in str(told.value)
    assert plan_now(facilitator, workshop.code) == ()


ANY_TEXT = some.text(
    some.characters(blacklist_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=60
).filter(str.strip)


@pytest.mark.long
@pytest.mark.slow
@given(text=ANY_TEXT)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_typed_comes_back_as_text_and_starts_no_formula(
    facilitator: Caller, text: str
) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    action = capture_action(facilitator, workshop.code, draft(workshop, test=text), DAY)

    (row,) = read(plan_csv(facilitator, workshop.code))

    assert row["small_test"] in (action.test, f"'{action.test}")
    assert row["small_test"].lstrip()[:1] not in {"=", "+", "-", "@"}


@pytest.mark.parametrize(
    "text",
    ['Say "yes", then\ngo; on', "Łódź, Ελλάδα, 東京", "=HYPERLINK(1)", "🏥 on Tuesdays", "a,b;c"],
)
def test_awkward_text_survives_the_round_trip(facilitator: Caller, text: str) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    capture_action(facilitator, workshop.code, draft(workshop, test=text), DAY)

    (row,) = read(plan_csv(facilitator, workshop.code))

    assert row["small_test"].removeprefix("'") == text


def test_an_unknown_field_is_refused_not_dropped() -> None:
    with pytest.raises(ValueError, match="extra"):
        Action.model_validate({"id": "a", "version": 1, "owner": "x"})
