"""What a conversation came to: agreed, or agreed to differ with its dissent; parked."""

from datetime import date
from typing import NamedTuple

from aqua_core.errors import ChangedMeanwhile
from aqua_core.live import Channel, changed
from aqua_core.rules.stages import revealed_domains
from aqua_core.rules.talk.outcomes import check_outcome
from aqua_core.rules.typed.personal import check_nobody_in_word
from aqua_core.store.cursor import Cursor
from aqua_core.store.rounds import rounds_of
from aqua_core.store.talk.outcomes import add_outcome, outcomes_of
from aqua_core.vocabulary import Outcome, Workshop
from aqua_core.workshop.admitting import Caller, facilitating, watched, watching
from aqua_core.workshop.looking_back import workshops_before
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
        NotScored: the instrument has no such domain.
        StillSealed: it is not revealed.
        ChoiceRefused, TextRefused, DateRefused: as `check_outcome` says.
        ChangedMeanwhile: a newer version was saved since.
        LooksPersonal: nobody was sure, and a text holds what looks like somebody's details.
    """
    with facilitating(caller, code) as (cursor, workshop):
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
    """Give what each conversation came to, by domain key; without those that nobody saved."""
    return watched(caller, code, "outcomes", _outcomes)


def dissent_before(caller: Caller, code: str) -> tuple[Dissent, ...]:
    """Give what the last workshop of the same place left open, in its instrument's order.

    Only on domains that are revealed now: what was said last time would steer what is scored.
    """
    # Never kept: it is of another workshop, which may be edited or erased meanwhile.
    with watching(caller, code) as (cursor, workshop):
        shown = revealed_domains(rounds_of(cursor, workshop.id))
        earlier = workshops_before(cursor, workshop) if shown else ()
        # One that nobody scored in left nothing open, and does not stand before one that did.
        last = next((each for each in reversed(earlier) if _has_met(cursor, each)), None)
        if last is None:
            return ()
        kept = _outcomes(cursor, last)
    return tuple(
        Dissent(last, kept[domain.key])
        for domain in last.instrument.domains
        if domain.key in shown and domain.key in kept and _left_open(kept[domain.key])
    )


def _newest(cursor: Cursor, workshop: Workshop, domain: str) -> Outcome | None:
    return _outcomes(cursor, workshop).get(domain)


def _check_version(before: Outcome | None, outcome: Outcome) -> None:
    if (before.version if before else 0) != outcome.version:
        raise ChangedMeanwhile(
            "Somebody changed this since you opened it. Yours is still in the form; "
            "start from the newest to change it."
        )


def _outcomes(cursor: Cursor, workshop: Workshop) -> dict[str, Outcome]:
    return {outcome.domain: outcome for outcome in outcomes_of(cursor, workshop.id)}


def _has_met(cursor: Cursor, workshop: Workshop) -> bool:
    """Tell whether anything was ever revealed in a workshop."""
    return any(each.revealed for each in rounds_of(cursor, workshop.id))


def _left_open(outcome: Outcome) -> bool:
    return outcome.has_dissent or bool(outcome.parked_with)
