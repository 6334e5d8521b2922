"""Another screen that shows the workshop: pair it, let it go, and how it follows the laptop."""

from collections import OrderedDict
from pathlib import Path
from typing import Final

import streamlit as st

from aqua_core.errors import Refusal
from aqua_core.live import Channel, revision
from aqua_core.vocabulary import Stage, Workshop
from aqua_core.workshop.admitting import may_watch
from aqua_core.workshop.joining import newest_now
from aqua_core.workshop.pairing import (
    hosts_now,
    pair_host,
    pair_wall,
    stop_hosts,
    stop_walls,
    walls_now,
)
from aqua_core.workshop.reading import is_over, stage_now
from pages import _mirroring, _room
from pages._address import join_address, shown
from pages._listening import NO_WORKSHOP, listen
from pages._saying import onward, plain, told

_PAIRED = "walls paired"
_REVEALED_HERE = "revealed under this wall"
_MOST_WALLS: Final = 100
_followed: Final[OrderedDict[str, int]] = OrderedDict()
"""What each wall was brought to last; a restart forgets it, and the walls stay."""
_FOLDER: Final = Path(__file__).parent

_fitting = st.components.v2.component(
    "fitting",
    html='<p class="more" hidden>More below</p>',
    css=".more { position: fixed; right: 24px; bottom: 16px; margin: 0; padding: 4px 16px; "
    "font-size: 24px; color: var(--st-background-color); background: var(--st-text-color) }",
    js=(_FOLDER / "_fitting.js").read_text(encoding="utf-8"),
)


@st.fragment
def show_elsewhere(workshop: Workshop) -> None:
    """Offer the facilitator to show the workshop on another screen; a wall is offered nothing."""
    if not _room.acts(workshop.code):
        return
    with st.container(key="elsewhere", width="content"), st.popover("Show on another screen"):
        # On no network it can be a window of this laptop.
        address = shown(join_address() or "localhost/join").replace("/join", "/wall")
        st.write(
            f"On the computer of that screen, open **{plain(address)}** in a browser. "
            "From the reveal on it shows what you show: the same page, view, domain and card. "
            "Only for you, What is kept and Take away are never shown there."
        )
        with told():
            _stop(workshop.code)
        _pair(workshop.code)
        if _room.facilitates():
            st.caption(
                "A laptop that leads is a host's: it takes notes, writes the plan and shows its "
                "own walls, in this workshop alone. It opens and reveals nothing."
            )


def _pair(code: str) -> None:
    # Another number in its key empties the field after a pairing, and only then.
    paired = st.session_state.setdefault(_PAIRED, 0)
    with st.form("pairing", border=False):
        typed = st.text_input("Code on that screen", key=f"pairing-{paired}", autocomplete="off")
        with st.container(horizontal=True):
            let_in = pair_wall if st.form_submit_button("Show it there") else None
            if _room.arranges(code) and st.form_submit_button("Let it lead the talk and the plan"):
                let_in = pair_host
        if let_in:
            with told():
                let_in(_room.caller(), code, typed)
                st.session_state[_PAIRED] = paired + 1
                st.rerun()


def _stop(code: str) -> None:
    """Say how many screens and hosts there are, each with the button that lets them go."""
    walls = walls_now(_room.caller(), code)
    hosts = hosts_now(_room.caller(), code) if _room.facilitates() else 0
    for count, one, more, button, stop in (
        (walls, "1 screen shows it.", f"{walls} screens show it.", "Stop showing it", stop_walls),
        (hosts, "1 laptop leads it.", f"{hosts} laptops lead it.", "Take it back", stop_hosts),
    ):
        if not count:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.write(one if count == 1 else more)
            pressed = st.button(button)
        if pressed:
            with told():
                stop(_room.caller(), code)
                st.rerun()


def follow_as_wall(code: str, here: str) -> None:
    """Draw a wall's page again at each change, and go where the facilitator is.

    Args:
        code: of the workshop.
        here: the address of this page, such as "talk".
    """
    st.session_state[_seen(code)] = (revision(code, Channel.WALL), _room.dark())
    _follow(code, here)


@st.fragment
def _follow(code: str, here: str) -> None:
    leave_when_stopped(code)
    # A browser that goes away takes its cookies with it, in the middle of a run.
    with told():
        elsewhere = _back_to_the_room(code) or where_the_room_is(code, here)
        listen(code, Channel.WALL, elsewhere, reopens="changed")
        fit(code)
    if st.session_state[_seen(code)] != (revision(code, Channel.WALL), _room.dark()):
        st.rerun()


