"""The routes beside the pages, on a real server."""

import asyncio
import base64
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from pages._server.pressed import PressedOnce
from pages._server.shell import LATER, NEEDED_SOON, with_first_words
from tests.kit.serving import ROOT, Server, serving

JOIN_SENTENCES = [
    ("", "Type the join code shown on the screen."),
    ("ABC", "A join code has 4 or 8 characters; this has 3."),
    ("ZZZZ", "No open workshop has this code. Check it with your facilitator."),
    ("' OR 1=1 --", "The code can only have letters and numbers."),
    ("<script>alert(1)</script>", "The code can only have letters and numbers."),
    ("🏥🏥", "The code can only have letters and numbers."),
    ("x" * 10_000, "A join code has 4 or 8 characters; this has 32."),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: its wrong codes are counted against this laptop."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.mark.parametrize(("typed", "sentence"), JOIN_SENTENCES)
def test_a_wrong_code_gets_a_sentence_on_the_join_page(
    server: Server, typed: str, sentence: str
) -> None:
    page = requests.get(f"{server.url}/join", params={"code": typed}, timeout=10)

    assert page.status_code == 400
    assert sentence in page.text
    assert "<script>alert" not in page.text


def test_the_join_page_is_small_and_runs_no_script(server: Server) -> None:
    page = requests.get(f"{server.url}/join", timeout=10)

    assert page.ok
    assert len(page.content) < 5_000
    assert "<script" not in page.text


def test_a_link_to_a_workshop_that_is_not_there_says_so(server: Server) -> None:
    for method in (requests.get, requests.post):
        page = method(f"{server.url}/join/ZZZZ", timeout=10)

        assert page.status_code == 404
        assert "No open workshop has this code" in page.text
        assert "set-cookie" not in page.headers


def test_a_sign_in_link_works_once_and_leaves_no_secret_in_the_address(server: Server) -> None:
    link = server.link()

    first = requests.get(link, allow_redirects=False, timeout=10)
    second = requests.get(link, allow_redirects=False, timeout=10)

    assert (first.status_code, first.headers["location"]) == (303, "/")
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert second.status_code == 410
    assert "already used" in second.text
    assert "set-cookie" not in second.headers
    assert server.link() != link


@pytest.mark.parametrize(
    "path", ["/", "/join", "/score?workshop=ZZZZ", "/_stcore/health", "/nowhere"]
)
def test_every_answer_carries_the_safe_headers(server: Server, path: str) -> None:
    headers = requests.get(server.url + path, timeout=10).headers

    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"].replace("wasm-unsafe-eval", "")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


def test_a_file_that_is_kept_and_a_refusal_carry_them_too(server: Server) -> None:
    asked = {"accept-encoding": "gzip"}
    first, kept = (requests.get(script_of(server), headers=asked, timeout=10) for _ in range(2))
    foreign = {"host": "elsewhere.example"}
    refused = requests.get(script_of(server), headers=asked | foreign, timeout=10)

    assert [first.status_code, kept.status_code, refused.status_code] == [200, 200, 403]
    for answer in (first, kept, refused):
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("link", ["x", "%C3%A9", "%F0%9F%8F%A5", "x" * 5000])
def test_a_link_that_nobody_gave_out_is_refused_in_a_sentence(server: Server, link: str) -> None:
    page = requests.get(f"{server.url}/sign-in/{link}", timeout=10)

    assert page.status_code == 410
    assert "set-cookie" not in page.headers


def test_the_push_line_refuses_what_it_does_not_know(server: Server) -> None:
    for path in ("/push/ZZZZ?channel=room", "/push/ZZZZ", "/push/AB?channel=all"):
        assert requests.get(server.url + path, timeout=10).status_code == 404


def test_a_page_of_another_site_cannot_seat_a_device(server: Server) -> None:
    page = requests.post(
        f"{server.url}/join/ZZZZ",
        data={"team": "x"},
        headers={"sec-fetch-site": "cross-site"},
        timeout=10,
    )

    assert page.status_code == 403
    assert "set-cookie" not in page.headers


def script_of(server: Server) -> str:
    page = requests.get(server.url, timeout=10).text
    found = re.search(r'static/js/index[^"]+', page)
    assert found
    return f"{server.url}/{found[0]}"


def test_a_script_is_compressed_once_and_is_the_same_each_time(server: Server) -> None:
    plain = requests.get(script_of(server), headers={"accept-encoding": "identity"}, timeout=10)
    answers = [requests.get(script_of(server), timeout=10) for _ in range(3)]

    for answer in answers:
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < len(plain.content) / 2
        assert answer.content == plain.content
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "content-encoding" not in plain.headers


def test_what_may_be_fetched_ahead_is_what_a_seat_then_asks_for(server: Server) -> None:
    page = requests.get(f"{server.url}/score?workshop=ZZZZ", timeout=10).text
    asked = set(re.findall(r'"\.(/static/(?:js|css)/[^"]+)"', page))

    assert len(asked) > 40
    assert asked < set(NEEDED_SOON)
    assert all(any(f"/{name}." in path for path in NEEDED_SOON) for name in LATER)
    for path in NEEDED_SOON:
        answer = requests.get(f"{server.url}{path}", timeout=10)
        assert answer.ok
        assert "html" not in answer.headers["content-type"]
        assert "immutable" in answer.headers["cache-control"]


def test_streamlit_still_reads_from_the_page_where_its_server_is(server: Server) -> None:
    """Without that it asks below the page's own address first: two answers of nothing."""
    page = requests.get(server.url, timeout=10).text
    assert re.search(r"window\.__streamlit = \{\s+BACKEND_BASE_URL", page)
    script = requests.get(script_of(server), timeout=10).text
    assert "window.__streamlit" in script
    assert re.search(r"\.BACKEND_BASE_URL\),\{pathname:", script)


def test_a_part_of_a_script_is_still_a_part(server: Server) -> None:
    requests.get(script_of(server), timeout=10)

    part = requests.get(script_of(server), headers={"range": "bytes=0-9"}, timeout=10)

    assert (part.status_code, len(part.content)) == (206, 10)


@pytest.mark.parametrize("letters", [5000, 50], ids=["compressed", "too small to be"])
@pytest.mark.parametrize(
    ("path", "kind", "asked"),
    [
        ("/static/js/a.js", "text/javascript", 1),
        ("/static/media/a.woff2", "font/woff2", 1),
        ("/static/js/none.js", "text/html", 2),
        ("/score", "text/javascript", 2),
    ],
)
def test_only_files_are_kept(path: str, kind: str, asked: int, letters: int) -> None:
    calls: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        calls.append(scope["path"])
        await PlainTextResponse("x" * letters, media_type=kind)(scope, receive, send)

    kept = PressedOnce(GZipMiddleware(app))
    scope = {"type": "http", "method": "GET", "path": path}
    headers = [(b"accept-encoding", b"gzip")]

    async def ask() -> list[Message]:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        await kept({**scope, "headers": headers}, lambda: asyncio.sleep(0), send)  # type: ignore[arg-type, return-value]
        return sent

    first, second = asyncio.run(ask()), asyncio.run(ask())

    assert len(calls) == asked
    assert [reply.get("body") for reply in first] == [reply.get("body") for reply in second]


def test_a_seat_loads_no_font_of_icons(server: Server) -> None:
    def fonts(path: str, host: str = "room.local:8501") -> str:
        headers = requests.get(server.url + path, headers={"host": host}, timeout=10).headers
        return headers["content-security-policy"].split("font-src ")[1].split(" data:")[0]

    assert re.fullmatch(
        r"http://room\.local:8501/static/media/SourceSansVF-Upright\S+", fonts("/score")
    )
    assert fonts("/score", "x; script-src *") == "'self'"
    assert fonts("/room") == "'self'"


def test_the_server_asks_for_files_enough_for_a_hall(server: Server) -> None:
    limits = Path(f"/proc/{server.process.pid}/limits") if server.process else Path()
    if not limits.exists():
        pytest.skip("This system does not say how many files a process may open.")

    line = next(line for line in limits.read_text().splitlines() if "open files" in line)
    soft, hard = (int(word) for word in line.split()[3:5])

    assert soft >= min(8192, hard)


def test_a_path_that_climbs_is_refused(server: Server) -> None:
    page = requests.get(f"{server.url}/..%2f..%2fetc/passwd", timeout=10)

    assert "root:" not in page.text


@pytest.mark.long
@pytest.mark.file
def test_a_second_copy_on_the_same_file_ends_with_one_sentence(server: Server) -> None:
    second = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=_environment(server),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    said = second.stdout + second.stderr
    assert second.returncode != 0
    assert "open in another window of Discovery Room" in said
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="reads what the kernel counts")
def test_a_room_at_rest_has_no_thread_beside_its_own_that_looks_for_anything(
    server: Server,
) -> None:
    assert server.process
    process = server.process.pid

    def rests() -> bool:
        before = woken(process)
        time.sleep(1)
        return all(
            times - before.get(thread, times) <= 3  # the one that keeps copies looks once
            for thread, times in woken(process).items()
            if thread != process
        )

    assert any(rests() for _ in range(10))


