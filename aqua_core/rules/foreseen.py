"""What a reveal will show, foreseen from counts: the guard's own decision, before any score."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import count, zip_longest
from typing import Final

from aqua_core.rules.groups import POOL, groups_of
from aqua_core.rules.guard import Told, told_of
from aqua_core.vocabulary import (
    GUARDS,
    OPEN,
    Compare,
    Foreseen,
    Partner,
    Sector,
    Sight,
    Team,
    Tier,
    TooSmall,
)

Seating = tuple[tuple[Team, ...], dict[str, int]]
"""Teams that stand for a room's own, and how many people each gets, by its id."""
_LARGE: Final = 30
"""People from whom on a partner that one person hides by staying away is one loss of many."""


def foreseen_of(teams: Sequence[Team], people: Mapping[str, int], guard: int) -> Foreseen:
    """Foresee what a reveal would show if everybody gave points on a domain.

    The decision is the guard's own (`told_of`), over points of which no two are alike: what is
    hidden because people agree cannot be foreseen, and would tell of their scores.

    Args:
        teams: of the workshop, in their order.
        people: in each team, by its id; teams without any may be left out.
        guard: the fewest scores with which a group is shown alone.
    """
    there = [team for team in teams if people.get(team.id)]
    own = count()
    points = {team.id: [next(own) for _ in range(people[team.id])] for team in there}
    told = told_of(teams, points, guard)
    small = _too_small(there, people, guard)
    return Foreseen(
        guard=guard,
        people=sum(map(len, points.values())),
        sights=tuple(
            _sight(there, told, compare).model_copy(update=_at_most(there, people, guard, compare))
            for compare in _compared(teams)
        ),
        partners=tuple(small.values()),
        teams=tuple(
            TooSmall(name=team.name, people=people[team.id], lacks=guard - people[team.id])
            for team in there
            if people[team.id] < guard and team.partner.id not in small
        ),
        ones=tuple(team.name for team in there if guard == OPEN and people[team.id] == 1),
    )


def dealt(tiers: Sequence[Collection[Tier]], people: int) -> Seating:
    """Deal people evenly to the teams of a room that is being set up.

    Who is left over goes to one team of each partner before any partner gets a second.

    Args:
        tiers: of each partner.
        people: how many will come.
    """
    partners = [
        Partner(id=str(at), name=f"Partner {at + 1}", sector=Sector.COUNCIL)
        for at in range(len(tiers))
    ]
    teams = tuple(
        Team(id=f"{partner.id} {at}", name=f"{partner.name}, {tier}", partner=partner, tier=tier)
        for partner, sent in zip(partners, tiers, strict=True)
        for at, tier in enumerate(sent)
    )
    sides = [[team.id for team in teams if team.partner == partner] for partner in partners]
    in_turn = [team for turn in zip_longest(*sides) for team in turn if team]
    each, over = divmod(people, len(teams)) if teams else (0, 0)
    return teams, {team: each + (at < over) for at, team in enumerate(in_turn)}


def suggested_guard(tiers: Sequence[Collection[Tier]], people: int) -> int:
    """Give the guard to suggest: the usual one while every partner would reach it, else open.

    In a room of fewer than 30 with one to spare: twelve directors of six partners could compare
    nothing, and of eighteen, three a partner, one who stays away would hide two partners.

    Args:
        tiers: of each partner.
        people: how many will come.
    """
    usual = GUARDS[0]
    teams, dealt_to = dealt(tiers, people)
    came: Counter[str] = Counter()
    for team in teams:
        came[team.partner.id] += dealt_to[team.id]
    fewest = min(came.values(), default=0)
    to_spare = 0 if people >= _LARGE else 1
    return usual if fewest - to_spare >= usual else OPEN


def _compared(teams: Sequence[Team]) -> list[Compare]:
    """Give the comparisons that show different things, of two groups or more."""
    partners = _parts(teams, Compare.PARTNER)
    finer = [
        compare for compare in (Compare.TIER, Compare.TEAM) if _parts(teams, compare) != partners
    ]
    return [Compare.PARTNER, *(compare for compare in finer if len(_parts(teams, compare)) > 1)]


def _parts(teams: Sequence[Team], compare: Compare) -> set[frozenset[str]]:
    parts: dict[str, set[str]] = {}
    for team, group in groups_of(teams, compare).items():
        parts.setdefault(group.id, set()).add(team)
    return set(map(frozenset, parts.values()))


def _sight(there: Sequence[Team], told: Told, compare: Compare) -> Sight:
    groups = {} if told.withheld else told.groups(compare)
    shown = [team for team in there if groups.get(team.id, POOL) is not POOL]
    left = [team for team in there if team not in shown]
    alone = _names(shown, there, compare)
    partners = dict.fromkeys(team.partner.name for team in left)
    return Sight(
        compare=compare,
        alone=alone,
        together=tuple(name for name in _names(left, there, compare) if name not in alone),
        without=tuple(partners) if alone and compare is not Compare.PARTNER else (),
    )


def _at_most(
    there: Sequence[Team], people: Mapping[str, int], guard: int, compare: Compare
) -> dict[str, tuple[str, ...]]:
    """Give what could be shown alone at most, and the partners of which nothing could.

    Who could not say on a domain makes a partner there smaller than it is, and another one that is
    pooled with it here may then stand alone: so it counts too.
    """
    came = Counter[str]()
    for team in there:
        came[team.partner.id] += people[team.id]
    small = {partner for partner, has in came.items() if has < guard}
    # What is pooled must reach the guard, so the only large partner stands with all small ones.
    if len(came) - len(small) == 1 and 0 < sum(came[partner] for partner in small) < guard:
        small = set(came)
    if compare is not Compare.PARTNER:
        small |= {team.partner.id for team in there if people[team.id] < guard}
    never = dict.fromkeys(team.partner.name for team in there if team.partner.id in small)
    could = [team for team in there if team.partner.id not in small]
    return {"most": _names(could, there, compare), "never": tuple(never)}


def _names(some: Sequence[Team], there: Sequence[Team], compare: Compare) -> tuple[str, ...]:
    own = groups_of(there, compare)
    groups = sorted({own[team.id] for team in some}, key=lambda group: group.slot)
    return tuple(group.name for group in groups)


def _too_small(there: Sequence[Team], people: Mapping[str, int], guard: int) -> dict[str, TooSmall]:
    """Give the partners below the guard, by their id."""
    came: Counter[Partner] = Counter()
    for team in there:
        came[team.partner] += people[team.id]
    return {
        partner.id: TooSmall(name=partner.name, people=has, lacks=guard - has)
        for partner, has in came.items()
        if has < guard
    }
