"""The part of a page that hears when its workshop changed, and draws itself again."""

from pathlib import Path
from typing import Final, Literal

import streamlit as st

from aqua_core.errors import NoSuchWorkshop
from aqua_core.live import Channel, revision
from aqua_core.vocabulary import Stage
from aqua_core.workshop.reading import stage_now
from pages import _room
from pages._counting import COUNTS, Counted
from pages._drawing import ahead

_FOLDER = Path(__file__).parent
Reopens = Literal["always", "changed", "never"]

NO_WORKSHOP: Final = "wall"
"""In place of a code: a wall that shows none."""
STAGES: Final = {
    Stage.WELCOME: "Waiting for scoring to open",
    Stage.SCORING: "Scoring is open",
    Stage.REVEALED: "The scores are revealed",
    Stage.CLOSED: "This workshop is closed",
}
"""What a title says, and what a page says once when it changes: who cannot see it, hears it."""

# What a result is drawn by, the last one alone too. Names change with Streamlit; one that is not
# found is not asked for.
_SCRIPTS: Final = Path(st.__file__).parent / "static" / "static" / "js"
_RESULT: Final = tuple(
    f"/static/js/{file.name}"
    for drawn_by in ("ArrowVegaLiteChart", "ButtonGroup", "Checkbox", "loadVegaEmbed")
    for file in _SCRIPTS.glob(f"{drawn_by}.*.js")
)
_BEFORE_A_REVEAL: Final = "Room"
_PILL: Final = '<div class="away" role="status" hidden>Reconnecting</div>'
_SPOKEN: Final = '<div class="stage" role="status">&nbsp;</div>'
_COUNTS: Final = '<h2 class="finished"></h2><p class="answers"></p><progress max="1"></progress>'
_FILES: Final = {
    "css": (_FOLDER / "_listening.css").read_text(encoding="utf-8"),
    "js": (_FOLDER / "_listening.js").read_text(encoding="utf-8"),
}
_listener = st.components.v2.component("listener", html=_PILL + _SPOKEN, **_FILES)
_counter = st.components.v2.component("counting listener", html=_PILL + _SPOKEN + _COUNTS, **_FILES)
# Beside the other on one page; that one says the stage, and that the line is away.
_beside = st.components.v2.component("listening beside", html="<span></span>", **_FILES)


def listen(  # noqa: PLR0913
    code: str,
    channel: Channel,
    onward: str = "",
    *,
    reopens: Reopens = "always",
    title: str = "",
    alone: bool = False,
    counted: Counted | None = None,
) -> None:
    """Rerun the fragment around this call whenever the workshop changes on the channel.

    Call it first: the revision it shows is read before anything that is drawn with it.

    Args:
        code: of the workshop.
        channel: what to hear of.
        onward: an address that the browser opens at once; "" to stay. A page switched by the
            server while a revision arrives can end up blank, a page opened anew cannot.
        reopens: when the page is loaded anew after a cut connection. Never where somebody types.
        title: what the page is, for the window's title; "" leaves that alone.
        alone: nothing else on the page listens, though the channel is mostly heard beside another.
        counted: counts that are written here, and anew with each vote.
    """
    beside = channel is Channel.TEAMS and not alone
    stage = "" if code == NO_WORKSHOP or channel is Channel.TEAMS else _stage_said(code)
    if title:
        st.set_page_config(page_title=f"{stage} - {title} - Discovery Room")
    hears = COUNTS if counted else channel
    heard = {
        "address": f"/push/{code}?channel={hears}",
        "revision": counted.label if counted else revision(code, channel),
        "counted": counted and counted._asdict(),
        "stage": None if beside else stage,
    }
    (_beside if beside else _counter if counted else _listener)(
        key=f"listen-{hears}-{code}",
        data=heard | {"onward": onward, "reopens": reopens} | _soon(title),
        on_changed_change=lambda: None,
    )


def _soon(title: str) -> dict[str, object]:
    return {"soon": _RESULT, "ahead": ahead()} if title == _BEFORE_A_REVEAL else {}


def _stage_said(code: str) -> str:
    try:
        return STAGES[stage_now(code)]
    except NoSuchWorkshop:  # erased under this page, which is drawn once more by itself
        return STAGES[Stage.CLOSED]


def follow(code: str, *, typing: bool, onward: str = "") -> None:
    """Draw the whole page again when scoring opens or scores are revealed, whoever pressed.

    And when the browser turns light or dark: a chart has its colours from the server.

    Args:
        code: of the workshop.
        typing: somebody may be typing here: a pill tells them, and the page stays as it is.
        onward: an address that the browser opens at once; "" to stay.
    """
    st.session_state[_seen(code)] = (revision(code, Channel.STAGE), _room.dark())
    _follow(code, "never" if typing else "changed", onward)


@st.fragment
def _follow(code: str, reopens: Reopens, onward: str) -> None:
    listen(code, Channel.STAGE, onward, reopens=reopens)
    if st.session_state[_seen(code)] != (revision(code, Channel.STAGE), _room.dark()):
        st.rerun()


def _seen(code: str) -> str:
    return f"stage revision {code}"
