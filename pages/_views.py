"""The views of the Gaps page: which there are, what each is asked, and the line beside it."""

from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from aqua_core.charts.plan.names import labels_of
from aqua_core.charts.sentences.foreseen import needed
from aqua_core.charts.whole.heat import groups_of
from aqua_core.vocabulary import Compare, Gap
from aqua_core.workshop.reading import widest_first


class View(StrEnum):
    """What is shown; in the order of the choice."""

    RANKED = "Ranked gaps"
    RADAR = "Radar"
    HEAT = "Heat table"
    LEVEL = "Level"
    BLANKS = "Cannot say"
    KINDS = "Two kinds"


COMPARES = frozenset(View) - {View.LEVEL}
"""Views in which groups are compared; the level is the whole room's."""
MOST_AT_ONCE = 6
"""Groups whose outlines a room can follow; above, one stands in front of the others."""
MAY_BE_RELATIVE = frozenset({View.RANKED, View.HEAT})
MEANINGS = {
    View.KINDS: "Physiology is the cultural kind of domain, anatomy the technical kind. "
    "Each domain weighs the same.",
}
"""A line above the picture: without it, its words are a puzzle."""
NOTES = {
    View.LEVEL: "How high goes by the middle score, every person counting the same; the average "
    "weighs each partner the same.",
    "relative": "0 is a group's own average over the domains it is shown on: whether it scores "
    "strictly or kindly then makes no difference.",
}
"""A line below the picture, for whoever asks."""


@dataclass(frozen=True)
class Asked:
    """What a view was told besides who is compared: own averages, and the group in front."""

    relative: bool = False
    front: str | None = None


def asked_of(view: View, gaps: tuple[Gap, ...]) -> Asked:
    """Ask what one view needs to know besides who is compared."""
    if view in MAY_BE_RELATIVE:
        return Asked(relative=st.toggle("Against own average"))
    return Asked(front=_in_front(gaps) if view is View.RADAR else None)


def way_on(view: View, compare: Compare, gaps: tuple[Gap, ...], guard: int) -> str:
    """Say what to do where groups are compared and none may be shown; else ""."""
    if view not in COMPARES or any(gap.standings for gap in gaps):
        return ""
    if not any(gap.held_back for gap in gaps):
        return ""
    if compare is Compare.PARTNER:
        return f"{needed(guard)} Look at the level of the room."
    return "Compare partners, or look at the level of the room."


def _in_front(gaps: tuple[Gap, ...]) -> str | None:
    """Ask which group stands in front where more than six would be a tangle."""
    groups = groups_of([side.group for gap in gaps for side in gap.standings])
    if len(groups) <= MOST_AT_ONCE:
        return None
    names = labels_of(groups)
    ends = [gap.lowest.group.id for gap in widest_first(gaps) if gap.standings]
    return st.selectbox(
        "In front",
        list(names),
        index=list(names).index(ends[0]),  # whoever stands lowest where the gap is widest
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=430,  # px that views and three comparisons leave it in their row
    )
