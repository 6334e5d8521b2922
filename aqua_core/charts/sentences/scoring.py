"""What is said to whoever scores: how to choose, whose words these are, what they mean here."""

from typing import Final

from aqua_core.vocabulary import Instrument, Terms

RULE: Final = (
    "Choose the highest that is all true here, with all below it. If you do not know, say so."
)
MEANT: Final = "What the words mean here"
BUILDS: Final = (
    "A step that was taken counts. 0 is where a place stands until 1 is true. A partner is needed "
    "where the matter cannot do without it. Carers are those who are not paid for it."
)
_OURS: Final = "The wording is Discovery Room's own"
_CALLED: Final = {
    "partner": "A partner",
    "most": "Most partners",
    "area": "Which area",
    "ages": "Who lives here",
    "since": "Since when",
}


def whose_words(instrument: Instrument) -> str:
    """Say whose wording is scored: ours, or what the file of a place's own says of itself."""
    if instrument.source.startswith(_OURS):
        return "These statements are Discovery Room's own."
    return instrument.source


def terms_said(terms: Terms) -> tuple[tuple[str, str], ...]:
    """Give what was settled, each with what it is called; () where nothing was."""
    said = terms.model_dump()
    return tuple((called, said[name]) for name, called in _CALLED.items() if said[name])
