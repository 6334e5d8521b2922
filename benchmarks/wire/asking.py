"""What a browser sends to Streamlit: reruns, with the states of its widgets."""

import json
from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState


class Tab(NamedTuple):
    """Where a browser's tab stands: the server, the page, and the cookies it brings."""

    port: int
    page: str
    query: str
    cookies: dict[str, str]

    @property
    def cookie(self) -> str:
        """The header that brings the cookies."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def first_run(tab: Tab) -> bytes:
    """Ask for the page by its name, as a browser that has just connected."""
    return _rerun(tab, ClientState(page_name=tab.page))


def fragment_run(tab: Tab, page_hash: str, fragment: str, widgets: list[WidgetState]) -> bytes:
    """Ask for one fragment, with the widgets that changed it."""
    state = ClientState(page_script_hash=page_hash, fragment_id=fragment)
    state.widget_states.widgets.extend(widgets)
    return _rerun(tab, state)


def pressed(button: str) -> WidgetState:
    """Press a button."""
    return WidgetState(id=button, trigger_value=True)


def chosen(radio: str, option: str) -> WidgetState:
    """Choose an option."""
    return WidgetState(id=radio, string_value=option)


def triggered(component: str, event: str, value: str) -> WidgetState:
    """Set a trigger of a component (version 2), as its `setTriggerValue` does."""
    return WidgetState(
        id=f"$$STREAMLIT_INTERNAL_KEY_{component}__events",
        json_trigger_value=json.dumps([{"event": event, "value": value}]),
    )


def _rerun(tab: Tab, state: ClientState) -> bytes:
    state.query_string = tab.query
    state.context_info.timezone = "UTC"
    state.context_info.locale = "en-US"
    state.context_info.url = f"http://localhost:{tab.port}/{tab.page}"
    state.context_info.color_scheme = "light"
    return bytes(BackMsg(rerun_script=state).SerializeToString())