def woken(process: int) -> dict[int, int]:
    """Count how often each thread of a process had waited and went on, by its id."""
    counted = {}
    for status in Path(f"/proc/{process}/task").glob("*/status"):
        with suppress(OSError):  # it has ended since
            waited = re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status.read_text(), re.M)
            counted[int(status.parent.name)] = int(waited[1]) if waited else 0
    return counted


def test_the_server_said_nothing_wrong(server: Server) -> None:
    said = server.printed()

    assert "Traceback" not in said
    assert "external" not in said.casefold()


def _environment(server: Server) -> dict[str, str]:
    return os.environ | {
        "DISCOVERY_ROOM_FILE": str(server.room_file),
        "DISCOVERY_ROOM_BROWSER": "no",
        "DISCOVERY_ROOM_PORT": str(server.port + 1),
    }


def test_a_page_brings_words_for_who_sees_nothing_else_of_it(server: Server) -> None:
    for path in ("", "score?workshop=ZZZZ", "gaps"):
        page = requests.get(f"{server.url}/{path}", timeout=10)
        script = page.text.partition("<script>")[2].partition("</script>")[0]
        name = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

        assert page.headers["content-encoding"] == "gzip"
        assert "<title>Discovery Room</title>" in page.text
        assert 'id="first-words"' in page.text
        assert "needs JavaScript" in page.text
        assert "AI agents" not in page.text
        assert f"'sha256-{name}'" in page.headers["Content-Security-Policy"]
        # An old browser reads it too: it has to say that the page's own script cannot be read.
        assert not re.search(
            r"=>|\bconst\b|\blet\b|`|\?\.|\bclass\b|\basync\b", without_words(script)
        )
    assert requests.head(server.url, timeout=10).ok


