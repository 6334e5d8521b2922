"""A run sheet drives a workshop: one step after the other, and ways to end in time."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Final, NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed
from aqua_core.rules import run_sheet as rules
from aqua_core.rules.of_itself import least_told, most_answered
from aqua_core.rules.stages import open_rounds, revealed_domains
from aqua_core.store import last_words as last_rows
from aqua_core.store.closings import is_open
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.gatherings import codes_beside
from aqua_core.store.plan import actions_of
from aqua_core.store.programmes import keep_running, running_of, sessions_in
from aqua_core.store.rounds import rounds_of
from aqua_core.store.seats import seats_that_count
from aqua_core.store.talk import outcomes_of
from aqua_core.store.versions import begin_adding
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.programme import Opens, Row, Running, Saving, Step
from aqua_core.workshop.admitting import Caller, facilitating, find_workshop, remember, watched

_MOST_MORE: Final = 30


class SheetNow(NamedTuple):
    """A run sheet as the facilitator reads it at one moment, moments in UTC without zone.

    `late` and `left` count minutes: negative where it ends early, and where a step overruns.
    `next` is the step that comes, None after the last; `missing` is what the step that runs lacks.
    `tables` are the places at other tables of a masterclass whose sheets go on with this one.
    """

    running: Running
    rows: tuple[Row, ...]
    ends: datetime
    late: int
    left: int
    next: Step | None
    ways: tuple[Saving, ...]
    missing: tuple[str, ...]
    tables: tuple[str, ...]


def start_sheet(caller: Caller, code: str, session_id: str, now: datetime) -> Running:
    """Let the run sheet of a session drive a workshop; `now` is in UTC, without zone.

    At a table of a masterclass it drives every table that has none. From then on sheets that stand
    alike there go on together, whichever of them is changed.

    Raises:
        NoSuchProgramme: the file holds no such session.
        NoSuchSheet: the session has no step yet.
        AlreadyThere: a run sheet drives it.
    """
    with facilitating(caller, code) as (cursor, workshop):
        session = next((held for held in sessions_in(cursor) if held.id == session_id), None)
        if session is None:
            raise errors.NoSuchProgramme("This session is not here. Open it from Programme.")
        if not session.steps:
            raise errors.NoSuchSheet("This session has no steps yet. Begin from a run sheet first.")
        standing = running_of(cursor, workshop.id)
        if standing and not standing.over:
            raise errors.AlreadyThere(
                "A run sheet drives this workshop already. Take that one off on Room first."
            )
        hour = time.fromisoformat(session.begins)
        local = datetime.combine(session.held_on, hour).astimezone()
        planned = local.astimezone(UTC).replace(tzinfo=None)
        running = rules.begun(session.steps, planned, now)
        free = [one for one in _beside(cursor, workshop) if _is_free(cursor, one)]
        _keep(cursor, [workshop, *free], running, "The run sheet was started.")
    _tell(workshop, *free)
    return running


def go_on_with_sheet(caller: Caller, code: str, at: int, now: datetime) -> Running:
    """Go on to the next step; `at` is the step that was shown, counted from 0.

    Raises:
        NoSuchSheet: no run sheet drives this workshop, or it is over.
        ChangedMeanwhile: it went on since.
    """
    with facilitating(caller, code) as (cursor, workshop):
        standing = _standing(cursor, workshop, at)
        running = rules.gone_on(standing, now)
        step = running.step
        said = (
            f"The run sheet went on to “{step.title}”."
            if step
            else "The run sheet came to its end."
        )
        alike = _alike(cursor, workshop, standing)
        _keep(cursor, alike, running, said)
    _tell(*alike)
    return running


def give_step_time(caller: Caller, code: str, at: int, minutes: int) -> Running:
    """Give the step that runs some minutes more.

    Raises:
        ChoiceRefused: not 1 to 30 minutes.
        NoSuchSheet, ChangedMeanwhile: as for going on.
    """
    if type(minutes) is not int or not 1 <= minutes <= _MOST_MORE:
        raise errors.ChoiceRefused(f"Choose 1 to {_MOST_MORE} minutes.")
    with facilitating(caller, code) as (cursor, workshop):
        standing = _standing(cursor, workshop, at)
        running = rules.with_more_time(standing, minutes)
        alike = _alike(cursor, workshop, standing)
        _keep(cursor, alike, running, f"A step was given {minutes} minutes more.")
    _tell(*alike)
    return running


def end_in_time(caller: Caller, code: str, meant: Running, nth: int, now: datetime) -> Running:
    """Take the way to end in time that was shown as the nth, from 0; `meant` is how it stood.

    Raises:
        NoSuchSheet: no run sheet drives this workshop, or it is over.
        ChangedMeanwhile: it stands otherwise since, or that way is none any more.
    """
    with facilitating(caller, code) as (cursor, workshop):
        standing = _standing(cursor, workshop, meant.at)
        ways = rules.ways_in_time(standing, now)
        if standing != meant or not 0 <= nth < len(ways):
            raise errors.ChangedMeanwhile("The run sheet changed since. Look at it again.")
        running = rules.taken(standing, ways[nth], now)
        alike = _alike(cursor, workshop, standing)
        _keep(cursor, alike, running, "The run sheet was changed to end in time.")
    _tell(*alike)
    return running


def end_sheet(caller: Caller, code: str) -> None:
    """Let no run sheet drive a workshop any more; at other tables it goes on.

    Raises:
        NoSuchSheet: none does.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        if running_of(cursor, workshop.id) is None:
            raise _no_sheet()
        _keep(cursor, [workshop], None, "The run sheet was taken off.")
    _tell(workshop)


