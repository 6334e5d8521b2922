"""A view of a place: its forums, what each must hear and decide, and who carries how much."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, Final

import streamlit as st

from aqua_core.charts.sentences import forums as words
from aqua_core.vocabulary.forum import AtForum, Forum, ForumDraft, ForumKind
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.vocabulary.text import check_fields, words_of
from aqua_core.workshop import deciding
from pages import _room, _way
from pages._half_typed import begins, came_back, form, times_saved
from pages._place import DONE, say
from pages._plan import looking, versions
from pages._saying import at_its_field, plain, problems, save_by, told

_ASKED: Final = words_of(Forum)
_NAMED: Final = "a forum that a plan names"
_NEW: Final = "forum-new"


def draw(place_id: str, today: date) -> None:
    """Draw each forum with what waits for it, the form for one more, and the load."""
    seen = deciding.forums_now(_room.caller(), place_id, today)
    st.html(f"<style>{looking.STYLE}</style>")
    st.title(plain(f"Where {seen.place.name} decides"))
    with st.container():
        if done := st.session_state.pop(DONE, ""):
            st.success(plain(done))
        if seen.scoring:
            st.caption(words.HELD_BACK)
    with st.container(key="forums"):
        _forums(seen)
    st.header(plain(words.most_said(seen.load) or words.NO_LOAD), anchor=False)
    looking.load(seen.load)


def _forums(seen: deciding.ForumsSeen) -> None:
    for at in seen.at:
        _forum(seen, at)
    if not seen.at:
        st.write(words.NO_FORUM)
    starts = st.session_state.get(f"{_NAMED} {seen.place.id}", "")
    opened = not seen.at or bool(starts) or came_back(_NEW)
    with st.expander("Put a forum on the list", expanded=opened, key=f"list-one-{starts}"):
        _new(seen.place.id, starts)
    versions.put_back_list(
        [
            versions.Back(forum.name, forum.id, partial(_back, seen.place.id, forum))
            for forum in seen.out
        ]
    )
    if seen.coalitions:
        st.header("Tests that need a coalition", anchor=False)
        for test in seen.coalitions:
            _test(test, words.coalition_said(test))


def _forum(seen: deciding.ForumsSeen, at: AtForum) -> None:
    mark = at.forum.id if at.forum else f"named-{at.name}"
    with st.container(border=True, gap="xsmall", key=f"card-{mark}"):
        st.header(plain(at.name), anchor=False)
        st.caption(plain(words.kind_said(at).capitalize()))
        if at.forum and at.forum.hears:
            st.text(f"{_ASKED['hears'].label}: {at.forum.hears}")
        for heading, tests in (("To decide on", at.decides), ("To hear of", at.hears_of)):
            _tests(heading, tests)
        for one in at.parked:
            st.write(plain(f"{words.parked_said(one)}."))
        if not (at.decides or at.hears_of or at.parked):
            st.caption(plain(f"{words.waits_said(at).capitalize()}."))
        if at.forum is None:
            st.button(
                "Add it to the list below",
                on_click=_start_from,
                args=(seen.place.id, at.name),
                key=f"list-{mark}",
            )
            return
        edit = partial(_edit, seen.place.id, at.forum)
        versions.opens("Change it", f"forum-{at.forum.id}", edit, len(seen.at))


def _tests(heading: str, tests: Sequence[OpenAction]) -> None:
    if tests:
        st.markdown(f"**{heading}**")
    for test in tests:
        _test(test, words.test_said(test))


def _test(test: OpenAction, said: str) -> None:
    """Say a test as the link to its plan, on as many lines as it takes."""
    st.page_link(_way.PLAN, label=plain(said), query_params={_room.CODE: test.code})


def _start_from(place_id: str, name: str) -> None:
    st.session_state[f"{_NAMED} {place_id}"] = name


def _new(place_id: str, starts: str) -> None:
    key = f"{_NEW}-{times_saved(_NEW)}-{starts}"
    with form(_NEW):
        problems(_NEW)
        given = _fields(None, key, starts)

        def save(sure: bool) -> None:
            check_fields(ForumDraft, given)
            made = deciding.list_forum(_room.caller(), place_id, ForumDraft(**given), sure=sure)
            st.session_state.pop(f"{_NAMED} {place_id}", None)
            say(f"{made.name} is on the list.")

        save_by("Put it on the list", _NEW, save, f"{{}}-{key}")


def _edit(place_id: str, forum: Forum) -> None:
    opened = versions.opened_version(forum.id, forum.version, "forum")
    mark = f"edit-{forum.id}"
    key = f"{forum.id}-{opened}"
    with form(mark):
        problems(mark)
        given = _fields(forum, key, "")

        def save(sure: bool) -> None:
            check_fields(ForumDraft, given)
            changed = Forum(id=forum.id, version=opened, **given)
            saved = deciding.change_forum(_room.caller(), place_id, changed, sure=sure)
            versions.now_open(forum.id, saved.version)
            say(f"{saved.name} is changed.")

        save_by("Save the change", mark, save, f"{{}}-{key}")
    if st.button("Take it off the list", type="tertiary", key=f"out-{forum.id}"):
        with told():
            shown = forum.model_copy(update={"version": opened})
            moved = deciding.move_forum(_room.caller(), place_id, shown, out=True)
            versions.now_open(forum.id, moved.version)
            say(f"{forum.name} is off the list. It can be put back below.")


def _back(place_id: str, forum: Forum) -> None:
    moved = deciding.move_forum(_room.caller(), place_id, forum, out=False)
    versions.now_open(forum.id, moved.version)
    say(f"{forum.name} is back.")


def _fields(before: Forum | None, key: str, starts: str) -> dict[str, Any]:
    name, kind = st.columns(2)
    with name:
        called = st.text_input(
            _ASKED["name"].asked(),
            begins(f"name-{key}", before.name if before else starts),
            key=f"name-{key}",
        )
        at_its_field(f"name-{key}")
    with kind:
        begun = begins(f"kind-{key}", before.kind if before else None)
        chosen = st.selectbox(
            "What it is",
            list(ForumKind),
            index=list(ForumKind).index(begun) if begun else None,
            format_func=lambda one: one.value.capitalize(),
            placeholder="Choose one",
            key=f"kind-{key}",
        )
        at_its_field(f"kind-{key}")
    hears = st.text_area(
        _ASKED["hears"].asked(),
        begins(f"hears-{key}", before.hears if before else ""),
        key=f"hears-{key}",
        height=68,
    )
    at_its_field(f"hears-{key}")
    return {"name": called, "kind": chosen or "", "hears": hears}
