"""A view of a place, projected: run charts on its whole years, and what may be said of each."""

from datetime import date
from typing import Final

import streamlit as st

from aqua_core.charts import impact_rows
from aqua_core.charts.impact import impact_chart, impact_table, readings_table
from aqua_core.charts.sentences import impact as said
from aqua_core.vocabulary.measure import PlaceImpact
from aqua_core.vocabulary.plan import Impact
from aqua_core.workshop.following import ImpactSeen, impact_now
from pages import _drawing, _room, _way
from pages._mirroring import opens
from pages._saying import plain
from pages._tables import literal

_PICTURE: Final = 800  # px under the headline on the projector
_FEW: Final = 6  # rows that one screen holds; beyond, a level at a time may be looked at


def draw(place_id: str, today: date) -> None:
    """Draw the finding in a sentence, its run charts, and under them the same as tables."""
    seen = impact_now(_room.caller(), place_id, today)
    with st.container(key="over_time"):
        if seen.scoring:
            st.title(plain(seen.place.name))
            st.write(said.HELD_BACK)
        elif not seen.impact.followed:
            st.title("What would show?")
            st.write(plain(said.NOTHING_YET))
            at = _way.at_place(place_id, _way.MEASURES)
            st.page_link(_way.PLACE, label="Follow a measure", query_params=at)
        else:
            _picture(seen, _asked(seen.impact))


def _asked(impact: PlaceImpact) -> PlaceImpact:
    """Ask, where there is more than one screen holds, for one level alone."""
    levels = [level for level in said.LEVEL if _at(impact, level)]
    if len(impact.followed) <= _FEW or len(levels) < 2:
        return impact
    chosen = st.segmented_control(
        "View",
        ["", *levels],
        default="",
        format_func=lambda level: said.LEVEL.get(level, "All"),
        required=True,
        label_visibility="collapsed",
        key=f"level-{impact.place}",
    )
    if not chosen:
        return impact
    return impact.model_copy(update={"followed": tuple(_at(impact, Impact(chosen)))})


def _at(impact: PlaceImpact, level: Impact) -> list[object]:
    return [followed for followed in impact.followed if followed.measure.impact is level]


def _picture(seen: ImpactSeen, impact: PlaceImpact) -> None:
    st.title(plain(said.headline(seen.impact)))
    st.write(plain(said.quiet_line(impact)))
    sentences = [said.said_of(followed) for followed in impact.followed]
    if _drawing.held():
        for sentence in sentences:
            st.write(plain(sentence))
        st.table(literal(impact_table(impact)))
    else:
        height = impact_rows.height_of(impact, _drawing.look(), _PICTURE)
        spec = _drawing.kept(
            seen.place.id,
            ("impact", height, tuple(of.measure.id for of in impact.followed)),
            lambda look: impact_chart(impact, look, height),
            impact,
        )
        alternative = " ".join([said.quiet_line(impact), *sentences])
        st.vega_lite_chart(spec=spec, theme=None, width="stretch", alt=alternative)
        with opens("The same as a table", "the same as a table"):
            st.table(literal(impact_table(impact)))
    st.caption(f"{said.RULE} {said.SECOND_OPINION}")
    _in_words(impact)
    _every_reading(impact)


def _in_words(impact: PlaceImpact) -> None:
    with opens("What can be said of each", "what can be said of each measure"):
        for sentence in said.each_said(impact):
            st.write(plain(sentence))


def _every_reading(impact: PlaceImpact) -> None:
    """Give the twin of each chart: its readings, a measure at a time."""
    twin = opens("Every reading as a table", "every reading as a table")
    if not twin.open:
        return
    with twin:
        chosen = st.selectbox(
            "Measure",
            impact.followed,
            format_func=lambda followed: said.named_said(followed.measure),
            key=f"readings-{impact.place}",
        )
        st.table(literal(readings_table(impact.model_copy(update={"followed": (chosen,)}))))
