"""Sittings of a wave before its day: said on the Room page, set up and brought on the place's."""

from datetime import date
from functools import partial

import streamlit as st

from aqua_core.charts.sentences import places as place_words
from aqua_core.vocabulary import Stage, Workshop
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop import sitting_apart
from aqua_core.workshop.reading import stage_now, workshop_now
from aqua_core.workshop.showing import results_now
from pages import _room, _way
from pages._saying import or_its_sentence, plain, told


def say_who_sits_apart(workshop: Workshop) -> None:
    """Say on the Room page which sittings wait for its reveal, or which are not in it."""
    sittings = sitting_apart.sittings_now(_room.caller(), workshop.code)
    over = stage_now(workshop.code) in (Stage.REVEALED, Stage.CLOSED)
    if over and results_now(_room.caller(), workshop.code).rounds:
        lines = [place_words.not_in(sittings)]
    else:
        lines = [place_words.apart_said(sitting) for sitting in sittings]
    for line in filter(None, lines):
        st.text(line)


def of_a_wave(code: str, today: date) -> None:
    """Offer what brings sittings into the wave of a workshop, and list those there are."""
    workshop = workshop_now(_room.caller(), code)
    st.write(f"**The wave of {day_said(workshop.held_on)}, code {code}**")
    st.caption(place_words.WHY)
    for sitting in sitting_apart.sittings_now(_room.caller(), code):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(place_words.apart_said(sitting), width="content")
            if sitting.code:
                at = {_room.CODE: sitting.code}
                st.page_link(_way.ROOM, label=f"Open {sitting.code}", query_params=at)
    if stage_now(code) is Stage.CLOSED:
        return
    coming = today <= workshop.held_on  # later no sitting can be set up any more
    _invited(workshop, coming)
    here, away, brought = st.columns(3, gap="large")
    if coming:
        with here:
            _here(workshop, today)
        with away:
            _away(workshop)
    with brought:
        _bring(workshop)


def _invited(workshop: Workshop, coming: bool) -> None:
    awaited = sitting_apart.invitations(_room.caller(), workshop.code)
    for sitting_id, called in awaited.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            build = partial(sitting_apart.invitation, _room.caller(), workshop.code, sitting_id)
            if coming:
                st.download_button(
                    f"Take the invitation for {plain(called)}",
                    partial(or_its_sentence, build),
                    file_name=f"invitation-{workshop.code}-{sitting_id[:4]}.json",
                    mime="application/json",
                    on_click="ignore",
                    key=f"invitation-{sitting_id}",
                )
            else:
                st.text(called, width="content")
            if st.button("Take it back", key=f"withdraw-{sitting_id}"):
                with told():
                    sitting_apart.withdraw(_room.caller(), workshop.code, sitting_id)
                    st.rerun()


def _here(workshop: Workshop, today: date) -> None:
    st.write("**On this laptop**")
    held_on = st.date_input(
        "Day of the sitting",
        today,
        min_value=today,
        max_value=workshop.held_on,
        format="DD/MM/YYYY",
        key=f"day-{workshop.code}-{today}",  # a day kept since yesterday would be refused
    )
    if st.button("Set up this sitting", key=f"sit-{workshop.code}"):
        with told():
            caller = _room.caller()
            made = sitting_apart.set_up_sitting(caller, workshop.code, held_on, today)
            st.switch_page(_way.ROOM, query_params={_room.CODE: made.code})


def _away(workshop: Workshop) -> None:
    st.write("**On another laptop**")
    called = st.text_input(
        "Who sits there", key=f"called-{workshop.code}", placeholder="The trust's board"
    )
    if st.button("Invite", key=f"invite-{workshop.code}"):
        with told():
            sitting_apart.invite(_room.caller(), workshop.code, called)
            st.rerun()


def _bring(workshop: Workshop) -> None:
    st.write("**Its sealed file**")
    file = st.file_uploader("The sealed file of a sitting", key=f"sealed-{workshop.code}")
    if file and st.button("Let it join", key=f"join-{workshop.code}"):
        with told():
            sitting_apart.join_sealed(_room.caller(), workshop.code, file.getvalue())
            st.rerun()


def sealed_file(workshop: Workshop) -> None:
    """Offer the sealed file of a sitting that came by an invitation; nothing of any other."""
    together = sitting_apart.seen_together(workshop.code)
    if together is None or together.here:
        return
    st.header("The sealed sitting")
    st.write(place_words.SEALED)
    if stage_now(workshop.code) is not Stage.CLOSED:
        st.caption(place_words.CLOSE_IT)
        return
    build = partial(sitting_apart.sealed_sitting, _room.caller(), workshop.code)
    st.download_button(
        "Take the sealed file",
        partial(or_its_sentence, build),
        file_name=f"sealed-{together.code}-{workshop.code}.sitting",
        mime="application/octet-stream",
        on_click="ignore",
        type="primary",
    )
