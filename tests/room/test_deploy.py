"""What a hosted room is deployed by: each file says what the app reads, and the trial runs."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
import yaml

from tests.kit.serving import ROOT, free_port

DEPLOY: Final = ROOT / "deploy"
SETTING: Final = re.compile(r"\b(?:DISCOVERY_ROOM|STREAMLIT)_[A-Z_]+\b")
# Streamlit reads these itself: server.cookieSecret and server.address.
STREAMLITS: Final = {"STREAMLIT_SERVER_COOKIE_SECRET", "STREAMLIT_SERVER_ADDRESS"}


def read_by_the_app() -> set[str]:
    sources = " ".join(path.read_text("utf-8") for path in (ROOT / "pages").rglob("*.py"))
    return set(re.findall(r'"(DISCOVERY_ROOM_[A-Z_]+)"', sources)) | STREAMLITS


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


@pytest.mark.parametrize("file", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_every_setting_is_one_that_the_app_reads(file: Path) -> None:
    text = file.read_text("utf-8")

    assert set(SETTING.findall(text)) <= read_by_the_app()
    assert set(re.findall(r"\$\{([A-Z_]+):\?", text)) <= named_in_the_example()


def named_in_the_example() -> set[str]:
    example = (DEPLOY / ".env.example").read_text("utf-8")
    return set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))


def test_every_process_has_its_name_with_caddy_and_shares_what_must_be_shared(compose: Any) -> None:
    services = compose["services"]
    rooms = sorted(name for name in services if name.startswith("room-"))

    assert services["caddy"]["environment"]["ROOM_PROCESSES"].split() == [
        f"{name}:8501" for name in rooms
    ]
    assert len(rooms) == 2
    settings = [services[name]["environment"] for name in (*rooms, "prepare")]
    assert settings[0] == settings[1] == settings[2]
    assert settings[0]["DISCOVERY_ROOM_DATABASE"].startswith("postgresql://room:")
    assert settings[0].keys() >= {"STREAMLIT_SERVER_COOKIE_SECRET", "DISCOVERY_ROOM_ADDRESS"}


def test_the_address_that_is_believed_is_caddys_and_no_port_goes_around_it(compose: Any) -> None:
    services = compose["services"]
    caddy = services["caddy"]["networks"]["inside"]["ipv4_address"]

    assert services["room-1"]["environment"]["DISCOVERY_ROOM_PROXY"] == caddy
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]
    for name, service in services.items():
        assert "healthcheck" in service or name == "caddy", name


def test_the_image_holds_what_the_app_is_made_of_and_no_room() -> None:
    lines = (DEPLOY / "Containerfile").read_text("utf-8").splitlines()
    copied = {word for line in lines if line.startswith("COPY") for word in line.split()[1:-1]}
    listed = subprocess.run(
        ["git", "ls-files", "data"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert copied >= {"app.py", "pages", "aqua_core", ".streamlit", "requirements.txt"}
    assert copied >= {"/".join(Path(line).parts[:2]) for line in listed}
    assert "data" not in copied
    assert all((ROOT / name).exists() for name in copied)


def test_the_unit_is_one_that_systemd_understands(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not on this machine")
    unit = (DEPLOY / "discovery-room@.service").read_text("utf-8")
    here = tmp_path / "discovery-room@8501.service"
    python = "/opt/discovery-room/.venv/bin/python app.py"
    assert python in unit
    here.write_text(unit.replace(python, sys.executable).replace("User=room", "User=root"))

    done = subprocess.run(
        ["systemd-analyze", "verify", str(here)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


class Tried:
    """The trial while it runs: its address, its link, and its processes."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / "try.log"
        settings = os.environ | {"PYTHON": sys.executable, "TMPDIR": str(folder)}
        settings.pop("DISCOVERY_ROOM_DATABASE", None)
        with self.log.open("wb") as out:
            self.script = subprocess.Popen(
                [DEPLOY / "try.sh", str(self.port)],
                env=settings,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def link(self) -> str:
        for _ in range(1800):
            if found := re.search(r"http://localhost:\d+/sign-in/\S+", self.said()):
                return found[0]
            assert self.script.poll() is None, self.said()
            time.sleep(0.1)
        raise AssertionError(self.said())

    def apps(self) -> list[int]:
        """Give the ids of the app's processes."""
        found = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.script.pid)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return [int(line.split()[0]) for line in found.splitlines() if line.endswith(" app.py")]


@pytest.fixture
def tried() -> Iterator[Tried]:
    if not shutil.which("caddy"):
        pytest.skip("Caddy is not on this machine")
    # Not a folder of pytest's: PostgreSQL's own user cannot go through those.
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        trial = Tried(Path(folder))
        yield trial
        if trial.script.poll() is None:
            os.killpg(trial.script.pid, signal.SIGINT)
            trial.script.wait(60)


@pytest.mark.slow
@pytest.mark.shared
def test_one_command_tries_it_and_ctrl_c_ends_all_of_it(tried: Tried) -> None:
    signs_in = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    assert signs_in.open(tried.link(), timeout=10).status == 200
    first, second = tried.apps()

    os.kill(first, signal.SIGKILL)
    began = time.monotonic()
    with urllib.request.urlopen(f"http://localhost:{tried.port}/join", timeout=10) as answer:
        assert b"Join code" in answer.read()
    assert time.monotonic() - began < 5

    os.killpg(tried.script.pid, signal.SIGINT)  # as a terminal does
    assert tried.script.wait(60) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)
    assert sorted(path.name for path in tried.log.parent.iterdir()) == ["try.log"]
