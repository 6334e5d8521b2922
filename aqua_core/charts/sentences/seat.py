"""What a seat reads, and what is said of seats."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from aqua_core.charts.sentences.wording import counted
from aqua_core.charts.words import NOTHING, listed
from aqua_core.vocabulary import Holder, Instrument, SeatResult, SeenWith, Terms, Whose
from aqua_core.vocabulary.own_words import reworded_of
from aqua_core.vocabulary.points import day_said, said

RULE: Final = (
    "Choose the highest that is all true here, with all below it. If you do not know, say so."
)
MEANT: Final = "What the words mean here"
BUILDS: Final = (
    "A step that was taken counts. 0 is where a place stands until 1 is true. A partner is needed "
    "where the matter cannot do without it. Carers are those who are not paid for it."
)
_OURS: Final = "The wording is Discovery Room's own"
_LEVEL_CALLED: Final = {
    "partner": "A partner",
    "most": "Most partners",
    "area": "Which area",
    "ages": "Who lives here",
    "since": "Since when",
}


SEEN_TOGETHER: Final = (
    "Your scores were revealed with those of all the other sittings. Your facilitator has the "
    "result."
)
LAST_TIME: Final = "Were you in this room last time? (optional, only counted)"


def closed_said(together: SeenWith | None, *, collected: bool) -> str:
    """Say to a seat of a closed workshop who has the results; of a sitting, when they are seen."""
    if collected:
        return f"Thank you. {SEEN_TOGETHER}"
    if together:
        on = day_said(together.dated)
        return f"Thank you. What you scored is seen with all others on {on}."
    return "Thank you. The results are with your facilitator."


IF_YOU_SCORED: Final = "If you scored in it, it has ended since. Thank you."


def typed_said(seats: int) -> str:
    """Say on the record that scores were typed from paper; "" where none were."""
    return f"{counted(seats, 'seat')} on paper: not sealed from the facilitator" if seats else ""


def what_comes(questions: int, holder: Holder) -> str:
    """Say to who waits what comes: how many questions, and how long they take who talk of none."""
    # 142 words a domain, of which a reader takes 238 a minute (Brysbaert 2019).
    minutes = counted(max(1, round(questions * 0.6)), "minute")
    long = f"about {minutes} in all" if holder is Holder.PERSON else "your team talks each over"
    return (
        f"Up to {counted(questions, 'question')} will come, one on each screen: {long}. "
        "Each answer is saved as you tap it."
    )


def whose_words(instrument: Instrument) -> str:
    """Say whose wording is scored: ours, or what the file of a place's own says of itself."""
    if instrument.source.startswith(_OURS):
        return f"These statements are Discovery Room's own.{reworded_of(instrument.source)}"
    return instrument.source


def terms_said(terms: Terms) -> tuple[tuple[str, str], ...]:
    """Give what was settled, each with what it is called; () where nothing was."""
    said = terms.model_dump()
    return tuple((called, said[name]) for name, called in _LEVEL_CALLED.items() if said[name])


_NOT_SHOWN: Final = "scores not shown"
_NOBODY: Final = "nobody gave a score"
_CALLED: Final = {Whose.TEAM: "your team", Whose.PARTNER: "your partner", Whose.ROOM: "the room"}
_MARKED: Final = _CALLED | {Whose.ROOM: "the room's middle score"}
_RANGED: Final = {Whose.TEAM: "the teams", Whose.PARTNER: "the partners", Whose.ROOM: "all scores"}
_SAME_AS: Final = {
    Whose.TEAM: "your team's average",
    Whose.PARTNER: "your partner's average",
    Whose.ROOM: "the room's middle scores",
}


def seat_takeaway(rows: Sequence[SeatResult], holder: Holder = Holder.PERSON) -> str:
    """Say who stands beside my scores, where my team stands at an end, and where I differ most."""
    if not rows:
        return NOTHING
    seen = [row for row in rows if row.whose is not None]
    if not seen and all(row.nobody for row in rows):
        return "Nobody gave a score here: everyone who answered said “Cannot say”."
    if not seen:
        return "There are too few scores to show any without giving somebody away."
    return " ".join([*_wider(rows), *_at_an_end(seen), *_myself(seen, holder)])


def seat_note(row: SeatResult, holder: Holder = Holder.PERSON) -> str:
    """Say beside one domain what I gave, and the figure of whoever stands beside me."""
    own = _own(row, holder)
    if row.whose is None:
        beside = _NOBODY if row.nobody else _NOT_SHOWN
    elif row.whose is Whose.TEAM and is_its_teams(row, holder):
        beside = ""
    else:
        whose = "your team" if row.whose is Whose.TEAM and holder is Holder.LAPTOP else row.whose
        beside = f"{whose} {said(row.figure or 0, 1)}"
    return ", ".join(words for words in (own, beside) if words)


