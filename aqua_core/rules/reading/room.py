"""A whole room in words: every domain, at most three topics, and what a quiet room rests on."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from aqua_core.rules.guard.telling import told_on
from aqua_core.rules.lines.along import gaps_along
from aqua_core.rules.lines.arrangements import seed_of
from aqua_core.rules.lines.ballots import Ballots, ballots_of, side_of
from aqua_core.rules.lines.deal import dealt
from aqua_core.rules.lines.showing import compared_along
from aqua_core.rules.reading.candidates import Scene, is_hidden
from aqua_core.rules.reading.closeness import agreed_on, found_on, is_calm, stands_off, worth_of
from aqua_core.rules.reading.domains import answers_on, domain_reading, unsaid, untold
from aqua_core.rules.reading.movement import movement_told
from aqua_core.rules.reading.ranking import is_strictness, topics_of
from aqua_core.rules.reading.tells import quiet_of, tells_of
from aqua_core.rules.whole.blanks import blanks_of
from aqua_core.vocabulary import Cast, Compare, Holder, Workshop
from aqua_core.vocabulary.reading import DomainReading, HowAgreed, LookedAt, Topic
from aqua_core.vocabulary.second_look import Movement, RoomReading


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
    shown = [each for each in scene.ballots.domains if not scene.told[each].withheld]
    found = found_on(scene, shown)
    domains = tuple(_domain(scene, newest, each, found) for each in scene.ballots.domains)
    close = {each.domain for each in domains if is_calm(scene, each.how_agreed)}
    calm = bool(domains) and len(close) == len(domains)
    hidden = any(is_hidden(scene, each) for each in scene.ballots.domains)
    # Where groups are hidden nobody knows that nothing divides them: the widest are asked about.
    asked = {} if calm and not hidden else found
    topics, beside = topics_of(list(asked.values()), _worth(scene, asked), close, set_aside)
    movements = _movements(workshop, casts, shown)
    # As they were given: dealt anew, no ballot is whole.
    given = ballots_of(workshop, [cast for cast in newest if cast.domain in found])
    lines = (Compare.PARTNER, Compare.TIER)
    blanks = [blanks_of(workshop, newest, given.domains, line) for line in lines]
    tells = tells_of(given, movements, scene.told, blanks, workshop.guard)
    return RoomReading(
        topics=tuple(_remarked(scene, each, close) for each in topics),
        looked_at=tuple(beside) + unsaid(domains, _told(topics, beside)),
        domains=domains,
        movements=movements,
        quiet=quiet_of(_as_first_scored(scene, casts), tells) if calm else None,
        tells=tells,
        lines_hidden=hidden,
    )


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
    answers = answers_on(casts, domain)
    if domain not in found:
        return untold(domain, answers, scene.told[domain])
    agreed = agreed_on(scene, domain, found[domain])
    divides = next((each.pattern for each in found[domain] if agreed is HowAgreed.APART), None)
    reading = domain_reading(domain, answers, agreed, divides)
    off = stands_off(scene, domain) if agreed is HowAgreed.CLOSE else None
    return reading.model_copy(update={"off": off})


def _remarked(scene: Scene, topic: Topic, close: Collection[str]) -> Topic:
    compared = [along.ballots for along in scene.lines if along.line is topic.line]
    strict = any(is_strictness(each, topic) for each in compared)
    return topic.model_copy(update={"strictness": strict, "close": topic.domain in close})


def _as_first_scored(scene: Scene, casts: Sequence[Cast]) -> Scene:
    """Measure the room as the first round left it; a room scored once is measured already."""
    first = _first(casts)
    return scene if len(first) == len(casts) else scene_of(scene.workshop, first)


def _worth(scene: Scene, found: Mapping[str, Sequence[Topic]]) -> dict[str, float]:
    return {domain: worth_of(scene, domain, each) for domain, each in found.items() if each}


def _told(topics: Sequence[Topic], beside: Sequence[LookedAt]) -> set[str]:
    """Give the domains that a topic, or what was looked at, speaks of."""
    merged = {other.domain for topic in topics for other in topic.others}
    return merged | {topic.domain for topic in topics} | {each.domain for each in beside}


def _movements(
    workshop: Workshop, casts: Sequence[Cast], shown: Sequence[str]
) -> tuple[Movement, ...]:
    found = (movement_told(workshop, casts, each) for each in shown)
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
