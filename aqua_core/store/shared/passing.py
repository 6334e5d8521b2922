"""What passes from one process to another and is soon over: short codes, sign-in links, tries.

And what a room has in passing, such as the view that its walls follow. A row each, in a table that
a crash of the database empties. `kind` tells codes for one thing from those for another; of a code
and of a link only the hash is kept, as `mark`. What a room has in passing is its `mark`, as JSON.
"""

from typing import Final, NamedTuple

from aqua_core.store.connecting import Cursor

_NOW: Final = "extract(epoch FROM clock_timestamp())::double precision"  # one clock for all
TABLE: Final = """
    CREATE UNLOGGED TABLE IF NOT EXISTS passing (
        kind text NOT NULL,
        about text NOT NULL,
        mark text NOT NULL,
        salt bytea NOT NULL,
        ends double precision NOT NULL,
        asked_again boolean NOT NULL,
        PRIMARY KEY (kind, about)
    )
"""
ENDS: Final = "CREATE INDEX IF NOT EXISTS passing_ends ON passing (ends)"
_TRIED_BY: Final = "kind = $1 AND about >= $2 || ' ' AND about < $2 || '!'"  # letters as they lie


class Waiting(NamedTuple):
    """What waits: what it is about, the hash it is found by, and what its code was drawn with."""

    about: str
    mark: str = ""
    salt: bytes = b""


def put(cursor: Cursor, kind: str, waiting: Waiting, seconds: float) -> None:
    """Let something wait so long, in the place of what waited about the same."""
    drop_over(cursor)
    cursor.execute(
        "INSERT INTO passing (kind, about, mark, salt, ends, asked_again) "
        f"VALUES ($1, $2, $3, $4, {_NOW} + $5, false) ON CONFLICT (kind, about) DO UPDATE SET "
        "mark = excluded.mark, salt = excluded.salt, ends = excluded.ends, asked_again = false",
        [kind, *waiting, float(seconds)],
    )


def drop_over(cursor: Cursor) -> None:
    """Take away whatever is over, but for what somebody else takes away just now."""
    cursor.execute(
        "DELETE FROM passing WHERE (kind, about) IN "
        f"(SELECT kind, about FROM passing WHERE ends <= {_NOW} FOR UPDATE SKIP LOCKED)"
    )


def give_up(cursor: Cursor, kind: str, newest: str, most: int) -> None:
    """Let no more wait than so many: the youngest that nobody asked for again goes first."""
    cursor.execute(
        """
        DELETE FROM passing WHERE kind = $1 AND about IN (
            SELECT about FROM passing WHERE kind = $1 AND about <> $2
            ORDER BY asked_again, CASE WHEN asked_again THEN ends ELSE -ends END, about
            LIMIT greatest(0, (SELECT count(*) FROM passing WHERE kind = $1) - $3::bigint)
        )
        """,
        [kind, newest, most],
    )


def ask_again(cursor: Cursor, kind: str, about: str) -> bytes | None:
    """Give the salt of what waits about this, which was asked for again by that; or None."""
    found = cursor.execute(
        "UPDATE passing SET asked_again = true "
        f"WHERE kind = $1 AND about = $2 AND ends > {_NOW} RETURNING salt",
        [kind, about],
    ).fetchone()
    return found[0] if found else None


def about_mark(cursor: Cursor, kind: str, mark: str) -> str | None:
    """Give what a mark that waits is about, or None."""
    found = cursor.execute(
        f"SELECT about FROM passing WHERE kind = $1 AND mark = $2 AND ends > {_NOW}", [kind, mark]
    ).fetchone()
    return found[0] if found else None


def mark_about(cursor: Cursor, kind: str, about: str) -> str | None:
    """Give the mark of what waits about this, or None."""
    found = cursor.execute(
        f"SELECT mark FROM passing WHERE kind = $1 AND about = $2 AND ends > {_NOW}", [kind, about]
    ).fetchone()
    return found[0] if found else None


def take(cursor: Cursor, kind: str, about: str) -> bool:
    """Take away what waits about this; tell whether it still waited."""
    found = cursor.execute(
        f"DELETE FROM passing WHERE kind = $1 AND about = $2 RETURNING ends > {_NOW}",
        [kind, about],
    ).fetchone()
    return bool(found and found[0])


def tried(who: str, what: str) -> str:
    """Give what a try of somebody is about; `who` has no space."""
    return f"{who} {what}"


def count_tries(cursor: Cursor, kind: str, who: str) -> int:
    """Count the tries of somebody that are not over."""
    found = cursor.execute(
        f"SELECT count(*) FROM passing WHERE {_TRIED_BY} AND ends > {_NOW}", [kind, who]
    ).fetchone()
    return found[0] if found else 0


def give_try_back(cursor: Cursor, kind: str, who: str, what: str = "") -> None:
    """Take away a try that is not known to be wrong; without `what`, the newest of somebody."""
    which = "about = $3" if what else "$3 <> about"
    cursor.execute(
        "DELETE FROM passing WHERE kind = $1 AND about = (SELECT about FROM passing "
        f"WHERE {_TRIED_BY} AND {which} AND NOT asked_again ORDER BY ends DESC LIMIT 1)",
        [kind, who, tried(who, what)],
    )


def drop_tries(cursor: Cursor, kind: str, who: str, what: str = "") -> None:
    """Take away a try of somebody, or without `what` all of them."""
    which = "about = $3" if what else "$3 <> about"
    cursor.execute(
        f"DELETE FROM passing WHERE {_TRIED_BY} AND {which}", [kind, who, tried(who, what)]
    )
