"""The first page: who was there, and in three sentences what the room saw, agreed and will try."""

from typing import Final, NamedTuple

from aqua_core.charts.plan.ends import at_ends
from aqua_core.charts.sentences.planning import NO_PLAN, wins_said
from aqua_core.charts.sentences.wording import apart, in_words
from aqua_core.charts.words import gap_takeaway, listed, listed_or_counted
from aqua_core.exports.in_words import named
from aqua_core.exports.taken import Taken
from aqua_core.rules.plan.cycles import small_wins
from aqua_core.vocabulary import Agreement, Gap, Outcome
from aqua_core.vocabulary.figures import day_said, said

NOT_REVEALED: Final = "Nothing is revealed: results stand here after the reveal."
NOTHING_AGREED: Final = "No agreement was written down."


class Front(NamedTuple):
    """What the first page says. `persona` is "" where the place has none."""

    there: str
    stands: str
    agreed: str
    leaves: str
    persona: str


def front_of(taken: Taken) -> Front:
    """Give the first page. Never a name of a person: who was there is counted."""
    return Front(_there(taken), _stands(taken), _agreed(taken), _leaves(taken), _persona(taken))


def _there(taken: Taken) -> str:
    teams = len(taken.workshop.teams)
    counted = (
        _counted(len(taken.workshop.partners), "partner"),
        _counted(teams, "team"),
        _counted(taken.seats, "seat"),
    )
    return f"{listed(counted)}."


def _stands(taken: Taken) -> str:
    gaps = {gap.domain.key: gap for gap in taken.gaps if gap.width is not None}
    if not taken.shown.levels:
        return "Nothing was revealed."
    if not gaps:
        return gap_takeaway(taken.gaps, "partners")
    widest = max(gap.width or 0.0 for gap in gaps.values())
    figure = said(widest, 1)
    where = [gap for gap in gaps.values() if said(gap.width or 0.0, 1) == figure]
    if figure == "0.0":
        return "The partners stand level on what they scored, to 0.1 of a point."
    return f"The partners stand widest apart on {_widest(where, len(taken.gaps), widest)}."


def _widest(gaps: list[Gap], of: int, width: float) -> str:
    if len(gaps) > 1:
        names = listed_or_counted([gap.domain.name for gap in gaps], of)
        return f"{names}, a gap of {apart(width)} on each"
    (gap,) = gaps
    low, high = map(named, at_ends(gap))
    return f"{gap.domain.name}: {low}, {high}, a gap of {apart(width)}"


def _agreed(taken: Taken) -> str:
    """Say what was agreed, with its dissent in the same sentence; then what else became of it."""
    names = {domain.key: domain.short for domain in taken.workshop.instrument.domains}
    outcomes = taken.outcomes
    agreed = [each for each in outcomes if each.agreement is Agreement.AGREED]
    differ = [each for each in outcomes if each.agreement is Agreement.DIFFER]
    parked = [each for each in outcomes if each.parked_with]
    told = (
        ("the room agreed on", [_with_score(each, names[each.domain]) for each in agreed]),
        ("agreed to differ on", [names[each.domain] for each in differ]),
        ("parked", [names[each.domain] for each in parked]),
    )
    parts = [f"{did} {listed(what)}" for did, what in told if what]
    if not parts:
        return NOTHING_AGREED
    sentence = listed(parts) if agreed else f"the room {listed(parts)}"
    return f"{sentence[0].upper()}{sentence[1:]}."


def _with_score(outcome: Outcome, name: str) -> str:
    dissent = ", somebody staying apart" if outcome.has_dissent else ""
    return f"{name} (at {outcome.agreed_points}{dissent})"


def _leaves(taken: Taken) -> str:
    if not taken.actions:
        return NO_PLAN
    many = f"It leaves with {_counted(len(taken.actions), 'small test', spelt=True)}"
    first = f", the first review on {day_said(taken.reviews[0].review_on)}" if taken.reviews else ""
    wins = wins_said(small_wins(taken.cycles))
    return f"{many}{first}; {wins} so far." if wins else f"{many}{first}."


def _persona(taken: Taken) -> str:
    persona = taken.workshop.place.persona
    if not persona:
        return ""
    changes = [action.for_persona.rstrip(".") for action in taken.actions if action.for_persona]
    if not changes:
        return f"For {persona}: the plan does not say yet what changes."
    return f"For {persona}: {'; '.join(changes)}."


def _counted(count: int, noun: str, *, spelt: bool = False) -> str:
    figure = in_words(count) if spelt else str(count)
    return f"{figure} {noun}{'' if count == 1 else 's'}"
