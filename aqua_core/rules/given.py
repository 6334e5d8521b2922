"""What a place gives of a wave: made of what its room was shown, and of the kinds of its tests."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from aqua_core.rules.groups import POOL
from aqua_core.rules.open_tests import Planned, stands_at
from aqua_core.rules.plan import newest_cycle
from aqua_core.vocabulary import OPEN, Compare, Group, Kind, Spread, Workshop
from aqua_core.vocabulary.card import WaveCard
from aqua_core.vocabulary.given import (
    Counted,
    GivenScores,
    GivenTest,
    GivenWave,
    HowItStands,
    Side,
    TriedOver,
)
from aqua_core.vocabulary.place import Tier
from aqua_core.vocabulary.shown import Shown

_SIDES: Final = {Compare.PARTNER: Side.PARTNER, Compare.TIER: Side.TIER}
"""Teams are left out: whoever compares places asks nothing of them."""


def given_of(
    card: WaveCard, workshop: Workshop, shown: Shown, plans: Sequence[Planned], own: Collection[str]
) -> GivenWave:
    """Make what is given of a wave.

    Args:
        card: of the wave.
        workshop: the one that shows it.
        shown: what its room was shown.
        plans: of every workshop of the place, the first one first.
        own: the codes of the workshops behind the wave, whose tests are given.
    """
    kinds = {
        domain.key: domain.kind
        for of_a_plan in (*(plan.workshop for plan in plans), workshop)
        for domain in of_a_plan.instrument.domains
    }
    scores = () if workshop.guard == OPEN else tuple(_scores(workshop, shown))
    tests = tuple(_tests(plans, own, kinds))
    spoken_of = {held.key for held in card.domains} | {held.domain for held in scores}
    spoken_of |= {test.domain for test in tests if test.domain}
    return GivenWave(
        card=card,
        kinds={key: kind for key, kind in kinds.items() if key in spoken_of},
        scores=scores,
        tests=tests,
    )


def _scores(workshop: Workshop, shown: Shown) -> Iterator[GivenScores]:
    """Give counts by domain and look: of everyone, then of partners, then of tiers."""
    before = {by: {held.domain.key: held for held in shown.first_spreads[by]} for by in _SIDES}
    now = {by: shown.by_domain(by) for by in _SIDES}
    for key in shown.rounds:
        again = key in before[Compare.PARTNER]
        if again:
            yield from _of_look(workshop, {by: before[by][key] for by in _SIDES}, 1)
        yield from _of_look(workshop, {by: now[by][key] for by in _SIDES}, 1 + again)
        for by in _SIDES:
            blanks = next((held.sides for held in shown.blanks[by] if held.domain.key == key), ())
            for held in blanks:
                if held.cannot_say:
                    who = _who(workshop, by, held.group)
                    yield GivenScores(
                        domain=key, look=1 + again, points=None, seats=held.cannot_say, **who
                    )


def _of_look(
    workshop: Workshop, spreads: Mapping[Compare, Spread], look: int
) -> Iterator[GivenScores]:
    everyone = spreads[Compare.PARTNER]
    counts: dict[int | None, int] = {}
    for mark in everyone.marks:
        counts[mark.points] = counts.get(mark.points, 0) + mark.seats
    if everyone.cannot_say:
        counts[None] = everyone.cannot_say
    of: dict[str, Any] = {"domain": everyone.domain.key, "look": look}
    for points, seats in counts.items():
        yield GivenScores(**of, side=Side.EVERYONE, points=points, seats=seats)
    for by, spread in spreads.items():
        for mark in spread.marks:
            who = _who(workshop, by, mark.group)
            yield GivenScores(**of, points=mark.points, seats=mark.seats, **who)


def _who(workshop: Workshop, by: Compare, group: Group) -> dict[str, Any]:
    """Give which side and part a group is, without its name: its sector, or its tier."""
    who: dict[str, Any] = {"side": _SIDES[by], "part": group.slot + 1}
    if group.id == POOL.id:
        return who
    if by is Compare.TIER:
        return who | {"tier": Tier(group.id)}
    return who | {"sector": next(p.sector for p in workshop.partners if p.id == group.id)}


def _tests(
    plans: Sequence[Planned], own: Collection[str], kinds: Mapping[str, Kind]
) -> Iterator[GivenTest]:
    stands = stands_at(plans)
    for plan in plans:
        partners = {partner.id: partner for partner in plan.workshop.partners}
        for action in plan.actions if plan.workshop.code in own else ():
            newest = newest_cycle(plan.cycles, action.id)
            yield GivenTest(
                domain=action.domain if action.domain in kinds else None,
                sector=partners[action.partners[0]].sector,
                scale=action.scale,
                shows_at=action.impact,
                move=action.move,
                owners=len(action.partners),
                planned_on=plan.workshop.held_on,
                review_on=action.review_on,
                cycles=newest.number if newest else 0,
                stands=stands[action.id],
            )


def tried_over(waves: Iterable[GivenWave]) -> TriedOver:
    """Count the tests of several waves by domain, by kind of domain and by kind of move.

    What a later plan of its place took on counts there.
    """
    tests = [
        (test, given.kinds.get(test.domain or "", ""))
        for given in waves
        for test in given.tests
        if test.stands is not HowItStands.TAKEN_ON
    ]
    return TriedOver(
        domains=_counted((test.domain or "", test.stands) for test, _ in tests),
        kinds=_counted((kind, test.stands) for test, kind in tests),
        moves=_counted((test.move, test.stands) for test, _ in tests),
    )


def _counted(tests: Iterable[tuple[str, HowItStands]]) -> tuple[Counted, ...]:
    """Count what is of one kind, by its key; what says none comes last."""
    by_kind: dict[str, list[HowItStands]] = defaultdict(list)
    for of, stands in tests:
        by_kind[str(of)].append(stands)
    return tuple(
        Counted(
            of=of,
            goes_on=stands.count(HowItStands.GOES_ON),
            ended=len(stands) - stands.count(HowItStands.GOES_ON),
            adopted=stands.count(HowItStands.ADOPTED),
        )
        for of, stands in sorted(by_kind.items(), key=lambda pair: (not pair[0], pair[0]))
    )


def same_wave(one: WaveCard, other: WaveCard) -> bool:
    """Tell whether two cards are of one wave, whatever their ids: counted twice it would be two."""
    return (one.dated, one.wording, one.domains) == (other.dated, other.wording, other.domains)
