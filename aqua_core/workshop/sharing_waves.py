"""Waves that a place lets others count, and the band of the middle half that is made of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from aqua_core import errors
from aqua_core.live import Channel, changed, kept_with, revision
from aqua_core.rules import band as rules
from aqua_core.rules.given import same_wave
from aqua_core.rules.stages import open_rounds
from aqua_core.store import cards as card_rows
from aqua_core.store import places as place_rows
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading
from aqua_core.store.given import given_kept
from aqua_core.store.rounds import every_round_of
from aqua_core.vocabulary import KeptPlace, Tier, Wave, Workshop
from aqua_core.vocabulary.card import Beside, Published, ScoredAbout, WaveCard
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop import admitting
from aqua_core.workshop.admitting import Caller, find_workshop, managing
from aqua_core.workshop.holding_back import check_nobody_scores, somebody_scores
from aqua_core.workshop.placing import find_place, kept_place_of
from aqua_core.workshop.reading import progress_in
from aqua_core.workshop.showing import results_in, shown_in


class Sharing(NamedTuple):
    """What a place shares, and what could be published with it.

    `shared` are the ids of its waves that others may count, `may_share` those that they could be;
    `brought` the cards from other laptops. `places` counts those whose newest card is alike this
    place's newest; None while it shares none. `waits`: one more does, and waits for another.
    `newest` is the band they see, `why_not` why no other can be published now; "" where one can.
    """

    shared: frozenset[str]
    may_share: frozenset[str]
    brought: tuple[WaveCard, ...]
    places: int | None
    waits: bool
    newest: Published | None
    why_not: str


def sharing_now(caller: Caller, place_id: str, today: date) -> Sharing:
    """Give what a place shares with others, and how its band stands.

    Raises:
        NoSuchPlace: the file holds no such place.
    """
    with managing(caller, reading) as cursor:
        place = find_place(cursor, place_id)
        kept = card_rows.cards_kept(cursor)
        cards = _cards_counted(cursor)
        mine = {one.wave_id for one in kept if one.card_id in cards}
        waves = measured_at(cursor, place)
        shown = {wave.id for wave in waves if not place.invented and shown_by(cursor, wave)}
        alike = _alike_of(_of_waves(waves, kept, cards))
        bands = card_rows.bands_of(cursor, *alike) if alike else ()
        counted = rules.counted_alike(cards.values(), alike, bands) if alike else None
        brought = (cards[one.card_id] for one in kept if one.card_id in cards and not one.wave_id)
        return Sharing(
            shared=frozenset(mine & {wave.id for wave in waves}),
            may_share=frozenset(shown - mine),
            brought=tuple(brought),
            places=len(counted.cards) if counted else None,
            waits=counted is not None and counted.waits,
            newest=bands[-1] if bands else None,
            why_not=why_not(counted.cards, bands, today) if counted else "",
        )


def share_wave(caller: Caller, place_id: str, wave_id: str, today: date) -> None:
    """Let others count a wave: its card is made of what its room was shown, and of nothing else.

    Raises:
        NoSuchPlace: the file holds no such place.
        ChoiceRefused: it is no wave of the place that shows anything, or a sample's.
        AlreadyThere: it is shared.
        ScoringOpen: something of it is still sealed.
        FileUnusable: the disk refused; nothing was kept.
    """
    with managing(caller) as cursor:
        place, wave, workshop = wave_to_share(cursor, place_id, wave_id)
        for kept in card_rows.cards_kept(cursor):
            if kept.wave_id == wave_id:
                if kept.card_id in card_rows.cards_in(cursor):
                    raise errors.AlreadyThere("Others may count this wave already.")
                card_rows.drop_card(cursor, kept.card_id)
        card = card_of(cursor, place, wave, workshop)
        card_rows.add_card(cursor, card, wave_id, today)
    changed(place_id, Channel.ROOM)


def wave_to_share(cursor: Cursor, place_id: str, wave_id: str) -> tuple[KeptPlace, Wave, Workshop]:
    """Find a place's wave, and the workshop that shows it.

    Raises:
        NoSuchPlace: the file holds no such place.
        ChoiceRefused: it is no wave of the place that shows anything, or a sample's.
        ScoringOpen: something of it is still sealed.
    """
    place = find_place(cursor, place_id)
    wave = next((one for one in measured_at(cursor, place) if one.id == wave_id), None)
    workshop = shown_by(cursor, wave) if wave else None
    if wave is None or workshop is None or place.invented:
        raise errors.ChoiceRefused("Only a wave that was revealed here can be shared.")
    if any(open_rounds(every_round_of(cursor, find_workshop(cursor, c).id)) for c in wave.codes):
        raise errors.ScoringOpen("Scores of this wave are sealed. Reveal them, then share it.")
    return place, wave, workshop


def withdraw_wave(caller: Caller, place_id: str, wave_id: str) -> None:
    """Take the consent back: the card's file goes, and the next band is without it.

    Raises:
        NoSuchPlace: the file holds no such place.
        ChoiceRefused: no such wave of it is shared.
        FileUnusable: the disk keeps the file; nothing was done.
    """
    with managing(caller) as cursor:
        card_rows.drop_card(cursor, _card_id(cursor, place_id, wave_id))
    changed(place_id, Channel.ROOM)


def wave_card(caller: Caller, place_id: str, wave_id: str) -> bytes:
    """Give a shared wave's card, to be brought to another laptop.

    Raises:
        NoSuchPlace: the file holds no such place.
        ChoiceRefused: no such wave of it is shared.
        BadCard: its file is gone.
    """
    with managing(caller, reading) as cursor:
        return card_rows.card_file(cursor, _card_id(cursor, place_id, wave_id))


def bring_card(caller: Caller, raw: bytes, today: date) -> WaveCard:
    """Keep a card from another laptop.

    Raises:
        BadCard: it is no card, or of a day that has not come.
        AlreadyThere: it is here.
        FileUnusable: the disk refused; nothing was kept.
    """
    with managing(caller) as cursor:
        card = card_rows.card_brought(raw)
        if card.dated > today:
            raise errors.BadCard(f"This card is of {day_said(card.dated)}, which has not come yet.")
        for known in card_rows.cards_in(cursor).values():
            if card.id == known.id or same_wave(card, known):
                raise errors.AlreadyThere("This card is here already.")
        card_rows.add_card(cursor, card, "", today)
    changed("", Channel.ROOM)
    return card


def drop_brought_card(caller: Caller, card_id: str) -> None:
    """Take a card that was brought away, where its place took its consent back.

    Raises:
        ChoiceRefused: no such card was brought.
        FileUnusable: the disk keeps the file; nothing was done.
    """
    with managing(caller) as cursor:
        if card_id not in {k.card_id for k in card_rows.cards_kept(cursor) if not k.wave_id}:
            raise errors.ChoiceRefused("This card is not here any more.")
        card_rows.drop_card(cursor, card_id)
    changed("", Channel.ROOM)


def publish_band(caller: Caller, place_id: str, today: date) -> Published:
    """Publish the band of the places that are alike this one; it stands until the next one.

    Raises:
        NoSuchPlace: the file holds no such place.
        BandRefused: the place shares no wave; or too few places, too soon, or too little changed.
    """
    with managing(caller) as cursor:
        place = find_place(cursor, place_id)
        cards = _cards_counted(cursor)
        alike = _alike_of(
            _of_waves(measured_at(cursor, place), card_rows.cards_kept(cursor), cards)
        )
        if alike is None:
            raise errors.BandRefused("Share a wave of this place first.")
        earlier = card_rows.bands_of(cursor, *alike)
        counted = rules.counted_alike(cards.values(), alike, earlier)
        band = rules.published_of(counted.cards, earlier, today)
        card_rows.add_band(cursor, *alike, band)
    changed("", Channel.ROOM)
    return band


def beside_now(caller: Caller, code: str) -> Beside | None:
    """Give a workshop's place beside the band of its like: the domains that are revealed here.

    Returns:
        None where nothing is revealed, no band is published, or it is a sample.

    Raises:
        KeptBack: a room of this file scores: nobody measures themselves by others first.
    """
    with admitting.watching(caller, code) as (cursor, workshop):
        published = _published_for(cursor, workshop)
        if published is None:
            return None
        check_nobody_scores(cursor, "The band of other places is")
        place = kept_place_of(cursor, workshop).name
        ours = rules.on_card(shown_in(workshop))
        return rules.beside(place, workshop.instrument.domains, ours, published)


def has_band(caller: Caller, code: str) -> bool:
    """Tell whether a workshop's place may be seen beside a band now."""
    with admitting.watching(caller, code) as (cursor, workshop):
        now = revision("", Channel.ROOM)

        def answer() -> bool:
            return _published_for(cursor, workshop) is not None and not somebody_scores(cursor)

        return kept_with(workshop.code, "has a band", now, answer)


