"""On how many seeded rooms a proof is held: on some at every run, on all of them with `-m long`."""

import pytest


def seeds(rooms: int, always: int) -> pytest.MarkDecorator:
    """Give a proof its `seeds`, a range: the first of them always, and all of them when long."""
    some = pytest.param(range(always), id=f"{always} rooms")
    every = pytest.param(range(rooms), id=f"{rooms} rooms", marks=pytest.mark.long)
    return pytest.mark.parametrize("seeds", [some, every])
