"""What may be told of one domain: which scores apart, which together, or none at all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from aqua_core.rules.groups import POOL, groups_of
from aqua_core.rules.guard.alike import differ, gives_away
from aqua_core.rules.guard.pooling import Portion, counted_in, portions_of
from aqua_core.vocabulary import Cast, Compare, Group, Score, Team, Workshop


class Telling(Enum):
    """How far the scores of one domain are told apart."""

    APART = "groups apart, small ones as one pool"
    TOGETHER = "the whole room as one pool"
    TOO_ALIKE = "not at all: a small group would be given away"
    TOO_FEW = "not at all: fewer scores than the guard"


@dataclass(frozen=True)
class Told:
    """What may be told of one domain.

    `counted[compare][team id]` is the group in which a team's blanks are counted: its own or the
    pool. `scored` is how many gave points, by team, teams where nobody did being left out, and
    `answered` how many gave an answer.
    """

    telling: Telling
    counted: Mapping[Compare, Mapping[str, Group]]
    scored: Mapping[str, int]
    answered: Mapping[str, int]

    @property
    def withheld(self) -> bool:
        """Whether no score of this domain is told."""
        return self.telling in (Telling.TOO_ALIKE, Telling.TOO_FEW)

    def groups(self, compare: Compare) -> Mapping[str, Group]:
        """Give the group in which each team's scores are told: its own, or the pool."""
        own = self.counted[compare]
        return own if self.telling is Telling.APART else dict.fromkeys(own, POOL)

    @property
    def portions(self) -> tuple[Portion, ...]:
        """Give the teams whose scores are told together; what else is shown adds these up."""
        if self.telling is not Telling.APART:
            return (Portion(self.scored),)
        return portions_of(self.counted, self.scored)

    @property
    def answers(self) -> tuple[Portion, ...]:
        """Give the same with teams in which nobody gave points: their blanks are told together."""
        if self.telling is not Telling.APART:
            return (Portion(self.answered),)
        return portions_of(self.counted, self.answered)


def told_on(workshop: Workshop, casts: Sequence[Cast], domain: str) -> Told:
    """Decide what may be told of one domain.

    Small groups stand in one pool (see `counted_in`). Where several teams are told together and all
    gave the same points, each of them would be known; then the whole room is told as one pool. But
    whoever knows this rule learns by it that somebody was all alike: if that, with the scores of
    the whole room, still leaves only one value for some group or seat, nothing is told. Each step
    is decided by what the step before shows, so that the decision says no more than is allowed for
    (simulatable auditing: Kenthapadi, Mishra and Nissim 2005).

    Args:
        workshop: its teams and guard.
        casts: of one round a domain, at most one a seat and domain.
        domain: its key.
    """
    scores: dict[str, list[Score]] = defaultdict(list)
    for cast in casts:
        if cast.domain == domain:
            scores[cast.team_id].append(cast.score)
    return told_of(workshop.teams, scores, workshop.guard)


def told_of(teams: Sequence[Team], scores: Mapping[str, Sequence[Score]], guard: int) -> Told:
    """Decide the same from the scores of each team, blanks included, by its id."""
    given = sorted((team, tuple(sorted(each, key=str))) for team, each in scores.items())
    return _told(tuple(teams), tuple(given), guard)


# Asked of one reveal by every view and each comparison: 0.3 ms each, for nothing new.
@lru_cache(maxsize=512)
def _told(
    teams: tuple[Team, ...], scores: tuple[tuple[str, tuple[Score, ...]], ...], guard: int
) -> Told:
    answered = {team: len(given) for team, given in scores}
    points = {
        team: numbers
        for team, given in scores
        if (numbers := [each for each in given if isinstance(each, int)])
    }
    scored = {team: len(given) for team, given in points.items()}
    counted = counted_in(teams, answered, scored, guard)
    if not scored or sum(scored.values()) < guard:
        return Told(Telling.TOO_FEW, counted, scored, answered)
    # A team that could not say counts: told beside it, one that is all alike would say that it did.
    several = [each for each in portions_of(counted, answered) if len(each) > 1]
    mixed = [scoring for each in several if (scoring := each & scored.keys())]
    if all(differ(points, each) for each in mixed):
        return Told(Telling.APART, counted, scored, answered)
    alike = gives_away(teams, points, mixed)
    return Told(Telling.TOO_ALIKE if alike else Telling.TOGETHER, counted, scored, answered)


def pooled_partners(workshop: Workshop, told: Told) -> frozenset[str]:
    """Give the ids of the partners that answered and are told in the pool only."""
    partners = groups_of(workshop.teams, Compare.PARTNER)
    groups = told.groups(Compare.PARTNER)
    return frozenset(partners[team].id for team in told.answered if groups[team] is POOL)
