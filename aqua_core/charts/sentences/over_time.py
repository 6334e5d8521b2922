"""A place over time in sentences: what moved, how sure that is, and what cannot be told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from typing import Final

from aqua_core.charts.sentences.places import been_here_said, came_said, when_said
from aqua_core.charts.sentences.wording import in_words
from aqua_core.charts.words import NOT_SHOWN, listed
from aqua_core.vocabulary.over_time import (
    Change,
    DomainOverTime,
    FallReading,
    OverTime,
    Untold,
    Verdict,
)
from aqua_core.vocabulary.points import half_up, said, said_signed, step_said

_MOST_NAMED: Final = 3
_HALF_A_POINT: Final = 0.5
_LAST_TIME: Final = "last time"
_WHO_CAME: Final = "Part of this may be who came."
_HELD: Final = "is about where it was"
_HELD_IN_TEAMS: Final = "but about where it was once the same teams are compared"
# What is said of the domains that did not move, of one and of several.
_MAY: Final = ("may have moved", "may have moved")
_STILL: Final = (_HELD, "are about where they were")
_UNCLEAR: Final = ("shows no clear change", "show no clear change")
_UNTOLD: Final = ("cannot be told", "cannot be told")
_REST: Final = (_MAY, _STILL, _UNCLEAR, _UNTOLD)
_SMALLER_IS_SURER: Final = (
    "A smaller change can be surer: what counts is how many scored, how alike people of one team "
    "scored, and which teams came both times."
)
_BY_ITSELF: Final = "The lowest domain rises about as much by itself: that much needs no cause."
LAGS: Final = (
    "below the middle domain in the last two waves, and moved less than most since the first"
)
_WHY: Final = {
    Untold.PUBLISHED: "Printed averages, without each score: shown, not judged.",
    Untold.NOT_SHOWN: (
        "Too few or too alike in one of the two waves for it to be shown, or it was not asked."
    ),
    Untold.OTHER_WORDS: "Its wording changed, so the two scores answer different questions.",
    Untold.NOBODY_TWICE: "No team can be compared: none scored it both times and may be shown.",
    Untold.FEW_SCORES: "Too few scores of teams that came both times to tell.",
    Untold.FEW_WAYS: "Too few people came for chance to be told from change.",
    Untold.WHO_CAME: "Who came changed more than the scores did, so it cannot be told.",
    Untold.AGREED: "Teams agreed these scores on laptops: shown, and not judged by chance.",
    Untold.NO_PARTNER_EACH_TIME: "No partner scored it each time and may be shown.",
}
_WORDS: Final = {
    Untold.PUBLISHED: "Not judged",
    Untold.NOT_SHOWN: "Not shown",
    Untold.OTHER_WORDS: "Wording changed",
    Untold.NOBODY_TWICE: "No team both times",
    Untold.FEW_SCORES: "Too few to tell",
    Untold.FEW_WAYS: "Too few to tell",
    Untold.WHO_CAME: "Other people came",
    Untold.AGREED: "Agreed aloud",
    Untold.NO_PARTNER_EACH_TIME: "No partner each time",
}


def headline(place: OverTime) -> str:
    """Say what moved, in the largest type of the page."""
    if place.published:
        return _printed_headline(place)
    up = _named(place, Verdict.MOVED_UP)
    down = _named(place, Verdict.MOVED_DOWN)
    if not up and not down:
        return _nothing_moved(place)
    first = f"{_counted(up, place)} moved up" if up else ""
    second = f"{_counted(down, place)} {'' if up else 'moved '}down" if down else ""
    return ", ".join(part for part in (first, second) if part)


def quiet_line(place: OverTime) -> str:
    """Say since when, how the place stands as a whole, and who came; under the headline."""
    if place.published:
        return (
            "Averages of people’s own scores, 0 to 5. "
            "They are printed without each score, so nothing here is called moved."
        )
    parts = [
        f"Since {_since_said(place)}.",
        _whole_said(place),
        _gaps_said(place),
        _others(place),
        been_here_said(place.returned, _short(place, -2)),
    ]
    return " ".join(part for part in parts if part)


def _since_said(place: OverTime) -> str:
    """Name the wave that the last one is compared with: "October", with its year where needed."""
    return _short(place, place.since)


def than_said(place: OverTime) -> str:
    """Name what the last wave is compared with, after "higher than"."""
    last_time = place.since == len(place.waves) - 2
    return _LAST_TIME if last_time else when_said(place.waves[place.since].called)


def _whole_said(place: OverTime) -> str:
    """Say whether the place as a whole moved: one question, asked first and by itself."""
    move = place.whole
    step = move.step()
    if move.untold is Untold.AGREED:
        return _WHY[Untold.AGREED]
    if move.untold is not None or step is None:
        return f"Of {place.place} as a whole it cannot be told."
    who_came = f" {_WHO_CAME}" if move.who_came else ""
    if move.verdict is Verdict.HELD:
        held = f"stands {_by(step)}, {_HELD_IN_TEAMS}" if move.who_came and step else _HELD
        return f"As a whole {place.place} {held}.{who_came}"
    if move.verdict.moved or move.verdict.may_have_moved:
        sure = "" if move.verdict.moved else ", which could be chance"
        return f"As a whole {place.place} stands {_by(step)}{sure}.{who_came}"
    return f"As a whole {place.place} shows no clear change.{who_came}"


def move_said(move: Change, than: str = _LAST_TIME) -> str:
    """Say whether a domain moved, how many scored, and what chance says, without its name.

    Args:
        move: of the domain.
        than: what the last wave is compared with: "last time", "in April 2012".
    """
    step = move.step()
    if move.untold is not None or step is None:
        return _WHY[move.untold or Untold.NOT_SHOWN]
    beside = [_WHO_CAME if move.who_came else "", _BY_ITSELF if move.by_itself else ""]
    return " ".join(part for part in (_verdict_said(move, step, than), *beside) if part)


def _verdict_word(row: DomainOverTime, place: OverTime) -> str:
    """Say the verdict in a word or two, in the row of its domain."""
    untold = row.move.untold
    if untold is Untold.NOT_SHOWN:
        for n in (place.since, -1):
            if row.averages[n] is None:
                return f"Not shown {when_said(_short(place, n))}"
    if untold is not None:
        return _WORDS[untold]
    if row.move.verdict.moved:
        return "Moved"
    if row.move.verdict is Verdict.NO_CLEAR_CHANGE and not row.move.step():
        return "Same, not sure"
    return "May have moved" if row.move.verdict.may_have_moved else row.move.verdict.capitalize()


def judged_said(row: DomainOverTime, place: OverTime) -> str:
    """Say what may be said of a change in its row: the verdict, or how often printed means fell."""
    return ", ".join(_falls_printed(row)) if place.published else _verdict_word(row, place)


def heads_said(place: OverTime) -> list[str]:
    """Name the columns of a table: the domain, a wave each with who stands behind it, the rest."""
    people = [people_said(place, n) for n in range(len(place.waves))]
    waves = [
        f"{wave.called} ({behind})" if behind else wave.called
        for wave, behind in zip(place.waves, people, strict=True)
    ]
    return ["Domain", *waves, "Change", "What can be said", "Lags"]


def average_said(average: float | None, place: OverTime) -> str:
    """Give an average as it is said, or that none is shown."""
    return NOT_SHOWN if average is None else said(average, places_of(place))


def averages_said(row: DomainOverTime, place: OverTime) -> list[str]:
    """Give the averages of a domain as they are said, one a wave."""
    return [average_said(average, place) for average in row.averages]


def figure_said(row: DomainOverTime, place: OverTime) -> str:
    """Give the change with its sign, as the two averages beside it are said; "" for none."""
    if row.move.untold is Untold.OTHER_WORDS:
        return ""
    places = places_of(place)
    step = row.move.step(places)
    return "" if step is None else said_signed(step, places)


def places_of(place: OverTime) -> int:
    """Give the decimals of a figure: as printed, or one."""
    return 2 if place.published else 1


def _falls_printed(row: DomainOverTime) -> tuple[str, ...]:
    """Say each fall of a published domain: "printed lower by 0.05"; never that it moved."""
    return tuple(
        f"printed lower by {step_said(after, before, 2)}"
        for before, after in pairwise(row.averages)
        if before is not None and after is not None and after < before
    )


def people_said(place: OverTime, n: int) -> str:
    """Say who stands behind a wave: "24 people, 3 partners", "6 teams", or nothing."""
    wave = place.waves[n]
    if wave.scored is None:
        return f"fits from {wave.fits_from} people" if wave.fits_from else ""
    return came_said(wave.scored, wave.partners, wave.by_team)


def means_said(place: OverTime) -> str:
    """Give the mean of all published domains in each wave; "" for a place's own scores."""
    if not place.means:
        return ""
    return f"All {len(place.domains)}: {listed([said(mean, 2) for mean in place.means])}."


