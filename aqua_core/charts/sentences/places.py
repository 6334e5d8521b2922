"""What is said of places, of their waves and sittings, and of tests that go on."""

from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import Final

from aqua_core.charts.sentences.wording import counted, in_words
from aqua_core.charts.words import listed
from aqua_core.vocabulary import (
    Apart,
    Decision,
    KeptPlace,
    PlaceRow,
    Progress,
    SeenWith,
    ToDo,
    Wave,
    WaveKind,
    code_said,
)
from aqua_core.vocabulary.place import PlanBefore
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.vocabulary.points import day_said, half_up, waves_called
from aqua_core.vocabulary.shown import BeenHere

_NO_REVIEW: Final = "No review"
_NOT_SET: Final = "Not set"
_NOT_HERE: Final = "Reviews are not here"
_NO_WAVE: Final = "Not yet"
ANCHORS: Final = (
    "A workshop of this place is scoring: what earlier waves said is kept back until the reveal."
)

WORKED: Final = (
    "It worked, and is how it is done now? Answer “Progress”. It ends, and is asked about no more, "
    "once its cycle is studied and adopted, in the plan in which it stands."
)
CYCLES_ANCHOR: Final = (
    "A workshop of this place is scoring: what cycles showed is kept back until the reveal."
)


def is_it_the_same(known: str) -> str:
    """Ask whether a name with a slip in it means a place that is here."""
    return f"{known} is here already. Is this the same place?"


def all_by_date(workshops: int) -> str:
    """Name the list of all workshops."""
    if not workshops:
        return "No workshop yet"
    return "The workshop by date" if workshops == 1 else f"All {workshops} workshops by date"


def all_places(places: int) -> str:
    """Name the list of all places."""
    return f"All {counted(places, 'place')}"


def place_said(row: PlaceRow) -> str:
    """Say what a place is, under its name: "4 workshops, persona Walter"."""
    persona = f", persona {row.place.persona}" if row.place.persona else ""
    invented = ". Sample: invented scores" if row.place.invented else ""
    return f"{counted(row.workshops, 'workshop')}{persona}{invented}"


def about_place(place: KeptPlace, today: date, last: date | None = None) -> str:
    """Say of a place who its persona is, when it began, and when its next wave is due.

    Args:
        place: as it is kept.
        today: the day.
        last: of its newest wave that shows something; None for none. What is not after it came.
    """
    persona = f"Persona {place.persona}." if place.persona else ""
    due = _wave_due(place, today, last)
    return " ".join(
        filter(
            None,
            (
                persona,
                f"Began on {day_said(place.began_on)}.",
                f"{due[:1].upper()}{due[1:]}." if due else "",
            ),
        )
    )


def review_said(row: PlaceRow, today: date) -> tuple[str, str]:
    """Say when a place's tests are looked at next, and how many there are.

    Overdue is said in words: "14 November, 17 days ago". Who meets today looks back today.
    """
    if row.meets_on == today:
        missing = open_too_said(row.missing)
        tests = "" if missing and not row.tests else _before_scoring(row.tests)
        return "Today", ". ".join(filter(None, (tests, missing)))
    due = _wave_due(row.place, today, row.wave_on)
    if row.review_on is None and row.missing:
        return _meeting(row, today) or _NOT_HERE, open_too_said(row.missing)
    tests = counted(row.tests, "test")
    if row.review_on is None and row.tests:
        goes = "goes" if row.tests == 1 else "go"
        return _meeting(row, today) or _NOT_SET, "; ".join(
            filter(None, (f"{tests} {goes} on", due))
        )
    if row.review_on is None:
        return _meeting(row, today) or _NO_REVIEW, due[:1].upper() + due[1:]
    if row.waiting:
        wait = "waits" if row.waiting == 1 else "wait"
        tests = f"{counted(row.waiting, 'test')} {wait} for an answer"
    told = "; ".join(filter(None, (tests, due)))
    missing = open_too_said(row.missing)
    return day_and_distance(row.review_on, today), ". ".join(filter(None, (told, missing)))


def take_too_said(plans: Sequence[PlanBefore]) -> str:
    """Say which packs are to be taken beside one: tests that go on stand in them; "" for none."""
    if not plans:
        return ""
    packs, tests, them = _packs(plans)
    return f"Take {packs} too: {tests} that {_go(plans)} on {_are(plans)} in {them}."


