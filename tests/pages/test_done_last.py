"""What was done last is said on its own page: another page, or a part of one, keeps its place."""

from typing import Any

import pytest
from streamlit.errors import StreamlitInvalidLayoutContextError
from streamlit.testing.v1 import AppTest

from aqua_core.errors import ScoreRefused
from pages import _saying


def page() -> None:
    import streamlit as st

    from aqua_core.errors import ScoreRefused
    from pages import _saying

    if st.session_state.get("page") != "room":
        _saying.say_done("**Added: a test**")
    else:
        _saying.begin()
        st.write("stands here")
    with _saying.told():
        if st.button("Show"):
            raise ScoreRefused("Fewer than 5 have answered")


@pytest.mark.parametrize("at", ["plan", "room"])
def test_a_refusal_takes_away_what_was_done_last_and_nothing_of_another_page(at: str) -> None:
    app = AppTest.from_function(page)
    app.run()
    app.session_state["page"] = at
    app.run()

    app.button[0].click().run()

    assert not app.exception
    assert [warning.value for warning in app.warning] == ["Fewer than 5 have answered"]
    assert [said.value for said in app.markdown] == (["stands here"] if at == "room" else [])


class AroundAPart:
    """A place of the page around a part that is drawn alone, as Streamlit has it in a browser."""

    def empty(self) -> None:
        raise StreamlitInvalidLayoutContextError


def test_in_a_part_that_is_drawn_alone_a_refusal_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    state: dict[str, Any] = {_saying._DONE_HERE: AroundAPart()}
    monkeypatch.setattr(_saying.st, "session_state", state)
    monkeypatch.setattr(_saying.st, "warning", said.append)

    with _saying.told():
        raise ScoreRefused("Fewer than 5 have answered")

    assert said == ["Fewer than 5 have answered"]
    assert state == {}