def check_said(place: OverTime) -> str:
    """Say how many people fit the published means; "" where they say nothing of it."""
    known = [str(wave.fits_from) for wave in place.waves if wave.fits_from is not None]
    if len(known) < len(place.waves):
        return ""
    start = f"Whole scores fit these means from {listed(known)} people on"
    people, half_up = place.fits_all, place.fits_all_half_up
    if people is None:
        return f"{start}."
    rounded = f" ({half_up} if halves were rounded up)" if half_up not in (None, people) else ""
    how_many = {2: "both", 3: "all three"}.get(len(known), f"all {len(known)}")
    return f"{start}; no one number under {people} fits {how_many}{rounded}."


def lags_said(place: OverTime) -> str:
    """Name the domains that lag and say what that means; "" for none."""
    names = [row.name for row in place.domains if row.lags]
    return f"{listed(names)}: {LAGS}." if names else ""


def fall_question(row: DomainOverTime) -> str:
    """Ask which of the three readings it is."""
    return f"{row.name} is lower. Which is it?"


def reading_said(reading: FallReading) -> str:
    """Say one of the three readings of a fall, which no score can tell apart."""
    return reading.value.capitalize()


def fall_read(row: DomainOverTime, reading: FallReading | None) -> str:
    """Say how the room reads a fall, or ask."""
    return f"{row.name} is lower: {reading.value}." if reading else fall_question(row)


