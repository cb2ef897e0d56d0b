"""The end of tasks, and the messages that tell of it: one transaction, so that neither is without the other."""

import time
import uuid
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from photoshoot.errors import UnknownJobError
from photoshoot.jobs.events import Observer, TaskFinished
from photoshoot.jobs.orders import Process, RenderState, Task
from photoshoot.jobs.queue.queue import Claim, held_task
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.processes import find_process, lock_process
from photoshoot.jobs.store.records import DeliveryState
from photoshoot.jobs.store.tables import ChannelRow, DeliveryRow, TaskRow
from photoshoot.jobs.webhooks.messages import describe_process, describe_task

CANCELLED_MESSAGE = "The task was cancelled."
"""``error_message`` of a cancelled task."""


class Finisher:
    """Makes tasks final.

    A process's row is locked first, so that of two workers that finish its last two tasks, one sees the other's.
    """

    def __init__(self, database: Database, observer: Observer) -> None:
        self._database, self._observer = database, observer

    def finish(self, claim: Claim, error_message: str | None = None) -> bool:
        """Say that a task's picture is there, or why there will be none.

        Returns:
            False: nothing was changed, since the task was cancelled or given to another worker.
        """
        with self._database.writing() as session:
            lock_process(session, claim.process_id)
            row = held_task(session, claim)
            if row is None:
                return False
            state = RenderState.COMPLETED if error_message is None else RenderState.FAILED
            _end(row, state, error_message or "")
            session.flush()
            process = find_process(session, claim.application_id, claim.process_id)
            _write_messages(session, process, {claim.task_id})
        self._tell(process, {claim.task_id})
        return True

    def cancel(self, application_id: UUID, process_id: UUID, task_id: UUID | None = None) -> Process:
        """Make final what is not yet of a process, or of one task of it; see ``Jobs.cancel``."""
        with self._database.writing() as session:
            lock_process(session, process_id)
            before = find_process(session, application_id, process_id)
            if task_id is not None and task_id not in {task.id for task in before.tasks}:
                raise UnknownJobError("task", task_id)
            open_tasks = [task.id for task in before.tasks if not task.state.is_final and task_id in (None, task.id)]
            query = select(TaskRow).where(TaskRow.id.in_(open_tasks)).order_by(TaskRow.id).with_for_update()
            for row in session.scalars(query):
                _end(row, RenderState.CANCELLED, CANCELLED_MESSAGE)
            session.flush()
            process = find_process(session, application_id, process_id)
            _write_messages(session, process, set(open_tasks))
        self._tell(process, set(open_tasks))
        return process

    def _tell(self, process: Process, ended: set[UUID]) -> None:
        for task in process.tasks:
            if task.id in ended:
                self._observer(_event(process, task))


def _end(row: TaskRow, state: RenderState, error_message: str) -> None:
    row.state, row.error_message, row.finished_s = state, error_message, time.time()
    row.lease, row.lease_until_s = None, None


def _write_messages(session: Session, process: Process, ended: set[UUID]) -> None:
    """A message per channel and ended task, and one more where the process has ended with them."""
    bodies: list[tuple[UUID | None, dict[str, Any]]] = [
        (task.id, describe_task(process, task)) for task in process.tasks if task.id in ended
    ]
    if ended and process.state.is_final:
        bodies.append((None, describe_process(process)))
    channels = select(ChannelRow.id).where(ChannelRow.application_id == process.application_id, ChannelRow.is_active)
    for channel_id in session.scalars(channels):
        for task_id, body in bodies:
            row = DeliveryRow(id=uuid.uuid4(), channel_id=channel_id, process_id=process.id, task_id=task_id, body=body)
            row.state, row.next_try_s, row.created_s = DeliveryState.PENDING, time.time(), time.time()
            session.add(row)


def _event(process: Process, task: Task) -> TaskFinished:
    ended = task.finished_s or time.time()
    began = task.started_s or ended
    return TaskFinished(
        application_id=process.application_id,
        task_id=task.id,
        trace_id=process.trace_id,
        state=task.state,
        waited_s=max(0.0, began - task.queued_s),
        worked_s=max(0.0, ended - began),
    )
