"""Who is let in, from where, with which messages; on a real server."""

import asyncio
import contextlib
import errno
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from websockets.exceptions import InvalidStatus

from aqua_core.errors import FileUnusable, PassphraseRefused
from aqua_core.store.database import open_database
from aqua_core.vocabulary import CODE_LETTERS
from aqua_core.workshop import signing_in
from aqua_core.workshop.tries import Tries
from pages._room import FACILITATOR_COOKIE
from pages._server import starting
from pages._server.door import host_name, is_open, own_names
from pages._server.limits import OnlyOurMessages
from pages._server.pressed import PressedOnce, room_file
from pages._server.starting import clock_warning, versions_warning
from tests.kit.serving import ROOT, Server, serving
from tests.kit.wire import Tab, closed_with, dial

WORDS = "three plain words"
PROXIED = {"x-forwarded-for": "198.51.100.7"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCOVERY_ROOM_PASSPHRASE", WORDS)
        patch.setenv("DISCOVERY_ROOM_ADDRESS", "room.example")
        with serving(tmp_path_factory.mktemp("door")) as running:
            yield running


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Another room's server: nobody was wrong there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCOVERY_ROOM_PASSPHRASE", WORDS)
        with serving(tmp_path_factory.mktemp("elsewhere")) as running:
            yield running


def post(server: Server, path: str, headers: dict[str, str] | None = None, **form: str) -> Any:
    return requests.post(
        server.url + path, data=form, headers=headers, allow_redirects=False, timeout=10
    )


def signed_in(server: Server) -> dict[str, str]:
    answer = requests.get(server.link(), allow_redirects=False, timeout=10)
    return {FACILITATOR_COOKIE: answer.cookies[FACILITATOR_COOKIE]}


def test_a_wrong_passphrase_is_told_and_a_sixth_try_waits(server: Server) -> None:
    for typed in ("", "   "):
        assert "Type the passphrase." in post(server, "/sign-in", passphrase=typed).text
    for typed in ("x" * 201, "x" * 990_000):
        assert "at most 200 characters" in post(server, "/sign-in", passphrase=typed).text
    said = [post(server, "/sign-in", passphrase=f"wrong words {n}") for n in range(5)]
    sixth = post(server, "/sign-in", passphrase=WORDS)

    for left, answer in zip(("4 tries", "3 tries", "2 tries", "1 try"), said, strict=False):
        assert answer.status_code == 400
        assert f"That passphrase is not right. {left} left." in answer.text
    assert "No try is left for the next minute." in said[-1].text
    assert sixth.status_code == 429
    assert "Sign-in paused for 60 seconds." in sixth.text
    # Nobody can lock the facilitator out: the link does not care.
    assert signed_in(server)
    # A header chooses no other address: whoever comes by this laptop is counted with it.
    for forged in ("198.51.100.7", "10.0.0.1:1", "", "127.0.0.1"):
        again = post(server, "/sign-in", {"x-forwarded-for": forged}, passphrase=WORDS)
        assert again.status_code == 429
    assert WORDS not in server.printed()


def test_the_right_passphrase_signs_in_and_gives_every_try_back(elsewhere: Server) -> None:
    for _ in range(2):
        for left in (4, 3):
            assert f"{left} tries" in post(elsewhere, "/sign-in", PROXIED, passphrase="no").text
        right = post(elsewhere, "/sign-in", PROXIED, passphrase=f" {WORDS} ")
        assert (right.status_code, right.headers["location"]) == (303, "/")
    cookie = right.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie
    assert WORDS not in elsewhere.printed()


def test_the_cookie_stays_with_https_where_the_request_came_by_it(elsewhere: Server) -> None:
    by_https = PROXIED | {"x-forwarded-proto": "https"}

    answer = post(elsewhere, "/sign-in", by_https, passphrase=WORDS)

    assert "; Secure" in answer.headers["set-cookie"]


def test_another_site_can_neither_sign_in_nor_out(server: Server) -> None:
    for path in ("/sign-in", "/sign-out"):
        for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}):
            answer = post(server, path, headers, passphrase=WORDS)

            assert answer.status_code == 403
            assert "set-cookie" not in answer.headers


