"""Talk is heard: notes, reasons, outcomes, and what goes over to the plan."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from aqua_core.errors import ChangedMeanwhile, NoSuchReason, NotScored, TextRefused, TooFast
from aqua_core.live import Channel, changed
from aqua_core.rules.stages import revealed_domains, round_to_score, rounds_heard
from aqua_core.rules.talk import check_outcome
from aqua_core.rules.typed import (
    check_nobody_in,
    check_nobody_in_word,
    person_named,
    personal_details,
)
from aqua_core.store import talk as talk_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.rounds import every_round_of, rounds_of, rounds_to_score_in
from aqua_core.vocabulary import (
    LONGEST_NOTE,
    Compare,
    Conversation,
    Group,
    Outcome,
    Reason,
    Seat,
    Wording,
    Workshop,
    clean_text,
    same_name,
)
from aqua_core.vocabulary.framework import is_beside
from aqua_core.vocabulary.shown import Results
from aqua_core.workshop import admitting
from aqua_core.workshop.choosing import called, shown_round, talked_about
from aqua_core.workshop.reading import workshops_before
from aqua_core.workshop.scoring import Meant, overtaken, round_meant
from aqua_core.workshop.showing import results_in
from aqua_core.workshop.tries import Tries


def owners_of(shown: Results, domain: str, group: Group | None) -> tuple[str, ...]:
    """Give the two partners who stand furthest apart on a domain, by id: a test could join them.

    Args:
        shown: what the room may see.
        domain: its key.
        group: a partner that must be one of them; any other group, or None, for whoever they are.

    Returns:
        Empty where fewer than two partners may be shown.
    """
    gaps = shown.gaps[Compare.PARTNER]
    standings = next((gap.standings for gap in gaps if gap.domain.key == domain), ())
    if len(standings) < 2:
        return ()
    means = {standing.group.id: standing.mean for standing in standings}
    lowest, highest = standings[0].group.id, standings[-1].group.id
    if group is None or group.id not in means:
        return lowest, highest
    others = [group_id for group_id in (lowest, highest) if group_id != group.id]
    return group.id, max(others, key=lambda group_id: abs(means[group_id] - means[group.id]))


class Dissent(NamedTuple):
    """What an earlier workshop left open on what is `called` so: who stayed apart, what waits."""

    workshop: Workshop
    outcome: Outcome
    called: str


def conclude(
    caller: admitting.Caller, code: str, outcome: Outcome, today: date, *, sure: bool = False
) -> Outcome:
    """Save what a conversation came to; `outcome.version` is the version that was shown.

    Raises:
        NotScored: the instrument has no such domain.
        StillSealed: it is not revealed.
        FieldsRefused: as `check_outcome` says.
        ChangedMeanwhile: a newer version was saved since.
        LooksPersonal: nobody was sure, and a text holds what looks like somebody's details.
    """
    with admitting.leading(caller, code) as (cursor, workshop):
        shown_round(cursor, workshop, outcome.domain)
        before = _outcomes(cursor, workshop).get(outcome.domain)
        check_outcome(outcome, [team.id for team in workshop.teams], today, before)
        _check_version(before, outcome)
        if not sure:
            check_nobody_in_word(outcome)
        out = _outcomes_out(cursor, workshop).get(outcome.domain)
        version = (out or outcome).version + 1
        saved = outcome.model_copy(update={"version": version})
        talk_rows.add_outcome(cursor, workshop.id, saved)
        named = called(workshop, outcome.domain)
        admitting.remember(cursor, workshop, f"What {named} came to was written down.")
    changed(workshop.code, Channel.ROOM)
    return saved


def take_outcome_out(
    caller: admitting.Caller, code: str, outcome: Outcome, *, out: bool = True
) -> None:
    """Take what a conversation came to out of every page and file, or put it back (`out` False).

    Raises:
        ChangedMeanwhile: a newer version was saved since, or it is out, or back, already.
    """
    with admitting.leading(caller, code, closed_too=True) as (cursor, workshop):
        held = (_outcomes if out else _outcomes_out)(cursor, workshop)
        _check_version(held.get(outcome.domain), outcome)
        moved = held[outcome.domain].model_copy(update={"version": outcome.version + 1})
        talk_rows.add_outcome(cursor, workshop.id, moved, taken_out=out)
        named = called(workshop, outcome.domain)
        said = f"What {named} came to was {'taken out' if out else 'put back'}."
        admitting.remember(cursor, workshop, said)
    changed(workshop.code, Channel.ROOM)


def outcomes_out_now(caller: admitting.Caller, code: str) -> dict[str, Outcome]:
    """Give what was taken out of what conversations came to, by domain key."""
    with admitting.leading(caller, code, reading) as (cursor, workshop):
        return _outcomes_out(cursor, workshop)


def outcomes_now(caller: admitting.Caller, code: str) -> dict[str, Outcome]:
    """Give what each conversation came to, by domain key; without those that nobody saved."""
    return admitting.watched(caller, code, "outcomes", _outcomes)


def dissent_before(caller: admitting.Caller, code: str) -> tuple[Dissent, ...]:
    """Give what the last workshop of the same place left open, in its order.

    Only on domains that are revealed now: what was said last time would steer what is scored.
    """
    # Never kept: it is of another workshop, which may be edited or erased meanwhile.
    with admitting.watching(caller, code) as (cursor, workshop):
        shown = {*revealed_domains(rounds_of(cursor, workshop.id))}
        shown |= {*results_in(workshop).talked_beside}
        earlier = workshops_before(cursor, workshop) if shown else ()
        # One that nobody scored in left nothing open, and does not stand before one that did.
        last = next(
            (
                workshop_before
                for workshop_before in reversed(earlier)
                if _has_met(cursor, workshop_before)
            ),
            None,
        )
        if last is None:
            return ()
        kept = _outcomes(cursor, last)
    return tuple(
        Dissent(last, kept[key], name)
        for key, name in talked_about(last).items()
        if key in shown and key in kept and _left_open(kept[key])
    )


def _check_version(before: Outcome | None, outcome: Outcome) -> None:
    if (before.version if before else 0) != outcome.version:
        raise ChangedMeanwhile(
            "Somebody changed this since you opened it. Yours is still in the form; "
            "start from the newest to change it."
        )


def _outcomes(cursor: Cursor, workshop: Workshop) -> dict[str, Outcome]:
    return {outcome.domain: outcome for outcome in talk_rows.outcomes_of(cursor, workshop.id)}


def _outcomes_out(cursor: Cursor, workshop: Workshop) -> dict[str, Outcome]:
    out = talk_rows.outcomes_taken_out(cursor, workshop.id)
    return {outcome.domain: outcome for outcome in out}


def _has_met(cursor: Cursor, workshop: Workshop) -> bool:
    """Tell whether anything was ever revealed in a workshop."""
    return any(round_.revealed for round_ in every_round_of(cursor, workshop.id))


def _left_open(outcome: Outcome) -> bool:
    return outcome.has_dissent or bool(outcome.parked_with)


def write_down(
    caller: admitting.Caller, code: str, domain: str, heard: str, *, sure: bool = False
) -> Conversation:
    """Add a note of what was heard on a domain, and give the conversation so far.

    Raises:
        NotScored: the instrument has no such domain.
        TextRefused: empty, or over 500 characters.
        LooksPersonal: it holds what looks like somebody's details, and nobody was sure.
    """
    note = clean_text("the note", LONGEST_NOTE, heard)
    if not note:
        raise TextRefused("Write what was heard, or leave it out.")
    with admitting.leading(caller, code) as (cursor, workshop):
        named = talked_about(workshop).get(domain)
        if named is None:
            raise NotScored("That domain is not part of this workshop.")
        if not sure:
            check_nobody_in(note)
        talk_rows.add_note(cursor, workshop.id, domain, note)
        admitting.remember(cursor, workshop, f"A note on {named} was written down.")
        so_far = talk_rows.conversation_on(cursor, workshop.id, domain)
    changed(workshop.code, Channel.ROOM)
    return so_far


class NoteMeant(NamedTuple):
    """A note as it was on the screen: its domain, its number and what it said, "" where out."""

    domain: str
    number: int
    heard: str


def correct_note(
    caller: admitting.Caller, code: str, note: NoteMeant, heard: str, *, sure: bool = False
) -> Conversation:
    """Write a note anew, also in a closed workshop; an empty one takes it out of page and file.

    What it said before stays in the room's file alone, and so it can be written again.

    Raises:
        ChangedMeanwhile: it says something else meanwhile, or is not there.
        TextRefused: over 500 characters.
        LooksPersonal: it holds what looks like somebody's details, and nobody was sure.
    """
    said = clean_text("the note", LONGEST_NOTE, heard)
    with admitting.leading(caller, code, closed_too=True) as (cursor, workshop):
        kept = talk_rows.conversation_on(cursor, workshop.id, note.domain)
        notes = dict(zip(kept.numbers, kept.heard, strict=True)) | {out: "" for out, _ in kept.out}
        if notes.get(note.number) != note.heard:
            raise ChangedMeanwhile("Somebody changed this note since. Look at it again.")
        if not sure:
            check_nobody_in(said)
        if said != note.heard:
            talk_rows.add_note(cursor, workshop.id, note.domain, said, note.number)
        done = "changed" if said and note.heard else "put back" if said else "taken out"
        named = called(workshop, note.domain)
        admitting.remember(cursor, workshop, f"A note on {named} was {done}.")
        so_far = talk_rows.conversation_on(cursor, workshop.id, note.domain)
    changed(workshop.code, Channel.ROOM)
    return so_far


def heard_so_far(caller: admitting.Caller, code: str, domain: str) -> Conversation:
    """Give the notes on a domain, oldest first."""
    with admitting.watching(caller, code) as (cursor, workshop):
        return talk_rows.conversation_on(cursor, workshop.id, domain)


_PACE: Final = Tries(60)  # a minute from one seat; each pause in typing saves once


class Written(NamedTuple):
    """What a seat's reason is after a save, and how often it was given; `stands`: as just sent."""

    kept: Wording
    times: int
    stands: bool


