"""The facilitator's laptop: a place, its partners and teams, in two minutes."""

from datetime import date

import streamlit as st

from aqua_core.vocabulary import Holder, Place, Sector, Tier
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from pages import _room, _way
from pages._saying import plain, told

USUAL = (
    ("Hospital trust", Sector.ACUTE),
    ("Commissioners", Sector.COMMISSIONER),
    ("Council", Sector.COUNCIL),
    ("GP practices", Sector.PRIMARY_CARE),
    ("Mental health trust", Sector.MENTAL_HEALTH),
    ("Voluntary sector", Sector.VOLUNTARY),
)


def partner_row(number: int) -> PartnerDraft | None:
    """Ask for one partner; a row without a name is left out."""
    name, sector = USUAL[number] if number < len(USUAL) else ("", Sector.COMMUNITY)
    left, middle, right = st.columns([3, 2, 3])
    seen = "visible" if number == 0 else "collapsed"
    typed = left.text_input("Partner", name, key=f"partner-{number}", label_visibility=seen)
    chosen = middle.selectbox(
        "Sector",
        list(Sector),
        index=list(Sector).index(sector),
        format_func=lambda each: each.value.capitalize(),
        key=f"sector-{number}",
        label_visibility=seen,
    )
    tiers = right.pills(
        "Teams at these tiers",
        list(Tier),
        selection_mode="multi",
        default=[Tier.BOARD],
        format_func=lambda each: each.value.capitalize(),
        key=f"tiers-{number}",
        label_visibility=seen,
    )
    return PartnerDraft(typed, chosen, tuple(tiers)) if typed.strip() else None


st.page_link(_way.HOME, label="Home")
st.title("Set up a workshop")
left, middle, right = st.columns([3, 3, 2])
place = left.text_input("Place", placeholder="Salford", help="A health and social care economy.")
persona = middle.text_input(
    "Persona (if you have one)",
    placeholder="Sally Ford",
    help="A fictional resident who keeps the talk about people.",
)
held_on = right.date_input("Held on", date.today(), format="DD/MM/YYYY")

st.header("Partners and their teams")
st.caption("A team is a partner at a tier. Clear a name to leave its row out.")
rows = st.session_state.setdefault("partner rows", len(USUAL))
partners = [partner_row(number) for number in range(rows)]
if st.button("Add a partner"):
    st.session_state["partner rows"] = rows + 1
    st.rerun()

instruments = _room.instruments()
left, right = st.columns(2)
instrument = left.selectbox("Instrument", instruments, format_func=lambda each: each.name)
holder = right.radio(
    "Who scores", list(Holder), format_func=lambda each: each.value.capitalize(), horizontal=True
)
if holder is Holder.PERSON:
    st.caption("With fewer than three people in a team, only larger groups are shown.")
st.caption(plain(instrument.source))
if st.button("Make the workshop", type="primary"):
    with told():
        draft = WorkshopDraft(
            place=Place(name=place, persona=persona),
            partners=[partner for partner in partners if partner],
            instrument=instrument,
            held_on=held_on,
            holder=holder,
        )
        workshop = set_up(_room.caller(), draft, date.today())
        st.switch_page(_way.ROOM, query_params={_room.CODE: workshop.code})
