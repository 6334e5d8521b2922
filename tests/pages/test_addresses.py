"""Where phones join: an address that they can reach, or a sentence; never this laptop's own."""

from types import SimpleNamespace

import pytest

from pages import _address, _way
from pages._address import Network
from pages._server.starting import address_refused
from tests.kit.looking import words
from tests.kit.notation import made

WIFI = Network("wlan0", "192.168.1.20")
HOTSPOT = Network("wlan1", "10.42.0.1")
VPN = Network("utun4", "100.64.0.9", inside=True)
DOCKER = Network("docker0", "172.17.0.1", inside=True)
OWN_MAKING = Network("eth0", "169.254.7.7")
PROXY = "https://room.example.org"


@pytest.fixture(autouse=True)
def nothing_is_chosen(monkeypatch) -> None:
    monkeypatch.setattr(_address, "_chosen", {})
    monkeypatch.delenv(_address.ADDRESS, raising=False)


@pytest.fixture
def on(monkeypatch):
    """Put the laptop on some networks; `opened` is where the browser has opened the page."""

    def put(*networks: Network, routed: str = "", opened: str = "http://localhost:8501/room"):
        monkeypatch.setattr(_address, "_of_interfaces", lambda: list(networks))
        monkeypatch.setattr(_address, "_routed", lambda: routed)
        page = SimpleNamespace(context=SimpleNamespace(url=opened), get_option=lambda _: 8501)
        monkeypatch.setattr(_address, "st", page)
        return _address.join_address()

    return put


@pytest.mark.parametrize(
    ("networks", "routed", "address"),
    [
        ([WIFI], "192.168.1.20", "192.168.1.20"),
        ([HOTSPOT], "", "10.42.0.1"),  # no way to the internet
        ([VPN, WIFI], "100.64.0.9", "192.168.1.20"),  # a VPN takes all
        ([DOCKER, HOTSPOT], "", "10.42.0.1"),
        ([HOTSPOT, WIFI], "192.168.1.20", "192.168.1.20"),
        ([OWN_MAKING, HOTSPOT], "", "10.42.0.1"),
        ([OWN_MAKING], "", "169.254.7.7"),  # a cable between two laptops
        ([], "192.168.1.20", "192.168.1.20"),  # where the system names none
    ],
)
def test_the_address_is_one_that_phones_can_reach(on, networks, routed, address) -> None:
    assert on(*networks, routed=routed) == f"http://{address}:8501/join"


def test_on_no_network_there_is_no_address_and_a_sentence(looks, facilitator, monkeypatch) -> None:
    monkeypatch.setattr(_address, "_of_interfaces", lambda: [Network("lo", "127.0.0.1")])
    monkeypatch.setattr(_address, "_routed", lambda: "")
    workshop = made(facilitator, "Council", "Trust")

    for page in (_way.ROOM, _way.REHEARSE):
        room = looks(facilitator, page, workshop.code)

        assert "This laptop is on no network, so phones cannot reach it." in words(room)
        assert "127.0.0.1" not in words(room)
        assert not room.get("imgs")


@pytest.mark.parametrize(
    ("given", "opened", "address"),
    [
        ("10.0.0.9", "http://localhost:8501/", "http://10.0.0.9:8501"),
        ("10.0.0.9:80", "http://localhost:8501/", "http://10.0.0.9:80"),
        ("room.example.org", f"{PROXY}/room", PROXY),  # the page itself came by the proxy
        (PROXY, "http://localhost:8501/room", PROXY),
        (f"{PROXY}/", "http://localhost:8501/room", PROXY),
        (f"{PROXY}:8443", f"{PROXY}/", f"{PROXY}:8443"),
        ("", "http://192.168.1.20:8501/room", "http://192.168.1.20:8501"),
        ("", "https://192.168.1.20/room", "https://192.168.1.20"),
        ("", "http://localhost:9000/room", "http://10.42.0.1:8501"),  # a tunnel's own end
        ("", "http://my-laptop:8501/room", "http://10.42.0.1:8501"),  # a name that phones lack
    ],
)
def test_what_is_named_or_was_reached_comes_before_a_guess(
    on, monkeypatch, given, opened, address
) -> None:
    monkeypatch.setenv(_address.ADDRESS, given)

    assert on(HOTSPOT, opened=opened) == f"{address}/join"


def test_of_several_networks_one_is_chosen_until_the_laptop_leaves_it(on, monkeypatch) -> None:
    monkeypatch.setattr(_address, "is_this_laptop", lambda address: address == "10.42.0.1")
    on(WIFI, HOTSPOT, routed="192.168.1.20")
    _address.choose_network("10.42.0.1")
    chosen = _address.join_address()
    monkeypatch.setattr(_address, "is_this_laptop", lambda _: False)

    assert chosen == "http://10.42.0.1:8501/join"
    assert _address.join_address() == "http://192.168.1.20:8501/join"


@pytest.mark.parametrize(
    "given", ["room example", "https://", "ftp://a.b", "https://a.b/x", "a.b:port", "a@b", "/room"]
)
def test_an_address_that_is_none_gets_a_sentence_at_the_start(given: str) -> None:
    assert "must be what phones open, for example 192.168.1.20" in address_refused(given)
    assert {address_refused(fine) for fine in ("", "a.b", "a.b:80", PROXY, f"{PROXY}/")} == {""}
