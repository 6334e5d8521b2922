"""Sittings of a wave before its day: set up, invited, sealed, joined, collected by its reveal."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from aqua_core import errors
from aqua_core.exports import sealed_file
from aqua_core.live import Channel, changed, once_a_deed, once_but_votes
from aqua_core.rules.places import check_may_sit_with, home_of, named_as, where_it_is_seen
from aqua_core.rules.stages import open_rounds
from aqua_core.store import sittings as sitting_rows
from aqua_core.store import talk as talk_rows
from aqua_core.store import votes as vote_rows
from aqua_core.store.closings import add_closing, is_open
from aqua_core.store.connecting import Cursor, ids_held
from aqua_core.store.database import alone_in, reading
from aqua_core.store.last_words import SAFE
from aqua_core.store.places import hang, own_wave_id, sit_in
from aqua_core.store.rounds import add_round, rounds_of
from aqua_core.store.seats import add_seat, add_seat_key, seats_of, seats_there
from aqua_core.store.workshops import add_workshop
from aqua_core.vocabulary import (
    Apart,
    Place,
    Seat,
    SeenWith,
    Workshop,
    clean_line,
)
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import LONGEST_NAME, clean_day
from aqua_core.workshop import admitting
from aqua_core.workshop.holding_back import met_before
from aqua_core.workshop.placing import kept_place_of, placed
from aqua_core.workshop.setting_up import free_code, with_its_teams

_ASKED_BESIDE: Final = (sitting_rows.BEEN, SAFE)
"""What seats answer with yes or no beside their scores; of a sitting it counts with the wave's."""


def seen_together(code: str) -> SeenWith | None:
    """Give where a sitting's scores are seen, to whoever has its code; None where here."""
    with admitting.knowing(code) as (_, workshop):
        pass
    return once_a_deed(workshop.code, "seen with", lambda: _seen_with(workshop))


def first_look_alone(code: str) -> frozenset[str]:
    """Give the domains of which a later look is without those who sat apart, to who has the code.

    A sitting scores once: its answers are in the look with which they were revealed.
    """
    with admitting.knowing(code) as (cursor, workshop):
        return once_but_votes(
            workshop.code, "first look alone", lambda: first_look_alone_in(cursor, workshop)
        )


def first_look_alone_in(cursor: Cursor, workshop: Workshop) -> frozenset[str]:
    """Give what `first_look_alone` gives, to who has been let in."""
    apart = {seat.id for seat in seats_of(cursor, workshop.id) if seat.apart}
    if not apart:
        return frozenset()
    kept = vote_rows.answers_kept(cursor, workshop.id)
    gave = {(domain, number) for domain, number, seat in kept if seat in apart}
    newest = {held.domain: held.number for held in rounds_of(cursor, workshop.id) if held.revealed}
    given = {domain for domain, number in gave if number <= newest.get(domain, 0)}
    return frozenset(domain for domain in given if (domain, newest[domain]) not in gave)


def sittings_now(caller: admitting.Caller, code: str) -> tuple[Apart, ...]:
    """Give the sittings of a wave before its day: those here, then those still to come."""
    with admitting.watching(caller, code) as (cursor, workshop):
        return _sittings(cursor, workshop)


def invitations(caller: admitting.Caller, code: str) -> dict[str, str]:
    """Give what the sittings on other laptops are called whose file has not come, by their id."""
    with admitting.facilitating(caller, code, reading) as (cursor, workshop):
        return {held.sitting_id: held.called for held in _still_to_come(cursor, workshop)}


def set_up_sitting(caller: admitting.Caller, code: str, held_on: date, today: date) -> Workshop:
    """Set up a sitting on this laptop, with the teams and words of the day's workshop.

    Raises:
        DateRefused: its day has passed, or lies after the day of the wave.
        SittingRefused: the workshop is a sitting itself.
    """
    with admitting.facilitating(caller, code) as (cursor, day):
        _check_is_a_day(cursor, day)
        _check_before(held_on, day, today)
        sitting = with_its_teams(cursor, day, secrets.token_hex(8), held_on)
        _add(cursor, sitting, kept_place_of(cursor, day).id)
        sit_in(cursor, sitting.id, own_wave_id(day.id))
        add_seat_key(cursor, sitting.id, secrets.token_bytes(32))
    changed(day.code, Channel.ROOM)
    return sitting