def give_reason(
    caller: admitting.Caller, code: str, domain: str, given: Wording, *, meant: int | Meant
) -> Written:
    """Save the reason beside a seat's score; an empty one takes it back.

    Sending it again changes nothing. Nor does one that a newer wording has overtaken: what is
    answered says so, and the device sends what it still wants.
    `meant` is the round that it was typed for, and after how many times the seat had given it.

    Raises:
        SeatAside: the seat is set aside.
        NotScored: the domain is not being scored.
        RoundClosed: the round was revealed; what was kept before it stands.
        TextRefused: it holds what looks like somebody's details, or a person's name.
        TooFast: more than 60 changes came from this seat within a minute.
    """
    if details := personal_details(given.said):
        raise TextRefused(f"The room may read this, and it looks like {details}. Take it out.")
    with admitting.sitting(caller, code) as (cursor, workshop, seat):
        admitting.check_counts(cursor, workshop, seat.id)
        if is_beside(domain):
            raise NotScored("Nothing is written beside this answer.")
        number = round_to_score(rounds_to_score_in(cursor, workshop.id), domain, round_meant(meant))
        if name := person_named(given.said, *_named_here(workshop)):
            raise TextRefused(
                f"The room may read this, and “{name}” looks like a person's name. "
                "Write the role instead."
            )
        mine = talk_rows.reasons_of_seat(cursor, workshop.id, seat.id)
        before = _given_before(mine, domain, number) or _unwritten(domain, number, seat)
        wanted = before.with_wording(given, seat.team_id)
        newest = before
        if before.wording != wanted.wording and not overtaken(meant, before.sequence):
            if not _PACE.take(seat.id):
                raise TooFast("Saving too fast; what you wrote before stands.")
            talk_rows.add_reason(cursor, workshop.id, wanted)
            newest = wanted
    return Written(newest.wording, newest.sequence, newest.wording == wanted.wording)


