"""A plan over half a year, as the facilitator lives it: captured, run in a cycle, answered."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from aqua_core.vocabulary import Decision, Help, SupportDraft, UnclearDraft, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import start_cycle, study_cycle
from aqua_core.workshop.planning import ask_support, say_unclear
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, settled
from tests.kit.gestures import captured, opened, signed_in
from tests.kit.notation import seated
from tests.kit.one_room import opened_in
from tests.kit.planned import HALF_A_YEAR, NURSE, met, planned
from tests.kit.serving import serving


def revealed_and_to_come(facilitator: Caller) -> tuple[Workshop, Workshop]:
    """Make a workshop whose reveal is done, and the next one of its place."""
    days = (date.today(), date.today() + HALF_A_YEAR)
    now, next_one = (met(facilitator, day) for day in days)
    open_scoring(facilitator, now.code, ["culture"])
    for points, team in enumerate(now.teams, start=1):
        submit_score(seated(now, team.name), now.code, "culture", points)
    reveal(facilitator, now.code)
    return now, next_one


@pytest.mark.slow
@pytest.mark.long
def test_a_test_is_owned_run_and_answered_before_the_place_scores_again(
    browser: Browser, tmp_path: Path
) -> None:
    with opened_in(tmp_path) as facilitator:
        now, next_one = revealed_and_to_come(facilitator)
    sides = ",".join(partner.id for partner in now.partners)
    with serving(tmp_path) as server:
        page = signed_in(browser, server)
        page.goto(f"{server.url}/plan?workshop={now.code}&domain=culture&partners={sides}")
        filled_in(page)
        run_to_adapt(page)
        page.goto(f"{server.url}/room?workshop={next_one.code}")
        answered_first(page)
        assert "Traceback" not in server.printed()


def filled_in(page: Page) -> None:
    add = page.get_by_role("button", name="Add to the plan")
    add.wait_for()
    settled(page)
    # Six fields and their button, without scrolling.
    box = add.bounding_box()
    assert box
    assert box["y"] + box["height"] < PROJECTOR["height"]
    captured(
        page,
        NURSE,
        "Head of adult care",
        What_we_expect_to_see="From 12 doubled visits to 6",
        How_we_will_know="Doubled visits a week",
    )
    page.get_by_text("Council with Trust, led by Head of adult care").wait_for()
    page.get_by_text("Culture · scale not said").wait_for()


VIEWS = ("Capture", "Table", "Overview", "Reviews", "Check sheet", "Support and wording")


def crowded(facilitator: Caller) -> Workshop:
    """Make a plan whose every text is as long as it may be, in one word."""
    workshop = met(facilitator, date.today())
    long = "x" * 10_000
    said = {"prediction": long, "lead": "l" * 60, "measure": "m" * 200, "for_persona": "p" * 200}
    soon = date.today() + timedelta(days=7)
    action = planned(facilitator, workshop, f"If {'w' * 290}", review_on=soon, **said)
    cycle = start_cycle(facilitator, workshop.code, action.id, date.today())
    seen = cycle.model_copy(update={"seen": long, "decision": Decision.ADAPT})
    study_cycle(facilitator, workshop.code, seen, date.today())
    ask_support(facilitator, workshop.code, SupportDraft(kind=Help.COACHING, wanted=long))
    unclear = UnclearDraft(domain="culture", points=3, suggestion=long)
    say_unclear(facilitator, workshop.code, unclear)
    return workshop


@pytest.mark.slow
@pytest.mark.long
def test_no_view_of_a_plan_breaks_on_ten_thousand_characters(
    browser: Browser, tmp_path: Path
) -> None:
    with opened_in(tmp_path) as facilitator:
        workshop = crowded(facilitator)
    with serving(tmp_path) as server:
        for size in (PHONE, LAPTOP):
            page = signed_in(browser, server, size)
            page.goto(f"{server.url}/plan?workshop={workshop.code}")
            for view in VIEWS:
                page.get_by_role("radio", name=view, exact=True).click()
                settled(page)
                page.get_by_text("Take away").wait_for()
                assert beyond_the_edge(page) == [], (view, size)
        form_in_one_window(page)
        assert "Traceback" not in server.printed()


def beyond_the_edge(page: Page) -> list[str]:
    """Name what is wider than the window.

    But for a table, which scrolls in its own frame, and a picture, which is drawn larger than it is
    shown: its words are held to its width by the tests of the pictures.
    """
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stMain"] *')]
            .filter(each => !each.closest('table') && each.checkVisibility())
            .filter(each => each.getBoundingClientRect().right > window.innerWidth + 1)
            .filter(each => !each.closest('.st-key-plan-table, .st-key-picture'))
            .map(each => `${each.tagName}.${each.className}`)"""
    )


def form_in_one_window(page: Page) -> None:
    """The edit form and what follows from it stand in one window of a small laptop."""
    page.get_by_role("radio", name="Capture", exact=True).click()
    settled(page)
    page.get_by_text("Edit", exact=True).click()
    first = page.get_by_label("What will be tried").nth(1)
    first.wait_for()
    out = page.get_by_role("button", name="Take it out of the plan")
    out.scroll_into_view_if_needed()
    top, foot = first.bounding_box(), out.bounding_box()
    assert top
    assert foot
    assert foot["y"] + foot["height"] - top["y"] < LAPTOP["height"]


def run_to_adapt(page: Page) -> None:
    page.get_by_text("Cycles: plan, do, study, act").click()
    page.get_by_role("button", name="Start a cycle").click()
    page.get_by_label("Study: what we saw against it").fill("From 12 to 9: two nurses were off")
    page.get_by_text("Adapt: change it and try again").click()
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("Study: From 12 to 9").wait_for()
    expect(page.get_by_text("Cycle 2: planned, without a prediction").first).to_be_visible()


def answered_first(page: Page) -> None:
    page.get_by_role("heading", name=NURSE).wait_for()
    settled(page)
    expect(page.get_by_role("button", name="Open scoring")).to_have_count(0)
    write = page.get_by_role("button", name="Write it down")
    box = write.bounding_box()
    assert box
    assert box["y"] + box["height"] < PROJECTOR["height"]
    page.get_by_role("radio", name="Progress").click()
    page.get_by_placeholder("What happened? One line").fill("Nine a week, and the nurse stays")
    write.click()
    page.get_by_text("It made progress: Nine a week, and the nurse stays").wait_for()
    opened(page)