def _verdict_said(move: Change, step: float, than: str) -> str:
    one, two = move.scored
    if move.verdict is Verdict.HELD:
        if move.who_came and step:
            return f"{_by(step).capitalize()}, {_HELD_IN_TEAMS}."
        return f"About where it was: with {one} and {two} scores half a point would have shown."
    if move.verdict is Verdict.NO_CLEAR_CHANGE:
        return _no_clear_change(move, step)
    chance = f"Shuffling who came when gives a change that wide about 1 time in {move.one_in}"
    doubt = "" if move.verdict.moved else ": could be chance, worth asking"
    return f"{_by(step).capitalize()} than {than} ({one} and {two} scored). {chance}{doubt}."


def _no_clear_change(move: Change, step: float) -> str:
    one, two = move.scored
    start = (
        f"{_by(step).capitalize()}, which is no clear change"
        if step
        else "The same average, which may hide a change"
    )
    if move.least is None:
        return f"{start}: {one} and {two} scores are too few to tell any change from chance."
    least = Decimal(repr(round(move.least, 9))).quantize(Decimal("0.1"), ROUND_CEILING)
    if abs(half_up(step, 1)) >= least:
        return f"{start} once the same teams are compared."
    spread = f"with {one} and {two} scores as spread as here"
    return f"{start}: {spread}, a change under {least} could be chance."


def _by(step: float) -> str:
    if not step:
        return "no higher"
    return f"{said(abs(step), 1)} {'higher' if step > 0 else 'lower'}"


def _named(place: OverTime, verdict: Verdict) -> list[str]:
    return [row.name for row in place.domains if row.move.verdict is verdict]


def _counted(names: Sequence[str], place: OverTime) -> str:
    if len(names) <= _MOST_NAMED:
        return listed(names)
    return f"{len(names)} of {len(place.domains)} domains"