def _named_here(workshop: Workshop) -> Iterator[str]:
    yield workshop.place.persona
    yield from (partner.name for partner in workshop.partners)
    yield from (team.name for team in workshop.teams)


def reasons_now(caller: admitting.Caller, code: str) -> tuple[Reason, ...]:
    """Give each distinct reason on revealed domains, in an order that says nothing of who wrote."""
    with admitting.facilitating(caller, code, reading) as (cursor, workshop):
        return reasons_read(cursor, workshop)


def shown_reasons(caller: admitting.Caller, code: str, domain: str) -> tuple[Reason, ...]:
    """Give the reasons on a domain that the facilitator has shown to the room."""
    every = admitting.watched(caller, code, "reasons", reasons_read)
    return tuple(reason for reason in every if reason.shown and reason.domain == domain)


def show_reason(caller: admitting.Caller, code: str, reason_id: str) -> None:
    """Show a reason to the room.

    Raises:
        NoSuchReason: no revealed domain has it.
    """
    _decide(caller, code, reason_id, shown=True)


def hide_reason(caller: admitting.Caller, code: str, reason_id: str) -> None:
    """Take a reason off every screen; it stays in the file as it was written.

    Raises:
        NoSuchReason: as for showing it.
    """
    _decide(caller, code, reason_id, shown=False)


