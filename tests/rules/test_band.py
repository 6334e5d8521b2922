"""The band: a second, plain calculation, what it may never tell, and when it is published."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aqua_core.errors import BandRefused
from aqua_core.rules.band import (
    FEWEST_PLACES,
    alike_of,
    band_of,
    changed_between,
    changes_needed,
    check_may_publish,
    counted_alike,
    next_band_on,
    quarters_of,
    told_of_others,
)
from aqua_core.vocabulary import Tier
from aqua_core.vocabulary.card import DomainOnCard, Published, ScoredAbout, WaveCard
from aqua_core.vocabulary.reading import HowAgreed
from tests.kit.cards import a_community

AVERAGES = st.lists(st.integers(0, 50), min_size=5, max_size=19).map(
    lambda tenths: [tenth / 10 for tenth in tenths]
)
# Near 0 and near 5 nothing is drawn.
MIDDLING = st.lists(st.integers(10, 40), min_size=5, max_size=19).map(
    lambda tenths: [tenth / 10 for tenth in tenths]
)
DAY = date(2026, 10, 1)


def plainly(averages: list[float]) -> tuple[Fraction, Fraction]:
    """Give the average of the lower half of places and of the upper half, exactly."""
    ordered = sorted(Fraction(str(average)) for average in averages)
    half = len(ordered) // 2 + len(ordered) % 2
    lower, upper = ordered[:half], ordered[len(ordered) - half :]
    return sum(lower, Fraction()) / half, sum(upper, Fraction()) / half


@given(MIDDLING)
def test_the_band_holds_both_halves_and_is_a_quarter_wider_at_most(averages: list[float]) -> None:
    band = band_of(averages)

    assume(band is not None)
    assert band is not None
    low, high = plainly(averages)
    quarter = Fraction(1, 4)
    assert Fraction(band.low) <= low < Fraction(band.low) + quarter
    assert Fraction(band.high) - quarter < high <= Fraction(band.high)
    assert (band.low * 4).is_integer()
    assert (band.high * 4).is_integer()


@given(AVERAGES, st.randoms())
def test_the_order_of_places_is_in_no_band(averages: list[float], dice: object) -> None:
    mixed = list(averages)
    dice.shuffle(mixed)  # type: ignore[attr-defined]

    assert band_of(mixed) == band_of(averages)


@given(AVERAGES)
def test_a_band_is_wider_than_what_would_pin_the_place_in_the_middle(averages: list[float]) -> None:
    band = band_of(averages)

    assert band is None or band.high - band.low > 0.8


def test_places_that_are_level_and_places_at_the_ends_are_not_drawn() -> None:
    assert band_of([2.0] * 9) is None
    assert band_of([0.0, 0.0, 0.1, 0.1, 0.2]) is None
    assert band_of([5.0, 5.0, 4.9, 4.9, 4.8]) is None


@pytest.mark.parametrize("at_an_end", [0.4, 4.6])
def test_one_place_near_an_end_of_the_scale_keeps_a_domain_undrawn(at_an_end: float) -> None:
    beside = {0.4: [1.0, 1.2, 2.0, 2.2], 4.6: [4.0, 3.8, 3.0, 2.8]}[at_an_end]

    assert band_of([*beside, at_an_end]) is None


def test_one_place_far_off_would_know_all_others() -> None:
    """It takes its own 5.0 from the upper half: all others can only be 2.0."""
    assert told_of_others(5, 8, 12, 50) == 0
    assert band_of([2.0, 2.0, 2.0, 2.0, 5.0]) is None


@pytest.mark.parametrize("seed", range(4))
def test_what_is_told_of_four_others_is_what_trying_all_of_them_gives(seed: int) -> None:
    tenths = sorted(round(average * 10) for average in a_community(5, seed))
    low, high = quarters_of(tenths)
    own = tenths[seed]
    possible = [
        others
        for others in combinations_with_replacement(range(5, 46), 4)  # beyond, nothing is drawn
        if quarters_of(sorted((*others, own))) == (low, high)
    ]

    plain = [max(column) - min(column) for column in zip(*possible, strict=True)]

    assert told_of_others(5, low, high, own) == min(plain)


def published(on: date, *cards: str) -> Published:
    return Published(published_on=on, places=len(cards), bands={}, cards=cards)


def test_five_places_and_not_four() -> None:
    check_may_publish("abcde", (), DAY)
    with pytest.raises(BandRefused, match="from five places up: 4 share"):
        check_may_publish("abcd", (), DAY)
    assert FEWEST_PLACES == 5


def test_a_quarter_apart_to_the_day() -> None:
    before = published(DAY, *"abcde")

    assert next_band_on(DAY) == date(2027, 1, 1)
    check_may_publish("fghij", [before], date(2027, 1, 1))
    with pytest.raises(BandRefused, match="1 January 2027"):
        check_may_publish("fghij", [before], date(2026, 12, 31))


@pytest.mark.parametrize(
    ("after", "may"),
    [
        ("abcdef", False),  # one joined
        ("abcdefgh", False),  # three of eight did: half of them are four
        ("abcdefghij", True),
        ("abfgh", True),  # three newer cards
        ("abcfg", False),
    ],
)
def test_half_of_the_places_and_at_least_three_have_other_cards(after: str, may: bool) -> None:
    before = published(DAY, *"abcde")

    if may:
        check_may_publish(after, [before], date(2027, 1, 1))
        return
    with pytest.raises(BandRefused, match="Too few places"):
        check_may_publish(after, [before], date(2027, 1, 1))


def test_a_band_is_held_beside_every_earlier_one() -> None:
    """Three went and came back: beside the first band the third would tell who joined."""
    first, second = published(DAY, *"abcde"), published(date(2027, 1, 1), *"abxyz")

    with pytest.raises(BandRefused, match="1 October 2026"):
        check_may_publish("abcdef", [first, second], date(2027, 4, 1))


@given(st.sets(st.sampled_from("abcdefghij")), st.sets(st.sampled_from("abcdefghij")))
def test_changes_are_counted_either_way_alike(before: set[str], after: set[str]) -> None:
    changed = changed_between(sorted(before), sorted(after))

    assert changed == changed_between(sorted(after), sorted(before))
    assert (changed == 0) is (before == after)
    assert changes_needed(len(before), len(after)) * 2 >= max(len(before), len(after))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_quarter_is_three_months(day: date) -> None:
    later = next_band_on(day)

    assert timedelta(days=88) <= later - day <= timedelta(days=92)
    assert (later.month - day.month) % 12 == 3


def card_of(place: str, number: int) -> WaveCard:
    """Give the card of a place (one letter), the later the higher its number."""
    return WaveCard(
        id=f"{ord(place):08x}{number:08x}",
        place=f"{ord(place):016x}",
        dated=DAY + timedelta(days=number),
        wording="0" * 64,
        scored=ScoredAbout.UNDER_12,
        tiers=(Tier.BOARD,),
        domains=(DomainOnCard(key="culture", average=2.0, agreed=HowAgreed.CLOSE),),
    )


CARDS = st.lists(
    st.builds(card_of, st.sampled_from("abcdefgh"), st.integers(0, 2)), max_size=16, unique=True
)


@given(CARDS, st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=5), max_size=3))
def test_nobody_is_counted_who_alone_joined_since_an_earlier_band(
    cards: list[WaveCard], before: list[set[str]]
) -> None:
    earlier = [published(DAY, *(card_of(place, 0).id for place in band)) for band in before]

    counted, waits = counted_alike(cards, alike_of(card_of("a", 0)), earlier)

    newest = {place: max(card.id for card in cards if card.place == place) for place in counted}
    assert {place: card.id for place, card in counted.items()} == newest
    for band in earlier:
        there = {card.place for card in cards if card.id in band.cards}
        assert len(counted.keys() - there) != 1
    assert waits is (counted.keys() != {card.place for card in cards})
