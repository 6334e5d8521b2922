"""What conversations came to. Each save appends a version; the newest of each domain counts."""

from typing import Final

from aqua_core.store.cursor import Cursor
from aqua_core.store.versions import Versions
from aqua_core.vocabulary import Outcome

_OUTCOMES: Final = Versions(Outcome, "conversation", by=("domain",), order="domain")


def add_outcome(cursor: Cursor, workshop_id: str, outcome: Outcome) -> None:
    """Append a version of what a conversation came to."""
    _OUTCOMES.add(cursor, workshop_id, outcome)


def outcomes_of(cursor: Cursor, workshop_id: str) -> tuple[Outcome, ...]:
    """Give the newest version of what each conversation came to, by domain key."""
    return _OUTCOMES.read(cursor, workshop_id)
