"""Where the room joins: an address of this laptop that phones can reach, and its QR code."""

import io
import ipaddress
import os
import re
import socket
import struct
import sys
from functools import lru_cache
from http.client import HTTPException
from time import monotonic
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import segno
import streamlit as st
from segno.helpers import make_wifi_data

ADDRESS: Final = "DISCOVERY_ROOM_ADDRESS"
NO_NETWORK: Final = (
    "This laptop is on no network, so phones cannot reach it. Join a Wi-Fi, plug a cable in or "
    "open a hotspot: the address then stands here by itself."
)
_chosen: Final[dict[str, str]] = {}


class Network(NamedTuple):
    """A network that this laptop is on: what the system calls it ("" unknown), and its address.

    `inside` says that no phone is on it: a tunnel (a VPN), or what virtual machines speak with.
    """

    called: str
    address: str
    inside: bool = False


_INSIDE: Final = re.compile(
    "docker|br-|virbr|vmnet|vboxnet|veth|bridge|tun|tap|utun|wg|ppp|ipsec|tailscale|zt"
)
_UP, _ITSELF, _TUNNEL = 0x1, 0x8, 0x10  # flags of an interface, on Linux and macOS alike
_ASKED: Final = {"linux": (0x8915, 0x8913), "darwin": (0xC0206921, 0xC0206911)}


def join_address() -> str:
    """Give the address that a phone in the room can type, or "" where none reaches this laptop.

    What DISCOVERY_ROOM_ADDRESS names comes first, then the network that was chosen, then the
    address at which this very page was opened, if another device could open it there too.
    """
    base = _given() or _chosen_base() or _opened_at() or _guessed()
    return f"{base}/join" if base else ""


def is_https() -> bool:
    """Tell whether browsers come by https: then DISCOVERY_ROOM_ADDRESS says so."""
    return os.environ.get(ADDRESS, "").strip().lower().startswith("https://")


def shown(address: str) -> str:
    """Give an address as it is typed: a browser adds http:// by itself, and no other."""
    return address.removeprefix("http://")


def networks() -> tuple[Network, ...]:
    """Give the networks of this laptop that phones may be on, the likeliest first."""
    routed = _routed()
    # Not asked of a name server: no word leaves the laptop.
    found = _of_windows() if sys.platform == "win32" else _of_interfaces()
    if routed and routed not in {network.address for network in found}:
        found.append(Network("", routed))
    outside = [network for network in found if not _is_loopback(network.address)]
    return tuple(sorted(outside, key=lambda network: _unlikely(network, routed)))


def network_chosen() -> str:
    """Give the address that was chosen, or ""."""
    return _chosen.get("address", "")


def choose_network(address: str) -> None:
    """Show this address of the laptop from now on; "" is the likeliest again."""
    _chosen["address"] = address


def is_this_laptop(address: str) -> bool:
    """Tell whether an address is one of this laptop's own: only those can be bound."""
    kind = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(kind, socket.SOCK_DGRAM) as sock:
        try:
            sock.bind((address, 0))
        except OSError:
            return False
        return True


def answers_at(address: str) -> bool:
    """Tell whether the app answers at a join address, as far as the laptop itself can tell."""
    return _answered(address, int(monotonic() / 5))


@lru_cache(maxsize=8)
def _answered(address: str, _: int) -> bool:
    directly = build_opener(ProxyHandler({}))  # a company's proxy knows no laptop
    try:
        with directly.open(address.removesuffix("/join") + "/_stcore/health", timeout=2):
            return True
    except (OSError, ValueError, HTTPException):
        return False


@lru_cache(maxsize=32)
def qr_of(address: str) -> bytes:
    """Give a QR code as a PNG; at 20 pixels a module a wall shows none larger."""
    return _drawn(address)


def qr_of_wifi(name: str, password: str) -> bytes:
    """Give the QR code by which a phone joins a Wi-Fi; nothing keeps it."""
    return _drawn(make_wifi_data(name, password or None, "WPA" if password else None))


def _drawn(text: str) -> bytes:
    page = io.BytesIO()
    segno.make(text, error="m", micro=False).save(page, kind="png", scale=20, border=3)
    return page.getvalue()


def _given() -> str:
    given = os.environ.get(ADDRESS, "").strip().rstrip("/")
    if not given or "://" in given:
        return given
    opened = _opened_at()  # by a proxy it may have another port, and TLS
    if urlsplit(opened).hostname == urlsplit(f"//{given}").hostname:
        return opened
    return _base(given) if urlsplit(f"//{given}").port is None else f"http://{given}"


def _chosen_base() -> str:
    address = network_chosen()
    # A network that the laptop has left since is chosen no more.
    return _base(address) if address and is_this_laptop(address) else ""


def _opened_at() -> str:
    page = urlsplit(st.context.url or "")
    # The laptop's own name may be known to no phone; a number is, and a name with TLS.
    if page.scheme == "https" or (is_number(page.hostname) and not _is_loopback(page.hostname)):
        return f"{page.scheme}://{page.netloc}"
    return ""


def _guessed() -> str:
    found = networks()
    return _base(found[0].address) if found else ""


def _base(host: str) -> str:
    return f"http://{host}:{st.get_option('server.port')}"


def is_number(host: str | None) -> bool:
    """Tell whether a host is named by its number."""
    try:
        return bool(ipaddress.ip_address(host or ""))
    except ValueError:
        return False


def _is_loopback(host: str | None) -> bool:
    is_own = is_number(host) and ipaddress.ip_address(host or "").is_loopback
    return is_own or host == "localhost"


def _unlikely(network: Network, routed: str) -> tuple[bool, bool, bool]:
    is_own_making = ipaddress.ip_address(network.address).is_link_local
    return network.inside, is_own_making, network.address != routed


def _routed() -> str:
    # Asks the routing table; a UDP socket that is only connected sends nothing.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(sock.getsockname()[0])


def _of_windows() -> list[Network]:
    # There the laptop's own name is answered by itself, with all of its addresses.
    try:
        known = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return []
    return [Network("", address) for address in sorted({str(entry[4][0]) for entry in known})]


def _of_interfaces() -> list[Network]:
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for _, name in socket.if_nameindex():
            address, marks = _asked_of(sock, name)
            if address and marks & _UP and not marks & _ITSELF:
                inside = bool(_INSIDE.match(name) or marks & _TUNNEL)
                found.append(Network(name, address, inside))
    return found


def _asked_of(sock: socket.socket, name: str) -> tuple[str, int]:
    """Give the address of an interface and its flags; "" where it has none."""
    if sys.platform == "win32":
        return "", 0
    import fcntl

    asked = struct.pack("256s", name.encode()[:15])
    address, marks = _ASKED.get(sys.platform, _ASKED["linux"])
    try:
        there = fcntl.ioctl(sock, address, asked)
        flags = fcntl.ioctl(sock, marks, asked)
    except OSError:  # it has no address
        return "", 0
    return socket.inet_ntoa(there[20:24]), int.from_bytes(flags[16:18], sys.byteorder)
