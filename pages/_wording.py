"""The wording of a place: a draft that stays while other pages are looked at, typed and saved."""

import json
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import streamlit as st

from aqua_core.charts.sentences import own_words as words
from aqua_core.errors import BadInstrument
from aqua_core.instrument import read_domain
from aqua_core.vocabulary import Domain, Instrument, Kind
from aqua_core.workshop import rewording
from aqua_core.workshop.rewording import Draft, WordingSeen
from pages import _room
from pages._plan.fields import TWO_LINES
from pages._saying import plain, told

_DONE: Final = "wording saved"
_DRAFTS: Final = "wordings half typed"
_NUMBER: Final = "wordings begun"
_PUT_AWAY: Final = "wordings put away"
_GO_TO: Final = "domain to look at next"
_KINDS: Final = {
    Kind.ANATOMY: "Technical: the anatomy",
    Kind.PHYSIOLOGY: "Cultural: the physiology",
}
_NAME_LETTERS: Final = 24

_checked_while_typed = st.components.v2.component(
    "wording", js=(Path(__file__).parent / "_wording.js").read_text(encoding="utf-8")
)


def draw(place_id: str, _today: date) -> None:
    """Draw the six statements of a domain to be reworded, and what changes. Never projected."""
    installed = _room.instruments()
    seen = rewording.wording_seen(_room.caller(), place_id, installed)
    _go_on()
    st.title(f"The words of {plain(seen.place.name)}")
    st.caption(words.KEEPS)
    with st.container():
        if done := st.session_state.pop(_DONE, ""):
            st.success(plain(done))
    begun, more = st.columns([5, 2], vertical_alignment="bottom")
    with begun:
        typing = _typing_from(seen, installed)
    at = _chosen_domain(typing)
    is_local = typing.domains[at]["key"] in _local_domains(typing, installed)
    with more, st.container(horizontal=True):
        _add_a_domain(typing)
        if is_local:
            _take_out(typing, at)
    typed, changed = st.columns([3, 2], gap="large")
    with typed:
        _fields(typing, at, seen, local=is_local)
    with changed:
        st.header("What changes", anchor=False)
        _say_changes(typing, seen)
        _offer_saving(typing, seen, installed)
        _offer_files(typing, seen)
        for saved in seen.own:
            st.caption(plain(words.saved_said(saved)))
        st.caption(plain(typing.draft.begun.source))


class _Typing:
    """A draft on this page: its fields have keys of their own, until it is begun anew."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.number = st.session_state.get(_NUMBER, 0) + 1
        st.session_state[_NUMBER] = self.number

    @property
    def domains(self) -> list[dict[str, Any]]:
        """The domains as they are typed."""
        domains: list[dict[str, Any]] = self.draft.typed["domains"]
        return domains

    def key(self, *spot: str | int) -> str:
        """Give the key of a field; of a domain's by the domain, wherever it stands."""
        return f"words {self.number} {' '.join(map(str, spot))}"

    @property
    def chosen(self) -> str:
        """The key of the choice of a domain."""
        return self.key("domain")


def _typing_from(seen: WordingSeen, installed: Sequence[Instrument]) -> _Typing:
    """Ask which version a further one begins from; give what is half typed on it."""
    drafts: dict[Any, _Typing] = st.session_state.setdefault(_DRAFTS, {})
    begun = _half_typed_on(seen) or seen.begins[0]
    if len(seen.begins) > 1:
        begun = st.selectbox(
            "Begin from",
            seen.begins,
            index=seen.begins.index(begun),
            format_func=lambda one: words.begins_said(one, seen.own, seen.scored),
            key=f"begins {seen.place.id} {rewording.newest_of(seen.own)}",
        )
    at = (seen.place.id, begun)
    if at not in drafts:
        drafts[at] = _Typing(Draft(rewording.as_typed(begun), begun, rewording.newest_of(seen.own)))
    return drafts[at]


def _half_typed_on(seen: WordingSeen) -> Instrument | None:
    """Give the version on which something is half typed, whatever somebody else saved meanwhile."""
    typed = [
        typing.draft.begun
        for (place_id, _), typing in st.session_state[_DRAFTS].items()
        if place_id == seen.place.id and rewording.rewordings_typed(typing.draft)
    ]
    return next((begun for begun in seen.begins if begun in typed), None)


