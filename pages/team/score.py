"""A seat, with one thumb: one domain a screen, saved at once, sealed."""

import streamlit as st

from aqua_core.errors import NoSeat
from aqua_core.live import Channel
from aqua_core.vocabulary import (
    CANNOT_SAY,
    CANNOT_SAY_STATEMENT,
    POINTS,
    Ballot,
    Domain,
    Holder,
    Stage,
)
from aqua_core.workshop.joining import workshop_to_join
from aqua_core.workshop.reading import stage_now
from aqua_core.workshop.scoring import my_ballot, submit_score
from pages import _room, _way
from pages._listening import listen
from pages._saying import plain, said_invented, told

AT = "domain at"
TAPPED = "domain tapped"

code = _room.code()
workshop = workshop_to_join(code)
stage = stage_now(code)


def said_saved(ballot: Ballot) -> None:
    done = sum(1 for domain in ballot.domains if domain.key in ballot.answers)
    with st.container(horizontal=True, vertical_alignment="center", key="saved"):
        st.caption(plain(ballot.team.name), width="content")
        st.space("stretch")
        if done:
            st.badge(f"{done} of {len(ballot.domains)} saved", color="green")


def choice(domain: Domain, points: int | str) -> str:
    if points == CANNOT_SAY:
        return f"**Cannot say**  \n{CANNOT_SAY_STATEMENT}"
    name = workshop.instrument.levels[int(points)]
    return f"**{points} · {plain(name)}**  \n{plain(domain.statements[int(points)])}"


def ask(ballot: Ballot, domain: Domain) -> Ballot:
    st.title(domain.name)
    st.write(plain(domain.question))
    options = [*POINTS, CANNOT_SAY]
    saved = ballot.answers.get(domain.key)
    chosen = st.radio(
        domain.question,
        options,
        index=None if saved is None else options.index(saved),
        format_func=lambda points: choice(domain, points),
        key=f"choice-{domain.key}-{ballot.rounds[domain.key]}",
        label_visibility="collapsed",
        width="stretch",
        on_change=tapped,
        args=(domain.key,),
    )
    # Only a tap saves: another tab of this seat may hold an older choice.
    if st.session_state.pop(TAPPED, None) != domain.key or chosen is None:
        return ballot
    with told():
        return submit_score(_room.caller(), code, domain.key, chosen)
    return ballot


def tapped(domain: str) -> None:
    st.session_state[TAPPED] = domain


def check(ballot: Ballot) -> None:
    st.title("Check your answers")
    st.write("All of this is saved. You can change it until the reveal.")
    for number, domain in enumerate(ballot.domains):
        answer = ballot.answers.get(domain.key)
        said = "not answered yet" if answer is None else str(answer).capitalize()
        st.button(
            f"{plain(domain.name)}: **{said}**",
            key=f"to-{domain.key}",
            width="stretch",
            on_click=go,
            args=(number,),
        )


def go(number: int) -> None:
    st.session_state[AT] = number


def where(ballot: Ballot) -> int:
    unanswered = [n for n, each in enumerate(ballot.domains) if each.key not in ballot.answers]
    first = unanswered[0] if unanswered else len(ballot.domains)
    return min(st.session_state.setdefault(AT, first), len(ballot.domains))


@st.fragment
def ballot_here() -> None:
    listen(code, Channel.STAGE)
    if stage_now(code) is not stage:
        st.session_state.pop(AT, None)
        st.rerun()
    try:
        ballot = my_ballot(_room.caller(), code)
    except NoSeat as refusal:
        st.title("Pick your team first")
        st.write(str(refusal))
        st.link_button("Pick your team", f"/join/{code}", type="primary")
        return
    if not ballot.domains:
        wait(ballot)
        return
    top = st.container()
    at = where(ballot)
    if at < len(ballot.domains):
        ballot = ask(ballot, ballot.domains[at])
    else:
        check(ballot)
    with top:
        said_saved(ballot)
    steps(at, len(ballot.domains))
    promise()


def steps(at: int, last: int) -> None:
    with st.container(key="steps", horizontal=True):
        st.button("Back", disabled=at == 0, width="stretch", on_click=go, args=(at - 1,))
        label = "Check your answers" if at == last - 1 else "Next"
        if at < last:
            st.button(label, type="primary", width="stretch", on_click=go, args=(at + 1,))


def wait(ballot: Ballot) -> None:
    st.title("You are in")
    st.write(f"You sit with **{plain(ballot.team.name)}**. Scoring opens on this page by itself.")
    st.link_button("Sit with another team", f"/join/{code}?change=1")
    promise()


def promise() -> None:
    if workshop.holder is Holder.LAPTOP:
        seen = "then the room sees your team's score."
    else:
        seen = "then the room sees scores by team, and small groups only together with others."
    st.caption(f"No names. Sealed until the facilitator reveals; {seen}")


said_invented(workshop)
if stage is Stage.REVEALED:
    st.switch_page(_way.RESULT, query_params=_room.here())
ballot_here()
