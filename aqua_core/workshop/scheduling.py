"""A programme of sessions over places, what these ask for, and who holds a place together."""

import secrets
from datetime import date
from typing import Final, NamedTuple, TypeVar

from aqua_core import errors
from aqua_core.live import Channel, changed
from aqua_core.rules.scheduling import (
    day_of_next,
    days_of,
    kinds_in_turn,
    levels_of,
    requests_in_order,
)
from aqua_core.rules.typed import check_nobody_in, check_nobody_in_word, personal_details
from aqua_core.store import plan as plan_rows
from aqua_core.store import programmes as rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.exchange import said_at
from aqua_core.store.places import met_at, places_in
from aqua_core.store.workshops import Listed, workshops_listed
from aqua_core.vocabulary import clean_line
from aqua_core.vocabulary.plan import FIRST_VERSION
from aqua_core.vocabulary.programme import (
    MOST_SESSIONS,
    MOST_WEEKS,
    Programme,
    ProgrammeDraft,
    ProgrammeReport,
    Request,
    RequestAnswer,
    Session,
    SessionKind,
    Step,
)
from aqua_core.workshop.admitting import Caller, facilitating, find_workshop, managing, remember
from aqua_core.workshop.exchanging import names_of, version_to_save
from aqua_core.workshop.reading import plans_in, workshops_at

_Planned = TypeVar("_Planned", Programme, Session)
_LONGEST_ROLE: Final = 60


class Pattern(NamedTuple):
    """How many sessions a programme is planned with, how far apart, and what each begins from."""

    masterclasses: int
    workshops: int
    weeks: int
    begins: str = "09:30"
    steps: tuple[Step, ...] = ()


class ProgrammesNow(NamedTuple):
    """Every programme with its sessions by day, and what was taken out; places by id, by name.

    `held` are the workshops of the places here but samples, the latest first.
    """

    programmes: tuple[Programme, ...]
    sessions: tuple[Session, ...]
    out: tuple[Programme | Session, ...]
    places: dict[str, str]
    held: tuple[Listed, ...]

    def of(self, programme_id: str) -> tuple[Session, ...]:
        """Give the sessions of one programme, by day."""
        return tuple(held for held in self.sessions if held.programme_id == programme_id)

    def workshops_of(self, session: Session) -> tuple[Listed, ...]:
        """Give the workshops of the programme's places that a session may drive.

        Those of its day first, then the others that are not closed.
        """
        programme = next(held for held in self.programmes if held.id == session.programme_id)
        there = [listed for listed in self.held if listed.place_id in programme.places]
        today = [listed for listed in there if listed.held_on == session.held_on]
        others = [listed for listed in there if listed not in today and not listed.closed]
        return (*today, *others)


def programmes_now(caller: Caller) -> ProgrammesNow:
    """Give every programme, to the facilitator."""
    with managing(caller, reading) as cursor:
        places = places_in(cursor)
        counts = {kept.id: kept.joined_to or kept.id for kept in places}
        programmes = tuple(_counted_to(held, counts) for held in rows.programmes_in(cursor))
        standing = {held.id for held in programmes}
        gone: tuple[Programme | Session, ...] = (
            *rows.programmes_in(cursor, taken_out=True),
            *(
                held
                for held in rows.sessions_in(cursor, taken_out=True)
                if held.programme_id in standing
            ),
        )
        return ProgrammesNow(
            programmes=programmes,
            sessions=tuple(
                held for held in rows.sessions_in(cursor) if held.programme_id in standing
            ),
            out=gone,
            places=names_of(places),
            held=tuple(listed for listed in workshops_listed(cursor) if not listed.invented),
        )


def plan_programme(
    caller: Caller, draft: ProgrammeDraft, pattern: Pattern, *, sure: bool = False
) -> Programme:
    """Plan a programme with all its sessions, masterclass and workshop in turn.

    Raises:
        AlreadyThere: another programme is called so.
        ChoiceRefused: no session, too many, or days that lie too far apart.
        NoSuchPlace: one of the places is not here, or is a sample.
        LooksPersonal: a text holds what looks like somebody's details, and nobody was sure.
    """
    _check_pattern(pattern)
    programme = Programme(id=f"g{secrets.token_hex(6)}", version=0, **draft.model_dump())
    kinds = kinds_in_turn(pattern.masterclasses, pattern.workshops)
    with managing(caller) as cursor:
        saved = _saved(cursor, programme, sure)
        for (kind, number), day in zip(
            kinds, days_of(draft.began_on, len(kinds), pattern.weeks), strict=True
        ):
            session = Session(
                id=f"n{secrets.token_hex(6)}",
                version=FIRST_VERSION,
                programme_id=saved.id,
                kind=kind,
                number=number,
                held_on=day,
                begins=pattern.begins,
                steps=pattern.steps,
            )
            rows.add_session(cursor, session)
    changed("", Channel.ROOM)
    return saved