def _nothing_moved(place: OverTime) -> str:
    if place.whole.verdict.moved:
        way = "up" if place.whole.verdict is Verdict.MOVED_UP else "down"
        return f"{place.place} moved {way} as a whole, no one domain clearly"
    if may := [row.name for row in place.domains if row.move.verdict.may_have_moved]:
        return f"No average clearly moved; {_counted(may, place)} may have"
    judged = [row.move.verdict for row in place.domains if not row.move.untold]
    if any(row.move.untold is Untold.AGREED for row in place.domains):
        return _half_points_headline(place)
    if not judged:
        return "Whether anything moved cannot be told"
    held = judged == [Verdict.HELD] * len(place.domains)
    return "About where it was" if held else "No average clearly moved"


def _others(place: OverTime) -> str:
    moves = [row.move for row in place.domains]
    rest = [move for move in moves if not move.verdict.moved]
    if not rest or len(rest) == len(moves):
        return ""
    counts = Counter(_of_the_rest(move) for move in rest)
    kinds = [kind for kind in _REST if counts[kind]]
    if len(kinds) == 1:
        domains = "domain" if len(rest) == 1 else "domains"
        start = f"The other {domains} {kinds[0][len(rest) > 1]}."
    else:
        told = [f"{in_words(counts[kind])} {kind[counts[kind] > 1]}" for kind in kinds]
        start = f"Of the other domains, {listed(told)}."
    surest = min(abs(move.step() or 0.0) for move in moves if move.verdict.moved)
    wider = any(not move.untold and abs(move.step() or 0.0) > surest for move in rest)
    return f"{start} {_SMALLER_IS_SURER}" if wider else start


def _of_the_rest(move: Change) -> tuple[str, str]:
    if move.untold:
        return _UNTOLD
    if move.verdict.may_have_moved:
        return _MAY
    return _STILL if move.verdict is Verdict.HELD else _UNCLEAR


def _printed_headline(place: OverTime) -> str:
    steps = {row.name: row.move.step(places_of(place)) or 0.0 for row in place.domains}
    higher = sum(step > 0 for step in steps.values())
    lower = [name for name, step in steps.items() if step < 0]
    start = f"{place.place}: printed higher on {higher} of {len(steps)}"
    return f"{start}, {_counted(lower, place)} lower" if lower else start


def _half_points_headline(place: OverTime) -> str:
    """Name what rose or fell by half a point or more: what teams agreed is not judged by chance."""
    steps = {
        row.name: row.move.step() or 0.0
        for row in place.domains
        if row.move.untold is Untold.AGREED
    }
    higher = {name: step for name, step in steps.items() if step >= _HALF_A_POINT}
    lower = {name: -step for name, step in steps.items() if step <= -_HALF_A_POINT}
    parts = [
        f"{way} on {_each_by(of, len(steps))}"
        for way, of in (("higher", higher), ("lower", lower))
        if of
    ]
    if parts:
        return f"{place.place}: {', '.join(parts)}"
    told = "" if len(steps) == len(place.domains) else " that both waves show"
    return f"{place.place}: no domain{told} moved by half a point"


def _each_by(steps: Mapping[str, float], of: int) -> str:
    if len(steps) > _MOST_NAMED:
        return f"{len(steps)} of {of} by half a point or more"
    return listed([f"{name} by {said(step, 1)}" for name, step in steps.items()])


def _gaps_said(place: OverTime) -> str:
    """Name the gaps between partners that narrowed or widened; "" where none did by two points."""
    changed = [
        f"{'the' if n else 'The'} gap on {gap.name} "
        f"{'narrowed' if gap.after < gap.before else 'widened'} "
        f"from {said(gap.before, 1)} to {said(gap.after, 1)}"
        for n, gap in enumerate(place.gaps)
    ]
    return f"{listed(changed)}." if changed else ""


def _short(place: OverTime, n: int) -> str:
    """Name a wave without its year where no other wave is of the same month or day."""
    called, day = place.waves[n].called, place.waves[n].held_on
    alike = [wave.held_on for wave in place.waves if wave.held_on.month == day.month]
    alone = len({other.year for other in alike}) == alike.count(day) == 1
    return called.rsplit(" ", 1)[0] if alone else called