def _begin_anew(seen: WordingSeen, begun: Instrument, typed: dict[str, Any] | None = None) -> None:
    """Put what is half typed away, for the version before or for what a file says."""
    drafts: dict[Any, _Typing] = st.session_state[_DRAFTS]
    newest, at = rewording.newest_of(seen.own), (seen.place.id, begun)
    st.session_state.setdefault(_PUT_AWAY, {})[at] = drafts[at]
    drafts[at] = _Typing(Draft(typed or rewording.as_typed(begun), begun, newest))


def _put_back(at: tuple[str, Instrument]) -> None:
    st.session_state[_DRAFTS][at] = st.session_state[_PUT_AWAY].pop(at)


def _chosen_domain(typing: _Typing) -> int:
    """Ask which domain is looked at; give its place among them."""
    names = {domain["key"]: domain["short"] or "New domain" for domain in typing.domains}
    if st.session_state.get(typing.chosen) not in names:
        st.session_state[typing.chosen] = next(iter(names))
    chosen = st.pills(
        "Domain",
        list(names),
        format_func=lambda key: plain(names.get(key, key)),
        required=True,
        key=typing.chosen,
    )
    return list(names).index(chosen)


def _fields(typing: _Typing, at: int, seen: WordingSeen, *, local: bool) -> None:
    """Draw a domain's question and six statements, each with what is wrong and what was said.

    Args:
        typing: the draft.
        at: the domain's place in it.
        seen: has the remarks of rooms.
        local: whether the place added this domain, so that it names it.
    """
    domain, faults = typing.domains[at], rewording.faults_typed(typing.draft.typed)
    with st.container(key="worded", gap="xsmall"):
        _checked_while_typed(key="checked while typed")
        if local:
            fault = faults.get(("domains", at, "short")) or faults.get(("domains", at, "name"))
            _field(typing, domain, "Name", "short", fault=fault)
        fault = faults.get(("domains", at, "question"))
        _field(typing, domain, "Question", "question", fault=fault)
        before = typing.draft.begun.domain(domain["key"])
        for points, level in enumerate(typing.draft.typed["levels"]):
            fault = faults.get(("domains", at, "statements", points))
            _field(typing, domain, f"{points} · {level}", "statements", points, fault=fault)
            said = seen.said_of(before.short, points, before.statements[points]) if before else ()
            with st.container(gap=None):
                for remark in words.remarks_said(said):
                    st.caption(plain(remark))


def _field(
    typing: _Typing, domain: dict[str, Any], label: str, *spot: str | int, fault: str | None
) -> None:
    """Draw a field; what is wrong has a place of its own: a field that moved would lose letters."""
    key = typing.key(domain["key"], *spot)
    first, *rest = spot
    if key not in st.session_state:
        st.session_state[key] = domain[first][rest[0]] if rest else domain[first]

    def take() -> None:
        said = st.session_state[key]
        if rest:
            domain[first][rest[0]] = said
        else:
            domain[first] = said
        if first == "short":  # a domain of the place's own has one name
            domain["name"] = said

    if first == "short":
        st.text_input(plain(label), key=key, on_change=take, max_chars=_NAME_LETTERS)
    else:
        hint = words.PROVES[int(rest[0])] if rest else "What is asked of the room"
        st.text_area(plain(label), key=key, on_change=take, height=TWO_LINES, placeholder=hint)
    with st.container(gap=None):
        if fault:
            st.markdown(f":red[{plain(fault)}]")


def _local_domains(typing: _Typing, installed: Sequence[Instrument]) -> frozenset[str]:
    """Give the keys of the domains that the place added: no installed instrument has them."""
    ours = {key for instrument in installed for key in instrument.names}
    return frozenset(domain["key"] for domain in typing.domains) - ours


def _add_a_domain(typing: _Typing) -> None:
    """Offer to add a domain: one that is written already, or a blank one."""
    # With one more it is another one, which is closed.
    with st.popover("Add a domain", key=typing.key("add to", len(typing.domains))):
        st.caption(words.LOCAL)
        there = {domain["key"] for domain in typing.domains}
        for written in _written():
            if written.key not in there:
                label = f"Add {plain(written.short)}"
                added = rewording.as_typed(written)
                st.button(label, on_click=_add, args=(typing, added), key=f"add {written.key}")
        name = st.text_input("A domain of your own", max_chars=_NAME_LETTERS, key="own domain")
        kind = st.radio("Kind", _KINDS, format_func=_KINDS.get, index=None, horizontal=True)
        if st.button("Add it", key="add own domain"):
            _add_own(typing, name, kind)


