"""Row 53: what looks like somebody's details is asked about, and can be kept."""

import random

import pytest

from aqua_core.errors import LooksPersonal
from aqua_core.rules.typed import is_nhs_number, person_named, personal_details
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.noting import heard_so_far, write_down
from aqua_core.workshop.planning import capture_action, edit_action
from aqua_core.workshop.revealing import reveal
from pages import _way
from tests.kit.looking import press, words
from tests.kit.notation import DAY, made
from tests.kit.planned import draft, plan_now
from tests.pages.test_pages import scored

__all__ = ["scored"]

DETAILS = [
    ("Ask jo.bloggs+ward@nhs.example.test", "an e-mail address"),
    ("Ring 0161 496 0000", "a telephone number"),
    ("Ring (020) 7946 0000 today", "a telephone number"),
    ("Ring 07700900123", "a telephone number"),
    ("+44 (0)161 496 0000", "a telephone number"),
    ("0044 7700 900123", "a telephone number"),
    ("NHS 943 476 5919", "an NHS number"),
    ("NHS 943-476-5919", "an NHS number"),
    ("NHS ９４３４７６５９１９", "an NHS number"),
]


@pytest.mark.parametrize(("typed", "kind"), DETAILS)
def test_details_are_asked_about_and_may_be_kept(
    facilitator: Caller, typed: str, kind: str
) -> None:
    workshop = made(facilitator, "Council", "Trust")

    with pytest.raises(LooksPersonal) as asked:
        write_down(facilitator, workshop.code, "culture", typed)

    assert str(asked.value) == f"This looks like {kind}. Take it out, or keep it as it is."
    assert heard_so_far(facilitator, workshop.code, "culture").heard == ()
    assert write_down(facilitator, workshop.code, "culture", typed, sure=True).heard == (typed,)


@pytest.mark.parametrize(
    ("field", "called"),
    [("test", "What will be tried"), ("lead", r"Lead \(a role\)"), ("measure", "How we will know")],
)
def test_an_action_is_asked_about_wherever_the_details_stand(
    facilitator: Caller, field: str, called: str
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    plain = capture_action(facilitator, workshop.code, draft(workshop), DAY)
    changed = plain.model_copy(update={field: "Jo, 0161 496 0000"})

    with pytest.raises(LooksPersonal, match=f"^“{called}” holds what looks like a telephone"):
        edit_action(facilitator, workshop.code, changed, DAY)

    assert plan_now(facilitator, workshop.code) == (plain,)
    kept = edit_action(facilitator, workshop.code, changed, DAY, sure=True)
    assert plan_now(facilitator, workshop.code) == (kept,)


@pytest.mark.parametrize(
    "typed",
    [
        "Doubled visits a week, from 12 to 6, by 2026-12-22",
        "£1,234,567,890 over 10 years",
        "0 10 20 30 40 50",
        "Score 0, 1, 2, 3, 4 or 5 @ the board",
        "943 476 5918",  # one digit off
        "1234567890123",
        "",
    ],
)
def test_figures_of_a_plan_are_not_taken_for_details(typed: str) -> None:
    assert personal_details(typed) == ""


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Our talk with Dr Patel", "Dr Patel"),
        ("ask dr patel", "dr patel"),
        ("Dr. A. Patel knows", "Dr. A. Patel"),
        ("Mrs O'Neill waited", "Mrs O'Neill"),
        ("Nurse Jones rings us", "Nurse Jones"),
        ("Cllr Smith-Brown said no", "Cllr Smith-Brown"),
        ("I asked Jane Smith", "Jane Smith"),
        ("J. Smith decides", "J. Smith"),
    ],
)
def test_a_persons_name_is_seen(typed: str, name: str) -> None:
    assert person_named(typed) == name
    assert person_named(typed, name) == ""


@pytest.mark.parametrize(
    "typed",
    [
        *("The doctor said so", "dr said it twice", "Nurse Practitioner", "MS Society", "No. 10"),
        *("Salford Royal", "Greater Manchester", "Ward Manager", "James Cook Hospital"),
        *(
            "Marie Curie nurses",
            "U.K. Government",
            "e.g. Council",
            "Miss the bus",
            "Plan B. We wait",
        ),
        *("I. One list. Two teams", "Doctor appointments", "Jane Austen House", "Sally knows"),
        *("St. Helens Council", "Mental Health"),
    ],
)
def test_a_role_a_body_and_a_place_are_taken_for_no_person(typed: str) -> None:
    assert person_named(typed) == ""


@pytest.mark.parametrize(
    "lead", ["Jane Smith", "Dr Patel", "Ravi Chandra", "Smith, Jane", "J. Smith"]
)
def test_a_lead_that_reads_as_a_person_is_asked_about(facilitator: Caller, lead: str) -> None:
    workshop = made(facilitator, "Council", "Trust")

    with pytest.raises(LooksPersonal, match=r"^“Lead \(a role\)” looks like a person's name"):
        capture_action(facilitator, workshop.code, draft(workshop, lead=lead), DAY)
    for role in ("Ward Manager", "Chair", "Deputy Chief Nurse", "head of adult care", "GP lead"):
        capture_action(facilitator, workshop.code, draft(workshop, lead=role), DAY)
    capture_action(facilitator, workshop.code, draft(workshop, lead=lead), DAY, sure=True)

    assert len(plan_now(facilitator, workshop.code)) == 6


def test_the_check_digit_is_that_of_a_plainer_sum() -> None:
    chance = random.Random(11)
    for _ in range(2000):
        digits = [chance.randrange(10) for _ in range(10)]
        # Plainly: the ten digits, weighed 10 to 1, add up to a multiple of 11.
        right = sum(digits[place] * (10 - place) for place in range(10)) % 11 == 0

        assert is_nhs_number("".join(map(str, digits))) == right


@pytest.mark.slow
def test_the_talk_page_asks_and_keeps_what_somebody_is_sure_of(looks, facilitator, scored) -> None:
    workshop, _ = scored
    app = asked_on_the_talk_page(looks, facilitator, workshop)

    press(app, "Keep it as it is")

    assert heard_so_far(facilitator, workshop.code, "culture").heard == ("Ring 0161 496 0000",)
    assert app.text_area[0].value == ""
    assert "Keep it as it is" not in [button.label for button in app.button]


@pytest.mark.slow
def test_what_was_taken_out_is_asked_about_no_more(looks, facilitator, scored) -> None:
    workshop, _ = scored
    app = asked_on_the_talk_page(looks, facilitator, workshop)

    app.text_area[0].set_value("Ring the ward")
    press(app, "Write it down")

    assert heard_so_far(facilitator, workshop.code, "culture").heard == ("Ring the ward",)
    assert "looks like" not in words(app)


def asked_on_the_talk_page(looks, facilitator, workshop):
    reveal(facilitator, workshop.code)
    app = looks(facilitator, _way.TALK, workshop.code)
    app.text_area[0].set_value("Ring 0161 496 0000")
    press(app, "Write it down")
    assert "This looks like a telephone number" in words(app)
    assert app.text_area[0].value == "Ring 0161 496 0000"
    assert heard_so_far(facilitator, workshop.code, "culture").heard == ()
    return app
