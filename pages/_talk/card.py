"""The card that fills the screen: a question, the two sides in counts, and where they stand."""

from collections.abc import Mapping, Sequence

import streamlit as st

from aqua_core.charts.domain_marks import domain_marks
from aqua_core.charts.domain_marks import two_looks as two_looks_marks
from aqua_core.charts.sentences import asking as asking_words
from aqua_core.charts.sentences import beside as beside_words
from aqua_core.charts.sentences import conversations
from aqua_core.charts.sentences import over_time as over_time_words
from aqua_core.charts.sentences import planning as planning_words
from aqua_core.charts.sentences.ways_back import two_looks_takeaway, what_moved
from aqua_core.charts.words import spread_takeaway
from aqua_core.vocabulary import Act, Compare, Misreading, Reason, Workshop
from aqua_core.vocabulary.beside import Row, ShownBeside
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.prompt import Prompt, Question
from aqua_core.vocabulary.reading import Topic
from aqua_core.vocabulary.shown import Shown
from aqua_core.workshop.choosing import Cards
from aqua_core.workshop.looking_back import LookedBack
from aqua_core.workshop.noting import Dissent, outcomes_now, shown_reasons
from pages import _drawing, _room
from pages._mirroring import ask_the_room
from pages._saying import plain
from pages._talk import asking
from pages._talk.timer import draw_timer

_LAST_TIME = "What of this still holds?"
ALONE = 300  # px of the marks under the question
BOTH = 380  # px of two looks, one under the other
BESIDE_REASONS = 240  # px of the marks where reasons stand under them


def topic_card(workshop: Workshop, read: Shown, topic: Topic) -> Prompt | None:
    """Draw the card of a conversation, and give what it asks."""
    shorts = workshop.instrument.names
    with st.container(border=True, key="card"):
        _head(workshop, workshop.instrument.names[topic.domain])
        st.header(plain(conversations.heading(topic)))
        stands = _stands(workshop, topic.domain)
        prompt = asking.question(read, topic)
        _chosen(workshop, topic)
        left, right = st.columns(2, gap="medium")
        # Under two statements there may be nothing more to be seen: the steps begin at the left.
        seen, asked = (right, left) if topic.ends else (left, right)
        with seen:
            if not topic.ends:
                _lines([f"**{plain(a)}**: {plain(b)}" for a, b in conversations.sides(topic)])
            _remarks(topic, shorts, read)
        with asked:
            asking.steps(prompt, workshop.place)
        said = _said(workshop, topic.domain)
        height = BESIDE_REASONS if said or stands else ALONE
        _marks(workshop, read, topic.domain, topic.line, height)
        _draw(said)
    return prompt


def quiet_card(workshop: Workshop, read: Shown, cards: Cards) -> Prompt | None:
    """Draw the one open question for a room that nothing divides, and what the room said to it."""
    with st.container(border=True, key="card"):
        _head(workshop, "")
        set_aside = any(act.act is Act.SET_ASIDE for act in cards.acts.values())
        quiet = asking_words.quiet_heading(read.domains, read.lines_hidden)
        st.header(plain(asking_words.ALL_SET_ASIDE if set_aside else quiet))
        st.write(plain(asking_words.how_quiet(read.domains)))
        if read.lines_hidden:
            st.caption(conversations.HIDDEN)
        prompt = asking.question(read, None)
        asking.steps(prompt, workshop.place)
        if real := cards.acts.get(""):
            st.subheader("The room says: this agreement is real")
            st.write(plain(f"“{real.reason}”"))
    return prompt


def again_card(workshop: Workshop, read: Shown, domain: str) -> Prompt | None:
    """Draw a domain that was looked at again: who moved, and both looks on one scale."""
    looks = read.two_looks(domain, Compare.PARTNER)
    with st.container(border=True, key="card"):
        _head(workshop, workshop.instrument.names[domain])
        if looks is None:
            return None
        before, after, movement = looks
        _moved_and_stands(workshop, domain, what_moved(movement, before, after))
        prompt = asking.question_after(domain)
        asking.steps(prompt, workshop.place)
        levels = workshop.instrument.levels
        if not _drawing.held():
            spec = _drawing.kept(
                workshop.code,
                ("both looks", domain),
                lambda look: two_looks_marks(before, after, levels, look, BOTH),
                read,
            )
            takeaway = two_looks_takeaway(movement, before, after)
            st.vega_lite_chart(spec=spec, theme=None, width="stretch", alt=takeaway)
        _draw(_said(workshop, domain))
    return prompt


def fell_card(workshop: Workshop, read: Shown, seen: LookedBack, domain: str) -> Prompt | None:
    """Draw a domain that is lower than last time: how sure that is, and how the room reads it."""
    row = next(row for row in seen.over_time.fallen if row.key == domain)
    with st.container(border=True, key="card"):
        _head(workshop, workshop.instrument.names.get(domain, domain))
        st.header(plain(over_time_words.fall_read(row, seen.readings.get(domain))))
        prompt = asking.question_on_fall(domain)
        st.write(plain(over_time_words.move_said(row.move)))
        asking.steps(prompt, workshop.place)
        _marks(workshop, read, domain, None, BESIDE_REASONS)
        _draw(_said(workshop, domain))
    return prompt