def invite(caller: admitting.Caller, code: str, called: str) -> str:
    """Keep that a sitting is held on another laptop; give its id, for `invitation`.

    Raises:
        TextRefused: it is called nothing, or too much.
        AlreadyThere: another one is called so.
        SittingRefused: the workshop is a sitting itself.
    """
    named = clean_line("who sits there", LONGEST_NAME, called)
    if not named:
        raise errors.TextRefused("Say who sits there, so that a file that does not come is missed.")
    with admitting.facilitating(caller, code) as (cursor, day):
        _check_is_a_day(cursor, day)
        known = sitting_rows.invited_in(cursor, day.id)
        if any(held.called.casefold() == named.casefold() for held in known):
            raise errors.AlreadyThere(f"{named} is invited already.")
        invited = sitting_rows.Invited(secrets.token_hex(8), named, sealed_file.new_key())
        sitting_rows.add_invited(cursor, day.id, invited)
    changed(day.code, Channel.ROOM)
    return invited.sitting_id


def invitation(caller: admitting.Caller, code: str, sitting_id: str) -> bytes:
    """Give the file with which another laptop sets its sitting up.

    Raises:
        SittingRefused: no such sitting is invited.
    """
    with admitting.facilitating(caller, code, reading) as (cursor, day):
        held = _invited(cursor, day, sitting_id)
        return sealed_file.invitation_as_file(
            sealed_file.Invitation(
                sitting_id=held.sitting_id,
                called=held.called,
                sealing_key=held.sealing_key.hex(),
                met_before=met_before(cursor, day),
                workshop=day,
            )
        )


def withdraw(caller: admitting.Caller, code: str, sitting_id: str) -> None:
    """Take an invitation back whose file has not come: it is missed no more, and opens no more.

    Raises:
        SittingRefused: no such sitting is awaited.
    """
    with admitting.facilitating(caller, code) as (cursor, day):
        if sitting_id not in {held.sitting_id for held in _still_to_come(cursor, day)}:
            raise errors.SittingRefused("That sitting is not awaited. Look at the list again.")
        sitting_rows.drop_invited(cursor, day.id, sitting_id)
    changed(day.code, Channel.ROOM)


def open_invitation(
    caller: admitting.Caller,
    raw: bytes,
    held_on: date,
    *,
    place: str = "",
    sure: bool = False,
) -> Workshop:
    """Set up the sitting of an invitation on this laptop.

    `place` and `sure` are as for a session pack (see `exporting.open_pack`).

    Raises:
        BadSealedFile: it is no invitation.
        AlreadyThere: it was opened here already, or this is the laptop of the wave's day.
        DateRefused: the sitting's day lies after the day of the wave.
        SamePlace: nobody was sure, and its place is nearly called as one that is here.
    """
    invited = sealed_file.invitation_in(raw)
    day = invited.workshop
    _check_before(held_on, day, held_on)
    with admitting.managing(caller) as cursor:
        if ids_held(cursor, "workshop", [day.id, invited.sitting_id]):
            raise errors.AlreadyThere("This sitting is here already. Open it from the first page.")
        named = Place(name=place or day.place.name, persona=day.place.persona)
        kept = placed(cursor, named, held_on, invented=day.invented, sure=sure)
        sitting = with_its_teams(cursor, day, invited.sitting_id, held_on)
        sitting = sitting.model_copy(update={"place": Place(name=kept.name, persona=kept.persona)})
        _add(cursor, sitting, kept.id)
        add_seat_key(cursor, sitting.id, secrets.token_bytes(32))
        key = bytes.fromhex(invited.sealing_key)
        away = sitting_rows.SitsFor(day.code, day.held_on, key, invited.met_before)
        sitting_rows.add_sits_for(cursor, sitting.id, away)
    return sitting


def sealed_sitting(caller: admitting.Caller, code: str) -> bytes:
    """Give the sealed file of a sitting, for the laptop of its wave's day; always the same bytes.

    Raises:
        SittingRefused: it came by no invitation, or is not closed: somebody could still score.
    """
    with admitting.facilitating(caller, code, reading) as (cursor, sitting):
        away = sitting_rows.sits_for(cursor, sitting.id)
        if away is None:
            raise errors.SittingRefused("Only a sitting that another laptop invited is sealed.")
        if is_open(cursor, sitting.id):
            raise errors.SittingRefused("Close the sitting first: what is sealed stays as it is.")
        return sealed_file.sealed_as_file(_sealed(cursor, sitting), away.sealing_key)


