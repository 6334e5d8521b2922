"""The pages by audience, and the row of links that keeps the facilitator in one workshop."""

from typing import Final

import streamlit as st

from aqua_core.vocabulary import Stage, Workshop, code_said
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.asking_beside import asked_now
from aqua_core.workshop.gathering import joined_by
from aqua_core.workshop.looking_back import has_earlier_waves
from aqua_core.workshop.reading import stage_now
from aqua_core.workshop.sharing import has_share_out
from aqua_core.workshop.sharing_waves import has_band
from pages import _room, _step, _ways_back
from pages._listening import follow
from pages._paper import say_what_was_typed
from pages._saying import said_invented
from pages._walls import follow_as_wall, hold_the_walls

HOME: Final = "anyone/home.py"
SALFORD: Final = "anyone/salford.py"
SCORE: Final = "team/score.py"
SET_UP: Final = "facilitator/set_up.py"
ROOM: Final = "facilitator/room.py"
GAPS: Final = "facilitator/gaps.py"
HOW_WE_LEAD: Final = "facilitator/how_we_lead.py"
DOMAIN: Final = "facilitator/domain.py"
TALK: Final = "facilitator/talk.py"
OVER_TIME: Final = "facilitator/over_time.py"
COMMUNITY: Final = "facilitator/community.py"
PLAN: Final = "facilitator/plan.py"
SHARE_OUT: Final = "facilitator/share_out.py"
PROGRAMME: Final = "facilitator/programme.py"
ONLY_FOR_YOU: Final = "facilitator/only_for_you.py"
KEEPING: Final = "facilitator/keeping.py"
TAKE_AWAY: Final = "facilitator/take_away.py"
PLACE: Final = "facilitator/place.py"
REHEARSE: Final = "facilitator/rehearse.py"
MASTERCLASS: Final = "facilitator/masterclass.py"

# File, title, address. Streamlit wants its pages made anew in each run.
_ADDRESSES: Final = {
    HOME: ("Discovery Room", None),
    SALFORD: ("Salford", "salford"),
    SCORE: ("Score", "score"),
    SET_UP: ("Set up", "set-up"),
    ROOM: ("Room", "room"),
    GAPS: ("Gaps", "gaps"),
    HOW_WE_LEAD: ("How we lead", "how-we-lead"),
    DOMAIN: ("One domain", "one-domain"),
    TALK: ("Talk", "talk"),
    OVER_TIME: ("Over time", "over-time"),
    COMMUNITY: ("Community", "community"),
    PLAN: ("Plan", "plan"),
    SHARE_OUT: ("Share-out", "share-out"),
    PROGRAMME: ("Programme", "programme"),
    ONLY_FOR_YOU: ("Only for you", "only-for-you"),
    KEEPING: ("What is kept", "kept"),
    TAKE_AWAY: ("Take away", "take-away"),
    PLACE: ("Place", "place"),
    REHEARSE: ("Rehearse", "rehearsal"),
    MASTERCLASS: ("Masterclass", "masterclass"),
}
FIRST_PARTS: Final = frozenset(address or "" for _, address in _ADDRESSES.values())
"""The first part of every page's address."""
OF_PLACE: Final = "place"
"""Names the place in a link."""
VIEW: Final = "view"
"""Names, in a link to a place, which of its views is meant; without it the first."""
CHECK, IMPACT, MEASURES, WORDING = "check", "impact", "measures", "wording"
FORUMS: Final = "forums"
_VIEWS: Final = {
    "": "Waves and tests",
    CHECK: "30-day check",
    IMPACT: "Impact",
    MEASURES: "Measures",
    WORDING: "Wording",
    FORUMS: "Forums",
}
_SHOWN: Final = "view of a place that is open"
OF_GATHERING: Final = "gathering"
"""Names the gathering in a link."""
SAID: Final = "said on the first page"
OPENED: Final = "opened from a session pack"
# Without the two pages that are the facilitator's alone: what has this row may be projected.
_TYPED: Final = (TALK, PLAN, SHARE_OUT)
_IN_A_WORKSHOP: Final = (
    ROOM,
    GAPS,
    DOMAIN,
    HOW_WE_LEAD,
    TALK,
    OVER_TIME,
    COMMUNITY,
    PLAN,
    SHARE_OUT,
)


def all_pages() -> list[st.Page]:
    """Give every page, the first screen first."""
    return [
        st.Page(path, title=title, url_path=address, default=path == HOME)
        for path, (title, address) in _ADDRESSES.items()
    ]


def address_of(path: str) -> str:
    """Give the address of a page, for links in plain HTML."""
    return f"/{_ADDRESSES[path][1] or ''}"


def is_for_facilitator(page: st.Page) -> bool:
    """Tell whether a page is the facilitator's alone."""
    addresses = {
        address for path, (_, address) in _ADDRESSES.items() if path.startswith("facilitator/")
    }
    return page.url_path in addresses


def is_projected(page: st.Page) -> bool:
    """Tell whether a wall may show a page."""
    return page.url_path in {_ADDRESSES[path][1] for path in _IN_A_WORKSHOP}


def way_of_place(place_id: str) -> None:
    """Draw the links of a page on a place as a whole, in no workshop: home, and its own page."""
    with st.container(horizontal=True, key="way", vertical_alignment="center"):
        st.page_link(HOME, label="Home")
        st.page_link(PLACE, label="Place", query_params={OF_PLACE: place_id})


