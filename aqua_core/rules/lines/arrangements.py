"""Other ways the badges could have been handed out, inside each stratum."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.intp]

SHUFFLES = 1999
"""With the room as it is that makes 2000: a share of .05 is known to within .01 (2 se)."""

MOST_LISTED = 1000
"""Up to here every arrangement is listed: 924, two teams of six, take 16 ms, which is what
drawing takes for 40 seats; the three lines then stay well within 100 ms."""


def seed_of(workshop: str, rounds: Sequence[int], wave: str) -> int:
    """Give the seed of a room's shuffles: the same on every refresh and in every process.

    Python's own hash is salted anew in each process, so the number comes from SHA-256.
    """
    said = "/".join((workshop, *map(str, rounds), wave))
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8], "big")


def count_of(labels: Labels, strata: Labels) -> int:
    """Count the arrangements of these labels inside their strata (multinomials, multiplied)."""
    return prod(_count(labels[strata == each]) for each in np.unique(strata))


def ways_of(label: int, labels: Labels, strata: Labels) -> int:
    """Count the sets of ballots that could wear this one label: 1 when it fills its strata."""
    return prod(
        comb(int((strata == each).sum()), int(((strata == each) & (labels == label)).sum()))
        for each in np.unique(strata)
    )


def arranged(labels: Labels, strata: Labels, seed: int) -> tuple[Labels, bool]:
    """Give arrangements of labels, whole ballots shuffled inside strata.

    Args:
        labels: the group of each ballot.
        strata: the stratum of each ballot, ascending.
        seed: of the shuffles; not used when every arrangement is listed.

    Returns:
        An arrangement a row, and whether they are all there are (then the labels as they are
        stand among them).
    """
    if count_of(labels, strata) <= MOST_LISTED:
        return _listed(labels, strata), True
    draws = np.random.default_rng(seed).random((SHUFFLES, len(labels)))
    return labels[np.argsort(draws + strata, axis=1)], False


def _count(labels: Labels) -> int:
    sizes = [int(size) for size in np.unique(labels, return_counts=True)[1]]
    return prod(comb(sum(sizes[: at + 1]), size) for at, size in enumerate(sizes))


def _listed(labels: Labels, strata: Labels) -> Labels:
    inside = [list(_orders(labels[strata == each])) for each in np.unique(strata)]
    return np.array([np.concatenate(parts) for parts in product(*inside)])


def _orders(labels: Labels) -> Iterator[Labels]:
    """Give every distinct order of the labels, placing one label after the other."""
    if len(labels) == 0:
        yield labels
        return
    label = labels[0]
    others = labels[labels != label]
    for places in combinations(range(len(labels)), len(labels) - len(others)):
        free = np.delete(np.arange(len(labels)), places)
        for rest in _orders(others):
            order = np.full(len(labels), label)
            order[free] = rest
            yield order
