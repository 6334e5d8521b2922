"""Projected: how to join, and how far the teams are. Never a score."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from aqua_core.charts.sentences.places import revealed_with
from aqua_core.live import Channel
from aqua_core.vocabulary import Stage
from aqua_core.workshop.gathering import joined_by
from aqua_core.workshop.reading import RoomNow, room_now, stage_now, workshop_now
from aqua_core.workshop.revealing import open_scoring, reveal, unseen_now
from aqua_core.workshop.seating import expect_people
from aqua_core.workshop.sitting_apart import seen_together
from pages import (
    _beside,
    _foreseen,
    _of_itself,
    _room,
    _seats,
    _sittings,
    _step,
    _walls,
    _way,
    _ways_back,
)
from pages._counting import Counted, counted_now
from pages._joining import before_they_come, draw_anew_elsewhere, how_to_join
from pages._listening import listen
from pages._paper import offer_paper
from pages._plan import open_first
from pages._saying import plain, told
from pages._tables import progress_table
from pages._talk.timer import ask_time_to_score, draw_timer
from pages._terms import draw_terms

SCORED_HERE = "scored under this page"
HOSTS = (
    "This laptop leads the talk and the plan. The facilitator opens scoring, reveals, and takes "
    "away and closes what is kept."
)

workshop = _room.workshop()
_way.way(_way.ROOM)


def team_counts(now: RoomNow) -> None:
    with st.container(key="teams"):
        st.table(progress_table(now.progress, scoring=now.stage is not Stage.WELCOME))
    _seats.draw_joining(workshop)


@st.dialog("Reveal")
def ask_to_reveal(now: RoomNow) -> None:
    with told():  # a dialog is drawn by itself, also for who was signed out meanwhile
        if joined_by(workshop.code):
            st.info("This reveals at this table alone. Masterclass reveals at all of them.")
        early = _foreseen.say_what_is_seen(workshop.code, now)
        asked, people = _seats.ask_how_many(workshop)
        early = early or asked
        yes, no = st.columns(2)
        first, second = ("primary", "secondary") if early else ("secondary", "primary")
        if no.button("Not yet", type=first, key="not yet", width="stretch"):
            st.rerun()
        label = "Reveal now" if now.answers else "Reveal all the same"
        if yes.button(label, type=second, key="reveal now", width="stretch"):
            if asked:
                expect_people(_room.caller(), workshop.code, people)
            reveal(_room.caller(), workshop.code)
            # Here and at once: to open the browser's page anew took a second of the room's time.
            if result := result_of(tuple(now.opened)):
                st.session_state.pop(SCORED_HERE, None)
                page, query = result
                st.switch_page(page, query_params=query)
            st.rerun()


def choose_and_open(now: RoomNow) -> None:
    if not _room.facilitates():
        return
    domains = workshop.instrument.names
    chosen = st.pills(
        "Domains to score",
        list(domains),
        selection_mode="multi",
        default=[key for key in domains if key not in now.revealed],
        format_func=lambda key: plain(domains[key]),
        key=f"domains-{len(now.revealed)}",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        opened = st.button("Open scoring", type="primary")
        guess = not seen_together(workshop.code) and st.checkbox(
            "Also ask everyone to guess one other partner's score",
            help="Each seat also guesses what one other partner scores, sealed like its own score. "
            "After the reveal it sees how far off it was, and the largest misreading is a prompt.",
            key=f"guess-{len(now.revealed)}",
        )
        _foreseen.offer_the_choice(workshop.code)
        _beside.offer(workshop.code, chosen=now.stage is Stage.WELCOME)
    if opened:
        with told():
            open_scoring(_room.caller(), workshop.code, chosen, guess=guess)
            st.rerun()


def welcome(now: RoomNow) -> None:
    with st.container(key="finished"):
        joined = f"{now.seats} {'has' if now.seats == 1 else 'have'} joined"
        place = workshop.place.name
        st.header(plain(f"{place}: {joined}" if now.seats else f"Welcome, {place}"))
    if not unseen_now(workshop.code).collected:
        _foreseen.say_what_will_be_shown(workshop.code)
    if open_first.ask(workshop):
        choose_and_open(now)
    _foreseen.say_what_is_missing(workshop.code)
    team_counts(now)
    _seats.draw_missing(workshop)
    draw_terms(workshop.terms, opened=False)  # above them it pushed six teams off the screen


def what_is_scored(now: RoomNow) -> str:
    """Name the domains where not all are scored at once: "Leadership, second look"."""
    names = workshop_now(_room.caller(), workshop.code).names_of(now.opened)
    if len(now.opened) == len(names):
        return ""
    said = [
        f"**{plain(names[asked])}**" + (", second look" if asked in now.again else "")
        for asked in now.opened
    ]
    return "Scoring now: " + "; ".join(dict.fromkeys(said))


def scoring(now: RoomNow, counted: Counted, elsewhere: str) -> None:
    together = seen_together(workshop.code)
    with st.container(key="finished", horizontal=True, vertical_alignment="center"):
        counts(counted.label, elsewhere)
        if _room.facilitates() and st.button("Take this round back", type="tertiary"):
            _ways_back.ask_to_take_back(workshop, now)
        if (
            not together
            and _room.facilitates()
            # By its key: a press on it as it was before the room was ready is a press all the same.
            and st.button("Reveal", type="primary" if counted.ready else "secondary", key="reveal")
        ):
            ask_to_reveal(now)
    if together:
        st.text(revealed_with(together))
    _foreseen.say_what_will_be_shown(workshop.code)
    _foreseen.offer_the_choice(workshop.code)
    st.write(what_is_scored(now))
    _ways_back.say_what_goes_on(workshop, now)
    with st.container(horizontal=True, vertical_alignment="center", key="time"):
        draw_timer(workshop.code)
        if _room.facilitates():
            ask_time_to_score(workshop.code)
            offer_paper(workshop, now)
    teams_scoring()


@st.fragment
def counts(before: str, elsewhere: str) -> None:
    """Draw what the room waits for; the browser writes it anew itself with each vote."""
    _walls.leave_when_stopped(workshop.code)
    with told():
        counted = counted_now(_room.caller(), workshop.code)
        listen(workshop.code, Channel.ROOM, elsewhere, title="Room", counted=counted)
        if counted.label != before:
            st.rerun()


@st.fragment
def teams_scoring() -> None:
    """Draw the rest that votes and seats move, once a second."""
    _walls.leave_when_stopped(workshop.code)
    with told():
        listen(workshop.code, Channel.TEAMS)
        _foreseen.say_what_is_missing(workshop.code)
        team_counts(room_now(_room.caller(), workshop.code))


def score_more(now: RoomNow) -> None:
    with st.expander("Score more, or score again"):
        st.write(
            "A domain that was scored before gets a second round: it is sealed again until the "
            "next reveal, and the first round stays in the file."
        )
        choose_and_open(now)


def only_beside_revealed(now: RoomNow) -> None:
    with st.container(key="finished"):
        st.header("The answers are revealed")
    st.page_link(_way.HOW_WE_LEAD, label="See what the room answered", query_params=_room.here())
    _beside.go_on(workshop.code)
    lead_on("Plan what to try")
    choose_and_open(now)
    team_counts(now)
    _seats.draw_missing(workshop)


def revealed(now: RoomNow) -> None:
    if not now.revealed:
        only_beside_revealed(now)
        return
    with st.container(key="finished"):
        st.header("The scores are revealed")
    st.page_link(_way.GAPS, label="See where the room disagrees", query_params=_room.here())
    st.page_link(_way.TALK, label="Talk about what divides the room", query_params=_room.here())
    _beside.go_on(workshop.code)
    lead_on("Plan what to try")
    _of_itself.of_room(workshop, now.stage)
    open_first.still_waiting(workshop)
    _ways_back.offer_to_go_on(workshop, now)
    if _room.facilitates():
        _beside.offer_where_to_begin(workshop.code, now.revealed)
        score_more(now)
    team_counts(now)
    _seats.draw_missing(workshop)


def lead_on(plan: str) -> None:
    """Lead to what follows the talk; what is the facilitator's alone is not offered to a wall."""
    with st.container(horizontal=True, key="onward"):
        ways = {_way.PLAN: plan} | _way.to_other_places(workshop.code)
        if _room.facilitates():
            ways |= {_way.TAKE_AWAY: "Take away", _way.KEEPING: "What is kept: close or erase"}
        for path, called in ways.items():
            st.page_link(path, label=called, query_params=_room.here(), width="content")


