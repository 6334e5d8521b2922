"""The facilitator's laptop: a place, its partners and teams, anew or from last time."""

from datetime import date

import streamlit as st

from aqua_core.vocabulary import Place
from aqua_core.workshop.gathering import set_up_at_table
from aqua_core.workshop.placing import place_seen
from aqua_core.workshop.setting_up import WorkshopDraft, places_before, set_up
from pages import _room, _way
from pages._saying import at_its_field, plain, problems, told_at_fields
from pages._set_up import drawing, filling, showing

at_table = st.query_params.get(_way.OF_GATHERING, "")
with st.container(horizontal=True, vertical_alignment="center", key="set_up"):
    st.title("Set up a place at its table" if at_table else "Set up a workshop")
    st.page_link(_way.HOME, label="Home")
    if at_table:
        back = {_way.OF_GATHERING: at_table}
        st.page_link(_way.MASTERCLASS, label="Masterclass", query_params=back)
problems("set up")
instruments = _room.instruments()
if filling.begin(instruments) and (of_place := st.query_params.get(_way.OF_PLACE, "")):
    filling.take(place_seen(_room.caller(), of_place).place.name)
before = places_before(_room.caller())
*first, left, middle, right = st.columns([3, 3, 3, 2] if before else [3, 3, 2])
for column in first:
    column.selectbox(
        "A place you have worked with before",
        before,
        index=None,
        key=filling.BEFORE,
        placeholder="Choose one",
        on_change=filling.take_place,
    )
place = left.text_input(
    "Place",
    key=filling.PLACE,
    placeholder="For example, Salford",
    help="A health and social care economy.",
    on_change=filling.let_go,
)
with left:
    at_its_field(filling.PLACE)
filling.follow_place(place, instruments)
persona = middle.text_input(
    "Persona (if you have one)",
    key=filling.PERSONA,
    placeholder="For example, Sally Ford",
    help="A fictional resident who keeps the talk about people.",
)
with middle:
    at_its_field(filling.PERSONA)
held_on = right.date_input("Held on", date.today(), format="DD/MM/YYYY", key=filling.HELD_ON)
with right:
    at_its_field(filling.HELD_ON)
with st.container(key="of-the-place"):  # what comes and goes here moves no field below it
    sure = drawing.is_the_same_place(place)
    drawing.said_of_last_time()
instrument, holder, beside = drawing.how_scored(filling.words_offered(instruments))
meant = showing.settled()
with st.container(gap="xsmall", key="partners"):
    rows = drawing.partner_rows()
    partners = list(rows.values())
guard, people = showing.what_will_be_shown(partners, holder, beside)
with st.container(horizontal=True, vertical_alignment="center"):
    st.button("Add a partner", on_click=filling.add_row)
    made = st.button("Make the workshop", type="primary")
    also = drawing.asked_beside(_room.beside())
    st.caption(
        "Choose the tiers that take part: each becomes one team. A row without a name is left "
        "out. Names, the day and further teams can be changed on Room at any time."
    )
if made:
    with told_at_fields("set up"):
        drawing.check(place, persona, held_on, rows)
        draft = WorkshopDraft(
            place=Place(name=place, persona=persona),
            partners=partners,
            instrument=instrument,
            held_on=held_on,
            holder=holder,
            guard=guard,
            terms=meant,
            people=people,
            beside=also,
        )
        if at_table:
            set_up_at_table(_room.caller(), at_table, draft, date.today(), sure=sure)
            st.switch_page(_way.MASTERCLASS, query_params={_way.OF_GATHERING: at_table})
        workshop = set_up(_room.caller(), draft, date.today(), sure=sure)
        st.switch_page(_way.ROOM, query_params={_room.CODE: workshop.code})
st.caption(plain(instrument.source))
