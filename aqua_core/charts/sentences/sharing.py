"""What places share, in sentences: heads, who can answer an ask, and what to do where none is."""

from collections.abc import Sequence

from aqua_core.charts.sentences.wording import counted
from aqua_core.charts.words import listed
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.sharing import Exchanged, Match, Remarked, SharedAs, Visit

NO_MATCH = "Nobody asks for what another place offers yet. Write offers and asks on Share-out."
NO_VISIT = "No visit is agreed. Choose who goes to see whom, and when."
NO_STORY = "No story is told yet. Write what a place took from another one, left and would change."
NO_REMARK = "No place called a statement unclear. On Plan, Support and wording takes such remarks."


def shared_as(place: str) -> dict[SharedAs, str]:
    """Give what heads a sentence of a place by its kind."""
    return {
        SharedAs.MEANS: f"What this means for {place}",
        SharedAs.OFFER: "We offer",
        SharedAs.ASK: "We ask",
    }


def nothing_shared(place: str, *, revealed: bool, acts: bool) -> str:
    """Say why a table's page holds nothing, and what to do."""
    if not revealed:
        return f"{place} has not revealed yet. It shares what its result means after that."
    if acts:
        return (
            f"{place} has written nothing yet. Write below what the result means for it, one offer "
            "and one ask."
        )
    return f"{place} has written nothing yet. Whoever leads its table writes it on this page."


def offered_by(places: Sequence[str]) -> str:
    """Say who can answer an ask: "Bolton and Oldham offer it"; "" for nobody."""
    once = sorted(set(places))
    return f"{listed(once)} {'offers' if len(once) == 1 else 'offer'} it" if once else ""


def offers_said(match: Match, *, ours: bool) -> str:
    """Say the other side of a match: "Bolton: sit in on our joint board"."""
    other = match.offer if ours else match.ask
    return f"{other.place}: {other.said}"


def waiting_said(shared: Exchanged) -> str:
    """Say an ask or an offer that nobody answers."""
    if shared.kind is SharedAs.ASK:
        return f"{shared.said} (nobody offers it yet)"
    return f"{shared.said} (nobody has asked yet)"


def visit_said(visit: Visit, guest: str, host: str, domain: str) -> str:
    """Say a visit in a line."""
    return f"{day_said(visit.visit_on)}: {guest} goes to {host}, about {domain}"


def remarked_said(remark: Remarked) -> str:
    """Say which statement how many places called unclear: "Culture, 3 points: 2 places"."""
    where = f"{remark.called}, {counted(remark.points, 'point')}"
    return f"{where}: {counted(remark.places, 'place')} ({remark.instrument} {remark.version})"
