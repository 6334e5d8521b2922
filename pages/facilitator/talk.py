"""Projected: at most three conversations, one at a time, and what was heard in each."""

import streamlit as st

from aqua_core.charts.sentences import asides, conversations
from aqua_core.vocabulary.reading import Topic
from aqua_core.workshop.noticing import room_read
from pages import _asking, _hearing, _room, _way
from pages._choosing import chosen
from pages._saying import plain

workshop = _room.workshop()
_way.way(_way.TALK)
read = room_read(_room.caller(), workshop.code)
names = {domain.key: domain.name for domain in workshop.instrument.domains}
shorts = {domain.key: domain.short for domain in workshop.instrument.domains}


def card(topic: Topic) -> None:
    with st.container(border=True, key="card"):
        st.subheader(plain(names[topic.domain]))
        st.header(plain(conversations.heading(topic)))
        lines = [f"**{plain(a)}**: {plain(b)}" for a, b in conversations.sides(topic)]
        lines += [plain(each) for each in remarks(topic) if each]
        st.write("  \n".join(lines))
        ask(topic)


def remarks(topic: Topic) -> tuple[str, ...]:
    return (
        conversations.also_on(topic, shorts, len(read.domains)),
        conversations.chance(topic),
        conversations.strictness(topic),
    )


def ask(topic: Topic | None) -> None:
    if read.lines_hidden:
        st.caption(conversations.HIDDEN)
    _asking.ask(read, topic, workshop.place)


def quiet() -> str:
    """Ask a room that nothing divides, and give the domain that its notes are kept with."""
    with st.container(border=True, key="card"):
        st.header(asides.NOTHING_DIVIDES)
        st.write(plain(asides.how_quiet(read.domains)))
        ask(None)
    return st.selectbox(
        "The domain you talk about",
        [domain.domain for domain in read.domains],
        format_func=lambda key: names[key],
    )


if not read.domains:
    st.header("No question yet")
    st.write("Questions appear after the reveal. A domain that is being scored stays sealed.")
    st.stop()
if read.topics:
    with st.container(horizontal=True, vertical_alignment="center"):
        topic = chosen(read.topics, shorts)
        st.space("stretch")
        _hearing.onward_from(topic.domain)
    card(topic)
    domain = topic.domain
else:
    domain = quiet()
    _hearing.onward_from(domain)
_hearing.heard(workshop, domain)
if read.looked_at:
    with st.expander(asides.how_many_more(len(read.looked_at))):
        for each in read.looked_at:
            st.write(plain(asides.left_out(each, shorts)))
