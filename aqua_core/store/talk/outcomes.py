"""What conversations came to. Each save appends a version; the newest of each counts."""

from typing import Final

from aqua_core.store.cursor import Cursor
from aqua_core.vocabulary import Outcome

_SAID: Final = (
    *("differs", "kind", "one_side", "one_needs", "other_side", "other_needs", "both_could"),
    *("agreement", "agreed_points", "stays_apart", "why_apart", "would_change"),
    *("parked_with", "parked_until"),
)
_COLUMNS: Final = ", ".join(_SAID)
_PLACES: Final = ", ".join(f"${place}" for place in range(4, 4 + len(_SAID)))


def add_outcome(cursor: Cursor, workshop_id: str, outcome: Outcome) -> None:
    """Append a version of what a conversation came to."""
    said = outcome.model_dump(mode="python")
    values = [list(said[each]) if each == "stays_apart" else said[each] for each in _SAID]
    cursor.execute(
        f"INSERT INTO conversation (workshop_id, domain, version, {_COLUMNS}) "
        f"VALUES ($1, $2, $3, {_PLACES})",
        [workshop_id, outcome.domain, outcome.version, *values],
    )


def outcomes_of(cursor: Cursor, workshop_id: str) -> tuple[Outcome, ...]:
    """Give the newest version of each outcome, by domain key."""
    rows = cursor.execute(
        f"""
        SELECT conversation.domain, conversation.version, {_COLUMNS}
        FROM conversation JOIN (
            SELECT domain, max(version) AS version
            FROM conversation WHERE workshop_id = $1 GROUP BY domain
        ) AS newest
        ON newest.domain = conversation.domain AND newest.version = conversation.version
        WHERE workshop_id = $1
        ORDER BY conversation.domain
        """,
        [workshop_id],
    ).fetchall()
    return tuple(_outcome(*row) for row in rows)


def _outcome(domain: str, version: int, *said: object) -> Outcome:
    known = dict(zip(_SAID, said, strict=True))
    known["stays_apart"] = tuple(known["stays_apart"])  # type: ignore[arg-type]
    return Outcome.model_validate({"domain": domain, "version": version, **known})
