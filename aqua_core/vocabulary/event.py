"""One workshop: its code, its teams, its rounds, and the seats that score in them."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import Field

from aqua_core.errors import TextRefused
from aqua_core.vocabulary.framework import Domain, Instrument, Terms, is_beside
from aqua_core.vocabulary.place import OPEN, Holder, Partner, Place, Sector, Team
from aqua_core.vocabulary.points import Score
from aqua_core.vocabulary.talk import Wording
from aqua_core.vocabulary.text import Word, a_name

CODE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 4
HOSTED_CODE_LENGTH: Final = 8
"""Of 810,000 codes somebody finds one of hundreds of rooms; a laptop has few, on its own Wi-Fi."""
MOST_TEAMS: Final = 40
A_TEAM: Final = 2
"""People that a team is thought to be until somebody says how many come."""
MOST_SEATS: Final = 1_000
"""Seats that a workshop holds. Between 600 and 800 fill a core of a laptop; past 1,000 a vote is
seen on the wall after more than a second. A hall has 300."""


def clean_code(typed: Any) -> str:
    """Give a join code as it is kept: case, spaces, dashes and full width do not matter.

    In a whole link of ours that was pasted, the code is found.

    Codes hold no 0, 1, I, L, O or U: whoever reads one has misread the screen, and no other
    letter can be meant for it.

    Raises:
        TextRefused: empty, of another length, with other marks than letters and digits, or with
            a letter or digit that no code holds.
    """
    code = _code_as_typed(_in_its_link(str(typed)), "Type the join code shown on the screen.")
    if len(code) not in (CODE_LENGTH, HOSTED_CODE_LENGTH):
        raise TextRefused(
            f"A join code has {CODE_LENGTH} or {HOSTED_CODE_LENGTH} characters; "
            f"this has {len(code)}."
        )
    if not set(code) <= set(CODE_LETTERS):
        raise TextRefused("Join codes never hold 0, 1, I, L, O or U. Look at the screen again.")
    return code


def code_said(code: str) -> str:
    """Give a join code as a screen or a sheet shows it: eight in two groups of four."""
    return f"{code[:CODE_LENGTH]} {code[CODE_LENGTH:]}".strip()


_LONGEST_LINK: Final = 2_000
_A_LINK: Final = re.compile(r"\w+://|[\w-]+(?:\.[\w-]+)+(?::\d+)?/")
_IN_A_LINK: Final = re.compile(
    r"/(?:join|hand-over|take-over)/([\w–—-]+)|[?&](?:workshop|code)=([\w+–—-]+)", re.IGNORECASE
)


def _in_its_link(typed: str) -> str:
    text = unicodedata.normalize("NFKC", typed[:_LONGEST_LINK])
    if found := _IN_A_LINK.search(text):
        return found[1] or found[2]
    if _A_LINK.match(text.strip()):
        raise TextRefused(
            "No join code is in this link. Type the letters and digits shown on the screen."
        )
    return typed


_MOST_OF_A_CODE: Final = 32  # characters that are looked at


def _code_as_typed(typed: Any, empty: str) -> str:
    """Give the letters and digits of a code: case, spaces, dashes and full width aside.

    Args:
        typed: anything that came from outside.
        empty: the sentence for nothing.

    Raises:
        TextRefused: empty, or with other marks than letters and digits of ASCII.
    """
    text = unicodedata.normalize("NFKC", str(typed)[:_MOST_OF_A_CODE]).upper()
    code = "".join(mark for mark in text if not mark.isspace() and mark not in "-–—")
    if not code:
        raise TextRefused(empty)
    if not (code.isascii() and code.isalnum()):
        raise TextRefused("The code can only have letters and numbers.")
    return code


# Crockford's base 32: no I, L, O or U. Eight of them are 40 bits.
SHORT_CODE_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHORT_CODE_LENGTH: Final = 8

_LOOK_ALIKES: Final = str.maketrans("OIL", "011")


def clean_short_code(typed: Any) -> str:
    """Give a short code as it was made: case, spaces, dashes, full width and look-alikes aside.

    Raises:
        TextRefused: empty, of another length, or with other marks than letters and digits.
    """
    code = _code_as_typed(typed, "Type the code shown on the other screen.")
    if len(code) != SHORT_CODE_LENGTH:
        raise TextRefused(f"This code has {SHORT_CODE_LENGTH} characters; you typed {len(code)}.")
    return code.translate(_LOOK_ALIKES)


def short_code_said(code: str) -> str:
    """Give a short code as a screen shows it: XXXX-XXXX."""
    return f"{code[:4]}-{code[4:]}"


class Stage(StrEnum):
    """Where a workshop is. Derived from its rounds and its closing, so it survives any restart."""

    WELCOME = "welcome"
    SCORING = "scoring"
    REVEALED = "revealed"
    CLOSED = "closed"


class HowUndone(StrEnum):
    """How what the facilitator did last is undone."""

    ADDED = "what it added goes"
    OPENED = "the rounds end unseen"
    REVEALED = "scoring goes on"
    CHANGED = "what was there before comes back"
    TEAM = "the team goes"
    NEVER = "not at all"


class Workshop(Word):
    """One event. `instrument` is the wording it is scored against; `invented` marks a sample.

    `guard` is the fewest scores with which a group of it is shown alone: chosen with the room, said
    where people join and score, and fixed by the first vote. `terms` is what the words of the
    statements mean in it. `beside` is what it asks besides: of that a pack holds what was shown.
    """

    id: str
    code: str
    place: Place
    held_on: date
    holder: Holder
    guard: Annotated[int, Field(ge=OPEN)]
    instrument: Instrument
    teams: tuple[Team, ...]
    invented: bool = False
    terms: Terms = Terms()
    beside: Annotated[tuple[Instrument, ...], Field(exclude=True)] = ()

    def asking(self, asked: str) -> Instrument | None:
        """Give the instrument of it that asks this: the framework, or one beside it; else None."""
        if self.instrument.domain(asked):
            return self.instrument
        return next((held for held in self.beside if asked in held.keys), None)

    def names_of(self, asked: Iterable[str]) -> dict[str, str]:
        """Name every domain, and of what is asked beside them the instrument that asks it."""
        names = self.instrument.names
        for key in filter(is_beside, asked):
            held = self.asking(key)
            names[key] = held.name if held else key
        return names

    @property
    def partners(self) -> tuple[Partner, ...]:
        """Its partners, in their order."""
        return tuple({team.partner.id: team.partner for team in self.teams}.values())

    def team(self, team_id: str) -> Team | None:
        """Give the team with this id, or None."""
        return next((team for team in self.teams if team.id == team_id), None)


MOST_TABLES: Final = 12
"""Places that one gathering holds: more than a screen of cards is read by nobody."""


class Gathering(Word):
    """One sitting of several places' workshops on one day, each at a table, with one join code."""

    id: str
    code: str
    called: Annotated[str, a_name("the masterclass")]
    held_on: date


