"""An open page: Streamlit's websocket, what is asked over it, and what a listener hears."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any, Final, NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from benchmarks.wire import Kept, hear


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
        self.choices: dict[str, Any] = {}
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

    async def choose_all_and_press(self, field: str, label: str) -> None:
        """Choose every option of a field, and press a button beside it."""
        choice = self.choices[field]
        chosen = WidgetState(id=choice.id)
        chosen.string_array_value.data.extend(option.content for option in choice.options)
        button, fragment = self.buttons[label]
        await self.ask(fragment, chosen, WidgetState(id=button, trigger_value=True))

    async def trigger(self, revision: str) -> None:
        """Tell the listener's fragment that the revision changed."""
        await self.ask(self.fragment, triggered(self.listener, "changed", revision))

    async def rested(self, seconds: float = 120) -> None:
        """Wait until no script runs."""
        await asyncio.wait_for(self.at_rest.wait(), seconds)

    async def cut(self) -> None:
        """Wait until the server cuts the websocket."""
        if self._reading:
            await asyncio.wait([self._reading])

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
        elif kind == "button_group":
            self.choices[delta.new_element.button_group.label] = delta.new_element.button_group
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


_REST: Final = re.compile(r"const REST = (\d+)")
_AGAIN: Final = re.compile(r"atRest \? (\d+)")


class Pace(NamedTuple):
    """Seconds: how long a page must rest before it asks, and when a lost request is asked again."""

    rest: float
    again: float


def pace_of(app: Path) -> Pace:
    """Read the pace from the app's own script.

    Raises:
        ValueError: the script no longer says it in this way; the simulation must be adapted.
    """
    said = (app / "pages" / "_listening.js").read_text(encoding="utf-8")
    rest, again = _REST.search(said), _AGAIN.search(said)
    if not rest or not again:
        raise ValueError("pages/_listening.js has another pace: adapt benchmarks/wire/listening.py")
    return Pace(int(rest[1]) / 1000, int(again[1]) / 1000)


class Listening:
    """The listener of one page. Keep it as long as the page is open."""

    def __init__(
        self,
        page: Page,
        channel: str,
        code: str,
        pace: Pace,
        count: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._page = page
        self._pace = pace
        self._latest = ""
        self._later: asyncio.TimerHandle | None = None
        self._asked: set[asyncio.Task[None]] = set()
        path = f"/push/{code}?channel={channel}"
        self._line = asyncio.create_task(
            hear(page.tab.port, path, page.tab.cookie, self._hear, count)
        )

    def close(self) -> None:
        """Close the line."""
        self._line.cancel()
        if self._later:
            self._later.cancel()

    def _hear(self, revision: str) -> None:
        self._latest = revision
        self._ask()

    def _ask(self) -> None:
        if self._later:
            self._later.cancel()
        if self._latest in ("", self._page.shown):
            return
        rested = time.perf_counter() - self._page.ran >= self._pace.rest
        at_rest = self._page.script is Script.RESTING and rested
        if at_rest:
            asked = asyncio.create_task(self._page.trigger(self._latest))
            self._asked.add(asked)
            asked.add_done_callback(self._asked.discard)
        wait = self._pace.again if at_rest else self._pace.rest / 2
        self._later = asyncio.get_running_loop().call_later(wait, self._ask)
