"""Ask a room something beside its framework: how it works together, what it can do, where to begin.

It is answered, sealed, revealed and guarded as scores are, under keys of its own, and is no score:
nothing that is made of scores hears of it.
"""

from typing import Final, NamedTuple

from aqua_core.errors import ChoiceRefused
from aqua_core.live import Channel, changed, once_but_votes
from aqua_core.rules import stages
from aqua_core.rules.beside import where_to_begin
from aqua_core.store.beside import add_beside, add_check, checks_in
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.rounds import add_round, every_round_of
from aqua_core.store.sittings import seen_with
from aqua_core.store.workshops import read_anew
from aqua_core.vocabulary import Instrument, Stage, Workshop
from aqua_core.vocabulary.event import HowUndone
from aqua_core.vocabulary.framework import InstrumentKind
from aqua_core.workshop.admitting import Caller, facilitating, knowing, leading, remember, watched
from aqua_core.workshop.opening import check_room_for_scores
from aqua_core.workshop.reading import stage_in
from aqua_core.workshop.showing import results_in

FEWEST_TO_CHOOSE_AMONG: Final = 3
"""Domains: two of two is no choice."""


def ask_beside(caller: Caller, code: str, instrument: Instrument) -> None:
    """Open sealed rounds on every row of an instrument beside the framework; again, the next ones.

    The workshop keeps the wording with which it first asked. What the room answers together is
    not sealed: it is only there from now on.

    Raises:
        ChoiceRefused: it is a framework itself, or the workshop is a sitting.
        NotScored: it is being answered already.
        DiskAlmostFull: the disk may not take what the room will answer.
    """
    if instrument.kind in (InstrumentKind.LEVELS, InstrumentKind.PICK):
        raise ChoiceRefused("Choose what can be asked beside the domains.")
    with facilitating(caller, code) as (cursor, workshop):
        kept = (held for held in workshop.beside if held.key == instrument.key)
        asked = next(kept, instrument)
        _ask(cursor, workshop, asked, asked.keys)
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def ask_where_to_begin(caller: Caller, code: str) -> None:
    """Open a short sealed vote: which two of the revealed domains would help most if they moved.

    Raises:
        ChoiceRefused: fewer than three domains are revealed and not being scored again, or the
            workshop is a sitting.
        NotScored: it is being answered already.
        DiskAlmostFull: the disk may not take what the room will answer.
    """
    with facilitating(caller, code) as (cursor, workshop):
        revealed = results_in(workshop).rounds
        if len(revealed) < FEWEST_TO_CHOOSE_AMONG:
            raise ChoiceRefused("Reveal at least three domains first, so that two can be chosen.")
        asked = where_to_begin(workshop.instrument)
        keys = [asked.keys_of(domain)[0] for domain in asked.domains if domain.key in revealed]
        _ask(cursor, workshop, asked, tuple(keys))
    changed(workshop.code, Channel.ROOM, Channel.STAGE)


def answer_together(caller: Caller, code: str, asked: str, answer: int | None) -> None:
    """Keep what the room answers together on one row of a check; None takes it back.

    Raises:
        ChoiceRefused: the workshop does not ask this of the room together, or has no such answer.
    """
    with leading(caller, code) as (cursor, workshop):
        held = workshop.asking(asked)
        if held is None or held.answering.sealed:
            raise ChoiceRefused("This is not asked of the room together.")
        if answer is not None and answer not in range(held.answering.answers):
            raise ChoiceRefused(f"Choose one of: {', '.join(held.levels)}.")
        if checks_in(cursor, workshop.id).get(asked) == answer:
            return
        add_check(cursor, workshop.id, asked, answer)
        remember(cursor, workshop, f"{held.name}: the room answered.")
    changed(workshop.code, Channel.ROOM)


def _ask(cursor: Cursor, workshop: Workshop, instrument: Instrument, keys: tuple[str, ...]) -> None:
    check_room_for_scores()
    if seen_with(cursor, workshop.id):
        raise ChoiceRefused("A sitting scores its wave's domains only. Ask this on the wave's day.")
    # What comes now is the newest: phones say it first, also where set-up chose it long before.
    if workshop.beside[-1:] != (instrument,):
        add_beside(cursor, workshop.id, instrument)
        read_anew(cursor, [workshop.code])
    if not instrument.answering.sealed:
        if not checks_in(cursor, workshop.id).keys() & {*instrument.keys}:
            add_check(cursor, workshop.id, instrument.keys[0], None)
        remember(cursor, workshop, f"{instrument.name} was opened.")
        return
    rounds, opened = every_round_of(cursor, workshop.id), dict[str, int]()
    for key in keys:
        opened[key] = stages.round_to_open(rounds, key)
        add_round(cursor, workshop.id, key, opened[key])
    said = f"{instrument.name} was opened."
    remember(cursor, workshop, said, HowUndone.OPENED, rounds=opened)


class StillToCome(NamedTuple):
    """What a room that has revealed something has not answered yet.

    `beside` are instruments that were chosen for it and that nobody opened, `domains` are not
    revealed. Both are empty where nothing was ever asked beside the domains.
    """

    beside: tuple[Instrument, ...] = ()
    domains: tuple[str, ...] = ()


def still_to_come(code: str) -> StillToCome:
    """Give what a room has not answered yet: names alone, so anyone with its code may know."""
    with knowing(code) as (_, workshop):
        pass
    return once_but_votes(workshop.code, "still to come", lambda: _still_to_come(workshop))


def _still_to_come(workshop: Workshop) -> StillToCome:
    with reading(workshop.code) as cursor:
        rounds = every_round_of(cursor, workshop.id)
        checked = checks_in(cursor, workshop.id)
        stage = stage_in(cursor, workshop)
    if not workshop.beside or stage is not Stage.REVEALED:
        return StillToCome()
    seen = {*stages.revealed_domains(rounds), *checked}
    return StillToCome(
        tuple(
            held for held in workshop.beside if not held.answering.most and not seen & {*held.keys}
        ),
        tuple(key for key in workshop.instrument.names if key not in seen),
    )


class AskedNow(NamedTuple):
    """The keys of the instruments that are answered now, and of those that are shown."""

    open: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()


def asked_now(caller: Caller, code: str) -> AskedNow:
    """Give what is asked beside the framework; what set-up chose and nobody opened is in neither.

    Keys alone: also of a workshop whose results are kept back.
    """
    return watched(caller, code, "asked beside", _asked_now)


def _asked_now(cursor: Cursor, workshop: Workshop) -> AskedNow:
    # A pack holds what was shown, and not what was asked.
    if not workshop.beside and stage_in(cursor, workshop) is not Stage.CLOSED:
        return AskedNow()
    opened = stages.open_rounds(every_round_of(cursor, workshop.id))
    return AskedNow(
        frozenset(held.key for held in workshop.beside if opened.keys() & {*held.keys}),
        frozenset(held.key for held in results_in(workshop).beside),
    )
