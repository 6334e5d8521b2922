"""Reads an invented room and holds what it is told against what was planted."""

from dataclasses import dataclass

from aqua_core.charts.sentences.private import kind_of_quiet
from aqua_core.rules.reading.room import read_room
from aqua_core.vocabulary import Compare
from aqua_core.vocabulary.reading import Chance, HowAgreed, LeftOut, Pattern, Topic
from aqua_core.vocabulary.second_look import RoomReading
from benchmarks.rooms.planting import Case, Invented, Plant, four_apart, invented

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
    words = {each.domain: each.how_agreed for each in reading.domains}
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
        each.domain == domain and each.why is LeftOut.NOTHING_DIVIDES for each in reading.looked_at
    )
