"""What places share: what a result means for one, what it offers and asks, visits and stories."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from aqua_core.vocabulary.text import Said, Word, a_choice, a_day, a_line, a_text, needed

LONGEST_SHARED: Final = 100
"""Characters of what fills a wall: three lines at 84 px on 1920, four of half its width at 56."""
_LONGEST_STORY: Final = 300


class SharedAs(StrEnum):
    """What a table shares of a domain: what it means for its place, an offer or an ask."""

    MEANS = "meaning"
    OFFER = "offer"
    ASK = "ask"


class ShareOutDraft(Word):
    """One sentence that a table shares with the other places; no figure ever stands beside it."""

    kind: Annotated[SharedAs, a_choice("what it is", SharedAs)]
    domain: str
    said: Annotated[
        str,
        a_line("the sentence", LONGEST_SHARED),
        needed("Write the sentence that the other places will read."),
        Said("In one sentence", asks=f"In one sentence (up to {LONGEST_SHARED} characters)"),
    ]


class ShareOut(ShareOutDraft):
    """A sentence of a share-out, as it is kept. Versions are kept."""

    id: str
    version: int


class Exchanged(Word):
    """An offer or an ask of a place; `called` is the domain's name."""

    place_id: str
    place: str
    kind: SharedAs
    domain: str
    called: str
    said: str


class Match(Word):
    """What one place asks and another one offers, on the same domain."""

    ask: Exchanged
    offer: Exchanged


class VisitDraft(Word):
    """Who goes to see whom, about which domain, on which day; both are ids of places."""

    guest_id: str
    host_id: str
    domain: str
    visit_on: Annotated[date, a_day("Choose the day of the visit, such as 2027-02-03.")]


class Visit(VisitDraft):
    """A visit, as it is kept. Versions are kept."""

    id: str
    version: int


class StoryDraft(Word):
    """A place's story card: what it took from elsewhere, left there, and would change.

    It is material to be dissected, not an exemplar. What is not said is "".
    """

    place_id: str
    takes: Annotated[
        str,
        a_text("what you take", _LONGEST_STORY),
        needed("Say what you take from elsewhere."),
        Said("What we take"),
    ]
    leaves: Annotated[str, a_text("what you leave", _LONGEST_STORY), Said("What we leave")] = ""
    would_change: Annotated[
        str, a_text("what you would change", _LONGEST_STORY), Said("What we would change")
    ] = ""


class StoryCard(StoryDraft):
    """A story card, as it is kept. Versions are kept."""

    id: str
    version: int


class Remark(Word):
    """What a place wrote of one statement; "" for no suggestion. `wording` hashes its domain."""

    place_id: str
    wording: str
    instrument: str
    version: str
    called: str
    points: int
    statement: str
    suggestion: str = ""


class Remarked(Word):
    """A statement that places called unclear: how many did, and what they would say instead.

    `instrument` and `version` name every one that has the domain in these words.
    """

    instrument: str
    version: str
    called: str
    points: int
    statement: str
    places: int
    suggestions: tuple[str, ...] = ()
