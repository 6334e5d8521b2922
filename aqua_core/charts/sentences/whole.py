"""What the pictures over all domains say, in sentences that hold no more than they show."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from aqua_core.charts.layout.stacks import NO_STRIPS
from aqua_core.charts.sentences.wording import off_said
from aqua_core.charts.words import NOTHING, alone, gap_takeaway, hidden, listed
from aqua_core.vocabulary import Gap, Holder, Spread
from aqua_core.vocabulary.points import said, step_said
from aqua_core.vocabulary.reading import Blanks, HowAgreed, Level

_NAMED = 3
"""Domains a sentence names; beyond, it counts them: eight names are nobody's takeaway."""
_ALL_SCORED = "Everyone could give every one of these domains a score."
_SAID = {
    HowAgreed.AGREED: "Agreed on",
    HowAgreed.CLOSE: "Close, though some stand a point or more apart, on",
    HowAgreed.APART: "Apart on",
    HowAgreed.UNCLEAR: "Unclear, too mixed or too few, on",
}
_WITHIN = "Close, within one level, on"
_HIGH_MEANS = "How high goes by the middle score: low below 2, high from 3.5, else middling."
AGREED_MEANS = {
    Holder.PERSON: "Agreed: most of the room on two neighbouring levels, few further off, and no "
    "two partners or tiers shown a point apart. Close: the same, with two partners or tiers one "
    "point to under two apart. Apart: two of them shown two points apart or more, a clear line "
    "between groups, two camps, or scores a point from the middle one on average. " + _HIGH_MEANS,
    Holder.LAPTOP: "Agreed: all teams on one level. Close: all teams within one level. Apart: two "
    "teams two levels apart or more. " + _HIGH_MEANS,
}
"""What the words of the levels mean: below them, in the report and in the workbook."""


def level_takeaway(levels: Sequence[Level]) -> str:
    """Say where the room is agreed and where apart, then which domain is highest and lowest."""
    if not levels:
        return NOTHING
    known = [level for level in levels if level.average is not None]
    few = [level.domain.short for level in levels if level.average is None]
    sentences = [
        *_agreement(known),
        *_ends({level.domain.short: said(level.average or 0, 1) for level in known}),
        *_heads(known),
        *([f"Too few to show on {_some(few, len(levels))}."] if few else []),
    ]
    return " ".join(sentences)


def heads_takeaway(gaps: Sequence[Gap], called: str) -> str:
    """Say each average by heads beside the one shown, where they differ; "" where they do not."""
    both = [
        f"{gap.domain.short} {said(gap.by_heads, 1)} instead of {said(gap.middle, 1)}"
        for gap in gaps
        if gap.middle is not None and gap.by_heads is not None
    ]
    if not both:
        return ""
    if len(both) > _NAMED:
        return (
            f"If every seat counts once, the average moves by 0.3 or more on {len(both)} domains."
        )
    return f"If seats, not {called}, weighed the same: {listed(both)}."


def blanks_takeaway(blanks: Sequence[Blanks]) -> str:
    """Say on which domain "Cannot say" came up most, and where nobody chose it."""
    seen = [row for row in blanks if row.sides]
    few = "Too few have answered to show who could not say."
    if not seen:
        return few if blanks else NOTHING
    unsure = {row.domain.short: row.cannot_say for row in seen}
    most = max(unsure.values())
    out = _unanswered(seen)
    if not most:
        return f"Nobody chose “Cannot say”. {out}" if out else _ALL_SCORED
    names = [name for name, count in unsure.items() if count == most]
    answered = {row.answered for row in seen if row.domain.short in names}
    of = f" of {answered.pop()}" if len(answered) == 1 else ""
    each = " on each" if len(names) > 1 else ""
    nowhere = [row.domain.short for row in seen if not row.cannot_say and not row.unanswered]
    rest = f" Everyone could score {_some(nowhere, len(seen))}." if nowhere else ""
    # One of twelve is the most there is on a domain, and it is not "most of them".
    often = "" if len(seen) == 1 else " as often" if len(names) == len(seen) else " most"
    came = f"“Cannot say” came up{often} on {_some(names, len(seen))}: {most}{of}{each}."
    return f"{came}{rest} {out}".strip()


def _unanswered(blanks: Sequence[Blanks]) -> str:
    """Say how many did not answer, which is not "cannot say"; "" where everybody answered."""
    left = [(row.domain.short, row.unanswered) for row in blanks if row.unanswered]
    if len(left) == len(blanks) > 1:
        return "Each of these domains was left unanswered by some."
    if len(left) > _NAMED:
        return f"{len(left)} of the {len(blanks)} domains were left unanswered by some."
    told = [f"{count} on {name}" for name, count in left]
    return f"Not answered at all: {listed(told)}." if told else ""


