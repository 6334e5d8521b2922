"""What the words of the statements mean in one workshop, settled before its vote."""

from typing import Annotated

from aqua_core.vocabulary.text import a_line
from aqua_core.vocabulary.word import Word


class Terms(Word):
    """How a room reads what the statements leave open; "" for what nobody settled.

    Two teams who count other partners, or another year, would differ without disagreeing.
    """

    partner: Annotated[str, a_line("who counts as a partner")] = ""
    most: Annotated[str, a_line("how many are most")] = ""
    area: Annotated[str, a_line("the area")] = ""
    ages: Annotated[str, a_line("ages and conditions")] = ""
    since: Annotated[str, a_line("the time that counts")] = ""


USUAL_TERMS = Terms(
    partner="Whoever plans, pays for, gives or speaks for care here, residents and carers too",
    most="More than half of those needed",
    area="The whole place",
    ages="All ages, all conditions",
    since="Today; a year is the last twelve months",
)
"""What Set up is filled in with where a place has settled nothing yet."""
