"""Sharing waves: consent and its end, cards from elsewhere, a band from five places up."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from aqua_core.charts.sentences import band as band_words
from aqua_core.errors import AlreadyThere, BadCard, BandRefused, ChoiceRefused, KeptBack
from aqua_core.store.cards import cards_in
from aqua_core.store.database import reading
from aqua_core.vocabulary import Tier, Workshop
from aqua_core.vocabulary.card import Stands
from aqua_core.vocabulary.points import said
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import erase_workshop
from aqua_core.workshop.placing import erase_place, places_now
from aqua_core.workshop.revealing import reveal
from aqua_core.workshop.sampling import try_sample
from aqua_core.workshop.sharing_waves import (
    beside_now,
    bring_card,
    drop_brought_card,
    has_band,
    publish_band,
    share_wave,
    sharing_now,
    wave_card,
    withdraw_wave,
)
from aqua_core.workshop.showing import shown_now
from tests.kit.cards import (
    STEPS,
    TODAY,
    file_of,
    kept_beside,
    levels,
    others_bring,
    our_place,
    published_with,
    rows_of,
)
from tests.kit.notation import INSTRUMENT
from tests.kit.one_room import Filled, filled_in
from tests.kit.waves import DAYS, met_on, scored, shown_on

QUARTER_ON = date(2026, 7, 13)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return filled_in(tmp_path_factory.mktemp("cards"), our_place)


Ours = tuple[Workshop, str, str]


@pytest.fixture
def ours(filled: Filled, facilitator: Caller) -> Ours:
    return filled.holds


def test_a_card_holds_what_the_room_was_shown_and_no_name(
    facilitator: Caller, ours: Ours, room_file: Path
) -> None:
    workshop, place_id, wave_id = ours
    share_wave(facilitator, place_id, wave_id, TODAY)

    ((name, content),) = kept_beside(room_file).items()
    raw = wave_card(facilitator, place_id, wave_id)
    assert raw == content
    for word in (workshop.place.name, place_id, workshop.id, workshop.code, "Council"):
        assert word.encode() not in raw
        assert word not in name
    with reading() as cursor:
        (card,) = cards_in(cursor).values()
    shown = {
        level.domain.key: said(level.average, 1)
        for level in shown_now(facilitator, workshop.code).levels
        if level.average is not None
    }
    assert {domain.key: str(domain.average) for domain in card.domains} == shown
    assert card.scored == "24 to 47"


@pytest.mark.long
def test_a_places_cards_share_a_key_that_follows_from_nothing(
    facilitator: Caller, ours: Ours
) -> None:
    """A workshop's id is in its pack: whoever has that must not find the card by it."""
    _, place_id, wave_id = ours

    def keys() -> list[str]:
        with reading() as cursor:
            return [card.place for card in cards_in(cursor).values()]

    share_wave(facilitator, place_id, wave_id, TODAY)
    (first,) = keys()
    later = shown_on(facilitator, DAYS[1])
    share_wave(facilitator, place_id, f"w-{later.id}", DAYS[1])
    assert keys() == [first, first]

    for shared in (wave_id, f"w-{later.id}"):
        withdraw_wave(facilitator, place_id, shared)
    share_wave(facilitator, place_id, wave_id, TODAY)

    assert keys() != [first]  # drawn anew, of the same place and the same wave


def test_consent_taken_back_takes_the_file(
    facilitator: Caller, ours: Ours, room_file: Path
) -> None:
    _, place_id, wave_id = ours
    share_wave(facilitator, place_id, wave_id, TODAY)
    with pytest.raises(AlreadyThere):
        share_wave(facilitator, place_id, wave_id, TODAY)

    withdraw_wave(facilitator, place_id, wave_id)

    assert kept_beside(room_file) == {}
    assert not sharing_now(facilitator, place_id, TODAY).shared
    with pytest.raises(ChoiceRefused):
        wave_card(facilitator, place_id, wave_id)


