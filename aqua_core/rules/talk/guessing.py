"""Guess the other side: whom a team guesses, and where a guess lies furthest from the scores."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from aqua_core.rules.gaps import gaps_of
from aqua_core.vocabulary import (
    Cast,
    Compare,
    Gap,
    Misreading,
    OwnGuess,
    Partner,
    Score,
    Team,
    Workshop,
)

WORTH_ASKING = 1.0
"""Points between a guess and the score from which a misreading raises a question, as for a gap."""


class Guessed(NamedTuple):
    """One seat's guess: what the partner `whom` scores on a domain, by a seat of `team_id`."""

    domain: str
    team_id: str
    whom: str
    points: int


def partner_to_guess(workshop: Workshop, team: Team) -> Partner | None:
    """Give the partner that a team guesses: the next in the workshop's order, the last the first.

    So each partner is guessed by exactly one other. None where there is no other partner.
    """
    partners = workshop.partners
    place = [each.id for each in partners].index(team.partner.id)
    following = partners[(place + 1) % len(partners)]
    return None if following.id == team.partner.id else following


def misreadings_of(
    workshop: Workshop, casts: Sequence[Cast], guesses: Sequence[Guessed], domains: Sequence[str]
) -> tuple[Misreading, ...]:
    """Compare what partners guessed with what was scored, furthest first.

    Ties are by the order of domains, then of partners.

    Args:
        workshop: its teams and guard.
        casts: the scores that are shown, at most one a seat and domain.
        guesses: at most one a seat and domain, of rounds that are shown.
        domains: keys of the domains that are shown, in the instrument's order.

    Returns:
        One for each domain and pair where the guessed partner's mean may be shown and as many
        seats guessed as the guard asks for; empty where nobody guessed. A guess that a seat
        gave in another team, of a partner that its own team is not asked about, counts for none.
    """
    teams = {team.id: team for team in workshop.teams}
    found = [
        misread
        for gap in gaps_of(workshop, casts, tuple(domains), Compare.PARTNER)
        for misread in _on(workshop, gap, guesses, teams)
    ]
    return tuple(sorted(found, key=lambda each: -each.width))


def own_guesses_of(
    workshop: Workshop,
    scores: Mapping[str, Score],
    guesses: Sequence[Guessed],
    gaps: Sequence[Gap],
) -> tuple[OwnGuess, ...]:
    """Put one seat's guesses beside its own scores and what the partner scored.

    Args:
        workshop: its teams and instrument.
        scores: the seat's own scores that are shown, by domain key.
        guesses: its own, of rounds that are shown; at most one a domain.
        gaps: between partners, as they are shown.

    Returns:
        One a guessed domain, in the instrument's order.
    """
    means = {(gap.domain.key, side.group.id): side.mean for gap in gaps for side in gap.standings}
    given = {each.domain: (each, _asked(workshop, each.team_id)) for each in guesses}
    return tuple(
        OwnGuess(
            domain=domain,
            whom=whom,
            mine=scores.get(domain.key),
            guessed=guess.points,
            scored=means.get((domain.key, whom.id)),
        )
        for domain in workshop.instrument.domains
        if domain.key in given
        for guess, whom in [given[domain.key]]
        if whom and whom.id == guess.whom
    )


def worth_asking(misreadings: Sequence[Misreading]) -> Misreading | None:
    """Give the largest misreading where it is a point or more, else None."""
    return next((each for each in misreadings if each.width >= WORTH_ASKING), None)


def _on(
    workshop: Workshop, gap: Gap, guesses: Sequence[Guessed], teams: Mapping[str, Team]
) -> list[Misreading]:
    means = {each.group.id: each.mean for each in gap.standings}
    partners = {team.partner.id: team.partner for team in teams.values()}
    given: dict[tuple[str, str], list[int]] = {}
    for each in guesses:
        if each.domain != gap.domain.key:
            continue
        whom = _asked(workshop, each.team_id)
        if whom and whom.id == each.whom:
            who = teams[each.team_id].partner.id
            given.setdefault((who, each.whom), []).append(each.points)
    # Not in the order of guesses: seats have random ids, and others where a pack is opened.
    order = list(partners)
    return [
        Misreading(
            domain=gap.domain.key,
            who=partners[who],
            whom=partners[whom],
            own=means.get(who),
            guessed=sum(points) / len(points),
            scored=means[whom],
            guesses=len(points),
        )
        for (who, whom), points in sorted(given.items(), key=lambda pair: order.index(pair[0][0]))
        if whom in means and len(points) >= workshop.guard
    ]


def _asked(workshop: Workshop, team_id: str) -> Partner | None:
    team = workshop.team(team_id)
    return partner_to_guess(workshop, team) if team else None
