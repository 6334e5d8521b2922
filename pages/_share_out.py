"""The share-out page: one table fills the wall, and the forms in which it is written."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from aqua_core.charts.sentences.sharing import nothing_shared, offered_by, shared_as
from aqua_core.charts.sentences.wording import beginning
from aqua_core.vocabulary.sharing import (
    LONGEST_SHARED,
    Match,
    SharedAs,
    ShareOut,
    ShareOutDraft,
)
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

_OF_WHICH: Final = {
    SharedAs.MEANS: "Domain",
    SharedAs.OFFER: "Domain of the offer",
    SharedAs.ASK: "Domain of the ask",
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
            st.markdown(plain(names[sentence.domain]))
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
            "At most one sentence for each domain that was revealed, one offer and one ask; what "
            "is left empty can follow. The other places read them; no figure stands beside them."
        )
        if left := _left_to_say(table):
            _ask(table, left)
        for shared in (shared for kind in SharedAs for shared in table.of(kind)):
            edit = partial(_edit, table, shared)
            versions.opens(_said(table, shared), shared.id, edit, len(table.said))
        gone = taken_out_now(_room.caller(), code, ShareOut)
        outs = [versions.Out(shared, _said(table, shared)) for shared in gone]
        versions.taken_out(code, outs)


def _ask(table: ShareOutNow, left: Mapping[SharedAs, list[str]]) -> None:
    code = table.workshop.code
    with form(f"share-{code}"):
        given = _new_fields(table, left, f"{code}-{st.session_state.setdefault(_ADDED, 0)}")

        def save(sure: bool) -> None:
            share(_room.caller(), code, _drafts_of(given), sure=sure)
            st.session_state[_ADDED] += 1
            st.rerun()

        save_by("Share it", f"share {code}", save)


def _said(table: ShareOutNow, shared: ShareOut) -> str:
    domain = table.workshop.instrument.names[shared.domain]
    return plain(f"{_KINDS[shared.kind]}, {domain}: {beginning(shared.said)}")


def _edit(table: ShareOutNow, shared: ShareOut) -> None:
    opened = versions.opened_version(shared.id, shared.version, "sentence")
    other = shared.kind is not SharedAs.MEANS
    with form(f"edit-{shared.id}"):
        given = _fields(
            table,
            shared.kind,
            tuple(table.workshop.instrument.names) if other else table.talked,
            shared.domain,
            shared.said,
            f"{shared.id}-{opened}",
        )

        def save(sure: bool) -> None:
            changed = ShareOut(id=shared.id, version=opened, **given)
            saved = edit_share_out(_room.caller(), table.workshop.code, changed, sure=sure)
            versions.now_open(shared.id, saved.version)
            st.rerun()

        save_by("Save the change", f"shared {shared.id}", save)
    versions.take_out_button(
        table.workshop.code, shared.model_copy(update={"version": opened}), "Take it out"
    )


def _left_to_say(table: ShareOutNow) -> dict[SharedAs, list[str]]:
    """Give what a table has not said yet, each with the domains that it may be of."""
    means = {sentence.domain for sentence in table.of(SharedAs.MEANS)}
    left = {SharedAs.MEANS: [domain for domain in table.talked if domain not in means]}
    for kind in (SharedAs.OFFER, SharedAs.ASK):
        left[kind] = [] if table.of(kind) else list(table.workshop.instrument.names)
    return {kind: domains for kind, domains in left.items() if domains}


def _new_fields(
    table: ShareOutNow, left: Mapping[SharedAs, list[str]], key: str
) -> list[dict[str, Any]]:
    """Ask for a sentence, an offer and an ask; an offer and an ask begin as of its domain."""
    noted = table.noted if table.noted in left.get(SharedAs.MEANS, ()) else ""
    begun = {SharedAs.MEANS: noted} if SharedAs.MEANS in left else dict.fromkeys(left, "")
    return [
        _fields(table, kind, domains, begun.get(kind), "", f"{kind}-{key}")
        for kind, domains in left.items()
    ]


def _drafts_of(given: Sequence[Mapping[str, Any]]) -> list[ShareOutDraft]:
    """Give what was typed; an offer and an ask without a domain are of the sentence's own."""
    typed = [fields for fields in given if fields["said"].strip()] or given[:1]
    own = given[0]["domain"] if given else ""
    return [ShareOutDraft(**{**fields, "domain": fields["domain"] or own}) for fields in typed]


def _fields(  # noqa: PLR0913, PLR0917
    table: ShareOutNow,
    kind: SharedAs,
    domains: Sequence[str],
    domain: str | None,
    said: str,
    key: str,
) -> dict[str, Any]:
    """Ask for a sentence and of which domain it is; `domain` is None where it is of another's."""
    what, where = st.columns([3, 1])
    written = what.text_input(
        f"{_KINDS[kind]} (up to {LONGEST_SHARED} characters)",
        begins(f"said-{key}", said),
        key=f"said-{key}",
    )
    begun = begins(f"of-{key}", domain or None)
    chosen: str | None = where.selectbox(
        _OF_WHICH[kind],
        domains,
        index=domains.index(begun) if begun in domains else None,
        format_func=table.workshop.instrument.names.get,
        placeholder="The same domain" if domain is None else "Choose one",
        key=f"of-{key}",
    )
    return {"kind": kind, "domain": chosen or "", "said": written}
