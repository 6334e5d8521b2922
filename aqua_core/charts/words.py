"""What each picture says, in a sentence: beside the chart, and read out in place of it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from aqua_core.charts.layout.names import at_ends, groups_of, together
from aqua_core.vocabulary import CANNOT_SAY, Domain, Gap, Group, Kind, Spread
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.reading import Blanks

NOTHING = "There is nothing to show yet."
COULD_NOT, DID_NOT = "could not say", "did not answer"
UNANSWERED = DID_NOT.capitalize()
NOT_SHOWN, NO_SCORE, NO_ANSWER = "not shown", "no score", "no answer"
NOT_ON_EACH = "not on each domain"
"""In place of a figure on a kind: the group has none on some domain of it."""
MOST_LISTED = 4
"""Domains named in a sentence about gaps: eight names took it to a third line on the projector."""


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Join names as people write them: "a, b and c"."""
    *first, last = names
    return f"{', '.join(first)} {joint} {last}" if first else last


def listed_or_counted(names: Sequence[str], of: int) -> str:
    """Name a few domains; count more of them, out of so many."""
    if len(names) <= MOST_LISTED:
        return listed(names)
    return f"all {of} domains" if len(names) == of else f"{len(names)} of the {of} domains"


def gap_takeaway(gaps: Sequence[Gap], called: str = "teams", rows: str = "domains") -> str:
    """Say where the groups stand furthest apart and where nearest, as the figures are printed.

    `rows` is what the gaps are of: domains, or kinds of domain.
    """
    if not gaps:
        return NOTHING
    if hidden(gaps):
        return alone(called)
    known = {gap.domain.short: said(gap.width, 1) for gap in gaps if gap.width is not None}
    few = [gap.domain.short for gap in gaps if gap.width is None and not gap.held_back]
    sentences = [
        *_apart({gap.domain.short: gap for gap in gaps}, known, called, rows),
        *([f"Too few to compare on {listed_or_counted(few, len(gaps))}."] if few else []),
        *_held_back(gaps, called),
    ]
    return " ".join(sentences)


def hidden(gaps: Sequence[Gap]) -> bool:
    """Tell whether no group may be shown at all, because one is too small."""
    return not any(gap.standings for gap in gaps) and any(gap.held_back for gap in gaps)


def alone(called: str) -> str:
    """Say why none of these groups is shown; they may be large, and a team in them small."""
    return f"The {called} are not compared here, to keep scores private."


def room_takeaway(spreads: Iterable[Spread]) -> str:
    """Say where the scores of the whole room lie furthest apart and where closest, as printed."""
    apart = {
        spread.domain.short: said(spread.deviation, 1)
        for spread in spreads
        if spread.deviation is not None
    }
    if not apart:
        return "Too few have scored to show anything without giving somebody away."
    widest, nearest = (end(apart.values(), key=Decimal) for end in (max, min))
    far, near = (
        listed_or_counted([name for name, found in apart.items() if found == end], len(apart))
        for end in (widest, nearest)
    )
    if widest == nearest:
        return f"The room's scores lie {widest} from the middle one on {far}, on average."
    return (
        f"The room's scores lie furthest apart on {far}, {widest} from the middle one on average; "
        f"closest on {near}, {nearest}."
    )


def spread_takeaway(spread: Spread) -> str:
    """Say how many scored, where the scores lie, and how many could not say or did not answer."""
    name = spread.domain.short
    unsure = without_points(spread.cannot_say, spread.unanswered)
    if not spread.scored:
        return f"Nobody has given {name} a score. {unsure}".strip()
    if spread.too_alike:
        return f"The room is too small and too alike on {name} to be shown apart. {unsure}".strip()
    if not spread.marks:
        return f"Too few have scored {name} to show their scores. {unsure}".strip()
    return f"{_scores(spread)} {unsure}".strip()


def without_points(cannot_say: int, unanswered: int) -> str:
    """Say how many could not say and how many did not answer, two counts; "" where nobody did."""
    counts = ((cannot_say, COULD_NOT), (unanswered, DID_NOT))
    return " ".join(f"{count} {did}." for count, did in counts if count)


def no_mean(domain: Domain, group: Group, blanks: Sequence[Blanks]) -> str:
    """Say why a group has no figure on a domain: "not shown" only where that is to keep it private.

    Worked out of who could not say as the room is shown it anyway, so it tells nothing more. Where
    that shows a pool, who is not named may be in it.

    Args:
        domain: of which the group has no figure; it may be a kind.
        group: not the pool.
        blanks: of the same comparison; a domain that is not among them is not shown.
    """
    if domain.key in set(Kind):
        return NOT_ON_EACH
    sides = [side for row in blanks if row.domain.key == domain.key for side in row.sides]
    own = [side for side in sides if side.group.id == group.id]
    if own:
        return CANNOT_SAY if own[0].cannot_say == own[0].answered else NOT_SHOWN
    return NO_ANSWER if sides and all(side.group.slot >= 0 for side in sides) else NOT_SHOWN


