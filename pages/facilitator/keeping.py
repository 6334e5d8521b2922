"""The facilitator alone: what is kept of a workshop, closing it, and erasing it."""

from datetime import date, timedelta

import streamlit as st

from aqua_core.charts.sentences.wording import counted, erased
from aqua_core.vocabulary import HOSTED_CODE_LENGTH, code_said
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.closing import close_workshop, erase_workshop, stored_now
from aqua_core.workshop.hosting import is_hosted
from aqua_core.workshop.placing import agree_next_wave, next_wave_proposed
from aqua_core.workshop.reading import room_now
from aqua_core.workshop.sitting_apart import seen_together
from pages import _room, _way, _ways_back
from pages._people import erased_from
from pages._saying import onward, plain, said_invented, told

stored = stored_now(_room.caller(), _room.code())
workshop = stored.workshop
together = seen_together(workshop.code)


def ask_when_again() -> date | None:
    return st.date_input(
        "The place meets again on",
        next_wave_proposed(_room.caller(), workshop.code),
        min_value=workshop.held_on + timedelta(days=1),
        format="DD/MM/YYYY",
        help="Six months on, as a rule. It goes into the calendar file, onto Home and the place's "
        "page, where it can be changed.",
    )


@st.dialog("Close the workshop")
def ask_to_close() -> None:
    st.write(
        "Results, notes and actions stay. Phones can no longer score or see their own answers. "
        + (
            ""
            if is_hosted()
            else "All older copies that the app made of the room's file are deleted, including "
            "those of other workshops. One new copy is made. "
        )
        + "This cannot be taken back."
    )
    again = None if together else ask_when_again()
    yes, no = st.columns(2)
    if no.button("Not yet", width="stretch"):
        st.rerun()
    if yes.button("Close it", type="primary", width="stretch"):
        with told():
            if not together:
                agree_next_wave(_room.caller(), workshop.code, again)
            close_workshop(_room.caller(), workshop.code)
            st.rerun()


@st.dialog("Erase the workshop")
def ask_to_erase() -> None:
    st.write(f"All its scores, notes and actions are deleted, {erased_from()}")
    typed = st.text_input(
        f"Type its code, {code_said(workshop.code)}", max_chars=2 * HOSTED_CODE_LENGTH
    )
    yes, no = st.columns(2)
    if no.button("Keep it", width="stretch"):
        st.rerun()
    if yes.button("Erase it", type="primary", width="stretch"):
        with told():
            left = erase_workshop(_room.caller(), workshop.code, typed)
            st.session_state[_way.SAID] = erased([workshop.place.name], left)
            st.switch_page(_way.HOME)


with st.container(horizontal=True, vertical_alignment="center"):
    st.page_link(_way.HOME, label="Home")
    _ways_back.offer_to_undo(workshop.code)
st.title("What is kept")
said_invented(workshop)
kept = [counted(stored.seats, "seat"), counted(stored.answers, "answer")]
if stored.reasons:
    kept.append(f"{counted(stored.reasons, 'line')} beside scores")
kept += [counted(stored.notes, "note"), counted(stored.actions, "action")]
if stored.last_words:
    kept.append(f"{counted(stored.last_words, 'line')} written at the end")
st.write(
    f"{plain(workshop.place.name)}, {day_said(workshop.held_on)}, code {code_said(workshop.code)}: "
    f"{', '.join(kept)}. "
    "No name, address or device of a seat is kept; what people wrote is."
)
onward("Browsers that are signed in", "/sign-out")
closing, erasing = st.columns(2, border=True)
with closing:
    if stored.closed:
        st.header("It is closed")
        st.write(
            "No seat can be tied to a phone any more. Results, notes and actions are here as they "
            "were."
        )
        if room_now(_room.caller(), workshop.code).revealed:
            st.page_link(_way.GAPS, label="See where the room disagreed", query_params=_room.here())
        st.page_link(_way.TAKE_AWAY, label="Take away", query_params=_room.here())
    else:
        st.header("Close it")
        st.write(
            "When the day is over. The keys that tie a seat to a phone are destroyed and the "
            "answers are put into an order that says nothing of who came when. Results stay"
            + ("." if is_hosted() else "; earlier copies of the file go.")
        )
        if st.button("Close the workshop", type="primary"):
            ask_to_close()
with erasing:
    st.header("Erase it")
    st.write(
        f"When it is no longer needed. It is taken out {erased_from()} The other workshops stay."
        if is_hosted()
        else "When it is no longer needed. It is taken out of the room's file, and every copy, "
        "journal and older file beside it is removed. The other workshops stay, with one fresh "
        "copy."
    )
    if st.button("Erase the workshop"):
        ask_to_erase()
