"""Projected: the widest gap as one question for the room, and what was heard."""

import streamlit as st

from aqua_core.workshop.talking import heard_so_far, prompt_now, write_down
from pages import _room, _way
from pages._comparing import compared
from pages._saying import plain, told

workshop = _room.workshop()
_way.way(_way.TALK)
compare = compared(workshop)
prompt = prompt_now(_room.caller(), workshop.code, compare)
if prompt is None:
    st.header("No question yet")
    st.write("A question appears once two groups can be compared after the reveal.")
    st.stop()

domain = workshop.instrument.domain(prompt.domain)
assert domain is not None, "a prompt is raised by a domain of this workshop"
with st.container(border=True, key="card"):
    st.subheader(domain.name)
    st.write(plain(prompt.headline))
    st.title(plain(prompt.question))
with st.container(horizontal=True):
    st.page_link(
        _way.DOMAIN,
        label="See every score on it",
        query_params=_room.here() | {"domain": domain.key},
    )
    st.page_link(
        _way.PLAN,
        label="Carry it into an action",
        query_params=_room.here() | {"domain": domain.key},
    )


conversation = heard_so_far(_room.caller(), workshop.code, prompt.domain)
# Another number in its key empties the field after this browser's own save, and only then.
written = st.session_state.setdefault("notes written", 0)
with st.form("heard", border=False):
    typed = st.text_area(
        "What was heard", key=f"note-{written}", help="No names: what was said, not who said it."
    )
    if st.form_submit_button("Write it down"):
        with told():
            write_down(_room.caller(), workshop.code, prompt.domain, typed)
            st.session_state["notes written"] = written + 1
            st.rerun()
for heard in conversation.heard:
    st.text(f"“{heard}”")