def sheet_now(caller: Caller, code: str, now: datetime) -> SheetNow | None:
    """Give the run sheet of a workshop to its facilitator alone; None where none drives it."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        running = running_of(cursor, workshop.id)
        if running is None:
            return None
        return SheetNow(
            running=running,
            rows=rules.rows_of(running, now),
            ends=rules.end_of(running, now),
            late=rules.minutes_late(running, now),
            left=0 if running.over else rules.minutes_left(running, now),
            next=rules.gone_on(running, now).step,
            ways=rules.ways_in_time(running, now),
            missing=_missing(cursor, workshop, running),
            tables=tuple(one.place.name for one in _alike(cursor, workshop, running)[1:]),
        )


def step_now(caller: Caller, code: str) -> Running | None:
    """Give what runs to whoever sees what is projected; None where no sheet runs, or it is over."""
    running = watched(caller, code, "run sheet", _running)
    return None if running is None or running.over else running


def _running(cursor: Cursor, workshop: Workshop) -> Running | None:
    return running_of(cursor, workshop.id)


def _standing(cursor: Cursor, workshop: Workshop, at: int) -> Running:
    running = running_of(cursor, workshop.id)
    if running is None or running.over:
        raise _no_sheet()
    if running.at != at:
        raise errors.ChangedMeanwhile("The run sheet went on since. Look at it again.")
    return running


def _no_sheet() -> errors.NoSuchSheet:
    return errors.NoSuchSheet("No run sheet drives this workshop now. Start one from its session.")


def _beside(cursor: Cursor, workshop: Workshop) -> list[Workshop]:
    """Give the open workshops at the other tables of a masterclass."""
    codes = (code for code in codes_beside(cursor, workshop.id) if code != workshop.code)
    others = (find_workshop(cursor, code) for code in codes)
    return [other for other in others if is_open(cursor, other.id)]


def _is_free(cursor: Cursor, workshop: Workshop) -> bool:
    standing = running_of(cursor, workshop.id)
    return standing is None or standing.over


def _alike(cursor: Cursor, workshop: Workshop, standing: Running) -> list[Workshop]:
    """Give a workshop, and those at other tables whose sheets stand as its."""
    others = _beside(cursor, workshop)
    return [workshop, *(one for one in others if running_of(cursor, one.id) == standing)]


def _keep(
    cursor: Cursor, workshops: Iterable[Workshop], running: Running | None, said: str
) -> None:
    for workshop in workshops:
        begin_adding()
        keep_running(cursor, workshop.id, running)
        remember(cursor, workshop, said)


def _tell(*workshops: Workshop) -> None:
    for workshop in workshops:
        changed(workshop.code, Channel.ROOM)


def _missing(cursor: Cursor, workshop: Workshop, running: Running) -> tuple[str, ...]:
    """Say what the page of the step that runs still lacks, in counts and never a score."""
    step = running.step
    if step is None:
        return ()
    held = rounds_of(cursor, workshop.id)
    opened, revealed = open_rounds(held), revealed_domains(held)
    lacks: dict[str, bool] = {}
    match step.opens:
        case Opens.ROOM:
            if opened or not revealed:
                lacks = _to_score(cursor, workshop, opened=bool(opened))
            elif rules.closes(running):
                lacks = _to_close(cursor, workshop)
        case Opens.GAPS:
            lacks = {"Scores are sealed: reveal them on Room.": bool(opened) or not revealed}
        case Opens.TALK:
            none = not outcomes_of(cursor, workshop.id)
            lacks = {"What a conversation came to is not written down yet.": none}
        case Opens.PLAN:
            plan = actions_of(cursor, workshop.id)
            owned = any(len(action.partners) > 1 for action in plan)
            lacks = {"No test that two partners own is in the plan yet.": not owned}
    return tuple(said for said, so in lacks.items() if so)


def _to_score(cursor: Cursor, workshop: Workshop, *, opened: bool) -> dict[str, bool]:
    return {
        "Nobody has joined yet.": not seats_that_count(cursor, workshop.id),
        "Scoring is not open yet.": not opened,
    }


def _to_close(cursor: Cursor, workshop: Workshop) -> dict[str, bool]:
    most = most_answered(last_rows.last_words_in(cursor, workshop.id).values())
    least = least_told(workshop.guard)
    asked = last_rows.is_last_asked(cursor, workshop.id)
    waits = asked and not last_rows.last_said_in(cursor, workshop.id)
    return {
        "The three questions are not asked yet.": not asked,
        f"{most} of at least {least} answers to one question are in.": waits and most < least,
        "What people wrote is not shown yet.": waits and most >= least,
    }