def test_a_browser_signs_out_and_is_nobody(server: Server) -> None:
    hers = signed_in(server)
    metrics = f"{server.url}/_stcore/metrics"
    before = requests.get(metrics, cookies=hers, timeout=10).status_code

    asked = requests.get(f"{server.url}/sign-out", cookies=hers, timeout=10)
    still = requests.get(metrics, cookies=hers, timeout=10).status_code
    out = requests.post(f"{server.url}/sign-out", cookies=hers, allow_redirects=False, timeout=10)

    assert "Sign this browser out?" in asked.text
    assert (before, still) == (200, 200)  # a link alone signs nobody out
    assert (out.status_code, out.headers["location"]) == (303, "/")
    assert f'{FACILITATOR_COOKIE}=""' in out.headers["set-cookie"]
    assert requests.get(metrics, cookies=hers, timeout=10).status_code == 403


def test_without_a_passphrase_there_is_none_to_guess() -> None:
    with pytest.raises(signing_in.NoPassphrase, match="Open the sign-in link"):
        signing_in.sign_in_by_passphrase("three plain words", "here")


@pytest.mark.parametrize("text", ["", "too short", "  nine chr  "])
def test_a_short_passphrase_is_refused(text: str) -> None:
    with pytest.raises(PassphraseRefused, match="Use at least 10 characters, for example"):
        signing_in.set_passphrase(text)

    assert not signing_in.has_passphrase()


@pytest.mark.long
def test_the_app_does_not_start_with_a_short_passphrase() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import pages._server.starting as s; s.check_start()"],
        cwd=ROOT,
        env=os.environ | {"DISCOVERY_ROOM_PASSPHRASE": "hush-hush"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert "Use at least 10 characters, for example three words." in done.stdout
    assert "hush-hush" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_tries_come_back_after_their_minute() -> None:
    now = [0.0]
    tries = Tries(most=2, clock=lambda: now[0])

    assert [tries.take("a"), tries.take("a"), tries.take("a"), tries.take("b")] == [
        *(True, True, False, True)
    ]
    now[0] = 59.9
    assert (tries.left("a"), tries.left("b"), tries.left("c")) == (0, 1, 2)
    now[0] = 60.0
    assert (tries.left("a"), tries.take("a")) == (2, True)
    tries.forgive("a")
    assert tries.left("a") == 2


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "a@localhost", "", "x y"]
)
def test_a_foreign_host_is_refused(server: Server, host: str) -> None:
    for path in ("/", "/join", "/_stcore/health", "/static/none.js"):
        answer = requests.get(server.url + path, headers={"host": host}, timeout=10)

        assert answer.status_code == 403
        assert "does not answer to this address" in answer.text


def test_the_laptops_own_addresses_are_let_in(server: Server) -> None:
    name = socket.gethostname()
    for host in (
        "localhost",
        "127.0.0.1:8501",
        "[::1]:8501",
        "192.168.1.20",
        "room.example",
        name,
        name.upper(),
        f"{name.split('.')[0]}.local",
    ):
        assert requests.get(f"{server.url}/join", headers={"host": host}, timeout=10).ok, host


