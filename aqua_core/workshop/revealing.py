"""Open scoring, reveal it or take it back, and undo what the facilitator did last."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed, once_but_votes
from aqua_core.rules import stages
from aqua_core.rules.resuming import may_resume
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.plan import is_answered
from aqua_core.store.rounds import add_reveal, add_round, add_taken_back, leave_out, rounds_of
from aqua_core.store.seats import aside_in, read_aside_anew, seats_of, seats_there
from aqua_core.store.sittings import collected_in, invited_in, seen_with, sittings_of
from aqua_core.store.talk import (
    add_guessing,
    carry_guesses,
    guessing_in,
    reasons_in,
    set_timer,
    timer_of,
)
from aqua_core.store.versions import Done, are_newest, as_kept, drop_rows, end_done, last_done
from aqua_core.store.votes import answered_in, carry_votes, tapped_in
from aqua_core.store.workshops import cells_now, change_cells, drop_team, read_anew
from aqua_core.vocabulary import Round, TakenBack, Workshop
from aqua_core.vocabulary.event import HowUndone
from aqua_core.workshop.admitting import (
    Caller,
    facilitating,
    knowing,
    remember,
    watched,
)
from aqua_core.workshop.foreseeing import rooms_to_choose_for
from aqua_core.workshop.naming import name_anew
from aqua_core.workshop.opening import check_room_for_scores, copy_soon
from aqua_core.workshop.seating import check_not_full, check_seats_are_people
from aqua_core.workshop.showing import goes_with_what_was_shown, results_in
from aqua_core.workshop.sitting_apart import (
    check_shown_here,
    collect_into,
    end_collected,
    waiting_apart,
)


class Unseen(NamedTuple):
    """What ended unseen, as long as nothing was opened since.

    `taken_back` are the domains of rounds that the facilitator took back, `too_few` those on which
    too few went on for their answers to be added, `collected` those of a sitting whose answers were
    revealed with the wave.
    """

    taken_back: tuple[str, ...]
    too_few: tuple[str, ...]
    collected: tuple[str, ...] = ()


def open_scoring(caller: Caller, code: str, domains: Sequence[str], *, guess: bool = False) -> None:
    """Open a sealed round on each of these domains; on one scored before, the next round.

    With `guess`, each seat is also asked what the next partner scores.

    Raises:
        ChoiceRefused: no domain, one that the instrument does not have, or a sitting that guesses.
        NotScored: one of them is being scored already.
        DiskAlmostFull: the disk may not take what the room will score.
    """
    if not domains:
        raise errors.ChoiceRefused("Choose at least one domain to score.")
    with facilitating(caller, code) as (cursor, workshop):
        check_room_for_scores()
        if guess and seen_with(cursor, workshop.id):
            raise errors.ChoiceRefused("A sitting does not guess: the other side sits elsewhere.")
        rounds, opened = rounds_of(cursor, workshop.id), dict[str, int]()
        for domain in dict.fromkeys(domains):
            if workshop.instrument.domain(domain) is None:
                raise errors.ChoiceRefused("That domain is not part of this instrument.")
            number = stages.round_to_open(rounds, domain)
            add_round(cursor, workshop.id, domain, number)
            opened[domain] = number
            if guess:
                add_guessing(cursor, workshop.id, domain, number)
        said = f"Scoring was opened on {_named(workshop, opened)}."
        remember(cursor, workshop, said, HowUndone.OPENED, rounds=opened)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def reveal(caller: Caller, code: str) -> None:
    """Reveal every open round. A second press finds nothing to reveal and changes nothing.

    A round that resumed another one, and in which what came later cannot be added without giving
    somebody away, ends unseen instead: what was revealed before stands. What waits in the wave's
    sittings is revealed with it, as one room's, or waits on where it ends unseen.

    Raises:
        SeenTogether: this is a sitting, whose scores are seen with the others of its wave.
        NothingToReveal: no round is open.
        MoreSeatsThanPeople: more seats have scored than people are expected.
    """
    with facilitating(caller, code) as (cursor, workshop):
        check_shown_here(cursor, workshop)
        rounds = rounds_of(cursor, workshop.id)
        stages.check_may_reveal(rounds)
        check_seats_are_people(cursor, workshop)
        opened = stages.open_rounds(rounds)
        sittings = collect_into(cursor, workshop, opened)
        ending = [round_ for round_ in rounds if opened.get(round_.domain) == round_.number]
        shown = set[str]()
        for round_ in ending:
            leave_out(cursor, workshop.id, round_.domain, round_.number)
            if not goes_with_what_was_shown(cursor, workshop, round_):
                few = TakenBack(opened=len(rounds), too_few=True)
                add_taken_back(cursor, workshop.id, round_.domain, round_.number, few)
            else:
                add_reveal(cursor, workshop.id, round_.domain, round_.number)
                shown.add(round_.domain)
        end_collected(cursor, workshop, shown)
        if timer_of(cursor, workshop.id):  # it was the time to score
            set_timer(cursor, workshop.id, None)
        _remember(cursor, workshop, opened, shown)
    try:
        results_in(workshop)  # once, before everybody asks
    finally:
        for held in (workshop.code, *sittings):
            changed(held, Channel.ROOM, Channel.STAGE)
    copy_soon()


def _remember(
    cursor: Cursor, workshop: Workshop, opened: Collection[str], shown: Collection[str]
) -> None:
    if seen := [domain for domain in opened if domain in shown]:
        said = f"The scores were revealed on {_named(workshop, seen)}."
        remember(cursor, workshop, said, HowUndone.REVEALED, domains=seen)
    else:
        said = f"The round on {_named(workshop, opened)} ended unseen."
        remember(cursor, workshop, said, HowUndone.NEVER, why=_STAYS_UNSEEN)


def take_back(caller: Caller, code: str, meant: Mapping[str, int]) -> None:
    """Take open rounds back: their domains are as they were before, and nobody ever sees a vote.

    `meant` is the number of each round as it was shown, by domain key.

    Raises:
        ChangedMeanwhile: one of them is not open any more.
    """
    with facilitating(caller, code) as (cursor, workshop):
        stages.check_may_take_back(rounds_of(cursor, workshop.id), meant)
        _end_unseen(cursor, workshop, meant)
        said = f"The round on {_named(workshop, meant)} was taken back."
        remember(cursor, workshop, said, HowUndone.NEVER, why=_STAYS_UNSEEN)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def unseen_now(code: str) -> Unseen:
    """Tell what ended unseen while nothing was opened since; anyone with its code may know."""
    with knowing(code) as (_, workshop):
        pass
    return once_but_votes(workshop.code, "unseen", lambda: _unseen(workshop))


def _unseen(workshop: Workshop) -> Unseen:
    with reading() as cursor:
        ended = stages.just_taken_back(rounds_of(cursor, workshop.id))
        seen = {domain for domain, _ in collected_in(cursor, workshop.id)}
    few = {round_.domain for round_ in ended if round_.taken_back and round_.taken_back.too_few}
    return Unseen(
        taken_back=tuple(round_.domain for round_ in ended if round_.domain not in few | seen),
        too_few=tuple(round_.domain for round_ in ended if round_.domain in few),
        collected=tuple(round_.domain for round_ in ended if round_.domain in seen),
    )


class Resumable(NamedTuple):
    """Who could go on: `missing` seats have not answered everything that was revealed.

    `domains` are those on which they would; none where so few are missing that what they add would
    show whose it is. `added` are those of which a look is shown that was gone on with.
    """

    missing: int
    domains: tuple[str, ...]
    added: tuple[str, ...]


def resumable_now(caller: Caller, code: str) -> Resumable:
    """Give who could go on scoring, and on which domains; nobody while something is sealed."""
    return watched(caller, code, "resumable", _resumable)


def resume_scoring(caller: Caller, code: str) -> None:
    """Let those who had not finished go on: sealed rounds that start from what was revealed.

    On every domain that somebody has not answered. All answers and guesses so far are carried into
    the new round, where they count as given, and may be changed.

    Raises:
        NothingToResume: nobody is missing, or too few, or something is sealed already.
        DiskAlmostFull: the disk may not take what the room will score.
    """
    with facilitating(caller, code) as (cursor, workshop):
        opened = _go_on(cursor, workshop)
        said = f"Scoring went on with {_named(workshop, opened)}."
        remember(cursor, workshop, said, HowUndone.OPENED, rounds=opened)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def _go_on(cursor: Cursor, workshop: Workshop, among: Collection[str] = ()) -> dict[str, int]:
    check_room_for_scores()
    rounds, opened = rounds_of(cursor, workshop.id), dict[str, int]()
    goes_on = _resumable(cursor, workshop, among).domains
    if not goes_on:
        raise errors.NothingToResume("Nobody can go on: all have answered, or too few are missing.")
    guessing = guessing_in(cursor, workshop.id)
    for last in stages.latest(rounds):
        if last.domain in goes_on:
            opened[last.domain] = number = stages.round_to_open(rounds, last.domain)
            add_round(cursor, workshop.id, last.domain, number, last.number)
            carry_votes(cursor, workshop.id, last.domain, last.number, number)
            if (last.domain, last.number) in guessing:
                add_guessing(cursor, workshop.id, last.domain, number)
                carry_guesses(cursor, workshop.id, last.domain, last.number, number)
    return opened


def _end_unseen(cursor: Cursor, workshop: Workshop, meant: Mapping[str, int]) -> None:
    ended = TakenBack(opened=len(rounds_of(cursor, workshop.id)), too_few=False)
    for domain, number in meant.items():
        add_taken_back(cursor, workshop.id, domain, number, ended)


def _named(workshop: Workshop, domains: Collection[str]) -> str:
    names = workshop.instrument.names
    every = set(domains) >= names.keys() and len(names) > 1
    return "all domains" if every else ", ".join(names[domain] for domain in domains)


def _resumable(cursor: Cursor, workshop: Workshop, among: Collection[str] = ()) -> Resumable:
    rounds = rounds_of(cursor, workshop.id)
    if stages.open_rounds(rounds):
        return Resumable(0, (), ())
    shown = results_in(workshop).rounds
    seats = {seat.id for seat in seats_there(cursor, workshop.id)}
    latest = {
        last.domain: last.number
        for last in stages.latest(rounds)
        if not among or last.domain in among
    }
    answered = answered_in(cursor, workshop.id, latest.items())
    apart = waiting_apart(cursor, workshop)
    missing = {
        asked: seats - {seat for domain, _, seat in answered if domain == asked}
        | apart.get(asked, {}).keys()
        for asked in latest
    }
    return Resumable(
        missing=len(set().union(*missing.values())),
        domains=tuple(
            key for key in shown if key in missing and may_resume(workshop, len(missing[key]))
        ),
        added=tuple(key for key in shown if _was_resumed(rounds, key, shown[key])),
    )


def _was_resumed(rounds: Sequence[Round], domain: str, number: int) -> bool:
    return any(number in chain and len(chain) > 1 for chain in stages.chains_of(rounds, domain))


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
            _end_unseen(cursor, workshop, done.about["rounds"])
        case HowUndone.REVEALED:
            _go_on(cursor, workshop, done.about["domains"])
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
            found = _resumable(cursor, workshop, done.about["domains"])
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
    if not rounds.items() <= stages.open_rounds(rounds_of(cursor, workshop.id)).items():
        return "It has ended since: its scores were revealed, or it was taken back."
    if tapped_in(cursor, workshop.id) & set(rounds.items()):
        return "Somebody has answered. “Take this round back” on Room ends it unseen, for good."
    return ""


_STAYS_UNSEEN: Final = (
    "Nothing of a round that ended unseen is ever shown, and nobody can bring it back. Open "
    "scoring again on Room."
)
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
