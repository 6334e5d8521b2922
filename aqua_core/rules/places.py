"""Rules of places: which names are one place, what each asks next, and who sits together."""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from aqua_core.errors import SittingRefused
from aqua_core.rules.typed import folded
from aqua_core.vocabulary import (
    KeptPlace,
    PlaceRow,
    Round,
    SeenWith,
    Team,
    Tier,
    ToDo,
    Workshop,
    same_name,
)
from aqua_core.vocabulary.place import AtPlaces, Met, PlanBefore, Tried
from aqua_core.vocabulary.points import day_said

_WORDS: Final = re.compile(r"\w+")
_SHORTEST: Final = 4
"""Letters of a word in which one slip is looked for: Hull and Hall, but not Ely and Eye."""
_LONG: Final = 8
"""Letters of a word in which two slips are: Birmingham typed as Birmngam."""

_OF_AREAS: Final = ("the", "city", "county", "borough", "metropolitan", "district")


def same_place(typed: str, places: Iterable[KeptPlace]) -> KeptPlace | None:
    """Give the place of this name, or None; case, width and blanks do not matter."""
    wanted = same_name(" ".join(typed.split()))
    return next((place for place in places if same_name(place.name) == wanted), None)


def close_place(typed: str, places: Iterable[KeptPlace]) -> KeptPlace | None:
    """Give the first place whose name may be this one with a slip of the pen, or None."""
    return next((place for place in places if a_slip_apart(typed, place.name)), None)


def is_in_full(typed: str, before: str, place: str) -> bool:
    """Tell whether a partner's name only gained whose it is: Council, typed as Wigan Council."""
    words, usual = (_WORDS.findall(folded(name)) for name in (typed, before))
    added = words[: len(words) - len(usual)]
    whose = {*_WORDS.findall(folded(place)), *_OF_AREAS}
    return bool(usual) and words[len(added) :] == usual and set(added) <= whose


def a_slip_apart(one: str, other: str) -> bool:
    """Tell whether two names may be one and the same, typed with a slip of the pen."""
    here, there = (_WORDS.findall(folded(name)) for name in (one, other))
    if "".join(here) == "".join(there) or set(here) == set(there):
        return True
    return len(here) == len(there) and all(map(_nearly, here, there))


def _nearly(one: str, other: str) -> bool:
    longest = max(len(one), len(other))
    if longest < _SHORTEST or not (one + other).isalpha():
        return one == other
    return _slips(one, other) <= (2 if longest >= _LONG else 1)


def _slips(one: str, other: str) -> int:
    """Count the letters to change, add, leave out or swap (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for at, mark in enumerate(one, start=1):
        row = [at]
        for to, wanted in enumerate(other, start=1):
            fewest = min(rows[-1][to] + 1, row[-1] + 1, rows[-1][to - 1] + (mark != wanted))
            if at > 1 < to and mark == other[to - 2] and wanted == one[at - 2]:
                fewest = min(fewest, rows[-2][to - 2] + 1)
            row.append(fewest)
        rows.append(row)
    return rows[-1][-1]


def kept_back(rounds: Iterable[Round], domains: Iterable[str]) -> frozenset[str]:
    """Give the domains of which nothing earlier may be seen: those that a room has yet to reveal.

    Whoever sees what was scored before leans towards it (anchoring: Tversky & Kahneman 1974).
    """
    return frozenset(domains) - {round_.domain for round_ in rounds if round_.revealed}


def rows_of(places: Iterable[KeptPlace], known: AtPlaces, today: date) -> tuple[PlaceRow, ...]:
    """Give a row a place that stands for itself.

    Returns:
        Who meets today first, then the soonest review, overdue ones before all others; places
        without a review by name, samples last.
    """
    rows = []
    for place in places:
        if not place.joined_to:
            here = _in_order(workshop for workshop in known.met if workshop.place_id == place.id)
            codes = {workshop.code for workshop in here}
            own = [test for test in known.tried if test.code in codes]
            waves = [wave for wave in known.printed if wave.place_id == place.id]
            missing = {code: known.missing[code] for code in codes & known.missing.keys()}
            rows.append(_row(place, AtPlaces(here, known.came, own, waves, missing), today))
    return tuple(sorted(rows, key=_rank))


def last_seen(met: Iterable[Met]) -> list[Met]:
    """Give the workshops behind the last wave of each place that shows something."""
    shown = _in_order(workshop for workshop in met if workshop.revealed)
    last = {workshop.place_id: workshop.wave_id for workshop in shown}
    return [workshop for workshop in shown if workshop.wave_id == last[workshop.place_id]]


def half_a_year_on(day: date) -> date:
    """Give the same day six months on, or the last day of that month where it has no such day."""
    return months_on(day, 6)


def months_on(day: date, months: int) -> date:
    """Give the same day so many months on, or the last day of that month without such a day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def working_day_from(day: date) -> date:
    """Give the first day from this one on that may be proposed for people to meet.

    It is a Tuesday to Thursday, as England's bank holidays outside the days from 24 December to
    2 January are Mondays and Fridays.
    """
    while day.weekday() not in (1, 2, 3) or not (1, 2) < (day.month, day.day) < (12, 24):
        day += timedelta(days=1)
    return day


