"""What a place follows over the years: measures, their readings, and what a run chart tells."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field

from aqua_core.errors import ChoiceRefused, FigureRefused
from aqua_core.vocabulary.over_time import EndedTest
from aqua_core.vocabulary.plan import Impact
from aqua_core.vocabulary.points import half_up
from aqua_core.vocabulary.text import Said, Word, a_choice, a_day, a_line, needed

MOST_MEASURES: Final = 60  # of one place
MOST_READINGS: Final = 2_000
"""Of one measure, and of one file: five and a half years of days."""
_LARGEST: Final = Decimal(10) ** 12
FEWEST_JUDGED: Final = 10
"""Readings that stand off the usual, from which on the rules of a run chart say anything."""
_PLACES: Final = 6  # decimals that are kept of a figure; a spreadsheet writes a third with eleven
STARTERS: Final = ("Hospital admissions", "Experience of care", "Value for money")
"""What Manchester named as its measures of impact; no figure of it is known here."""
_PER_CENT: Final = ("%", "per cent", "percent", "percentage")


def years_on(day: date, years: int) -> date:
    """Give the same day so many years later; of 29 February, where there is none, 1 March."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


class Better(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


class ForWhom(StrEnum):
    """For whom a measure says something."""

    PATIENTS = "patients"
    CITIZENS = "citizens"
    STAFF = "staff"
    TAXPAYERS = "taxpayers"


_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACED: Final = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:\.\d+)?")
_PLAIN: Final = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})")
_ROUNDED: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_MARKS: Final = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


def figure_in(what: str, typed: str) -> Decimal:
    """Give the figure that a text means: 1,234.5 as in Britain, with a pound or per cent sign.

    Args:
        what: the figure is, with its article: "the value".
        typed: anything that came from outside.

    Raises:
        FigureRefused: it is none, or could be two; the sentence says which, and what to write.
    """
    said = " ".join(unicodedata.normalize("NFKC", typed[:200]).translate(_MARKS).split())
    bare = said.removeprefix("£").removesuffix("%").strip()
    if bare.startswith("-£"):
        bare = f"-{bare[2:].strip()}"
    shown = "".join(mark for mark in said[:30] if mark.isprintable())
    if not bare:
        raise FigureRefused(f"Type {what}; a figure is needed.")
    if _ROUNDED.fullmatch(bare):
        raise FigureRefused(
            f"The spreadsheet rounded {what} ({shown}). Show the cell as a number with all digits."
        )
    if re.fullmatch(r"\(.+\)", bare):
        raise FigureRefused(f"Write {what} below zero with a minus: -12, not {shown}.")
    if _GROUPED.fullmatch(bare) or _SPACED.fullmatch(bare):
        bare = re.sub("[, ]", "", bare)
    elif re.fullmatch(r"[+-]?\d+,\d+", bare):
        raise FigureRefused(
            f"Write {what} with a point: {bare.replace(',', '.')} (this has {shown})."
        )
    if not _PLAIN.fullmatch(bare) or not bare.isascii():
        raise FigureRefused(f"Write {what} as a number, such as 12.5 (this has {shown}).")
    return _kept(what, Decimal(bare))


def _clean_figure(what: str, given: Any) -> Decimal:
    """Give a figure as it is kept: at most six decimals, under a million million.

    Raises:
        FigureRefused: anything that is no such figure.
    """
    if isinstance(given, str):
        return figure_in(what, given)
    if isinstance(given, Decimal) and given.is_finite():
        return _kept(what, given)
    raise FigureRefused(f"Write {what} as a number, such as 12.5.")


def _kept(what: str, figure: Decimal) -> Decimal:
    if abs(figure) >= _LARGEST:
        raise FigureRefused(f"{what.capitalize()} is too large. Count it in thousands or millions.")
    return trimmed(half_up(figure, _PLACES))


def trimmed(figure: Decimal) -> Decimal:
    """Give a figure without the noughts that say nothing: 12.50 as 12.5, and 1E+3 as 1000."""
    short = figure.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def figure_said(figure: Decimal) -> str:
    """Give a figure as British readers write it: 12,480.5, with a true minus."""
    return f"{figure:,f}".replace("-", "−")


def _figure_or_none(what: str, given: Any) -> Decimal | None:
    blank = given is None or (isinstance(given, str) and not given.strip())
    return None if blank else _clean_figure(what, given)


def _is_a_level(given: Impact) -> Impact:
    if given is Impact.UNSAID:
        raise ChoiceRefused("Choose where it shows: leaders, teams or outcomes.")
    return given


