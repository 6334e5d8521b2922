"""Offline: over a whole workshop nothing is asked of any other machine, by server or browser."""

import json
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.chromium import LAPTOP, PHONE, PROJECTOR, chromium, context
from tests.serving import Server
from tests.test_room import join, score_all, set_up

# The routing table is asked by a UDP socket that is connected and sends nothing.
ASKED_WITHOUT_A_WORD = "192.0.2.1"
# Chromium's own, on any page of anybody: updates, accounts, and hints to fill in forms. The rule
# below lets none of them, and nothing else, find its address.
THE_BROWSERS_OWN = {
    "accounts.google.com",
    "content-autofill.googleapis.com",
    "update.googleapis.com",
}
NO_NAME_BUT_OURS = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost"
_CALL = re.compile(r"(connect|sendto|sendmsg|sendmmsg)\((\d+)<(.*?)>[,)]")
_TO = re.compile(r'inet_addr\("([\d.]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_INSIDE = re.compile(r"(?:TCP|UDP|TCPv6|UDPv6):\[.*->\[?([\da-fA-F.:]+?)\]?:\d+\]")


def traced(folder: Path) -> Path:
    """Write a python whose every connection is traced into a file beside it."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("No strace on this machine: what the server connects to cannot be seen.")
    script = folder / "python"
    script.write_text(
        f"#!/bin/sh\nexec {strace} -D -f -qq -yy -e trace=connect,sendto,sendmsg,sendmmsg "
        f'-o "{folder / "calls"}" "{sys.executable}" "$@"\n',
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
        found += [line for each in addresses if _is_far(each, line)]
    return found


def _is_far(address: str, line: str) -> bool:
    if address == ASKED_WITHOUT_A_WORD and "connect(" in line and "SOCK_STREAM" not in line:
        return "UDP" not in line
    return not ip_address(address.removeprefix("::ffff:")).is_loopback


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(sys, "executable", str(traced(tmp_path)))
    running = Server(tmp_path / "room.duckdb", tmp_path / "server.log")
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", NO_NAME_BUT_OURS, f"--log-net-log={tmp_path / 'net.json'}"],
        )
        yield running
        running.close()


def a_whole_workshop(browser: Browser, server: Server, watch: Any) -> None:
    wall = watched(browser, PROJECTOR, watch)
    wall.goto(server.link())
    code = set_up(wall)
    seats = []
    for team, size in (("Council", PHONE), ("Hospital trust", LAPTOP), ("GP practices", LAPTOP)):
        seats.append((team, join(browser, server, code, team, size)))
        watch(seats[-1][1])
        seats[-1][1].reload()
    wall.get_by_role("button", name="Open scoring").click()
    score_all(seats)
    wall.get_by_role("button", name="Reveal").click()
    wall.get_by_role("button", name="Reveal now").click()
    expect(wall.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    for address in ("gaps", "one-domain", "talk", "plan", "only-for-you", "room"):
        wall.goto(f"{server.url}/{address}?workshop={code}")
        wall.wait_for_timeout(1500)
    for address in ("", "salford", "set-up", "sign-in", "join", "nowhere"):
        wall.goto(f"{server.url}/{address}")
        wall.wait_for_timeout(1500)
    expect(seats[0][1].get_by_role("heading", name="Your team and the room")).to_be_visible()
    wall.goto(f"{server.url}/sign-out")
    wall.get_by_role("button", name="Sign this browser out").click()
    expect(wall.get_by_text("Facilitator? Open the link")).to_be_visible()


def watched(browser: Browser, size: dict[str, int], watch: Any) -> Page:
    page = context(browser, size).new_page()
    watch(page)
    return page


def hosts_in(log: Path) -> set[str]:
    """Give each host that the pages' requests in Chromium's own log were meant for."""
    text = log.read_text(encoding="utf-8").rstrip().rstrip(",")
    events = json.loads(text if text.endswith("}") else f"{text}]}}")["events"]
    urls = [each["params"]["url"] for each in events if "url" in each.get("params", {})]
    return {urlsplit(url).hostname or "" for url in urls if urlsplit(url).scheme != "blob"}


@pytest.mark.slow
def test_a_whole_workshop_asks_nothing_of_another_machine(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    asked: set[str] = set()

    def watch(page: Page) -> None:
        page.on("request", lambda request: asked.add(urlsplit(request.url).hostname or ""))
        page.on("websocket", lambda line: asked.add(urlsplit(line.url).hostname or ""))

    a_whole_workshop(browser, server, watch)
    # A page elsewhere that tries: Streamlit alone would ask the internet for its own address.
    for path in ("/_stcore/health", "/_stcore/host-config"):
        foreign = {"origin": "http://evil.example"}
        assert requests.get(server.url + path, headers=foreign, timeout=10).status_code == 403
    server.stop()
    browser.close()
    calls = (tmp_path / "calls").read_text(encoding="utf-8", errors="replace")

    assert asked <= {"localhost", ""}
    assert hosts_in(tmp_path / "net.json") - THE_BROWSERS_OWN <= {"localhost", ""}
    assert far(calls) == []
    assert ASKED_WITHOUT_A_WORD in calls  # the trace saw what the server did


@pytest.mark.slow
def test_what_nobody_may_read_is_not_printed(server: Server, browser: Browser) -> None:
    secrets: set[str] = set()

    def watch(page: Page) -> None:
        page.on(
            "requestfinished",
            lambda _: secrets.update(
                each["value"] for each in page.context.cookies() if "discovery" in each["name"]
            ),
        )

    a_whole_workshop(browser, server, watch)
    printed = server.printed()

    assert len(secrets) == 4
    assert not [secret for secret in secrets if secret in printed]
    for typed in ("Salford", "Sally Ford", "leadership", "Council", "workshop=", "GET /"):
        assert typed not in printed
    assert "Traceback" not in printed


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