def _add_own(typing: _Typing, name: str, kind: Kind | None) -> None:
    with told():
        if not name.strip() or kind is None:
            raise BadInstrument("Give the domain a name, and choose its kind.")
        key = rewording.local_key(name, typing.draft.typed)
        blank = {"question": "", "statements": [""] * len(words.PROVES)}
        _add(typing, {"key": key, "name": name, "short": name, "kind": kind.value, **blank})
        st.rerun()


def _add(typing: _Typing, domain: dict[str, Any]) -> None:
    typing.domains.append(domain)
    # The choice is drawn already in this run: the next one begins with it.
    st.session_state[_GO_TO] = typing.chosen, domain["key"]


def _take_out(typing: _Typing, at: int) -> None:
    """Offer to take a domain out that the place added."""
    label = f"Take {plain(typing.domains[at]['short'] or 'it')} out"

    def out() -> None:
        del typing.domains[at]
        st.session_state.pop(typing.chosen, None)

    st.button(label, on_click=out, key=typing.key("out"))


def _go_on() -> None:
    """Look at the domain that was just added, as a run begins."""
    if goal := st.session_state.pop(_GO_TO, None):
        chosen, key = goal
        st.session_state[chosen] = key


def _written() -> tuple[Domain, ...]:
    folder = _room.DATA / "instruments" / "local"
    return tuple(read_domain(path) for path in sorted(folder.glob("*.json")))


def _say_changes(typing: _Typing, seen: WordingSeen) -> None:
    """Say what differs from the version before, and what that does to figures."""
    found = rewording.rewordings_typed(typing.draft)
    with st.container(key="changes"):  # always there: what stands under it stays open
        _listed(words.changes_said(found))
        if broken := words.breaks_said(rewording.lines_that_break(seen.scored, typing.draft)):
            st.info(plain(broken))


def _listed(lines: Sequence[tuple[str, str, str]]) -> None:
    for what, before, now in lines:
        said = [f"**{plain(what)}**", *([f"Before: {plain(before)}"] if before else [])]
        st.markdown("  \n".join([*said, f"Now: {plain(now)}"]))
    if not lines:
        st.caption(words.NOTHING_CHANGED)


def _offer_saving(typing: _Typing, seen: WordingSeen, installed: Sequence[Instrument]) -> None:
    """Offer to save the draft as the place's own words, and to begin it anew."""
    with st.container(horizontal=True):
        saved = st.button("Save as your own words", type="primary", key="save words")
        begun = typing.draft.begun
        at = (seen.place.id, begun)
        st.button("Begin anew", on_click=_begin_anew, args=(seen, begun), key="begin anew")
        if at in st.session_state.get(_PUT_AWAY, {}):
            st.button("Put back what was typed", on_click=_put_back, args=(at,), key="put back")
    with st.container():
        if saved:
            _save(typing, seen, installed)


def _save(typing: _Typing, seen: WordingSeen, installed: Sequence[Instrument]) -> None:
    at = (seen.place.id, typing.draft.begun)
    with told():
        _say_faults(typing)
        kept = rewording.save_wording(
            _room.caller(), seen.place.id, typing.draft, installed, date.today()
        )
        st.session_state[_DRAFTS].pop(at)
        st.session_state.get(_PUT_AWAY, {}).pop(at, None)
        st.session_state[_DONE] = f"Saved. {words.saved_said(kept)}."
        st.rerun()


def _say_faults(typing: _Typing) -> None:
    faults = rewording.faults_typed(typing.draft.typed)
    for spot, why in faults.items():
        st.markdown(f":red[{plain(words.fault_said(spot, typing.draft.typed, why))}]")


def _offer_files(typing: _Typing, seen: WordingSeen) -> None:
    """Offer the draft as a file, and to bring one back: what differs is looked at first."""
    with st.expander("As a file"):
        draft = typing.draft
        st.download_button(
            "Take these words (JSON)",
            json.dumps(draft.typed, indent=2, ensure_ascii=False).encode(),
            file_name=f"{draft.begun.key}-own-words.json",
            mime="application/json",
            on_click="ignore",
        )
        file = st.file_uploader("Bring them back edited", key=typing.key("file"))
        if file is None:
            return
        with told():
            brought = rewording.wording_brought(file.getvalue(), file.name, draft.begun)
            lines = words.changes_said(rewording.rewordings_typed(draft._replace(typed=brought)))
            st.write("**The file, beside the version before**")
            _listed(lines)
            put_in = partial(_begin_anew, seen, draft.begun, brought)
            if lines:
                st.button("Put these words in", on_click=put_in, key=typing.key("put in"))