def test_a_name_is_read_from_a_host_and_nothing_else() -> None:
    assert host_name("LocalHost.:8501") == "localhost"
    assert {host_name(bad) for bad in ("localhost/x", "a@localhost", "localhost:x", "[")} == {""}
    assert "" not in own_names()


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1"])
def test_a_websocket_of_another_site_is_refused(server: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, dial(server, {}, Origin=origin):
        pass

    assert refused.value.response.status_code == 403


def test_a_name_that_was_bound_to_this_laptop_opens_no_websocket(server: Server) -> None:
    with pytest.raises(InvalidStatus) as refused, dial(server, {}, named="evil.example"):
        pass
    with dial(server, {}, named="room.example") as line:
        assert line.subprotocol == "streamlit"

    assert refused.value.response.status_code == 403


def test_every_route_of_streamlit_is_decided() -> None:
    """A new version may bring a new way in: it is looked at before it is let through."""
    runtime: Any = SimpleNamespace(
        media_file_mgr=SimpleNamespace(_storage=None),
        uploaded_file_mgr=None,
        component_registry=None,
        bidi_component_registry=None,
        stats_mgr=None,
    )
    paths = {getattr(route, "path", "") for route in create_streamlit_routes(runtime)}
    decided = {path: is_open(path) for path in paths}

    assert {path for path, is_let in decided.items() if is_let} == {
        *("/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/metrics"),
        *("/_stcore/bidi-components/{path:path}", "/media/{file_id:path}", ""),
        "/_stcore/upload_file/{session_id}/{file_id}",
    }
    assert {path for path, is_let in decided.items() if not is_let} == {
        *(f"/_stcore/agent/{name}" for name in ("interact", "openapi.json", "mcp")),
        *("/component/{path:path}", "/auth/login", "/auth/logout", "/oauth2callback"),
    }


def test_uploads_agents_and_metrics_are_closed(server: Server) -> None:
    for method, path, status in (
        ("PUT", "/_stcore/upload_file/a/b", 403),
        ("DELETE", "/_stcore/upload_file/a/b", 403),
        ("OPTIONS", "/_stcore/upload_file/a/b", 403),
        ("POST", "/_stcore/agent/interact", 404),
        ("GET", "/_stcore/agent/openapi.json", 404),
        ("GET", "/_stcore/script-health-check", 404),
        ("GET", "/auth/login", 404),
        ("GET", "/_stcore/metrics", 403),
        ("OPTIONS", "/_stcore/metrics", 403),
        ("POST", "/sign-in", 413),
    ):
        body = b"x" * 1_000_001 if status == 413 else b""
        answer = requests.request(method, server.url + path, data=body, timeout=10)

        assert answer.status_code == status, path
        assert "Traceback" not in answer.text


def test_a_file_is_brought_by_the_facilitator_alone(server: Server) -> None:
    hers, path = signed_in(server), f"{server.url}/_stcore/upload_file/a/b"
    small, large = {"file": b"x"}, {"file": b"x" * 1_000_001}

    for cookies, files, status in (
        ({}, small, 403),
        ({FACILITATOR_COOKIE: "x" * 43}, small, 403),
        ({"discovery_room_seat": hers[FACILITATOR_COOKIE]}, small, 403),
        (hers, large, 413),
    ):
        answer = requests.put(path, files=files, cookies=cookies, timeout=10)
        assert answer.status_code == status
    # Hers reaches Streamlit, which wants its own token against forged requests as well.
    answer = requests.put(path, files=small, cookies=hers, timeout=10)
    assert (answer.status_code, "XSRF" in answer.text) == (403, True)


ASKED = {
    "file_urls_response": BackMsg(
        file_urls_request={"request_id": "1", "file_names": ["a"], "session_id": "x"}
    ),
    "backend_operation_response": BackMsg(
        backend_operation_request={"request_id": "1", "deferred_file": {"file_id": "x"}}
    ),
}


@pytest.mark.parametrize("whose", ["nobody's", "the facilitator's", "signed out"])
def test_only_the_facilitators_page_asks_for_files(server: Server, whose: str) -> None:
    cookies = {} if whose == "nobody's" else signed_in(server)
    with Tab(server, "/", cookies) as tab:
        if whose == "signed out":
            requests.post(f"{server.url}/sign-out", cookies=cookies, timeout=10)

        heard = answers_to(tab, list(ASKED.values()))

    assert heard & set(ASKED) == (set(ASKED) if whose == "the facilitator's" else set())


def test_of_the_operations_of_streamlit_only_one_is_ours(server: Server) -> None:
    others = [
        BackMsg(backend_operation_request={"request_id": "1", **request})
        for request in (
            {"install_skills": {}},
            {"dismiss_skills_nudge": {}},
            {"dataframe_chunk": {}},
        )
    ]
    with Tab(server, "/", signed_in(server)) as tab:
        heard = answers_to(tab, [*others, BackMsg(debug_shutdown_runtime=True)])

    assert "backend_operation_response" not in heard


def answers_to(tab: Tab, asked: list[BackMsg]) -> set[str | None]:
    """Send messages, and give the kinds of all that is heard until the line is quiet."""
    for message in asked:
        tab.socket.send(message.SerializeToString())
    heard: set[str | None] = set()
    with contextlib.suppress(TimeoutError):
        while True:
            heard.add(ForwardMsg.FromString(tab.socket.recv(timeout=0.7)).WhichOneof("type"))
    return heard


def test_garbage_text_and_giants_close_the_line_without_a_fault(server: Server) -> None:
    for frame, code in (("text", 1003), (b"\xff\xff\xff", 1002), (b"x" * 1_000_001, 1009)):
        with dial(server, {}) as line:
            line.send(frame)

            assert closed_with(line) == code
    assert "Traceback" not in server.printed()


def test_a_message_that_no_page_sends_is_not_answered(server: Server) -> None:
    with Tab(server, "/score?workshop=ZZZZ") as tab:
        for asked in (
            BackMsg(load_git_info=True),
            BackMsg(clear_cache=True),
            BackMsg(set_run_on_save=True),
            BackMsg(file_urls_request={"request_id": "1", "file_names": ["a"], "session_id": "x"}),
            BackMsg(backend_operation_request={"request_id": "1"}),
        ):
            tab.socket.send(asked.SerializeToString())
        heard = set()
        tab.socket.send(tab.message())
        while "script_finished" not in heard:
            heard.add(ForwardMsg.FromString(tab.socket.recv(timeout=10)).WhichOneof("type"))

    assert not heard & {"file_urls_response", "backend_operation_response", "git_info_changed"}


@pytest.mark.parametrize("kind", [field.name for field in BackMsg.DESCRIPTOR.oneofs[0].fields])
def test_only_what_our_pages_send_reaches_streamlit(kind: str) -> None:
    frame = BackMsg()
    part = getattr(frame, kind)
    part.SetInParent() if hasattr(part, "SetInParent") else setattr(frame, kind, True)
    frames = iter([frame.SerializeToString(), b"", BackMsg(app_heartbeat=True).SerializeToString()])
    reached: list[bytes] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["bytes"] != BackMsg(app_heartbeat=True).SerializeToString():
            reached.append(b"")

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": next(frames)}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    scope = {"type": "websocket", "headers": []}
    asyncio.run(OnlyOurMessages(app)(scope, receive, send))

    assert len(reached) == (kind == "rerun_script")


def test_different_wrong_codes_pause_an_address_and_no_header_starts_anew(
    elsewhere: Server,
) -> None:
    def ask(path: str, headers: dict[str, str] | None = None) -> requests.Response:
        return requests.get(elsewhere.url + path, headers=headers, timeout=10)

    for typed in ("", "?code=", "?code=ABC", "?code=AB0C", "/A"):
        assert ask(f"/join{typed}").status_code in (200, 400, 404)  # no code is like these
    ways = ("/join?code=", "/join/", "/push/", "/take-over/", "/hand-over/") * 4
    wrong = [ask(f"{way}ZZ{code}") for way, code in zip(ways, codes(), strict=False)]
    paused = [ask(f"{way}XXXX", PROXIED) for way in ways[:5]] + [ask("/join")]

    assert {answer.status_code for answer in wrong} == {400, 404}
    assert {answer.status_code for answer in paused} == {429}
    assert "Too many tries. Wait 1 minute." in paused[0].text
    assert ask("/join/ZZ22").status_code == 404  # asked before: it tells nothing new
    assert post(elsewhere, "/vote/XXXX").status_code == 429


def codes() -> Iterator[str]:
    yield from (a + b for a in CODE_LETTERS for b in CODE_LETTERS)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/score?workshop=<script>", "letters and numbers"),
        ("/score?workshop=ZZZZ&workshop=YYYY", "No open workshop has this code"),
        ("/score?page=../../&workshop=ZZZZ", "No open workshop has this code"),
        ("/room?role=facilitator&seat=1&workshop=ZZZZ", "For the facilitator"),
        ("/../../etc/passwd", "Partners of one place"),
    ],
)
def test_an_address_that_was_tampered_with_gets_a_sentence(
    server: Server, address: str, sentence: str
) -> None:
    with Tab(server, address) as tab:
        assert sentence in tab.drawn.text