def change_programme(caller: Caller, programme: Programme, *, sure: bool = False) -> Programme:
    """Save a new version of a programme; `programme.version` is the version that was shown.

    Raises:
        ChangedMeanwhile: a newer version was saved since, or it was taken out.
        AlreadyThere, NoSuchPlace, LooksPersonal: as for a new one.
    """
    with managing(caller) as cursor:
        saved = _saved(cursor, programme, sure)
    changed("", Channel.ROOM)
    return saved


def add_session(caller: Caller, programme_id: str, kind: SessionKind, today: date) -> Session:
    """Add an empty session to a programme: its number is the next of its kind.

    It is held 13 weeks after the last one; the first one as the programme begins, or today if
    that has passed.

    Raises:
        NoSuchProgramme: the programme is not here.
        ChoiceRefused: the programme has 40 sessions.
    """
    with managing(caller) as cursor:
        programme = next(
            (held for held in rows.programmes_in(cursor) if held.id == programme_id), None
        )
        if programme is None:
            raise _no_programme()
        beside = [held for held in rows.sessions_in(cursor) if held.programme_id == programme_id]
        if len(beside) >= MOST_SESSIONS:
            raise errors.ChoiceRefused(f"A programme has at most {MOST_SESSIONS} sessions.")
        alike = [held.number for held in beside if held.kind is kind]
        saved = Session(
            id=f"n{secrets.token_hex(6)}",
            version=FIRST_VERSION,
            programme_id=programme_id,
            kind=kind,
            number=max(alike, default=0) + 1,
            held_on=day_of_next(beside, programme.began_on, today),
        )
        rows.add_session(cursor, saved)
    changed("", Channel.ROOM)
    return saved


def change_session(caller: Caller, session: Session) -> Session:
    """Save a new version of a session: its day, its hour, its run sheet.

    Raises:
        ChangedMeanwhile: a newer version was saved since, or it was taken out.
        TextRefused: a step holds what looks like somebody's details: the room reads its title.
    """
    for step in session.steps:
        if details := personal_details(f"{step.title}\n{step.listen_for}"):
            raise errors.TextRefused(
                f"The step “{step.title}” holds what looks like {details}. Take it out."
            )
    with managing(caller) as cursor:
        version = version_to_save(rows.sessions_in(cursor), session, "session")
        saved = session.model_copy(update={"version": version})
        rows.add_session(cursor, saved)
    changed("", Channel.ROOM)
    return saved


def move_planned(caller: Caller, planned: _Planned, *, out: bool) -> _Planned:
    """Take a programme or a session out, or put it back, as one more version of it.

    Raises:
        ChangedMeanwhile: a newer version was saved since.
    """
    with managing(caller) as cursor:
        if isinstance(planned, Session):
            version = version_to_save(
                rows.sessions_in(cursor, taken_out=not out), planned, "session"
            )
            moved = planned.model_copy(update={"version": version})
            rows.add_session(cursor, moved, taken_out=out)
        else:
            version = version_to_save(
                rows.programmes_in(cursor, taken_out=not out), planned, "programme"
            )
            moved = planned.model_copy(update={"version": version})
            rows.add_programme(cursor, moved, taken_out=out)
    changed("", Channel.ROOM)
    return moved


def requests_now(caller: Caller) -> tuple[Request, ...]:
    """Give the support that all places but samples ask for, the oldest first, what was met last."""
    with managing(caller, reading) as cursor:
        return requests_in_order(_requests_in(cursor))


def answer_request(caller: Caller, code: str, answer: RequestAnswer, *, sure: bool = False) -> None:
    """Say who answers a request, and by when; `answer.version` is the version that was shown.

    Raises:
        NoSuchProgramme: the workshop asks for no such support.
        ChangedMeanwhile: somebody said so since.
        LooksPersonal: a person's details seem to stand there, and nobody was sure.
    """
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        if answer.support_id not in {held.id for held in plan_rows.support_of(cursor, workshop.id)}:
            raise errors.NoSuchProgramme("This is not asked for any more. Look at the list again.")
        known = rows.request_answers_of(cursor, workshop.id)
        standing = {held.support_id: held.version for held in known}
        if standing.get(answer.support_id, 0) != answer.version:
            raise errors.ChangedMeanwhile(
                "Somebody said who answers this since you opened it. Look at it again."
            )
        if not sure:
            check_nobody_in_word(answer)
        saved = answer.model_copy(update={"version": answer.version + 1})
        rows.add_request_answer(cursor, workshop.id, saved)
        remember(cursor, workshop, "It was written down who answers a request.")
    changed(workshop.code, Channel.ROOM)


