"""The floor's server: `python -m benchmarks.floor PORT FILE SECONDS` that it gathers votes for."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import duckdb
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

TABLE: Final = """
    CREATE TABLE vote (
        workshop_id varchar NOT NULL, domain varchar NOT NULL, number integer NOT NULL,
        seat_id varchar NOT NULL, sequence integer NOT NULL,
        points integer CHECK (points BETWEEN 0 AND 5),
        PRIMARY KEY (workshop_id, domain, number, seat_id, sequence)
    )
"""
APPEND: Final = """
    INSERT INTO vote (workshop_id, domain, number, seat_id, sequence, points)
    SELECT 'floor', $1, 1, $2, coalesce(max(sequence), 0) + 1, $3
    FROM vote WHERE workshop_id = 'floor' AND domain = $1 AND number = 1 AND seat_id = $2
"""


class Floor:
    """One file, one write lock, a commit a vote; and who wants to know the count."""

    def __init__(self, file: str) -> None:
        config: dict[str, Any] = {"storage_compatibility_version": "v1.5.0", "threads": 1}
        self._connection = duckdb.connect(file, config=config)
        self._connection.execute(TABLE)
        self._lock = threading.Lock()
        self.count = 0
        self.changed = asyncio.Event()

    def save(self, seat: str, domain: str, score: int | str) -> None:
        """Save a vote; it is on disk when this returns."""
        points = None if score == "cannot say" else score
        with self._lock, self._connection.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION")
            cursor.execute(APPEND, [domain, seat, points])
            cursor.execute("COMMIT")
            self.count += 1

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


async def seat(socket: WebSocket) -> None:
    """Save what a seat sends, and acknowledge it after the commit."""
    floor: Floor = socket.app.state.floor
    await socket.accept()
    try:
        while True:
            vote = await socket.receive_json()
            await run_in_threadpool(
                floor.save, socket.path_params["seat"], vote["domain"], vote["score"]
            )
            floor.changed.set()
            await socket.send_json({"saved": vote["domain"]})
    except WebSocketDisconnect:
        return


async def projector(socket: WebSocket) -> None:
    """Push the count when it changed, at most once in the seconds that votes are gathered."""
    floor, together = socket.app.state.floor, float(sys.argv[3])
    await socket.accept()
    try:
        while True:
            await floor.changed.wait()
            floor.changed.clear()
            await socket.send_json({"count": floor.count})
            await asyncio.sleep(together)
    except WebSocketDisconnect:
        return


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Hold the file open while the server runs."""
    app.state.floor = Floor(sys.argv[2])
    yield
    app.state.floor.close()


if __name__ == "__main__":
    uvicorn.run(
        Starlette(
            routes=[WebSocketRoute("/seat/{seat}", seat), WebSocketRoute("/projector", projector)],
            lifespan=lifespan,
        ),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="warning",
        ws_per_message_deflate=False,
    )