def test_a_path_that_climbs_is_a_bad_request(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(b"GET /..%2f..%2fetc/passwd HTTP/1.1\r\nhost: localhost\r\n\r\n")

        assert line.recv(100).startswith(b"HTTP/1.1 400")


def test_a_session_that_somebody_takes_up_is_not_signed_in(server: Server) -> None:
    with Tab(server, "/set-up", signed_in(server)) as hers:
        assert "Make the workshop" in hers.drawn.widgets
        session = hers.session
    taken = Tab(server, "/set-up")
    taken.line = dial(server, {}, session=session)
    with taken:
        assert "For the facilitator" in taken.drawn.text
        assert "Make the workshop" not in taken.drawn.widgets


@pytest.mark.long
def test_a_busy_port_is_named_before_anything_else(server: Server, tmp_path: Path) -> None:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=os.environ
        | {"DISCOVERY_ROOM_PORT": str(server.port), "DISCOVERY_ROOM_FILE": str(tmp_path / "r")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert f"Port {server.port} is in use: is the app already running?" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert time.monotonic() - began < 10  # 1.1 s where the machine is quiet


def refused_at_the_start(monkeypatch: pytest.MonkeyPatch, port: object, fault: OSError) -> str:
    def refuse(*_: object) -> None:
        raise fault

    monkeypatch.setenv("DISCOVERY_ROOM_PORT", str(port))
    monkeypatch.setattr(starting.socket, "socket", refusing := type("Refusing", (), {}))
    refusing.__enter__ = lambda self: self
    refusing.__exit__ = lambda *_: None
    refusing.setsockopt = lambda *_: None
    refusing.bind = refuse
    with pytest.raises(SystemExit) as told:
        starting.settings()
    return str(told.value)


@pytest.mark.parametrize(
    ("port", "instead"), [(80, 8501), (8501, 9501), (8550, 9501), (65535, 8501)]
)
def test_a_port_that_the_system_keeps_is_named_and_one_far_from_it_proposed(
    monkeypatch: pytest.MonkeyPatch, port: int, instead: int
) -> None:
    kept = refused_at_the_start(monkeypatch, port, PermissionError(errno.EACCES, "forbidden"))
    used = refused_at_the_start(monkeypatch, port, OSError(errno.EADDRINUSE, "in use"))
    gone = refused_at_the_start(monkeypatch, port, OSError(errno.EADDRNOTAVAIL, "no such address"))

    assert kept.startswith(f"Port {port} may not be used here: the system keeps it for itself.")
    assert used.startswith(f"Port {port} is in use: is the app already running?")
    for told in (kept, used):
        assert told.endswith(f"et DISCOVERY_ROOM_PORT to another number, for example {instead}.")
    assert "none of this laptop's" in gone


@pytest.mark.parametrize("port", ["0", "65536", "eight", "-1", "80.5", "8501;"])
def test_a_port_that_is_none_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    told = refused_at_the_start(monkeypatch, port, OSError())

    assert told == "DISCOVERY_ROOM_PORT must be a number from 1 to 65535, for example 8501."


def asked_of_the_app(file: str, folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"DISCOVERY_ROOM_FILE": file, "PYTHONIOENCODING": "cp1252"}
    return subprocess.run(
        [sys.executable, ROOT / "app.py", *words],
        cwd=folder,
        env=environment | {"HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.long
def test_what_is_printed_into_a_file_of_few_letters_ends_in_no_fault(tmp_path: Path) -> None:
    done = asked_of_the_app(str(tmp_path / "\u4f1a\u8bae.duckdb"), tmp_path, "copies")

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"There is no copy of ??.duckdb yet." in done.stdout


def test_the_home_folder_may_be_said_with_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    for named, meant in (
        ("~/room.duckdb", Path("/somewhere/room.duckdb")),
        ("~nobody-here/room.duckdb", Path("~nobody-here/room.duckdb")),
        ("rooms/~/room.duckdb", Path("rooms/~/room.duckdb")),
    ):
        monkeypatch.setenv("DISCOVERY_ROOM_FILE", named)

        assert room_file() == meant


@pytest.mark.file
@pytest.mark.parametrize("path", ["what next?/room.duckdb", "why?.duckdb", "a\\b.duckdb"])
def test_a_mark_that_the_engine_takes_for_another_place_is_named(tmp_path: Path, path: str) -> None:
    mark = "?" if "?" in path else "\\"
    (tmp_path / "link").symlink_to(tmp_path / path)
    for file in (tmp_path / path, tmp_path / "link"):
        with pytest.raises(FileUnusable) as told:
            open_database(file)

        assert f"holds “{mark}”, and no room's file can be kept with it." in str(told.value)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["link"]


def test_a_clock_far_from_today_is_named() -> None:
    assert "This laptop says it is 3 March 2021." in clock_warning(date(2021, 3, 3))
    assert "2040" in clock_warning(date(2040, 1, 1))
    assert {
        clock_warning(day) for day in (date(2026, 1, 5), date(2027, 6, 1), date(2031, 1, 1))
    } == {""}


def test_another_version_is_named_in_one_line(tmp_path: Path) -> None:
    pins = tmp_path / "requirements.txt"
    pins.write_text("streamlit==1.67.0\nduckdb==9.9.9\nrequests==0.0.1\n", encoding="utf-8")

    warning = versions_warning(pins, version)

    assert "duckdb 9.9.9 (here is 2.0.0)" in warning
    assert "\n" not in warning
    assert "streamlit" not in warning
    assert versions_warning(ROOT / "requirements.txt", version) == ""


def test_a_script_that_was_left_half_loaded_is_given_whole_to_the_next() -> None:
    answers = iter([b"half", b"whole"])

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        part = next(answers)
        headers = [(b"content-encoding", b"gzip"), (b"content-type", b"text/javascript")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": part, "more_body": part == b"half"})

    kept = PressedOnce(app)
    scope = {"type": "http", "method": "GET", "path": "/static/js/a.js"}
    heard: list[bytes] = []

    async def ask() -> None:
        async def send(message: Message) -> None:
            heard.append(message.get("body", b""))

        await kept({**scope, "headers": [(b"accept-encoding", b"gzip")]}, lambda: None, send)  # type: ignore[arg-type]

    for _ in range(3):
        asyncio.run(ask())

    assert heard == [b"", b"whole"] * 2