def _chosen(workshop: Workshop, topic: Topic) -> None:
    """Set the two statements that teams on laptops chose side by side, the lower one left."""
    domain = workshop.instrument.domain(topic.domain)
    if not topic.ends or domain is None:
        return
    ends = conversations.statements(topic, domain)[::-1]
    for place, (who, statement) in zip(st.columns(2, gap="medium"), ends, strict=True):
        place.write(f"**{plain(who)}**  \n{plain(statement)}")


def _moved_and_stands(workshop: Workshop, domain: str, moved: str) -> None:
    # One over the other they pushed the legend off the screen at 1920x1080.
    if short := _in_short(workshop, domain):
        left, right = st.columns(2, gap="medium")
        left.write(f"**{plain(moved)}**")
        right.write(plain(short))
    else:
        st.header(plain(moved))


def beside_card(workshop: Workshop, shown: ShownBeside, row: Row, key: str) -> Question | None:
    """Draw the question that a row raises which was asked beside the domains, and its counts.

    `key` is the one under which the row is talked about.
    """
    with st.container(border=True, key="card"):
        _head(workshop, row.name)
        st.header(plain(beside_words.row_said(shown, row)))
        _stands(workshop, key)
        prompt = asking.question_beside(shown.kind, row.key)
        asking.steps(prompt, workshop.place)
    return prompt


def misread_card(workshop: Workshop, misread: Misreading) -> Prompt | None:
    """Draw the question that the largest misreading raises."""
    with st.container(border=True, key="card"):
        _head(workshop, workshop.instrument.names[misread.domain])
        st.header(plain(planning_words.misread(misread)))
        prompt = asking.question_on(misread)
        asking.steps(prompt, workshop.place)
    return prompt


def last_time_card(workshop: Workshop, before: Sequence[Dissent]) -> None:
    """Draw what the last workshop's conversations came to where somebody stayed apart or waits."""
    with st.container(border=True, key="card"):
        _head(workshop, f"Said on {day_said(before[0].workshop.held_on)}")
        st.title(_LAST_TIME)
        ask_the_room(_LAST_TIME)
        for last in before:
            teams = {team.id: team.name for team in last.workshop.teams}
            said = planning_words.came_to(last.outcome, teams, workshop.held_on)
            _lines([f"**{plain(last.called)}**", *map(plain, said)])


def _said(workshop: Workshop, domain: str) -> tuple[Reason, ...]:
    return shown_reasons(_room.caller(), workshop.code, domain)[-asking.MOST_REASONS :]


def _draw(said: Sequence[Reason]) -> None:
    # Side by side: one under the other the second lay under the screen's edge at 1920x1080.
    for reason, place in zip(
        said, st.columns(len(said), gap="medium") if said else (), strict=True
    ):
        place.write(plain(planning_words.pointed_at(reason)))


def _stands(workshop: Workshop, domain: str) -> bool:
    """Draw where the conversation stands, and tell whether it stands anywhere yet."""
    short = _in_short(workshop, domain)
    if short:
        st.write(f"**{plain(short)}**")
    return bool(short)


def _in_short(workshop: Workshop, domain: str) -> str:
    kept = outcomes_now(_room.caller(), workshop.code).get(domain)
    teams = {team.id: team.name for team in workshop.teams}
    return planning_words.in_short(kept, teams) if kept else ""


def _head(workshop: Workshop, name: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if name:
            st.subheader(plain(name))
        st.space("stretch")
        draw_timer(workshop.code)


def _marks(workshop: Workshop, read: Shown, domain: str, line: Compare | None, height: int) -> None:
    """Draw every score as a mark; a phone, which cannot show them, has their sentence."""
    compare = line or Compare.PARTNER
    spread = read.by_domain(compare)[domain]
    if _drawing.held():
        st.write(plain(spread_takeaway(spread)))
        return

    levels = workshop.instrument.levels
    spec = _drawing.kept(
        workshop.code,
        ("card", domain, compare, height),
        lambda look: domain_marks(spread, levels, look, height=height),
        read,
    )
    alternative = spread_takeaway(spread)
    st.vega_lite_chart(spec=spec, theme=None, width="stretch", alt=alternative)


def _remarks(topic: Topic, shorts: Mapping[str, str], read: Shown) -> None:
    said = (
        conversations.chance(topic),
        conversations.doubts(topic),
        conversations.also_on(topic, shorts, len(read.domains)),
        conversations.strictness(topic),
        conversations.HIDDEN if read.lines_hidden else "",
    )
    with st.container(key="remarks"):
        st.caption(plain(" ".join(line for line in said if line)))


def _lines(lines: Sequence[str]) -> None:
    st.write("  \n".join(lines))