class TakenBack(Word):
    """What ended a round unseen: the facilitator, or, `too_few`, the guard.

    `opened` counts the rounds that the workshop had opened by then: while it is still as many,
    nothing was opened since.
    """

    opened: int
    too_few: bool


class Round(Word):
    """One sealed vote on one domain, numbered from 1: opened, revealed or taken back, for good.

    `resumes` is the number of the round whose answers it started from, None where from none: the
    two are one look. `left_out` are the ids of the seats that were set aside when it ended.
    """

    domain: str
    number: int
    revealed: bool
    taken_back: TakenBack | None = None
    resumes: int | None = None
    left_out: frozenset[str] = frozenset()


ON_PAPER: Final = "paper-"
"""Begins the id of a seat on no device: the facilitator typed its scores from a sheet of paper."""


class Seat(Word):
    """One voting device in one team, or a sheet of paper. It has no name, address or account.

    `apart` marks one that sat in a sitting apart and came with the wave's reveal: on no device.
    """

    id: str
    team_id: str
    apart: bool = False


class SeenWith(Word):
    """Where a sitting's scores are seen: in the workshop of its wave's day, with all the others.

    `here` says whether that workshop is in this file.
    """

    code: str
    dated: date
    here: bool


class Apart(Word):
    """A sitting of a wave before its day, as the day's facilitator sees it; never a score.

    `code` is "" until its sealed file has come from the other laptop. `scored` counts the seats
    that wait sealed, `seen` says that its answers came in with a reveal.
    """

    called: str
    code: str
    held_on: date | None
    scored: int
    seen: bool


class Cast(Word):
    """The current score of one seat in one round."""

    domain: str
    round: int
    seat_id: str
    team_id: str
    score: Score


class TeamProgress(Word):
    """How far a team is: `finished` of its `seats` have answered every open domain.

    `answers` counts single answers, out of `asked`: one a seat and open domain.
    """

    team: Team
    seats: int
    finished: int
    answers: int
    asked: int


class Missing(Word):
    """Who is in a room and who is not: by sector, by partner, and in the room's own words.

    `here` are sectors of which somebody sits there, `sent_nobody` the partners that were asked and
    of which nobody does, `not_asked` the sectors that no partner is of. `named` is whom the room
    says is missing, "" for nobody.
    """

    here: tuple[Sector, ...]
    sent_nobody: tuple[Partner, ...]
    not_asked: tuple[Sector, ...]
    named: str

    @property
    def without_users(self) -> bool:
        """Whether somebody sits there, and nobody of users and carers."""
        return bool(self.here) and Sector.USERS_AND_CARERS not in self.here


class Ballot(Word):
    """What one seat has to answer now: domains, and what is asked `beside` them.

    `rounds` holds the number of the open round, `answers` the seat's own saved scores, and `taps`
    how often it has given one in that round, all by domain key. `resumed` are the domains whose
    round started from revealed answers, `again` those that are looked at again; `first` is what
    the seat gave in their first look.

    `reasons` are its own, `guesses` its own points for the partner `guessed`, on the domains in
    `guessing`; None and empty where no open round asks for guesses. `reworded` and `guess_taps`
    are how often each was given. All by domain key.
    """

    team: Team
    domains: tuple[Domain, ...]
    beside: tuple[Instrument, ...] = ()
    rounds: dict[str, int]
    answers: dict[str, Score]
    taps: dict[str, int]
    resumed: frozenset[str]
    again: frozenset[str]
    first: dict[str, Score]
    reasons: dict[str, Wording]
    reworded: dict[str, int]
    guesses: dict[str, int]
    guess_taps: dict[str, int]
    guessed: Partner | None
    guessing: frozenset[str]
