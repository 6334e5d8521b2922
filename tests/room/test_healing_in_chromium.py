"""A process dies, the database restarts: whoever was on them goes on, untouched. Caddy is needed.

With TEST_ENGINE=postgresql alone.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit import engines
from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context
from tests.kit.gestures import choose, goes_on, join, opened, revealed, set_up, signed_in
from tests.kit.serving import Server
from tests.room.test_host_in_chromium import paired

pytestmark = [
    *(pytest.mark.slow, pytest.mark.long, pytest.mark.shared),
    pytest.mark.skipif(which("caddy") is None, reason="needs Caddy"),
]
AWAY = re.compile("The room's database does not answer")
SOON = 20_000  # ms
_PROXY = """{{
    admin off
    auto_https off
}}
:{port} {{
    reverse_proxy localhost:{first} localhost:{second} {{
        lb_policy cookie
        lb_try_duration 3s
        health_uri /_stcore/health
        health_interval 1s
    }}
}}
"""


class Proxied(Server):
    """What a browser opens in the place of a server: the proxy before two."""

    def __init__(self, folder: Path, first: Server, second: Server) -> None:
        super().__init__(folder / "room.duckdb", folder / "proxy.log")
        said = _PROXY.format(
            folder=folder / "proxy", port=self.port, first=first.port, second=second.port
        )
        (folder / "Caddyfile").write_text(said, encoding="utf-8")


@contextmanager
def proxied(folder: Path, first: Server, second: Server) -> Iterator[Server]:
    proxy = Proxied(folder, first, second)
    words = ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    kept = os.environ | {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with proxy.log.open("wb") as log:
        proxy.process = subprocess.Popen(words, env=kept, stdout=log, stderr=log)
    try:
        proxy._wait()
        yield proxy
    finally:
        proxy.stop(kill=True)  # it would wait for the lines that pages hold open


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[engines.Cluster]:
    """Give a database of this test alone, which it may stop."""
    own = engines.Cluster(durable=True)
    engines.database.prepare_shared(own.make("room"))
    monkeypatch.setattr(engines, "address_of", lambda _: own.address("room"))
    monkeypatch.setenv("STREAMLIT_SERVER_COOKIE_SECRET", "the same for both")
    yield own
    own.end()


def test_pages_come_back_by_themselves_when_their_process_dies_and_when_the_database_restarts(
    browser: Browser, tmp_path: Path, cluster: engines.Cluster
) -> None:
    first, second = (Server(tmp_path / "room.duckdb", tmp_path / f"{n}.log") for n in "ab")
    try:
        first.start(), second.start()
        with proxied(tmp_path, first, second) as proxy:
            desk = signed_in(browser, first, LAPTOP)
            desk.goto(proxy.url)
            code = set_up(desk)
            wall = context(browser, PROJECTOR).new_page()
            paired(desk, wall, proxy, "Show it there")
            seat = join(browser, proxy, code, "Council", PHONE)
            opened(desk, seats=1)
            choose(seat, 2, "1 of 8 saved")

            first.stop(kill=True)
            goes_on(seat)
            choose(seat, 3, "2 of 8 saved")
            expect(wall.get_by_text(re.compile("2 of 8 answers"))).to_be_visible(timeout=SOON)
            expect(desk.get_by_text(re.compile("2 of 8 answers"))).to_be_visible(timeout=SOON)

            cluster.stop("immediate")
            for page in (wall, seat, desk):
                page.reload()
                expect(page.get_by_text(AWAY)).to_be_visible(timeout=SOON)
            cluster.start()
            for page in (wall, seat, desk):  # nobody touches them
                expect(page.get_by_text(AWAY)).to_have_count(0, timeout=SOON)
            expect(wall.get_by_text(re.compile("2 of 8 answers"))).to_be_visible(timeout=SOON)
            goes_on(seat)
            choose(seat, 4, "3 of 8 saved")
            revealed(desk)
            expect(seat.locator("label")).to_have_count(0, timeout=SOON)
            assert_no_traceback(desk, wall, seat)
    finally:
        first.stop(kill=True)
        second.stop(kill=True)
    assert "Traceback" not in first.printed() + second.printed()


def assert_no_traceback(*pages: Page) -> None:
    for page in pages:
        assert "Traceback" not in page.locator("body").inner_text()