def all_scores(row: SeatResult) -> str:
    """Say how all scores of a domain lie where the room stands beside me; "" elsewhere."""
    if row.whose is not Whose.ROOM or row.lowest is None or row.highest is None:
        return ""
    if row.lowest == row.highest:
        return f"All scores are {row.lowest:.0f}."
    lie = f"on average {said(row.spread or 0, 1)} from the middle one"
    return f"All scores: {row.lowest:.0f} to {row.highest:.0f}, {lie}."


def marked_as(rows: Sequence[SeatResult]) -> str:
    """Name what the filled mark is: "your team", or what else stands in its place."""
    return " or ".join(_MARKED[whose] for whose in _kinds(rows)) or "nobody"


def mark_of(row: SeatResult) -> str:
    """Give the mark of whoever stands beside me: a dot is my team alone, else a hollow diamond."""
    return "team" if row.whose is Whose.TEAM else "wider"


def marks_called(rows: Sequence[SeatResult]) -> tuple[tuple[str, str], ...]:
    """Give each mark that stands in some row, and what it is."""
    seen = [row for row in rows if row.whose is not None]
    by_mark = {mark: [row for row in seen if mark_of(row) == mark] for mark in ("team", "wider")}
    return tuple((mark, marked_as(some)) for mark, some in by_mark.items() if some)


def ranged_over(rows: Sequence[SeatResult]) -> str:
    """Name what the band runs over: the teams, or what else is compared."""
    return " or ".join(_RANGED[whose] for whose in _kinds(rows))


def called_here(holder: Holder) -> str:
    """Give what a seat's own scores are headed by."""
    return "This laptop" if holder is Holder.LAPTOP else "You"


def is_its_teams(row: SeatResult, holder: Holder) -> bool:
    """Tell whether there is one figure: a laptop that a whole team shares speaks for the team.

    A second laptop, taken where the first one died, may have scored otherwise: then there are two.
    """
    if holder is not Holder.LAPTOP:
        return False
    if row.mine is None or row.whose is not Whose.TEAM:
        return True
    return isinstance(row.mine, int) and said(row.mine, 1) == said(row.figure or 0, 1)


def team_figure(row: SeatResult) -> str:
    """Give the one figure of a team that shares a laptop, as it was given; "" for none."""
    if row.mine is not None:
        return str(row.mine)
    return said(row.figure or 0, 1) if row.whose is Whose.TEAM else ""


def beside_in_words(row: SeatResult) -> str:
    """Give who stands beside me with the figure, for a cell: "your partner 2.3"."""
    if row.whose is None:
        return _NOBODY if row.nobody else _NOT_SHOWN
    apart = "" if row.spread is None else f", apart by {said(row.spread, 1)}"
    return f"{_MARKED[row.whose]} {said(row.figure or 0, 1)}{apart}"


def _own(row: SeatResult, holder: Holder) -> str:
    if is_its_teams(row, holder):
        figure = team_figure(row)
        return f"your team {figure}" if figure else ""
    if isinstance(row.mine, int) or (holder is Holder.LAPTOP and row.mine is not None):
        return f"{called_here(holder).lower()} {row.mine}"
    return row.mine or ""


def _kinds(rows: Sequence[SeatResult]) -> list[Whose]:
    return [whose for whose in Whose if any(row.whose is whose for row in rows)]


def _wider(rows: Sequence[SeatResult]) -> list[str]:
    """Say where not the team stands beside me, and why where that is to keep scores private."""
    sentences = []
    for whose, shown in ((Whose.PARTNER, "whole partners are"), (Whose.ROOM, "the whole room is")):
        here = [row for row in rows if row.whose is whose]
        others = [row for row in here if not row.unscored]
        if others:
            names = listed([row.domain.short for row in others])
            where = f"Only {shown}" if len(others) == len(rows) else f"On {names} only {shown}"
            why = ", to keep scores private" if all(row.private for row in others) else ""
            sentences.append(f"{where} shown{why}.")
        if unscored := [row.domain.short for row in here if row.unscored]:
            sentences.append(_without_mine(unscored, shown, everywhere=len(unscored) == len(rows)))
    return sentences


def _without_mine(names: Sequence[str], shown: str, *, everywhere: bool) -> str:
    """Say that nothing of its team is in what is shown: it came later, or could not say."""
    if everywhere:
        return f"What is shown has no score of your team: only {shown} shown."
    return f"What is shown on {listed(names)} has no score of your team: there {shown} shown."