def programme_report(caller: Caller, programme_id: str, today: date) -> ProgrammeReport:
    """Give how a programme stands over all its places as a whole.

    Raises:
        NoSuchProgramme: the programme is not here.
    """
    now = programmes_now(caller)
    programme = next((held for held in now.programmes if held.id == programme_id), None)
    if programme is None:
        raise _no_programme()
    requests = requests_now(caller)
    with managing(caller, reading) as cursor:
        codes = {listed.code for listed in now.held if listed.place_id in programme.places}
        revealed = {held.code for held in met_at(cursor) if held.revealed}
        held_at = [workshops_at(cursor, place) for place in programme.places]
        plans = [plans_in(cursor, workshops) for workshops in held_at]
    asked = [request for request in requests if request.code in codes]
    sessions = now.of(programme.id)
    return ProgrammeReport(
        places=sum(any(held.code in revealed for held in workshops) for workshops in held_at),
        sessions=len(sessions),
        held=sum(session.held_on < today for session in sessions),
        levels=levels_of(plans),
        asked=len(asked),
        answered=sum(request.answer is not None for request in asked),
        met=sum(request.met for request in asked),
        overdue=sum(request.overdue(today) for request in asked),
    )


def glue_of(caller: Caller, place_id: str) -> str:
    """Give the role that chases a place's actions between waves; "" where nobody said."""
    with managing(caller, reading) as cursor:
        return rows.glue_in(cursor).get(place_id, "")


def name_glue(caller: Caller, place_id: str, said: str, *, sure: bool = False) -> None:
    """Keep which role chases a place's actions between waves; "" for nobody.

    Raises:
        NoSuchPlace: the file holds no such place.
        TextRefused: over 60 characters.
        LooksPersonal: it looks like somebody's details, where a role is asked for, and nobody was
            sure.
    """
    held_by = clean_line("the role", _LONGEST_ROLE, said)
    if not sure:
        check_nobody_in(held_by)
    with managing(caller) as cursor:
        if place_id not in {kept.id for kept in places_in(cursor)}:
            raise errors.NoSuchPlace("This place is not here. Open it from the first page.")
        rows.keep_glue(cursor, place_id, held_by)
    changed("", Channel.ROOM)


def _saved(cursor: Cursor, programme: Programme, sure: bool) -> Programme:
    known = rows.programmes_in(cursor)
    version = version_to_save(known, programme, "programme")
    alike = [held for held in known if held.name.casefold() == programme.name.casefold()]
    if any(held.id != programme.id for held in alike):
        raise errors.AlreadyThere("There is a programme called so already. Give this another name.")
    if not set(programme.places) <= names_of(places_in(cursor)).keys():
        raise errors.NoSuchPlace("Choose places that are on this laptop, and no sample.")
    if not sure:
        check_nobody_in_word(programme)
    saved = programme.model_copy(update={"version": version})
    rows.add_programme(cursor, saved)
    return saved


def _check_pattern(pattern: Pattern) -> None:
    sessions = pattern.masterclasses + pattern.workshops
    if min(pattern.masterclasses, pattern.workshops) < 0 or not 1 <= sessions <= MOST_SESSIONS:
        raise errors.ChoiceRefused(f"Plan 1 to {MOST_SESSIONS} sessions.")
    if not 1 <= pattern.weeks <= MOST_WEEKS:
        raise errors.ChoiceRefused(f"Leave 1 to {MOST_WEEKS} weeks between two sessions.")


def _counted_to(programme: Programme, counts: dict[str, str]) -> Programme:
    """Give a programme with the places that its own count to."""
    places = dict.fromkeys(counts[place] for place in programme.places if place in counts)
    return programme.model_copy(update={"places": tuple(places)})


def _requests_in(cursor: Cursor) -> list[Request]:
    found = []
    for at in said_at(cursor, "support"):
        answers = {
            held.support_id: held for held in rows.request_answers_of(cursor, at.workshop_id)
        }
        asked_on = find_workshop(cursor, at.code).held_on
        for asked in plan_rows.support_of(cursor, at.workshop_id):
            found.append(
                Request(
                    support_id=asked.id,
                    kind=asked.kind.value,
                    wanted=asked.wanted,
                    from_whom=asked.from_whom,
                    place=at.place,
                    code=at.code,
                    asked_on=asked_on,
                    answer=answers.get(asked.id),
                )
            )
    return found


def _no_programme() -> errors.NoSuchProgramme:
    return errors.NoSuchProgramme("This programme is not here. Open it from Programme.")
