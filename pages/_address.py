"""Where the room joins: the laptop's address on the room's network, and its QR code."""

import io
import os
import socket
from functools import lru_cache

import segno
import streamlit as st


def join_address() -> str:
    """Give the address that a phone in the room can type."""
    own = os.environ.get("DISCOVERY_ROOM_ADDRESS") or _own_address()
    return f"http://{own}:{st.get_option('server.port')}/join"


@lru_cache(maxsize=32)
def qr_of(address: str) -> bytes:
    """Give a QR code as a PNG; at 20 pixels a module a wall shows none larger."""
    page = io.BytesIO()
    segno.make(address, error="m", micro=False).save(page, kind="png", scale=20, border=3)
    return page.getvalue()


def _own_address() -> str:
    # Asks the routing table; a UDP socket that is only connected sends nothing.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(sock.getsockname()[0])