def _at_an_end(rows: Sequence[SeatResult]) -> list[str]:
    return [
        sentence
        for whose in (Whose.TEAM, Whose.PARTNER)
        for sentence in _ends([row for row in rows if row.whose is whose], whose)
    ]


def _ends(rows: Sequence[SeatResult], whose: str) -> list[str]:
    """Say on which domains one's own group stands at an end, as the figures are printed."""
    split = [row for row in rows if _printed(row.lowest) != _printed(row.highest)]
    if rows and not split:
        return [f"The {whose}s stand level."]
    lowest = [row.domain.short for row in split if _printed(row.figure) == _printed(row.lowest)]
    highest = [row.domain.short for row in split if _printed(row.figure) == _printed(row.highest)]
    if split and not lowest and not highest:
        return [f"Where {whose}s differ, yours is neither the lowest nor the highest."]
    return [
        f"No {whose} scored {listed(names, 'or')} {which} than yours."
        for which, names in (("lower", lowest), ("higher", highest))
        if names
    ]


def _printed(figure: float | None) -> str:
    return "" if figure is None else said(figure, 1)


def _myself(rows: Sequence[SeatResult], holder: Holder) -> list[str]:
    apart = [
        (abs(Decimal(said(row.figure, 1)) - row.mine), row, _CALLED[row.whose])
        for row in rows
        if isinstance(row.mine, int) and row.figure is not None and row.whose
    ]
    if not apart:
        return []
    widest = max(step for step, _, _ in apart)
    if not widest:
        alone = holder is Holder.LAPTOP
        same = listed([_SAME_AS[whose] for whose in _kinds(rows)])
        return [] if alone else [f"Your scores are the same as {same}."]
    by_whom: dict[Whose, list[SeatResult]] = {}
    for step, row, _ in apart:
        if step == widest and row.whose:
            by_whom.setdefault(row.whose, []).append(row)
    return [_furthest(whose, rows, widest, holder) for whose, rows in by_whom.items()]


def _furthest(whose: Whose, rows: Sequence[SeatResult], widest: Decimal, holder: Holder) -> str:
    """Say where a seat and whoever is nearest stand furthest apart; ties are named together."""
    whom, here = _CALLED[whose], called_here(holder)
    if holder is Holder.LAPTOP and whose is not Whose.TEAM:
        here = "Your team"
    start = f"{here} and {whom} are furthest apart on {listed([row.domain.short for row in rows])}"
    if len(rows) > 1:
        return f"{start}: {said(widest, 1)} on each."
    return f"{start}: {here.lower()} {rows[0].mine}, {whom} {said(rows[0].figure or 0, 1)}."


def more_than_people(over: int, there: int, people: int | None) -> str:
    """Say to the facilitator that more seats count than people are expected; "" where not."""
    if not over:
        return ""
    have = "has" if there == 1 else "have"
    were = "person was" if people == 1 else "people were"
    return (
        f"{counted(there, 'seat')} {have} joined and {people} {were} expected: "
        "more came, or somebody joined twice."
    )


def count_the_room(scored: int, people: int | None) -> str:
    """Ask the facilitator to count the room before a reveal; None: nobody said how many come."""
    have = "has" if scored == 1 else "have"
    were = "person was" if people == 1 else "people were"
    expected = f"{people} {were} expected" if people else "nobody said how many people are here"
    return (
        f"{counted(scored, 'seat')} {have} scored, and {expected}. Somebody may have joined twice, "
        "or for somebody else: then scores of a small team would be shown. Count the room. Seats "
        "that are nobody's can be set aside under “Seats and joining”."
    )


def at_two_addresses(addresses: Sequence[str]) -> str:
    """Say to the facilitator where devices may have joined twice: the laptop's address changed.

    "" for one address.
    """
    if len(addresses) < 2:
        return ""
    return (
        f"Devices joined at {listed(list(addresses))}. One that joined at both has two seats: "
        "count the room, and set the first aside."
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
    """Say on a seat's own device how many seats its team has: more than people is a sign.

    Nobody's page is drawn again when another joins: it says no more than stays true.
    """
    if count == 1:
        return ""
    if holder is Holder.LAPTOP:
        return f"At least {count} laptops score for your team: each one counts."
    return f"At least {count} seats in your team. If you are fewer people, tell your facilitator."


def team_on_phone(team: str, count: int) -> str:
    """Name a seat's team above its ballot, with its seats where they are more than its own."""
    return team if count == 1 else f"{team} (at least {count} seats)"


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
