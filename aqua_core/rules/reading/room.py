"""A whole room in words: every domain, at most three topics, and what a quiet room rests on."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from aqua_core.rules.guard.telling import told_on
from aqua_core.rules.lines.along import gaps_along
from aqua_core.rules.lines.arrangements import seed_of
from aqua_core.rules.lines.ballots import Ballots, ballots_of, side_of
from aqua_core.rules.lines.deal import dealt
from aqua_core.rules.lines.showing import compared_along
from aqua_core.rules.reading.candidates import Found, Scene, candidates_on, is_hidden
from aqua_core.rules.reading.domains import domain_reading, unsaid, untold
from aqua_core.rules.reading.movement import movement_told
from aqua_core.rules.reading.ranking import topics_of
from aqua_core.rules.reading.tells import quiet_of, tells_of
from aqua_core.vocabulary import Cast, Compare, Workshop
from aqua_core.vocabulary.reading import DomainReading, LeftOut
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
    guard = workshop.guard
    shown = [each for each in scene.ballots.domains if not scene.told[each].withheld]
    found = {each: candidates_on(scene, each) for each in shown}
    topics, beside = topics_of(scene.lines, list(found.values()), set_aside)
    divides = topics or any(each.why is LeftOut.SET_ASIDE for each in beside)
    apart = {each.domain for each in topics} | {
        also.domain for each in topics for also in each.others
    }
    domains = tuple(_domain(scene, each, found, guard) for each in scene.ballots.domains)
    movements = _movements(workshop, casts, shown)
    # As they were given: a tell is of whole ballots, names no group and is never projected.
    given = ballots_of(workshop, [cast for cast in newest if cast.domain in found])
    tells = tells_of(given, movements, guard)
    return RoomReading(
        topics=tuple(topics),
        looked_at=tuple(beside) + unsaid(domains, apart | {each.domain for each in beside}),
        domains=domains,
        movements=movements,
        quiet=None if divides else quiet_of(domains, scene_of(workshop, _first(casts)), tells),
        tells=tells,
        lines_hidden=any(is_hidden(scene, each) for each in scene.ballots.domains),
    )


def scene_of(workshop: Workshop, casts: Sequence[Cast]) -> Scene:
    """Measure every line of a room over these casts, at most one a seat and domain."""
    told = {domain: told_on(workshop, casts, domain) for domain in _cast_on(workshop, casts)}
    ballots = ballots_of(workshop, dealt(casts, told))
    seed = seed_of(
        workshop.id, sorted({cast.round for cast in casts}), workshop.held_on.isoformat()
    )
    measured = (
        gaps_along(compared_along(ballots, told, line), line, seed) for line in _lines(ballots)
    )
    return Scene(workshop, ballots, told, tuple(along for along in measured if along is not None))


def _domain(scene: Scene, domain: str, found: Mapping[str, Found], guard: int) -> DomainReading:
    if domain not in found:
        return untold(domain, scene.told[domain], len(scene.ballots.rows))
    topics, _ = found[domain]
    return domain_reading(scene.ballots, domain, topics, guard)


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
