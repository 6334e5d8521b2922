"""Where marks stand that would cover each other: beside their value, never on one another."""

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple


class Step(NamedTuple):
    """How far a mark stands from its value, px right and px down."""

    across: float
    down: float


def dodged(places: Sequence[float], size: float, lanes: int) -> list[Step]:
    """Part marks that would touch: up and down first, sideways once the lanes are full.

    Args:
        places: where the marks belong, px, ascending.
        size: of a mark, px, its halo included.
        lanes: how many marks fit above each other.

    Returns:
        A step for each mark, in order. No two marks then stand within `size` of each other both
        across and down.
    """
    steps: list[Step] = []
    for cluster in _touching(places, size):
        stood: list[tuple[float, float]] = []
        for place in cluster:
            stood.append(_free(place, stood, size, lanes))
        steps += _centred(cluster, stood)
    return _apart(places, steps, size) or _uncentred(places, size, lanes)


def nudged(places: Sequence[float], apart: float, top: float, bottom: float) -> list[float]:
    """Move labels, px down the page, until each stands `apart` from the next, as near as may be.

    Labels keep their order and stay between top and bottom while there is room for all of them.
    """
    order = sorted(range(len(places)), key=lambda n: places[n])
    blocks: list[tuple[list[int], float]] = []
    for n in order:
        members, middle = [n], places[n]
        while blocks and middle - blocks[-1][1] < apart * (len(members) + len(blocks[-1][0])) / 2:
            members = blocks.pop()[0] + members
            middle = sum(places[member] for member in members) / len(members)
            half = apart * (len(members) - 1) / 2
            middle = min(max(middle, top + half), max(bottom - half, top + half))
        blocks.append((members, middle))
    spots = {
        member: middle + (n - (len(members) - 1) / 2) * apart
        for members, middle in blocks
        for n, member in enumerate(members)
    }
    return [spots[n] for n in range(len(places))]


def _touching(places: Sequence[float], size: float) -> list[list[float]]:
    clusters: list[list[float]] = []
    for place in places:
        if clusters and place - clusters[-1][-1] < size:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return clusters


def _free(
    place: float, stood: Sequence[tuple[float, float]], size: float, lanes: int
) -> tuple[float, float]:
    spots = (
        (place + column * size / 2, lane * size) for column in count() for lane in range(lanes)
    )
    return next(spot for spot in spots if not any(_touch(spot, other, size) for other in stood))


def _touch(one: tuple[float, float], other: tuple[float, float], size: float) -> bool:
    close = size - 1e-6
    return abs(one[0] - other[0]) < close and abs(one[1] - other[1]) < close


def _centred(cluster: Sequence[float], stood: Sequence[tuple[float, float]]) -> list[Step]:
    rows = [down for _, down in stood]
    shifts = [across - place for place, (across, _) in zip(cluster, stood, strict=True)]
    middle = (max(rows) + min(rows)) / 2
    aside = (max(shifts) + min(shifts)) / 2
    return [Step(shift - aside, down - middle) for shift, down in zip(shifts, rows, strict=True)]


def _apart(places: Sequence[float], steps: list[Step], size: float) -> list[Step]:
    """Give the steps back, or none when centring one cluster pushed it onto the next."""
    spots = [(place + step.across, step.down) for place, step in zip(places, steps, strict=True)]
    pairs = ((a, b) for n, a in enumerate(spots) for b in spots[:n])
    return [] if any(_touch(a, b, size) for a, b in pairs) else steps


def _uncentred(places: Sequence[float], size: float, lanes: int) -> list[Step]:
    stood: list[tuple[float, float]] = []
    for place in places:
        stood.append(_free(place, stood, size, lanes))
    return [
        Step(across - place, down - (lanes - 1) * size / 2)
        for place, (across, down) in zip(places, stood, strict=True)
    ]
