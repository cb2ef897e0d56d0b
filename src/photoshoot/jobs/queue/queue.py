"""The queue of tasks: claimed by workers, fairly, and never by two at once.

A claim is a lease: its worker renews it, and a task whose lease ran out is queued again. Whatever a worker writes about
a task holds only while it has the lease, so one that was taken for dead changes nothing when it wakes up.
"""

import time
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, or_, select, update
from sqlalchemy.orm import Session

from photoshoot.jobs.orders import RenderState
from photoshoot.jobs.settings import Clock, JobSettings
from photoshoot.jobs.store.database import Database, from_row
from photoshoot.jobs.store.records import TaskKey
from photoshoot.jobs.store.tables import ApplicationRow, ProcessRow, TaskRow

UNDER_WAY: Final = (RenderState.PROCESSING, RenderState.UPLOADING)
"""States of tasks that a worker has."""
_CLAIM_TRIES: Final = 5  # where other workers are at the same tasks
_MOST_PLACES: Final = 10_000  # beyond it nobody asks which place is whose
_NEXT_S: Final = 1e-5  # between the turns of one batch, so that the last of them waits longest for the next


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A task that a worker has to make."""

    task_id: UUID
    """The task to be made."""
    process_id: UUID
    """The process that the task is part of."""
    application_id: UUID
    """The application that ordered it."""
    asset_id: UUID
    """The product that is to be placed."""
    lease: UUID
    """Names this claim; all tasks of one batch share it."""
    attempts: int
    """How often it was begun, this time included; from 1."""
    prompt_index: int
    """Which of the order's prompts it answers, from 0."""
    size_label: str
    """Size name, such as ``"landscape"``."""
    ordered: dict[str, Any]
    """The order's request, as ``photoshoot.request.write_request`` wrote it."""
    seed: int
    """The process's seed, 0 to 2**31 - 1."""
    trace_id: str | None
    """Trace of the request that ordered it, for the log; None where it had none."""

    @property
    def key(self) -> TaskKey:
        """Where its picture is kept."""
        return TaskKey(application_id=self.application_id, process_id=self.process_id, task_id=self.task_id)


class TaskQueue:
    """Who makes which task.

    Args:
        database: Where tasks are kept.
        settings: How long a lease lasts, and how often a task may be begun.
        clock: Seconds since 1970.
        owner: Names the program in its leases: up to eight bytes that they begin with.
        engine: What this program makes pictures with: tasks of other engines are left. None: it takes all.
    """

    def __init__(
        self,
        database: Database,
        settings: JobSettings,
        clock: Clock = time.time,
        owner: bytes | None = None,
        engine: str | None = None,
    ) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._owner, self._engine = owner or b"", engine

    def claim(self, most: int) -> list[Claim]:
        """Take up to ``most`` tasks of one canvas size, by turns from the applications that wait.

        The application that was served longest ago is first; its oldest task decides the size.
        """
        for _ in range(_CLAIM_TRIES):
            with self._database.writing() as session:
                found = _next_ids(session, most, self._engine)
                free = set(_lock(session, TaskRow.id.in_(found), TaskRow.state == RenderState.QUEUED))
                if free:
                    return self._take(session, [task_id for task_id in found if task_id in free])
            if not found:
                break
        return []

    def _take(self, session: Session, ids: Sequence[UUID]) -> list[Claim]:
        now = self._clock()
        session.execute(
            update(TaskRow)
            .where(TaskRow.id.in_(ids))
            .values(
                state=RenderState.PROCESSING,
                lease=UUID(bytes=(self._owner + uuid.uuid4().bytes)[:16]),
                lease_until_s=now + self._settings.lease_s,
                started_s=now,
                attempts=TaskRow.attempts + 1,
            )
        )
        claims = _read_claims(session, ids)
        _count_turns(session, claims, now)
        return claims

    def renew(self, leases: Collection[UUID]) -> None:
        """Say that the workers of these leases are alive."""
        with self._database.writing() as session:
            ids = _lock(session, TaskRow.lease.in_(leases), TaskRow.state.in_(UNDER_WAY))
            until = self._clock() + self._settings.lease_s
            session.execute(update(TaskRow).where(TaskRow.id.in_(ids)).values(lease_until_s=until))

    def release(self, leases: Collection[UUID]) -> None:
        """Queue the tasks of these leases again, as though they had not been begun this time."""
        with self._database.writing() as session:
            ids = _lock(session, TaskRow.lease.in_(leases), TaskRow.state.in_(UNDER_WAY))
            _requeue(session, ids, attempts=TaskRow.attempts - 1)

    def put_back(self, claim: Claim) -> bool:
        """Queue a task again after a failure that may pass; False: it was begun too often for that."""
        if claim.attempts >= self._settings.max_attempts:
            return False
        with self._database.writing() as session:
            if held_task(session, claim) is not None:
                _requeue(session, [claim.task_id], attempts=TaskRow.attempts)
        return True

    def queue_again(self, task_id: UUID) -> bool:
        """Queue a finished task as though it had not been begun; False: it is not finished with a picture."""
        with self._database.writing() as session:
            done = (TaskRow.id == task_id, TaskRow.state == RenderState.COMPLETED)
            row = session.scalar(select(TaskRow).where(*done).with_for_update())
            if row is not None:
                row.state, row.attempts, row.queued_s = RenderState.QUEUED, 0, self._clock()
                row.started_s = row.finished_s = None
            return row is not None

    def abandon(self, owner: bytes) -> None:
        """Have the leases of a program run out that is known to be gone."""
        with self._database.writing() as session:
            held = select(TaskRow.lease).where(TaskRow.lease.is_not(None), TaskRow.state.in_(UNDER_WAY)).distinct()
            theirs = [lease for lease in session.scalars(held) if lease and lease.bytes.startswith(owner)]
            session.execute(update(TaskRow).where(TaskRow.lease.in_(theirs)).values(lease_until_s=0.0))

    def reclaim(self) -> list[Claim]:
        """Queue tasks again whose worker is not heard of any more.

        Returns:
            Those that were begun too often already; they are left as they are.
        """
        with self._database.writing() as session:
            lost = (TaskRow.state.in_(UNDER_WAY), TaskRow.lease_until_s < self._clock())
            again = _lock(session, *lost, TaskRow.attempts < self._settings.max_attempts)
            _requeue(session, again, attempts=TaskRow.attempts)
            hopeless = select(TaskRow.id).where(*lost, TaskRow.attempts >= self._settings.max_attempts)
            return _read_claims(session, session.scalars(hopeless).all())

    def start_upload(self, claim: Claim) -> bool:
        """Say that the picture is made; False: the task was cancelled, or given to another worker."""
        with self._database.writing() as session:
            row = held_task(session, claim)
            if row is not None:
                row.state = RenderState.UPLOADING
            return row is not None

    def is_known(self, task_id: UUID) -> bool:
        """Whether a task is there at all; False: it was deleted."""
        with self._database.reading() as session:
            return session.get(TaskRow, task_id) is not None

    def place_of(self, process_id: UUID) -> int | None:
        """How many queued tasks are made before the first one of a process that waits; None: none of it does."""
        with self._database.reading() as session:
            mine = set(session.scalars(select(TaskRow.id).where(TaskRow.process_id == process_id)))
            turns = session.scalars(_by_turns(None, None, _MOST_PLACES)).all()
        return next((place for place, task_id in enumerate(turns) if task_id in mine), None)

    def is_wanted(self, lease: UUID) -> bool:
        """Whether any task of a lease is still to be made."""
        with self._database.reading() as session:
            wanted = select(TaskRow.id).where(TaskRow.lease == lease, TaskRow.state.in_(UNDER_WAY)).limit(1)
            return session.scalar(wanted) is not None

    def count(self, states: Sequence[RenderState]) -> int:
        """How many tasks are in these states."""
        with self._database.reading() as session:
            query = select(func.count()).select_from(TaskRow).where(TaskRow.state.in_(states))
            return session.scalar(query) or 0