def _published_for(cursor: Cursor, workshop: Workshop) -> Published | None:
    if workshop.invented or not results_in(workshop).rounds:
        return None
    wording = rules.wording_hash(workshop.instrument.domains)
    bands = card_rows.bands_of(cursor, wording, _tiers_in(cursor, workshop))
    return bands[-1] if bands else None


def card_of(cursor: Cursor, place: KeptPlace, wave: Wave, workshop: Workshop) -> WaveCard:
    """Make the card of a wave, under the ids that it and its place have where something is shared.

    Neither is the place's name or follows from an id of it here: a workshop's id is in its pack,
    and a place may be called after one.

    Raises:
        ChoiceRefused: nothing of it may be shown.
    """
    came = place_rows.came_to(cursor, [workshop.code])[workshop.code]
    domains = rules.on_card(shown_in(workshop))
    if not domains:
        raise errors.ChoiceRefused("Nothing of this wave may be shown, so there is no card of it.")
    card_id, key = _ids_of(cursor, place, wave)
    return WaveCard(
        id=card_id,
        place=key,
        dated=wave.dated,
        wording=rules.wording_hash(workshop.instrument.domains),
        scored=ScoredAbout.of(came.scored),
        tiers=_tiers_in(cursor, workshop),
        domains=domains,
    )


