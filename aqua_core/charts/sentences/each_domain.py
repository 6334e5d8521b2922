"""What can be said of one domain over time: its change, and how board and front line stand."""

from collections.abc import Sequence

from aqua_core.charts.sentences.over_time import move_said, than_said
from aqua_core.charts.sentences.places import when_said
from aqua_core.charts.words import listed
from aqua_core.vocabulary.over_time import OverTime, TierStep
from aqua_core.vocabulary.points import half_up, said, waves_called


def each_domain_said(place: OverTime) -> tuple[tuple[str, str], ...]:
    """Give each sentence once, after the names of the domains that it is said of, in their order.

    ("All 8 domains", "Teams agreed these scores on laptops: shown, and not judged by chance.").
    """
    than, of = than_said(place), dict[str, list[str]]()
    for row in place.domains:
        of.setdefault(move_said(row.move, than), []).append(row.name)
    every = len(place.domains)
    return tuple(
        (f"All {every} domains" if len(names) == every > 1 else listed(names), sentence)
        for sentence, names in of.items()
    )


def tier_step_said(step: TierStep, name: str) -> str:
    """Say how the board stands beside the front line on a domain."""
    if not step.step:
        return f"{name}: board and front line score alike, {said(step.board, 1)}."
    way = "above" if step.step > 0 else "below"
    return (
        f"{name}: the board scores {said(abs(step.step), 1)} {way} the front line "
        f"({said(step.board, 1)} and {said(step.front_line, 1)})."
    )


def tiers_said(steps: Sequence[TierStep], name: str) -> str:
    """Say how the board stands beside the front line now, and whether they came nearer."""
    now = tier_step_said(steps[-1], name)
    if len(steps) < 2:
        return now
    since = tier_over_time_said(steps[-2:], name).removeprefix(f"{name}: ")
    return f"{now} {since[0].upper()}{since[1:]}"


def tier_over_time_said(steps: Sequence[TierStep], name: str) -> str:
    """Say whether board and front line came nearer, from the first step to the last."""
    first, last = abs(half_up(steps[0].step, 1)), abs(half_up(steps[-1].step, 1))
    way = "as far apart as" if first == last else "nearer than" if last < first else "further than"
    then = when_said(waves_called([step.held_on for step in steps])[0])
    return f"{name}: board and front line stand {last} apart, {way} {then} ({first})."
