"""How close a room is on each domain, beside what could be asked about on it."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from aqua_core.rules.groups import points_by_group
from aqua_core.rules.lines.showing import groups_to_name
from aqua_core.rules.reading.agreement import how_agreed
from aqua_core.rules.reading.candidates import WORTH_ASKING, Scene, candidates_on, counts
from aqua_core.rules.reading.laptops import agreed_between, topics_between
from aqua_core.vocabulary import Compare, Holder
from aqua_core.vocabulary.figures import half_up
from aqua_core.vocabulary.reading import HowAgreed, Topic


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
        stands_off=stands_off(scene, domain),
    )


def stands_off(scene: Scene, domain: str) -> bool:
    """Tell whether two groups that are shown on a domain print averages 1.0 or more apart.

    Of two scores or more each: one score is no stand of a group, and counts in the spread.
    """
    return any(_printed_width(scene, domain, line) >= WORTH_ASKING for line in Compare)


def _printed_width(scene: Scene, domain: str, line: Compare) -> Decimal:
    told = scene.told[domain]
    alone = groups_to_name(told, line)
    given = points_by_group(scene.ballots.column(domain), told.groups(line))
    means = [
        half_up(float(Fraction(sum(points), len(points))), 1)
        for group, points in given.items()
        if group in alone and len(points) > 1
    ]
    return max(means) - min(means) if means else Decimal(0)
