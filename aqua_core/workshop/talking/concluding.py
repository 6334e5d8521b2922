"""What a conversation came to: agreed, or agreed to differ with its dissent; parked."""

from datetime import date
from typing import NamedTuple

from aqua_core.errors import ChangedMeanwhile
from aqua_core.live import Channel, changed, once_a_revision
from aqua_core.rules.stages import revealed_domains
from aqua_core.rules.talk.outcomes import check_outcome
from aqua_core.rules.typed.personal import check_nobody_in_word
from aqua_core.store.cursor import Cursor
from aqua_core.store.database import reading, writing
from aqua_core.store.rounds import rounds_of
from aqua_core.store.talk.outcomes import add_outcome, outcomes_of
from aqua_core.vocabulary import Outcome, Workshop
from aqua_core.workshop.admitting import Caller, check_facilitator, check_open, find_workshop
from aqua_core.workshop.looking_back import workshops_before
from aqua_core.workshop.reading import workshop_now
from aqua_core.workshop.talking.choosing import shown_round


class Dissent(NamedTuple):
    """What an earlier workshop of the place left open: who stayed apart, or what was parked."""

    workshop: Workshop
    outcome: Outcome


def conclude(
    caller: Caller, code: str, outcome: Outcome, today: date, *, sure: bool = False
) -> Outcome:
    """Save what a conversation came to; `outcome.version` is the version that was shown.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: no open workshop has this code.
        WorkshopClosed: it is only to look at.
        NotScored: the instrument has no such domain.
        StillSealed: it is not revealed.
        ChoiceRefused, TextRefused, DateRefused: as `check_outcome` says.
        ChangedMeanwhile: a newer version was saved since.
        LooksPersonal: nobody was sure, and a text holds what looks like somebody's details.
    """
    with writing() as cursor:
        check_facilitator(cursor, caller)
        workshop = find_workshop(cursor, code)
        check_open(cursor, workshop)
        shown_round(cursor, workshop, outcome.domain)
        before = _newest(cursor, workshop, outcome.domain)
        check_outcome(outcome, [team.id for team in workshop.teams], today, before)
        _check_version(before, outcome)
        if not sure:
            check_nobody_in_word(outcome)
        saved = outcome.model_copy(update={"version": outcome.version + 1})
        add_outcome(cursor, workshop.id, saved)
    changed(workshop.code, Channel.ROOM)
    return saved


def outcomes_now(caller: Caller, code: str) -> dict[str, Outcome]:
    """Give what each conversation came to, by domain key; without those that nobody saved.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    workshop = workshop_now(caller, code)
    return once_a_revision(workshop.code, "outcomes", lambda: _outcomes(workshop))


def dissent_before(caller: Caller, code: str) -> tuple[Dissent, ...]:
    """Give what the last workshop of the same place left open, in its instrument's order.

    Only on domains that are revealed now: what was said last time would steer what is scored.

    Raises:
        NotSignedIn: the caller may not watch it.
        NoSuchWorkshop: no open workshop has this code.
    """
    workshop = workshop_now(caller, code)
    # Never kept: it is of another workshop, which may be edited or erased meanwhile.
    return _before(workshop)


def _newest(cursor: Cursor, workshop: Workshop, domain: str) -> Outcome | None:
    kept = (each for each in outcomes_of(cursor, workshop.id) if each.domain == domain)
    return next(kept, None)


def _check_version(before: Outcome | None, outcome: Outcome) -> None:
    if (before.version if before else 0) != outcome.version:
        raise ChangedMeanwhile(
            "Somebody changed this since you opened it. Yours is still in the form; "
            "start from the newest to change it."
        )


def _outcomes(workshop: Workshop) -> dict[str, Outcome]:
    with reading() as cursor:
        return {each.domain: each for each in outcomes_of(cursor, workshop.id)}


def _before(workshop: Workshop) -> tuple[Dissent, ...]:
    with reading() as cursor:
        shown = revealed_domains(rounds_of(cursor, workshop.id))
        earlier = workshops_before(cursor, workshop) if shown else ()
        # One that nobody scored in left nothing open, and does not stand before one that did.
        last = next((each for each in reversed(earlier) if _has_met(cursor, each)), None)
        if last is None:
            return ()
        kept = {each.domain: each for each in outcomes_of(cursor, last.id)}
    return tuple(
        Dissent(last, kept[domain.key])
        for domain in last.instrument.domains
        if domain.key in shown and domain.key in kept and _left_open(kept[domain.key])
    )


def _has_met(cursor: Cursor, workshop: Workshop) -> bool:
    """Tell whether anything was ever revealed in a workshop."""
    return any(each.revealed for each in rounds_of(cursor, workshop.id))


def _left_open(outcome: Outcome) -> bool:
    return outcome.has_dissent or bool(outcome.parked_with)
