"""The views of the Gaps page: which there are, what each is asked, and the line beside it."""

from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from aqua_core.charts.layout.names import labels_of
from aqua_core.charts.whole import groups_of
from aqua_core.charts.words import listed
from aqua_core.vocabulary import Gap, Holder, Kind
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
CALLED = {
    Kind.PHYSIOLOGY: "Physiology, the cultural kind",
    Kind.ANATOMY: "Anatomy, the technical kind",
}
TOGETHER = (
    "Some groups are shown only together with others, so that nobody's score can be worked out."
)
NOTES = {
    View.HEAT: "In brackets, where there is room: how many scored, from two on.",
    View.LEVEL: "How high goes by the middle score; the average weighs each partner the same.",
    "relative": "0 is a group's own average over the domains it is shown on: whether it scores "
    "strictly or kindly then makes no difference.",
}
"""A line below the picture, for whoever asks."""
AGREED = {
    Holder.PERSON: "Agreed: most of the room on two neighbouring levels, few further off, and no "
    "two partners or tiers shown a point apart. Close: the same, with two that are.",
    Holder.LAPTOP: "Agreed: all teams on one level. Close: all teams within one level.",
}
"""When a domain is called agreed, below the levels."""


@dataclass(frozen=True)
class Asked:
    """What a view was told besides who is compared: own averages, and the group in front.

    `note` stands under the picture.
    """

    relative: bool = False
    front: str | None = None
    note: str = ""


def asked_of(view: View, gaps: tuple[Gap, ...]) -> Asked:
    """Ask what one view needs to know besides who is compared."""
    if view in MAY_BE_RELATIVE and any(gap.standings for gap in gaps):
        return Asked(relative=st.toggle("Against own average"))
    return Asked(front=_in_front(gaps) if view is View.RADAR else None)


def meaning_of(view: View, gaps: tuple[Gap, ...]) -> str:
    """Give the line above a picture without which its words are a puzzle; else ""."""
    if view is not View.KINDS:
        return ""
    kinds = {
        kind: listed([gap.domain.short for gap in gaps if gap.domain.kind is kind])
        for kind in Kind
        if any(gap.domain.kind is kind for gap in gaps)
    }
    means = [f"{CALLED[kind]}: {names}." for kind, names in kinds.items()]
    return f"{' '.join(means)} Each domain weighs the same."


def note_of(view: View, gaps: tuple[Gap, ...], asked: Asked, without: str, holder: Holder) -> str:
    """Give what stands under a picture, for whoever asks what it is; "" for nothing."""
    agreed = AGREED[holder] if view is View.LEVEL else ""
    note = NOTES.get("relative" if asked.relative else view, "")
    some = view in COMPARES and any(gap.held_back and gap.standings for gap in gaps)
    return " ".join(filter(None, (agreed, note, without, TOGETHER if some else "")))


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
