"""A seat, with one thumb: wait, score a domain a screen, saved at once and sealed, see the result.

One page for all three: it follows the workshop without being switched.
"""

import streamlit as st

from aqua_core.errors import Refusal
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
from pages import _room
from pages._listening import listen
from pages._result import draw_result
from pages._saying import onward, plain, remember, said_invented, say_remembered, told
from pages._seat import has_seat

AT = "domain at"

code = _room.code()
workshop = workshop_to_join(code)


def said_saved(ballot: Ballot) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="saved"):
        st.caption(plain(ballot.team.name), width="content")
        st.space("stretch")
        if ballot.answered:
            st.badge(f"{ballot.answered} of {len(ballot.domains)} saved", color="green")


def choice(domain: Domain, points: int | str) -> str:
    if points == CANNOT_SAY:
        return f"**Cannot say**  \n{CANNOT_SAY_STATEMENT}"
    name = workshop.instrument.levels[int(points)]
    return f"**{points} · {plain(name)}**  \n{plain(domain.statements[int(points)])}"


def ask(ballot: Ballot, domain: Domain) -> None:
    st.title(domain.name)
    st.write(plain(domain.question))
    key = f"choice-{domain.key}-{ballot.rounds[domain.key]}"
    # What is chosen on the screen is what is saved: a refused tap, or another tab's, shows.
    if st.session_state.get(key) != ballot.answers.get(domain.key):
        st.session_state[key] = ballot.answers.get(domain.key)
    st.radio(
        domain.question,
        [*POINTS, CANNOT_SAY],
        index=None,
        format_func=lambda points: choice(domain, points),
        key=key,
        label_visibility="collapsed",
        width="stretch",
        on_change=save,
        args=(domain.key, key),
    )


def save(domain: str, key: str) -> None:
    # In the callback, so that a tap is saved even when Next follows in the same moment.
    try:
        submit_score(_room.caller(), code, domain, st.session_state[key])
    except Refusal as refusal:
        remember(refusal)


def check(ballot: Ballot) -> None:
    st.title("Check your answers")
    done = ballot.answered
    if done == len(ballot.domains):
        st.write(f"All {done} are saved. You can change them until the reveal.")
    else:
        st.write(f"{done} of {len(ballot.domains)} are saved. Tap one to answer it.")
    for number, domain in enumerate(ballot.domains):
        answer = ballot.answers.get(domain.key)
        said = "not answered yet" if answer is None else str(answer).capitalize()
        st.button(
            f"{plain(domain.name)}: **{said}**",
            key=f"to-{domain.key}",
            width="stretch",
            on_click=go,
            args=(ballot, number),
        )


def go(ballot: Ballot, number: int) -> None:
    st.session_state[AT] = (ballot.rounds, number)


def where(ballot: Ballot) -> int:
    rounds, number = st.session_state.get(AT, ({}, 0))
    if rounds != ballot.rounds:
        unanswered = [n for n, each in enumerate(ballot.domains) if each.key not in ballot.answers]
        number = unanswered[0] if unanswered else len(ballot.domains)
        go(ballot, number)  # kept, or the page would move on by itself after each tap
    return number


@st.fragment
def seat_here() -> None:
    listen(code, Channel.STAGE)
    with told():
        draw_seat()


def draw_seat() -> None:
    say_remembered()
    if stage_now(code) is Stage.REVEALED:
        draw_result(code)
        return
    ballot = my_ballot(_room.caller(), code)
    if not ballot.domains:
        wait(ballot)
        return
    said_saved(ballot)
    at = where(ballot)
    if at < len(ballot.domains):
        ask(ballot, ballot.domains[at])
    else:
        check(ballot)
    steps(ballot, at)
    promise()


def steps(ballot: Ballot, at: int) -> None:
    last = len(ballot.domains) - 1
    with st.container(key="steps", horizontal=True):
        st.button("Back", disabled=at == 0, width="stretch", on_click=go, args=(ballot, at - 1))
        label = "Check your answers" if at == last else "Next"
        if at <= last:
            st.button(label, type="primary", width="stretch", on_click=go, args=(ballot, at + 1))


def wait(ballot: Ballot) -> None:
    st.title("You are in")
    st.write(f"You sit with **{plain(ballot.team.name)}**. Scoring opens on this page by itself.")
    onward("Sit with another team", f"/join/{code}?change=1")
    promise()


def promise() -> None:
    if workshop.holder is Holder.LAPTOP:
        seen = "then the room sees your team's score."
    else:
        seen = "then the room sees scores by team, and small groups only together with others."
    st.caption(f"No names. Sealed until the facilitator reveals; {seen}")


said_invented(workshop)
if has_seat(code):
    seat_here()