class MeasureDraft(Word):
    """A number that a place follows over time; `target` is one that the place typed, if any."""

    name: Annotated[
        str, a_line("the measure", 80), needed("Say what is measured."), Said("What is measured")
    ]
    unit: Annotated[
        str,
        a_line("the unit", 40),
        needed("Say what it is counted in, such as days a month or per cent."),
        Said("Counted in"),
    ]
    better: Annotated[Better, a_choice("which way is better", Better), Said("Better is")]
    impact: Annotated[
        Impact,
        AfterValidator(_is_a_level),
        a_choice("where it shows", Impact),
        Said("Shows in"),
    ]
    whom: Annotated[ForWhom, a_choice("for whom it is", ForWhom), Said("For whom")]
    target: Annotated[
        Decimal | None,
        BeforeValidator(partial(_figure_or_none, "the target")),
        Said("Target", asks="Target (only if the place has set one)"),
    ] = None


class Measure(MeasureDraft):
    """A measure, as it is kept. Versions are kept."""

    id: str
    version: int

    @property
    def in_per_cent(self) -> bool:
        """Whether its figures are percentages."""
        return any(said in self.unit.casefold() for said in _PER_CENT)


class ReadingDraft(Word):
    """One value of a measure on a day; `counted` is how many it is of, None where not known."""

    measure_id: str
    dated: Annotated[date, a_day("Choose the day of the reading, such as 2026-12-22.")]
    value: Annotated[Decimal, BeforeValidator(partial(_clean_figure, "the value")), Said("Value")]
    counted: Annotated[int | None, Field(ge=1, le=1_000_000_000)] = None
    source: Annotated[str, a_line("the source", 120), Said("Source")] = ""


class Reading(ReadingDraft):
    """A reading, as it is kept. Versions are kept."""

    id: str
    version: int


class Ordered(Word):
    """A file or a pasted table of which somebody said in which order its days are written."""

    brought: bytes | str
    month_first: bool


class Phase(Word):
    """From a day on a measure has another usual; EARLIEST is its start.

    `usual_until` freezes that usual: it is the middle of the phase's readings up to that day, and
    later ones are held against it. None: it is the middle of all of them.
    """

    measure_id: str
    begins_on: date
    usual_until: date | None = None


class Signs(Word):
    """What a run chart's rules find (`rules/run_chart.py`); the last six are None where not judged.

    `useful` are the values that are not on the median. `anhoej` is the verdict; `shift` and `trend`
    are a second opinion.
    """

    points: int
    missing: int
    median: Decimal | None
    useful: int
    on_median: int
    longest_run: int
    crossings: int
    longest_run_limit: int | None
    crossings_limit: int | None
    longest_trend: int
    trend_direction: str | None
    judged: bool
    anhoej_long_run: bool | None
    anhoej_few_crossings: bool | None
    anhoej: bool | None
    shift: bool | None
    trend: bool | None


class LongRun(Word):
    """The newest run that is longer than chance gives: its first and last day, how many, where.

    `lasts` says that nothing came back to the other side since.
    """

    begins_on: date
    ends_on: date
    points: int
    above: bool
    lasts: bool


class RunPhase(Word):
    """The readings of one phase of a measure, in time order, and what its rules find.

    `usual` is the median that they are held against: `frozen_on` where it is one of readings up to
    that day alone.
    """

    readings: tuple[Reading, ...]
    usual: Decimal | None
    frozen_on: date | None
    signs: Signs
    long_run: LongRun | None


class Expected(Word):
    """What a test that goes on says of a measure: where it was, and what is hoped for."""

    test: str
    planned_on: date
    baseline: str
    target: str


class Followed(Word):
    """A measure with its phases, the first one first; none where it has no reading.

    `tests` are those that ended and were measured by it, `expected` what tests that go on say.
    """

    measure: Measure
    phases: tuple[RunPhase, ...]
    tests: tuple[EndedTest, ...] = ()
    expected: tuple[Expected, ...] = ()

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every reading, in time order."""
        return tuple(reading for phase in self.phases for reading in phase.readings)


class PlaceImpact(Word):
    """What a place follows: by level, leaders first, then by name.

    Outcomes can be expected between the two days of `band`: years five to seven of the place.
    `tests` are those that ended and are measured by none of these.
    """

    place: str
    began_on: date
    band: tuple[date, date]
    today: date
    followed: tuple[Followed, ...]
    tests: tuple[EndedTest, ...] = ()

    @property
    def invests(self) -> bool:
        """Whether outcomes are not due yet."""
        return self.today < self.band[0]