def held_task(session: Session, claim: Claim) -> TaskRow | None:
    """A claim's task, locked; None where it is the claim's no more: cancelled, or given to another worker."""
    held = (TaskRow.id == claim.task_id, TaskRow.lease == claim.lease, TaskRow.state.in_(UNDER_WAY))
    return session.scalar(select(TaskRow).where(*held).with_for_update())


def _next_ids(session: Session, most: int, engine: str | None) -> Sequence[UUID]:
    """The tasks whose turn it is, first come first."""
    first = session.scalars(_by_turns(None, engine, 1)).first()
    if first is None or most == 1:
        return [] if first is None else [first]
    canvas = session.scalar(select(TaskRow.canvas).where(TaskRow.id == first))
    return session.scalars(_by_turns(canvas, engine, most)).all()


def _by_turns(canvas: str | None, engine: str | None, most: int) -> Select[UUID]:
    """Queued tasks, the oldest of every application before the second oldest of any."""
    oldest_first = (TaskRow.queued_s, TaskRow.process_id, TaskRow.position)
    turn = func.row_number().over(partition_by=TaskRow.application_id, order_by=oldest_first)
    waiting = select(TaskRow.id, turn.label("turn")).where(TaskRow.state == RenderState.QUEUED)
    if canvas is not None:
        waiting = waiting.where(TaskRow.canvas == canvas)
    if engine is not None:
        waiting = waiting.where(or_(TaskRow.engine.is_(None), TaskRow.engine == engine))
    turns = waiting.subquery()
    return (
        select(TaskRow.id)
        .join(turns, turns.c.id == TaskRow.id)
        .join(ApplicationRow, ApplicationRow.id == TaskRow.application_id)
        .order_by(turns.c.turn, ApplicationRow.served_s, ApplicationRow.id)
        .limit(most)
    )


def _lock(session: Session, *conditions: ColumnElement[bool]) -> Sequence[UUID]:
    """The ids of the tasks that meet the conditions, without those that another transaction is at work on."""
    return session.scalars(select(TaskRow.id).where(*conditions).with_for_update(skip_locked=True)).all()


def _requeue(session: Session, ids: Sequence[UUID], *, attempts: SQLColumnExpression[int]) -> None:
    query = update(TaskRow).where(TaskRow.id.in_(ids))
    session.execute(query.values(state=RenderState.QUEUED, lease=None, lease_until_s=None, attempts=attempts))


def _read_claims(session: Session, ids: Sequence[UUID]) -> list[Claim]:
    rows = session.execute(
        select(TaskRow, ProcessRow).join(ProcessRow, ProcessRow.id == TaskRow.process_id).where(TaskRow.id.in_(ids))
    )
    of_process = ("asset_id", "ordered", "seed", "trace_id")
    claims = {
        task.id: from_row(Claim, task, task_id=task.id, **{name: getattr(process, name) for name in of_process})
        for task, process in rows
    }
    return [claims[task_id] for task_id in ids]


def _count_turns(session: Session, claims: Sequence[Claim], now: float) -> None:
    served = {claim.application_id: now + index * _NEXT_S for index, claim in enumerate(claims)}
    for application_id in sorted(served):  # always in the same order, so that two claims can't wait for each other
        row = update(ApplicationRow).where(ApplicationRow.id == application_id)
        session.execute(row.values(served_s=served[application_id]))
