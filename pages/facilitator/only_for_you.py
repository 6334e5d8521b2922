"""The facilitator alone, never projected: what the answers themselves give to think about."""

import streamlit as st

from aqua_core.charts.sentences import private
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop.looking_back import fallen_now
from aqua_core.workshop.showing import shown_now, tells_now
from pages import _room, _way
from pages._ending import end
from pages._paper import say_what_was_typed
from pages._saying import plain, said_invented
from pages._talk.asking import for_you, guesses, listen_beside, waiting_for

workshop = _room.workshop()
names = workshop.instrument.names
with st.container(horizontal=True):
    st.page_link(_way.HOME, label="Home")
    st.page_link(_way.TALK, label="Talk", query_params=_room.here())
st.title("Only for you")
st.write(f"{plain(workshop.place.name)}, {day_said(workshop.held_on)}")
gate = st.empty()
with gate.container():
    st.warning("Not for the projector. Open it on a screen that nobody else sees.")
    st.write("What to ask yourself, the reasons that people wrote, and what to listen for.")
    # Nothing is drawn before this press, and a reload asks again: a restored tab shows nothing.
    pressed = st.button("Nobody else sees this screen", type="primary", key="own look")
if not pressed:
    end()
gate.empty()


def listed(lines: list[str]) -> None:
    st.write("\n".join(f"- {line}" for line in lines))


said_invented(workshop)
say_what_was_typed(workshop)
noticed = tells_now(_room.caller(), workshop.code)
if noticed is None:
    st.write(private.STAYED)
    end()
shown = shown_now(_room.caller(), workshop.code)
if not noticed.domains:
    listen_beside(shown)
    st.write("Notes appear after the reveal. A domain that is being scored stays sealed.")
    end()
st.header("To ask yourself")
signs = private.signs(noticed.tells, workshop.holder)
sentences = (private.kind_of_quiet(noticed.quiet), *(signs or (private.NO_SIGN,)))
listed([plain(sentence) for sentence in sentences if sentence])
if signs:
    st.caption("Each is a question, not a finding. No answer is left out because of it.")
waiting_for(workshop)
guesses(workshop, shown.misreadings)
fell = [row.key for row in fallen_now(_room.caller(), workshop.code)]
for_you(shown, noticed.movements, fell, names)
listen_beside(shown)
st.header("How high, how agreed")
listed(
    [
        f"**{plain(names[domain.domain])}**: {plain(private.domain_in_words(domain))}"
        for domain in noticed.domains
    ]
)
if noticed.movements:
    st.header("Who moved")
    listed(
        [
            f"**{plain(names[movement.domain])}**: {plain(private.moved(movement))}"
            for movement in noticed.movements
        ]
    )