def _ids_of(cursor: Cursor, place: KeptPlace, wave: Wave) -> tuple[str, str]:
    """Give the ids under which a wave and its place are shared: drawn with what is shared first."""
    waves, kept = measured_at(cursor, place), card_rows.cards_kept(cursor)
    ids = {one.id for one in waves}
    given = [held for held in given_kept(cursor) if held.wave_id in ids]
    cards = _of_waves(waves, kept, card_rows.cards_in(cursor))
    own = [one.card_id for one in kept if one.wave_id == wave.id]
    own += [held.id for held in given if held.wave_id == wave.id]
    keys = [*(card.place for card in cards), *(held.place_key for held in given)]
    return [*own, card_rows.new_id()][0], [*keys, card_rows.new_id()][0]


def _tiers_in(cursor: Cursor, workshop: Workshop) -> tuple[Tier, ...]:
    """Give the tiers that came, most senior first."""
    here = {team.team.tier for team in progress_in(cursor, workshop) if team.seats}
    return tuple(tier for tier in Tier if tier in here)


def _of_waves(
    waves: Sequence[Wave], kept: Sequence[card_rows.KeptCard], cards: Mapping[str, WaveCard]
) -> list[WaveCard]:
    """Give the cards of some waves, the first that was shared first."""
    ids = {wave.id for wave in waves}
    return [cards[one.card_id] for one in kept if one.wave_id in ids and one.card_id in cards]


def _cards_counted(cursor: Cursor) -> dict[str, WaveCard]:
    """Give every card by its id; those of here are of the place that their wave counts to now."""
    kept, found = card_rows.cards_kept(cursor), card_rows.cards_in(cursor)
    counted = dict(found)
    for place in place_rows.places_in(cursor):
        own = [] if place.joined_to else _of_waves(measured_at(cursor, place), kept, found)
        for card in own:
            counted[card.id] = card.model_copy(update={"place": own[0].place})
    return counted


def measured_at(cursor: Cursor, place: KeptPlace) -> list[Wave]:
    """Give the waves of a place behind which workshops stand, the first one first."""
    return [
        wave
        for wave in place_rows.waves_of(cursor, place_rows.ids_at(cursor, place.id))
        if wave.codes
    ]


def shown_by(cursor: Cursor, wave: Wave) -> Workshop | None:
    """Give the workshop that shows a wave, the last of its sittings that does; None for none."""
    held = (find_workshop(cursor, code) for code in reversed(wave.codes))
    return next((workshop for workshop in held if results_in(workshop).rounds), None)


def _alike_of(own: Sequence[WaveCard]) -> rules.Alike | None:
    """Give what a place's newest card shares with those it may be compared with."""
    return rules.alike_of(max(own, key=lambda card: (card.dated, card.id))) if own else None


def _card_id(cursor: Cursor, place_id: str, wave_id: str) -> str:
    waves = {wave.id for wave in measured_at(cursor, find_place(cursor, place_id))}
    for kept in card_rows.cards_kept(cursor):
        if kept.wave_id == wave_id and wave_id in waves:
            return kept.card_id
    raise errors.ChoiceRefused("This wave is not shared.")


def why_not(cards: Mapping[str, WaveCard], bands: Sequence[Published], today: date) -> str:
    """Say why no band of these cards can be published now; "" where one can."""
    try:
        rules.check_may_publish([card.id for card in cards.values()], bands, today)
    except errors.BandRefused as refusal:
        return str(refusal)
    return ""
