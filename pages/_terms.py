"""The card before the vote: what the words mean here, open at a seat, to be opened on a wall."""

import streamlit as st
from markupsafe import Markup

from aqua_core.charts.sentences.seat import BUILDS, MEANT, terms_said
from aqua_core.vocabulary import Holder, OwnGuess, Terms
from aqua_core.vocabulary.points import said
from aqua_core.workshop.choosing import my_guesses
from pages import _room
from pages._saying import plain


def draw_terms(terms: Terms, *, opened: bool) -> None:
    """Draw what a place settled; nothing where it settled nothing.

    Args:
        terms: of the workshop.
        opened: whether it stands open; on a wall it would push the teams off the screen.
    """
    if lines := terms_said(terms):
        with st.container(border=True, gap="xsmall") if opened else st.expander(MEANT):
            if opened:
                st.markdown(f"**{MEANT}**")
            st.markdown("  \n".join(f"**{called}:** {plain(said)}" for called, said in lines))
            st.caption(BUILDS)


_HEAD = Markup('<div class="result guesses"><h2>What {} guessed</h2><ul>{}</ul></div>')
_LINE = Markup("<li>{}</li>")


def draw_guesses(code: str, holder: Holder) -> None:
    """Draw this seat's guesses beside what was scored, as one element; nothing without one."""
    guesses = my_guesses(_room.caller(), code)
    lines = [_LINE.format(guess_said(guess, holder)) for guess in guesses]
    if lines:
        st.html(_HEAD.format(_whose(holder), Markup().join(lines)))


def guess_said(guess: OwnGuess, holder: Holder = Holder.PERSON) -> str:
    """Say one guess: "Finance: you 2, you guessed 4 for Council, they scored 1.3".

    Of a laptop that a team shares its score is left out: the team's figure stands above.
    """
    whose = _whose(holder)
    alone = holder is Holder.PERSON and guess.mine is not None
    mine = f"{whose} {guess.mine}, " if alone else ""
    scored = "too few to show" if guess.scored is None else f"they scored {said(guess.scored, 1)}"
    whom = guess.whom.name
    return f"{guess.domain.short}: {mine}{whose} guessed {guess.guessed} for {whom}, {scored}"


def _whose(holder: Holder) -> str:
    return "your team" if holder is Holder.LAPTOP else "you"
