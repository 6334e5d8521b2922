"""A browser without a screen: Streamlit's websocket as its front end speaks it."""

from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.kit.serving import Server


@dataclass
class Drawn:
    """What a page has drawn: its buttons and fields, by their labels."""

    widgets: dict[str, WidgetState] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    page_hash: str = ""
    elements: list[object] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything drawn so far. To write it out takes longer than to draw it."""
        return "".join(map(str, self.elements))


class Tab:
    """One open page. `cookies` are what its browser brings; `session` is one to take up again."""

    def __init__(
        self,
        server: Server,
        address: str,
        cookies: dict[str, str] | None = None,
        session: str = "",
    ) -> None:
        self.page, _, self.query = address.lstrip("/").partition("?")
        self.drawn = Drawn()
        self.line = dial(server, cookies or {}, session)
        self.heard: list[bytes] = []
        self.session = ""

    def __enter__(self) -> "Tab":
        self.socket = self.line.__enter__()
        self.run(page_name=self.page)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.line.__exit__(kind, fault, at)

    def run(self, **asked: str) -> Drawn:
        """Ask for the page, and read until it is drawn."""
        return self.send(self.message(**asked))

    def go(self, address: str) -> Drawn:
        """Go to another page in the same session, as a link or the way back does."""
        self.page, _, self.query = address.lstrip("/").partition("?")
        return self.run(page_name=self.page)

    def do(self, *widgets: WidgetState, part: str = "") -> Drawn:
        """Change these fields, and have the page drawn again, or only its part with this id."""
        page = self.drawn.page_hash
        return self.send(self.message(*widgets, page_script_hash=page, fragment_id=part))

    def press(self, label: str) -> Drawn:
        """Press a button, in its part of the page."""
        return self.do(self.pressed(label), part=self.drawn.fragments[label])

    def message(self, *widgets: WidgetState, **asked: str) -> bytes:
        """Write a rerun as the front end does."""
        state = ClientState(
            query_string=self.query, widget_states=WidgetStates(widgets=widgets), **asked
        )
        return BackMsg(rerun_script=state).SerializeToString()

    def send(self, message: bytes) -> Drawn:
        """Send any message, and read until the script that it starts is finished."""
        self.socket.send(message)
        return self.read()

    def forge(self, message: bytes) -> Drawn:
        """Send a message that may start nothing: a part that this page never drew is no answer."""
        self.socket.send(message)
        with suppress(TimeoutError):
            self.read(seconds=0.1)
        return self.drawn

    def read(self, seconds: float = 20) -> Drawn:
        """Read until no script runs, to the last word: what is left unread comes in the next."""
        finished = False
        while True:
            frame = self.socket.recv(timeout=seconds)
            assert isinstance(frame, bytes)
            self.heard.append(frame)
            message = ForwardMsg.FromString(frame)
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._draw(message)
            elif kind == "new_session":
                self.session = message.new_session.initialize.session_id
            elif kind == "navigation":
                self.drawn.page_hash = message.navigation.page_script_hash
            elif kind == "script_finished":
                finished = message.script_finished in _FINISHED
            elif finished and kind == "session_status_changed":
                finished = message.session_status_changed.script_is_running
                if not finished:
                    return self.drawn

    def pressed(self, label: str) -> WidgetState:
        """Press a button of this page."""
        return WidgetState(id=self.drawn.widgets[label].id, trigger_value=True)

    def typed(self, label: str, text: str) -> WidgetState:
        """Type into a field of this page."""
        return WidgetState(id=self.drawn.widgets[label].id, string_value=text)

    def chosen(self, label: str, *options: str) -> WidgetState:
        """Choose options of a field of this page, as they are shown."""
        widget = WidgetState(id=self.drawn.widgets[label].id)
        widget.string_array_value.data.extend(options)
        return widget

    def picked(self, label: str, option: str) -> WidgetState:
        """Pick an option of a list of this page, offered or not."""
        return WidgetState(id=self.drawn.widgets[label].id, string_value=option)

    def _draw(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind is None:
            return
        inside = getattr(element, kind)
        self.drawn.parts |= {message.delta.fragment_id} - {""}
        self.drawn.elements.append(inside)
        if getattr(inside, "id", "") and hasattr(inside, "label"):
            self.drawn.widgets[inside.label] = WidgetState(id=inside.id)
            self.drawn.fragments[inside.label] = message.delta.fragment_id


_FINISHED = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
)


def dial(
    server: Server,
    cookies: dict[str, str],
    session: str = "",
    named: str = "localhost",
    **headers: str,
) -> connect:
    """Open the websocket, with these cookies and headers; take up a session by its id.

    `named` is the name under which the browser believes the laptop to be.
    """
    given = {"Origin": f"http://{named}:{server.port}", **headers}
    brought = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return connect(
        f"ws://{named}:{server.port}/_stcore/stream",
        address=("127.0.0.1", server.port),
        subprotocols=["streamlit", "none", *([session] if session else [])],  # type: ignore[list-item]
        additional_headers={**given, **({"Cookie": brought} if brought else {})},
        compression=None,
        max_size=None,
        open_timeout=20,
        close_timeout=2,
        proxy=None,
    )


def closed_with(socket: ClientConnection) -> int:
    """Read until the server closes the line, and give the code."""
    try:
        while True:
            socket.recv(timeout=10)
    except ConnectionClosed as end:
        return end.rcvd.code if end.rcvd else 0
