"""A seat's own guesses of another partner, under its result: what it thought, and what was."""

import streamlit as st
from markupsafe import Markup

from aqua_core.vocabulary import Holder, OwnGuess
from aqua_core.vocabulary.figures import said
from aqua_core.workshop.talking.guessing import my_guesses
from pages import _room

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
