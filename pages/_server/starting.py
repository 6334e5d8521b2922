"""What is looked at before the room opens: the port, the passphrase, the clock, the versions."""

import errno
import os
import re
import socket
import sys
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from aqua_core.errors import PassphraseRefused
from aqua_core.workshop.signing_in import set_passphrase
from pages._address import ADDRESS
from pages._people import DIRECTORY_CALLED

PORT: Final = "DISCOVERY_ROOM_PORT"
PASSPHRASE: Final = "DISCOVERY_ROOM_PASSPHRASE"
MADE_ON: Final = date(2026, 11, 22)  # no clock that is right shows a day long before this one
WATCHED: Final = ("streamlit", "duckdb", "pandas", "altair", "pydantic")
ISSUER: Final = "DISCOVERY_ROOM_DIRECTORY"
CLIENT: Final = "DISCOVERY_ROOM_DIRECTORY_CLIENT"
SECRET: Final = "DISCOVERY_ROOM_DIRECTORY_SECRET"
_AN_ISSUER: Final = re.compile(r"https://\S+|http://(?:localhost|127\.0\.0\.1)(?:[:/]\S*)?")
_TOP: Final = Path(__file__).resolve().parents[2]
_PINS: Final = _TOP / "requirements.txt"
_OLDEST_PYTHON: Final = (3, 11)
_USUAL: Final = 8501
_IN_A_ROW: Final = 100
_AN_ADDRESS: Final = re.compile(
    r"(?:https?://)?(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?/?", re.IGNORECASE
)


def print_anywhere() -> None:
    """Let a console or a file that knows few letters take a "?" for the others, and never fail."""
    for out in (sys.stdout, sys.stderr):
        if isinstance(out, TextIOWrapper):
            out.reconfigure(errors="replace")


def settings() -> dict[str, int]:
    """Give what the environment sets beyond .streamlit/config.toml: the port, which is free.

    Ends the program with one sentence where the port is no number, is somebody's or is forbidden,
    or where the address is none or a directory is half named.
    """
    if refused := address_refused(os.environ.get(ADDRESS, "")) or directory_refused():
        sys.exit(refused)
    typed = (os.environ.get(PORT, "") or _set_in_file("port", str(_USUAL))).strip()
    if not typed.isdecimal() or not 0 < int(typed) < 65_536:
        sys.exit(f"{PORT} must be a number from 1 to 65535, for example {_USUAL}.")
    if refused := _port_refused(int(typed)):
        sys.exit(refused)
    return {"server.port": int(typed)}


def address_refused(given: str) -> str:
    """Say what is wrong with the address that the environment names, or ""."""
    if not given.strip() or _AN_ADDRESS.fullmatch(given.strip()):
        return ""
    return (
        f"{ADDRESS} must be what phones open, for example 192.168.1.20 or "
        f"https://room.example.org, without a path; it is {given}."
    )


def directory_refused() -> str:
    """Say what is wrong with the directory that the environment names to sign in by, or ""."""
    if not os.environ.get(DIRECTORY_CALLED, "").strip():
        return ""
    named = (ISSUER, CLIENT, SECRET, ADDRESS)
    if missing := [name for name in named if not os.environ.get(name, "").strip()]:
        return f"{DIRECTORY_CALLED} is set, so set {' and '.join(missing)} too."
    if not _AN_ISSUER.fullmatch(given := os.environ[ISSUER].strip()):
        return f"{ISSUER} must be the directory's address with https://; it is {given}."
    if not find_spec("authlib"):
        return "To sign in by a directory install what requirements-hosted.txt lists."
    return ""


def check_start(*, hosted: bool = False) -> None:
    """Warn of a wrong clock or other versions; end the program where the passphrase is refused.

    Where rooms are hosted nobody leads by a passphrase.
    """
    print_anywhere()
    for warning in (clock_warning(date.today()), versions_warning(_PINS, version)):
        if warning:
            print(f"\n  {warning}", flush=True)
    # Taken out of the environment: nothing that reads it later can show it.
    given = os.environ.pop(PASSPHRASE, None)
    try:
        if given is not None and hosted:
            print(f"\n  {PASSPHRASE} is not used: people sign in to accounts here.", flush=True)
        elif given is not None:
            set_passphrase(given)
    except PassphraseRefused as refusal:
        print(f"\n  {PASSPHRASE}: {refusal}\n", flush=True)
        os._exit(1)  # the server would print a traceback over the sentence


def clock_warning(today: date) -> str:
    """Say that this laptop's clock is wrong, or ""."""
    if abs(today - MADE_ON) < timedelta(days=365) or MADE_ON < today < _in_ten_years():
        return ""
    return (
        f"This laptop says it is {today.day} {today:%B %Y}. If that is wrong, set its clock "
        "before you begin: workshops and review dates are kept by it."
    )


def versions_warning(pins: Path, installed: Callable[[str], str]) -> str:
    """Name in one line what is installed in another version than the one tested, or ""."""
    found = [] if sys.version_info >= _OLDEST_PYTHON else ["Python 3.11 or later"]
    for name, pinned in _pinned(pins):
        here = _installed(name, installed)
        if here != pinned:
            found.append(f"{name} {pinned} (here is {here or 'none'})")
    if not found:
        return ""
    return (
        f"Discovery Room was tested with {', '.join(found)}. "
        "To be sure, install the versions in requirements.txt."
    )


def _port_refused(port: int) -> str:
    """Say why the app cannot listen at a port, or ""."""
    with socket.socket() as sock:
        if os.name != "nt":  # there it would share a port that somebody uses
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((_set_in_file("address", "0.0.0.0"), port))
            sock.listen(1)
        except PermissionError:  # below 1024, or a block of a hundred that Windows keeps
            return (
                f"Port {port} may not be used here: the system keeps it for itself. "
                f"Set {PORT} to another number, for example {_far_from(port)}."
            )
        except OSError as fault:
            if fault.errno == errno.EADDRNOTAVAIL:
                return "The address in .streamlit/config.toml is none of this laptop's."
            return (
                f"Port {port} is in use: is the app already running? "
                f"If not, set {PORT} to another number, for example {_far_from(port)}."
            )
    return ""


def _far_from(port: int) -> int:
    # Not the next one: a system keeps a hundred in a row.
    return _USUAL if abs(port - _USUAL) > _IN_A_ROW else _USUAL + 1_000


def _set_in_file(name: str, otherwise: str) -> str:
    # Not asked of Streamlit: a setting that is read before the start is called changed at it.
    file = _TOP / ".streamlit" / "config.toml"
    settings = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return str(settings.get("server", {}).get(name, otherwise))


def _in_ten_years() -> date:
    return MADE_ON + timedelta(days=3653)


def _pinned(pins: Path) -> list[tuple[str, str]]:
    lines = pins.read_text(encoding="utf-8") if pins.is_file() else ""
    every = dict(re.findall(r"^([\w-]+)==([\w.]+)", lines, re.MULTILINE))
    return [(name, every[name]) for name in WATCHED if name in every]


def _installed(name: str, installed: Callable[[str], str]) -> str:
    try:
        return installed(name)
    except PackageNotFoundError:
        return ""