@pytest.mark.slow
def test_four_places_show_nothing_and_five_a_band(facilitator: Caller, ours: Ours) -> None:
    workshop, place_id, wave_id = ours
    share_wave(facilitator, place_id, wave_id, TODAY)
    others_bring(facilitator, STEPS[:3])
    with pytest.raises(BandRefused, match="from five places up"):
        publish_band(facilitator, place_id, TODAY)
    assert not has_band(facilitator, workshop.code)

    others_bring(facilitator, STEPS[3:], dated=DAYS[0] - timedelta(days=1))  # an older one of 0
    assert "4 share a card" in sharing_now(facilitator, place_id, TODAY).why_not
    bring_card(facilitator, file_of(rows_of("another", levels(0.7))), TODAY)
    publish_band(facilitator, place_id, TODAY)

    seen = beside_now(facilitator, workshop.code)
    assert seen is not None
    assert seen.published.places == 5
    drawn = [row for row in seen.domains if row.band]
    assert drawn
    for row in drawn:
        assert row.band is not None
        assert row.ours is not None
        inside = row.band.low <= row.ours <= row.band.high
        assert (row.stands is Stands.INSIDE) is inside


@pytest.mark.slow
def test_other_words_and_other_tiers_are_not_counted(facilitator: Caller, ours: Ours) -> None:
    _, place_id, wave_id = ours
    share_wave(facilitator, place_id, wave_id, TODAY)
    others_bring(facilitator, STEPS[:2], tiers=(Tier.BOARD,))
    raw = file_of(rows_of("reworded", levels(0.5), wording="0" * 64))
    bring_card(facilitator, raw, TODAY)

    assert sharing_now(facilitator, place_id, TODAY).places == 1


@pytest.mark.slow
def test_the_newest_card_of_a_place_counts_once(facilitator: Caller, ours: Ours) -> None:
    _, place_id, wave_id = ours
    share_wave(facilitator, place_id, wave_id, TODAY)
    for dated in DAYS[:2]:
        others_bring(facilitator, STEPS, dated)

    assert sharing_now(facilitator, place_id, TODAY).places == 5


@pytest.mark.slow
def test_a_band_stands_until_a_quarter_has_passed_and_enough_have_other_cards(
    facilitator: Caller, room_file: Path
) -> None:
    workshop, place_id = published_with(facilitator)
    first = beside_now(facilitator, workshop.code)
    for place, step in (("joins", 0.1), ("joins too", 0.2)):
        bring_card(facilitator, file_of(rows_of(place, levels(step))), TODAY)

    assert beside_now(facilitator, workshop.code) == first
    with pytest.raises(BandRefused, match="stands until 13 July 2026"):
        publish_band(facilitator, place_id, QUARTER_ON - timedelta(days=1))
    with pytest.raises(BandRefused, match="Too few places"):
        publish_band(facilitator, place_id, QUARTER_ON)
    others_bring(facilitator, [0.3, 0.0, -0.7], QUARTER_ON)
    publish_band(facilitator, place_id, QUARTER_ON)

    later = beside_now(facilitator, workshop.code)
    assert later is not None
    assert later.published.places == 7
    assert "Two places more" in band_words.source_line(later)


@pytest.mark.long
def test_a_place_that_joined_alone_waits_for_another(facilitator: Caller, room_file: Path) -> None:
    _, place_id = published_with(facilitator)
    bring_card(facilitator, file_of(rows_of("joins", levels(0.1))), TODAY)
    others_bring(facilitator, [0.3, 0.0, -0.7], QUARTER_ON)

    alone = sharing_now(facilitator, place_id, QUARTER_ON)
    without = publish_band(facilitator, place_id, QUARTER_ON)
    bring_card(facilitator, file_of(rows_of("joins too", levels(-0.1))), TODAY)
    both = sharing_now(facilitator, place_id, QUARTER_ON)

    assert (alone.places, alone.waits, without.places) == (5, True, 5)
    assert "is counted once another place joins" in band_words.places_said(5, waits=True)
    assert (both.places, both.waits) == (7, False)


@pytest.mark.long
def test_who_took_the_consent_back_is_missing_in_the_next_band(
    facilitator: Caller, room_file: Path
) -> None:
    workshop, place_id = published_with(facilitator, (*STEPS, 0.2))
    brought = sharing_now(facilitator, place_id, TODAY).brought
    others_bring(facilitator, [0.3, 0.0, -0.7], QUARTER_ON)
    gone = next(card for card in brought if card.domains[0].average == levels(0.2)["leadership"])
    drop_brought_card(facilitator, gone.id)

    published = publish_band(facilitator, place_id, QUARTER_ON)

    assert (published.before, published.places) == (6, 5)
    seen = beside_now(facilitator, workshop.code)
    assert seen is not None
    assert "One place fewer" in band_words.source_line(seen)


