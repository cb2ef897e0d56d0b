"""Processes as they are kept: looked up, and told to callers."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from photoshoot.errors import UnknownJobError
from photoshoot.jobs.orders import Process, RenderState, Task
from photoshoot.jobs.store.database import Database, from_row
from photoshoot.jobs.store.tables import ProcessRow, TaskRow


class Processes:
    """Views of what was ordered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, application_id: UUID, process_id: UUID, user_id: UUID | None = None) -> Process:
        """A process as it stands.

        Args:
            application_id: The application that ordered it.
            process_id: The process.
            user_id: The user that it must be for. None: any.

        Raises:
            UnknownJobError: The application (or its user) has no such process.
        """
        with self._database.reading() as session:
            return find_process(session, application_id, process_id, user_id)

    def of_user(self, application_id: UUID, user_id: UUID, limit: int = 100) -> list[Process]:
        """A user's latest processes, newest first."""
        return self._latest(limit, ProcessRow.application_id == application_id, ProcessRow.user_id == user_id)

    def of_application(self, application_id: UUID, limit: int = 100) -> list[Process]:
        """An application's latest processes, newest first."""
        return self._latest(limit, ProcessRow.application_id == application_id)

    def _latest(self, limit: int, *conditions: ColumnElement[bool]) -> list[Process]:
        newest = select(ProcessRow).where(*conditions).order_by(ProcessRow.created_s.desc(), ProcessRow.id).limit(limit)
        with self._database.reading() as session:
            return read_processes(session, session.scalars(newest).all())


def find_process(session: Session, application_id: UUID, process_id: UUID, user_id: UUID | None = None) -> Process:
    """A process; see ``Processes.find``."""
    row = session.get(ProcessRow, process_id)
    if row is None or row.application_id != application_id or user_id not in (None, row.user_id):
        raise UnknownJobError("process", process_id)
    return read_processes(session, [row])[0]


def lock_process(session: Session, process_id: UUID) -> ProcessRow | None:
    """A process's row, which no other transaction that finishes tasks of it holds meanwhile."""
    return session.get(ProcessRow, process_id, with_for_update=True)


def read_processes(session: Session, rows: Sequence[ProcessRow]) -> list[Process]:
    """The processes of these rows, with their tasks."""
    tasks: dict[UUID, list[Task]] = defaultdict(list)
    ids = [row.id for row in rows]
    for task in session.scalars(select(TaskRow).where(TaskRow.process_id.in_(ids)).order_by(TaskRow.position)):
        tasks[task.process_id].append(from_row(Task, task, state=RenderState(task.state)))
    return [from_row(Process, row, tasks=tuple(tasks[row.id])) for row in rows]
