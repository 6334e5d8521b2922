"""Conversations as the workbook and the report print them: what was heard and what came of it."""

from typing import Final, NamedTuple

from aqua_core.charts.sentences import conversations as sentences
from aqua_core.charts.sentences.outcomes import (
    agreed,
    beside_dissent,
    each_side,
    parked,
    pointed_at,
    stays_apart,
)
from aqua_core.charts.sentences.second_look import what_moved
from aqua_core.exports.results import names_of
from aqua_core.exports.taken import Taken
from aqua_core.vocabulary.reading import Topic

NOTHING_WRITTEN: Final = "Nothing was written down on this in the room."
NOBODY_APART: Final = "Nobody was written down as staying apart."
NO_TALK: Final = "No conversation was written down."


class Talk(NamedTuple):
    """One domain that was talked about. What nobody said is "" or empty.

    `found` is what the scores showed, a sentence each; `heard` the notes, oldest first; `sides`
    what differs and what each side needs; `stands` whether it was agreed, and with whom it is
    parked; `apart` who stays apart and why, then what would change it: dissent is printed wherever
    the agreement is. Every line is worded as on the card in the room.
    """

    domain: str
    found: tuple[str, ...]
    heard: tuple[str, ...]
    sides: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def talks_of(taken: Taken) -> tuple[Talk, ...]:
    """Give every domain with a topic, a note, a shown reason, a second look or an outcome.

    In the instrument's order, what the room talked about first. What the scores raised and nobody
    talked about says so.
    """
    found, heard = _found(taken), _heard(taken)
    outcomes = {each.domain: each for each in taken.outcomes}
    teams = {team.id: team.name for team in taken.workshop.teams}
    talks = []
    for key, name in names_of(taken).items():
        talk = Talk(name, found.get(key, ()), heard.get(key, ()))
        if key in outcomes:
            outcome = outcomes[key]
            talk = talk._replace(
                sides=each_side(outcome),
                stands=_said(agreed(outcome), parked(outcome)),
                apart=_said(stays_apart(outcome, teams), *beside_dissent(outcome)),
            )
        if key in outcomes or any(talk[1:]):
            talks.append(talk)
    return tuple(sorted(talks, key=lambda talk: not any(talk[2:])))


def _said(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _found(taken: Taken) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {
        topic.domain: (f"{sentences.heading(topic)}.", *_statements(taken, topic))
        for topic in taken.shown.topics
    }
    for before, after, movement in taken.looks:
        said = what_moved(movement, before, after)
        found[after.domain.key] = (*found.get(after.domain.key, ()), said)
    return found


def _heard(taken: Taken) -> dict[str, tuple[str, ...]]:
    heard = {each.domain: each.heard for each in taken.conversations}
    for reason in taken.reasons:
        heard[reason.domain] = (*heard.get(reason.domain, ()), pointed_at(reason))
    return heard


def _statements(taken: Taken, topic: Topic) -> tuple[str, ...]:
    domain = taken.workshop.instrument.domain(topic.domain)
    both = sentences.statements(topic, domain) if domain else ()
    return tuple(f"{who}: {statement}" for who, statement in both)
