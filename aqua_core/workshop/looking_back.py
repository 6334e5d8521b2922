"""A place over time: its waves are collected and compared, and its room reads what fell."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from aqua_core.errors import ChoiceRefused
from aqua_core.live import Channel, changed, kept_with, revision
from aqua_core.rules.gaps_over_time import (
    board_less_front_line,
    gaps_moved,
    nobody_dropped,
    scored_each_time,
)
from aqua_core.rules.lines import seed_of
from aqua_core.rules.open_tests import ended_at
from aqua_core.rules.over_time import TakenWave, over_time_of, over_time_published
from aqua_core.store import places as place_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.vocabulary import (
    Compare,
    Domain,
    Holder,
    Instrument,
    PublishedDomain,
    PublishedWaves,
    Wave,
    WaveKind,
    Workshop,
)
from aqua_core.vocabulary import over_time as words
from aqua_core.vocabulary.place import Ended
from aqua_core.vocabulary.points import waves_called
from aqua_core.vocabulary.shown import Results
from aqua_core.workshop import admitting
from aqua_core.workshop.holding_back import check_may_look_back, check_place_may_look_back
from aqua_core.workshop.placing import find_place
from aqua_core.workshop.reading import plans_in, workshops_at
from aqua_core.workshop.showing import results_in, shown_in, wave_scores_in

FEWEST_WAVES = 2


class Since(StrEnum):
    """Which wave the last one is compared with."""

    LAST_TIME = "Since last time"
    START = "Since the start"


class Whose(StrEnum):
    """Whose averages stand on the page."""

    EVERYONE = "Everyone"
    EACH_TIME = "Partners who scored it each time"


class LookedBack(NamedTuple):
    """A place over time, as far as it may be seen.

    `between_tiers` has, for each domain on which board and front line may both be shown, a step a
    wave that shows them. `readings` say how the room reads what fell, by domain key.
    """

    over_time: words.OverTime
    between_tiers: tuple[tuple[words.TierStep, ...], ...]
    readings: Mapping[str, words.FallReading]


class _Behind(NamedTuple):
    """A wave that shows something, with what stands behind it: of a published one nothing."""

    wave: Wave
    workshop: Workshop | None
    results: Results | None
    people: int | None
    partners: int | None


class _Asked(NamedTuple):
    """What is put side by side: the domains that may be seen, and how."""

    domains: tuple[Domain, ...]
    since: Since
    whose: Whose

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(domain.key for domain in self.domains)


def has_earlier_waves(caller: admitting.Caller, code: str) -> bool:
    """Tell whether a workshop has revealed something, and its place has an earlier wave."""
    with admitting.watching(caller, code) as (cursor, workshop):
        now = revision("", Channel.ROOM)
        return kept_with(
            workshop.code, "earlier waves", now, lambda: _has_earlier(cursor, workshop)
        )


def looked_back_now(
    caller: admitting.Caller,
    code: str,
    since: Since = Since.LAST_TIME,
    whose: Whose = Whose.EVERYONE,
) -> LookedBack | None:
    """Give a workshop's place from its first wave to this one: the domains that are revealed here.

    Returns:
        None where nothing is revealed, or no earlier wave shows anything.

    Raises:
        KeptBack: a later workshop of the place scores.
    """
    with admitting.watching(caller, code) as (cursor, workshop):
        shown = frozenset(results_in(workshop).rounds)
        check_may_look_back(cursor, workshop, shown)
        return kept_with(
            workshop.code,
            ("looked back", since, whose),
            revision("", Channel.ROOM),
            lambda: _looked_back(cursor, workshop, since, whose),
        )


def looked_back_in(cursor: Cursor, workshop: Workshop) -> LookedBack | None:
    """Give what `looked_back_now` gives, to who has been let in and may look."""
    return _looked_back(cursor, workshop, Since.LAST_TIME, Whose.EVERYONE)


def place_looked_back(
    caller: admitting.Caller,
    place_id: str,
    instrument: Instrument,
    since: Since = Since.LAST_TIME,
    whose: Whose = Whose.EVERYONE,
) -> LookedBack | None:
    """Give a place from its first wave to its last; a place that was only published as printed.

    Args:
        caller: the facilitator.
        place_id: of the place.
        instrument: names the domains where no workshop does.
        since: the wave that the last one is compared with.
        whose: everyone's averages, or those of the partners that scored each time.

    Returns:
        None where fewer than two waves show anything.

    Raises:
        NoSuchPlace: the file holds no such place.
        KeptBack: a workshop of the place scores.
    """
    with admitting.managing(caller, reading) as cursor:
        place = find_place(cursor, place_id)
        check_place_may_look_back(cursor, place.id)
        behind = tuple(
            _behind(cursor, place_rows.waves_of(cursor, place_rows.ids_at(cursor, place.id)))
        )
        newest = next((one.workshop for one in reversed(behind) if one.workshop), None)
        domains = newest.instrument.domains if newest else instrument.domains
        asked = _Asked(_any_of(domains, behind), since, whose)
        return _compared(cursor, place.id, place.name, behind, asked)


def fallen_now(caller: admitting.Caller, code: str) -> tuple[words.DomainOverTime, ...]:
    """Give the domains that moved down since last time, in the instrument's order."""
    seen = looked_back_now(caller, code)
    return seen.over_time.fallen if seen else ()


