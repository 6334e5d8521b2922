"""What is said of programmes: their sessions, a run sheet in time, and requests."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from aqua_core.charts.sentences.planning import (
    cycle_said,
    dated_answer_said,
    owned_and_due_said,
)
from aqua_core.charts.sentences.wording import counted
from aqua_core.charts.words import listed
from aqua_core.vocabulary.plan import OpenAction, Scale
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.programme import (
    Aim,
    Programme,
    ProgrammeReport,
    Request,
    Running,
    Saving,
    Session,
    Step,
    minutes_of,
)

NO_PROGRAMME: Final = "No programme yet. Plan one below: all its sessions come with one press."
NO_REQUEST: Final = (
    "No place asks for support. A room writes it on Plan, under “Support and wording”."
)
NO_PROJECT: Final = "No test of a plan is the project yet: choose one, and it is reviewed and ends."
PROJECT_GONE: Final = (
    "The test that was the project is in no plan of these places now. Choose another."
)
NO_TEST: Final = "No test goes on at a place of this programme."
NO_STEPS: Final = "An empty shell: no step yet."
NO_PLACE: Final = "Of all its places together: no place stands beside a figure."
OURS: Final = "Only you see this page."
SCALES: Final = {
    Scale.MACRO: "The whole system",
    Scale.MESO: "A pathway, over twelve months",
    Scale.MICRO: "A team, over several months",
}
"""The paper's three scales of a programme (pages 18 to 20), as a form asks for them."""
SHELLS: Final = {Scale.MACRO: (4, 4, 13), Scale.MESO: (2, 4, 9), Scale.MICRO: (0, 5, 5)}
"""How many masterclasses and workshops each begins with, and the weeks between two: the paper names
four and four for the system, twelve months and several months for the others."""


def session_said(session: Session) -> str:
    """Name a session: "Masterclass 2"."""
    return f"{session.kind.value.capitalize()} {session.number}"


def programme_said(programme: Programme, sessions: Sequence[Session], today: date) -> str:
    """Say what a programme is on one line: its scale, its sessions, and the next one."""
    coming = next((held for held in sessions if held.held_on >= today), None)
    then = "next: none is to come"
    if coming:
        is_today = coming.held_on == today
        on = f"next: {session_said(coming)} on {day_said(coming.held_on)}"
        then = f"today: {session_said(coming)}" if is_today else on
    scale = SCALES.get(programme.scale, "A programme")
    return ", ".join((scale, counted(len(sessions), "session"), then))


def steps_said(steps: Sequence[Step]) -> str:
    """Say how long a run sheet takes, and which of the four aims it serves and leaves out."""
    if not steps:
        return NO_STEPS
    served = {step.aim for step in steps}
    left = [aim.value for aim in Aim if aim and aim not in served]
    lacks = f" Nothing in it serves {listed(left)}." if left else " All four aims are served."
    return f"{counted(len(steps), 'step')}, {counted(minutes_of(steps), 'minute')}.{lacks}"


def late_said(late: int, *, over: bool) -> str:
    """Head a run sheet: "7 minutes late", "5 minutes early" or "On time"."""
    if over:
        return "The run sheet is over"
    if not late:
        return "On time"
    return f"{counted(abs(late), 'minute')} {'late' if late > 0 else 'early'}"


def clock(moment: datetime) -> str:
    """Give the hour of a moment as its clock shows it: 9:05."""
    return f"{moment.hour}:{moment:%M}"


def ends_said(ends: datetime, planned: datetime) -> str:
    """Say when it ends, beside the plan where that differs."""
    if clock(ends) == clock(planned):
        return f"It ends at {clock(ends)}, as planned."
    return f"It ends at {clock(ends)}, planned {clock(planned)}."


def left_said(left: int, minutes: int) -> tuple[str, str]:
    """Give how much time a step has left, large, and what of it, small."""
    if left < 0:
        return f"{-left} min over", f"of {minutes}"
    return f"{left} min", f"left of {minutes}"


def saving_said(running: Running, saving: Saving, ends: datetime) -> str:
    """Say a way to end in time, with what it saves."""
    if not saving.saves:
        return f"Leave it, and end at {clock(ends)}"
    saves = f" (saves {saving.saves})"
    if saving.at < 0:
        return f"All that comes a little shorter{saves}"
    title, before = running.steps[saving.at].title, running.minutes[saving.at]
    if saving.minutes[saving.at]:
        return f"{title}: {saving.minutes[saving.at]} minutes, not {before}{saves}"
    return f"Leave out: {title}{saves}"


def step_shown(running: Running) -> str:
    """Say on the projector which step runs, of how many; never a time."""
    step = running.step
    assert step is not None  # whoever asks has looked whether it is over
    return f"{step.title} (step {running.at + 1} of {len(running.steps)})"


def tables_said(places: Sequence[str]) -> str:
    """Say at which other tables of a masterclass the sheet goes on with this one."""
    return f"It goes on at these tables too: {listed(places)}."


def project_said(test: OpenAction, place: str, today: date, *, over: bool) -> str:
    """Say what a programme's project is and how it stands: whose, its review, or how it ended."""
    tried = " ".join(test.action.test.split())
    last = dated_answer_said(test.before)
    if over:
        return " ".join(filter(None, (f"{tried}. It has ended. {cycle_said(test.cycle)}.", last)))
    stands = f"{place}: {owned_and_due_said(test, today)} {cycle_said(test.cycle)}."
    return " ".join(filter(None, (f"{tried}.", stands, last)))


def project_choice(place: str, test: OpenAction) -> str:
    """Name a test that may be a programme's project: its place, its words, its review."""
    tried = " ".join(test.action.test.split())
    return f"{place}: {tried} (review on {day_said(test.action.review_on)})"


def project_of_said(programme: str) -> str:
    """Say that a test is a programme's project."""
    return f"The project of the programme {programme}."


def report_said(report: ProgrammeReport) -> tuple[str, ...]:
    """Say how a programme stands over all its places; never a place beside a figure."""
    places = "1 place has" if report.places == 1 else f"{report.places} places have"
    asked = (
        f"{counted(report.asked, 'request')}: {report.answered} with somebody who answers, "
        f"{report.met} met, {report.overdue} waiting for over 30 days."
    )
    return (
        f"{report.held} of {counted(report.sessions, 'session')} before today; {places} met.",
        asked if report.asked else "No support was asked for.",
    )


def request_said(request: Request, today: date) -> str:
    """Say what is asked for, by whom and since when: "Coaching for Wigan, asked 42 days ago"."""
    days = (today - request.asked_on).days
    since = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
    since = f"on {day_said(request.asked_on)}" if days < 0 else since
    whom = f" from {request.from_whom}" if request.from_whom else ""
    return f"{request.kind.capitalize()}{whom} for {request.place}, asked {since}"


def answered_said(request: Request, today: date) -> str:
    """Say who answers a request and by when, or that nobody does."""
    answer = request.answer
    if answer is None:
        return "Nobody answers it yet."
    if answer.met:
        return f"Given, by {answer.who}."
    if answer.by_on is None:
        return f"{answer.who} answers it; no day is said."
    late = " That day has passed." if answer.by_on < today else ""
    return f"{answer.who} answers it by {day_said(answer.by_on)}.{late}"