def open_too_said(plans: Sequence[PlanBefore]) -> str:
    """Say which packs are still to be opened here, and what is missing till then; "" for none."""
    if not plans:
        return ""
    packs, tests, them = _packs(plans)
    return f"Open {packs} too: {tests} that went on {_are(plans)} in {them}, and not here."


def _packs(plans: Sequence[PlanBefore]) -> tuple[str, str, str]:
    days = list(dict.fromkeys(day_said(plan.held_on) for plan in plans))
    tests = counted(sum(plan.tests for plan in plans), "test")
    figure, noun = tests.split(" ", 1)
    spelt = f"{in_words(int(figure))} {noun}"
    many = len(plans) > 1
    return f"the pack{'s' * many} of {listed(days)}", spelt, "them" if many else "it"


def _are(plans: Sequence[PlanBefore]) -> str:
    return "is" if sum(plan.tests for plan in plans) == 1 else "are"


def _go(plans: Sequence[PlanBefore]) -> str:
    return "goes" if sum(plan.tests for plan in plans) == 1 else "go"


def wave_said(row: PlaceRow) -> tuple[str, str]:
    """Say when a place scored last, and who did: "May 2026", "36 people, 6 partners"."""
    if row.wave_on is None:
        return _NO_WAVE, ""
    if row.partners is None:
        return month_said(row.wave_on), f"published, {_people_said(row.people)}"
    return month_said(row.wave_on), came_said(row.people or 0, row.partners, row.by_team)


def came_said(scored: int, partners: int | None, by_team: bool) -> str:
    """Say who scored: "36 people, 6 partners"; of teams on laptops "9 teams, 6 partners".

    Where each partner sent one team, the teams say it all: "6 teams".
    """
    people = "1 person" if scored == 1 else f"{scored} people"
    seats = counted(scored, "team") if by_team else people
    if partners is None or (by_team and partners == scored):
        return seats
    return f"{seats}, {counted(partners, 'partner')}"


def to_do_said(row: PlaceRow) -> str:
    """Say the one thing to do, as on a button."""
    return {
        ToDo.GO_ON: f"Go on: code {code_said(row.code)}",
        ToDo.LOOK_AT_TESTS: "Answer the tests",
        ToDo.PREPARE: f"Prepare: code {code_said(row.code)}",
        ToDo.OPEN: "Open",
    }[row.to_do]


def day_and_distance(day: date, today: date) -> str:
    """Say a day, without its year in this one; if it has passed, how long ago."""
    said = day_said(day) if day.year != today.year else f"{day.day} {day:%B}"
    if day == today:
        return "Today"
    ago = (today - day).days
    return f"{said}, {counted(ago, 'day')} ago" if ago > 0 else said


def month_said(day: date) -> str:
    """Say the month of a wave: "May 2026"."""
    return f"{day:%B %Y}"


def when_said(called: str) -> str:
    """Say when a wave was by what it is called: "in October", "on 22 November"."""
    return f"{'on' if called[:1].isdigit() else 'in'} {called}"


def _people_said(people: int | None) -> str:
    """Say of how many a published mean is."""
    if people is None:
        return "how many scored is not known"
    return "1 person" if people == 1 else f"{people} people"


def since_said(wave: Wave, before: Wave | None) -> str:
    """Say how long after the wave before it a wave lies: in days, above 999 in years.

    "" for the first.
    """
    if before is None:
        return ""
    days = (wave.dated - before.dated).days
    return f"{counted(days, 'day') if days < 1000 else counted(days // 365, 'year')} later"


def wave_in_order(wave: Wave, before: Wave | None) -> str:
    """Name a wave by its month, and say how long after the one before it lies."""
    days = [before.dated, wave.dated] if before else [wave.dated]
    return ", ".join(filter(None, (waves_called(days)[-1], since_said(wave, before))))


def wave_of_a_place(wave: Wave) -> str:
    """Say where a wave comes from."""
    if wave.kind is WaveKind.MEASURED:
        behind = "one sitting" if len(wave.codes) == 1 else f"{len(wave.codes)} sittings"
        return f"{'scored here' if wave.shown else 'nothing revealed yet'}, {behind}"
    return f"published: {wave.source}; {_people_said(wave.people)}"


def _before_scoring(tests: int) -> str:
    return f"{counted(tests, 'test')} to answer before scoring" if tests else "No tests so far"


