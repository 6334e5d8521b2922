"""A page as its reader sees it, without a browser; a wall; and what is pressed and read there."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.pairing import pair_host, pair_wall, pairing_code
from pages import _room, _way
from pages._saying import plain

SHELL = Path(__file__).parents[2] / "pages" / "_shell.py"
# What changes nothing but this screen: which view, who is compared, which conversation.
ACTING = ("button", "text_area", "text_input", "date_input", "multiselect", "chat_input")


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Open a page as somebody. An AppTest has no browser, so it has no cookies to send."""

    def look(caller: Caller, page: str, code: str = "", **at: str) -> AppTest:
        monkeypatch.setattr(_room, "caller", lambda: caller)
        app = AppTest.from_file(str(SHELL), default_timeout=20)
        asked = ({"workshop": code} if code else {}) | at
        app.query_params.update(asked)
        app.run()
        if page != _way.HOME:
            app.switch_page(page)
            app.query_params.update(asked)
            app.run()
        return app

    return look


def words(app: AppTest) -> str:
    assert not app.exception, app.exception
    kinds = (
        *(app.title, app.header, app.subheader, app.markdown, app.text, app.caption, app.warning),
        app.get("html"),
    )
    said = [str(element.value) for kind in kinds for element in kind]
    return "\n".join([*said, *counts_on(app)])


def counts_on(app: AppTest) -> list[str]:
    """Give what a page says of how many have finished and answered; [] where it counts nobody."""
    counted = [listener["counted"] for listener in _listeners(app) if listener["counted"]]
    return [said for counts in counted for said in (counts["finished"], counts["answers"])]


def _listeners(app: AppTest) -> list[dict[str, Any]]:
    parts = [part.proto for part in app.get("bidi_component")]
    return [json.loads(proto.json) for proto in parts if proto.component_name.endswith("listener")]


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label; give the page as it is drawn then."""
    (button,) = [button for button in app.button if button.label in (label, plain(label))]
    return button.click().run()


def ballot_on(app: AppTest) -> dict[str, Any]:
    assert not app.exception, app.exception
    (proto,) = [
        part.proto for part in app.get("bidi_component") if part.proto.component_name == "ballot"
    ]
    return json.loads(proto.json)


def said_on_top(app: AppTest) -> list[list[str]]:
    """Give the summary of what a form could not keep: each field's key with its sentence."""
    parts = [part.proto for part in app.get("bidi_component")]
    found = [json.loads(proto.json) for proto in parts if proto.component_name == "problems"]
    return [fault for problems in found for fault in problems["faults"]]


def onward_on(app: AppTest) -> str:
    (listener,) = _listeners(app)
    return str(listener["onward"])


_places = count(1)


def an_address() -> str:
    """Give an address of its own: new codes are counted for each."""
    return f"10.3.{next(_places)}.1"


def a_wall(facilitator: Caller, workshop: Workshop) -> Caller:
    wall = Caller(wall=new_secret())
    pair_wall(facilitator, workshop.code, pairing_code(wall, an_address()))
    return wall


def a_host(facilitator: Caller, workshop: Workshop) -> Caller:
    host = Caller(wall=new_secret())
    pair_host(facilitator, workshop.code, pairing_code(host, an_address()))
    return host


def acting(app: object) -> list[object]:
    kinds = (*ACTING, "download_button", "form", "button_group", "popover", "dialog")
    return [element for kind in kinds for element in app.get(kind) if not _only_looks(element)]


def _only_looks(element: object) -> bool:
    """Tell whether a choice changes this screen alone."""
    proto = getattr(element, "proto", element)
    return getattr(proto, "label", "") in {"View", "Compare", "Conversation"}
