"""Attack bands: `python -m benchmarks.bands`. Writes docs/bands-attacked.md.

In each of many invented communities two bands are published. Whoever knows their own place's
averages, how many places there are, the rule, and of every other place whether it joined, left,
has a newer card or the same one, looks for another place's average. For each, other communities
are sought that publish the same two bands by the app's own rule. How far apart its average lies in
them is what nobody can tell: only a community that was found counts, so nothing is called safe
that is not.
"""

import os

# Before numpy loads: one community is one core's work.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aqua_core.rules.band import FEWEST_PLACES, band_of, changes_needed, may_be_drawn

COMMUNITIES = 10_000
MOST_PLACES = 10
KNOWN = 7
"""Tenths of a point: a value is pinned to within 0.3 where the others are nearer than this."""
ROUNDS, BATCH, KEPT = 1_000, 400, 40
FAR = (1, 2, 4, 8)  # tenths by which places are moved at once
PAGE = Path(__file__).parents[1] / "docs/bands-attacked.md"
Tenths = NDArray[np.int64]


class Pair(NamedTuple):
    """Two publications: `values` are averages (tenths), `kinds` what is known of each of them.

    `first` and `second` are the places of the values behind each band; `places` the values of each
    place: two where it has a newer card.
    """

    values: Tenths
    kinds: tuple[str, ...]
    first: Tenths
    second: Tenths
    places: tuple[tuple[int, ...], ...]


def pair_of(seed: int, needed: int | None) -> Pair:
    """Invent a community of five to ten places, and as few changes as its next band asks for.

    Args:
        seed: of the dice.
        needed: how many places have another card; None for what the rule asks for.
    """
    dice = np.random.default_rng(seed)
    before = int(dice.integers(FEWEST_PLACES, MOST_PLACES + 1))
    joined, left, newer = _changes(dice, before, needed)
    kinds = ["same"] * (before - left - newer) + ["left"] * left + ["joined"] * joined
    places: list[tuple[int, ...]] = [(at,) for at in range(len(kinds))]
    for _ in range(newer):
        places.append((len(kinds), len(kinds) + 1))
        kinds += ["before", "after"]
    middle, spread = dice.normal(23, 6), dice.choice((3, 5, 7, 10, 14))
    values = np.clip(np.rint(dice.normal(middle, spread, len(kinds))), 0, 50).astype(np.int64)
    for old, new in (place for place in places if len(place) > 1):
        values[new] = np.clip(values[old] + dice.integers(-8, 9), 0, 50)
    return Pair(
        values,
        tuple(kinds),
        np.flatnonzero([kind not in ("joined", "after") for kind in kinds]),
        np.flatnonzero([kind not in ("left", "before") for kind in kinds]),
        tuple(places),
    )


def _changes(dice: np.random.Generator, before: int, needed: int | None) -> tuple[int, int, int]:
    """Give how many joined, how many left and how many have a newer card.

    Nobody joins alone: the rule lets such a place wait. Every third time one alone left, and
    whoever attacks knows that.
    """
    while True:
        many = int(dice.integers(1, before + 1))
        newer = many - 1 if dice.random() < 1 / 3 else int(dice.integers(0, many + 1))
        more, fewer = many - newer, int(dice.integers(0, many - newer + 1))
        joined, left = (more, fewer) if dice.random() < 1 / 2 else (fewer, more)
        after = before - left + joined
        enough = changes_needed(before, after) if needed is None else needed
        fits = FEWEST_PLACES <= after <= MOST_PLACES + 3 and left + newer <= before
        if many == enough and joined != 1 and fits:
            return joined, left, newer


@cache
def drawn(places: int) -> NDArray[np.bool_]:
    """Tell of every band and own average (quarters, quarters, tenths) whether it may be drawn.

    None is that ends at 0 or 5, or is half a point wide; what is upside down is the same.
    """
    table = np.zeros((21, 21, 51), bool)
    for low in range(1, 18):
        for high in range(low + 3, 20):
            for own in range(51):
                if low + high <= 20:
                    may = may_be_drawn(places, low, high, own)
                    table[low, high, own] = table[20 - high, 20 - low, 50 - own] = may
    return table