def _decide(caller: admitting.Caller, code: str, reason_id: str, *, shown: bool) -> None:
    with admitting.facilitating(caller, code) as (cursor, workshop):
        if reason_id not in {reason.id for reason in reasons_read(cursor, workshop)}:
            raise NoSuchReason("That reason is not there any more. Look at the list again.")
        talk_rows.show(cursor, workshop.id, reason_id, shown)
        admitting.remember(cursor, workshop, f"A reason was {'shown' if shown else 'hidden'}.")
    changed(workshop.code, Channel.ROOM)


def _given_before(
    given: Iterable[talk_rows.Given], domain: str, number: int
) -> talk_rows.Given | None:
    return next(
        (reason for reason in given if (reason.domain, reason.number) == (domain, number)), None
    )


def _unwritten(domain: str, number: int, seat: Seat) -> talk_rows.Given:
    return talk_rows.Given(f"r{secrets.token_hex(8)}", 0, domain, number, seat.id, "", "")


def reasons_read(cursor: Cursor, workshop: Workshop) -> tuple[Reason, ...]:
    """Give what `reasons_now` gives, to who has asked already who is asking."""
    heard = rounds_heard(rounds_of(cursor, workshop.id))
    shown = talk_rows.shown_in(cursor, workshop.id)
    alike: dict[tuple[str, int, str], list[talk_rows.Given]] = {}
    for reason in talk_rows.reasons_in(cursor, workshop.id):
        if reason.said and (reason.domain, reason.number) in heard:
            alike.setdefault((reason.domain, reason.number, same_name(reason.said)), []).append(
                reason
            )
    return tuple(
        _reason(workshop, given, shown, again=heard[domain, number])
        for (domain, number, _), given in alike.items()
    )


def _reason(
    workshop: Workshop, given: list[talk_rows.Given], shown: Mapping[str, bool], *, again: bool
) -> Reason:
    first = given[0]
    team = workshop.team(first.team_id) if len(given) == 1 and first.team_id else None
    return Reason(
        id=first.id,
        domain=first.domain,
        number=first.number,
        said=first.said,
        team=team.name if team else "",
        times=len(given),
        shown=shown.get(first.id),
        again=again,
    )
