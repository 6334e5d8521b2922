"""Ways back: take a round back while it is sealed, go on scoring after a reveal, an older look."""

from typing import NoReturn

import streamlit as st

from aqua_core.charts.sentences import ways_back as ways_back_words
from aqua_core.errors import KeptBack
from aqua_core.vocabulary import OPEN, Stage, Workshop
from aqua_core.vocabulary.shown import Results
from aqua_core.workshop import revealing, undoing
from aqua_core.workshop.entering import sit_together
from aqua_core.workshop.joining import anybody_came_after
from aqua_core.workshop.reading import RoomNow, stage_now
from aqua_core.workshop.sitting_apart import first_look_alone, seen_together
from pages import _room
from pages._ending import end
from pages._saying import onward, plain, told


def offer_to_undo(code: str) -> None:
    """Offer the facilitator to undo what was done last in a workshop, wherever it was."""
    if st.button("Undo", type="tertiary", help="Names what was done last, and takes it back"):
        _ask_to_undo(code)


@st.dialog("What was done last")
def _ask_to_undo(code: str) -> None:
    with told():  # a dialog is drawn by itself, also for who was signed out meanwhile
        last = undoing.last_done_now(_room.caller(), code)
        if last is None:
            st.write("There is nothing to undo in this workshop.")
            return
        st.write(f"**{plain(last.said)}**")
        if last.why_not:
            st.write(plain(f"It cannot be undone. {last.why_not}"))
            return
        st.write(ways_back_words.undoing_said(last.way))
        no, yes = st.columns(2)
        if no.button("Leave it", width="stretch"):
            st.rerun()
        if yes.button("Undo it", type="primary", width="stretch"):
            undoing.undo_last_done(_room.caller(), code, last.sequence)
            st.rerun()


def say_what_ended(workshop: Workshop) -> None:
    """Tell the room which rounds ended unseen, until the next ones open or somebody joins."""
    ended = revealing.unseen_now(workshop.code)
    back = () if anybody_came_after(workshop.code) else ended.taken_back
    said = ways_back_words.ended_unseen(
        back, ended.too_few, bool(ended.collected), workshop.names_of(back)
    )
    if said:
        st.write(plain(said))


def say_why_nothing_is_shown(workshop: Workshop) -> NoReturn:
    """Say on a page of results why this workshop has none, and end the run."""
    said = ways_back_words.nothing_shown(
        seen_together(workshop.code),
        collected=bool(revealing.unseen_now(workshop.code).collected),
        closed=stage_now(workshop.code) is Stage.CLOSED,
        facilitates=_room.facilitates(),
    )
    st.header("Nothing is revealed here")
    st.write(plain(said))
    end()


def say_what_goes_on(workshop: Workshop, now: RoomNow) -> None:
    """Tell the room that a round started from what was revealed, while it is sealed."""
    if now.resumed:
        shorts = workshop.instrument.names
        st.write(
            plain(ways_back_words.going_on([shorts[domain] for domain in now.resumed], len(shorts)))
        )


@st.dialog("Take this round back")
def ask_to_take_back(workshop: Workshop, now: RoomNow) -> None:
    """Ask whether what is being scored shall end unseen."""
    names, asked = workshop.names_of(now.opened), dict[str, list[str]]()
    for key in now.opened:
        asked.setdefault(names[key], []).append(key)
    chosen = list(asked)
    if 1 < len(chosen) < len(workshop.instrument.names) or (now.open_domains and now.open_beside):
        chosen = st.pills(
            "What is taken back",
            chosen,
            selection_mode="multi",
            default=chosen,
            format_func=plain,
        )
    before = " The scores that were revealed before are shown again." if now.again else ""
    st.write(
        f"Was it opened by mistake? Of all that is open, **{now.answers} of {now.asked} answers** "
        "are in. Nothing of what is taken back will ever be shown, and nobody can bring it "
        f"back.{before} Devices leave it by themselves and say so."
    )
    no, yes = st.columns(2)
    if no.button("No, keep it open", type="primary", width="stretch"):
        st.rerun()
    if yes.button("Take it back", width="stretch", disabled=not chosen):
        with told():
            meant = {key: now.opened[key] for name in chosen for key in asked[name]}
            revealing.take_back(_room.caller(), workshop.code, meant)
            st.rerun()


def offer_to_go_on(workshop: Workshop, now: RoomNow) -> None:
    """Say who had not finished at the reveal, and let them go on."""
    found = revealing.resumable_now(_room.caller(), workshop.code)
    shorts = workshop.instrument.names
    if found.added:
        st.caption(
            plain(
                ways_back_words.added_later([shorts[domain] for domain in found.added], len(shorts))
            )
        )
    if not found.missing or not _room.facilitates():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.write(ways_back_words.who_goes_on(found.missing, now.seats, few=not found.domains))
        if found.domains and st.button("Go on scoring"):
            _ask_to_go_on(workshop, found)


@st.dialog("Go on scoring")
def _ask_to_go_on(workshop: Workshop, found: revealing.Resumable) -> None:
    st.write(
        "Who had not finished goes on where they stopped. What everybody answered is kept, counts "
        "as given, and may be changed there. Only the domains that somebody left open are sealed "
        "again until you reveal them; the others stay in sight."
    )
    st.write(f"**{ways_back_words.HAVE_SEEN}**")
    if workshop.guard > OPEN:
        st.write(
            "Small groups stay together in this room: on a domain where what is added would show "
            "whose it is, what was revealed stands. Scoring it again from the start has no such "
            "limit."
        )
    no, yes = st.columns(2)
    if no.button("Not now", width="stretch"):
        st.rerun()
    if yes.button("Open it again", type="primary", width="stretch"):
        with told():
            revealing.resume_scoring(_room.caller(), workshop.code)
            st.rerun()


def ways_round(kept: KeptBack) -> None:
    """Offer what lets earlier scores be seen again, where a workshop keeps them back by mistake."""
    onward(f"Close or erase {kept.code}", f"/kept?workshop={kept.code}")
    if kept.wave_id and st.button(f"Make {kept.code} a sitting of this wave"):
        with told():
            sit_together(_room.caller(), kept.code, kept.wave_id)
            st.rerun()
    elif kept.place_id and not kept.wave_id:
        onward("Make it a sitting, on the place’s page", f"/place?place={kept.place_id}")


def which_looks(workshop: Workshop, shown: Results, *domains: str) -> str:
    """Give a sentence on which look of these domains is shown, "" where none was looked at again.

    Without domains, of all.
    """
    shorts = workshop.instrument.names
    looks = [look for look in shown.looks if not domains or look.domain in domains]
    said = ways_back_words.looks_said(
        [(shorts[look.domain], (look.shown, look.newest, look.scores)) for look in looks]
    )
    apart = any(look.domain in first_look_alone(workshop.code) for look in looks)
    return f"{said} {ways_back_words.FIRST_ALONE}" if apart else said
