"""What a room says of itself: whether it is safe to speak, three questions at its end, its card."""

from typing import Final, NamedTuple

from aqua_core.errors import (
    ChoiceRefused,
    RoundClosed,
    ScoringOpen,
    StillSealed,
    TextRefused,
    TooFast,
    TooFewAnswers,
)
from aqua_core.live import Channel, changed, once_a_deed, voted
from aqua_core.rules.of_itself import last_said, least_told, most_answered, scorecard_of
from aqua_core.rules.stages import open_rounds, revealed_domains
from aqua_core.rules.typed import person_named, personal_details
from aqua_core.store import last_words as rows
from aqua_core.store import talk as talk_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.plan import actions_of
from aqua_core.store.rounds import rounds_of
from aqua_core.vocabulary import Holder, Seat, Workshop
from aqua_core.vocabulary.event import HowUndone
from aqua_core.vocabulary.programme import LastSaid, LastWords, Safe, Scorecard
from aqua_core.workshop.admitting import (
    Caller,
    asking,
    check_counts,
    facilitating,
    remember,
    sitting,
    watched,
)
from aqua_core.workshop.showing import results_in
from aqua_core.workshop.tries import Tries

_PACE: Final = Tries(60)  # a minute from one seat
_TOO_LATE: Final = "This is not asked any more. What was saved before stands."
_WHY: Final = "What people wrote was shown, and nothing says any more whose it is."


class SafeAsked(NamedTuple):
    """Whether a seat is asked if it is safe to speak, and what it said; None: nothing."""

    asked: bool
    said: bool | None


class AtTheEnd(NamedTuple):
    """What a room is asked and says at its end, and its scorecard; nothing of it is one seat's.

    `answered` counts the seats that wrote anything, until it is shown; `most` those of the question
    that most answered; `said` is what was shown, () before. `safe` is None where too few said so.
    """

    asked: bool
    answered: int
    most: int
    least: int
    said: tuple[LastSaid, ...]
    card: Scorecard
    safe: Safe | None


def safe_asked(caller: Caller, code: str) -> SafeAsked:
    """Tell whether this seat is asked if it is safe to speak here, and what it said.

    Asked of people, each with a seat, until scoring first opens; in a sitting, too: what is said
    there counts with the room that its wave is revealed in.
    """
    with asking(caller, code) as (cursor, workshop, seat):
        return SafeAsked(_asks(cursor, workshop), rows.SAFE.said(cursor, workshop.id, seat.id))


def say_safe(caller: Caller, code: str, safe: object) -> bool | None:
    """Keep whether a seat finds it safe to speak; None takes it back. Nobody hears who said what.

    Raises:
        ChoiceRefused: it is neither yes, no nor nothing.
        SeatAside: the seat is set aside.
        RoundClosed: nobody is asked here, or not any more: late answers would stand out.
        TooFast: more than 60 changes came from this seat within a minute.
    """
    if safe is not None and not isinstance(safe, bool):
        raise ChoiceRefused("Say yes, no, or nothing.")
    with sitting(caller, code) as (cursor, workshop, seat):
        check_counts(cursor, workshop, seat.id)
        if not _asks(cursor, workshop):
            raise RoundClosed(_TOO_LATE)
        _check_pace(seat)
        rows.SAFE.say(cursor, workshop.id, seat.id, safe)
    return safe


def _asks(cursor: Cursor, workshop: Workshop) -> bool:
    return workshop.holder is Holder.PERSON and not rounds_of(cursor, workshop.id)


def ask_last_words(caller: Caller, code: str) -> None:
    """Ask every seat the three questions of the end.

    Raises:
        ScoringOpen: scores are sealed; the room is not at its end.
        StillSealed: nothing is revealed yet.
        RoundClosed: they were asked, and the answers are shown.
    """
    with facilitating(caller, code) as (cursor, workshop):
        held = rounds_of(cursor, workshop.id)
        if open_rounds(held):
            raise ScoringOpen("Scores are still sealed. Reveal them first; then close the session.")
        if not revealed_domains(held):
            raise StillSealed("Nothing is revealed yet. The three questions close a session.")
        if rows.last_said_in(cursor, workshop.id):
            raise RoundClosed("The three questions were asked, and the answers are shown.")
        if not rows.is_last_asked(cursor, workshop.id):
            rows.ask_last(cursor, workshop.id)
            remember(cursor, workshop, "The three questions of the end were asked.")
    changed(workshop.code, Channel.ROOM, Channel.PHONES)


