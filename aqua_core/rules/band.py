"""The band of the middle half of places, and when it may be drawn without giving a place away.

Every average is counted in tenths of a point here: sums of them are whole numbers, and exact.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from aqua_core.errors import BandRefused
from aqua_core.rules.both_waves import wording_of
from aqua_core.rules.places import months_on
from aqua_core.vocabulary import HIGHEST, LOWEST, Domain, Tier
from aqua_core.vocabulary.card import (
    Band,
    Beside,
    DomainBeside,
    DomainOnCard,
    Published,
    Stands,
    WaveCard,
)
from aqua_core.vocabulary.points import day_said, half_up
from aqua_core.vocabulary.shown import Shown

FEWEST_PLACES: Final = 5
"""Places below which nothing is drawn."""
FEWEST_CHANGED: Final = 3
"""Cards that must be other ones than behind every earlier band; half of the places if more are.

With one or two, two bands gave places away in 1 and 3 of 500 pairs (docs/bands-attacked.md).
"""
MONTHS_APART: Final = 3
LEAST_LEFT: Final = 9
"""Tenths of a point that must be possible for every other place, or a domain is not drawn.

More than 6 would do for one band alone (0.3 either way). Beside a second one, and with what follows
from a domain that is not drawn, 7 let 7 of 10,000 pairs give a place away and 9 still 2; with
`_FAR_OFF` 1, of a place that stood at 0.0; with `_NEAR_AN_END` 1 of 20,000.
"""
_FAR_OFF: Final = 10
"""Tenths of a point outside the band from which a place on it knows too much of the others."""
_NEAR_AN_END: Final = 5
"""Tenths of a point from 0 and from 5 in which the scale itself says where a place is."""
_LEAST, _MOST = LOWEST * 10 + _NEAR_AN_END, HIGHEST * 10 - _NEAR_AN_END


class Alike(NamedTuple):
    """What two cards must share to be compared.

    The same words, and the same tiers: a board scores its place higher than its front line does,
    so a place of boards alone would stand above others for who came.
    """

    wording: str
    tiers: tuple[Tier, ...]


def alike_of(card: WaveCard) -> Alike:
    """Give what a card shares with those it may be compared with."""
    return Alike(card.wording, card.tiers)


def wording_hash(domains: Sequence[Domain]) -> str:
    """Give a hash of all that was read before these domains were scored, in their order."""
    return hashlib.sha256("\n".join(map(wording_of, domains)).encode()).hexdigest()


def on_card(shown: Shown) -> tuple[DomainOnCard, ...]:
    """Give the domains of a card: only what the room was shown; () where that is nothing."""
    return tuple(
        DomainOnCard(
            key=level.domain.key,
            average=float(half_up(level.average, 1)),
            agreed=level.how_agreed,
        )
        for level in shown.levels
        if level.average is not None
    )


class Counted(NamedTuple):
    """Cards that a band counts, the newest of each place by place; and whether a place waits."""

    cards: dict[str, WaveCard]
    waits: bool


def counted_alike(cards: Iterable[WaveCard], alike: Alike, earlier: Sequence[Published]) -> Counted:
    """Choose the cards that the next band counts: the newest of each place whose newest is alike.

    A place that alone joined since an earlier band waits until another one does: what that band
    and this one have not in common would be its own.

    Args:
        cards: every card, also those that a newer one of their place has replaced.
        alike: what the cards share.
        earlier: every band that was published of such cards.
    """
    every = sorted(cards, key=lambda card: (card.dated, card.id))
    newest = {card.place: card for card in every}
    counted = {place: card for place, card in newest.items() if alike_of(card) == alike}
    waits = False
    while alone := _joined_alone(counted, every, earlier):
        del counted[alone]
        waits = True
    return Counted(counted, waits)


def _joined_alone(
    counted: Iterable[str], every: Iterable[WaveCard], earlier: Sequence[Published]
) -> str | None:
    for band in earlier:
        there = {card.place for card in every if card.id in band.cards}
        joined = [place for place in counted if place not in there]
        if len(joined) == 1:
            return joined[0]
    return None


def next_band_on(published_on: date) -> date:
    """Give the first day on which the band after this one may be published."""
    return months_on(published_on, MONTHS_APART)


def published_of(
    cards: Mapping[str, WaveCard], earlier: Sequence[Published], today: date
) -> Published:
    """Make the band that is published on a day.

    Args:
        cards: the newest of each place, by place; all are alike.
        earlier: every band that was published of such cards, the first one first.
        today: the day.

    Raises:
        BandRefused: too few places, too soon, or too few of them have another card than before.
    """
    check_may_publish([card.id for card in cards.values()], earlier, today)
    averages: dict[str, list[float]] = {}
    for card in cards.values():
        for domain in card.domains:
            averages.setdefault(domain.key, []).append(domain.average)
    return Published(
        published_on=today,
        places=len(cards),
        before=earlier[-1].places if earlier else None,
        bands={
            key: band_of(known) if len(known) == len(cards) else None
            for key, known in averages.items()
        },
        cards=tuple(sorted(card.id for card in cards.values())),
    )


def check_may_publish(cards: Sequence[str], earlier: Sequence[Published], today: date) -> None:
    """Refuse a band that would give a place away, beside any that was published before.

    Raises:
        BandRefused: too few places, too soon, or too few of them have another card than before.
    """
    if len(cards) < FEWEST_PLACES:
        raise BandRefused(
            f"A band is drawn from five places up: {len(cards)} share a card with the same words "
            "and the same tiers."
        )
    if earlier and today < next_band_on(earlier[-1].published_on):
        raise BandRefused(
            f"The band of {day_said(earlier[-1].published_on)} stands until "
            f"{day_said(next_band_on(earlier[-1].published_on))}: two within three months would "
            "tell who came between."
        )
    for band in earlier:
        if changed_between(band.cards, cards) < changes_needed(band.places, len(cards)):
            raise BandRefused(
                f"Too few places have another card than on {day_said(band.published_on)}: beside "
                f"that band this one would tell whose. "
                f"{changes_needed(band.places, len(cards))} are needed."
            )


def changed_between(before: Sequence[str], after: Sequence[str]) -> int:
    """Count the cards that are other ones: those that went or those that came, whichever is more.

    A place with a newer card takes one away and brings one.
    """
    return max(len({*before} - {*after}), len({*after} - {*before}))


def changes_needed(before: int, after: int) -> int:
    """Give how many cards must be other ones: half of the places, and at least three."""
    return max(FEWEST_CHANGED, -(-max(before, after) // 2))


def band_of(averages: Sequence[float]) -> Band | None:
    """Draw the middle half of places on one domain.

    It runs from the average of the lower half of places to that of the upper half, of an odd number
    the middle place in both, and is rounded outward to quarters of a point. (Quartiles would be
    other places' own values: of five the second's and the fourth's.)

    Args:
        averages: one a place, 0 to 5, one decimal; five or more.

    Returns:
        None where one of the places, that knows its own average, could tell where the others stand:
        for each of them, from the lowest to the highest, 0.9 of a point must be possible. None also
        where a place stands more than a point outside, or within half a point of 0 or of 5.
    """
    tenths = sorted(round(average * 10) for average in averages)
    low, high = quarters_of(tenths)
    if not all(may_be_drawn(len(tenths), low, high, own) for own in set(tenths)):
        return None
    return Band(low=low / 4, high=high / 4)


def may_be_drawn(places: int, low: int, high: int, own: int) -> bool:
    """Tell whether a band (quarters) may be drawn with a place of this average (tenths) in it."""
    outside = max(5 * low - 2 * own, 2 * own - 5 * high)
    if not _LEAST <= own <= _MOST or outside > 2 * _FAR_OFF:
        return False
    return told_of_others(places, low, high, own) >= LEAST_LEFT


def quarters_of(tenths: Sequence[int]) -> tuple[int, int]:
    """Give the band of ordered averages (tenths of a point) in quarters, rounded outward."""
    half = (len(tenths) + 1) // 2
    return 2 * sum(tenths[:half]) // (5 * half), -(-2 * sum(tenths[-half:]) // (5 * half))


@lru_cache(maxsize=65536)
def told_of_others(places: int, low: int, high: int, own: int) -> int:
    """Give the least room (tenths of a point) that a band leaves to any other place's average.

    Args:
        places: how many the band is made of.
        low: where the band begins, in quarters of a point.
        high: where it ends.
        own: the average (tenths) of the place that looks.

    Returns:
        For the lowest of the others, the next and so on: from the least to the most that it may
        be, and of these the narrowest.
    """
    ranges: list[tuple[int, int]] = []
    for cut in range(_LEAST, _MOST + 1):
        for some in _ways(places, low, high, own, cut):
            ranges = [_over(*two) for two in zip(ranges or some, some, strict=True)]
    return min((most - least for least, most in ranges), default=0)


class _Half(NamedTuple):
    """Places of one half beside the one that looks: how many, between what, their sum (tenths)."""

    places: int
    least: int
    most: int
    sums: tuple[int, int]

    def less(self, known: int) -> "_Half":
        """Give the half without a place whose average is known."""
        return self._replace(
            places=self.places - 1, sums=(self.sums[0] - known, self.sums[1] - known)
        )


def _ways(places: int, low: int, high: int, own: int, cut: int) -> Iterable[list[tuple[int, int]]]:
    """Give what is possible with the lower half up to a cut and the upper half from it on.

    Of an odd number the cut is the middle place's own average, and is in both halves.
    """
    half = (places + 1) // 2
    lower = _Half(half, _LEAST, cut, _sums(half, low))
    upper = _Half(half, cut, _MOST, _sums_up(half, high))
    middle = []
    if places % 2:
        lower, upper, middle = lower.less(cut), upper.less(cut), [(cut, cut)]
        if own == cut:
            yield from _told(lower, [], upper)
    if own <= cut:
        yield from _told(lower.less(own), middle, upper)
    if own >= cut:
        yield from _told(lower, middle, upper.less(own))


def _sums(half: int, quarter: int) -> tuple[int, int]:
    """Give the least and the most sum (tenths) whose mean is rounded down to a quarter."""
    return -(-5 * quarter * half // 2), -(-5 * (quarter + 1) * half // 2) - 1


def _sums_up(half: int, quarter: int) -> tuple[int, int]:
    """Give the least and the most sum (tenths) whose mean is rounded up to a quarter."""
    return 5 * (quarter - 1) * half // 2 + 1, 5 * quarter * half // 2


def _told(
    lower: _Half, middle: list[tuple[int, int]], upper: _Half
) -> Iterable[list[tuple[int, int]]]:
    below, above = _ranges(lower), _ranges(upper)
    if below is not None and above is not None:
        yield [*below, *middle, *above]


def _ranges(half: _Half) -> list[tuple[int, int]] | None:
    """Give the least and the most of each place in order; None where no values give the sum."""
    count, least, most, sums = half
    fewest, largest = max(sums[0], count * least), min(sums[1], count * most)
    if fewest > largest:
        return None
    return [
        (
            max(least, -(-(fewest - (count - at) * most) // at)),
            min(most, (largest - (at - 1) * least) // (count - at + 1)),
        )
        for at in range(1, count + 1)
    ]


def _over(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return min(one[0], other[0]), max(one[1], other[1])


def beside(
    place: str, domains: Sequence[Domain], ours: Sequence[DomainOnCard], published: Published
) -> Beside:
    """Put a place beside a band, on the domains that it was shown.

    Args:
        place: its name.
        domains: of its instrument, in order.
        ours: what its own room was shown.
        published: the band.
    """
    known = {domain.key: domain.average for domain in ours}
    return Beside(
        place=place,
        published=published,
        next_on=next_band_on(published.published_on),
        domains=tuple(
            _beside(domain.short, published.bands.get(domain.key), known[domain.key])
            for domain in domains
            if domain.key in known
        ),
    )


def _beside(name: str, band: Band | None, ours: float) -> DomainBeside:
    stands = None
    if band:
        stands = Stands.BELOW if ours < band.low else Stands.INSIDE
        stands = Stands.ABOVE if ours > band.high else stands
    return DomainBeside(name=name, band=band, ours=ours, stands=stands)
