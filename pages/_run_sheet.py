"""The run sheet of a workshop, for the facilitator: the time, what is next, what is missing."""

from typing import Final

import streamlit as st

from aqua_core.charts.sentences import programme as words
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.programme import Opens, Row
from aqua_core.workshop import running
from aqua_core.workshop.running import SheetNow
from pages import _room, _step, _way
from pages._saying import plain, said_invented, told
from pages._step import local

_PAGES: Final = {
    Opens.REHEARSE: (_way.REHEARSE, "Rehearse"),
    Opens.ROOM: (_way.ROOM, "Room"),
    Opens.GAPS: (_way.GAPS, "Gaps"),
    Opens.TALK: (_way.TALK, "Talk"),
    Opens.SHARE_OUT: (_way.SHARE_OUT, "Share-out"),
    Opens.PLAN: (_way.PLAN, "Plan"),
    Opens.OVER_TIME: (_way.OVER_TIME, "Over time"),
    Opens.TAKE_AWAY: (_way.TAKE_AWAY, "Take away"),
}
_MORE: Final = 5  # minutes that one press gives
_WIDTHS: Final = (0.5, 1, 1, 6, 1.4, 2)
_NO_SHEET: Final = (
    "No run sheet drives this workshop. Open a session on Programme, and start its sheet there."
)


def draw(workshop: Workshop) -> None:
    """Draw the page of a workshop's run sheet; it follows the clock by itself."""
    with st.container(horizontal=True, key="way", vertical_alignment="center"):
        st.page_link(_way.HOME, label="Home")
        _way.to_programmes()
        for opens in (Opens.ROOM, Opens.GAPS, Opens.TALK, Opens.PLAN):
            st.page_link(_PAGES[opens][0], label=_PAGES[opens][1], query_params=_room.here())
        st.space("stretch")
        said_invented(workshop)
        st.text(f"{workshop.place.name}, {day_said(workshop.held_on)}", width="content")
    _sheet(workshop)


@st.fragment(run_every="10s")
def _sheet(workshop: Workshop) -> None:
    with told():
        seen = running.sheet_now(_room.caller(), workshop.code, _step.now())
        if seen is None:
            st.title("Run sheet")
            st.write(_NO_SHEET)
            return
        with st.container(key="run-sheet"):
            _head(seen)
            steps, beside = st.columns([2, 1], gap="large")
            with steps, st.container(gap=None):
                for nth, row in enumerate(seen.rows):
                    _row(seen, nth, row)
                _end(seen)
            with beside:
                _now(workshop, seen)


def _head(seen: SheetNow) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(words.late_said(seen.late, over=seen.running.over), anchor=False, width="content")
        st.text(words.ends_said(local(seen.ends), local(seen.running.ends)), width="content")
        st.space("stretch")
        st.text(f"{words.OURS} It is {words.clock(local(_step.now()))}.", width="content")


def _row(seen: SheetNow, nth: int, row: Row) -> None:
    at, runs = seen.running.at, nth == seen.running.at
    key = "runs" if runs else "over" if nth < at else "comes"
    with st.container(key=f"step-{key}-{nth}"):
        mark, planned, begins, title, minutes, opens = st.columns(
            _WIDTHS, vertical_alignment="center"
        )
    mark.markdown("▶" if runs else "✓" if nth < at and row.now else "–" if not row.now else "○")
    planned.markdown(words.clock(local(row.planned)))
    begins.markdown(words.clock(local(row.now)) if row.now else "out")
    said = plain(row.step.title)
    aim = f"  \n:small[{plain(row.step.aim.value)}]" if row.step.aim else ""
    title.markdown(f"**{said}**{aim}" if runs else f"{said}{aim}")
    minutes.markdown(f"{row.minutes} min")
    if row.step.opens and row.now:
        page, label = _PAGES[row.step.opens]
        opens.page_link(page, label=f"Open {label}" if runs else label, query_params=_room.here())


def _end(seen: SheetNow) -> None:
    with st.container(key="step-end"):
        _, planned, begins, title, _, _ = st.columns(_WIDTHS, vertical_alignment="center")
    planned.markdown(words.clock(local(seen.running.ends)))
    begins.markdown(words.clock(local(seen.ends)))
    title.markdown("End")


def _now(workshop: Workshop, seen: SheetNow) -> None:
    step = seen.running.step
    if step is None:
        st.write("Every step is over. Take away what the room planned, and close the workshop.")
        st.page_link(_way.TAKE_AWAY, label="Take away", query_params=_room.here())
        _stop(workshop)
        return
    since = words.clock(local(seen.running.starts[seen.running.at]))
    given = seen.running.minutes[seen.running.at]
    left, of = words.left_said(seen.left, given)
    st.text(f"Now, since {since}")
    st.header(plain(step.title), anchor=False)
    with st.container(key="time-left"):
        st.markdown(f"**{left}** {of}")
    st.progress(min(max((given - seen.left) / given, 0.0), 1.0) if given else 1.0)
    _buttons(workshop, seen)
    if seen.tables:
        st.caption(plain(words.tables_said(seen.tables)))
    for lacks in seen.missing:
        st.warning(plain(lacks))
    if seen.ways:
        _ways(workshop, seen)
    if step.listen_for:
        st.subheader("Listen for", anchor=False)
        st.write(plain(step.listen_for))
    _stop(workshop)


def _buttons(workshop: Workshop, seen: SheetNow) -> None:
    at, step = seen.running.at, seen.running.step
    with st.container(horizontal=True):
        if step and step.opens:
            page, label = _PAGES[step.opens]
            st.page_link(page, label=f"**Open {label}**", query_params=_room.here())
        if st.button(f"{_MORE} minutes more", key=f"more-{at}"):
            running.give_step_time(_room.caller(), workshop.code, at, _MORE)
            st.rerun()
        on = plain(f"Next: {seen.next.title}") if seen.next else "End the session"
        if st.button(on, type="primary", key=f"next-{at}"):
            running.go_on_with_sheet(_room.caller(), workshop.code, at, _step.now())
            st.rerun()


def _ways(workshop: Workshop, seen: SheetNow) -> None:
    ended = words.clock(local(seen.running.ends))
    st.subheader(f"To end at {ended} again", anchor=False)
    for nth, way in enumerate(seen.ways):
        said, do = st.columns([3, 1.3], vertical_alignment="center")
        said.markdown(plain(words.saving_said(seen.running, way, local(seen.ends))))
        if do.button("Do this", key=f"way-{nth}"):
            running.end_in_time(_room.caller(), workshop.code, seen.running, nth, _step.now())
            st.rerun()


def _stop(workshop: Workshop) -> None:
    if st.button("Take the run sheet off", type="tertiary", key="stop sheet"):
        running.end_sheet(_room.caller(), workshop.code)
        st.rerun()
