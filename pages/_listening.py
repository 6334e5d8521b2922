"""The part of a page that hears when its workshop changed, and draws itself again."""

from pathlib import Path

import streamlit as st

from aqua_core.live import Channel, revision

_FOLDER = Path(__file__).parent

_listener = st.components.v2.component(
    "listener",
    html='<div class="away" role="status" hidden>Reconnecting</div>',
    css=(_FOLDER / "_listening.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "_listening.js").read_text(encoding="utf-8"),
)


def listen(code: str, channel: Channel, onward: str = "") -> None:
    """Rerun the fragment around this call whenever the workshop changes on the channel.

    Call it first: the revision it shows is read before anything that is drawn with it.

    Args:
        code: of the workshop.
        channel: what to hear of.
        onward: an address that the browser opens at once; "" to stay. A page switched by the
            server while a revision arrives can end up blank, a page opened anew cannot.
    """
    _listener(
        key=f"listen-{channel}-{code}",
        data={
            "address": f"/push/{code}?channel={channel}",
            "revision": revision(code, channel),
            "onward": onward,
        },
        on_changed_change=lambda: None,
    )
