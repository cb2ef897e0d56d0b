"""When a process's turn is, and how long it will take."""

import math
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from photoshoot.jobs.orders import Process, RenderState
from photoshoot.jobs.queue.queue import TaskQueue
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.tables import TaskRow

_RECENT: Final = 20  # finished tasks whose pace is taken for that of the queue
_UNKNOWN_PACE_S: Final = 5.0  # a task, before any is finished


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """Where a process stands in the queue."""

    place: int | None
    """Tasks that are made before the first of it that waits; None: none of it waits."""
    seconds_left: int
    """Until its last picture is there, about; 0 where it is finished."""


class Estimates:
    """Looks at the queue and at how fast it went lately.

    Args:
        database: Where tasks are kept.
        queue: Knows whose turn is next.
        makers: How many tasks are made at once.
    """

    def __init__(self, database: Database, queue: TaskQueue, makers: int) -> None:
        self._database, self._queue, self._makers = database, queue, max(1, makers)

    def of(self, process: Process) -> Estimate:
        """Of a process as it stands."""
        left = sum(not task.state.is_final for task in process.tasks)
        if not left:
            return Estimate(place=None, seconds_left=0)
        place = self._queue.place_of(process.id) if process.state is not RenderState.UPLOADING else None
        with self._database.reading() as session:
            pace_s = read_pace_s(session)
        return Estimate(place=place, seconds_left=math.ceil(((place or 0) + left) * pace_s / self._makers))


def read_pace_s(session: Session) -> float:
    """How long a task takes, seconds, by the latest ones."""
    latest = (
        select(TaskRow.started_s, TaskRow.finished_s)
        .where(TaskRow.state == RenderState.COMPLETED)
        .order_by(TaskRow.finished_s.desc())
        .limit(_RECENT)
    )
    spans = [finished - started for started, finished in session.execute(latest) if started and finished]
    return sum(spans) / len(spans) if spans else _UNKNOWN_PACE_S
