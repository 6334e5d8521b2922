"""A form that was opened on an older version tells it, and never undoes the newer one."""

import streamlit as st


def opened_version(mark: str, version: int, called: str) -> int:
    """Give the version that this browser opened; where a newer one is kept, offer that.

    Args:
        mark: tells this form from the others on the page.
        version: the newest.
        called: what was changed: "action".
    """
    opened: int = st.session_state.setdefault(_key(mark), version)
    if opened != version:
        st.write(f"Somebody changed this {called} since you opened it: the newest is above.")
        if st.button("Start from the newest", key=f"newest-{mark}"):
            now_open(mark, version)
            st.rerun()
    return opened


def now_open(mark: str, version: int) -> None:
    """Let the form start from this version: it has just been saved here, or was asked for."""
    st.session_state[_key(mark)] = version


def _key(mark: str) -> str:
    return f"opened-{mark}"
