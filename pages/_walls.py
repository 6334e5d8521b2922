"""Another screen that shows the workshop: pair it, let it go, and how it follows the room."""

from collections import OrderedDict
from typing import Final

import streamlit as st

from aqua_core.live import Channel, revision
from aqua_core.vocabulary import Stage, Workshop
from aqua_core.workshop.admitting import may_watch
from aqua_core.workshop.joining import Newest, newest_now
from aqua_core.workshop.pairing import pair_wall, stop_walls, walls_now
from aqua_core.workshop.reading import stage_now
from pages import _room
from pages._address import join_address, shown
from pages._listening import NO_WORKSHOP, listen
from pages._saying import onward, plain, told

_PAIRED = "walls paired"
_REVEALED_HERE = "revealed under this wall"
_MOST_WALLS: Final = 100
_followed: Final[OrderedDict[str, Newest]] = OrderedDict()
"""What each wall was brought to last; a restart forgets it, and the walls stay."""


@st.fragment
def show_elsewhere(workshop: Workshop) -> None:
    """Offer the facilitator to show the workshop on another screen; a wall is offered nothing."""
    if not _room.facilitates():
        return
    with st.container(key="elsewhere", width="content"), st.popover("Show on another screen"):
        # On no network it can be a window of this laptop.
        address = shown(join_address() or "localhost/join").replace("/join", "/wall")
        st.write(
            f"On the computer of that screen, open **{plain(address)}** in a browser. "
            "It goes where you are: to the gaps at the reveal, to Talk when you take a card up, "
            "to Plan when you add a small test or change one."
        )
        with told():
            _stop(workshop.code)
        _pair(workshop.code)


def _pair(code: str) -> None:
    # Another number in its key empties the field after a pairing, and only then.
    paired = st.session_state.setdefault(_PAIRED, 0)
    with st.form("pairing", border=False):
        typed = st.text_input("Code on that screen", key=f"pairing-{paired}", autocomplete="off")
        if st.form_submit_button("Show it there"):
            with told():
                pair_wall(_room.caller(), code, typed)
                st.session_state[_PAIRED] = paired + 1
                st.rerun()


def _stop(code: str) -> None:
    walls = walls_now(_room.caller(), code)
    if not walls:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.write("1 screen shows it." if walls == 1 else f"{walls} screens show it.")
        stop = st.button("Stop showing it")
    if stop:
        with told():
            stop_walls(_room.caller(), code)
            st.rerun()


def follow_as_wall(code: str, here: str) -> None:
    """Draw a wall's page again at each change, and go where the facilitator is.

    Back to the room when scoring opens, to Talk when a card is taken up and to Plan when a small
    test is saved: nobody stands at a wall, it has no hand that would bring it there.

    Args:
        code: of the workshop.
        here: the address of this page, such as "talk".
    """
    st.session_state[_seen(code)] = (revision(code, Channel.DEEDS), _room.dark())
    _follow(code, here)


@st.fragment
def _follow(code: str, here: str) -> None:
    leave_when_stopped(code)
    # A browser that goes away takes its cookies with it, in the middle of a run.
    with told():
        elsewhere = _back_to_the_room(code) or where_the_room_is(code, here)
        listen(code, Channel.DEEDS, elsewhere, reopens="changed")
    if st.session_state[_seen(code)] != (revision(code, Channel.DEEDS), _room.dark()):
        st.rerun()


def back_to_pairing() -> None:
    """Send a wall that shows nothing any more back to its pairing code."""
    st.title("This screen shows no workshop now")
    onward("Show a workshop on this screen", "/wall")
    listen(NO_WORKSHOP, Channel.STAGE, "/wall")


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
    """Give a wall the address of Talk or Plan when something new happened there.

    Who left by hand stays away until the next card or small test. It is given again at each
    drawing, as every address here. "" for everyone who is no wall, and where it is already.

    Args:
        code: of the workshop.
        here: the address of this page, such as "talk".
    """
    caller = _room.caller()
    if not caller.wall or _room.facilitates():
        return ""
    newest = newest_now(caller, code)
    # By the wall's cookie: the page that it is sent to from the reveal is another session.
    before = _followed.setdefault(caller.wall, newest)
    _followed.move_to_end(caller.wall)
    if len(_followed) > _MOST_WALLS:
        _followed.popitem(last=False)
    there = _where(before, newest, stage_now(code))
    if there in ("", here):
        _followed[caller.wall] = newest
        return ""
    return f"/{there}?{_room.CODE}={code}"


def _where(before: Newest, newest: Newest, stage: Stage) -> str:
    # Before the reveal the room looks at its own page: an older test may be mended meanwhile.
    if newest.plan > before.plan and stage is Stage.REVEALED:
        return "plan"
    return "talk" if newest.card > before.card else ""


def _seen(code: str) -> str:
    return f"wall revision {code}"
