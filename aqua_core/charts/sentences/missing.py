"""What is said of who is missing from a room."""

from typing import Final

from aqua_core.charts.words import listed
from aqua_core.vocabulary import Missing

WITHOUT_USERS: Final = "Nobody from users and carers took part"
OTHERS: Final = (
    "Others whom a system needs: patients and citizens, police and faith leaders, housing and "
    "local commerce."
)
"""After Fillingham and Weir (2014), lesson 5, p 34."""


def who_is_missing(missing: Missing) -> list[tuple[str, str]]:
    """Give who is here, who sent nobody, which sectors were not asked, and whom the room named.

    Each as a heading with its names; one of which there is nothing to say is left out.
    """
    lines = {
        "Here": [str(sector) for sector in missing.here],
        "Asked, and nobody here yet": [partner.name for partner in missing.sent_nobody],
        "Not asked": [str(sector) for sector in missing.not_asked],
    }
    found = [(head, listed(names)) for head, names in lines.items() if names]
    return [*found, ("The room says", missing.named)] if missing.named else found


def result_without(missing: Missing) -> str:
    """Say under a result that users and carers had no part in it; "" where they had."""
    return f"{WITHOUT_USERS}." if missing.without_users else ""


def missing_said(missing: Missing) -> str:
    """Say in a report who was not in the room; "" where there is nothing to say."""
    sentences = [result_without(missing)]
    if missing.sent_nobody:
        names = listed([partner.name for partner in missing.sent_nobody])
        sentences.append(f"Asked, and sent nobody: {names}.")
    if missing.named:
        sentences.append(f"The room said who is missing: {missing.named}")
    return " ".join(filter(None, sentences))