def seen_of(rows: Tenths) -> Tenths:
    """Give what is published of communities, a row each: a number a band, -1 where none is."""
    places = rows.shape[1]
    half = (places + 1) // 2
    ordered = np.sort(rows, 1)
    low = 2 * ordered[:, :half].sum(1) // (5 * half)
    high = -(-2 * ordered[:, -half:].sum(1) // (5 * half))
    may = drawn(places)[low[:, None], high[:, None], rows].all(1)
    return np.where(may, low * 32 + high, -1)


def check_same(row: Tenths) -> None:
    """Hold the fast calculation beside the app's own rule."""
    band = band_of([value / 10 for value in row.tolist()])
    said = -1 if band is None else round(band.low * 4) * 32 + round(band.high * 4)
    assert seen_of(row[None])[0] == said, row


def attacked(pair: Pair, seed: int) -> Counter[str]:
    """Let each place attack all others; give the counts of a pair."""
    bands = [seen_of(pair.values[which][None])[0] for which in (pair.first, pair.second)]
    for which in (pair.first, pair.second):
        check_same(pair.values[which])
    counts = Counter(pairs=1, bands=2, drawn=sum(band >= 0 for band in bands))
    if max(bands) < 0:
        return counts
    counts["with a band"] = 1
    dice = np.random.default_rng(seed)
    for own in pair.places:
        narrow = _least(pair, own, bands, dice)
        counts["attackers"] += 1
        counts["pinned"] += narrow < KNOWN
        counts[f"narrowest {min(narrow, 10)}"] += 1
    counts["pairs pinned"] = int(counts["pinned"] > 0)
    return counts


def _least(pair: Pair, own: Sequence[int], bands: Sequence[int], dice: np.random.Generator) -> int:
    """Give the least room (tenths) that is left to any kind of other place, up to KNOWN."""
    others = np.array([at for at in range(len(pair.kinds)) if at not in own])
    kinds = [
        np.array([at for at in others if pair.kinds[at] == kind])
        for kind in sorted({pair.kinds[at] for at in others})
    ]
    pool = pair.values[None].copy()
    least, most = _ends(pool, kinds)
    for _ in range(ROUNDS):
        rows = _alike(pair, bands, _moved(pool, others, dice))
        if len(rows):
            low, high = _ends(rows, kinds)
            least, most = np.minimum(least, low), np.maximum(most, high)
            pool = np.concatenate([pool, rows])
            pool = pool[[*_furthest(pool, kinds), *dice.integers(0, len(pool), KEPT)]]
        if (most - least).min() >= KNOWN:
            break
    return int((most - least).min())


def _moved(pool: Tenths, others: Tenths, dice: np.random.Generator) -> Tenths:
    """Give communities in which one to five of the others stand elsewhere."""
    rows = pool[dice.integers(0, len(pool), BATCH)]
    many = dice.integers(1, min(5, len(others)) + 1, BATCH)
    which = dice.random((BATCH, len(others))).argsort(1) < many[:, None]
    far = dice.choice(FAR, (BATCH, 1))
    steps = dice.integers(-far, far + 1, (BATCH, len(others))) * which
    rows[:, others] = np.clip(rows[:, others] + steps, 0, 50)
    return rows


def _alike(pair: Pair, bands: Sequence[int], rows: Tenths) -> Tenths:
    for which, band in zip((pair.first, pair.second), bands, strict=True):
        if len(rows):
            rows = rows[seen_of(rows[:, which]) == band]
    return rows


def _ends(rows: Tenths, kinds: Sequence[Tenths]) -> tuple[Tenths, Tenths]:
    """Give the least and the most that a place of each kind may be: it may be any of its kind."""
    return (
        np.array([rows[:, kind].min() for kind in kinds]),
        np.array([rows[:, kind].max() for kind in kinds]),
    )


def _furthest(pool: Tenths, kinds: Sequence[Tenths]) -> list[int]:
    low = (int(pool[:, kind].min(1).argmin()) for kind in kinds)
    high = (int(pool[:, kind].max(1).argmax()) for kind in kinds)
    return [*low, *high]


def page(found: Mapping[str, Counter[str]], pairs: int) -> str:
    """Give docs/bands-attacked.md."""
    rows = (
        ("pairs of bands", "pairs"),
        ("pairs with a band in one of them", "with a band"),
        ("share of bands that may be drawn, %", "share"),
        ("places that attack", "attackers"),
        ("**of which pin another place's average to within 0.3**", "pinned"),
        ("pairs in which one does", "pairs pinned"),
    )
    for counts in found.values():
        counts["share"] = round(100 * counts["drawn"] / max(1, counts["bands"]))
    cells = [
        f"| {words} | " + " | ".join(f"{counts[name]:,}" for counts in found.values()) + " |"
        for words, name in rows
    ]
    return "\n".join(
        (
            "# Bands of places: what can be worked out",
            "",
            "Written by `python -m benchmarks.bands`. No figure depends on the machine.",
            "",
            *_SAID,
            "",
            f"| places with another card between two bands | {' | '.join(found)} |",
            "|" + "---|" * (len(found) + 1),
            *cells,
            "",
            f"The rule is the last column, {pairs:,} pairs. Pairs with other numbers (`--first`) "
            "stand in the list of longer proofs.",
            "",
        )
    )


_SAID = (
    "**What is published**: how many places, and of each domain from where to where the middle "
    "half lies: from the average of the lower half of places to that of the upper half (of an odd "
    "number the middle place counts in both), rounded outward to quarters of a point; or that it "
    "is not drawn.",
    "",
    "**Who attacks**: each place in turn. It knows its own averages in both bands, the number of "
    "places, the rule, also what follows where nothing is drawn, and of every other place whether "
    "it joined, left, has a newer card, or the same card twice. In a third of the pairs one place "
    "alone left, and the attacker knows it. Nobody joins alone: such a place is counted once "
    "another one joins.",
    "",
    "**What counts as pinned**: of every other place of a kind (the one that joined; one of those "
    "that stayed) communities are sought that publish the same two bands, by the app's own rule, "
    "with the attacker's averages as they are. Where the least and the most that its average may "
    "be lie 0.6 or less apart, it is known to within 0.3, and counts as pinned; so does one for "
    "which the search merely found no other community. Places of one kind cannot be told apart by "
    "anybody, so each may be any of them.",
    "",
    "**Within one band** more is asked, and by the rule itself, not by a search: also of the "
    "lowest other place, the next one and so on, 0.9 must be possible for every place "
    "that looks, and no place may stand more than a point outside the band or within half a "
    "point of 0 or 5, else the domain is not drawn. Plain quartiles of five places fail at once: "
    "they are two places' own values. The average of a half alone fails too, where the place that "
    "looks stands far off: of 2.0, 2.0, 2.0, 2.0 and 5.0 the last one knows all others.",
)


def run(pairs: int, needed: int | None, first: int = 0) -> Counter[str]:
    """Attack so many pairs, from the first on."""
    total: Counter[str] = Counter()
    for seed in range(first, first + pairs):
        total += attacked(pair_of(seed, needed), seed)
    return total


def main() -> None:
    """Attack every pair, and keep the page when it is all of them."""
    parser = ArgumentParser(prog="python -m benchmarks.bands", description=__doc__)
    parser.add_argument("--pairs", type=int, default=COMMUNITIES)
    parser.add_argument("--first", type=int, default=0, help="the number of the first pair (0)")
    asked = parser.parse_args()
    if asked.first:
        print(dict(run(asked.pairs, None, asked.first)))
        return
    pairs = asked.pairs
    weaker = {f"{many}": run(pairs // 20, many) for many in (1, 2, 3)}
    found = weaker | {"three, and half of all": run(pairs, None)}
    said = page(found, pairs)
    if pairs == COMMUNITIES:
        PAGE.write_text(said, "utf-8")
    print(said)


if __name__ == "__main__":
    main()
