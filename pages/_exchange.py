"""Parts of the exchange: who can give whom what, visits, story cards, remarks on statements."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any, Final

import streamlit as st

from aqua_core.charts.sentences import sharing as sharing_words
from aqua_core.vocabulary.sharing import (
    Exchanged,
    Match,
    SharedAs,
    StoryCard,
    StoryDraft,
    Visit,
    VisitDraft,
)
from aqua_core.vocabulary.text import words_of
from aqua_core.workshop import exchanging
from aqua_core.workshop.exchanging import ExchangeNow
from pages import _room
from pages._plan import versions
from pages._plan.fields import TWO_LINES
from pages._saying import or_its_sentence, plain, save_by, told

_EVERY: Final = ""
_ADDED: Final = "added to the exchange"


def matches(now: ExchangeNow) -> None:
    """Draw, for one place or all, what is asked and offered, in two columns."""
    there = {shared.place_id: shared.place for shared in now.shared}
    if not there:
        st.write("No place offers or asks anything yet. Write both on Share-out, after its reveal.")
        return
    labels = {_EVERY: "All places"} | {at: plain(name) for at, name in there.items()}
    place = st.segmented_control(
        "View",
        list(labels),
        default=_EVERY,
        format_func=labels.get,
        required=True,
        key="whose",
        label_visibility="collapsed",
    )
    left, right = st.columns(2, gap="large")
    if place:
        _of_a_place(now, place, left, right)
        return
    with left:
        st.subheader("Asked, and another place offers it", anchor=False)
        for ask, answers in groupby(now.matches, key=lambda match: match.ask):
            offers = [f"{match.offer.place} offers: {match.offer.said}" for match in answers]
            _about(ask.called, "\n".join([f"{ask.place} asks: {ask.said}", *offers]))
        if not now.matches:
            st.write(sharing_words.NO_MATCH)
    with right:
        st.subheader("Nobody answers yet", anchor=False)
        for shared in now.unmatched:
            _about(shared.called, f"{shared.place}: {sharing_words.waiting_said(shared)}")
        if not now.unmatched:
            st.write("Every offer and every ask has met another place's.")


def _of_a_place(now: ExchangeNow, place: str, left: Any, right: Any) -> None:
    asked = [match for match in now.matches if match.ask.place_id == place]
    offered = [match for match in now.matches if match.offer.place_id == place]
    for column, head, kind, found in (
        (left, "We ask, somebody offers", SharedAs.ASK, asked),
        (right, "Somebody asks, we offer", SharedAs.OFFER, offered),
    ):
        with column:
            st.subheader(head, anchor=False)
            _answers(found, ours=kind is SharedAs.ASK)
            _waiting(now.unmatched, place, kind)


def _answers(found: Iterable[Match], *, ours: bool) -> None:
    for match in found:
        _about(match.ask.called, sharing_words.offers_said(match, ours=ours))


def _waiting(unmatched: Iterable[Exchanged], place: str, kind: SharedAs) -> None:
    for shared in unmatched:
        if (shared.place_id, shared.kind) == (place, kind):
            _about(shared.called, sharing_words.waiting_said(shared))


def _about(domain: str, said: str) -> None:
    lines = "  \n".join(map(plain, said.split("\n")))
    st.markdown(f"**{plain(domain)}**  \n{lines}")


def visits(now: ExchangeNow, today: date) -> None:
    """Draw the visits that are agreed, soonest first, each with its form, and one for another."""
    for visit in now.visits:
        with st.container(border=True, gap="xsmall", key=f"card-{visit.id}"):
            st.text(_visit_said(now, visit))
            versions.opens(
                "Edit", visit.id, partial(_edit_visit, now, visit, today), len(now.visits)
            )
    if not now.visits:
        st.write(sharing_words.NO_VISIT)
    _put_back([(visit, _visit_said(now, visit)) for visit in now.visits_out], "visits")
    with st.expander("Agree a visit"):

        def agree(given: dict[str, Any]) -> Visit:
            return exchanging.agree_visit(_room.caller(), VisitDraft(**given), today)

        _visit_form(now, None, f"visit-{_added()}", "Agree it", agree)


def _edit_visit(now: ExchangeNow, visit: Visit, today: date) -> None:
    opened = versions.opened_version(visit.id, visit.version, "visit")

    def change(given: dict[str, Any]) -> Visit:
        changed = Visit(id=visit.id, version=opened, **given)
        return exchanging.change_visit(_room.caller(), changed, today)

    _visit_form(now, visit, f"{visit.id}-{opened}", "Save the change", change)
    _take_out(visit.model_copy(update={"version": opened}))


def _visit_said(now: ExchangeNow, visit: Visit) -> str:
    guest, host = now.places[visit.guest_id], now.places[visit.host_id]
    return sharing_words.visit_said(visit, guest, host, now.domains[visit.domain])


def _visit_form(
    now: ExchangeNow,
    before: Visit | None,
    key: str,
    label: str,
    save: Callable[[dict[str, Any]], Visit],
) -> None:
    with st.form(f"form-{key}", border=False):
        who, whom = st.columns(2)
        domain, day = st.columns(2)
        given = {
            "guest_id": _choice(who, "Who goes", now.places, before and before.guest_id, key),
            "host_id": _choice(whom, "To whom", now.places, before and before.host_id, key),
            "domain": _choice(domain, "About", now.domains, before and before.domain, key),
            "visit_on": day.date_input(
                "On", before.visit_on if before else None, format="DD/MM/YYYY", key=f"on-{key}"
            ),
        }
        save_by(label, key, lambda _: _kept(save(given)))


def _choice(column: Any, label: str, names: Any, chosen: str | None, key: str) -> str:
    keys = list(names)
    index = keys.index(chosen) if chosen in keys else None
    return (
        column.selectbox(
            label,
            keys,
            index=index,
            format_func=names.get,
            placeholder="Choose one",
            key=f"{label}-{key}",
        )
        or ""
    )


def stories(now: ExchangeNow) -> None:
    """Draw the story cards, each with its form, and one for another."""
    st.caption("Not an exemplar: material to be explored, dissected and used where it is helpful.")
    for card in now.stories:
        with st.container(border=True, gap="xsmall", key=f"card-{card.id}"):
            st.markdown(f"**{plain(now.places[card.place_id])}**")
            for name, words in words_of(StoryCard).items():
                if text := getattr(card, name):
                    st.text(f"{words.label}: {text}")
            versions.opens("Edit", card.id, partial(_edit_story, now, card), len(now.stories))
    if not now.stories:
        st.write(sharing_words.NO_STORY)
    outs = [(card, f"{now.places[card.place_id]}: {card.takes}") for card in now.stories_out]
    _put_back(outs, "stories")
    with st.expander("Tell a story"):

        def tell(given: dict[str, Any], sure: bool) -> StoryCard:
            return exchanging.tell_story(_room.caller(), StoryDraft(**given), sure=sure)

        _story_form(now, None, f"story-{_added()}", "Tell it", tell)


def _edit_story(now: ExchangeNow, card: StoryCard) -> None:
    opened = versions.opened_version(card.id, card.version, "story")

    def change(given: dict[str, Any], sure: bool) -> StoryCard:
        changed = StoryCard(id=card.id, version=opened, **given)
        return exchanging.change_story(_room.caller(), changed, sure=sure)

    _story_form(now, card, f"{card.id}-{opened}", "Save the change", change)
    _take_out(card.model_copy(update={"version": opened}))


def _story_form(
    now: ExchangeNow,
    before: StoryCard | None,
    key: str,
    label: str,
    save: Callable[[dict[str, Any], bool], StoryCard],
) -> None:
    with st.form(f"form-{key}", border=False):
        given = {"place_id": _choice(st, "Place", now.places, before and before.place_id, key)}
        for name, words in words_of(StoryCard).items():
            given[name] = st.text_area(
                words.asked(), getattr(before, name, ""), key=f"{name}-{key}", height=TWO_LINES
            )
        save_by(label, key, lambda sure: _kept(save(given, sure)))


def _added() -> int:
    added: int = st.session_state.setdefault(_ADDED, 0)
    return added


def _kept(saved: Visit | StoryCard) -> None:
    st.session_state[_ADDED] = _added() + 1
    versions.now_open(saved.id, saved.version)
    st.rerun()


def _take_out(said: Visit | StoryCard) -> None:
    if st.button("Take it out", type="tertiary", key=f"out-{said.id}"):
        _move(said, out=True)


def _put_back(outs: Sequence[tuple[Visit | StoryCard, str]], called: str) -> None:
    rows = [versions.Back(said, out.id, partial(_move, out, out=False)) for out, said in outs]
    versions.put_back_list(rows, key=f"taken-out-{called}")


def _move(said: Visit | StoryCard, *, out: bool) -> None:
    with told():
        moved = exchanging.move_between(_room.caller(), said, out=out)
        versions.now_open(moved.id, moved.version)
        st.rerun()


def remarks(now: ExchangeNow) -> None:
    """Draw the statements that places called unclear, the most places first, with their CSV."""
    for remark in now.remarks:
        better = [f"Better: {suggestion}" for suggestion in remark.suggestions]
        lines = [f"It says: {remark.statement}", *better]
        _about(sharing_words.remarked_said(remark), "\n".join(lines))
    if not now.remarks:
        st.write(sharing_words.NO_REMARK)
        return
    st.download_button(
        "Download the remarks (CSV)",
        lambda: or_its_sentence(lambda: exchanging.remarks_csv(_room.caller())),
        file_name="remarks-on-statements.csv",
        mime="text/csv",
        on_click="ignore",
    )
