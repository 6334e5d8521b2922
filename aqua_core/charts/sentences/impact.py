"""What is said of a place's impact: whether a measure shifted, and when outcomes are due."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from aqua_core.charts.sentences.wording import counted
from aqua_core.charts.words import listed
from aqua_core.vocabulary.measure import (
    FEWEST_JUDGED,
    Better,
    Followed,
    LongRun,
    Measure,
    Phase,
    PlaceImpact,
    Reading,
    RunPhase,
    figure_said,
    trimmed,
)
from aqua_core.vocabulary.place import EARLIEST
from aqua_core.vocabulary.plan import Impact
from aqua_core.vocabulary.points import day_said, half_up

LEVEL: Final = {
    Impact.LEADERS: "Leaders",
    Impact.TEAMS: "Teams across organisations",
    Impact.OUTCOMES: "Outcomes",
}
BAND: Final = "Years five to seven: outcomes can be expected"
INVESTMENT: Final = "investment period"
NOTHING_YET: Final = (
    "This place follows no measure yet. Choose one below: what would leaders, teams and residents "
    "notice?"
)
HELD_BACK: Final = (
    "A workshop of this place is scoring. What it follows over the years is shown here again once "
    "its scores are revealed: nobody looks at last time before having scored."
)
RULE: Final = (
    "The usual is the middle of the readings. A shift is a longer run on one side of it, or fewer "
    "crossings of it, than chance alone is likely to give (Anhøj and Olesen 2014). A reading on "
    "the usual is passed over."
)
SECOND_OPINION: Final = (
    "A second opinion (Perla and others 2011), never the verdict: six in a row on one side, or "
    "five in a row all up or all down."
)
_NEAR: Final = 330  # days: the same month of another year is never meant
STARTER_SAID: Final = "Manchester named these; no figure comes with them, and the words are yours."


class Told(NamedTuple):
    """What is said of a measure: in a few words, the quiet line under them, whether it shifted.

    `worse` says that its newest long run is on the worse side.
    """

    words: str
    under: str
    shifted: bool
    worse: bool = False


def month_said(day: date) -> str:
    """Give the month of a day: June 2026."""
    return f"{day:%B %Y}"


def _usual_said(usual: Decimal | None) -> str:
    """Give the usual as it is read: to two decimals at most."""
    return "" if usual is None else figure_said(trimmed(half_up(usual, 2)))


def told_of(followed: Followed) -> Told:
    """Say what may be said of a measure, of its newest phase."""
    if not followed.phases:
        return Told("No reading yet", "", False)
    phase = followed.phases[-1]
    signs, usual = phase.signs, _usual_said(phase.usual)
    if signs.points < FEWEST_JUDGED:
        return Told(
            "Too few to say", f"{signs.points} of the {FEWEST_JUDGED} readings it takes", False
        )
    if not signs.judged:
        off = f"only {signs.useful} of {signs.points} stand off it; {FEWEST_JUDGED} are needed"
        return Told(f"Mostly on the usual {usual}", off, False)
    if run := phase.long_run:
        side = "above" if run.above else "below"
        worse = run.above is not (followed.measure.better is Better.HIGHER)
        under = f"{run.points} in a row {side} the usual {usual}"
        under += f", the {'worse' if worse else 'better'} side"
        return Told(_shift(run, phase.readings[-1].dated), under, True, worse)
    if signs.anhoej:
        few = counted(signs.crossings, "crossing")
        under = f"{few} of the usual {usual}; chance gives {signs.crossings_limit} or more"
        return Told("Not by chance alone", under, True)
    return Told("No shift", f"around the usual {usual}", False)


def said_of(followed: Followed) -> str:
    """Say it in a sentence: "eight in a row above the usual 14: a shift since June 2026"."""
    told = told_of(followed)
    name = followed.measure.name
    if not told.shifted:
        return f"{name}: {_lower(told.words)}{f' ({told.under})' if told.under else ''}."
    return f"{name}: {told.under}: {_article(told.words)}."


def _shift(run: LongRun, newest: date) -> str:
    """Say since when; the year goes without saying within a year of the newest reading."""
    if not run.lasts:
        return f"Shift, {month_said(run.begins_on)} to {month_said(run.ends_on)}"
    near = (newest - run.begins_on).days < _NEAR
    return f"Shift since {f'{run.begins_on:%B}' if near else month_said(run.begins_on)}"


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _article(words: str) -> str:
    return f"a {_lower(words)}" if words.startswith("Shift") else _lower(words)


def headline(impact: PlaceImpact) -> str:
    """Give the finding: which levels shifted, and that outcomes are not due where they are not."""
    shifted = [
        level
        for level in LEVEL
        if any(told_of(of).shifted for of in impact.followed if of.measure.impact is level)
    ]
    if shifted:
        whole = f"{listed([*map(str, shifted)]).capitalize()} have shifted{_for_the_worse(impact)}"
    else:
        judged = any(of.phases and of.phases[-1].signs.judged for of in impact.followed)
        whole = "Nothing has shifted yet" if judged else "Too early to say whether anything shifted"
    due = impact.invests and Impact.OUTCOMES not in shifted
    return f"{whole}; outcomes are not due yet" if due else whole


def _for_the_worse(impact: PlaceImpact) -> str:
    worse = [told.worse for told in map(told_of, impact.followed) if told.shifted]
    if not any(worse):
        return ""
    return ", for the worse" if all(worse) else ", not all for the better"


def quiet_line(impact: PlaceImpact) -> str:
    """Say until when this is an investment, or since when outcomes can be expected."""
    first, last = (month_said(day) for day in impact.band)
    if impact.invests:
        return f"Until {first} this is an {INVESTMENT}: small wins count."
    if impact.today <= impact.band[1]:
        return f"Outcomes can be expected from {first} to {last}."
    return f"Outcomes could be expected from {first} to {last}; judge them by the readings since."


def named_said(measure: Measure) -> str:
    """Give a measure as its row heads it: what is measured, in what, and where fewer is better."""
    fewer = " (lower is better)" if measure.better is Better.LOWER else ""
    return f"{measure.name}, {measure.unit}{fewer}"


def _is_investment(measure: Measure, reading: Reading, impact: PlaceImpact) -> bool:
    """Tell whether a reading is of an outcome before outcomes are due: a label, not an excuse."""
    return measure.impact is Impact.OUTCOMES and reading.dated < impact.band[0]


def _opinion_said(phase: RunPhase) -> str:
    """Give the second opinion in words; "" where nothing is judged."""
    signs = phase.signs
    if not signs.judged:
        return ""
    said = ["six or more in a row"] if signs.shift else []
    if signs.trend:
        said.append("five or more all " + (signs.trend_direction or ""))
    return " and ".join(said) or "neither"


def one_of_these(names: Sequence[str]) -> str:
    """Say what the place follows, so that a test can be measured by one of them."""
    shown = "; ".join(names[:6])
    more = f" and {len(names) - 6} more" if len(names) > 6 else ""
    return f"This place follows: {shown}{more}. A test measured by one of these is on its chart."


def phase_said(phase: Phase) -> str:
    """Say from when on a measure's usual is which."""
    start = "From the start" if phase.begins_on <= EARLIEST else f"From {day_said(phase.begins_on)}"
    if phase.usual_until is None:
        return f"{start} the usual is the middle of all readings."
    return f"{start} the usual is the middle of readings up to {day_said(phase.usual_until)}."