def kinds_takeaway(
    kinds: Sequence[Gap], called: str, spreads: Mapping[str, Spread] = NO_STRIPS
) -> str:
    """Say which kind stands higher, every group weighing the same, then where groups differ.

    Where no group is shown the whole room is, each domain weighing the same.
    """
    if not kinds:
        return NOTHING
    if not any(kind.standings for kind in kinds):
        rooms = [(room.domain.name, room.average) for room in spreads.values()]
        known = [(name, average) for name, average in rooms if average is not None]
        none = f"None of the {called} has a figure on every domain of a kind."
        return f"Whole room: {_higher(known)} {none}" if len(known) > 1 else none
    known = [(kind.domain.name, kind.middle) for kind in kinds if kind.middle is not None]
    # Who is left out here may only have left a domain of the kind blank: that is no secret.
    told = [kind.model_copy(update={"held_back": 0}) for kind in kinds if kind.width is not None]
    gaps = gap_takeaway(told, called, "kinds") if told else ""
    return " ".join(part for part in (_higher(known), gaps, _left_out(kinds, called)) if part)


def _left_out(kinds: Sequence[Gap], called: str) -> str:
    few = [kind.domain.name.lower() for kind in kinds if kind.width is None]
    if few:
        return (
            f"On {listed(few)} fewer than two {called} have a figure on every domain of the kind."
        )
    if any(kind.held_back for kind in kinds):
        return f"Left out are {called} without a figure on every domain of a kind."
    return ""


def relative_takeaway(gaps: Sequence[Gap], compared: str) -> str:
    """Say where groups stand furthest apart once each is measured from its own average."""
    known = {gap.domain.short: said(gap.width, 1) for gap in gaps if gap.width is not None}
    start = f"Measured from each {compared}'s own average"
    if hidden(gaps):
        return alone(f"{compared}s")
    if not known:
        return f"{start}, there are too few to compare."
    widest = max(known.values(), key=Decimal)
    if widest == "0.0":
        return f"{start}, nothing divides this room: only strictness did."
    names = [name for name, width in known.items() if width == widest]
    each = " on each" if len(names) > 1 else ""
    where = _some(names, len(known))
    return f"{start}, they are furthest apart on {where}, {widest} points{each}."


def _agreement(levels: Sequence[Level]) -> list[str]:
    """Say which domains are agreed, close, apart and unclear, and who stands off on a close one."""
    found = {word: [level for level in levels if level.how_agreed is word] for word in HowAgreed}
    off = [level for level in found.pop(HowAgreed.CLOSE) if level.off]
    # Teams that share laptops stand within one level, and nobody stands off.
    within = [level for level in levels if level.how_agreed is HowAgreed.CLOSE and not level.off]
    said_of = [(_SAID[word], of) for word, of in found.items()] + [(_WITHIN, within)]
    if len(off) > _NAMED:
        said_of.append((_SAID[HowAgreed.CLOSE], off))
    sentences = [f"{start} {_some(_names(of), len(levels))}." for start, of in said_of if of]
    named = [f"{level.domain.short}, though {off_said(level.off)}" for level in off if level.off]
    return [*sentences, *([f"Close on {'; '.join(named)}."] if 0 < len(named) <= _NAMED else [])]


def _names(levels: Sequence[Level]) -> list[str]:
    return [level.domain.short for level in levels]


def _some(names: Sequence[str], of: int) -> str:
    """Name a few; count more of them."""
    if len(names) == of > 1:
        return f"all {of}" if of > 1 else names[0]
    return listed(names) if len(names) <= _NAMED else f"{len(names)} of the {of} domains"


def _ends(averages: dict[str, str]) -> list[str]:
    if len(averages) < 2:
        return []
    high, low = (find(averages.values(), key=Decimal) for find in (max, min))
    if high == low:
        return [f"The average is {high} on each."]
    highest, lowest = (
        listed([name for name, average in averages.items() if average == end])
        for end in (high, low)
    )
    return [f"Highest on {highest}, {high}; lowest on {lowest}, {low}."]


def _heads(levels: Sequence[Level]) -> list[str]:
    both = [
        f"{level.domain.short} {said(level.by_heads, 1)}"
        for level in levels
        if level.by_heads is not None
    ]
    if len(both) > _NAMED:
        return [
            f"If every seat counts once, the average moves by 0.3 or more on {len(both)} domains."
        ]
    averages = "average is" if len(both) == 1 else "averages are"
    return [f"If every seat counts once, the {averages} {listed(both)}."] if both else []


def _higher(known: Sequence[tuple[str, float]]) -> str:
    if len(known) < 2:
        return ""
    (one, first), (other, second) = known
    step = step_said(second, first, 1)
    both = f"{said(first, 1)}", f"{said(second, 1)}"
    if not step:
        return f"{one} {both[0]}, {other.lower()} {both[1]}: level, to 0.1 of a point."
    higher = one if step > 0 else other
    return (
        f"{one} {both[0]}, {other.lower()} {both[1]}: {higher.lower()} stands {abs(step)} higher."
    )
