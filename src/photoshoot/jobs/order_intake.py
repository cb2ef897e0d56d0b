"""Takes orders: checks them, and queues their tasks."""

import dataclasses
import hashlib
import json
import math
import time
import uuid
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from photoshoot.errors import BusyError, IdempotencyError, UnknownJobError, UnknownNameError
from photoshoot.jobs.estimates import read_pace_s
from photoshoot.jobs.events import Observer, OrderAccepted, OrderRefused
from photoshoot.jobs.orders import Order, Process, RenderState
from photoshoot.jobs.settings import JobSettings
from photoshoot.jobs.store.applications import lock_application
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.processes import find_process
from photoshoot.jobs.store.tables import AssetRow, ProcessRow, TaskRow
from photoshoot.presets import PresetRegistry
from photoshoot.production import check_request
from photoshoot.prompts import parse_prompts
from photoshoot.request import list_sizes, write_request
from photoshoot.seeds import draw_seed
from photoshoot.settings import ImageFormat

_LONGEST_WAIT_S: Final = 600


class OrderIntake:
    """Where orders are handed in.

    Args:
        database: Where they are kept.
        presets: What they may name.
        settings: How many tasks may wait.
        workers: How many tasks are made at a time, to guess when the queue has room again.
        observer: Told of each order.
        engines: What orders may name, the first for those that name none, each with whether it reads any text, so
            that no prompt is refused. None as a name: whatever there is makes all.
    """

    def __init__(
        self,
        database: Database,
        presets: PresetRegistry,
        settings: JobSettings,
        workers: int,
        observer: Observer,
        engines: Mapping[str | None, bool],
    ) -> None:
        self._database, self._presets, self._settings = database, presets, settings
        self._workers, self._observer = max(1, workers), observer
        self._engines = engines

    def submit(self, order: Order) -> Process:
        """Queue an order, unless its key is known; see ``Jobs.submit``."""
        engine = next(iter(self._engines)) if order.engine is None else order.engine
        if engine not in self._engines:
            raise UnknownNameError("engine", engine or "", filter(None, self._engines))
        check_request(order.request, self._presets, any_text=self._engines[engine])
        if len(self._engines) > 1:
            order = dataclasses.replace(order, engine=engine)  # else whoever takes its tasks makes them
        try:
            process, is_new = self._queue(order)
        except BusyError as error:
            self._observer(OrderRefused(application_id=order.application_id, retry_after_s=error.retry_after_s))
            raise
        if is_new:
            self._observer(OrderAccepted(application_id=order.application_id, task_count=process.total_count))
        return process

    def _queue(self, order: Order) -> tuple[Process, bool]:
        digest = _digest(order)
        with self._database.writing() as session:
            lock_application(session, order.application_id)  # so that a key is used, and the limit reached, only once
            if (known := _find_repeated(session, order, digest)) is not None:
                return find_process(session, order.application_id, known), False
            asset = session.get(AssetRow, order.asset_id)
            owner = (order.application_id, order.user_id, None)
            if asset is None or (asset.application_id, asset.user_id, asset.deleted_s) != owner:
                raise UnknownJobError("asset", order.asset_id)
            row, tasks = _build_rows(order, digest)
            self._check_room(session, order.application_id, len(tasks))
            session.add(row)
            session.flush()  # before the tasks, which refer to it
            session.add_all(tasks)
            session.flush()
            return find_process(session, order.application_id, row.id), True

    def _check_room(self, session: Session, application_id: UUID, count: int) -> None:
        """An application may always fill its share of the queue, whatever the others have filled of it."""
        waiting = select(TaskRow.application_id, func.count()).where(TaskRow.state == RenderState.QUEUED)
        queued = {row[0]: row[1] for row in session.execute(waiting.group_by(TaskRow.application_id))}
        own = queued.pop(application_id, 0)
        share = self._settings.queue_limit // (1 + len(queued))
        room = max(share, self._settings.queue_limit - sum(queued.values()))
        limit = min(room, self._settings.queue_limit_per_application)
        if own and own + count > limit:
            too_many = min(own, own + count - limit)
            wait_s = too_many * read_pace_s(session) / self._workers
            raise BusyError(max(1, min(_LONGEST_WAIT_S, math.ceil(wait_s))))


def _digest(order: Order) -> str:
    what: list[Any] = [str(order.user_id), str(order.asset_id), order.request.seed, write_request(order.request)]
    what += [name for name in (order.engine, _write_formats(order)) if name is not None]
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()


def _write_formats(order: Order) -> str | None:
    return None if order.formats == (ImageFormat.PNG,) else ",".join(order.formats)


def _find_repeated(session: Session, order: Order, digest: str) -> UUID | None:
    if order.idempotency_key is None:
        return None
    row = session.scalar(
        select(ProcessRow).where(
            ProcessRow.application_id == order.application_id, ProcessRow.idempotency_key == order.idempotency_key
        )
    )
    if row is None:
        return None
    if row.order_digest != digest:
        raise IdempotencyError("this idempotency key was used for another order; give a new one")
    return row.id


def _build_rows(order: Order, digest: str) -> tuple[ProcessRow, list[TaskRow]]:
    now = time.time()
    process = ProcessRow(
        id=uuid.uuid4(),
        application_id=order.application_id,
        user_id=order.user_id,
        asset_id=order.asset_id,
        ordered=write_request(order.request),
        seed=draw_seed() if order.request.seed is None else order.request.seed,
        formats=_write_formats(order),
        idempotency_key=order.idempotency_key,
        order_digest=digest,
        trace_id=order.trace_id,
        created_s=now,
    )
    labels = [size.label for size in list_sizes(order.request.render_kind)]
    shots = [(index, label) for index in range(len(parse_prompts(order.request.prompts))) for label in labels]
    margin = "wide" if order.request.safe_margin else "exact"
    tasks = [
        TaskRow(
            id=uuid.uuid4(),
            process_id=process.id,
            application_id=order.application_id,
            position=position,
            prompt_index=index,
            size_label=label,
            canvas=f"{label}-{margin}",
            engine=order.engine,
            state=RenderState.QUEUED,
            queued_s=now,
        )
        for position, (index, label) in enumerate(shots)
    ]
    return process, tasks
