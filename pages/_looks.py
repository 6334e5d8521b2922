"""How the pages look beyond the theme: sizes for the back row, choices for a thumb."""

from pathlib import Path
from typing import Final

import streamlit as st

_FOLDER: Final = Path(__file__).parent
_ON_THE_WALL: Final = frozenset({"room", "gaps", "one-domain", "talk", "salford"})
_ON_A_SEAT: Final = frozenset({"score"})


def _style(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


_EVERYWHERE: Final = _style("_looks.css")
_PROJECTED: Final = _EVERYWHERE + _style("_looks_projected.css")
_DESK: Final = _EVERYWHERE + _style("_looks_desk.css")
_SEAT: Final = _EVERYWHERE + _style("_looks_seat.css")


def dress(address: str) -> None:
    """Give the page at this address its style: read from 8 m, at a desk, or with one thumb."""
    style = _DESK
    if address in _ON_THE_WALL:
        style = _PROJECTED
    if address in _ON_A_SEAT:
        style = _SEAT
    st.html(f"<style>{style}</style>")
