"""The ballot in a hand: a tap shows at once, and is called saved when the laptop says so.

A native radio sends each tap through a script run; this part sends it as one small request, which
is three times cheaper for the laptop and goes on when the page's own connection is away.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from aqua_core.charts.sentences import beside as beside_words
from aqua_core.charts.sentences import seat
from aqua_core.charts.sentences.ways_back import KEPT, first_given
from aqua_core.vocabulary import (
    CANNOT_SAY,
    CANNOT_SAY_STATEMENT,
    Ballot,
    Domain,
    Holder,
    Instrument,
    Partner,
    Workshop,
)
from aqua_core.workshop.holding_back import LastTime
from aqua_core.workshop.revealing import unseen_now
from aqua_core.workshop.seating import OwnSeat

_FOLDER = Path(__file__).parent
# One script: what is sent, what stands beside a score, then the screens that use both.
_SCRIPTS = ("_ballot_sending.js", "_ballot_beside.js", "_ballot.js")
_KINDS = ("vote", "reason", "guess")
_AGAIN = "A second look: the first one stays as it is."

_ballot = st.components.v2.component(
    "ballot",
    css=(_FOLDER / "_ballot.css").read_text(encoding="utf-8"),
    js="\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in _SCRIPTS),
)


def draw_ballot(
    workshop: Workshop, ballot: Ballot, promise: str, own: OwnSeat, before: LastTime
) -> None:
    """Draw the domains that are being scored, one a screen, with this seat's saved answers.

    Args:
        workshop: gives each number of points its name, and says what words mean.
        ballot: with at least one domain.
        promise: who will see what, at the moment of scoring.
        own: this seat's tag, and how many seats its team has.
        before: whether it is asked if it was here last time, and what it said.
    """
    _draw(
        workshop.code,
        [
            *(_asked(workshop, ballot, domain) for domain in ballot.domains),
            *(one for held in ballot.beside for one in _asked_beside(workshop, ballot, held)),
        ],
        kept=KEPT if ballot.resumed else "",
        seat=own.tag,
        team=seat.team_on_phone(ballot.team.name, own.in_team),
        promise=promise if ballot.domains else _promised(workshop, ballot),
        whose=seat.whose_words(workshop.instrument) if ballot.domains else "",
        rule=seat.RULE,
        meant=seat.MEANT,
        terms=[*seat.terms_said(workshop.terms), ("The levels", seat.BUILDS)],
        answers=ballot.answers,
        taps=ballot.taps,
        reasons={key: reason.model_dump() for key, reason in ballot.reasons.items()},
        reworded=ballot.reworded,
        guesses=ballot.guesses,
        guess_taps=ballot.guess_taps,
        before={
            "asked": seat.LAST_TIME if before.asked else "",
            "said": before.said,
            "address": f"/last-time/{workshop.code}",
        },
    )


def _asked(workshop: Workshop, ballot: Ballot, domain: Domain) -> dict[str, Any]:
    return {
        "key": domain.key,
        "round": ballot.rounds[domain.key],
        "name": domain.name,
        "short": domain.short,
        "question": domain.question,
        "choices": _choices(domain.statements, workshop),
        "look": _look(ballot, domain.key, workshop.holder),
        "point": _point(again=domain.key in ballot.again),
        "guess": _guess_asked(ballot.guessed) if domain.key in ballot.guessing else "",
    }


def _asked_beside(workshop: Workshop, ballot: Ballot, held: Instrument) -> list[dict[str, Any]]:
    """Give what an instrument beside the framework asks now, both times of a row on one screen."""
    cannot = {"score": CANNOT_SAY, "name": "Cannot say", "statement": ""}
    pick = held.answering.most or 0
    asked: list[dict[str, Any]] = []
    for domain in held.domains:
        names = domain.statements or held.levels
        small = domain.small or ("",) * len(names)
        choices: list[dict[str, int | str]] = [
            {"score": score, "name": name, "statement": words}
            for score, (name, words) in enumerate(zip(names, small, strict=True))
        ]
        for key, called in beside_words.times_of(held, domain, workshop.holder):
            if key in ballot.rounds:
                asked.append(
                    {
                        "key": key,
                        "round": ballot.rounds[key],
                        "screen": held.key if pick else f"{held.key}.{domain.key}",
                        "name": held.name if pick else domain.name,
                        "short": beside_words.one_of(domain, called),
                        "question": domain.question,
                        "legend": called,
                        "note": beside_words.noted(held),
                        "choices": [] if pick else [*choices, cannot],
                        "pick": pick,
                        "promise": beside_words.promise(held, workshop.guard),
                        "look": _AGAIN if key in ballot.again else "",
                    }
                )
    return asked


def _promised(workshop: Workshop, ballot: Ballot) -> str:
    said = [beside_words.promise(held, workshop.guard) for held in ballot.beside]
    return " ".join(dict.fromkeys(said))


def draw_late(code: str, tag: str) -> None:
    """Draw nothing but what came after the round's end and was not saved, if this device has it."""
    none: dict[str, Any] = {"answers": {}, "taps": {}, "reasons": {}, "reworded": {}}
    none["seat"] = tag
    _draw(code, [], team="", promise="", whose="", guesses={}, guess_taps={}, before={}, **none)


def _guess_asked(whom: Partner | None) -> str:
    """Ask what the other partner scores."""
    return f"What will {whom.name} score here? Your guess" if whom else ""


def _point(*, again: bool) -> str:
    return f"What {'moved you' if again else 'makes you say so'}? One line (optional)"


def _look(ballot: Ballot, domain: str, holder: Holder) -> str:
    """Say on a second look what this seat gave in the first one."""
    return first_given(ballot.first.get(domain), holder) if domain in ballot.again else ""


def _draw(code: str, domains: list[dict[str, Any]], **shown: Any) -> None:
    addresses = {kind: f"/{kind}/{code}" for kind in _KINDS}
    back = bool(unseen_now(code).taken_back)
    known = {"addresses": addresses, "domains": domains, "taken_back": back, **shown}
    _ballot(key=f"ballot-{code}", data=known)


def _choices(statements: tuple[str, ...], workshop: Workshop) -> list[dict[str, int | str]]:
    points: list[dict[str, int | str]] = [
        {
            "score": score,
            "name": f"{score} · {workshop.instrument.levels[score]}",
            "statement": statement,
        }
        for score, statement in enumerate(statements)
    ]
    who = "We" if workshop.holder is Holder.LAPTOP else "I"
    cannot = {
        "score": CANNOT_SAY,
        "name": "Cannot say",
        "statement": CANNOT_SAY_STATEMENT.format(who),
    }
    return [*points, cannot]
