"""A seat, with one thumb: wait, score a domain a screen, saved at once and sealed, see the result.

One page for all three: it follows the workshop without being switched.
"""

import streamlit as st

from aqua_core.charts.sentences import seat as seat_words
from aqua_core.charts.sentences.foreseen import promise
from aqua_core.charts.sentences.ways_back import taken_back
from aqua_core.live import Channel
from aqua_core.vocabulary import Ballot, Stage
from aqua_core.workshop.choosing import my_timer
from aqua_core.workshop.holding_back import last_time_asked
from aqua_core.workshop.joining import came_after, workshop_to_join
from aqua_core.workshop.offering import my_mirror
from aqua_core.workshop.reading import stage_now
from aqua_core.workshop.revealing import unseen_now
from aqua_core.workshop.scoring import my_ballot
from aqua_core.workshop.seating import my_seat
from aqua_core.workshop.sitting_apart import seen_together
from pages import _of_itself, _room
from pages._ballot import draw_ballot, draw_late
from pages._listening import listen
from pages._mirroring import mirrored
from pages._result import draw_beside, draw_result, say_what_comes
from pages._saying import onward, plain, said_invented, told
from pages._seat import has_seat, quiet_ways
from pages._talk.timer import draw_time
from pages._terms import draw_guesses, draw_terms

code = _room.code()
workshop = workshop_to_join(code)
another_team = ("Sit with another team", f"/join/{code}?change=1")
keep_a_copy = ("Keep a copy of this result", f"/my-result/{code}")
hand_on = ("Hand this device on", f"/hand-on/{code}")
look_at_myself = ("A look at myself: only on this device", f"/look/{code}")
another_device = ("Go on with another device", f"/hand-over/{code}")


@st.fragment
def seat_here() -> None:
    listen(code, Channel.PHONES, reopens="changed", title="Score")
    with told():
        draw_seat()


def draw_seat() -> None:
    stage, ended, together = stage_now(code), unseen_now(code), seen_together(code)
    collected = bool(ended.collected)
    if stage is Stage.CLOSED:
        st.title("This workshop is closed")
        st.write(plain(seat_words.closed_said(together, collected=collected)))
        _of_itself.kept_here(code)
        return
    own = my_seat(_room.caller(), code)
    if own.aside:
        st.title("Your seat is set aside")
        st.write(plain(seat_words.set_aside_said(own.aside, own.tag)))
        return
    if collected:
        st.title("Seen together")
        st.write(plain(seat_words.SEEN_TOGETHER))
        return
    now = workshop_to_join(code)  # it may ask more than when this page was opened
    back = taken_back(ended.taken_back, now.names_of(ended.taken_back))
    if back and not came_after(_room.caller(), code):
        st.write(f"**{plain(back)}**")
    if stage is Stage.REVEALED:
        revealed(own.tag)
        return
    ballot = my_ballot(_room.caller(), code)
    # Asked for again: what will be shown may be chosen anew while this page is open.
    seen = promise(workshop.holder, now.guard, together)
    if ballot.rounds:
        draw_time(code, my_timer(_room.caller(), code))
        before = last_time_asked(_room.caller(), code)
        draw_ballot(now, ballot, seen, own, before)
    else:
        wait(ballot, seen)
        if back:
            draw_late(code, own.tag)
    seats = seat_words.seats_in_team(own.in_team, workshop.holder)
    st.caption(plain(f"{seats} {seat_words.tag_said(own.tag)}".strip()))
    quiet_ways(*mirror(), another_team, another_device, hand_on)


def revealed(tag: str) -> None:
    """Draw what the room is asked, then what this seat answered beside what the room did."""
    draw_talk()
    _of_itself.ask_last(code, tag)
    draw_late(code, tag)
    say_what_comes(code)
    draw_beside(code, newest=True)
    draw_result(code, workshop.holder)
    draw_beside(code, newest=False)
    draw_guesses(code, workshop.holder)
    quiet_ways(keep_a_copy, *mirror(), another_device, hand_on)


def mirror() -> tuple[tuple[str, str], ...]:
    """Lead to the look at oneself where it is offered; else there is no trace of it."""
    return (look_at_myself,) if my_mirror(_room.caller(), code) else ()


def draw_talk() -> None:
    """Show what the room is asked now, and the time that it has."""
    if question := mirrored(code).question:
        st.caption("The room is asked")
        st.subheader(plain(question), anchor=False)
    draw_time(code, my_timer(_room.caller(), code))


def wait(ballot: Ballot, seen: str) -> None:
    st.title("You are in")
    st.write(f"You sit with **{plain(ballot.team.name)}**. Scoring opens on this page by itself.")
    st.write(plain(seat_words.what_comes(len(workshop.instrument.domains), workshop.holder)))
    st.write(plain(seen))
    _of_itself.ask_safe(code)
    onward("Try a practice question", f"/rehearse?{_room.CODE}={code}")
    draw_terms(workshop.terms, opened=True)
    st.caption(plain(seat_words.whose_words(workshop.instrument)))


said_invented(workshop)
if has_seat(code):
    seat_here()