def without_words(script: str) -> str:
    """Leave comments and texts out."""
    return re.sub(r"//[^\n]*|\"[^\"\n]*\"|'[^'\n]*'", "", script)


def test_another_page_is_left_as_it_is() -> None:
    assert with_first_words("<html><body>Join</body></html>") == "<html><body>Join</body></html>"


_ASKED_TWICE = """
import asyncio, signal, sys
from pages._server import life

async def serve():
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    life._leave = lambda asked: None
    life._end_lines_with_the_server()
    for step in range(80):
        steps = iter(range(step + 1))

        def on(frame, event, value):
            if next(steps, None) == step:
                sys.settrace(None)
                signal.raise_signal(signal.SIGTERM)
            return on

        sys.settrace(on)
        signal.raise_signal(signal.SIGINT)
        sys.settrace(None)
    print("asked 160 times")

asyncio.run(serve())
"""


@pytest.mark.long
def test_a_second_wish_to_stop_may_come_in_the_middle_of_the_first() -> None:
    """It waited for a lock that the first held: the window stayed, and Ctrl+C did nothing more."""
    done = subprocess.run(
        [sys.executable, "-c", _ASKED_TWICE], cwd=ROOT, capture_output=True, timeout=240, check=True
    )

    assert b"asked 160 times" in done.stdout
