"""The routes beside the pages, on a real server."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests

from tests.serving import ROOT, Server, serving

JOIN_SENTENCES = [
    ("", "Type the join code shown on the screen."),
    ("ABC", "A join code has 4 characters; this has 3."),
    ("ZZZZ", "No open workshop has this code. Check it with your facilitator."),
    ("' OR 1=1 --", "The code can only have letters and numbers."),
    ("<script>alert(1)</script>", "The code can only have letters and numbers."),
    ("🏥🏥", "The code can only have letters and numbers."),
    ("x" * 10_000, "A join code has 4 characters; this has 32."),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
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


def test_a_path_that_climbs_is_refused(server: Server) -> None:
    page = requests.get(f"{server.url}/..%2f..%2fetc/passwd", timeout=10)

    assert "root:" not in page.text


def test_a_second_copy_on_the_same_file_ends_with_one_sentence(server: Server) -> None:
    second = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=_environment(server),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    said = second.stdout + second.stderr
    assert second.returncode != 0
    assert "open in another window of Discovery Room" in said
    assert "Traceback" not in said


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
