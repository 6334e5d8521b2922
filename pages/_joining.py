"""Projected: how to join; for the facilitator, which network phones are on, and the Wi-Fi."""

from collections.abc import Sequence

import streamlit as st

from aqua_core.live import Channel, changed
from aqua_core.vocabulary import CODE_LENGTH, Workshop, code_said
from aqua_core.workshop.hosting import is_hosted
from aqua_core.workshop.seating import NO_WIFI, Wifi, tell_wifi, where_wifi_is, wifi_now
from pages import _address, _room, _way
from pages._saying import told

_SHOWN = "address and Wi-Fi that this page shows"


def how_to_join(code: str, wifi_of: Sequence[str], said: str = "Join with the code") -> None:
    """Draw the code, the QR code and the address; without an address, what to do about it.

    Args:
        code: of the workshop or the gathering.
        wifi_of: the codes of the workshops for which somebody may have told the Wi-Fi.
        said: what stands over the code.
    """
    address, wifi = st.session_state[_SHOWN] = _what_is_shown(wifi_of)
    with st.container(key="code"):
        st.caption(said)
        with st.container(key="eight" if len(code) > CODE_LENGTH else None):
            st.text(code_said(code))
    if address:
        _draw_codes(f"{address}/{code}", wifi)
        with st.container(key="address"):
            st.caption(or_typed())
            st.text(_address.shown(address))
    else:
        _wait_for_a_network()


def or_typed() -> str:
    """Say what the address under a QR code is for; of a hosted room it opens from anywhere."""
    return "or type this address" + ("" if is_hosted() else ", on the same Wi-Fi")


def draw_anew_elsewhere(wifi_of: Sequence[str]) -> None:
    """Draw the whole page again when another address or Wi-Fi is shown now than it shows."""
    if st.session_state.get(_SHOWN, now := _what_is_shown(wifi_of)) != now:
        st.rerun()


def _what_is_shown(wifi_of: Sequence[str]) -> tuple[str, Wifi]:
    told_of = (wifi_now(_room.caller(), code) for code in wifi_of)
    wifi = next((wifi for wifi in told_of if wifi != NO_WIFI), NO_WIFI)
    return _address.join_address(), wifi


@st.fragment(run_every=3.0)
def _wait_for_a_network() -> None:
    st.warning(_address.NO_NETWORK)
    if _address.join_address():
        st.rerun()


def _draw_codes(address: str, wifi: Wifi) -> None:
    join, alt = _address.qr_of(address), "QR code that joins this workshop"
    if wifi == NO_WIFI:
        with st.container(key="qr" if _room.facilitates() else "qr-on-a-wall"):
            st.image(join, alt=alt)
        return
    first, then = st.columns(2, gap="small")
    with first.container(key="wifi"):
        st.caption("First the Wi-Fi")
        st.image(_address.qr_of_wifi(*wifi), alt=f"QR code that joins the Wi-Fi {wifi.name}")
        with st.container(gap=None):
            st.text(wifi.name)
            st.text(wifi.password or "no password")
    with then:
        st.caption("Then the workshop")
        st.image(join, alt=alt)


def before_they_come(workshop: Workshop) -> None:
    """Offer the facilitator to rehearse, to show the Wi-Fi, and to choose among networks."""
    if not _room.arranges(workshop.code):
        return
    with st.popover("Before they come"):
        st.page_link(_way.REHEARSE, label="Rehearse with a phone", query_params=_room.here())
        _ask_network(workshop.code)
        _ask_wifi(workshop.code)


def _ask_network(code: str) -> None:
    found = {network.address: network for network in _address.networks()}
    if len(found) < 2:
        return
    chosen = _address.network_chosen()
    at = st.selectbox(
        "Network that phones are on",
        list(found),
        index=list(found).index(chosen) if chosen in found else 0,
        format_func=lambda address: network_said(found[address]),
    )
    if at != (chosen or next(iter(found))):
        _address.choose_network(at)
        changed(code, Channel.ROOM)
        st.rerun()


def network_said(network: _address.Network) -> str:
    """Name a network in a list: "192.168.1.20 (wlan0)"."""
    inside = ", a tunnel or virtual machine" if network.inside else ""
    return f"{network.address} ({network.called}{inside})" if network.called else network.address


def _ask_wifi(code: str) -> None:
    now = wifi_now(_room.caller(), code)
    with st.form("wifi", border=False):
        st.write(
            "The room's Wi-Fi, shown beside the join code as a QR code and in words. "
            + where_wifi_is()
        )
        name = st.text_input("Name of the Wi-Fi", now.name, autocomplete="off", key="wifi-name")
        password = st.text_input(
            "Its password, if it has one", now.password, autocomplete="off", key="wifi-password"
        )
        shows = st.form_submit_button("Show the Wi-Fi")
        hides = now != NO_WIFI and st.form_submit_button("Take it away")
    if shows or hides:
        with told():
            tell_wifi(_room.caller(), code, *(("", "") if hides else (name, password)))
            st.rerun()