def read_fall(caller: admitting.Caller, code: str, domain: str, read_as: words.FallReading) -> None:
    """Keep how the room reads a fall; what it said before stays as an earlier version.

    Raises:
        ChoiceRefused: the domain did not fall since last time.
        WorkshopClosed: the workshop is closed.
    """
    with admitting.leading(caller, code) as (cursor, workshop):
        seen = _looked_back(cursor, workshop, Since.LAST_TIME, Whose.EVERYONE)
        if seen is None or domain not in {row.key for row in seen.over_time.fallen}:
            raise ChoiceRefused("This domain did not clearly fall since last time.")
        if seen.readings.get(domain) is not read_as:
            place_rows.add_fall(cursor, _wave_of(cursor, workshop).id, domain, read_as)
            named = workshop.instrument.names[domain]
            admitting.remember(cursor, workshop, f"The fall on {named} was read: {read_as}.")
    changed(workshop.code, Channel.ROOM)


def _has_earlier(cursor: Cursor, workshop: Workshop) -> bool:
    if not (results_in(workshop).rounds and place_rows.has_several_waves(cursor, workshop.id)):
        return False
    return any(wave.shown for wave in _waves_until(cursor, workshop)[:-1])


def _looked_back(
    cursor: Cursor, workshop: Workshop, since: Since, whose: Whose
) -> LookedBack | None:
    results = results_in(workshop)
    if not results.rounds:
        return None
    behind = tuple(_behind(cursor, _waves_until(cursor, workshop)))
    domains = tuple(
        domain for domain in workshop.instrument.domains if domain.key in results.rounds
    )
    place_id = place_rows.place_id_of(cursor, workshop.id)
    asked = _Asked(domains, since, whose)
    return _compared(cursor, place_id, workshop.place.name, behind, asked)


def _waves_until(cursor: Cursor, workshop: Workshop) -> list[Wave]:
    """Give the waves of a workshop's place, up to the one that the workshop stands behind."""
    place_id = place_rows.place_id_of(cursor, workshop.id)
    waves = place_rows.waves_of(cursor, place_rows.ids_at(cursor, place_id))
    before = takewhile(lambda wave: workshop.code not in wave.codes, waves)
    return [*before, *(wave for wave in waves if workshop.code in wave.codes)]


def _wave_of(cursor: Cursor, workshop: Workshop) -> Wave:
    return _waves_until(cursor, workshop)[-1]


def _behind(cursor: Cursor, waves: Sequence[Wave]) -> Iterator[_Behind]:
    """Give what stands behind each wave that shows something; the last of its sittings shows it."""
    came = place_rows.came_to(cursor, [code for wave in waves for code in wave.codes])
    for wave in waves:
        if wave.kind is WaveKind.PUBLISHED:
            yield _Behind(wave, None, None, wave.people, None)
            continue
        for code in reversed(wave.codes):
            workshop = admitting.find_workshop(cursor, code)
            results = results_in(workshop)
            if results.rounds:
                scored, partners = came[workshop.code]
                yield _Behind(wave, workshop, results, scored, len(partners))
                break


def _any_of(domains: Sequence[Domain], behind: Sequence[_Behind]) -> tuple[Domain, ...]:
    told = {key for one in behind for key in _keys_of(one)}
    return tuple(domain for domain in domains if domain.key in told)


def _keys_of(behind: _Behind) -> set[str]:
    if behind.results is not None:
        return set(behind.results.rounds)
    return {mean.domain for mean in behind.wave.means}


def _compared(
    cursor: Cursor, place_id: str, name: str, behind: Sequence[_Behind], asked: _Asked
) -> LookedBack | None:
    """Put waves of a place side by side, worked out once for all that they hang on."""
    if len(behind) < FEWEST_WAVES or not asked.domains:
        return None
    codes = {code for one in behind for code in one.wave.codes}
    plans = plans_in(cursor, workshops_at(cursor, place_id))
    ended = tuple(test for test in ended_at(plans) if test.code in codes)
    last = behind[-1].wave
    hangs_on = (name, behind, asked, ended)
    about = ("over time", len(behind), asked.since, asked.whose)
    kept_at = last.codes[-1] if last.codes else last.id
    over_time, tiers = kept_with(kept_at, about, hangs_on, lambda: _worked_out(*hangs_on))
    return LookedBack(over_time, tiers, place_rows.falls_of(cursor, last.id))