def join_sealed(caller: admitting.Caller, code: str, raw: bytes) -> Workshop:
    """Let the sealed file of an invited sitting join the wave, unseen: whole and once, or not.

    Raises:
        BadSealedFile: it is none, was changed, or is of no sitting that this workshop invited.
        AlreadyThere: it has joined.
        SittingRefused: its teams or words are others than were invited.
    """
    sitting_id = sealed_file.sitting_of(raw)
    with admitting.facilitating(caller, code) as (cursor, day):
        held = {each.sitting_id: each for each in sitting_rows.invited_in(cursor, day.id)}
        if sitting_id not in held:
            raise errors.BadSealedFile(
                f"This sealed file is of no sitting that {day.code} invited."
            )
        if ids_held(cursor, "workshop", [sitting_id]):
            raise errors.AlreadyThere(f"{held[sitting_id].called} has joined already.")
        sealed = sealed_file.opened(raw, held[sitting_id].sealing_key)
        named = named_as(sealed.workshop, day)
        check_may_sit_with(named, day)
        place = {"code": free_code(cursor), "place": day.place}
        sitting = named.model_copy(update=place)
        _add(cursor, sitting, kept_place_of(cursor, day).id)
        sit_in(cursor, sitting.id, own_wave_id(day.id))
        _add_sealed(cursor, sealed)
        add_closing(cursor, sitting.id)
    changed(day.code, Channel.ROOM)
    return sitting


def check_shown_here(cursor: Cursor, workshop: Workshop) -> None:
    """Refuse to reveal a sitting by itself.

    Raises:
        SeenTogether: its scores are seen with the others of its wave; the sentence says where.
    """
    if together := sitting_rows.seen_with(cursor, workshop.id):
        raise errors.SeenTogether(where_it_is_seen(together, workshop.place.name))


def collect_into(cursor: Cursor, day: Workshop, ends: Mapping[str, int]) -> tuple[str, ...]:
    """Copy what waits in the sittings of a wave into the rounds that end, as one room's.

    What of it is shown is ended by `end_collected`.

    Args:
        cursor: of the transaction that reveals.
        day: the workshop that reveals.
        ends: the number of each round that ends, by domain key.

    Returns:
        The codes of the sittings.
    """
    first = not any(held.revealed for held in rounds_of(cursor, day.id))
    held = sitting_rows.sittings_of(cursor, day.id)
    alone_in(cursor, [code for _, code, _ in held])  # no vote slips in behind what is copied
    if first:
        for room in (day.id, *(sitting_id for sitting_id, _, _ in held)):
            sitting_rows.settle_been(cursor, room)
    for sitting_id, code, _ in held:
        home = home_of(admitting.find_workshop(cursor, code), day)
        if first and any(waiting_in(cursor, sitting_id).values()):
            for asked in _ASKED_BESIDE:
                asked.add(cursor, day.id, *asked.counted(cursor, sitting_id))
        opened = _opened(cursor, sitting_id)
        both = {key: (at, ends[key]) for key, at in opened.items() if key in ends}
        sitting_rows.collect(cursor, day.id, sitting_id, both, home)
    return tuple(code for _, code, _ in held)


def end_collected(cursor: Cursor, day: Workshop, shown: Collection[str]) -> None:
    """End the sittings' rounds on the domains that were shown; on others all waits on."""
    for sitting_id, _, _ in sitting_rows.sittings_of(cursor, day.id):
        opened = _opened(cursor, sitting_id)
        sitting_rows.end_collected(
            cursor, sitting_id, {key: at for key, at in opened.items() if key in shown}
        )
    sitting_rows.unseat_unseen(cursor, day.id)


def waiting_in(cursor: Cursor, sitting_id: str) -> dict[str, set[str]]:
    """Give the ids of the seats that wait sealed in a sitting with an answer, by domain key."""
    return sitting_rows.waiting_in(cursor, sitting_id, _opened(cursor, sitting_id))


def waiting_apart(cursor: Cursor, day: Workshop) -> dict[str, dict[str, str]]:
    """Give the team that each seat counts to that waits sealed in a sitting, by its id, a domain.

    Never a score.
    """
    found: dict[str, dict[str, str]] = {}
    for sitting_id, code, _ in sitting_rows.sittings_of(cursor, day.id):
        home = home_of(admitting.find_workshop(cursor, code), day)
        teams = {seat.id: seat.team_id for seat in seats_there(cursor, sitting_id)}
        for domain, seats in waiting_in(cursor, sitting_id).items():
            there = {seat: home[teams[seat]] for seat in seats if seat in teams}
            found.setdefault(domain, {}).update(there)
    return found


