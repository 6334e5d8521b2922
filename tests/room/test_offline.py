"""Offline: over a whole workshop nothing is asked of any other machine, by server or browser."""

import json
import os
import re
import shutil
import stat
import sys
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Browser, Page, Playwright, Route, expect

from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context, launched
from tests.kit.gestures import at_home, join, opened, pressed, revealed, set_up
from tests.kit.serving import Server
from tests.room.test_room import score_all

# The routing table is asked by a UDP socket that is connected and sends nothing.
ASKED_WITHOUT_A_WORD = "192.0.2.1"
# No name but ours has an address. Chromium asks for some of its own on any page of anybody
# (updates, accounts, a dictionary); its log says of each request which page it was made for.
NO_NAME_BUT_OURS = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost"
THE_BROWSERS_OWN = "not an origin"
A_PAGE_THAT_ASKS = """
<link rel="stylesheet" href="http://style.example/a.css"><img src="http://picture.example/a.png">
<script src="http://script.example/a.js"></script><iframe src="http://frame.example/"></iframe>
<textarea></textarea><script>
  fetch("http://fetch.example/").catch(() => 0);
  navigator.sendBeacon("http://update.googleapis.com/");
  new WebSocket("ws://socket.example/");
</script>"""
_CALL = re.compile(r"(connect|sendto|sendmsg|sendmmsg)\((\d+)<(.*?)>[,)]")
_TO = re.compile(r'inet_addr\("([\d.]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_INSIDE = re.compile(r"(?:TCP|UDP|TCPv6|UDPv6):\[.*->\[?([\da-fA-F.:]+?)\]?:\d+\]")


def traced(folder: Path) -> Path:
    """Write a python whose every connection is traced into a file beside it."""
    strace = shutil.which("strace")
    if strace is None and os.environ.get("CI"):
        pytest.fail("CI must have strace: what the server connects to may not go unseen there.")
    if strace is None:
        pytest.skip("No strace on this machine: what the server connects to cannot be seen.")
    script = folder / "python"
    script.write_text(
        f"#!/bin/sh\nexec {strace} -D -f --seccomp-bpf -qq -yy "
        f'-e trace=connect,sendto,sendmsg,sendmmsg -o "{folder / "calls"}" '
        f'"{sys.executable}" "$@"\n',
        encoding="utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def far(calls: str) -> list[str]:
    """Give each call to another machine: a connection, or a word that is sent."""
    found = []
    for line in calls.splitlines():
        call = _CALL.search(line)
        addresses = [one or other for one, other in _TO.findall(line)]
        if call and call[1] != "connect":
            addresses += _INSIDE.findall(call[3])
        found += [line for address in addresses if _is_far(address, line)]
    return found


def _is_far(address: str, line: str) -> bool:
    if address == ASKED_WITHOUT_A_WORD and "connect(" in line and "SOCK_STREAM" not in line:
        return "UDP" not in line
    return not ip_address(address.removeprefix("::ffff:")).is_loopback


@dataclass
class Lived:
    """What a whole workshop left behind: who was asked, by whom, and the log."""

    folder: Path
    asked: set[str] = field(default_factory=set)
    secrets: set[str] = field(default_factory=set)
    printed: str = ""

    def watch(self, page: Page) -> None:
        """Note every host that a page asks, and the secrets that its browser is given."""
        page.on("request", lambda request: self.asked.add(urlsplit(request.url).hostname or ""))
        page.on("websocket", lambda line: self.asked.add(urlsplit(line.url).hostname or ""))
        page.on("requestfinished", lambda _: self.secrets.update(_secrets(page)))


def _secrets(page: Page) -> set[str]:
    return {cookie["value"] for cookie in page.context.cookies() if "discovery" in cookie["name"]}


@pytest.fixture(scope="module")
def lived(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    lived = Lived(tmp_path_factory.mktemp("offline"))
    net_log = lived.folder / "net.json"
    server = Server(lived.folder / "room.duckdb", lived.folder / "server.log")
    with pytest.MonkeyPatch.context() as patch:
        browser = talkative(playwright, net_log)
        patch.setattr(sys, "executable", str(traced(lived.folder)))
        try:
            a_whole_workshop(browser, server.start(), lived.watch)
            a_page_elsewhere_asks(server)
        finally:
            server.stop()
            browser.close()
    lived.printed = server.printed()
    return lived


def talkative(playwright: Playwright, net_log: Path) -> Browser:
    """Launch a Chromium that writes each request of its own and of its pages into a log."""
    return launched(playwright, NO_NAME_BUT_OURS, f"--log-net-log={net_log}")


def a_page_elsewhere_asks(server: Server) -> None:
    """Ask as another site does: Streamlit alone would ask the internet for its own address."""
    for path in ("/_stcore/health", "/_stcore/host-config"):
        foreign = {"origin": "http://evil.example"}
        assert requests.get(server.url + path, headers=foreign, timeout=10).status_code == 403


def a_whole_workshop(browser: Browser, server: Server, watch: Any) -> None:
    wall = watched(browser, PROJECTOR, watch)
    at_home(wall, server)
    code = set_up(wall)
    seats = []
    for team, size in (("Council", PHONE), ("Hospital trust", LAPTOP), ("GP practices", LAPTOP)):
        seats.append((team, join(browser, server, code, team, size)))
        watch(seats[-1][1])
        seats[-1][1].reload()
    opened(wall, seats=3)
    score_all(seats)
    revealed(wall)
    expect(wall.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    for address in ("gaps", "one-domain", "talk", "plan", "only-for-you", "room"):
        wall.goto(f"{server.url}/{address}?workshop={code}")
        wall.wait_for_timeout(1500)
    for address in ("", "salford", "set-up", "sign-in", "join", "nowhere"):
        wall.goto(f"{server.url}/{address}")
        wall.wait_for_timeout(1500)
    expect(seats[0][1].get_by_role("heading", name="Your team and the room")).to_be_visible()
    wall.goto(f"{server.url}/sign-out")
    pressed(wall, "Sign this browser out")
    expect(wall.get_by_text("Facilitator? Open the link")).to_be_visible()


def watched(browser: Browser, size: dict[str, int], watch: Any) -> Page:
    page = context(browser, size).new_page()
    watch(page)
    return page


def asked_by_pages(log: Path) -> set[str]:
    """Give each host that a page's requests in Chromium's own log were meant for.

    A request of a page names the page's origin as its initiator; one that the browser makes for
    itself, and an address that is typed, have none.
    """
    text = log.read_text(encoding="utf-8").rstrip().rstrip(",")
    events = json.loads(text if text.endswith("}") else f"{text}]}}")["events"]
    started = [event["params"] for event in events if "initiator" in event.get("params", {})]
    urls = [request["url"] for request in started if request["initiator"] != THE_BROWSERS_OWN]
    return {urlsplit(url).hostname or "" for url in urls if urlsplit(url).scheme != "blob"}


@pytest.mark.long
def test_a_whole_workshop_asks_nothing_of_another_machine(lived: Lived) -> None:
    calls = (lived.folder / "calls").read_text(encoding="utf-8", errors="replace")

    assert lived.asked <= {"localhost", ""}
    assert asked_by_pages(lived.folder / "net.json") == {"localhost"}
    assert far(calls) == []
    assert ASKED_WITHOUT_A_WORD in calls  # the trace saw what the server did


def answer(route: Route) -> None:
    route.fulfill(body=A_PAGE_THAT_ASKS, content_type="text/html")


@pytest.mark.long
def test_the_browsers_log_would_show_a_page_that_asks_another_machine(
    playwright: Playwright, tmp_path: Path
) -> None:
    net_log = tmp_path / "net.json"
    with talkative(playwright, net_log) as browser:
        page = browser.new_page()
        page.route("http://localhost/", answer)
        page.goto("http://localhost/")
        page.get_by_role("textbox").press_sequentially("a word")
        page.wait_for_timeout(2000)

    named = ("style", "picture", "script", "frame", "fetch", "socket")
    asked = asked_by_pages(net_log) - {"localhost"}
    assert asked == {*(f"{name}.example" for name in named), "update.googleapis.com"}


@pytest.mark.long
def test_what_nobody_may_read_is_not_printed(lived: Lived) -> None:
    assert len(lived.secrets) == 4
    assert not [secret for secret in lived.secrets if secret in lived.printed]
    for typed in ("Salford", "Sally Ford", "leadership", "Council", "workshop=", "GET /"):
        assert typed not in lived.printed
    assert "Traceback" not in lived.printed


@pytest.mark.parametrize(
    "line",
    [
        '7 connect(9<TCP:[1]>, {sa_family=AF_INET, sin_addr=inet_addr("3.5.140.2")}, 16) = 0',
        '7 connect(9<UDP:[1]>, {sa_family=AF_INET, sin_addr=inet_addr("8.8.8.8")}, 16) = 0',
        '7 connect(9<TCP:[1]>, {sin_addr=inet_addr("192.0.2.1")}, 16) = 0',
        '7 sendto(9<UDP:[10.0.0.5:5->192.0.2.1:9]>, "x", 1, 0, NULL, 0) = 1',
        '7 connect(9<TCPv6:[1]>, {inet_pton(AF_INET6, "2606:4700::1", &a)}, 28) = 0',
    ],
)
def test_the_trace_would_show_a_word_to_another_machine(line: str) -> None:
    inside = '7 connect(9<TCP:[1]>, {sin_addr=inet_addr("127.0.0.1")}, 16) = 0'
    silent = '7 connect(9<UDP:[1]>, {sin_addr=inet_addr("192.0.2.1")}, 16) = 0'

    assert far(f"{inside}\n{line}\n{silent}") == [line]
