"""Projected: several places in one room, each finished or still scoring; or the form to begin."""

import streamlit as st

from aqua_core.charts.sentences import gathering as words
from aqua_core.live import Channel
from aqua_core.vocabulary import Stage
from aqua_core.workshop import gathering as gatherings
from aqua_core.workshop.gathering import GatheringNow
from aqua_core.workshop.seating import expect_people
from pages import _masterclass, _room, _seats, _way
from pages._ending import end
from pages._joining import draw_anew_elsewhere, how_to_join
from pages._listening import listen
from pages._saying import plain, said_invented, told
from pages._talk.timer import ask_time_to_score, draw_timer, runs

if _way.OF_GATHERING not in st.query_params:
    _masterclass.set_up()
    end()
code = st.query_params[_way.OF_GATHERING]
begun = gatherings.gathering_now(_room.caller(), code)
at_tables = [table.workshop.code for table in begun.tables]


@st.dialog("Reveal for all")
def ask_to_reveal(now: GatheringNow) -> None:
    with told():  # a dialog is drawn by itself, also for who was signed out meanwhile
        scoring = [table.workshop.place.name for table in now.scoring if not table.finished]
        if scoring:
            st.warning(plain(words.still_scoring(scoring)))
        held = [table.workshop for table in now.scoring]
        people = [(one, *_seats.ask_how_many(one, one.place.name)) for one in held]
        yes, no = st.columns(2)
        first, second = ("primary", "secondary") if scoring else ("secondary", "primary")
        if no.button("Not yet", type=first, key="not yet", width="stretch"):
            st.rerun()
        if yes.button("Reveal now", type=second, key="reveal now", width="stretch"):
            for workshop, asked, here in people:
                if asked:
                    expect_people(_room.caller(), workshop.code, here)
            gatherings.reveal_for_all(_room.caller(), code)
            st.rerun()


@st.dialog("Take this round back")
def ask_to_take_back() -> None:
    with told():
        meant = gatherings.rounds_at_tables(_room.caller(), code)
        st.write(
            "What is open ends unseen at every table: nobody ever sees what was answered, and it "
            "can be opened again."
        )
        yes, no = st.columns(2)
        if no.button("Go on scoring", width="stretch"):
            st.rerun()
        if yes.button("Take it back", type="primary", width="stretch"):
            gatherings.take_back_for_all(_room.caller(), code, meant)
            st.rerun()


def scoring(now: GatheringNow) -> None:
    names = now.tables[0].workshop.instrument.names
    quiet, heading = words.open_now(now.opened, names)
    st.text(quiet)
    st.title(plain(heading))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(words.finished_said(now.finished, len(now.scoring)))
        if st.button("Take this round back", type="tertiary"):
            ask_to_take_back()
        if st.button("Reveal for all", type="primary", help=words.SAME_MOMENT):
            ask_to_reveal(now)
    scored_at = [table.workshop.code for table in now.scoring]
    with st.container(horizontal=True, vertical_alignment="center", key="time"):
        draw_timer(next(filter(runs, scored_at), scored_at[0]))
        ask_time_to_score(*scored_at)
    _masterclass.draw_tables(now)
    _masterclass.add_places(now)


def between(now: GatheringNow) -> None:
    st.title(plain(now.gathering.called))
    if not now.tables:
        st.write(words.NO_TABLE)
    elif now.stage is Stage.CLOSED:
        st.header("All tables are closed")
    elif now.stage is Stage.REVEALED:
        st.header("The scores are revealed")
        st.text(words.REVEALED)
    else:
        st.text(words.NOTHING_YET)
    _masterclass.draw_tables(now)
    if now.revealed and now.tables:
        heard = {_room.CODE: now.tables[0].workshop.code}
        st.page_link(_way.SHARE_OUT, label="Hear each place on Share-out", query_params=heard)
    if now.tables and now.stage is not Stage.CLOSED:
        open_next(now)
    _masterclass.add_places(now)
    _masterclass.end_of_the_day(now)


def open_next(now: GatheringNow) -> None:
    names = now.tables[0].workshop.instrument.names
    left = [key for key in names if key not in now.revealed]
    chosen = st.pills(
        "Domains to score",
        list(names),
        selection_mode="multi",
        default=left[:1] if now.revealed else left,
        format_func=lambda key: plain(names[key]),
        key=f"domains-{len(now.revealed)}",
    )
    more = "secondary" if now.revealed else "primary"
    if st.button("Open for all", type=more, key="open for all"):
        with told():
            gatherings.open_for_all(_room.caller(), code, chosen)
            st.rerun()


@st.fragment
def tables() -> None:
    with told():
        listen(begun.gathering.code, Channel.TEAMS, alone=True)
        draw_anew_elsewhere(at_tables)
        now = gatherings.gathering_now(_room.caller(), code)
        if [table.workshop.code for table in now.tables] != at_tables:
            st.rerun()
        with st.container(key="masterclass"):
            scoring(now) if now.scoring else between(now)


with st.container(horizontal=True, key="way", vertical_alignment="center"):
    st.page_link(_way.HOME, label="Home")
    at = {_way.OF_GATHERING: begun.gathering.code}
    st.page_link(_way.MASTERCLASS, label="**Masterclass**", query_params=at)
    if begun.revealed and at_tables:
        heard = {_room.CODE: at_tables[0]}
        st.page_link(_way.SHARE_OUT, label="Share-out", query_params=heard)
    st.space("stretch")
    for table in begun.tables:
        if table.workshop.invented:
            said_invented(table.workshop)
            break
    st.text(words.when_and_what(begun.gathering), width="content")
join, seen = st.columns([1, 1.9], gap="large")
with join:
    if begun.stage is not Stage.CLOSED:
        how_to_join(begun.gathering.code, at_tables, "Join with the code, at every table")
with seen:
    tables()
