"""The report's parts in words: front, levels and reviews."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from aqua_core.charts.layout.names import at_ends
from aqua_core.charts.sentences.missing import missing_said
from aqua_core.charts.sentences.planning import NO_PLAN, wins_said
from aqua_core.charts.sentences.seat import typed_said
from aqua_core.charts.sentences.whole import level_takeaway
from aqua_core.charts.sentences.wording import apart, in_words
from aqua_core.charts.words import DID_NOT, gap_takeaway, listed, listed_or_counted
from aqua_core.exports.report import drawing
from aqua_core.exports.report.pictures import AIR, PAPER, Sheet
from aqua_core.exports.results import TOO_FEW, TakenAway, named, points_of
from aqua_core.rules.plan import small_wins
from aqua_core.vocabulary import POINTS, Agreement, Gap, Outcome
from aqua_core.vocabulary.points import day_said, said
from aqua_core.vocabulary.reading import Level
from aqua_core.vocabulary.shown import TwoLooks

NOT_REVEALED: Final = "Nothing is revealed: results stand here after the reveal."
_NOTHING_AGREED: Final = "No agreement was written down."


class Front(NamedTuple):
    """What the first page says.

    `persona` is "" where nothing is said of one, `missing` where nobody is known to be.
    """

    there: str
    missing: str
    stands: str
    agreed: str
    leaves: str
    persona: str


def front_of(taken: TakenAway) -> Front:
    """Give the first page. Never a name of a person: who was there is counted."""
    missing = missing_said(taken.missing) if taken.missing else ""
    there, stands = _there(taken), _stands(taken)
    return Front(there, missing, stands, _agreed(taken), _leaves(taken), _persona(taken))


def _there(taken: TakenAway) -> str:
    teams = len(taken.workshop.teams)
    counted = (
        _counted(len(taken.workshop.partners), "partner"),
        _counted(teams, "team"),
        _counted(taken.seats, "seat"),
    )
    typed = typed_said(taken.shown.on_paper)
    return f"{listed(counted)}. {typed}." if typed else f"{listed(counted)}."


def _stands(taken: TakenAway) -> str:
    gaps = {gap.domain.key: gap for gap in taken.gaps if gap.width is not None}
    if not taken.shown.levels:
        return "Nothing was revealed."
    if not gaps:
        return gap_takeaway(taken.gaps, "partners")
    widest = max(gap.width or 0.0 for gap in gaps.values())
    figure = said(widest, 1)
    where = [gap for gap in gaps.values() if said(gap.width or 0.0, 1) == figure]
    if figure == "0.0":
        return "The partners stand level on what they scored, to 0.1 of a point."
    return f"The partners stand widest apart on {_widest(where, len(taken.gaps), widest)}."


def _widest(gaps: list[Gap], of: int, width: float) -> str:
    if len(gaps) > 1:
        names = listed_or_counted([gap.domain.short for gap in gaps], of)
        return f"{names}, a gap of {apart(width)} on each"
    (gap,) = gaps
    low, high = map(named, at_ends(gap))
    return f"{gap.domain.short}: {low}, {high}, a gap of {apart(width)}"


def _agreed(taken: TakenAway) -> str:
    """Say what was agreed, with its dissent in the same sentence; then what else became of it."""
    names = taken.names
    outcomes = taken.outcomes
    agreed = [outcome for outcome in outcomes if outcome.agreement is Agreement.AGREED]
    differ = [outcome for outcome in outcomes if outcome.agreement is Agreement.DIFFER]
    parked = [outcome for outcome in outcomes if outcome.parked_with]
    told = (
        ("the room settled", [_with_score(outcome, names[outcome.domain]) for outcome in agreed]),
        ("agreed to differ on", [names[outcome.domain] for outcome in differ]),
        ("parked", [names[outcome.domain] for outcome in parked]),
    )
    parts = [f"{did} {listed(what)}" for did, what in told if what]
    if not parts:
        return _NOTHING_AGREED
    sentence = listed(parts) if agreed else f"the room {listed(parts)}"
    return f"{sentence[0].upper()}{sentence[1:]}."


def _with_score(outcome: Outcome, name: str) -> str:
    dissent = ", somebody staying apart" if outcome.has_dissent else ""
    if outcome.has_no_points:
        return f"{name}{dissent}"
    on = "without a score" if outcome.agreed_points is None else f"on {outcome.agreed_points}"
    return f"{name} ({on}{dissent})"


def _leaves(taken: TakenAway) -> str:
    earlier = taken.going_on.earlier
    if not taken.actions and not earlier:
        return NO_PLAN
    own = [_counted(len(taken.actions), "small test", spelt=True)] if taken.actions else []
    went_on = f"{_counted(len(earlier), 'small test', spelt=True)} of earlier workshops"
    many = f"It leaves with {listed([*own, went_on] if earlier else own)}"
    first = f", the first review on {day_said(taken.ahead[0].review_on)}" if taken.ahead else ""
    if taken.reviews and not taken.ahead:
        first = ", and no next review is set yet"
    wins = wins_said(small_wins(taken.cycles))
    return f"{many}{first}; {wins} so far." if wins else f"{many}{first}."


def _persona(taken: TakenAway) -> str:
    """Say what the plan says that changes for the persona; "" where nobody was asked for it yet."""
    persona = taken.workshop.place.persona
    changes = [action.for_persona.rstrip(".") for action in taken.actions if action.for_persona]
    if not persona or not changes:
        return ""
    return f"For {persona}: {'; '.join(changes)}."


def _counted(count: int, noun: str, *, spelt: bool = False) -> str:
    figure = in_words(count) if spelt else str(count)
    return f"{figure} {noun}{'' if count == 1 else 's'}"


_CELL, _BAR = 44, 34  # px: a bar's column, and the highest bar


def levels_picture(
    levels: Sequence[Level], looks: Sequence[TwoLooks] = (), sheet: Sheet = PAPER
) -> str:
    """Draw how many seats gave each of the points on each domain, in the instrument's order.

    Where a domain was looked at again, its first look stands outlined beside the newest.
    """
    first = {look.before.domain.key: look for look in looks}
    given = [level.counts for level in levels]
    given += [points_of(look.before) for look in looks]
    most = max([1, *(seats for counts in given for seats in counts)])
    y, parts = 0.0, list[str]()
    for level in levels:
        row, height = _level(level, first, y, most, sheet)
        parts += [drawing.across(0, sheet.width, y), *row]
        y += height
    return drawing.picture("scores-on-each-domain", level_takeaway(levels), (sheet.width, y), parts)


def _level(
    level: Level, first: Mapping[str, TwoLooks], top: float, most: int, sheet: Sheet
) -> tuple[list[str], float]:
    """Draw one row; give its parts, and its height."""
    look = first.get(level.domain.key)
    title, told = drawing.wrapped(level.domain.short, sheet.name), _told(level, look, sheet)
    said_first = top + AIR + (drawing.LEADING * len(title) if sheet.stacked else 0)
    foot = (
        top + AIR + 14 + _BAR + (drawing.LEADING * (len(title) + len(told)) if sheet.stacked else 0)
    )
    parts = [*drawing.lines(0, top + AIR, title), *drawing.lines(sheet.told, said_first, told)]
    if level.counts:
        parts += _bars(level.counts, points_of(look.before) if look else (), foot, most, sheet)
    if level.cannot_say:
        x, height = sheet.cells + _CELL * 6.9, min(_BAR, _BAR * level.cannot_say / most)
        parts += [drawing.bar(x - 9, foot, (18, height), filled=False)]
        parts += [
            drawing.words(x, foot - height - 8, str(level.cannot_say), "middle", drawing.QUIET)
        ]
        parts += [drawing.words(x, foot + 10, "cannot say", "middle", drawing.QUIET)]
    drawn = level.counts or level.cannot_say
    return parts, (foot + 22 if drawn else top + AIR + drawing.LEADING * 2 + AIR) - top


def _bars(
    newest: Sequence[int], before: Sequence[int], foot: float, most: int, sheet: Sheet
) -> Iterator[str]:
    wide, apart = (16.0, 9.0) if before else (26.0, 0.0)
    yield drawing.across(sheet.cells, sheet.cells + _CELL * len(POINTS), foot)
    for points in POINTS:
        middle = sheet.cells + _CELL * (points + 0.5)
        yield drawing.words(middle, foot + 10, str(points), "middle", drawing.QUIET)
        for seats, x in ((before[points] if before else 0, -apart), (newest[points], apart)):
            if seats:
                size = wide, _BAR * seats / most
                yield drawing.bar(middle + x - wide / 2, foot, size, filled=x >= 0)
                yield drawing.words(
                    middle + x, foot - size[1] - 8, str(seats), "middle", drawing.QUIET
                )


def _told(level: Level, look: TwoLooks | None, sheet: Sheet) -> list[str]:
    """Say beside the bars what they come to, broken into lines."""
    if level.average is None or level.middle is None:
        return _broken([TOO_FEW, *_left_out(level)], sheet)
    heads = "" if level.by_heads is None else f" ({said(level.by_heads, 1)} by heads)"
    told = [
        f"{level.how_high}, {level.how_agreed.value}",
        f"middle score {said(level.middle, 1)}, average {said(level.average, 1)}{heads}",
        f"scores lie {said(level.spread or 0, 1)} from the middle score",
    ]
    if look and look.before.median is not None:
        told.append(f"outlined: first look, middle score {said(look.before.median, 1)}")
    return _broken([*told, *_left_out(level)], sheet)


def _broken(told: Sequence[str], sheet: Sheet) -> list[str]:
    return [
        line for sentence in told for line in drawing.wrapped(sentence, sheet.width - sheet.told)
    ]


def _left_out(level: Level) -> list[str]:
    return [f"{level.unanswered} {DID_NOT}"] if level.unanswered else []


_STEP: Final = 2 * drawing.BADGE + 2  # px from mark to mark, so that none touches another
_MONTH: Final = 66  # px that the name of a month and its year take
_FOOT: Final = 26


def reviews_said(taken: TakenAway) -> str:
    """Say how many reviews there are, and from when to when."""
    if not taken.reviews:
        return "No review is due: nothing in the plan is still being tried."
    past = len(taken.reviews) - len(taken.ahead)
    without = f"Of {_counted(past, 'test', spelt=True)} no next review is set." if past else ""
    if not taken.ahead:
        return without
    first, last = taken.ahead[0].review_on, taken.ahead[-1].review_on
    if len(taken.ahead) == 1:
        return f"One review, on {day_said(first)}. {without}".rstrip()
    many = in_words(len(taken.ahead)).capitalize()
    when = f"from {day_said(first)} to {day_said(last)}" if first < last else f"on {day_said(last)}"
    return f"{many} reviews, {when}. {without}".rstrip()


def reviews_picture(taken: TakenAway, sheet: Sheet = PAPER) -> str:
    """Draw each review at its day, under the number that its action has in the plan.

    The line runs from the workshop to the last review; marks too near to each other are stacked.
    """
    days = [review.review_on for review in taken.ahead]
    start, end = min([taken.workshop.held_on, *days]), max([taken.workshop.held_on, *days])
    left, right = drawing.BADGE + 2.0, sheet.width - drawing.BADGE - 2
    scale = (right - left) / max(1, (end - start).days)
    placed = [left + scale * (day - start).days for day in days]
    stacked = _stacks(placed)
    foot = drawing.BADGE + 2 + _STEP * (max(stacked, default=0) + 1)
    every = (*taken.actions, *taken.going_on.here)
    numbers = {action.id: str(at) for at, action in enumerate(every, start=1)}
    parts = [drawing.across(0, sheet.width, foot)]
    for month in _months(start, end, _MONTH / scale):
        x, named = left + scale * (month - start).days, f"{month:%b %Y}"
        parts += [drawing.upright(x, foot, foot + 6)]
        parts += [
            drawing.words(
                min(x, sheet.width - drawing.wide(named)), foot + 16, named, "start", drawing.QUIET
            )
        ]
    for x, up, review in zip(placed, stacked, taken.ahead, strict=True):
        parts += [
            drawing.badge(x, foot - drawing.BADGE - 2 - _STEP * up, numbers[review.action_id])
        ]
    return drawing.picture("reviews", reviews_said(taken), (sheet.width, foot + _FOOT), parts)


def _stacks(placed: Sequence[float]) -> list[int]:
    """Give how high each mark stands, so that none lies over another; they come left to right."""
    ends: list[float] = []  # where each storey is free again
    storeys = []
    for x in placed:
        up = next((at for at, end in enumerate(ends) if x >= end), len(ends))
        ends[up : up + 1] = [x + _STEP]
        storeys.append(up)
    return storeys


def _months(start: date, end: date, least: float) -> Iterator[date]:
    """Give firsts of months between two days, at least so many days apart."""
    month, last = start.replace(day=1), None
    while month <= end:
        if month >= start and (last is None or (month - last).days >= least):
            yield month
            last = month
        year, at = (month.year + 1, 1) if month.month == 12 else (month.year, month.month + 1)
        if year > date.max.year:
            return
        month = date(year, at, 1)
