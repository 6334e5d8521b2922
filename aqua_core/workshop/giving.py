"""What a place gives of its waves for analysis, and what is seen over the places that gave some."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed, kept_with
from aqua_core.rules import band as rules
from aqua_core.rules.given import given_of, same_wave, tried_over
from aqua_core.store import cards as card_rows
from aqua_core.store import given as given_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.places import places_in
from aqua_core.vocabulary.card import Published
from aqua_core.vocabulary.given import GivenWave, TriedOver
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.admitting import Caller, managing
from aqua_core.workshop.holding_back import check_nobody_scores, check_place_may_look_back
from aqua_core.workshop.placing import find_place
from aqua_core.workshop.reading import plans_in, workshops_at
from aqua_core.workshop.sharing_waves import card_of, measured_at, shown_by, wave_to_share, why_not
from aqua_core.workshop.showing import shown_to_take


class AlikeOver(NamedTuple):
    """Places whose newest waves are alike: how many, and the band of their middle half.

    `waits` says that one more waits for another to join; `newest` is the band that stands, and
    `why_not` why none can be published now; "" where one can.
    """

    alike: rules.Alike
    places: int
    waits: bool
    newest: Published | None
    why_not: str


class OverPlaces(NamedTuple):
    """What is seen over the places that gave waves: never one of them by itself.

    `tried` counts their tests; None while there are fewer places than a band takes.
    """

    waves: int
    places: int
    alike: tuple[AlikeOver, ...]
    tried: TriedOver | None


def given_now(caller: Caller, place_id: str) -> dict[str, date | None]:
    """Give since when each wave of a place is given, by its id; None of one that could be.

    Raises:
        NoSuchPlace: the file holds no such place.
    """
    with managing(caller, reading) as cursor:
        place = find_place(cursor, place_id)
        since = {kept.wave_id: kept.given_on for kept in given_rows.given_kept(cursor)}
        waves = [] if place.invented else measured_at(cursor, place)
        return {wave.id: since.get(wave.id) for wave in waves if shown_by(cursor, wave)}


def give_wave(caller: Caller, place_id: str, wave_id: str, today: date) -> None:
    """Give a wave for analysis, as it and its plan stand today; what was given before goes.

    Raises:
        NoSuchPlace: the file holds no such place.
        ChoiceRefused: it is no wave of the place that shows anything, or a sample's.
        ScoringOpen: something of it is still sealed.
        KeptBack: the place scores now.
        FileUnusable: the disk refused; nothing was kept.
    """
    with managing(caller) as cursor:
        place, wave, workshop = wave_to_share(cursor, place_id, wave_id)
        check_place_may_look_back(cursor, place.id)
        card = card_of(cursor, place, wave, workshop)
        plans = plans_in(cursor, workshops_at(cursor, place.id))
        given = given_of(card, workshop, shown_to_take(cursor, workshop), plans, wave.codes)
        given_rows.add_given(cursor, wave_id, given, today)
    changed(place_id, Channel.ROOM)


def take_given_back(caller: Caller, place_id: str, wave_id: str) -> None:
    """Take the consent back: the file goes, and nothing here counts it any more.

    Raises:
        NoSuchPlace: the file holds no such place.
        ChoiceRefused: no such wave of it is given.
        FileUnusable: the disk keeps the file; nothing was done.
    """
    with managing(caller) as cursor:
        given_rows.drop_given(cursor, _kept(cursor, place_id, wave_id).wave_id)
    changed(place_id, Channel.ROOM)


def given_file(caller: Caller, place_id: str, wave_id: str) -> bytes:
    """Give the file of a wave that is given.

    Raises:
        NoSuchPlace: the file holds no such place.
        ChoiceRefused: no such wave of it is given.
        BadGiven: its file is gone.
    """
    with managing(caller, reading) as cursor:
        kept = _kept(cursor, place_id, wave_id)
        files = given_rows.given_files(cursor, [kept.id])
    if not files:
        raise errors.BadGiven("The wave's file is gone. Bring what is given up to date.")
    return files[kept.id]


def over_places_now(
    caller: Caller, brought: Mapping[str, bytes], address: str, today: date
) -> OverPlaces:
    """Give what is seen over the places of this room that gave waves, and of files of others.

    Args:
        caller: who asks.
        brought: files that somebody brings, by name. Nothing of them is kept.
        address: of a folder with more; "" for none.
        today: the day.

    Raises:
        BadGiven: the sentence names the file that cannot be read or stands twice.
        KeptBack: a room of this file scores: nobody measures themselves by others first.
    """
    with managing(caller, reading) as cursor:
        waves = _waves_in(cursor, brought, address, today)
        alike = tuple(_alike_over(cursor, waves, one, today) for one in _kinds_of(waves))
    places = len({given.card.place for given in waves})
    return OverPlaces(
        waves=len(waves),
        places=places,
        alike=tuple(sorted(alike, key=lambda found: -found.places)),
        tried=tried_over(waves) if places >= rules.FEWEST_PLACES else None,
    )


def publish_over_places(
    caller: Caller, brought: Mapping[str, bytes], address: str, alike: rules.Alike, today: date
) -> Published:
    """Publish the band of places whose newest waves are alike; it stands until the next one.

    Bands of cards and of what is given are one row of bands: two beside each other would tell more.

    Raises:
        BandRefused: too few places, too soon, or too little changed.
        ChangedMeanwhile: a place of this room gave something or took it back just now.
        BadGiven, KeptBack: as for what is seen.
    """
    # Read before anybody waits for it: a thousand files take seconds.
    with managing(caller, reading) as cursor:
        waves, kept = _waves_in(cursor, brought, address, today), given_rows.given_kept(cursor)
    with managing(caller) as cursor:
        if given_rows.given_kept(cursor) != kept:
            raise errors.ChangedMeanwhile("What places give has changed. Look at the page again.")
        earlier = card_rows.bands_of(cursor, *alike)
        counted = rules.counted_alike([given.card for given in waves], alike, earlier)
        band = rules.published_of(counted.cards, earlier, today)
        card_rows.add_band(cursor, *alike, band)
    changed("", Channel.ROOM)
    return band


def _kept(cursor: Cursor, place_id: str, wave_id: str) -> given_rows.KeptGiven:
    waves = {wave.id for wave in measured_at(cursor, find_place(cursor, place_id))}
    for kept in given_rows.given_kept(cursor):
        if kept.wave_id == wave_id and wave_id in waves:
            return kept
    raise errors.ChoiceRefused("This wave is not given.")


def _waves_in(
    cursor: Cursor, brought: Mapping[str, bytes], address: str, today: date
) -> tuple[GivenWave, ...]:
    """Give every wave once: those of this room as they stand here, then what is brought."""
    check_nobody_scores(cursor, "What places gave is")
    here = _given_here(cursor)
    files = {**(given_rows.files_at(address) if address else {}), **brought}
    content = [(name, hashlib.sha256(raw).digest()) for name, raw in files.items()]
    read = kept_with("", "given files", content, lambda: given_rows.given_in(files))
    ours = {given.card.id for given in here}
    more = {name: given for name, given in read.items() if given.card.id not in ours}
    _check_each(here, more, today)
    return (*here, *more.values())


def _given_here(cursor: Cursor) -> list[GivenWave]:
    """Give what places of this room give, each under the place that its wave counts to now."""
    kept = given_rows.given_kept(cursor)
    # Read each time: what was kept of them would outlive a consent that is taken back.
    read = given_rows.given_in(given_rows.given_files(cursor, [held.id for held in kept]))
    found = []
    for place in places_in(cursor):
        waves = {} if place.joined_to else {wave.id for wave in measured_at(cursor, place)}
        own = [read[held.id] for held in kept if held.wave_id in waves and held.id in read]
        for given in own:
            card = given.card.model_copy(update={"place": own[0].card.place})
            found.append(given.model_copy(update={"card": card}))
    return found


def _check_each(here: Sequence[GivenWave], more: Mapping[str, GivenWave], today: date) -> None:
    """Refuse a wave of a day to come, and one that stands twice: it would count as two places.

    Raises:
        BadGiven: the sentence names the file, and the other one.
    """
    seen = [("a wave of this room", given.card) for given in here]
    for name, given in more.items():
        if given.card.dated > today:
            day = day_said(given.card.dated)
            raise errors.BadGiven(f"{name} is of {day}, which has not come yet.")
        for other, card in seen:
            if card.id == given.card.id or same_wave(card, given.card):
                raise errors.BadGiven(
                    f"{name} holds the same wave as {other}. Leave one of them out."
                )
        seen.append((name, given.card))


def _kinds_of(waves: Sequence[GivenWave]) -> tuple[rules.Alike, ...]:
    """Give what the newest waves of places share, each kind once."""
    newest = {
        given.card.place: given.card
        for given in sorted(waves, key=lambda held: (held.card.dated, held.card.id))
    }
    return tuple(dict.fromkeys(map(rules.alike_of, newest.values())))


def _alike_over(
    cursor: Cursor, waves: Sequence[GivenWave], alike: rules.Alike, today: date
) -> AlikeOver:
    bands = card_rows.bands_of(cursor, *alike)
    counted = rules.counted_alike([given.card for given in waves], alike, bands)
    return AlikeOver(
        alike=alike,
        places=len(counted.cards),
        waits=counted.waits,
        newest=bands[-1] if bands else None,
        why_not=why_not(counted.cards, bands, today),
    )
