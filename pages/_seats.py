"""The facilitator's own, on Room: who may join, how many people are here, and seats set aside."""

import streamlit as st

from aqua_core.charts.sentences import seat as words
from aqua_core.charts.sentences.missing import OTHERS, who_is_missing
from aqua_core.vocabulary import MOST_SEATS, Workshop
from aqua_core.workshop import seating
from aqua_core.workshop.missing import LONGEST_MISSING, missing_now, name_missing
from pages import _names, _room
from pages._half_typed import begins, form
from pages._mirroring import opens
from pages._saying import plain, save_by, told

_OWN_WORDS = "something else"


def draw_joining(workshop: Workshop) -> None:
    """Tell the facilitator who waits and whether seats are more than people.

    It leads to the seats, and to names and teams, of a closed workshop too.
    """
    if not _room.arranges(workshop.code):
        _names.offer_names(workshop)
        return
    now = seating.joining_now(_room.caller(), workshop.code)
    with st.container(key="joining", horizontal=True, vertical_alignment="center"):
        if st.button("Seats and joining"):
            _show_seats(workshop)
        _names.offer_names(workshop)
        for said in (
            words.more_than_people(now.over, now.there, now.people),
            words.at_two_addresses(now.addresses),
            words.joining_said(closed=now.joining_closed, knocked=now.knocked),
        ):
            if said:
                st.write(f"**{plain(said)}**")


def draw_missing(workshop: Workshop) -> None:
    """Show who is missing from the room, and let it name whom it misses."""
    missing = missing_now(_room.caller(), workshop.code)
    with opens("Who is missing from this room?", "who is missing"):
        lines = who_is_missing(missing)
        st.markdown("  \n".join(f"**{head}:** {plain(names)}" for head, names in lines))
        st.write(OTHERS)
        if _room.acts(workshop.code):
            with form("missing"):
                said = st.text_input(
                    "Who else belongs here? Groups, not people",
                    begins(f"missing-{missing.named}", missing.named),
                    max_chars=LONGEST_MISSING,
                    key=f"missing-{missing.named}",
                )

                def save(sure: bool) -> None:
                    name_missing(_room.caller(), workshop.code, said, sure=sure)
                    st.rerun()

                save_by("Write down who is missing", "missing", save)


def ask_how_many(workshop: Workshop, at: str = "") -> tuple[bool, int | None]:
    """Ask before a reveal how many people are here, where that is open; tell whether it was asked.

    It is open where nobody said so far, or more seats have scored than people were expected. `at`
    names the table where several are asked about; "" where there is one room.
    """
    now = seating.seating_now(_room.caller(), workshop.code)
    place = f"{at}: " if at else ""
    if said := words.at_two_addresses(now.addresses):
        st.warning(plain(f"{place}{said}"))
    if not seating.wants_a_count(workshop, now.people, now.scored):
        return False, None
    st.warning(plain(f"{place}{words.count_the_room(now.scored, now.people)}"))
    # Without a key what is typed after a refusal is lost.
    where = f"at the table of {at}" if at else "here"
    return True, _asked_for_people(now, key=f"people-{workshop.code}", where=where)


def _asked_for_people(
    now: seating.Seating, key: str | None = None, where: str = "here"
) -> int | None:
    return st.number_input(
        plain(f"How many people are {where}?"),
        min_value=1,
        max_value=MOST_SEATS,
        value=now.people,
        placeholder="Nobody said",
        key=key,
    )


@st.dialog("Seats and joining", width="large")
def _show_seats(workshop: Workshop) -> None:
    with told():  # a dialog is drawn by itself, also for who was signed out meanwhile
        now = seating.seating_now(_room.caller(), workshop.code)
        _joining(workshop.code, now)
        _set_aside(workshop.code, now)
        _put_back(workshop.code, now)


def _joining(code: str, now: seating.Seating) -> None:
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        people = _asked_for_people(now)
        if people is not None and people != now.people:
            seating.expect_people(_room.caller(), code, int(people))
            st.rerun(scope="fragment")
    label = "Open joining" if now.joining_closed else "Close joining"
    if right.button(label, width="stretch"):
        seating.change_joining(_room.caller(), code, closed=not now.joining_closed)
        st.rerun(scope="fragment")
    said = words.joining_said(closed=now.joining_closed, knocked=now.knocked)
    st.write(plain(said or "Joining is open: whoever has the code may take a seat."))


def _set_aside(code: str, now: seating.Seating) -> None:
    st.subheader("Set a seat aside")
    st.write(
        "Each device shows its seat's tag under the answers. A tag that nobody in the room has is "
        "nobody's seat. A seat set aside counts nowhere from now on; what was revealed stays."
    )
    teams = {team.team.id: team for team in now.teams if team.there}
    left, right = st.columns(2)
    chosen = left.selectbox(
        "Team",
        list(teams),
        format_func=lambda team: words.team_with_seats(teams[team].team.name, teams[team].there),
    )
    if chosen is None:
        st.caption("Nobody has joined yet.")
        return
    tags = {seat.id: seat.tag for seat in teams[chosen].seats if not seat.aside}
    tagged, done = st.columns(2, vertical_alignment="bottom")
    seats = tagged.pills(
        "Seats, by tag",
        list(tags),
        selection_mode="multi",
        format_func=lambda seat: tags[seat],
        key=f"seats-{chosen}",
    )
    why = right.selectbox(
        "Why", [*seating.REASONS, _OWN_WORDS], index=None, placeholder="Choose one"
    )
    if why == _OWN_WORDS:
        why = st.text_input(
            "In your words; its person reads it", max_chars=seating.LONGEST_WHY_ASIDE
        )
    if done.button("Set aside", type="primary"):
        with told():  # in place: what stands under it stays
            seating.set_seats_aside(_room.caller(), code, seats, why or "")
            st.rerun(scope="fragment")


def _put_back(code: str, now: seating.Seating) -> None:
    for team in now.teams:
        for seat in team.seats:
            if seat.aside:
                _aside(code, team.team.name, seat)


def _aside(code: str, team: str, seat: seating.SeatSeen) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{seat.tag}, {team}: set aside, {seat.aside}", width="content")
        if st.button("Put back", key=f"back-{seat.id}"):
            with told():
                seating.put_seats_back(_room.caller(), code, [seat.id])
                st.rerun(scope="fragment")
