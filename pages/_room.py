"""What every page asks first: who is looking, and at which workshop."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from aqua_core.errors import BadInstrument, NoSuchWorkshop
from aqua_core.instrument import beside_in, instruments_in, read_instrument
from aqua_core.vocabulary import Instrument, Stage, Workshop, clean_code
from aqua_core.vocabulary.account import Role
from aqua_core.workshop.admitting import Caller, may_facilitate, may_lead, role_of
from aqua_core.workshop.reading import stage_now, workshop_now

DATA = Path(__file__).resolve().parent.parent / "data"
MIRROR = DATA / "mirror" / "look-at-myself.json"
FACILITATOR_COOKIE = "discovery_room_facilitator"
SEAT_COOKIE = "discovery_room_seat"
WALL_COOKIE = "discovery_room_wall"
CODE = "workshop"


def caller() -> Caller:
    """Give the secrets that this browser sent when it connected."""
    return caller_in(st.context.cookies)


def caller_in(cookies: Mapping[str, str]) -> Caller:
    """Give the secrets that these cookies bring."""
    return Caller(
        facilitator=cookies.get(FACILITATOR_COOKIE, ""),
        seat=cookies.get(SEAT_COOKIE, ""),
        wall=cookies.get(WALL_COOKIE, ""),
    )


def signs_in() -> bool:
    """Tell whether this browser is signed in: it sees every page, and a reader's changes none."""
    return role_of(caller()) is not None


def facilitates() -> bool:
    """Tell whether this page may offer what changes anything; a wall is only shown it."""
    return may_facilitate(caller())


def reads() -> bool:
    """Tell whether this browser is signed in as a reader, who is offered nothing to change."""
    return role_of(caller()) is Role.READER


def arranges(code: str) -> bool:
    """Tell whether this page may offer what changes who scores: the facilitator's, until closed."""
    return facilitates() and stage_now(code) is not Stage.CLOSED


def acts(code: str) -> bool:
    """Tell whether this page may offer what changes the plan: to the facilitator and a host."""
    return may_lead(caller(), code)


def leads(code: str) -> bool:
    """Tell whether this page may offer what changes a conversation: a closed one is to look at."""
    return acts(code) and stage_now(code) is not Stage.CLOSED


def code() -> str:
    """Give the join code in this page's link. There is never a default workshop.

    Raises:
        NoSuchWorkshop: the link has no code.
        TextRefused: it cannot be a code.
    """
    typed = st.query_params.get(CODE, "")
    if not typed:
        raise NoSuchWorkshop("This link names no workshop. Open the workshop from the first page.")
    return clean_code(typed)


def workshop() -> Workshop:
    """Give the facilitator or a wall the workshop in this page's link.

    Raises:
        NotSignedIn: this browser is neither the facilitator's nor a wall of it.
        NoSuchWorkshop: the link names none, or none that is open.
    """
    return workshop_now(caller(), code())


def here() -> dict[str, str]:
    """Give the part of a link that keeps it in this workshop."""
    return {CODE: code()}


def instruments() -> tuple[Instrument, ...]:
    """Give the instruments that a workshop can use, at least one.

    Raises:
        BadInstrument: a file in data/instruments cannot be used, or none is there.
    """
    found = instruments_in(DATA / "instruments")
    if not found:
        raise BadInstrument("data/instruments holds no instrument. Put eight-domains.json back.")
    return found


def beside() -> tuple[Instrument, ...]:
    """Give what can be asked beside the framework.

    Raises:
        BadInstrument: a file in data/instruments cannot be used.
    """
    return beside_in(DATA / "instruments")


def default_instrument() -> Instrument:
    """Give the eight domains, which the sample is scored against.

    Raises:
        BadInstrument: its file is missing or cannot be used.
    """
    return read_instrument(DATA / "instruments" / "eight-domains.json")


def dark() -> bool:
    """Tell whether this browser shows dark colours."""
    return st.context.theme.type == "dark"