def at_place(place_id: str, view: str = "") -> dict[str, str]:
    """Give the part of a link that leads to a view of a place."""
    return {OF_PLACE: place_id} | ({VIEW: view} if view else {})


def view_of_place() -> str:
    """Give the view of a place that this page's link means; an unknown one is the first."""
    view = st.query_params.get(VIEW, "")
    return view if view in _VIEWS else ""


def dressed_as(page: st.Page) -> str:
    """Give the address whose style a page has: a place's impact is read from afar."""
    far = page.url_path == _ADDRESSES[PLACE][1] and view_of_place() == IMPACT
    return (_ADDRESSES[OVER_TIME][1] if far else page.url_path) or ""


def views_of_place(place_id: str, here: str, *, compared: bool, own: bool) -> None:
    """Draw the links of a place: home, its views (Wording where it may have its own), Over time.

    A link to the page that is open runs it once with what the link says and leaves the address as
    it was: the next press would lead back. So the address is told, once, where another view opens.
    """
    at, shown = at_place(place_id, here), st.session_state.get(_SHOWN)
    if shown not in (None, at):
        st.query_params.from_dict(at)
    st.session_state[_SHOWN] = at
    with st.container(horizontal=True, key="way", vertical_alignment="center"):
        st.page_link(HOME, label="Home")
        for view, title in _VIEWS.items():
            if view == WORDING and not own:
                continue
            label = f"**{title}**" if view == here else title
            st.page_link(PLACE, label=label, query_params=at_place(place_id, view))
        if compared:
            st.page_link(OVER_TIME, label="Over time", query_params=at_place(place_id))


def way_of_community(here: str) -> None:
    """Draw the links of what goes on between places, in no workshop."""
    with st.container(horizontal=True, key="way", vertical_alignment="center"):
        st.page_link(HOME, label="Home")
        if here == PROGRAMME:
            to_programmes()
        else:
            st.page_link(PROGRAMME, label="Programme")
        st.page_link(COMMUNITY, label="**Exchange**" if here == COMMUNITY else "Exchange")


def to_programmes() -> None:
    """Draw the link from the page of programmes to its list, as a plain one."""
    st.html(f'<a class="own" href="{address_of(PROGRAMME)}" target="_self">Programme</a>')


def way(here: str, onward: str = "") -> None:
    """Draw the row of links; each carries the workshop's code, so no page needs a default.

    A wall stays in its workshop: it is offered no way to the first page. At a table the way to the
    masterclass stands in its place. Over time is there from the reveal of the place's second wave
    on, How we lead once something was asked beside the framework. The row never grows beyond seven:
    Room leads to Community and to Share-out, and where both of these stand Gaps to One domain.

    Args:
        here: the page that it stands on.
        onward: an address that the facilitator's browser opens at once; "" to stay.
    """
    workshop = _room.workshop()
    acts = _room.acts(workshop.code)
    with st.container(horizontal=True, key="way", vertical_alignment="center"):
        if _room.signs_in():
            _way_out(workshop.code)
        for path in _IN_A_WORKSHOP:
            if path != here and not _is_offered(path, workshop.code):
                continue
            title, _ = _ADDRESSES[path]
            label = f"**{title}**" if path == here else title
            st.page_link(path, label=label, query_params=_room.here())
        st.space("stretch")
        _step.say_step(workshop.code, PROGRAMME)
        if acts:
            hold_the_walls(workshop.code)
        _said_of(workshop, here)
    if here == ROOM:  # which listens for itself
        return
    if acts or _room.signs_in():  # a reader's browser is no wall, and goes where it likes
        follow(workshop.code, typing=here in _TYPED, onward=onward)
    else:
        follow_as_wall(workshop.code, here=_ADDRESSES[here][1] or "")


def to_other_places(code: str) -> dict[str, str]:
    """Give the pages on which this workshop meets other places, with what leads to each."""
    ways = {COMMUNITY: ("Community: beside other places", has_band)}
    ways |= {SHARE_OUT: ("Share-out: what this means for us", has_share_out)}
    return {path: said for path, (said, is_there) in ways.items() if is_there(_room.caller(), code)}


def _way_out(code: str) -> None:
    if gathering := joined_by(code):
        st.page_link(MASTERCLASS, label="Masterclass", query_params={OF_GATHERING: gathering})
    else:
        st.page_link(HOME, label="Home")


def _is_offered(path: str, code: str) -> bool:
    if path in (COMMUNITY, SHARE_OUT):
        return False
    if path == HOW_WE_LEAD:
        return any(asked_now(_room.caller(), code))
    if path == DOMAIN:
        return not (_is_offered(HOW_WE_LEAD, code) and _is_offered(OVER_TIME, code))
    return path != OVER_TIME or has_earlier_waves(_room.caller(), code)


def _said_of(workshop: Workshop, here: str) -> None:
    """Say which workshop it is, and offer to undo what was done in it last."""
    if _room.facilitates():
        _ways_back.offer_to_undo(workshop.code)
    said_invented(workshop)
    say_what_was_typed(workshop)
    # The room's own page says in its heading that it is closed.
    closed = ", closed" if here != ROOM and stage_now(workshop.code) is Stage.CLOSED else ""
    if here not in (ROOM, REHEARSE) and stage_now(workshop.code) is not Stage.CLOSED:
        st.badge(f"Join: {code_said(workshop.code)}", color="gray")
    held = f"{workshop.place.name}, {day_said(workshop.held_on)}"
    st.text(f"{held}{closed}", width="content")