def compared_in(gaps: Sequence[Gap], blanks: Sequence[Blanks]) -> list[Group]:
    """Give the groups that stand on some domain or could not say on one, in the order of slots.

    Against its own average only who has one; none where nobody stands.
    """
    standing = [side.group for gap in gaps for side in gap.standings]
    known = {gap.domain.key for gap in gaps if not gap.relative}
    silent = [
        side.group
        for row in blanks
        for side in row.sides
        if row.domain.key in known and side.group.slot >= 0 and side.cannot_say == side.answered
    ]
    return groups_of([*standing, *silent] if standing else [])


def no_level(domain: Domain, blanks: Sequence[Blanks]) -> str:
    """Say why the whole room has no figure on a domain: nobody gave it a score, or not shown."""
    nobody = any(row.domain.key == domain.key and row.cannot_say == row.answered for row in blanks)
    return NO_SCORE if nobody else NOT_SHOWN


def _held_back(gaps: Sequence[Gap], called: str) -> list[str]:
    """Say on which domains no groups are compared, or that some are not shown alone.

    Not "too small": two tiers of twelve are not shown apart where each partner has a team that is.
    """
    without = [gap.domain.short for gap in gaps if gap.held_back and gap.width is None]
    if without:
        where = listed_or_counted(without, len(gaps))
        return [f"The {called} are not compared on {where}, to keep scores private."]
    if not any(gap.held_back for gap in gaps):
        return []
    if called == "tiers":
        return ["Tiers are those of the partners whose every team can be shown."]
    return [f"Some {called} are not shown alone, to keep scores private."]


def _apart(gaps: dict[str, Gap], known: dict[str, str], called: str, rows: str) -> list[str]:
    if not known:
        return []
    widest, nearest = max(known.values(), key=Decimal), min(known.values(), key=Decimal)
    where = f"on these {rows}" if len(known) > 1 else f"on {listed(list(known))}"
    if widest == "0.0":
        return [f"Nothing divides this room {where}: the {called} stand level, to 0.1 of a point."]
    if len(known) == 1:
        return [f"On {_one(next(iter(gaps[name] for name in known)), called)}."]
    if widest == nearest:
        return [f"The gap is {widest} points on each of these {len(known)} {rows}."]
    return [
        _end("Widest", gaps, known, widest, called),
        _end("Nearest", gaps, known, nearest, called),
    ]


def _end(which: str, gaps: dict[str, Gap], known: dict[str, str], width: str, called: str) -> str:
    names = [name for name, found in known.items() if found == width]
    where = listed_or_counted(names, len(gaps))
    if width == "0.0":
        return f"{which} on {where}, where the {called} stand level, to 0.1 of a point."
    if len(names) > 1:
        return f"{which} on {where}, a gap of {width} points on each."
    return f"{which} on {_one(gaps[names[0]], called)}."


def _one(gap: Gap, called: str) -> str:
    lowest, highest = (
        f"{together([side.group.name for side in sides], called)} {said(sides[0].mean, 1)}"
        for sides in at_ends(gap)
    )
    width = said(gap.width or 0, 1)
    return f"{gap.domain.short}: {lowest}, {highest}, a gap of {width} points"


def _scores(spread: Spread) -> str:
    counts: dict[int, int] = {}
    for mark in spread.marks:
        counts[mark.points] = counts.get(mark.points, 0) + mark.seats
    total, most = sum(counts.values()), max(counts.values())
    name = spread.domain.short
    if len(counts) == 1:
        return f"{name}: {_all(total)} {min(counts)}."
    modes = [str(points) for points in sorted(counts) if counts[points] == most]
    often = f"most often {listed(modes)}" if len(modes) < len(counts) else "each as often"
    median, mean = said(spread.median or 0, 1), spread.mean or 0
    average = said(mean if spread.average is None else spread.average, 1)
    heads = "" if spread.by_heads is None else f" ({said(spread.by_heads, 1)} by heads)"
    middle = f"The middle score is {median}, the average {average}{heads}."
    return f"{name}: {total} scores from {min(counts)} to {max(counts)}, {often}. {middle}"


def _all(total: int) -> str:
    return "the only score is" if total == 1 else f"all {total} scores are"