def _seen_with(workshop: Workshop) -> SeenWith | None:
    with reading(workshop.code) as cursor:
        return sitting_rows.seen_with(cursor, workshop.id)


def _sittings(cursor: Cursor, day: Workshop) -> tuple[Apart, ...]:
    called = {held.sitting_id: held.called for held in sitting_rows.invited_in(cursor, day.id)}
    here = tuple(
        Apart(
            called=called.get(sitting_id, f"Sitting {code}"),
            code=code,
            held_on=held_on,
            scored=len(set().union(*waiting_in(cursor, sitting_id).values())),
            seen=bool(sitting_rows.collected_in(cursor, sitting_id)),
        )
        for sitting_id, code, held_on in sitting_rows.sittings_of(cursor, day.id)
    )
    missed = (held.called for held in _still_to_come(cursor, day))
    return (
        *here,
        *(Apart(called=name, code="", held_on=None, scored=0, seen=False) for name in missed),
    )


def _still_to_come(cursor: Cursor, day: Workshop) -> list[sitting_rows.Invited]:
    here = {sitting_id for sitting_id, _, _ in sitting_rows.sittings_of(cursor, day.id)}
    return [held for held in sitting_rows.invited_in(cursor, day.id) if held.sitting_id not in here]


def _invited(cursor: Cursor, day: Workshop, sitting_id: str) -> sitting_rows.Invited:
    for held in sitting_rows.invited_in(cursor, day.id):
        if held.sitting_id == sitting_id:
            return held
    raise errors.SittingRefused("That sitting is not invited. Look at the list again.")


def _check_is_a_day(cursor: Cursor, workshop: Workshop) -> None:
    if sitting_rows.seen_with(cursor, workshop.id):
        raise errors.SittingRefused("This is a sitting itself: add others in the day's workshop.")


def _check_before(held_on: date, day: Workshop, today: date) -> None:
    if clean_day("Choose the day of the sitting.", held_on) < today:
        raise errors.DateRefused("The day of the sitting has passed. Choose today or later.")
    if held_on > day.held_on:
        raise errors.DateRefused(
            f"The wave is revealed on {day_said(day.held_on)}. Choose that day or an earlier one."
        )


def _add(cursor: Cursor, sitting: Workshop, place_id: str) -> None:
    add_workshop(cursor, sitting)
    hang(cursor, sitting.id, place_id)


def _opened(cursor: Cursor, sitting_id: str) -> dict[str, int]:
    return open_rounds(rounds_of(cursor, sitting_id))


def _sealed(cursor: Cursor, sitting: Workshop) -> sealed_file.Sealed:
    opened = _opened(cursor, sitting.id)
    asked = opened.items()
    rounds = tuple(
        held for held in rounds_of(cursor, sitting.id) if (held.domain, held.number) in asked
    )
    return sealed_file.Sealed(
        workshop=sitting.model_copy(update={"code": ""}),
        rounds=rounds,
        seats=seats_there(cursor, sitting.id),
        casts=sitting_rows.sealed_casts(cursor, sitting.id, opened),
        reasons=tuple(
            sealed_file.Reason(
                id=reason.id,
                domain=reason.domain,
                number=reason.number,
                said=reason.said,
                team_id=reason.team_id,
            )
            for reason in talk_rows.reasons_in(cursor, sitting.id)
            if (reason.domain, reason.number) in asked and reason.said
        ),
        been=sitting_rows.BEEN.counted(cursor, sitting.id),
        safe=SAFE.counted(cursor, sitting.id),
    )


def _add_sealed(cursor: Cursor, sealed: sealed_file.Sealed) -> None:
    held = sealed.workshop.id
    for asked in sealed.rounds:
        add_round(cursor, held, asked.domain, asked.number)
    for seat in sealed.seats:
        add_seat(cursor, held, Seat(id=seat.id, team_id=seat.team_id), "")
    if sealed.casts:
        vote_rows.add_votes(cursor, held, sealed.casts)
    for reason in sealed.reasons:
        given = reason.model_dump() | {"sequence": 1, "seat_id": ""}
        talk_rows.add_reason(cursor, held, talk_rows.Given(**given))
    sitting_rows.BEEN.add(cursor, held, *sealed.been)
    SAFE.add(cursor, held, *sealed.safe)
