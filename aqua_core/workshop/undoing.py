"""Undo what the facilitator did last in a workshop, wherever it was done."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed
from aqua_core.rules import stages
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.plan import is_answered
from aqua_core.store.rounds import every_round_of
from aqua_core.store.seats import aside_in, read_aside_anew, seats_of
from aqua_core.store.sittings import invited_in, sittings_of
from aqua_core.store.talk import reasons_in
from aqua_core.store.versions import Done, are_newest, as_kept, drop_rows, end_done, last_done
from aqua_core.store.votes import tapped_in
from aqua_core.store.workshops import cells_now, change_cells, drop_team, read_anew
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.event import HowUndone
from aqua_core.workshop.admitting import Caller, facilitating
from aqua_core.workshop.foreseeing import rooms_to_choose_for
from aqua_core.workshop.naming import name_anew
from aqua_core.workshop.revealing import end_unseen, go_on, resumable_in
from aqua_core.workshop.seating import check_not_full


class LastDone(NamedTuple):
    """What the facilitator did last in a workshop; `why_not` is "" where it can be undone."""

    sequence: int
    said: str
    way: HowUndone
    why_not: str


def last_done_now(caller: Caller, code: str) -> LastDone | None:
    """Give what the facilitator did last that nobody undid; None before anything was done."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        done = last_done(cursor, workshop.id)
        if done is None:
            return None
        why = _why_not(cursor, workshop, done)
        return LastDone(done.sequence, done.said, done.way, why)


def undo_last_done(caller: Caller, code: str, meant: int) -> None:
    """Undo what the facilitator did last, wherever it was; no vote goes.

    What was added goes, what was changed is as it was before. Scoring that was opened ends unseen,
    and after a reveal those who had not finished go on. `meant` is the act that was shown.

    Raises:
        ChangedMeanwhile: another act was done since, or this one was undone.
        NothingToUndo: it cannot be undone; the sentence says why.
        AlreadyThere: something else is called by now as it was called before.
        DiskAlmostFull: the disk may not take what the room will score.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        done = last_done(cursor, workshop.id)
        if done is None or done.sequence != meant:
            raise errors.ChangedMeanwhile("Something else was done since. Look at what it was.")
        if why := _why_not(cursor, workshop, done):
            raise errors.NothingToUndo(why)
        codes = _undone(cursor, workshop, done)
        end_done(cursor, workshop.id, done.sequence)
    for held in codes:
        changed(held, Channel.ROOM, Channel.STAGE)


def _undone(cursor: Cursor, workshop: Workshop, done: Done) -> list[str]:
    """Undo it, and give the codes of all workshops that changed."""
    match done.way:
        case HowUndone.OPENED:
            end_unseen(cursor, workshop, done.about["rounds"])
        case HowUndone.REVEALED:
            go_on(cursor, workshop, done.about["domains"])
        case HowUndone.TEAM:
            *others, team = workshop.teams
            drop_team(cursor, team, alone=all(team.partner != other.partner for other in others))
            drop_rows(cursor, done.about["rows"])
            read_anew(cursor, [workshop.code])
        case _:
            aside, rows = aside_in(cursor, workshop.id), done.about["rows"]
            back = [key for _, key in rows if key.get("seat_id") in aside]
            check_not_full(cursor, workshop, len(back))
            drop_rows(cursor, rows)
            read_anew(cursor, [workshop.code])
            read_aside_anew(workshop.id)
            if change_cells(cursor, done.about.get("cells", ())):
                return name_anew(cursor, workshop)
    return [workshop.code]


def _why_not(cursor: Cursor, workshop: Workshop, done: Done) -> str:
    match done.way:
        case HowUndone.NEVER:
            return str(done.about.get("why", _ERASED))
        case HowUndone.OPENED:
            return _why_open(cursor, workshop, done.about["rounds"])
        case HowUndone.REVEALED:
            found = resumable_in(cursor, workshop, done.about["domains"])
            return "" if found.domains else _TOO_FEW if found.missing else _ALL_HAVE_ANSWERED
        case HowUndone.TEAM:
            return _why_there(cursor, workshop, done.about["team"])
    return _why_changed(cursor, workshop, done.about)


def _why_there(cursor: Cursor, workshop: Workshop, team_id: str) -> str:
    if sittings_of(cursor, workshop.id) or invited_in(cursor, workshop.id):
        return _TEAM_STAYS.format("A sitting of this wave may have")
    if any(seat.team_id == team_id for seat in seats_of(cursor, workshop.id)):
        return _TEAM_STAYS.format("Somebody sits in")
    spoke = any(reason.team_id == team_id for reason in reasons_in(cursor, workshop.id))
    return _TEAM_STAYS.format("Somebody wrote a reason for") if spoke else ""


def _why_changed(cursor: Cursor, workshop: Workshop, about: Mapping[str, Any]) -> str:
    made, rows = about.get("made", []), about["rows"]
    if "guard" in about:
        try:
            rooms = rooms_to_choose_for(cursor, workshop)
        except errors.Refusal as why:
            return str(why)
        if len(rooms) != len(made):
            return "A sitting came since, or went. Choose again on Room: that is for all of them."
    added = [key["id"] for table, key in rows if table == "action" and key["version"] == 1]
    if is_answered(cursor, added):
        return "A workshop has answered it since. Take it out on Plan, or drop it there."
    is_so = as_kept(cells_now(cursor, made)) == made and are_newest(cursor, rows)
    return "" if is_so else "It was changed again since, on another page."


def _why_open(cursor: Cursor, workshop: Workshop, rounds: Mapping[str, int]) -> str:
    if not rounds.items() <= stages.open_rounds(every_round_of(cursor, workshop.id)).items():
        return "It has ended since: its scores were revealed, or it was taken back."
    if tapped_in(cursor, workshop.id) & set(rounds.items()):
        return "Somebody has answered. “Take this round back” on Room ends it unseen, for good."
    return ""


_ERASED: Final = "A workshop that it changed was erased since, and what it was called with it."
_ALL_HAVE_ANSWERED: Final = (
    "Everybody had answered, and the room has seen the result: nothing can seal it again. Room "
    "offers a second look under “Score more, or score again”."
)
_TOO_FEW: Final = (
    "So few had not finished that what they add would show whose it is. Room offers a second look "
    "under “Score more, or score again”."
)
_TEAM_STAYS: Final = "{} this team, so it stays. Its name can be changed on Room."
