"""What can be said of each domain over time; domains of which the same is said stand together."""

from aqua_core.charts.sentences.over_time import move_said, than_said
from aqua_core.charts.words import listed
from aqua_core.vocabulary.over_time import OverTime


def each_domain_said(place: OverTime) -> tuple[tuple[str, str], ...]:
    """Give each sentence once, after the names of the domains that it is said of, in their order.

    ("All 8 domains", "Teams agreed these scores on laptops: shown, and not judged by chance.").
    """
    than, of = than_said(place), dict[str, list[str]]()
    for row in place.domains:
        of.setdefault(move_said(row.name, row.move, than), []).append(row.name)
    every = len(place.domains)
    return tuple(
        (f"All {every} domains" if len(names) == every > 1 else listed(names), said)
        for said, names in of.items()
    )