def _worked_out(
    name: str, behind: Sequence[_Behind], asked: _Asked, ended: Sequence[Ended]
) -> tuple[words.OverTime, tuple[tuple[words.TierStep, ...], ...]]:
    printed = _as_printed(name, behind, asked.domains)
    if printed.domains and (published := over_time_published(printed)):
        return published, ()
    over_time = over_time_of(
        name,
        [
            _taken(one, called, asked.keys)
            for one, called in zip(behind, _called(behind), strict=True)
        ],
        asked.domains,
        since=len(behind) - FEWEST_WAVES if asked.since is Since.LAST_TIME else 0,
        each_time=asked.whose is Whose.EACH_TIME,
        seed=seed_of(behind[-1].wave.id, (), behind[0].wave.id),
        tests=_tests_between(behind, ended),
        returned=behind[-1].results.been_here if behind[-1].results else None,
    )
    first, last = (behind[n].results for n in (over_time.since, -1))
    results = [one.results for one in behind if one.results]
    if first and last:
        gaps = gaps_moved(first.gaps[Compare.PARTNER], last.gaps[Compare.PARTNER])
        if asked.whose is Whose.EACH_TIME:
            gaps = {key: gap for key, gap in gaps.items() if key in nobody_dropped(results)}
        told = (row for row in over_time.domains if row.move.untold is not words.Untold.OTHER_WORDS)
        moved = tuple(gaps[row.key] for row in told if row.key in gaps)
        over_time = over_time.model_copy(update={"gaps": moved})
    if asked.whose is Whose.EACH_TIME:
        over_time = _with_who_scored(over_time, results)
    return over_time, _between_tiers(behind, asked.keys)


def _with_who_scored(over_time: words.OverTime, results: Sequence[Results]) -> words.OverTime:
    fewer = scored_each_time(results)
    rows = (row.model_copy(update={"partners": fewer.get(row.key)}) for row in over_time.domains)
    return over_time.model_copy(update={"domains": tuple(rows)})


def _taken(behind: _Behind, called: str, keys: frozenset[str]) -> TakenWave:
    wave = words.WaveOnPage(
        held_on=behind.wave.dated,
        called=called,
        scored=behind.people,
        partners=behind.partners,
        by_team=behind.workshop is not None and behind.workshop.holder is Holder.LAPTOP,
    )
    if behind.workshop is None:
        means = {mean.domain: mean.mean for mean in behind.wave.means if mean.domain in keys}
        return TakenWave(wave, means, None)
    averages = {
        level.domain.key: level.average
        for level in shown_in(behind.workshop).levels
        if level.average is not None and level.domain.key in keys
    }
    return TakenWave(wave, averages, wave_scores_in(behind.workshop, keys))


def _tests_between(
    behind: Sequence[_Behind], ended: Sequence[Ended]
) -> dict[str, list[words.EndedTest]]:
    first, last = behind[0].wave.dated, behind[-1].wave.dated
    found: dict[str, list[words.EndedTest]] = {}
    for test in ended:
        if first <= test.ended_on <= last:
            marked = words.EndedTest(ended_on=test.ended_on, won=test.won, what=test.test)
            found.setdefault(test.domain, []).append(marked)
    return found


def _between_tiers(
    behind: Sequence[_Behind], keys: frozenset[str]
) -> tuple[tuple[words.TierStep, ...], ...]:
    """Give the steps of each domain that the last wave shows for both tiers."""
    steps: dict[str, list[words.TierStep]] = {}
    for one in behind:
        gaps = one.results.gaps[Compare.TIER] if one.results else ()
        here = (gap for gap in gaps if gap.domain.key in keys)
        for step in board_less_front_line(here, one.wave.dated):
            steps.setdefault(step.domain, []).append(step)
    now = behind[-1].wave.dated
    return tuple(tuple(given) for given in steps.values() if given[-1].held_on == now)


def _as_printed(name: str, behind: Sequence[_Behind], domains: Sequence[Domain]) -> PublishedWaves:
    """Give published waves as one table, of the domains that each has; none of what was scored."""
    means = [{mean.domain: mean for mean in one.wave.means} for one in behind]
    return PublishedWaves(
        place=name,
        source="; ".join(dict.fromkeys(one.wave.source for one in behind)),
        waves=_called(behind),
        dated=tuple(one.wave.dated for one in behind),
        domains=tuple(
            PublishedDomain(
                name=domain.short,
                kind=domain.kind,
                means=tuple(wave[domain.key].mean for wave in means),
                people=tuple(
                    wave[domain.key].people or one.people
                    for wave, one in zip(means, behind, strict=True)
                ),
            )
            for domain in domains
            if all(domain.key in wave for wave in means)
        ),
    )


def _called(behind: Sequence[_Behind]) -> tuple[str, ...]:
    """Name each wave as no other of them: of two on one day the code or "published" is said too."""
    named = waves_called([one.wave.dated for one in behind])
    return tuple(
        name if named.count(name) == 1 else f"{name}, {next(iter(one.wave.codes), 'published')}"
        for name, one in zip(named, behind, strict=True)
    )
