"""An open page: Streamlit's websocket, and as much of its front end as a listener needs."""

import asyncio
import re
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from typing import Any, Final

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from benchmarks.wire.asking import Tab, first_run, fragment_run, triggered
from benchmarks.wire.kept import Kept

_SHOWN: Final = re.compile(r'"revision": ?"([^"]*)"')
_ONWARD: Final = re.compile(r'"onward": ?"([^"]+)"')
_BAD: Final = (b"could not be drawn",)


class Script(Enum):
    """The state of the script as the front end counts it."""

    ASKED = 1
    RUNNING = 2
    RESTING = 3


class Page:
    """One tab. `told` gets the bytes of each delta that is no component; `finished` each end."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.script = Script.RESTING
        self.ran = time.perf_counter()
        self.at_rest = asyncio.Event()
        self.kinds: set[str] = set()
        self.components: set[str] = set()
        self.faults: list[str] = []
        self.buttons: dict[str, tuple[str, str]] = {}
        self.radio: Any = None
        self.fragment = self.listener = self.shown = self.onward = ""
        self.told: list[Callable[[bytes], None]] = []
        self.finished: list[Callable[[], None]] = []
        self._hash = ""
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None

    async def open(self) -> "Page":
        """Connect as the browser does, and wait until the page is drawn."""
        socket = self._socket = await connect(
            f"ws://localhost:{self.tab.port}/_stcore/stream",
            host="127.0.0.1",
            origin=f"http://localhost:{self.tab.port}",  # type: ignore[arg-type]
            subprotocols=["streamlit", self.tab.cookies.get("_streamlit_xsrf", "none")],  # type: ignore[list-item]
            additional_headers={"Cookie": self.tab.cookie},
            user_agent_header="Mozilla/5.0 (X11; Linux x86_64) Chrome/156",
            compression=None,
            ping_interval=None,
            max_size=None,
            open_timeout=60,
            proxy=None,
        )
        self._reading = asyncio.create_task(self._read(socket))
        await self.send(first_run(self.tab))
        await self.rested()
        return self

    async def send(self, message: bytes) -> None:
        """Send a rerun; the page no longer rests."""
        self._turn(Script.ASKED)
        if self._socket:
            await self._socket.send(message)

    async def ask(self, fragment: str, *widgets: WidgetState) -> None:
        """Rerun a fragment with these widgets."""
        await self.send(fragment_run(self.tab, self._hash, fragment, list(widgets)))

    async def press(self, label: str) -> None:
        """Press the button with this label."""
        button, fragment = self.buttons[label]
        await self.ask(fragment, WidgetState(id=button, trigger_value=True))

    async def trigger(self, revision: str) -> None:
        """Tell the listener's fragment that the revision changed."""
        await self.ask(self.fragment, triggered(self.listener, "changed", revision))

    async def rested(self, seconds: float = 120) -> None:
        """Wait until no script runs."""
        await asyncio.wait_for(self.at_rest.wait(), seconds)

    async def close(self) -> None:
        """Close the tab."""
        if self._reading:
            self._reading.cancel()
        if self._socket:
            await self._socket.close()

    async def _read(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for raw in socket:
                self._take(raw)  # type: ignore[arg-type]
        # Only the server gets here: a tab that is closed stops reading first.
        self.faults.append("the server cut the websocket")
        self.at_rest.set()

    def _take(self, raw: bytes) -> None:
        message = ForwardMsg.FromString(raw)
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._draw(message.delta, raw)
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash
        elif kind == "session_status_changed":
            self._status(running=message.session_status_changed.script_is_running)
        elif kind == "script_finished":
            self._finish(message.script_finished)

    def _draw(self, delta: Any, raw: bytes) -> None:
        kind = delta.new_element.WhichOneof("type")
        self.kinds.add(kind or "")
        if kind == "bidi_component":
            self._place_component(delta)
            return
        if kind == "button":
            button = delta.new_element.button
            self.buttons[button.label] = (button.id, delta.fragment_id)
        elif kind == "radio":
            self.radio = delta.new_element.radio
        elif kind == "exception":
            self.faults.append("an exception on the page")
        self.faults.extend(bad.decode() for bad in _BAD if bad in raw)
        for tell in self.told:
            tell(raw)

    def _place_component(self, delta: Any) -> None:
        component = delta.new_element.bidi_component
        given = component.json or component.mixed.json
        self.components.add(component.component_name)
        shown = _SHOWN.search(given)
        if component.component_name.endswith("listener") and shown:
            self.fragment, self.listener, self.shown = delta.fragment_id, component.id, shown[1]
            onward = _ONWARD.search(given)
            self.onward = onward[1] if onward else ""
        for tell in self.told:
            tell(given.encode())

    def _status(self, *, running: bool) -> None:
        if running:
            self._turn(Script.RUNNING)
        elif self.script is Script.RUNNING:
            self._turn(Script.RESTING)

    def _finish(self, status: int) -> None:
        if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.faults.append("a script that cannot be compiled")
        if status != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            for tell in self.finished:
                tell()

    def _turn(self, script: Script) -> None:
        self.script = script
        self.ran = time.perf_counter()
        self.at_rest.set() if script is Script.RESTING else self.at_rest.clear()


async def load(port: int, page: str, query: str, cookies: dict[str, str]) -> Page:
    """Load the page's first file and open the page; its scripts are taken as kept."""
    line = Kept(port)
    tab = Tab(port, page, query, cookies)
    await line.get(f"/{page}?{query}" if query else f"/{page}", _browser(tab))
    line.close()
    return await connected(tab)


async def connected(tab: Tab) -> Page:
    """Ask what Streamlit's front end asks of its server, then open the page."""
    line = Kept(tab.port)
    health = await line.get("/_stcore/health", _browser(tab))
    answer = await line.get("/_stcore/host-config", _browser(tab))
    line.close()
    every = tab.cookies | health.cookies() | answer.cookies()
    return await Page(tab._replace(cookies=every)).open()


def _browser(tab: Tab) -> dict[str, str]:
    return {"cookie": tab.cookie, "accept-encoding": "gzip"}