def _row(place: KeptPlace, known: AtPlaces, today: date) -> PlaceRow:
    met, tests = known.met, known.tried
    ahead = [workshop for workshop in met if not workshop.closed and workshop.held_on >= today]
    # Of several of today the newest is gone on with: one before it was a first try, or is over.
    of_today = [workshop for workshop in ahead if workshop.held_on == today]
    meets = of_today[-1] if of_today else next(iter(ahead), None)
    sealed = next((workshop for workshop in ahead if not workshop.revealed), None)
    reviews = [test for test in tests if not test.answered]
    waiting = [test for test in reviews if test.review_on < today]
    to_do, code = _to_do(met, meets, waiting, today)
    wave_on, people, partners = _last_wave(known)
    return PlaceRow(
        place=place,
        workshops=len(met),
        to_do=to_do,
        code=code,
        meets_on=sealed.held_on if sealed else None,
        review_on=reviews[0].review_on if reviews else None,
        tests=len(tests),
        waiting=len(waiting),
        wave_on=wave_on,
        people=people,
        partners=partners,
        by_team=partners is not None and last_seen(met)[-1].by_team,
        missing=newest_told(known.missing.get(workshop.code, ()) for workshop in met),
    )


def newest_told(told: Iterable[Iterable[PlanBefore]]) -> tuple[PlanBefore, ...]:
    """Give each plan once, as the newest told of it, the first one first.

    Args:
        told: by each workshop, in their order.
    """
    newest = {plan.workshop_id: plan for plans in told for plan in plans}
    return tuple(sorted(newest.values(), key=lambda plan: (plan.held_on, plan.workshop_id)))


def _to_do(
    met: Sequence[Met], meets: Met | None, waiting: Sequence[Tried], today: date
) -> tuple[ToDo, str]:
    if meets and meets.held_on == today:
        return ToDo.GO_ON, meets.code
    if waiting:
        return ToDo.LOOK_AT_TESTS, waiting[0].code
    if meets:
        return ToDo.PREPARE, meets.code
    return ToDo.OPEN, met[-1].code if met else ""


def _last_wave(known: AtPlaces) -> tuple[date | None, int | None, int | None]:
    behind = last_seen(known.met)
    newest = max(known.printed, key=lambda wave: wave.dated, default=None)
    if not behind or (newest and newest.dated > behind[-1].held_on):
        return (newest.dated, newest.people, None) if newest else (None, None, None)
    came = [known.came[workshop.code] for workshop in behind]
    return (
        *(behind[-1].held_on, sum(one.scored for one in came)),
        len(frozenset().union(*(one.partners for one in came))),
    )


def _in_order(met: Iterable[Met]) -> list[Met]:
    return sorted(met, key=lambda workshop: (workshop.held_on, workshop.ordinal))


def _rank(row: PlaceRow) -> tuple[object, ...]:
    return (
        row.place.invented,
        row.to_do is not ToDo.GO_ON,
        row.review_on or date.max,
        same_name(row.place.name),
    )


def home_of(sitting: Workshop, day: Workshop) -> dict[str, str]:
    """Give the id of the team of the day's workshop that each team of a sitting is, by its own id.

    A team is the same where its partner's name and its tier are and, where a partner has several
    there, its own name; one that is not there is left out.
    """
    there: dict[tuple[str, Tier], dict[str, str]] = {}
    for team in day.teams:
        there.setdefault(_side(team), {})[same_name(team.name)] = team.id
    found = {
        team.id: alike.get(same_name(team.name)) or (min(alike.values()) if len(alike) == 1 else "")
        for team in sitting.teams
        for alike in [there.get(_side(team), {})]
    }
    return {team_id: home for team_id, home in found.items() if home}


def _side(team: Team) -> tuple[str, Tier]:
    return same_name(team.partner.name), team.tier


def named_as(sitting: Workshop, day: Workshop) -> Workshop:
    """Give a sitting that the day's workshop invited, named as that is called now.

    Its teams are the day's, in their order: the day may have got others since, after them.
    """
    teams = tuple(
        team.model_copy(
            update={
                "name": other.name,
                "partner": team.partner.model_copy(update={"name": other.partner.name}),
            }
        )
        if team.tier is other.tier
        else team
        for team, other in zip(sitting.teams, day.teams, strict=False)
    )
    return sitting.model_copy(update={"teams": (*teams, *sitting.teams[len(teams) :])})


def check_may_sit_with(sitting: Workshop, day: Workshop) -> None:
    """Refuse a sitting whose scores could not be seen as those of one room with the day's.

    Raises:
        SittingRefused: its wording, its seats, what it was promised, or a team is another.
    """
    when = day_said(day.held_on)
    if sitting.instrument.domains != day.instrument.domains:
        raise SittingRefused(f"It is scored against other words than the workshop of {when}.")
    if sitting.holder is not day.holder:
        raise SittingRefused(f"Teams on laptops and single people cannot be one room with {when}.")
    if sitting.guard > day.guard:
        raise SittingRefused(
            f"Its people were told that groups are shown from {sitting.guard} scores; in the "
            f"workshop of {when} it is {day.guard}. Choose the same there first."
        )
    home = home_of(sitting, day)
    if lost := [team.name for team in sitting.teams if team.id not in home]:
        raise SittingRefused(
            f"{', '.join(lost)}: no such team in the workshop of {when}. Set the sitting up from "
            "there; then it has the same teams."
        )


def where_it_is_seen(together: SeenWith, place: str) -> str:
    """Say when and where the scores of a sitting are seen."""
    where = f"in the workshop {together.code}" if together.here else "on the laptop of that day"
    return (
        f"This sitting belongs to the wave of {place} on {day_said(together.dated)}. Its scores "
        f"are seen there, {where}, together with all others; before that by nobody."
    )