def closed(now: RoomNow) -> None:
    with st.container(key="finished"):
        st.header("This workshop is closed")
    st.page_link(_way.GAPS, label="See where the room disagreed", query_params=_room.here())
    lead_on("See the plan")
    _of_itself.of_room(workshop, now.stage)
    team_counts(now)
    _seats.draw_missing(workshop)


SHOWN = {
    Stage.WELCOME: welcome,
    Stage.REVEALED: revealed,
    Stage.CLOSED: closed,
}


@st.fragment
def progress() -> None:
    _walls.leave_when_stopped(workshop.code)
    with told():  # a browser that goes away takes its cookies with it, in the middle of a run
        draw_anew_elsewhere([workshop.code])
        elsewhere = onward() or _walls.where_the_room_is(workshop.code, here="room")
        _walls.as_on_the_laptop(workshop.code, here="room")
        if not _room.acts(workshop.code):
            _walls.fit(workshop.code)
        scored = stage_now(workshop.code) is Stage.SCORING
        # Read before what is drawn with it: a deed that comes meanwhile is then heard of.
        counted = counted_now(_room.caller(), workshop.code) if scored else None
        if not counted:
            listen(workshop.code, Channel.ROOM, elsewhere, title="Room")
        now = room_now(_room.caller(), workshop.code)
        if _room.acts(workshop.code) and not _room.facilitates():
            st.caption(HOSTS)
        _step.on_room(workshop.code)
        _ways_back.say_what_ended(workshop)
        _sittings.say_who_sits_apart(workshop)
        if counted:
            scoring(now, counted, elsewhere)  # which listens for itself
        elif now.stage is Stage.SCORING:  # it opened meanwhile
            st.rerun()
        else:
            SHOWN[now.stage](now)
        _walls.bring_along(workshop.code, here="room")


