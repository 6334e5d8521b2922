"""Who is seated: seats beside people, joining that is closed, a seat that is set aside."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from aqua_core.charts.sentences.wording import counted
from aqua_core.charts.words import listed
from aqua_core.vocabulary import Holder


def more_than_people(over: int, there: int, people: int | None) -> str:
    """Say to the facilitator that more seats count than people are expected; "" where not."""
    if not over:
        return ""
    have = "has" if there == 1 else "have"
    were = "person was" if people == 1 else "people were"
    return (
        f"{counted(there, 'seat')} {have} joined and {people} {were} expected: "
        "somebody may have joined twice."
    )


def at_two_addresses(addresses: Sequence[str]) -> str:
    """Say to the facilitator that phones may have joined twice, where the laptop's address changed.

    "" for one address.
    """
    if len(addresses) < 2:
        return ""
    return (
        f"Phones joined at {listed(list(addresses))}. One that joined at both has two seats: count "
        "the room, and set the first aside."
    )


def joining_said(*, closed: bool, knocked: Sequence[str]) -> str:
    """Say to the facilitator that joining is closed, and for which teams somebody waits."""
    if not closed:
        return ""
    waiting = [
        team if times == 1 else f"{team} ({times} devices)"
        for team, times in Counter(knocked).items()
    ]
    if not waiting:
        return "Joining is closed."
    return f"Joining is closed. Somebody is waiting for {listed(waiting)}."


CLOSED: Final = (
    "Joining is closed for now. Choose your team all the same: your facilitator sees that somebody "
    "is waiting, and can open it."
)


def seats_in_team(count: int, holder: Holder) -> str:
    """Say on a seat's own device how many seats its team has: more than people is a sign."""
    if holder is Holder.LAPTOP:
        return "" if count == 1 else f"{count} laptops score for your team: each one counts."
    if count == 1:
        return "Yours is the only seat in your team so far."
    return f"{count} seats in your team. If you are fewer people, tell your facilitator."


def team_on_phone(team: str, count: int) -> str:
    """Name a seat's team above its ballot, with its seats where they are more than its own."""
    return team if count == 1 else f"{team} ({counted(count, 'seat')})"


def tag_said(tag: str) -> str:
    """Say what a seat is called when somebody has to be told which one it is."""
    return f"Your seat's tag: {tag}."


def set_aside_said(why: str, tag: str) -> str:
    """Say to a person that their seat is set aside, why, and what to do."""
    return (
        f"Your facilitator gave as reason: {why}. Nothing that you score here counts while it is "
        f"set aside, and nobody sees it. If that is a mistake, say your seat's tag: {tag}."
    )


def team_with_seats(team: str, there: int) -> str:
    """Name a team in the list of seats."""
    return f"{team}: {counted(there, 'seat')}"
