"""The life of the server: open the file, warm up, print the link; and what a fault looks like."""

import asyncio
import logging
import os
import signal
import threading
import time
import traceback
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache, wraps
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from queue import SimpleQueue
from typing import Any, Final
from urllib.request import ProxyHandler, build_opener

import streamlit as st
from streamlit import config, error_util
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.watcher.polling_path_watcher import PollingPathWatcher

import aqua_core
import pages
from aqua_core.errors import FileUnusable, Refusal
from aqua_core.live import end
from aqua_core.workshop.hosting import is_hosted
from aqua_core.workshop.opening import close_room, open_room, open_shared_room, said_at_start
from aqua_core.workshop.signing_in import new_sign_in_link
from pages._saying import plain
from pages._server.door import believe_no_header
from pages._server.limits import reached_in_all
from pages._server.lines import guard_lines
from pages._server.pressed import room_database, room_file
from pages._server.starting import check_start, settings
from pages._server.tidying import tidy_at_rest

OPEN_BROWSER: Final = "DISCOVERY_ROOM_BROWSER"
# Seconds from the wish to stop: for open lines to end, and then for the file to be closed.
_PATIENCE: Final = 1.4
_CLOSING: Final = 0.4
_OPENED_WITHIN: Final = 60.0  # seconds that the link in a browser's command line works
_ENDED: Final = "\n  Discovery Room has ended. Start it again and everything is where it was."

_BY_INVITATION: Final = (
    "People sign in by links of their administrators; "
    '`python app.py invite "Name of the organisation"` makes the first one.'
)
_FRAME: Final = "pages._shell"  # a script of Streamlit's: importing it would draw a page
_SHARED: Final = "aqua_core.store.shared."  # a laptop has no psycopg; elsewhere it is loaded

_log: Final = logging.getLogger("discovery_room")


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Open the room's file before the first visitor, and close it after the last."""
    check_start(hosted=bool(room_database()))
    try:
        open_named_room()
    except FileUnusable as refusal:
        print(f"\n  {refusal}\n", flush=True)
        os._exit(1)  # the server would print a traceback over the sentence
    for sentence in said_at_start():
        print(f"\n  {sentence}", flush=True)
    keep_faults_unsaid()
    guard_lines(asyncio.get_running_loop())
    tell_nothing_of_this_laptop()
    _warm_up()
    _settings_stay()
    tidying = asyncio.create_task(tidy_at_rest())
    _end_lines_with_the_server()
    _invite_facilitator()
    yield
    tidying.cancel()
    close_room()
    if reached_in_all():
        print(f"\n  Limits that were reached: {reached_in_all()}.", flush=True)


def open_named_room() -> None:
    """Open the room that the environment names: a database that is shared, or else a file.

    Raises:
        FileUnusable: it cannot be used.
    """
    if address := room_database():
        open_shared_room(address)
    else:
        open_room(room_file())


def serve(app: st.App) -> None:
    """Serve until Ctrl+C, and end with a sentence."""
    believe_no_header()
    # Once all is closed, uvicorn raises the signal again: unheard, it would end without a word.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        app.run(config=settings())
    print(_ENDED, flush=True)
    os._exit(0)  # all is closed; the engine would fill the window with notes on its own memory


def print_sign_in_link(why: str) -> str:
    """Print a fresh one-time link in the window where the app was started, and give it."""
    link = _sign_in_address(new_sign_in_link())
    print(f"\n  {why}, open this link (it works once):\n\n    {link}\n", flush=True)
    return link


def _sign_in_address(link: str) -> str:
    return f"{_here()}/sign-in/{link}"


def _here() -> str:
    return f"http://localhost:{st.get_option('server.port')}"


def say_what_happened(fault: Exception) -> bool:
    """Show a refusal as its sentence, and anything else as ours; never a traceback."""
    if isinstance(fault, Refusal):
        st.warning(plain(str(fault)))
    else:
        _log.error("A page failed: %s\n%s", type(fault).__name__, _where(fault))
        st.warning("This page could not be drawn. Reload it; what was saved is still there.")
    return True


