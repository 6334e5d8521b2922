"""On how many seeded rooms a proof is held: on some at every run, on all of them with `-m long`."""

import pytest


def seeds(rooms: int, always: int, also: tuple[int, ...] = ()) -> pytest.MarkDecorator:
    """Give a proof its `seeds`, in order: the first of them always, and all of them when long.

    `also` are later ones that are always asked: rooms of a kind that is not among the first.
    """
    first = (*range(always), *also) if also else range(always)
    some = pytest.param(first, id=f"{len(first)} rooms")
    every = pytest.param(range(rooms), id=f"{rooms} rooms", marks=pytest.mark.long)
    return pytest.mark.parametrize("seeds", [some, every])


def one_by_one(rooms: int, always: int) -> pytest.MarkDecorator:
    """Give a proof its `seed`, each in a test of its own: so many always, the rest when long."""
    rest = (pytest.param(seed, marks=pytest.mark.long) for seed in range(always, rooms))
    return pytest.mark.parametrize("seed", [*range(always), *rest])