def _meeting(row: PlaceRow, today: date) -> str:
    return f"Meets on {day_and_distance(row.meets_on, today)}" if row.meets_on else ""


def _wave_due(place: KeptPlace, today: date, last: date | None) -> str:
    if place.next_wave_on is None or (last and place.next_wave_on <= last):
        return ""
    if place.next_wave_on < today:
        return f"next wave was due on {day_said(place.next_wave_on)}"
    year = "" if place.next_wave_on.year == today.year else f" {place.next_wave_on.year}"
    return f"next wave due in {place.next_wave_on:%B}{year}"


WHY: Final = (
    "A team may score in a sitting of its own before the day. Nobody sees anything of it until "
    "the scores are revealed together, in this workshop, as one room."
)
CLOSE_IT: Final = (
    "Close the sitting when everybody has scored; its sealed file is offered here then, for the "
    "laptop of the day."
)
SEALED: Final = (
    "No program shows what is in it and it is no plain text; who has the invitation too could "
    "still open it. It joins once, and whoever changes it is found out."
)


def apart_said(sitting: Apart) -> str:
    """Say of a sitting how many wait in it, or that its file has not come."""
    if not sitting.code:
        return f"{sitting.called}: not here yet. Without it the rest is revealed all the same."
    if sitting.seen:
        return f"{sitting.called}: its scores are in. A second look is without them."
    on = f" on {day_said(sitting.held_on)}" if sitting.held_on else ""
    people = "1 person" if sitting.scored == 1 else f"{sitting.scored} people"
    return f"{sitting.called}{on}: {people} scored, sealed."


def not_in(sittings: Sequence[Apart]) -> str:
    """Name the sittings that are in no score that was revealed; "" where all are in."""
    missed = [sitting.called for sitting in sittings if not sitting.seen]
    if not missed:
        return ""
    which = counted(len(missed), "sitting")
    are = "is" if len(missed) == 1 else "are"
    return f"{which} of this wave {are} not in these scores: {', '.join(missed)}."


def revealed_with(together: SeenWith) -> str:
    """Say on a sitting's own screen when its scores are seen."""
    return f"Revealed with all others on {day_said(together.dated)}. Nobody sees a score before."


def been_here_said(been: BeenHere | None, last: str) -> str:
    """Say how many of those who answered say they were here in the last wave.

    "" where it may not be told. `last` names the wave before, such as October.
    """
    if been is None:
        return ""
    when = when_said(last)
    if been.yes == 0:
        return f"Nobody of the {been.answered} people who answered says they were here {when}."
    if been.yes == been.answered:
        return f"All {been.answered} people who answered say they were here {when}."
    return f"{been.yes} of the {been.answered} people who answered say they were here {when}."


def may_be_taken_on(test: OpenAction) -> bool:
    """Tell whether a test is offered to a new plan: it is stuck, or its last cycle was adapted."""
    newest = test.answer or test.before
    stuck = newest is not None and newest.answer is Progress.STUCK
    return stuck or any(cycle.decision is Decision.ADAPT for cycle in test.history)


def check_title(place: str) -> str:
    """Name the check of a place's tests."""
    return f"{place}: what became of the tests?"


def to_check_said(reviews: Sequence[date], today: date) -> str:
    """Say how many tests go on, and how many of them wait for an answer."""
    if not reviews:
        return "No test goes on."
    late = sum(day < today for day in reviews)
    go_on = f"{counted(len(reviews), 'test')} {'goes' if len(reviews) == 1 else 'go'} on"
    past = f", {in_words(late)} past {'its' if late == 1 else 'their'} day" if late else ""
    return f"{go_on}{past}. Answer any of them at any time."


def history_said(cycles: int) -> str:
    """Name what a test's cycles showed: "What 2 cycles showed"."""
    return f"What {counted(cycles, 'cycle')} showed"


def first_results_said(days: Sequence[int], without: int) -> str:
    """Say how long it took from a workshop to the first result of a test; "" without a test.

    Of several tests the middle is said, to the whole day.
    """
    if not days:
        return "No test has shown a first result yet." if without else ""
    middle = counted(int(half_up(median(days), 0)), "day")
    of = "one test" if len(days) == 1 else f"the middle of {in_words(len(days))} tests"
    rest = f"; {in_words(without)} without one so far" if without else ""
    return f"From the workshop to the first result: {middle} ({of}{rest})."
