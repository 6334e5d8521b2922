"""How close a room is on each domain, beside what could be asked about on it."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import pstdev

from aqua_core.rules.groups import points_by_group
from aqua_core.rules.lines.showing import groups_to_name
from aqua_core.rules.reading.agreement import how_agreed
from aqua_core.rules.reading.candidates import WORTH_ASKING, Scene, candidates_on, counts
from aqua_core.rules.reading.laptops import agreed_between, topics_between
from aqua_core.vocabulary import Compare, Holder
from aqua_core.vocabulary.figures import half_up
from aqua_core.vocabulary.reading import HowAgreed, Off, Topic


def found_on(scene: Scene, domains: Sequence[str]) -> dict[str, list[Topic]]:
    """Give what could be asked about on each of these domains."""
    if scene.workshop.holder is Holder.LAPTOP:
        between = topics_between(scene.ballots, scene.workshop.teams, domains)
        return dict(zip(domains, between, strict=True))
    return {each: candidates_on(scene, each) for each in domains}


def agreed_on(scene: Scene, domain: str, found: Sequence[Topic]) -> HowAgreed:
    """Tell how close a room is on a domain, beside what could be asked about on it."""
    points = [given for _, given in scene.ballots.column(domain)]
    if scene.workshop.holder is Holder.LAPTOP:
        return agreed_between(points)
    return how_agreed(
        points,
        along_a_line=any(counts(scene, each) for each in found),
        width=off.points if (off := stands_off(scene, domain)) else 0.0,
    )


def stands_off(scene: Scene, domain: str) -> Off | None:
    """Give the two partners, or two tiers, that print averages furthest apart, from 1.0 on.

    Of two scores or more each: one score is no stand of a group, and counts in the spread. Not
    teams: of eighteen teams of three two nearly always are, where nothing is going on.
    """
    found = [_widest(scene, domain, line) for line in (Compare.PARTNER, Compare.TIER)]
    wide = [each for each in found if each and each.points >= WORTH_ASKING]
    return max(wide, key=lambda off: off.points, default=None)


def is_calm(scene: Scene, agreed: HowAgreed) -> bool:
    """Tell whether nothing divides a room where it is as close as this.

    Among people a group that stands off may be asked about; teams on laptops that stand within
    one level have nothing to ask.
    """
    close = scene.workshop.holder is Holder.LAPTOP and agreed is HowAgreed.CLOSE
    return close or agreed is HowAgreed.AGREED


def worth_of(scene: Scene, domain: str, found: Sequence[Topic]) -> float:
    """Give how much a domain is worth asking about: for ranking alone, never shown.

    The widest gap of a partner or tier, of two scores or more on either side, plus twice the
    standard deviation of the whole room, in points: a difference is found by group and by spread,
    and where no group may be shown by spread alone. Of laptops the levels between the ends, and in
    a tie how many stand at the ends.
    """
    points = [given for _, given in scene.ballots.column(domain)]
    if scene.workshop.holder is Holder.LAPTOP:
        return sum(each.points + sum(len(end.teams) for end in each.ends) / 100 for each in found)
    gaps = [
        each.points
        for each in found
        if each.group and each.line is not Compare.TEAM and min(_scored(each)) > 1
    ]
    return max(gaps, default=0.0) + 2 * pstdev(points)


def _scored(topic: Topic) -> list[int]:
    return [side.thirds.scored for side in topic.sides]


def _widest(scene: Scene, domain: str, line: Compare) -> Off | None:
    told = scene.told[domain]
    alone = groups_to_name(told, line)
    given = points_by_group(scene.ballots.column(domain), told.groups(line))
    means = {
        alone[group]: half_up(float(Fraction(sum(points), len(points))), 1)
        for group, points in given.items()
        if group in alone and len(points) > 1
    }
    if len(means) < 2:
        return None
    in_order = sorted(means, key=lambda group: (means[group], group.slot))
    low, high = in_order[0], in_order[-1]
    return Off(line=line, lowest=low, highest=high, points=float(means[high] - means[low]))