def are_asked(caller: Caller, code: str) -> bool:
    """Tell whether this seat is asked the three questions of the end now."""
    with asking(caller, code) as (cursor, workshop, _):
        # Asked by every phone at each deed: read once for all of them.
        return once_a_deed(workshop.code, "last asked", lambda: _is_open(cursor, workshop))


def say_last_words(caller: Caller, code: str, words: LastWords) -> LastWords:
    """Keep what a seat says at the end, in the place of what it said before.

    Raises:
        SeatAside: the seat is set aside.
        RoundClosed: it is not asked, or the answers are shown: a late one would stand out.
        TextRefused: a text holds what looks like somebody's details, or a person's name.
        TooFast: as for `say_safe`.
    """
    every = " \n".join(dict(words).values())
    if details := personal_details(every):
        raise TextRefused(f"The room may read this, and it looks like {details}. Take it out.")
    with sitting(caller, code) as (cursor, workshop, seat):
        check_counts(cursor, workshop, seat.id)
        if not _is_open(cursor, workshop):
            raise RoundClosed(_TOO_LATE)
        if name := person_named(every, *_named_here(workshop)):
            raise TextRefused(
                f"The room may read this, and “{name}” looks like a person's name. "
                "Write the role instead."
            )
        _check_pace(seat)
        rows.say_last(cursor, workshop.id, seat.id, words)
    voted(workshop.code)  # counts on Room, and nothing that a phone is drawn by
    return words


def show_last_words(caller: Caller, code: str) -> None:
    """Show what was said to each question that enough seats answered; nothing is taken after it.

    Who said what is forgotten, and so is what too few answered.

    Raises:
        TooFewAnswers: no question has enough answers.
        RoundClosed: they were not asked, or are shown.
    """
    with facilitating(caller, code) as (cursor, workshop):
        if not _is_open(cursor, workshop):
            raise RoundClosed("The three questions are not asked now.")
        said = _to_show(cursor, workshop)
        if not said:
            least = least_told(workshop.guard)
            raise TooFewAnswers(
                f"Fewer than {least} have answered each question. Shown now, the answers would "
                "say whose they are. Wait, or close the workshop without them."
            )
        rows.show_last(cursor, workshop.id, said)
        shown = "What people wrote at the end was shown."
        remember(cursor, workshop, shown, HowUndone.NEVER, why=_WHY)
    changed(workshop.code, Channel.ROOM, Channel.PHONES)


def end_last_words(cursor: Cursor, workshop: Workshop) -> None:
    """Show the words at the end as a workshop closes: what too few answered is nobody's and goes.

    What was shown before stands: nothing was written since.
    """
    rows.show_last(cursor, workshop.id, _to_show(cursor, workshop))


def _to_show(cursor: Cursor, workshop: Workshop) -> tuple[LastSaid, ...]:
    return last_said(rows.last_words_in(cursor, workshop.id).values(), workshop.guard)


def at_the_end(caller: Caller, code: str) -> AtTheEnd:
    """Give what the room says of itself, to the facilitator, the hosts and the walls."""
    return watched(caller, code, "at the end", _at_the_end)


def _at_the_end(cursor: Cursor, workshop: Workshop) -> AtTheEnd:
    words = rows.last_words_in(cursor, workshop.id)
    shown = results_in(workshop)
    talked = (*shown.rounds, *shown.talked_beside)
    noted = [key for key in talked if _heard(cursor, workshop, key)]
    outcomes = talk_rows.outcomes_of(cursor, workshop.id)
    plan = actions_of(cursor, workshop.id)
    return AtTheEnd(
        asked=rows.is_last_asked(cursor, workshop.id),
        answered=len(words),
        most=most_answered(words.values()),
        least=least_told(workshop.guard),
        said=rows.last_said_in(cursor, workshop.id),
        card=scorecard_of(tuple(shown.rounds), noted, outcomes, plan),
        safe=shown.safe,
    )


def _check_pace(seat: Seat) -> None:
    if not _PACE.take(seat.id):
        raise TooFast("Saving too fast; what you gave before stands.")


def _heard(cursor: Cursor, workshop: Workshop, domain: str) -> bool:
    return bool(talk_rows.conversation_on(cursor, workshop.id, domain).heard)


def _is_open(cursor: Cursor, workshop: Workshop) -> bool:
    asked = rows.is_last_asked(cursor, workshop.id)
    return asked and not rows.last_said_in(cursor, workshop.id)


def _named_here(workshop: Workshop) -> tuple[str, ...]:
    partners = (partner.name for partner in workshop.partners)
    return (workshop.place.persona, *partners, *(team.name for team in workshop.teams))
