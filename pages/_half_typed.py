"""What is typed in a form and not saved yet: it is there again after a look at something else.

Streamlit forgets what a widget held once a run does not draw it, so it is kept here, for as long as
this browser's session lives. And a browser sends what stands in a form only by a button of that
form: each has one that nobody sees, pressed by `_first.js` when the form is left.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import pandas as pd
import streamlit as st

_KEPT: Final = "half typed"
_DRAWN: Final = "fields of forms"
_FORM: Final = "form that is drawn"
_BACK: Final = "forms that came back"
_LINKED: Final = "what links filled in"
_TIMES: Final = "times a form was saved"
_RUN: Final = "runs of pages"
_LEFT: Final = "tables as they were left"
_BASES: Final = "tables as their editors began"
_ABOUT: Final = ("workshop", "place")
"""What a page's address says that it is about: no text goes from one workshop to another."""


class _Field(NamedTuple):
    """A field as it was drawn: in which form of what, what it starts from, what it began with.

    `run` is the last one that drew it, counted from 1.
    """

    form: str
    starts: Any
    begun: Any
    run: int


def begin() -> None:
    """Keep, as a run begins, what stands in the fields: this run may not draw them."""
    st.session_state[_RUN] = _run() + 1
    for key in [*_drawn()]:
        _keep(key)


@contextmanager
def form(name: str, **looks: Any) -> Iterator[None]:
    """Draw a form whose fields keep what is half typed in them.

    Args:
        name: tells it from the others on the page.
        looks: of the form.
    """
    with st.form(name, border=False, **looks):
        st.session_state[_FORM] = of(name)
        try:
            yield
            st.form_submit_button("Keep what is typed", key=f"half-typed-{name}")
        finally:
            st.session_state.pop(_FORM, None)


def of(name: str) -> str:
    """Name a form with what its page is about."""
    return " ".join([*(st.query_params.get(about, "") for about in _ABOUT), name])


def begins(key: str, starts: Any, *, linked: str = "", within: str = "") -> Any:
    """Give what a field begins with: what was half typed in it, else what it starts from.

    Args:
        key: of its widget.
        starts: what it starts from.
        linked: what the link says of it by which this page was opened: it goes first, once.
        within: the form that it belongs to, where it stands outside of it.
    """
    belongs = of(within) if within else st.session_state[_FORM]
    field = _drawn().get(key)
    # A browser sends a field of another view of the page once more, and draws it empty after that.
    stands = field and field.run >= _run() - 1
    if field and stands and field.form == belongs and key in st.session_state:
        _keep(key)
        _drawn()[key] = field._replace(run=_run())
        return field.begun
    kept = st.session_state.setdefault(_KEPT, {}).get(belongs, {})
    links = st.session_state.setdefault(_LINKED, {})
    at_first = linked and links.get((belongs, key)) != linked
    links[belongs, key] = linked
    begun = starts if at_first else kept.get(key, starts)
    if key in kept and not at_first:
        st.session_state.setdefault(_BACK, set()).add(belongs)
    _drawn()[key] = _Field(belongs, starts, begun, _run())
    return begun


def begins_with_table(key: str, starts: pd.DataFrame) -> pd.DataFrame:
    """Give the table that an editor begins with: as it was left half typed, else what it is of.

    The same one as long as the editor is drawn: it keeps what is typed as changes of this table.
    `key` is the editor's.
    """
    left, bases = (st.session_state.setdefault(name, {}) for name in (_LEFT, _BASES))
    if key not in st.session_state:
        bases[key] = left.get(key, starts)
    table: pd.DataFrame = bases[key]
    return table


def keep_table(key: str, table: pd.DataFrame) -> None:
    """Keep a table as it stands in its editor."""
    st.session_state[_LEFT][key] = table


def came_back(name: str) -> bool:
    """Tell whether something half typed came back to a form: then it is drawn open."""
    kept = st.session_state.get(_KEPT, {}).get(of(name))
    gone = kept and not any(key in st.session_state for key in kept)
    return bool(gone) or of(name) in st.session_state.get(_BACK, ())


def is_half_typed(name: str) -> bool:
    """Tell whether something stands in a form that is not saved."""
    return bool(st.session_state.get(_KEPT, {}).get(of(name)))


def times_saved(name: str) -> int:
    """Give how often a form was saved here: another number in their keys empties its fields."""
    times: int = st.session_state.get(_TIMES, {}).get(of(name), 0)
    return times


@contextmanager
def until_saved() -> Iterator[None]:
    """Forget what was half typed in the form that is drawn, once this has saved it.

    Whoever saves may end the run, which is no exception to be handled; a refusal keeps it all.
    """
    try:
        yield
    except Exception:
        raise
    except BaseException:
        _forget()
        raise
    else:
        _forget()


def forget(name: str) -> None:
    """Forget what was half typed in a form: what it was typed on was put away."""
    _forget(of(name))


def _forget(belongs: str = "") -> None:
    belongs = belongs or st.session_state.get(_FORM, "")
    st.session_state.get(_KEPT, {}).pop(belongs, None)
    st.session_state.get(_BACK, set()).discard(belongs)
    times = st.session_state.setdefault(_TIMES, {})
    times[belongs] = times.get(belongs, 0) + 1
    for key in [key for key, field in _drawn().items() if field.form == belongs]:
        del _drawn()[key]


def _keep(key: str) -> None:
    """Keep what stands in a field; what it starts from is nobody's text."""
    if key not in st.session_state:
        return
    field, typed = _drawn()[key], st.session_state[key]
    kept = st.session_state.setdefault(_KEPT, {}).setdefault(field.form, {})
    if typed == field.starts:
        kept.pop(key, None)
    else:
        kept[key] = typed


def _run() -> int:
    run: int = st.session_state.get(_RUN, 0)
    return run


def _drawn() -> dict[str, _Field]:
    drawn: dict[str, _Field] = st.session_state.setdefault(_DRAWN, {})
    return drawn
