"""What the list of places and the page of one say: reviews, waves, the one thing to do."""

from datetime import date
from typing import Final

from aqua_core.charts.sentences.wording import counted
from aqua_core.vocabulary import KeptPlace, PlaceRow, ToDo, Wave, WaveKind
from aqua_core.vocabulary.points import day_said

_NO_REVIEW: Final = "No review"
_NO_WAVE: Final = "Not yet"
ANCHORS: Final = (
    "A workshop of this place is scoring: what earlier waves said is kept back until the reveal."
)

CYCLES_ANCHOR: Final = (
    "A workshop of this place is scoring: what cycles showed is kept back until the reveal."
)


def is_it_the_same(known: str) -> str:
    """Ask whether a name with a slip in it means a place that is here."""
    return f"{known} is here already. Is this the same place?"


def all_by_date(workshops: int) -> str:
    """Name the list of all workshops."""
    return "The workshop by date" if workshops == 1 else f"All {workshops} workshops by date"


def place_said(row: PlaceRow) -> str:
    """Say what a place is, under its name: "4 workshops, persona Walter"."""
    persona = f", persona {row.place.persona}" if row.place.persona else ""
    invented = ". Sample: invented scores" if row.place.invented else ""
    return f"{counted(row.workshops, 'workshop')}{persona}{invented}"


def about_place(place: KeptPlace, today: date) -> str:
    """Say of a place who its persona is, when it began, and when its next wave is due."""
    persona = f"Persona {place.persona}." if place.persona else ""
    due = _wave_due(place, today)
    return " ".join(
        filter(
            None,
            (
                persona,
                f"Began on {day_said(place.began_on)}.",
                f"{due[:1].upper()}{due[1:]}." if due else "",
            ),
        )
    )


def review_said(row: PlaceRow, today: date) -> tuple[str, str]:
    """Say when a place's tests are looked at next, and how many there are.

    Overdue is said in words: "14 November, 17 days ago". Who meets today looks back today.
    """
    if row.meets_on == today:
        return "Today", _before_scoring(row.tests)
    due = _wave_due(row.place, today)
    if row.review_on is None:
        return _meeting(row, today) or _NO_REVIEW, due[:1].upper() + due[1:]
    tests = counted(row.tests, "test")
    if row.waiting:
        wait = "waits" if row.waiting == 1 else "wait"
        tests = f"{counted(row.waiting, 'test')} {wait} for an answer"
    return day_and_distance(row.review_on, today), "; ".join(filter(None, (tests, due)))


def wave_said(row: PlaceRow) -> tuple[str, str]:
    """Say when a place scored last, and who did: "May 2026", "36 people, 6 partners"."""
    if row.wave_on is None:
        return _NO_WAVE, ""
    if row.partners is None:
        return month_said(row.wave_on), f"published, {people_said(row.people)}"
    people = "1 person" if row.people == 1 else f"{row.people} people"
    return month_said(row.wave_on), f"{people}, {counted(row.partners, 'partner')}"


def to_do_said(row: PlaceRow) -> str:
    """Say the one thing to do, as on a button."""
    return {
        ToDo.GO_ON: f"Go on: code {row.code}",
        ToDo.LOOK_AT_TESTS: "Answer the tests",
        ToDo.PREPARE: f"Prepare: code {row.code}",
        ToDo.OPEN: "Open",
    }[row.to_do]


def day_and_distance(day: date, today: date) -> str:
    """Say a day, without its year in this one; if it has passed, how long ago."""
    said = day_said(day) if day.year != today.year else f"{day.day} {day:%B}"
    if day == today:
        return "Today"
    ago = (today - day).days
    return f"{said}, {counted(ago, 'day')} ago" if ago > 0 else said


def month_said(day: date) -> str:
    """Say the month of a wave: "May 2026"."""
    return f"{day:%B %Y}"


def people_said(people: int | None) -> str:
    """Say of how many a published mean is."""
    if people is None:
        return "how many scored is not known"
    return "1 person" if people == 1 else f"{people} people"


def since_said(wave: Wave, before: Wave | None) -> str:
    """Say how long after the wave before it a wave lies: in days, above 999 in years.

    "" for the first.
    """
    if before is None:
        return ""
    days = (wave.dated - before.dated).days
    return f"{counted(days, 'day') if days < 1000 else counted(days // 365, 'year')} later"


def wave_in_order(wave: Wave, before: Wave | None) -> str:
    """Name a wave by its month, and say how long after the one before it lies."""
    return ", ".join(filter(None, (month_said(wave.dated), since_said(wave, before))))


def wave_of_a_place(wave: Wave) -> str:
    """Say where a wave comes from."""
    if wave.kind is WaveKind.MEASURED:
        behind = "one sitting" if len(wave.codes) == 1 else f"{len(wave.codes)} sittings"
        return f"{'scored here' if wave.shown else 'nothing revealed yet'}, {behind}"
    return f"published: {wave.source}; {people_said(wave.people)}"


def _before_scoring(tests: int) -> str:
    return f"{counted(tests, 'test')} to answer before scoring" if tests else "No tests so far"


def _meeting(row: PlaceRow, today: date) -> str:
    return f"Meets on {day_and_distance(row.meets_on, today)}" if row.meets_on else ""


def _wave_due(place: KeptPlace, today: date) -> str:
    if place.next_wave_on is None:
        return ""
    if place.next_wave_on < today:
        return f"next wave was due on {day_said(place.next_wave_on)}"
    year = "" if place.next_wave_on.year == today.year else f" {place.next_wave_on.year}"
    return f"next wave due in {place.next_wave_on:%B}{year}"