@pytest.mark.long
def test_nothing_of_others_before_our_own_reveal_or_while_a_room_scores(
    facilitator: Caller, room_file: Path
) -> None:
    workshop, _ = published_with(facilitator)
    today = met_on(facilitator, date.today(), place="Bury")
    assert beside_now(facilitator, today.code) is None

    scored(facilitator, today, seats=1)

    for code in (workshop.code, today.code):
        assert not has_band(facilitator, code)
    with pytest.raises(KeptBack):
        beside_now(facilitator, workshop.code)
    assert beside_now(facilitator, today.code) is None


def test_what_is_erased_takes_its_card_along(
    facilitator: Caller, ours: Ours, room_file: Path
) -> None:
    workshop, place_id, wave_id = ours
    share_wave(facilitator, place_id, wave_id, TODAY)
    others_bring(facilitator, STEPS[:1])
    assert len(kept_beside(room_file)) == 2

    erase_workshop(facilitator, workshop.code, workshop.code)

    (left,) = kept_beside(room_file)
    assert left == rows_of("other 0", {"leadership": 2.0})[0][0]


def test_an_erased_place_has_no_card_left(facilitator: Caller, ours: Ours, room_file: Path) -> None:
    workshop, place_id, wave_id = ours
    share_wave(facilitator, place_id, wave_id, TODAY)

    erase_place(facilitator, place_id, workshop.place.name)

    assert kept_beside(room_file) == {}


def test_a_sample_is_never_shared(facilitator: Caller, room_file: Path) -> None:
    sample = Path(__file__).parents[2] / "data" / "places" / "sample.csv"
    workshop = try_sample(facilitator, sample, INSTRUMENT, TODAY)
    reveal(facilitator, workshop.code)
    (row,) = places_now(facilitator, TODAY)

    assert not sharing_now(facilitator, row.place.id, TODAY).may_share
    with pytest.raises(ChoiceRefused):
        share_wave(facilitator, row.place.id, f"w-{workshop.id}", TODAY)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"PAR1" * 100,
        b"PAR1" + bytes(70_000),
        file_of(rows_of("a", levels(0)))[:-9],
        file_of(rows_of("a", {"leadership": 5.1})),
        file_of(rows_of("a", {"leadership": float("nan")})),
        file_of(rows_of("a", {"leadership": 2.13})),
        file_of(rows_of("a", {"<b>": 2.1})),
        file_of(rows_of("a", levels(0), scored="17")),
        file_of(rows_of("a", levels(0), consent="no")),
        file_of(rows_of("a", levels(0), place="Wigan")),
        file_of(rows_of("a", levels(0), id="../../room")),
        file_of(rows_of("a", levels(0), tiers=(Tier.FRONT_LINE, Tier.BOARD))),
        file_of(rows_of("a", levels(0), date(2030, 1, 1))),
        file_of([*rows_of("a", levels(0)), *rows_of("b", levels(0))]),
        file_of(rows_of("a", {"leadership": 2.0}) * 2),
        file_of(rows_of("a", {"leadership": 2.0}) * 100),
        file_of([["x" * 20_000_000]], "id VARCHAR"),
    ],
)
def test_a_file_that_is_no_card_leaves_nothing(
    facilitator: Caller, room_file: Path, raw: bytes
) -> None:
    with pytest.raises(BadCard):
        bring_card(facilitator, raw, TODAY)

    assert kept_beside(room_file) == {}


def test_the_same_card_is_brought_once(facilitator: Caller, room_file: Path) -> None:
    raw = file_of(rows_of("a", levels(0)))
    card = bring_card(facilitator, raw, TODAY)
    with pytest.raises(AlreadyThere):
        bring_card(facilitator, raw, TODAY)

    drop_brought_card(facilitator, card.id)

    assert kept_beside(room_file) == {}
    with pytest.raises(ChoiceRefused):
        drop_brought_card(facilitator, card.id)
