"""What a room's scores say: domain by domain, and as one reading."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from aqua_core.rules.agreement import how_high, middle_of, spread, thirds_of, two_camps
from aqua_core.rules.ballots import Ballots, ballots_of, dealt, side_of
from aqua_core.rules.candidates import Scene, is_hidden, is_strictness, topics_of
from aqua_core.rules.closeness import agreed_on, found_on, is_calm, stands_off, worth_of
from aqua_core.rules.guard import Telling, Told, told_on
from aqua_core.rules.lines import compared_along, gaps_along, seed_of
from aqua_core.rules.movement import movement_told
from aqua_core.rules.tells import MANY_BLANKS, quiet_of, tells_of
from aqua_core.rules.whole import blanks_of, could_not_say, left_out
from aqua_core.vocabulary import Cast, Compare, Holder, Workshop
from aqua_core.vocabulary.reading import (
    DomainReading,
    HowAgreed,
    HowHigh,
    LeftOut,
    LookedAt,
    Pattern,
    Topic,
)
from aqua_core.vocabulary.shown import Movement, RoomReading, Tells

_AGREED = {
    HowHigh.LOW: Pattern.AGREED_LOW,
    HowHigh.MIDDLING: Pattern.AGREED_MIDDLING,
    HowHigh.HIGH: Pattern.AGREED_HIGH,
}
_WHY = {
    Pattern.TOO_MIXED: LeftOut.TOO_MIXED,
    Pattern.TOO_FEW: LeftOut.TOO_FEW,
    Pattern.TOO_ALIKE: LeftOut.TOO_ALIKE,
    Pattern.MANY_CANNOT_SAY: LeftOut.TOO_FEW,
}


class Answers(NamedTuple):
    """What a domain was answered: the points given, and how many answered otherwise, or not."""

    points: list[int]
    cannot_say: int
    unanswered: int


def _answers_on(casts: Sequence[Cast], domain: str) -> Answers:
    """Count the answers on one domain; seats that answered another domain and not this are counted.

    Args:
        casts: of one round a domain, at most one a seat and domain.
        domain: its key.
    """
    scores = [cast.score for cast in casts if cast.domain == domain]
    points = [score for score in scores if isinstance(score, int)]
    return Answers(points, could_not_say(casts, domain), left_out(casts, domain))


def _domain_reading(
    domain: str, answers: Answers, agreed: HowAgreed, pattern: Pattern | None
) -> DomainReading:
    """Put one domain into words: how high its middle score lies and, apart from that, how agreed.

    Args:
        domain: its key.
        answers: with points of as many seats as the guard asks for, at least one.
        agreed: how close the room is on it.
        pattern: of what divides the room here; None where nothing does.

    Returns:
        Figures over all seats.
    """
    points = answers.points
    thirds, level = thirds_of(points), middle_of(points)
    many = _many(answers.cannot_say, len(points))
    calm = Pattern.MANY_CANNOT_SAY if many else _calm(agreed, level)
    return DomainReading(
        domain=domain,
        pattern=pattern or calm,
        how_agreed=agreed,
        how_high=how_high(level),
        level=float(level),
        spread=float(spread(points)),
        thirds=thirds,
        two_camps=two_camps(thirds),
        scored=len(points),
        cannot_say=answers.cannot_say,
        unanswered=answers.unanswered,
    )


def untold(domain: str, answers: Answers, told: Told) -> DomainReading:
    """Put a domain whose scores are withheld into words: how many scored it, and no figure."""
    scored = len(answers.points)
    few = Pattern.TOO_ALIKE if told.telling is Telling.TOO_ALIKE else Pattern.TOO_FEW
    return DomainReading(
        domain=domain,
        pattern=Pattern.MANY_CANNOT_SAY if _many(answers.cannot_say, scored) else few,
        how_agreed=HowAgreed.UNCLEAR,
        how_high=None,
        level=None,
        spread=None,
        thirds=None,
        two_camps=False,
        scored=scored,
        cannot_say=answers.cannot_say,
        unanswered=answers.unanswered,
    )


def unsaid(domains: Sequence[DomainReading], said: Collection[str]) -> tuple[LookedAt, ...]:
    """Give the domains that no topic and no gap speaks of, each with its plain reason."""
    return tuple(
        LookedAt(
            pattern=domain.pattern,
            domain=domain.domain,
            points=domain.spread,
            why=_WHY.get(domain.pattern, LeftOut.NOTHING_DIVIDES),
        )
        for domain in domains
        if domain.domain not in said
    )


def _calm(agreed: HowAgreed, level: Fraction) -> Pattern:
    close = agreed in (HowAgreed.AGREED, HowAgreed.CLOSE)
    return _AGREED[how_high(level)] if close else Pattern.TOO_MIXED


def _many(cannot_say: int, scored: int) -> bool:
    return cannot_say >= MANY_BLANKS * (cannot_say + scored)


def read_room(
    workshop: Workshop, casts: Sequence[Cast], set_aside: Collection[str] = ()
) -> RoomReading:
    """Read a room: what its scores show, in words and counts.

    The same casts in any order give the same reading, to the last digit, in any process.

    Args:
        workshop: its teams, instrument and guard.
        casts: revealed scores of every round, at most one a seat, domain and round. Of each domain
            the newest round is read; the first is what it moved from.
        set_aside: keys of the domains whose question the facilitator left out.

    Returns:
        A reading in which no group below the guard has a figure; empty when nobody scored.
    """
    newest = _newest(casts)
    scene = scene_of(workshop, newest)
    shown = [domain for domain in scene.ballots.domains if not scene.told[domain].withheld]
    found = found_on(scene, shown)
    domains = tuple(_domain(scene, newest, domain, found) for domain in scene.ballots.domains)
    close = {domain.domain for domain in domains if is_calm(scene, domain.how_agreed)}
    calm = bool(domains) and len(close) == len(domains)
    hidden = any(is_hidden(scene, domain) for domain in scene.ballots.domains)
    # Where groups are hidden nobody knows that nothing divides them: the widest are asked about.
    asked = {} if calm and not hidden else found
    topics, beside = topics_of(list(asked.values()), _worth(scene, asked), close, set_aside)
    movements = _movements(workshop, casts, shown)
    tells = _tells(scene, newest, found, movements)
    return RoomReading(
        topics=tuple(_remarked(scene, topic, close) for topic in topics),
        looked_at=tuple(beside) + unsaid(domains, _told(topics, beside)),
        domains=domains,
        movements=movements,
        quiet=quiet_of(_as_first_scored(scene, casts), tells) if calm else None,
        tells=tells,
        lines_hidden=hidden,
    )


def _tells(
    scene: Scene, casts: Sequence[Cast], found: Collection[str], movements: Sequence[Movement]
) -> Tells:
    # As they were given: dealt anew, no ballot is whole.
    given = ballots_of(scene.workshop, [cast for cast in casts if cast.domain in found])
    lines = (Compare.PARTNER, Compare.TIER)
    blanks = [blanks_of(scene.workshop, casts, given.domains, line) for line in lines]
    return tells_of(given, movements, scene.told, blanks, scene.workshop.guard)


def scene_of(workshop: Workshop, casts: Sequence[Cast]) -> Scene:
    """Measure every line of a room over these casts, at most one a seat and domain."""
    told = {domain: told_on(workshop, casts, domain) for domain in _cast_on(workshop, casts)}
    ballots = ballots_of(workshop, dealt(casts, told))
    seed = seed_of(
        workshop.id, sorted({cast.round for cast in casts}), workshop.held_on.isoformat()
    )
    lines = () if workshop.holder is Holder.LAPTOP else _lines(ballots)
    measured = (gaps_along(compared_along(ballots, told, line), line, seed) for line in lines)
    return Scene(workshop, ballots, told, tuple(along for along in measured if along is not None))


def _domain(
    scene: Scene, casts: Sequence[Cast], domain: str, found: Mapping[str, Sequence[Topic]]
) -> DomainReading:
    answers = _answers_on(casts, domain)
    if domain not in found:
        return untold(domain, answers, scene.told[domain])
    agreed = agreed_on(scene, domain, found[domain])
    divides = next((topic.pattern for topic in found[domain] if agreed is HowAgreed.APART), None)
    reading = _domain_reading(domain, answers, agreed, divides)
    off = stands_off(scene, domain) if agreed is HowAgreed.CLOSE else None
    return reading.model_copy(update={"off": off})


def _remarked(scene: Scene, topic: Topic, close: Collection[str]) -> Topic:
    compared = [along.ballots for along in scene.lines if along.line is topic.line]
    strict = any(is_strictness(ballots, topic) for ballots in compared)
    return topic.model_copy(update={"strictness": strict, "close": topic.domain in close})


def _as_first_scored(scene: Scene, casts: Sequence[Cast]) -> Scene:
    """Measure the room as the first round left it; a room scored once is measured already."""
    first = _first(casts)
    return scene if len(first) == len(casts) else scene_of(scene.workshop, first)


def _worth(scene: Scene, found: Mapping[str, Sequence[Topic]]) -> dict[str, float]:
    return {domain: worth_of(scene, domain, topics) for domain, topics in found.items() if topics}


def _told(topics: Sequence[Topic], beside: Sequence[LookedAt]) -> set[str]:
    """Give the domains that a topic, or what was looked at, speaks of."""
    merged = {other.domain for topic in topics for other in topic.others}
    return merged | {topic.domain for topic in topics} | {other.domain for other in beside}


def _movements(
    workshop: Workshop, casts: Sequence[Cast], shown: Sequence[str]
) -> tuple[Movement, ...]:
    found = (movement_told(workshop, casts, domain) for domain in shown)
    return tuple(moved for moved in found if moved is not None)


def _cast_on(workshop: Workshop, casts: Sequence[Cast]) -> list[str]:
    keys = {cast.domain for cast in casts}
    return [domain.key for domain in workshop.instrument.domains if domain.key in keys]


def _lines(ballots: Ballots) -> Iterable[Compare]:
    """Leave teams out where they are the partners, or the tiers, under another name."""
    teams = {team.id: team for team in ballots.teams}.values()
    wider = (
        len({side_of(team, line) for team in teams}) for line in (Compare.PARTNER, Compare.TIER)
    )
    return [line for line in Compare if line is not Compare.TEAM or len(teams) not in wider]


def _newest(casts: Sequence[Cast]) -> list[Cast]:
    last = {cast.domain: cast.round for cast in sorted(casts, key=lambda cast: cast.round)}
    return [cast for cast in casts if cast.round == last[cast.domain]]


def _first(casts: Sequence[Cast]) -> list[Cast]:
    first = {cast.domain: cast.round for cast in sorted(casts, key=lambda cast: -cast.round)}
    return [cast for cast in casts if cast.round == first[cast.domain]]
