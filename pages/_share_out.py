"""The share-out page: one table fills the wall, and the forms in which it is written."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aqua_core.charts.sentences.sharing import nothing_shared, offered_by, shared_as
from aqua_core.charts.sentences.wording import beginning
from aqua_core.vocabulary.sharing import Match, SharedAs, ShareOut, ShareOutDraft
from aqua_core.vocabulary.text import words_of
from aqua_core.workshop.cycling import taken_out_now
from aqua_core.workshop.sharing import ShareOutNow, edit_share_out, share
from pages import _room
from pages._half_typed import begins, form
from pages._mirroring import same_on_walls
from pages._plan import versions
from pages._saying import plain, save_by

_ALL: Final = "all"
_ADDED: Final = "sentences shared"
_KINDS: Final = {
    SharedAs.MEANS: "What it means for us",
    SharedAs.OFFER: "We offer",
    SharedAs.ASK: "We ask",
}


def chosen_of(tables: Sequence[ShareOutNow], code: str) -> ShareOutNow | None:
    """Ask which place is heard; None for all offers and asks. Without a choice it is its own."""
    by_code = {table.workshop.code: table for table in tables}
    if len(by_code) == 1:
        return by_code[code]
    labels = {at: plain(table.workshop.place.name) for at, table in by_code.items()}
    labels[_ALL] = "All offers and asks"
    chosen = st.segmented_control(
        "View",
        list(labels),
        default=code,
        format_func=labels.get,
        required=True,
        label_visibility="collapsed",
        key=f"heard-{code}",
    )
    return by_code.get(chosen or code)


def wall(table: ShareOutNow, matches: Sequence[Match], above: DeltaGenerator) -> None:
    """Let one table fill the wall: a sentence, an offer and an ask, and never a figure.

    Args:
        table: whose place speaks.
        matches: who answers its ask; () where that is not for this screen.
        above: takes the choice of a domain, where it wrote of several.
    """
    place, names = table.workshop.place.name, table.workshop.instrument.names
    heads = shared_as(place)
    if not table.said:
        acts = _room.acts(table.workshop.code)
        st.title(plain(nothing_shared(place, revealed=bool(table.talked), acts=acts)), anchor=False)
        return
    with st.container(key="shared"):
        sentence = _sentence_of(table, above)
        st.text(heads[SharedAs.MEANS] if sentence else place)
        if sentence:
            st.title(plain(sentence.said), anchor=False)
        columns = zip((SharedAs.OFFER, SharedAs.ASK), st.columns(2, gap="large"), strict=True)
        for kind, column in columns:
            for shared in table.of(kind):
                with column.container(key=f"shared-{kind}"):
                    st.subheader(heads[kind], anchor=False)
                    st.header(plain(shared.said), anchor=False)
                    st.markdown(_domain_said(names[shared.domain], shared, matches))


def _sentence_of(table: ShareOutNow, above: DeltaGenerator) -> ShareOut | None:
    """Ask, where a table wrote of several domains, which one is heard; walls follow."""
    said = {sentence.domain: sentence for sentence in table.of(SharedAs.MEANS)}
    if len(said) < 2:
        return next(iter(said.values()), None)
    names, first = table.workshop.instrument.names, next(iter(said))
    key = same_on_walls(f"heard of {table.workshop.code}", first)
    if st.session_state[key] not in said:
        st.session_state[key] = first
    if _room.acts(table.workshop.code):
        above.segmented_control(
            "View",
            list(said),
            format_func=names.get,
            required=True,
            key=key,
            label_visibility="collapsed",
        )
    return said[st.session_state[key] or first]


def _domain_said(name: str, shared: ShareOut, matches: Sequence[Match]) -> str:
    if shared.kind is not SharedAs.ASK:
        return plain(name)
    offering = [match.offer.place for match in matches if match.ask.domain == shared.domain]
    told = offered_by(offering)
    return f"{plain(name)}: **{plain(told)}**" if told else plain(name)


def every(tables: Sequence[ShareOutNow], matches: Mapping[str, Sequence[Match]]) -> None:
    """List all offers and asks, a row a place; what is not written yet has no row."""
    with st.container(key="all-shared"):
        for table in tables:
            names, place = table.workshop.instrument.names, table.workshop.place.name
            lines = [
                f"**{_KINDS[kind]}:** {plain(shared.said)} "
                f"({_domain_said(names[shared.domain], shared, matches[table.workshop.code])})"
                for kind in (SharedAs.OFFER, SharedAs.ASK)
                for shared in table.of(kind)
            ]
            if lines:
                st.subheader(plain(place), anchor=False)
                st.markdown("  \n".join(lines))
        if not any(shared.kind is not SharedAs.MEANS for table in tables for shared in table.said):
            st.write("No place offers or asks anything yet. Choose a place, and write both for it.")


def words_of_table(table: ShareOutNow) -> None:
    """Draw the forms of whoever leads this table, closed once something is written."""
    code = table.workshop.code
    if not (table.talked and _room.acts(code)):
        return
    label = "Change the words" if table.said else "Write the words"
    with st.container(key="under"), st.expander(label, expanded=not table.said):
        st.caption(
            "At most one sentence for each domain you talked about, one offer and one ask. "
            "The other places read them; no figure stands beside them."
        )
        with form(f"share-{code}"):
            given = _fields(table, None, f"{code}-{st.session_state.setdefault(_ADDED, 0)}")

            def save(sure: bool) -> None:
                share(_room.caller(), code, ShareOutDraft(**given), sure=sure)
                st.session_state[_ADDED] += 1
                st.rerun()

            save_by("Share it", f"share {code}", save)
        for shared in (shared for kind in SharedAs for shared in table.of(kind)):
            edit = partial(_edit, table, shared)
            versions.opens(_said(table, shared), shared.id, edit, len(table.said))
        gone = taken_out_now(_room.caller(), code).share_outs
        outs = [versions.Out(shared, _said(table, shared)) for shared in gone]
        versions.taken_out(code, outs)


def _said(table: ShareOutNow, shared: ShareOut) -> str:
    domain = table.workshop.instrument.names[shared.domain]
    return plain(f"{_KINDS[shared.kind]}, {domain}: {beginning(shared.said)}")


def _edit(table: ShareOutNow, shared: ShareOut) -> None:
    opened = versions.opened_version(shared.id, shared.version, "sentence")
    with form(f"edit-{shared.id}"):
        given = _fields(table, shared, f"{shared.id}-{opened}")

        def save(sure: bool) -> None:
            changed = ShareOut(id=shared.id, version=opened, **given)
            saved = edit_share_out(_room.caller(), table.workshop.code, changed, sure=sure)
            versions.now_open(shared.id, saved.version)
            st.rerun()

        save_by("Save the change", f"shared {shared.id}", save)
    versions.take_out_button(
        table.workshop.code, shared.model_copy(update={"version": opened}), "Take it out"
    )


def _fields(table: ShareOutNow, before: ShareOut | None, key: str) -> dict[str, Any]:
    names, kinds = table.workshop.instrument.names, list(SharedAs)
    what, where = st.columns(2)
    kind = begins(f"kind-{key}", before.kind if before else kinds[0])
    domain = begins(f"of-{key}", before.domain if before else None)
    return {
        "kind": what.radio(
            "What",
            kinds,
            index=kinds.index(kind or kinds[0]),
            format_func=_KINDS.get,
            horizontal=True,
            key=f"kind-{key}",
        ),
        "domain": where.selectbox(
            "Domain",
            list(names),
            index=list(names).index(domain) if domain in names else None,
            format_func=names.get,
            placeholder="Choose one",
            key=f"of-{key}",
        )
        or "",
        "said": st.text_input(
            words_of(ShareOut)["said"].asked(),
            begins(f"said-{key}", before.said if before else ""),
            key=f"said-{key}",
        ),
    }
