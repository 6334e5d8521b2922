"""Something to keep: notes, each a deed of its own."""

from aqua_core.store.database import reading, writing
from aqua_core.store.talk import add_note


def keep(*names: str) -> None:
    for name in names:
        with writing() as cursor:
            add_note(cursor, "workshop", "domain", name)


def kept() -> set[str]:
    with reading() as cursor:
        return {name for (name,) in cursor.execute("SELECT heard FROM note").fetchall()}