def fit(code: str) -> None:
    """Fit a wall's page to its screen, and show the screenful that the laptop asks for."""
    now = _mirroring.mirrored(code)
    found = _fitting(
        key=f"fitting-{code}",
        data={"shown": now.number, "screenful": now.screenful},
        default={"screenfuls": 1},
        on_screenfuls_change=lambda: None,
    )
    _mirroring.say_screenfuls(code, int(found.screenfuls or 1))


@st.fragment
def hold_the_walls(code: str) -> None:
    """Let the facilitator page what walls show, or hold them; nothing without a wall."""
    if not walls_now(_room.caller(), code):
        return
    now = _mirroring.mirrored(code)
    with st.popover("Wall"):
        st.session_state["hold"] = now.held
        st.toggle(
            "Hold the wall",
            key="hold",
            help="It stays on what it shows now.",
            on_change=_mirroring.hold,
            args=(code,),
            kwargs={"held": not now.held},
        )
        for label, by, ends in (
            ("Wall up", -1, now.screenful == 0),
            ("Wall down", 1, now.screenful + 1 >= now.screenfuls),
        ):
            st.button(
                label,
                disabled=ends,
                on_click=_mirroring.scroll,
                args=(code, by),
            )


def back_to_pairing(code: str) -> None:
    """Thank the room on a wall whose workshop is closed; else send it back to its pairing code."""
    if _is_over(code):
        with st.container(key="thanks", horizontal_alignment="center", vertical_alignment="center"):
            st.title("Thank you", anchor=False)
            st.write("This workshop is closed. What the room planned is with your facilitator.")
        st.html('<p class="quiet"><a href="/wall" target="_self">Show another workshop</a></p>')
        return
    st.title("This screen shows no workshop now")
    onward("Show a workshop on this screen", "/wall")
    listen(NO_WORKSHOP, Channel.STAGE, "/wall")


def _is_over(code: str) -> bool:
    try:
        return is_over(code)
    except Refusal:
        return False


def leave_when_stopped(code: str) -> None:
    """Draw the page anew when the facilitator has taken the workshop from this wall."""
    if not may_watch(_room.caller(), code):
        st.rerun()


def _back_to_the_room(code: str) -> str:
    # Only when it opens under the page: who went there during the scoring stays.
    stage = stage_now(code)
    if stage is Stage.REVEALED:
        st.session_state[_REVEALED_HERE] = code
    opened = stage is Stage.SCORING and st.session_state.get(_REVEALED_HERE) == code
    return f"/room?{_room.CODE}={code}" if opened else ""


def where_the_room_is(code: str, here: str) -> str:
    """Give a wall the address of the page that the facilitator shows.

    Until the reveal it stays on the room's own page, where people join and see who is missing: an
    older test may be mended meanwhile. Who left by hand stays away until the facilitator shows
    something else. It is given again at each drawing, as every address here. "" for everyone who
    is no wall, and where it is already.

    Args:
        code: of the workshop.
        here: the address of this page, such as "talk".
    """
    caller = _room.caller()
    if not caller.wall or _room.acts(code):
        return ""
    shown = _mirroring.mirrored(code)
    # By the wall's cookie: the page that it is sent to is another session.
    before = _followed.get(caller.wall, 0)
    elsewhere = shown.number != before and shown.page not in ("", here)
    if elsewhere and stage_now(code) in (Stage.REVEALED, Stage.CLOSED):
        return f"/{shown.page}?{_room.CODE}={code}"
    _followed[caller.wall] = shown.number
    _followed.move_to_end(caller.wall)
    if len(_followed) > _MOST_WALLS:
        _followed.popitem(last=False)
    return ""


def bring_along(code: str, here: str) -> None:
    """Show on walls what the facilitator's page shows; a wall takes nothing anywhere.

    Nor does a page that has nothing to show: it was stopped, and this is never reached.
    """
    if _room.acts(code):
        _mirroring.tell_walls(code, here, newest_now(_room.caller(), code))


def as_on_the_laptop(code: str, here: str) -> None:
    """Choose on a wall what the laptop has chosen on this page."""
    if not _room.acts(code):
        _mirroring.take_from_laptop(code, here)


def _seen(code: str) -> str:
    return f"wall revision {code}"
