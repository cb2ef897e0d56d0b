"""Processes as they are kept: looked up, and told to callers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from photoshoot.errors import UnknownJobError
from photoshoot.jobs.orders import Process, RenderState, Task
from photoshoot.jobs.store.database import Database, from_row
from photoshoot.jobs.store.tables import ProcessRow, TaskRow
from photoshoot.settings import ImageFormat

_PROCESS: Final = tuple(getattr(ProcessRow, item.name) for item in fields(Process) if item.name != "tasks")
_TASK: Final = tuple(getattr(TaskRow, item.name) for item in fields(Task))
_FIND: Final = select(*_PROCESS).where(ProcessRow.id == bindparam("process_id"))
_FIND_TASKS: Final = select(*_TASK).where(TaskRow.process_id == bindparam("process_id")).order_by(TaskRow.position)
"""Both are built once, and read columns instead of objects: clients ask how far a process is all the time."""


@dataclass(frozen=True, kw_only=True)
class ProcessFilter:
    """Which processes are wanted."""

    user_id: UUID | None = None
    """Of this user alone. None: of all."""
    state: RenderState | None = None
    """In this state alone. None: in any."""
    since_s: float | None = None
    """Submitted then or later, seconds since 1970."""
    until_s: float | None = None
    """Submitted before then, seconds since 1970."""


@dataclass(frozen=True, kw_only=True)
class ProcessCursor:
    """Where a page of processes ended."""

    created_s: float
    """When the last one was submitted, seconds since 1970."""
    process_id: UUID
    """Which one that was."""


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
        with self._database.looking() as connection:
            return find_process(connection, application_id, process_id, user_id)

    def page(
        self, application_id: UUID, wanted: ProcessFilter, after: ProcessCursor | None, limit: int
    ) -> tuple[list[Process], ProcessCursor | None]:
        """A page of an application's processes, newest first, and where the next one begins; None: this is the last.

        Args:
            application_id: The application that ordered them.
            wanted: Which of them.
            after: Where the page before ended. None: the first page.
            limit: Most processes.
        """
        conditions = [ProcessRow.application_id == application_id, *_conditions(wanted)]
        found: list[Process] = []
        while True:
            query = select(ProcessRow).where(*conditions, *_beyond(after))
            query = query.order_by(ProcessRow.created_s.desc(), ProcessRow.id).limit(limit + 1)
            with self._database.reading() as session:
                rows = session.scalars(query).all()
                read = read_processes(session, rows)
            found += [process for process in read if wanted.state in (None, process.state)]
            if len(found) > limit:
                return found[:limit], _cursor_of(found[limit - 1])
            if len(rows) <= limit:
                return found, None
            after = _cursor_of(read[-1])


def _cursor_of(process: Process) -> ProcessCursor:
    return ProcessCursor(created_s=process.created_s, process_id=process.id)


def _conditions(wanted: ProcessFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.user_id is not None:
        conditions.append(ProcessRow.user_id == wanted.user_id)
    if wanted.since_s is not None:
        conditions.append(ProcessRow.created_s >= wanted.since_s)
    if wanted.until_s is not None:
        conditions.append(ProcessRow.created_s < wanted.until_s)
    return conditions


def _beyond(after: ProcessCursor | None) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    same = and_(ProcessRow.created_s == after.created_s, ProcessRow.id > after.process_id)
    return [or_(ProcessRow.created_s < after.created_s, same)]


def find_process(
    session: Session | Connection, application_id: UUID, process_id: UUID, user_id: UUID | None = None
) -> Process:
    """A process; see ``Processes.find``."""
    wanted = {"process_id": process_id}
    row = session.execute(_FIND, wanted).one_or_none()
    if row is None or row.application_id != application_id or user_id not in (None, row.user_id):
        raise UnknownJobError("process", process_id)
    return _read(row, session.execute(_FIND_TASKS, wanted).all())


def lock_process(session: Session, process_id: UUID) -> ProcessRow | None:
    """A process's row, which no other transaction that finishes tasks of it holds meanwhile."""
    return session.get(ProcessRow, process_id, with_for_update=True)


def read_processes(session: Session, rows: Sequence[ProcessRow]) -> list[Process]:
    """The processes of these rows, with their tasks."""
    tasks: dict[UUID, list[Row[Any]]] = defaultdict(list)
    ids = [row.id for row in rows]
    for task in session.execute(select(*_TASK).where(TaskRow.process_id.in_(ids)).order_by(TaskRow.position)):
        tasks[task.process_id].append(task)
    return [_read(row, tasks[row.id]) for row in rows]


def _read(row: ProcessRow | Row[Any], tasks: Sequence[Row[Any]]) -> Process:
    read = (from_row(Task, task, state=RenderState(task.state)) for task in tasks)
    return from_row(Process, row, tasks=tuple(read), formats=read_formats(row.formats))


def read_formats(text: str | None) -> tuple[ImageFormat, ...]:
    """The formats of an order, as they are kept."""
    return tuple(map(ImageFormat, text.split(","))) if text else (ImageFormat.PNG,)
