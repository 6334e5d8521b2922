"""The tables of what a room said, and of what it plans."""

from typing import Final

from aqua_core.exports.pack.layout.columns import (
    A_ROUND,
    DOMAIN,
    Column,
    Key,
    Table,
    a_day,
    a_domain,
    a_number,
    a_text,
    an_id,
    ids,
    one_of,
    points,
)
from aqua_core.vocabulary import (
    LONGEST_REASON,
    LONGEST_WHY,
    Act,
    Agreement,
    Conflict,
    Decision,
    Help,
    Impact,
    Move,
    Progress,
    Scale,
)
from aqua_core.vocabulary.text import LONGEST_PROSE

REASON_ID: Final = "r[0-9a-f]{16}"
_ACTION: Final = an_id("action_id", "the action")

SAID: Final = (
    Table(
        "card_acts",
        "What the facilitator did with the cards, in its order; what was taken back is left out.",
        (
            a_number("sequence", "1 for the first"),
            a_domain("key of the domain; empty for the whole room", needed=False),
            a_number("number", "of the round that was shown", least=0),
            one_of("act", "what was done", Act),
            a_text(
                "reason", "why it was set aside, or what shows that agreement is real", LONGEST_WHY
            ),
        ),
        ("sequence",),
    ),
    Table(
        "notes",
        "What was heard, oldest first.",
        (
            DOMAIN,
            a_number("sequence", "1 for the first on its domain"),
            a_text("heard", "as written", 500, needed=True),
        ),
        ("domain", "sequence"),
    ),
    Table(
        "reasons",
        "Reasons that the room was shown; no other.",
        (
            Column("id", "string", "of the reason", {"required": True, "pattern": REASON_ID}),
            DOMAIN,
            a_number("number", "of the round that it was given in"),
            a_text("said", "as written", LONGEST_REASON, needed=True),
            an_id("team_id", "where the seat asked for its team to be named", needed=False),
            a_number("alike", "how many seats wrote it"),
        ),
        ("id",),
        (A_ROUND,),
    ),
    Table(
        "outcomes",
        "What conversations came to, with those who stay apart.",
        (
            DOMAIN,
            a_number("version", "of the text"),
            a_text("differs", "what differs", 300),
            one_of("kind", "of conflict", Conflict),
            a_text("one_side", "who", 60),
            a_text("one_needs", "what it needs", 300),
            a_text("other_side", "who", 60),
            a_text("other_needs", "what it needs", 300),
            a_text("both_could", "what both could live with", 300),
            one_of("agreement", "where it stands", Agreement),
            points("agreed_points", "an agreed score; empty without one"),
            ids("stays_apart", "ids of teams, as a JSON array"),
            a_text("why_apart", "why", 300),
            a_text("would_change", "what would change it", 300),
            a_text("parked_with", "the forum", 120),
            a_day("parked_until", "empty unless parked", needed=False),
        ),
        ("domain",),
    ),
    Table(
        "actions",
        "The plan: small tests, each with its newest version.",
        (
            an_id("id", "of the action"),
            a_number("version", "1, and one more with each edit"),
            a_text("test", "what will be tried", 300, needed=True),
            DOMAIN,
            a_text("lead", "who leads, as a role", 60, needed=True),
            ids("partners", "ids of partners, the lead partner first, as a JSON array"),
            a_text("measure", "how the room will know", 200),
            a_day("review_on", "when the room looks at it again"),
            one_of("scale", "where it bites", Scale),
            a_text("aim", "what it is for", 200),
            a_text("prediction", "what the room expects to see", LONGEST_PROSE),
            a_text("with_whom", "where and with whom", 200),
            a_text("baseline", "the measure before", 60),
            a_text("target", "the measure hoped for", 60),
            one_of("impact", "where it should show", Impact),
            one_of("move", "the kind of move", Move),
            a_text("pulls_against", "what will pull against it", 200),
            a_text("must_agree", "who must agree", 120),
            a_text("for_persona", "what changes for the persona", 200),
            a_text("forum", "the forum that must hear of it", 120),
        ),
        ("id",),
    ),
    Table(
        "cycles",
        "Plan, do, study, act on an action.",
        (
            _ACTION,
            a_number("number", "1 for the first"),
            a_number("version", "of the text"),
            a_text("planned", "plan", LONGEST_PROSE),
            a_text("predicted", "what was expected", LONGEST_PROSE),
            a_text("done", "do", LONGEST_PROSE),
            a_text("seen", "study", LONGEST_PROSE),
            one_of("decision", "act", Decision),
        ),
        ("action_id", "number"),
        (Key(("action_id",), "actions", ("id",)),),
    ),
    Table(
        "look_backs",
        "What this workshop said of actions of an earlier one.",
        (_ACTION, one_of("answer", "how it stands", Progress), a_text("said", "a line", 200)),
        ("action_id",),
    ),
    Table(
        "support",
        "What the room asks for.",
        (
            an_id("id", "of the wish"),
            a_number("version", "of the text"),
            one_of("kind", "of support", Help),
            a_text("wanted", "what it should help with", LONGEST_PROSE, needed=True),
            a_text("from_whom", "may be empty", 120),
        ),
        ("id",),
    ),
    Table(
        "unclear",
        "Statements that were unclear to the room.",
        (
            an_id("id", "of the remark"),
            a_number("version", "of the text"),
            DOMAIN,
            points("points", "of the statement", needed=True),
            a_text("suggestion", "what it should say; may be empty", LONGEST_PROSE),
        ),
        ("id",),
    ),
)