def expected_said(followed: Followed) -> list[str]:
    """Say what tests that go on expect of a measure."""
    return [
        f"A test of {month_said(test.planned_on)} says: "
        + ", ".join(
            filter(
                None,
                (
                    f"baseline {test.baseline}" if test.baseline else "",
                    f"target {test.target}" if test.target else "",
                ),
            )
        )
        + f" ({test.test})"
        for test in followed.expected
    ]


def lines_of(impact: PlaceImpact) -> list[list[str]]:
    """Give what the picture shows as a table, a line a measure under a head."""
    heads = [
        "Shows in",
        "Measure",
        "Readings",
        "Newest",
        "The usual",
        "What may be said",
        "Because",
    ]
    heads += ["Second opinion", "For whom", "Target"]
    return [heads, *(_line(of, impact) for of in impact.followed)]


def _line(followed: Followed, impact: PlaceImpact) -> list[str]:
    measure, told, readings = followed.measure, told_of(followed), followed.readings
    newest = readings[-1] if readings else None
    at = f"{figure_said(newest.value)} ({day_said(newest.dated)})" if newest else ""
    if newest and _is_investment(measure, newest, impact):
        at += f", {INVESTMENT}"
    phase = followed.phases[-1] if followed.phases else None
    return [
        LEVEL[measure.impact],
        named_said(measure),
        str(len(readings)),
        at,
        _usual_said(phase.usual) if phase else "",
        told.words,
        told.under,
        _opinion_said(phase) if phase else "",
        str(measure.whom),
        "" if measure.target is None else figure_said(measure.target),
    ]


def in_words(impact: PlaceImpact) -> list[str]:
    """Say all of it: the finding, when outcomes are due, each measure, and what tests expect."""
    return [f"{headline(impact)}.", quiet_line(impact), *each_said(impact)]


def each_said(impact: PlaceImpact) -> list[str]:
    """Say each measure, then what tests expect of them."""
    expected = [line for followed in impact.followed for line in expected_said(followed)]
    return [*map(said_of, impact.followed), *expected]


def reading_lines(impact: PlaceImpact) -> list[list[str]]:
    """Give every reading as a table, a line each under a head, in time order of each measure."""
    rows = [["Day", "Measure", "Value", "n", "Against the usual", "Period", "Source"]]
    for of_measure in impact.followed:
        for phase in of_measure.phases:
            rows += [_reading_line(of_measure.measure, phase, r, impact) for r in phase.readings]
    return rows


def _reading_line(
    measure: Measure, phase: RunPhase, reading: Reading, impact: PlaceImpact
) -> list[str]:
    usual = _usual_said(phase.usual)
    side = "on" if reading.value == phase.usual else "below"
    if phase.usual is not None and reading.value > phase.usual:
        side = "above"
    return [
        day_said(reading.dated),
        measure.name,
        figure_said(reading.value),
        "" if reading.counted is None else f"{reading.counted:,}",
        f"{side} {usual}",
        INVESTMENT if _is_investment(measure, reading, impact) else "",
        reading.source,
    ]
