"""The tables of a session pack: what was set up and scored here, what was said in `said`."""

from typing import Final

from aqua_core.exports.pack.layout.columns import (
    A_ROUND,
    DOMAIN,
    SEAT,
    Column,
    Key,
    Table,
    a_day,
    a_number,
    a_text,
    an_id,
    one_of,
    points,
)
from aqua_core.exports.pack.layout.said import SAID
from aqua_core.vocabulary import CANNOT_SAY, Holder, Sector, Terms, Tier
from aqua_core.vocabulary.text import LONGEST_LINE

POINTS: Final = "points"
WITHHELD: Final = "not told"

_SCORED: Final = (
    Table(
        "workshop",
        "The event: one row. Its instrument stands in instrument.json.",
        (
            an_id("id", "stays the same wherever the pack is opened"),
            a_text("place", "name of the place", 40, needed=True),
            a_text("persona", "the fictional resident; may be empty", 40),
            a_day("held_on", "day of the workshop"),
            one_of("holder", "who held a seat", Holder),
            a_number("guard", "the fewest scores with which a group is shown alone; 1: every team"),
            Column("invented", "boolean", "whether it is a sample", {"required": True}),
            *(
                a_text(f"term_{name}", f"what was settled before the vote: {name}", LONGEST_LINE)
                for name in Terms.model_fields
            ),
        ),
        ("id",),
    ),
    Table(
        "partners",
        "Organisations, in the workshop's order.",
        (
            an_id("id", "of the partner"),
            a_number("place_in_order", "1 for the first"),
            a_text("name", "as set up", 40, needed=True),
            one_of("sector", "what it is in the local system", Sector),
        ),
        ("id",),
    ),
    Table(
        "teams",
        "A partner at a tier, in the workshop's order.",
        (
            an_id("id", "of the team"),
            a_number("place_in_order", "1 for the first"),
            an_id("partner_id", "its partner"),
            one_of("tier", "its seniority", Tier),
            a_text("name", "as set up", 52, needed=True),
        ),
        ("id",),
        (Key(("partner_id",), "partners", ("id",)),),
    ),
    Table(
        "rounds",
        "Every round that was revealed.",
        (DOMAIN, a_number("number", "1 for the first look")),
        ("domain", "number"),
    ),
    Table(
        "seats",
        "Seats by team, numbered in an order that says nothing of who sat there or came when.",
        (a_number("seat", "its number in this pack"), an_id("team_id", "its team")),
        ("seat",),
        (Key(("team_id",), "teams", ("id",)),),
    ),
    Table(
        "scores",
        "Scores as screens show them. Those of small groups are dealt out anew among the groups "
        "they are shown with; a domain that is withheld has none.",
        (
            a_number("seat", "whose; see seats"),
            DOMAIN,
            a_number("number", "of the round"),
            Column(
                "answer",
                "string",
                "whether points were given; 'not told' on a domain that is withheld",
                {"required": True, "enum": [POINTS, CANNOT_SAY, WITHHELD]},
            ),
            points("points", "0 to 5; empty without points"),
        ),
        ("seat", "domain", "number"),
        (SEAT, A_ROUND),
    ),
)

_GUESSED: Final = (
    Table(
        "guesses",
        "Guesses as screens show them: of each partner as many as were told, with their average, "
        "and as equal as can be. A seat guesses the partner that comes after its own.",
        (
            a_number("seat", "its number in this pack; it says nothing of who guessed what"),
            DOMAIN,
            a_number("number", "of the round"),
            points("points", "0 to 5", needed=True),
        ),
        ("seat", "domain"),
        (SEAT, A_ROUND),
    ),
)

TABLES: Final = (*_SCORED, *_GUESSED, *SAID)
