"""Programmes and their sessions, who holds a place together, and run sheets that run, as rows."""

from typing import Final

from pydantic import TypeAdapter

from aqua_core.store.connecting import Cursor
from aqua_core.store.versions import Versions, add_next, add_row, newest_by_id, newest_of
from aqua_core.vocabulary.programme import Programme, RequestAnswer, Running, Session, Step

_steps: Final = TypeAdapter(tuple[Step, ...])
_PROGRAMMES: Final = (
    *("id", "version", "name", "began_on", "scale", "people", "project", "project_id"),
)
_SESSIONS: Final = ("id", "version", "programme_id", "kind", "number", "held_on", "begins")


def add_programme(cursor: Cursor, programme: Programme, *, taken_out: bool = False) -> None:
    """Append a version of a programme, and keep which places it has now."""
    row = {name: getattr(programme, name) for name in _PROGRAMMES}
    add_row(cursor, "programme", row | {"taken_out": taken_out})
    cursor.execute("DELETE FROM programme_place WHERE programme_id = $1", [programme.id])
    for place_id in programme.places:
        add_row(cursor, "programme_place", {"programme_id": programme.id, "place_id": place_id})


def programmes_in(cursor: Cursor, *, taken_out: bool = False) -> tuple[Programme, ...]:
    """Give the newest version of each programme, the latest start first."""
    places: dict[str, list[str]] = {}
    for programme_id, place_id in cursor.execute(
        "SELECT programme_id, place_id FROM programme_place ORDER BY programme_id, place_id"
    ).fetchall():
        places.setdefault(programme_id, []).append(place_id)
    rows = cursor.execute(
        f"SELECT {', '.join(_PROGRAMMES)} FROM {newest_by_id('programme')} "
        "WHERE taken_out = $1 ORDER BY began_on DESC, lower(name), id",
        [taken_out],
    ).fetchall()
    told = (dict(zip(_PROGRAMMES, row, strict=True)) for row in rows)
    return tuple(
        Programme.model_validate(row | {"places": tuple(places.get(row["id"], ()))}) for row in told
    )


def add_session(cursor: Cursor, session: Session, *, taken_out: bool = False) -> None:
    """Append a version of a session."""
    row = {name: getattr(session, name) for name in _SESSIONS}
    steps = _steps.dump_json(session.steps).decode()
    add_row(cursor, "programme_session", row | {"steps": steps, "taken_out": taken_out})


def sessions_in(cursor: Cursor, *, taken_out: bool = False) -> tuple[Session, ...]:
    """Give the newest version of each session of every programme, by day."""
    rows = cursor.execute(
        f"SELECT {', '.join(_SESSIONS)}, steps FROM {newest_by_id('programme_session')} "
        "WHERE taken_out = $1 ORDER BY held_on, kind, number, id",
        [taken_out],
    ).fetchall()
    return tuple(
        Session.model_validate(
            dict(zip(_SESSIONS, row, strict=True)) | {"steps": _steps.validate_json(steps)}
        )
        for *row, steps in rows
    )


def keep_glue(cursor: Cursor, place_id: str, held_by: str) -> None:
    """Keep which role chases a place's actions between waves; "" for nobody."""
    cursor.execute("DELETE FROM glue WHERE place_id = $1", [place_id])
    if held_by:
        add_row(cursor, "glue", {"place_id": place_id, "held_by": held_by})


def glue_in(cursor: Cursor) -> dict[str, str]:
    """Give the role that chases actions between waves, by place."""
    return dict(cursor.execute("SELECT place_id, held_by FROM glue ORDER BY place_id").fetchall())


def drop_of_places_gone(cursor: Cursor) -> None:
    """Take out what a place that is gone had: forums, its part in programmes, one of its own."""
    gone = "place_id NOT IN (SELECT id FROM place)"
    alone = [
        programme_id
        for (programme_id,) in cursor.execute(
            f"SELECT DISTINCT programme_id FROM programme_place WHERE {gone} AND programme_id NOT "
            "IN (SELECT programme_id FROM programme_place WHERE place_id IN (SELECT id FROM place))"
        ).fetchall()
    ]
    for programme_id in alone:
        cursor.execute("DELETE FROM programme WHERE id = $1", [programme_id])
        cursor.execute("DELETE FROM programme_session WHERE programme_id = $1", [programme_id])
    for table in ("programme_place", "glue", "forum"):
        cursor.execute(f"DELETE FROM {table} WHERE {gone}")


def keep_running(cursor: Cursor, workshop_id: str, running: Running | None) -> None:
    """Keep how a run sheet stands in a workshop; None ends it."""
    stands = running.model_dump_json() if running else ""
    add_next(cursor, "run_sheet", {"workshop_id": workshop_id}, {"stands": stands})


def running_of(cursor: Cursor, workshop_id: str) -> Running | None:
    """Give the run sheet that drives a workshop; None where none does."""
    row = cursor.execute(
        "SELECT stands FROM run_sheet WHERE workshop_id = $1 ORDER BY sequence DESC LIMIT 1",
        [workshop_id],
    ).fetchone()
    return Running.model_validate_json(row[0]) if row and row[0] else None


_ANSWERS: Final = Versions(RequestAnswer, "request_answer", by=("support_id",), order="support_id")


def add_request_answer(cursor: Cursor, workshop_id: str, answer: RequestAnswer) -> None:
    """Append a version of who answers a workshop's request."""
    _ANSWERS.add(cursor, workshop_id, answer)


def request_answers_of(cursor: Cursor, workshop_id: str) -> tuple[RequestAnswer, ...]:
    """Give who answers what a workshop asks for, by request; of what was taken out, nobody."""
    asked = f"SELECT id FROM {newest_of('support', 'id')} WHERE NOT taken_out"
    return _ANSWERS.read(cursor, workshop_id, f"support_id IN ({asked})")