def keep_faults_unsaid() -> None:
    """Keep Streamlit from printing a fault with its text, which may hold a sealed score."""
    # It does so before it asks say_what_happened, whatever that answers.
    logging.getLogger(error_util.__name__).addFilter(lambda record: not record.exc_info)


def tell_nothing_of_this_laptop() -> None:
    """Keep from every visitor where the app lies on this laptop, and which laptop it is.

    Streamlit tells each page its main script's whole path, an id of the machine, its system and
    its Python, for a telemetry that is switched off here.
    """
    make = AppSession._create_new_session_message

    @wraps(make)
    def less(session: AppSession, *asked: Any, **more: Any) -> ForwardMsg:
        message = make(session, *asked, **more)
        told = message.new_session
        told.main_script_path = Path(told.main_script_path).name
        told.initialize.user_info.Clear()
        told.initialize.environment_info.python_version = ""
        told.initialize.environment_info.server_os = ""
        return message

    AppSession._create_new_session_message = less  # type: ignore[method-assign]


def _where(fault: Exception) -> str:
    # Where, and not what: the text of a fault may hold what somebody typed or scored.
    return "".join(traceback.format_tb(fault.__traceback__))


def _end_lines_with_the_server() -> None:
    # The server waits for open answers before it stops, and a push line is one without end.
    # And a signal may come in the middle of another one's answer: an Event that was being set hung
    # 2 of 8 processes that were asked twice; what a SimpleQueue is given waits for nothing.
    loop, asked = asyncio.get_running_loop(), SimpleQueue[None]()
    threading.Thread(target=_leave, args=(asked,), daemon=True).start()
    for number in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(number)

        def stop(number: int, frame: Any, before: Any = before) -> None:
            asked.put(None)
            loop.call_soon_threadsafe(end)
            before(number, frame)

        if callable(before):
            signal.signal(number, stop)


def _leave(asked: "SimpleQueue[None]") -> None:
    # Not left to the loop: pressed hard enough, it came to that after 20 seconds.
    asked.get()
    time.sleep(_PATIENCE)
    closing = threading.Thread(target=close_room, daemon=True)
    closing.start()
    closing.join(_CLOSING)  # what was acknowledged is on disk, closed or not
    print(_ENDED, flush=True)
    os._exit(0)


def _settings_stay() -> None:
    # Streamlit looks for another config.toml five times a second, in threads of its own; and goes
    # through all its settings six times for each page, to say what colours it has.
    PollingPathWatcher._executor.shutdown(wait=False, cancel_futures=True)
    config.get_options_for_section = cache(config.get_options_for_section)


def _warm_up() -> None:
    # The first visitor would wait a second and a half for these, and a room for the first picture
    # of a reveal a quarter of a second longer for ours.
    import altair
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401

    from pages._drawing import ahead

    # Tests hold every chart against Vega-Lite's schema; here that took a third of making one, part
    # by part, while the room waits for the reveal.
    altair.utils.schemapi.disable_debug_mode()
    for ours in (aqua_core, pages):
        for part in walk_packages(ours.__path__, f"{ours.__name__}."):
            if not part.name.startswith((_FRAME, _SHARED)):
                import_module(part.name)
    ahead()


def _invite_facilitator() -> None:
    if is_hosted():  # whoever has this window may be nobody's facilitator
        print(f"\n  Discovery Room is ready, at {_here()}. {_BY_INVITATION}\n", flush=True)
        return
    print_sign_in_link("Discovery Room is ready. To run a workshop")
    if os.environ.get(OPEN_BROWSER, "yes") != "no":
        # Of its own: who has an account on this laptop can read a browser's command line.
        link = _sign_in_address(new_sign_in_link(_OPENED_WITHIN))
        threading.Thread(target=_open_when_ready, args=(link,), daemon=True).start()


def _open_when_ready(link: str) -> None:
    health = link.split("/sign-in/")[0] + "/_stcore/health"
    directly = build_opener(ProxyHandler({}))  # a company's proxy knows no localhost
    for _ in range(100):
        try:
            with directly.open(health, timeout=1):
                webbrowser.open(link)
                return
        except OSError:  # not up yet
            time.sleep(0.1)
