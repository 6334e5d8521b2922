"""The facilitator's own, on Room: what all is called, and a partner or a team that comes late."""

from functools import partial

import streamlit as st

from aqua_core.errors import ChoiceRefused
from aqua_core.vocabulary import Place, Sector, Team, Tier, Workshop
from aqua_core.workshop import naming
from aqua_core.workshop.reading import workshop_now
from aqua_core.workshop.setting_up import chosen_sector, is_another
from pages import _room
from pages._saying import is_done_last, now_done, plain, say_done, told
from pages._set_up.drawing import ask_anew, asked_sector, tier_called

_ADDED = "teams added"
_ADDS = {"partner": "A partner that is not here yet", "team": "A team of a partner that is here"}


def offer_names(workshop: Workshop) -> None:
    """Lead the facilitator to the names, the day and the teams of a workshop, closed ones too."""
    if _room.facilitates() and st.button("Names and teams"):
        _show(workshop.code)


@st.dialog("Names and teams", width="large")
def _show(code: str) -> None:
    with told():  # a dialog is drawn by itself, also for who was signed out meanwhile
        workshop = workshop_now(_room.caller(), code)
        if _room.arranges(code):
            names, more = st.tabs(["Change names or the day", "Add a partner or a team"])
            with more:
                _add(workshop)
            with names:
                _change(workshop)
        else:
            _change(workshop)


def _change(workshop: Workshop) -> None:
    # Enter would press the first button: the one that keeps a sector, while it is asked.
    with st.form("names", border=False, enter_to_submit=False):
        left, middle, right = st.columns([3, 3, 2])
        place = left.text_input("Place", workshop.place.name)
        persona = middle.text_input("Persona (if you have one)", workshop.place.persona)
        held_on = right.date_input("Held on", workshop.held_on, format="DD/MM/YYYY")
        typed = {partner.id: _partner(workshop, partner.id) for partner in workshop.partners}
        teams = naming.names_of(workshop).teams | {
            team.id: st.text_input(f"Team: {team.name}", team.name, key=f"team-{team.id}")
            for team in workshop.teams
            if _has_own_name(workshop, team)
        }
        st.caption(
            "A place and its partners are renamed in all workshops of this place. Scores stay."
        )
        if st.form_submit_button("Keep these names", type="primary"):
            with told():
                named = Place(name=place, persona=persona)
                partners = {
                    partner: (name, chosen_sector(name, sector))
                    for partner, (name, sector) in typed.items()
                }
                names = naming.Names(named, held_on, partners, teams)
                naming.change_names(_room.caller(), workshop.code, names)
                st.rerun()


def _partner(workshop: Workshop, partner_id: str) -> tuple[str, Sector | None]:
    """Ask what a partner is called; under another's name, its sector is asked for too."""
    name, sector = naming.names_of(workshop).partners[partner_id]
    seen = "visible" if partner_id == workshop.partners[0].id else "collapsed"
    left, right = st.columns([5, 3])
    typed = left.text_input("Partner", name, key=f"called-{partner_id}", label_visibility=seen)
    key = f"sector-{partner_id}"
    kept = st.session_state.get(key, sector) == sector
    if not (kept and is_another(typed, name, workshop.place.name)):
        with right:
            return typed, asked_sector(key, sector, seen)
    key = f"{key} {typed}"
    with right:
        chosen = asked_sector(key, None, seen)
    if chosen is None:
        ask_anew(sector, key, partial(_keep, partner_id, sector), st.form_submit_button)
    return typed, chosen


def _keep(partner_id: str, sector: Sector) -> None:
    called = st.session_state[f"called-{partner_id}"]  # it may have come with the press
    st.session_state[f"sector-{partner_id} {called}"] = sector


def _has_own_name(workshop: Workshop, team: Team) -> bool:
    alike = [other for other in workshop.teams if other.partner.id == team.partner.id]
    return len(alike) > 1 or team.name != team.partner.name


def _add(workshop: Workshop) -> None:
    done = st.session_state.setdefault(_ADDED, [])
    if done and is_done_last(f"{done[-1]} was added"):
        said = f"{done[-1]} was added. Whoever loads the join page again finds it there."
        say_done(f"**{plain(said)}**")
    at = len(done)  # another number empties the form, after a team was added and only then
    adds = st.radio(
        "What is added",
        list(_ADDS),
        index=None,
        format_func=_ADDS.get,
        horizontal=True,
        key=f"adds-{at}",
    )
    if adds is None:
        return
    partner, sector = _whose(workshop, adds, at)
    left, middle, right = st.columns(3)
    tier = left.selectbox(
        "Tier",
        list(Tier),
        index=None,
        format_func=tier_called,
        placeholder="Choose one",
        key=f"tier-{at}",
    )
    name = middle.text_input("Team's name (if it has one)", key=f"own-{at}")
    where = right.text_input("Locality (if it has one)", key=f"where-{at}")
    if st.button(f"Add the {adds}", type="primary"):
        with told():
            if partner is None or tier is None:
                raise ChoiceRefused("Choose whose team it is, and its tier.")
            of = chosen_sector(partner or "the partner", sector)
            added = naming.TeamDraft(partner, of, tier, name, where)
            done.append(naming.add_team(_room.caller(), workshop.code, added).name)
            now_done(f"{done[-1]} was added")
            st.rerun(scope="fragment")


def _whose(workshop: Workshop, adds: str, at: int) -> tuple[str | None, Sector | None]:
    """Ask whose the team is: a new partner's, with its sector, or one of a partner that is here."""
    left, right = st.columns(2)
    if adds == "partner":
        partner = left.text_input("Partner's name", key=f"new-{at}")
        with right:
            return partner, asked_sector(f"of-{at}", None)
    whose = left.selectbox(
        "Whose team is it?",
        [partner.name for partner in workshop.partners],
        index=None,
        placeholder="Choose one",
        key=f"whose-{at}",
    )
    return whose, Sector.COMMUNITY  # of a partner that is here nobody asks