def onward() -> str:
    """Give the address of the result when the reveal happens under this page and not by it.

    It is given again at each drawing: one may be overtaken by the next and never arrive. The
    browser opens the address anew, so this session, which saw the scoring, ends there.
    """
    stage = stage_now(workshop.code)
    if stage is Stage.SCORING:
        opened = tuple(room_now(_room.caller(), workshop.code).opened)
        st.session_state[SCORED_HERE] = (workshop.code, opened)
    # The same workshop: this browser may have come from another one that was still scoring.
    code, opened = st.session_state.get(SCORED_HERE, ("", ()))
    if stage is not Stage.REVEALED or code != workshop.code:
        return ""
    result = result_of(opened)
    return f"{_way.address_of(result[0])}?{urlencode(result[1])}" if result else ""


def result_of(opened: Sequence[str]) -> tuple[str, dict[str, str]] | None:
    """Give the page and query of what was revealed, or None where it ended unseen.

    Of one domain that is every score on it, of several the gaps; else what was asked beside them.
    """
    if set(opened) <= set().union(*unseen_now(workshop.code)):
        return None
    domains = [asked for asked in opened if asked in workshop.instrument.names]
    if len(domains) == 1:
        return _way.DOMAIN, _room.here() | {"domain": domains[0]}
    if not domains:
        return _way.HOW_WE_LEAD, _room.here() | {_beside.ASKED: opened[0].partition(".")[0]}
    return _way.GAPS, _room.here()


join, teams = st.columns([1, 1.6], gap="large")
with join:
    if stage_now(workshop.code) is not Stage.CLOSED:
        how_to_join(workshop.code, [workshop.code])
    with st.container(horizontal=True, key="ways"):
        _walls.show_elsewhere(workshop)
        before_they_come(workshop)
with teams:
    progress()
