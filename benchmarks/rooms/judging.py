"""Reads invented rooms, holds what they are told against what was planted, and adds up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

from aqua_core.charts.sentences.private import kind_of_quiet
from aqua_core.rules.room import read_room
from aqua_core.vocabulary import Compare
from aqua_core.vocabulary.reading import Chance, HowAgreed, LeftOut, Pattern, Topic
from aqua_core.vocabulary.shown import RoomReading
from benchmarks.rooms.planting import Case, Invented, Plant, Showing, four_apart, invented

NO_LINE = "no line runs beneath it"
_NEAR = HowAgreed.AGREED, HowAgreed.CLOSE
WITHOUT_A_LINE = {Pattern.CAMPS_THROUGH_TEAMS, Pattern.WIDE_SPREAD}


@dataclass(frozen=True)
class Judged:
    """What one room was told.

    Of the planted domain, and False where nothing was planted: `card`, it is one of the cards;
    `first`, the first; `merged`, no card but named on one; `right`, that card names what was
    planted; `agreed`, it is called agreed; `calm`, it is said that nothing divides the room, or
    this domain. Of the room: `no_line`, no line is said to run beneath; `clear`, some gap is called
    clear; `untouched`, the share of the other domains that are called agreed; `close`, of those
    that are called agreed or close.
    """

    card: bool
    first: bool
    merged: bool
    right: bool
    agreed: bool
    calm: bool
    no_line: bool
    clear: bool
    untouched: float
    close: float


def judge(case: Case) -> Judged:
    """Invent a room and judge its reading."""
    return judged(invented(case))


def judge_four_apart(seed: int) -> Judged:
    """Judge six teams on laptops that stand 4 apart on one domain, and within 1 on seven."""
    return judged(four_apart(seed))


def judged(room: Invented) -> Judged:
    """Read a room and hold what it is told against what was planted."""
    reading = read_room(room.workshop, room.casts)
    cards = [topic.domain for topic in reading.topics]
    about = [topic for topic in reading.topics if room.domain in _domains(topic)]
    words = {domain.domain: domain.how_agreed for domain in reading.domains}
    untouched = [said for domain, said in words.items() if domain != room.domain]
    return Judged(
        card=room.domain in cards,
        first=room.domain in cards[:1],
        merged=bool(about) and room.domain not in cards,
        right=any(names_it(room, topic) for topic in about),
        agreed=words.get(room.domain) is HowAgreed.AGREED,
        calm=_is_calm(reading, room.domain),
        no_line=NO_LINE in kind_of_quiet(reading.quiet),
        clear=any(topic.chance is Chance.CLEAR for topic in reading.topics),
        untouched=untouched.count(HowAgreed.AGREED) / len(untouched),
        close=sum(said in _NEAR for said in untouched) / len(untouched),
    )


def names_it(room: Invented, topic: Topic) -> bool:
    """Tell whether a topic on the planted domain names what was planted.

    A partner that stands off by its name, or by that of the only team it sent; a tier by any tier;
    camps inside the teams and plain spread as either, because twelve scores around 1 and 4 are
    often a wide spread.
    """
    match room.case.plant:
        case Plant.PARTNER:
            return topic.group is not None and topic.group.id in _names_of(room)
        case Plant.TIER:
            return topic.line is Compare.TIER
        case Plant.CAMPS | Plant.SPREAD:
            return topic.line is None and topic.pattern in WITHOUT_A_LINE
        case Plant.NOTHING:
            return False


def _names_of(room: Invented) -> set[str]:
    sent = [team.id for team in room.workshop.teams if team.partner.id == room.off]
    return {room.off, *(sent if len(sent) == 1 else [])}


def _domains(topic: Topic) -> set[str]:
    return {topic.domain, *(other.domain for other in topic.others)}


def _is_calm(reading: RoomReading, domain: str) -> bool:
    return not reading.topics or any(
        left_out.domain == domain and left_out.why is LeftOut.NOTHING_DIVIDES
        for left_out in reading.looked_at
    )


TWO_SIDED = NormalDist().inv_cdf(0.975)
COUNTED = (
    *("card", "first", "merged", "right", "agreed", "untouched", "close"),
    *("calm", "no_line", "clear"),
)


class Share(NamedTuple):
    """A share (0 to 1) of so many rooms."""

    of_rooms: float
    rooms: int

    @property
    def per_cent(self) -> float:
        """The share in per cent, as a table prints it: sentence and table never differ."""
        return round(100 * self.of_rooms, 1)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share may lie, in per cent: Wilson (1927), 95 %."""
        n, z = self.rooms, TWO_SIDED
        middle = (self.of_rooms + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(self.of_rooms * (1 - self.of_rooms) / n + z * z / (4 * n * n))
        half /= 1 + z * z / n
        return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def shares_of(judged: Sequence[Judged]) -> Mapping[str, Share]:
    """Give the share of rooms for each thing counted.

    `untouched` is a share of domains. Domains of one room hang together, so its interval is that
    of as many rooms, not of seven times as many.
    """
    rooms = len(judged)
    return {
        name: Share(sum(getattr(room, name) for room in judged) / rooms, rooms) for name in COUNTED
    }


SIZES: Final = (12, 24, 40, 60)
Cell = tuple[Plant, Showing, int]
Figures = Mapping[Cell, Mapping[str, Share]]


class Asked(NamedTuple):
    """Per cent of rooms at 12, 24, 40 and 60 seats: at least, or at most."""

    what: str
    name: str
    plants: tuple[Plant, ...]
    showings: tuple[Showing, ...]
    limits: tuple[float, float, float, float]
    at_least: bool = True

    def holds(self, share: Share, size: int) -> bool:
        """Tell whether the share, as it is printed, reaches what is asked."""
        limit = self.limits[SIZES.index(size)]
        return share.per_cent >= limit if self.at_least else share.per_cent <= limit

    def may_hold(self, share: Share, size: int) -> bool:
        """Tell whether so few rooms leave room for what is asked: the interval reaches it."""
        limit, (low, high) = self.limits[SIZES.index(size)], share.interval
        return high >= limit if self.at_least else low <= limit


_LINES = (Plant.PARTNER, Plant.TIER)
_SHOWN = (Showing.OPEN, Showing.EVEN)
_SMALL = (Showing.UNEVEN,)
_PEOPLE = tuple(kind for kind in Showing if kind is not Showing.LAPTOPS)
_CARD, _AGREED = "Planted domain among the cards", "Planted domain called agreed"
_CLEAR = "A clear gap claimed"

ASKED: Final = (
    Asked(_CARD, "card", (Plant.PARTNER,), _SHOWN, (70, 80, 90, 95)),
    Asked(_CARD, "card", (Plant.TIER,), _SHOWN, (65, 80, 90, 95)),
    Asked(_CARD, "card", _LINES, _SMALL, (70, 70, 75, 80)),
    Asked(_AGREED, "agreed", (Plant.TIER,), _SMALL, (40, 35, 30, 33), at_least=False),
    Asked("No line said to run beneath", "no_line", _LINES, tuple(Showing), (2,) * 4, False),
    Asked(_CLEAR, "clear", (Plant.NOTHING,), _PEOPLE, (5, 4, 3, 3), False),
    Asked(_CLEAR, "clear", tuple(Plant), (Showing.LAPTOPS,), (0,) * 4, False),
    Asked(
        "Untouched domains called agreed",
        "untouched",
        _LINES,
        (*_SHOWN, *_SMALL),
        (75, 80, 80, 80),
    ),
)
_WHATS: Final = tuple(dict.fromkeys(asked.what for asked in ASKED))
FIRST, NEVER_CALM = 100.0, 0.0
"""Of six laptops, one domain 4 apart and seven within 1: the first card, never a calm word."""


def asked_of(plant: Plant, showing: Showing, name: str) -> Asked | None:
    """Give what is asked of one column of a table, or None."""
    fitting = (
        bound
        for bound in ASKED
        if bound.name == name and plant in bound.plants and showing in bound.showings
    )
    return next(fitting, None)


def shortfalls(figures: Figures, four_apart: Mapping[str, Share] | None = None) -> str:
    """Say in one paragraph which figures fall short, each beside what is asked of it."""
    missed = [miss for asked in ASKED for miss in _missed(asked, figures)]
    found = [_said(what, [miss for miss in missed if miss.asked.what == what]) for what in _WHATS]
    found += _four_apart_missed(four_apart) if four_apart else []
    if not any(found):
        return "Nothing falls short: every figure reaches what is asked of it."
    return " ".join(["**What falls short.**", *filter(None, found)])


class _Missed(NamedTuple):
    asked: Asked
    row: str
    said: str


def _missed(asked: Asked, figures: Figures) -> list[_Missed]:
    return [
        _Missed(
            asked,
            f"{plant.value}, {showing.value.partition(':')[0]}",
            f"{share.per_cent:g} ({asked.limits[SIZES.index(size)]:g}) at {size}",
        )
        for (plant, showing, size), shares in figures.items()
        if plant in asked.plants
        and showing in asked.showings
        and not asked.holds(share := shares[asked.name], size)
    ]


def _said(what: str, missed: Sequence[_Missed]) -> str:
    """Give one sentence on one thing that is asked, a clause for each row; "" for none."""
    if not missed:
        return ""
    most = "at least" if missed[0].asked.at_least else "at most"
    rows = {miss.row: "" for miss in missed}
    for row in rows:
        rows[row] = ", ".join(miss.said for miss in missed if miss.row == row)
    clauses = "; ".join(f"{row}: {said}" for row, said in rows.items())
    return f"{what}, in per cent (asked: {most}) at so many seats: {clauses}."


def _four_apart_missed(four_apart: Mapping[str, Share]) -> list[str]:
    first, calm = four_apart["first"].per_cent, four_apart["calm"].per_cent
    missed = []
    if first < FIRST:
        missed.append(f"Six laptops 4 apart on one domain: first card in {first:g} % (100).")
    if calm > NEVER_CALM:
        missed.append(f'Six laptops 4 apart on one domain: "nothing divides" in {calm:g} % (0).')
    return missed
