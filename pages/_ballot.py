"""The ballot in a hand: a tap shows at once, and is called saved when the laptop says so.

A native radio sends each tap through a script run; this part sends it as one small request, which
is three times cheaper for the laptop and goes on when the page's own connection is away.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from aqua_core.vocabulary import CANNOT_SAY, CANNOT_SAY_STATEMENT, Ballot, Instrument

_FOLDER = Path(__file__).parent

_ballot = st.components.v2.component(
    "ballot",
    css=(_FOLDER / "_ballot.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "_ballot.js").read_text(encoding="utf-8"),
)


def draw_ballot(code: str, ballot: Ballot, instrument: Instrument, promise: str) -> None:
    """Draw the domains that are being scored, one a screen, with this seat's saved answers.

    Args:
        code: of the workshop.
        ballot: with at least one domain.
        instrument: gives each number of points its name.
        promise: who will see what, at the moment of scoring.
    """
    domains = [
        {
            "key": domain.key,
            "round": ballot.rounds[domain.key],
            "name": domain.name,
            "question": domain.question,
            "choices": _choices(domain.statements, instrument),
        }
        for domain in ballot.domains
    ]
    _draw(
        code,
        domains,
        team=ballot.team.name,
        promise=promise,
        answers=ballot.answers,
        taps=ballot.taps,
    )


def draw_late(code: str) -> None:
    """Draw nothing but the word that a tap came after the reveal, if this device has one."""
    _draw(code, [], team="", promise="", answers={}, taps={})


def _draw(code: str, domains: list[dict[str, Any]], **shown: Any) -> None:
    address = f"/vote/{code}"
    _ballot(key=f"ballot-{code}", data={"address": address, "domains": domains, **shown})


def _choices(statements: tuple[str, ...], instrument: Instrument) -> list[dict[str, int | str]]:
    points: list[dict[str, int | str]] = [
        {"score": score, "name": f"{score} · {instrument.levels[score]}", "statement": statement}
        for score, statement in enumerate(statements)
    ]
    cannot = {"score": CANNOT_SAY, "name": "Cannot say", "statement": CANNOT_SAY_STATEMENT}
    return [*points, cannot]
