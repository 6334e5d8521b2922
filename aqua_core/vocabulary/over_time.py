"""A place over time: its waves, a row a domain, and whether a domain moved."""

from datetime import date
from enum import StrEnum

from aqua_core.vocabulary.framework import Kind
from aqua_core.vocabulary.points import step_said
from aqua_core.vocabulary.shown import BeenHere
from aqua_core.vocabulary.text import Word


class Verdict(StrEnum):
    """What may be said of a change between two waves."""

    MOVED_UP = "moved up"
    MOVED_DOWN = "moved down"
    MAY_HAVE_MOVED_UP = "may have moved up"
    MAY_HAVE_MOVED_DOWN = "may have moved down"
    HELD = "held"
    NO_CLEAR_CHANGE = "no clear change"
    CANNOT_BE_TOLD = "cannot be told"

    @property
    def moved(self) -> bool:
        """Whether chance gives so wide a change too seldom to be believed."""
        return self in (Verdict.MOVED_UP, Verdict.MOVED_DOWN)

    @property
    def may_have_moved(self) -> bool:
        """Whether it could be chance, and is worth asking."""
        return self in (Verdict.MAY_HAVE_MOVED_UP, Verdict.MAY_HAVE_MOVED_DOWN)


class Untold(StrEnum):
    """Why nothing can be said of a change."""

    PUBLISHED = "each score is not known"
    NOT_SHOWN = "the domain is not shown in one of the two waves, or was not asked"
    OTHER_WORDS = "the wording changed"
    NOBODY_TWICE = "no team can be compared both times"
    FEW_SCORES = "fewer than three scores of compared teams"
    FEW_WAYS = "fewer than forty arrangements"
    WHO_CAME = "who came changed more than the scores"
    AGREED = "teams on laptops agreed the scores aloud"
    NO_PARTNER_EACH_TIME = "no partner that may be shown scored it each time"


class FallReading(StrEnum):
    """How a room reads a domain that is lower than last time; no score can tell which it is."""

    REALLY_LOWER = "really lower"
    KNOW_MORE = "we know more now"
    DIFFERENT_PEOPLE = "different people"


class Change(Word):
    """The change of one domain, or of a place as a whole, between two waves.

    `before` and `after` are averages (0 to 5) of the partners that are shown both times; of
    published means they are as printed; None where nothing is shown. `scored` is how many scores
    are compared in each. `least` is the least change (points) that would have been clear; None
    where none would. `one_in` is how often shuffling gives as much, 1 time in so many; None where
    nothing is said of chance. `who_came` says that part of the change may be who came. `by_itself`
    says that the domain was the lowest, and that a rise as small as its own comes by itself.
    """

    verdict: Verdict
    before: float | None = None
    after: float | None = None
    scored: tuple[int, int] = (0, 0)
    least: float | None = None
    one_in: int | None = None
    untold: Untold | None = None
    who_came: bool = False
    by_itself: bool = False

    def step(self, places: int = 1) -> float | None:
        """Give the change as the two averages are said; None where one of them is not shown."""
        if self.before is None or self.after is None:
            return None
        return float(step_said(self.before, self.after, places))


class WaveOnPage(Word):
    """One wave of a place: its day, how it is called on the page, and who scored.

    `by_team` says that teams scored on laptops, and `scored` counts them. `scored` and `partners`
    are None where they are not known; `fits_from` is then the fewest people whose whole scores
    give the printed means, None where the means say nothing of it.
    """

    held_on: date
    called: str
    scored: int | None = None
    partners: int | None = None
    fits_from: int | None = None
    by_team: bool = False


class GapMoved(Word):
    """A gap between partners that narrowed or widened by two points or more; both waves show it."""

    name: str
    before: float
    after: float


class EndedTest(Word):
    """A small test on a domain that ended between two waves; `won` marks a small win."""

    ended_on: date
    won: bool
    what: str = ""


class DomainOverTime(Word):
    """One domain: `averages` has a figure (0 to 5) a wave, None where too few scored to show one.

    `breaks[n]` says that the wording changed between wave n and the next. `lags` says that it
    stands below this place's middle domain twice and moved less than most. `partners` are how many
    scored it each time, of how many that came each time: where averages are of them, and fewer did.
    """

    key: str
    name: str
    kind: Kind
    averages: tuple[float | None, ...]
    breaks: tuple[bool, ...]
    move: Change
    lags: bool = False
    tests: tuple[EndedTest, ...] = ()
    partners: tuple[int, int] | None = None


class TierStep(Word):
    """How far the board stands from the front line on one domain, in points: above is more.

    `held_on` is the day of the wave.
    """

    domain: str
    held_on: date
    board: float
    front_line: float

    @property
    def step(self) -> float:
        """The board's mean less the front line's, as the two are said."""
        return float(step_said(self.front_line, self.board, 1))


class OverTime(Word):
    """A place over two or more waves, earliest first; `since` is the wave that is compared with.

    `domains` are in the instrument's order, `whole` is the place as a whole. `kinds` are averages
    of published domains by kind, `means` those of all of them, a mean a wave; () for a place's own
    scores, as `source` is "": it names where published means come from. `fits_all` is the fewest
    people that fit the means of every wave, `fits_all_half_up` where halves were rounded up.
    `returned` counts who said that they were there the time before; None where that is not told.
    `gaps` are those between the same partners in the two waves that are compared.
    """

    place: str
    waves: tuple[WaveOnPage, ...]
    since: int
    domains: tuple[DomainOverTime, ...]
    whole: Change
    kinds: tuple[DomainOverTime, ...] = ()
    means: tuple[float, ...] = ()
    source: str = ""
    fits_all: int | None = None
    fits_all_half_up: int | None = None
    returned: BeenHere | None = None
    gaps: tuple[GapMoved, ...] = ()

    @property
    def published(self) -> bool:
        """Whether these are published means, which are shown and not judged."""
        return bool(self.source)

    @property
    def fallen(self) -> tuple[DomainOverTime, ...]:
        """The domains whose fall is asked about: one that may be chance is not."""
        return tuple(row for row in self.domains if row.move.verdict is Verdict.MOVED_DOWN)
