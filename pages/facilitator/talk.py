"""Projected: at most three conversations, one at a time, and what becomes of each."""

import streamlit as st

from aqua_core.charts.sentences import asking as asking_words
from aqua_core.charts.sentences import conversations
from aqua_core.vocabulary import Compare, Group
from aqua_core.vocabulary.prompt import Prompt
from aqua_core.vocabulary.reading import LeftOut, Topic
from aqua_core.workshop.choosing import cards_now, misreading_worth_asking
from aqua_core.workshop.looking_back import looked_back_now
from aqua_core.workshop.noting import dissent_before, owners_of
from aqua_core.workshop.showing import shown_now
from pages import _room, _way
from pages._ending import end
from pages._mirroring import opens
from pages._saying import plain
from pages._talk import card, choosing, controls, rows
from pages._talk.asking import heard, onward_from, reasons
from pages._talk.outcome import outcome

workshop = _room.workshop()
code = workshop.code
leaves = st.session_state.pop(controls.GOES_TO_THE_ROOM, False)
_way.way(_way.TALK, onward=f"/room?{_room.CODE}={code}" if leaves else "")
read = shown_now(_room.caller(), code)
cards = cards_now(_room.caller(), code)
over_time = looked_back_now(_room.caller(), code)
fell = tuple(row.key for row in over_time.over_time.fallen) if over_time else ()
before = dissent_before(_room.caller(), code)
misread = misreading_worth_asking(read)
names = workshop.instrument.names


def under(domain: str, topic: Topic | None = None) -> None:
    """Draw what belongs to a domain under its card: what was heard, and what it came to."""
    with st.container(key="under" if _room.acts(code) else "on_the_wall"):
        kept, came_to = st.columns([1, 1.6], gap="large")
        with kept:
            reasons(workshop, domain)
            heard(workshop, domain)
        with came_to:
            outcome(workshop, domain, topic)


def lead(domain: str, prompt: Prompt | None, group: Group | None) -> None:
    if _room.leads(code):
        owners = owners_of(read, domain, group)
        controls.on_a_topic(workshop, domain, cards, controls.minutes_of(prompt), owners)
    elif _room.acts(code):
        onward_from(domain)


def conversation(topic: Topic) -> None:
    prompt = card.topic_card(workshop, read, topic)
    lead(topic.domain, prompt, topic.group)
    under(topic.domain, topic)


def fallen(domain: str) -> None:
    prompt = card.fell_card(workshop, read, over_time, domain) if over_time else None
    lead(domain, prompt, None)
    under(domain)


def looked_at_again(domain: str) -> None:
    prompt = card.again_card(workshop, read, domain)
    lead(domain, prompt, None)
    under(domain)


def the_room() -> None:
    prompt = card.quiet_card(workshop, read, cards)
    if _room.leads(code):
        controls.on_the_room(workshop, cards, controls.minutes_of(prompt))
    domains = [domain.domain for domain in read.domains]
    label = "The domain you talk about"
    domain = choosing.about(label, domains, "domain of a quiet room", names)
    onward_from(domain, owners_of(read, domain, None))
    under(domain)


beside = rows.with_cards(code, read, cards)


def beside_conversation(chosen: str) -> None:
    rows.conversation(workshop, beside[chosen], cards)
    under(beside[chosen].on)


def chosen_of_the_domains() -> str:
    """Ask which card fills the screen, where scores of domains are shown."""
    with st.container(horizontal=True, vertical_alignment="center", key="cards"):
        again = read.looked_again[::-1]
        labels = rows.labels(beside, cards)
        besides = choosing.Besides(
            bool(before), again, misread.domain if misread else "", fell, labels
        )
        offered = choosing.choices(read.topics, names, cards, besides)
        chosen = choosing.chosen(offered, cards)
        between = read.gaps[Compare.PARTNER]
        order = conversations.order_said(read.topics, between)
        if order and chosen == read.topics[0].domain:
            st.caption(order, width="content")
    return chosen


def draw(chosen: str) -> None:
    about = chosen.removeprefix(choosing.AGAIN)
    if chosen == choosing.LAST_TIME:
        card.last_time_card(workshop, before)
        left_open = {last.outcome.domain: last.called for last in before}
        under(choosing.about("Write down on", [*left_open], "domain of last time", left_open))
    elif chosen in beside:
        beside_conversation(chosen)
    elif chosen == choosing.MISREAD and misread:
        card.misread_card(workshop, misread)
        under(misread.domain)
    elif chosen.startswith(choosing.FELL):
        fallen(chosen.removeprefix(choosing.FELL))
    elif chosen in topics:
        conversation(topics[chosen])
    elif about in names:
        looked_at_again(about)
    else:
        the_room()


def left_over() -> None:
    with opens(asking_words.how_many_more(len(read.looked_at)), "more looked at"):
        for left_out in read.looked_at:
            st.write(plain(asking_words.left_out(left_out, names)))
            if left_out.why is LeftOut.SET_ASIDE and _room.leads(code):
                controls.put_back(code, left_out.domain)


if not read.domains and not beside:
    st.header("No question yet")
    st.write("Questions appear after the reveal. A domain that is being scored stays sealed.")
    end()
topics = {topic.domain: topic for topic in read.topics}
if read.domains:
    draw(chosen_of_the_domains())
else:  # and walls follow: a page that was stopped leads them nowhere
    last_time = {choosing.LAST_TIME: "Last time"} if before else {}
    with st.container(horizontal=True, vertical_alignment="center", key="cards"):
        on_top = choosing.chosen(last_time | rows.labels(beside, cards), cards)
    draw(on_top)
if read.looked_at:
    left_over()
