"""The tables of a session pack: their columns, types, bounds and keys."""

from enum import StrEnum
from typing import Any, Final, NamedTuple

from aqua_core.vocabulary import (
    CANNOT_SAY,
    HIGHEST,
    LOWEST,
    Agreement,
    Conflict,
    Decision,
    Help,
    Holder,
    Impact,
    Move,
    Progress,
    Scale,
    Sector,
    Tier,
)
from aqua_core.vocabulary.text import LONGEST_PROSE

POINTS: Final = "points"
WITHHELD: Final = "not told"


class Column(NamedTuple):
    """One column: its Table Schema type, what it holds, and its bounds."""

    name: str
    type: str
    about: str
    bounds: dict[str, Any]


class Key(NamedTuple):
    """A column whose values are those of a key in another table."""

    column: str
    table: str
    of: str


class Table(NamedTuple):
    """One table: `key` names the columns that tell its rows apart, in their order."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    keys: tuple[Key, ...] = ()


def _text(name: str, about: str, longest: int, *, needed: bool = False) -> Column:
    bounds: dict[str, Any] = {"maxLength": longest} | ({"required": True} if needed else {})
    return Column(name, "string", about, bounds)


def _id(name: str, about: str) -> Column:
    return Column(name, "string", about, {"required": True, "pattern": "[A-Za-z0-9_-]{1,40}"})


def _one_of(name: str, about: str, kind: type[StrEnum]) -> Column:
    words = [each.value for each in kind if each.value]
    bounds: dict[str, Any] = {"enum": words}
    return Column(name, "string", about, bounds | ({} if "" in list(kind) else {"required": True}))


def _number(name: str, about: str, most: int = 10_000) -> Column:
    return Column(name, "integer", about, {"required": True, "minimum": 1, "maximum": most})


def _points(name: str, about: str) -> Column:
    return Column(name, "integer", about, {"minimum": LOWEST, "maximum": HIGHEST})


def _day(name: str, about: str, *, needed: bool = True) -> Column:
    return Column(name, "date", about, {"required": True} if needed else {})


def _ids(name: str, about: str) -> Column:
    return Column(name, "array", about, {})


_DOMAIN: Final = Column(
    "domain", "string", "key of the domain", {"required": True, "pattern": "[a-z][a-z_]{1,39}"}
)
_ACTION: Final = _id("action_id", "the action")

TABLES: Final = (
    Table(
        "workshop",
        "The event: one row. Its instrument stands in instrument.json.",
        (
            _id("id", "stays the same wherever the pack is opened"),
            Column("code", "string", "join code", {"required": True, "pattern": "[2-9A-Z]{4}"}),
            _text("place", "name of the place", 40, needed=True),
            _text("persona", "the fictional resident; may be empty", 40),
            _day("held_on", "day of the workshop"),
            _one_of("holder", "who held a seat", Holder),
            Column("invented", "boolean", "whether it is a sample", {"required": True}),
        ),
        ("id",),
    ),
    Table(
        "partners",
        "Organisations, in the workshop's order.",
        (
            _id("id", "of the partner"),
            _number("place_in_order", "1 for the first"),
            _text("name", "as set up", 40, needed=True),
            _one_of("sector", "what it is in the local system", Sector),
        ),
        ("id",),
    ),
    Table(
        "teams",
        "A partner at a tier, in the workshop's order.",
        (
            _id("id", "of the team"),
            _number("place_in_order", "1 for the first"),
            _id("partner_id", "its partner"),
            _one_of("tier", "its seniority", Tier),
            _text("name", "as set up", 52, needed=True),
        ),
        ("id",),
        (Key("partner_id", "partners", "id"),),
    ),
    Table(
        "rounds",
        "The round of each domain that was shown last.",
        (_DOMAIN, _number("number", "1 for the first look")),
        ("domain",),
    ),
    Table(
        "seats",
        "Seats by team, numbered in an order that says nothing of who sat there or came when.",
        (_number("seat", "its number in this pack"), _id("team_id", "its team")),
        ("seat",),
        (Key("team_id", "teams", "id"),),
    ),
    Table(
        "scores",
        "Scores as screens show them. Those of small groups are dealt out anew among the groups "
        "they are shown with; a domain that is withheld has none.",
        (
            _number("seat", "whose; see seats"),
            _DOMAIN,
            Column(
                "answer",
                "string",
                "whether points were given; 'not told' on a domain that is withheld",
                {"required": True, "enum": [POINTS, CANNOT_SAY, WITHHELD]},
            ),
            _points("points", "0 to 5; empty without points"),
        ),
        ("seat", "domain"),
        (Key("seat", "seats", "seat"), Key("domain", "rounds", "domain")),
    ),
    Table(
        "notes",
        "What was heard, oldest first.",
        (
            _DOMAIN,
            _number("sequence", "1 for the first on its domain"),
            _text("heard", "as written", 500, needed=True),
        ),
        ("domain", "sequence"),
    ),
    Table(
        "outcomes",
        "What conversations came to, with those who stay apart.",
        (
            _DOMAIN,
            _number("version", "of the text"),
            _text("differs", "what differs", 300),
            _one_of("kind", "of conflict", Conflict),
            _text("one_side", "who", 60),
            _text("one_needs", "what it needs", 300),
            _text("other_side", "who", 60),
            _text("other_needs", "what it needs", 300),
            _text("both_could", "what both could live with", 300),
            _one_of("agreement", "where it stands", Agreement),
            _points("agreed_points", "an agreed score; empty without one"),
            _ids("stays_apart", "ids of teams, as a JSON array"),
            _text("why_apart", "why", 300),
            _text("would_change", "what would change it", 300),
            _text("parked_with", "the forum", 120),
            _day("parked_until", "empty unless parked", needed=False),
        ),
        ("domain",),
    ),
    Table(
        "actions",
        "The plan: small tests, each with its newest version.",
        (
            _id("id", "of the action"),
            _number("version", "1, and one more with each edit"),
            _text("test", "what will be tried", 300, needed=True),
            _DOMAIN,
            _text("lead", "who leads, as a role", 60, needed=True),
            _ids("partners", "ids of partners, the lead partner first, as a JSON array"),
            _text("measure", "how the room will know", 200),
            _day("review_on", "when the room looks at it again"),
            _one_of("scale", "where it bites", Scale),
            _text("aim", "what it is for", 200),
            _text("prediction", "what the room expects to see", LONGEST_PROSE),
            _text("with_whom", "where and with whom", 200),
            _text("baseline", "the measure before", 60),
            _text("target", "the measure hoped for", 60),
            _one_of("impact", "where it should show", Impact),
            _one_of("move", "the kind of move", Move),
            _text("pulls_against", "what will pull against it", 200),
            _text("must_agree", "who must agree", 120),
            _text("for_persona", "what changes for the persona", 200),
            _text("forum", "the forum that must hear of it", 120),
        ),
        ("id",),
    ),
    Table(
        "cycles",
        "Plan, do, study, act on an action.",
        (
            _ACTION,
            _number("number", "1 for the first"),
            _number("version", "of the text"),
            _text("planned", "plan", LONGEST_PROSE),
            _text("predicted", "what was expected", LONGEST_PROSE),
            _text("done", "do", LONGEST_PROSE),
            _text("seen", "study", LONGEST_PROSE),
            _one_of("decision", "act", Decision),
        ),
        ("action_id", "number"),
        (Key("action_id", "actions", "id"),),
    ),
    Table(
        "look_backs",
        "What this workshop said of actions of an earlier one.",
        (_ACTION, _one_of("answer", "how it stands", Progress), _text("said", "a line", 200)),
        ("action_id",),
    ),
    Table(
        "support",
        "What the room asks for.",
        (
            _id("id", "of the wish"),
            _number("version", "of the text"),
            _one_of("kind", "of support", Help),
            _text("wanted", "what it should help with", LONGEST_PROSE, needed=True),
            _text("from_whom", "may be empty", 120),
        ),
        ("id",),
    ),
    Table(
        "unclear",
        "Statements that were unclear to the room.",
        (
            _id("id", "of the remark"),
            _number("version", "of the text"),
            _DOMAIN,
            Column(
                "points",
                "integer",
                "of the statement",
                {"required": True, "minimum": LOWEST, "maximum": HIGHEST},
            ),
            _text("suggestion", "what it should say; may be empty", LONGEST_PROSE),
        ),
        ("id",),
    ),
)
