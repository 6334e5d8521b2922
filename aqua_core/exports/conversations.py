"""Conversations as the workbook and the report print them: what was heard and what came of it."""

from typing import NamedTuple

from aqua_core.charts.sentences import conversations as sentences
from aqua_core.charts.sentences.outcomes import pointed_at
from aqua_core.charts.sentences.second_look import two_looks_takeaway
from aqua_core.exports.results import names_of, team_names
from aqua_core.exports.taken import Taken
from aqua_core.vocabulary import Agreement, Outcome
from aqua_core.vocabulary.figures import day_said


class Talk(NamedTuple):
    """One domain that was talked about. What nobody said is "" or empty.

    `found` is what the scores showed; `heard` the notes, oldest first; `said` pairs of a label and
    a text; `apart` who stays apart, and why: dissent is printed wherever the agreement is.
    """

    domain: str
    found: str
    heard: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    apart: str


def talks_of(taken: Taken) -> tuple[Talk, ...]:
    """Give every domain with a topic, a note, a shown reason, a second look or an outcome.

    In the instrument's order. What the scores raised and nobody talked about says so.
    """
    found = {topic.domain: sentences.heading(topic) for topic in taken.topics}
    for before, after, movement in taken.looks:
        said = two_looks_takeaway(movement, before, after)
        found[after.domain.key] = ". ".join(
            each for each in (found.get(after.domain.key), said) if each
        )
    heard = {each.domain: each.heard for each in taken.conversations}
    for reason in taken.reasons:
        heard[reason.domain] = (*heard.get(reason.domain, ()), pointed_at(reason).strip("“”"))
    outcomes = {each.domain: each for each in taken.outcomes}
    return tuple(
        Talk(
            domain=name,
            found=found.get(key, ""),
            heard=heard.get(key, ()),
            said=_said(outcomes[key]) if key in outcomes else _unsaid(heard.get(key, ())),
            apart=_apart(taken, outcomes[key]) if key in outcomes else "",
        )
        for key, name in names_of(taken).items()
        if key in found or key in heard or key in outcomes
    )


def _unsaid(heard: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return () if heard else (("In the room", "nothing was written down on this"),)


def _said(outcome: Outcome) -> tuple[tuple[str, str], ...]:
    agreed = "" if outcome.agreed_points is None else f", on {outcome.agreed_points} points"
    stands = "" if outcome.agreement is Agreement.OPEN else f"{outcome.agreement.value}{agreed}"
    lines = (
        ("What differs", outcome.differs),
        ("Kind of conflict", outcome.kind.value),
        (outcome.one_side or "One side", outcome.one_needs),
        (outcome.other_side or "The other side", outcome.other_needs),
        ("Both could live with", outcome.both_could),
        ("Where it stands", stands.capitalize()),
        ("What would change it", outcome.would_change),
        ("Parked with", _parked(outcome)),
    )
    return tuple((label, text) for label, text in lines if text)


def _parked(outcome: Outcome) -> str:
    until = f", until {day_said(outcome.parked_until)}" if outcome.parked_until else ""
    return f"{outcome.parked_with}{until}" if outcome.parked_with else ""


def _apart(taken: Taken, outcome: Outcome) -> str:
    who = team_names(taken, outcome.stays_apart)
    return ": ".join(each for each in (who, outcome.why_apart) if each)
