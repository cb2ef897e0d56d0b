"""Orders, and what becomes of them: processes and their tasks."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any
from uuid import UUID

from photoshoot.errors import RecipeError, StoreError
from photoshoot.prompts import parse_prompts
from photoshoot.request import Request, read_request
from photoshoot.settings import ImageFormat, check_text

_LONGEST = {"name": 2000, "description": 2000, "key": 255}
"""Most characters of an order's texts."""
_OLD_NAMES = {"product_name": "name", "product_description": "description"}
"""Keys of orders that were kept before requests had one plain form."""


class RenderState(IntEnum):
    """Where a task or a process stands; the numbers are the HTTP API's ``renderState``."""

    UNSET = 0
    QUEUED = 1
    PROCESSING = 2
    UPLOADING = 3
    FAILED = 4
    COMPLETED = 5
    CANCELLED = 6

    @property
    def is_final(self) -> bool:
        """Whether it stays as it is: failed, completed or cancelled."""
        return self in (RenderState.FAILED, RenderState.COMPLETED, RenderState.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is submitted: pictures of one asset, one per prompt and size."""

    application_id: UUID
    """The application that orders."""
    user_id: UUID
    """The user of the application that it is ordered for."""
    asset_id: UUID
    """The product; an asset of the same application."""
    request: Request
    """What is asked for, without a product; a seed of None becomes a random one, which the process then keeps."""
    engine: str | None = None
    """What makes the pictures, one of ``JobPart.engines``. None: the first of these."""
    formats: tuple[ImageFormat, ...] = (ImageFormat.PNG,)
    """In which formats the pictures are wanted; they are encoded when they are first asked for."""
    idempotency_key: str | None = None
    """The same key and the same order give the same process again."""
    trace_id: str | None = None
    """Written to the log with whatever is done for the order; no part of what is ordered."""

    def __post_init__(self) -> None:
        prompts = tuple(parse_prompts(self.request.prompts))
        object.__setattr__(self, "request", dataclasses.replace(self.request, prompts=prompts, product=None))
        texts = {"name": self.request.name, "description": self.request.description, "key": self.idempotency_key}
        for name, text in texts.items():
            if text is not None:
                check_text(name, text, _LONGEST[name])


def read_ordered(ordered: Mapping[str, Any]) -> Request:
    """What was ordered, as the store has it: what ``write_request`` wrote, or an older version of this library.

    Raises:
        StoreError: It is something else.
    """
    plain = {_OLD_NAMES.get(name, name): value for name, value in ordered.items()}
    try:
        return read_request(plain, where="the store", complaint=RecipeError)
    except RecipeError as error:
        raise StoreError(f"a kept order can't be read: {error}") from error


@dataclass(frozen=True, kw_only=True)
class Task:
    """One picture of a process."""

    id: UUID
    """Names the task, also in picture URLs."""
    process_id: UUID
    """The process that it is part of."""
    state: RenderState
    """Where it stands, from queued to one of the final states."""
    prompt_index: int
    """Which of the order's prompts it answers, from 0."""
    size_label: str
    """Size name, such as ``"landscape"``."""
    error_message: str
    """Why it failed, fit to be shown to the caller; empty where it did not."""
    attempts: int
    """How often it was begun; over 1 only where the program was killed meanwhile."""
    queued_s: float
    """When it was ordered, seconds since 1970."""
    started_s: float | None
    """When it was begun last, seconds since 1970; None: never yet."""
    finished_s: float | None
    """When it became final, seconds since 1970; None while it is not."""


@dataclass(frozen=True, kw_only=True)
class Process:
    """All pictures of one order, and where they stand."""

    id: UUID
    """The HTTP API's ``imageRenderProcessId`` and ``imageProductGeneratorProcessId``."""
    application_id: UUID
    """The application that ordered."""
    user_id: UUID
    """The user of the application that it was ordered for."""
    asset_id: UUID
    """The product that is on every picture."""
    seed: int
    """The order's seed, or the one that was drawn for it."""
    created_s: float
    """When it was submitted, seconds since 1970."""
    formats: tuple[ImageFormat, ...] = (ImageFormat.PNG,)
    """The formats that were asked for."""
    trace_id: str | None = None
    """Trace of the request that ordered it; None where it had none."""
    tasks: tuple[Task, ...]
    """One per prompt and size: prompts in order, and sizes within a prompt."""

    @property
    def total_count(self) -> int:
        """How many pictures were ordered: ``totalTaskCount``."""
        return len(self.tasks)

    @property
    def completed_count(self) -> int:
        """How many are there: ``completedTaskCount``. A failed or cancelled task is not among them."""
        return self._count(RenderState.COMPLETED)

    @property
    def progress(self) -> int:
        """Finished tasks, failed and cancelled ones included, in percent; 100 only when all are finished."""
        return 100 * sum(task.state.is_final for task in self.tasks) // len(self.tasks)

    @property
    def state(self) -> RenderState:
        """``requestRenderState``.

        Completed once all is finished and there is at least one picture; cancelled or failed where there is none.
        Uploading while only uploads are left; queued before the first task is begun.
        """
        states = {task.state for task in self.tasks}
        if all(state.is_final for state in states):
            for state in (RenderState.COMPLETED, RenderState.FAILED):
                if state in states:
                    return state
            return RenderState.CANCELLED
        unfinished = {state for state in states if not state.is_final}
        if unfinished == {RenderState.UPLOADING}:
            return RenderState.UPLOADING
        return RenderState.QUEUED if states == {RenderState.QUEUED} else RenderState.PROCESSING

    @property
    def is_successful(self) -> bool:
        """Whether every picture is there."""
        return self.completed_count == self.total_count

    @property
    def error_message(self) -> str:
        """What went wrong, fit to be shown to the caller; empty while nothing has."""
        failed, cancelled = self._count(RenderState.FAILED), self._count(RenderState.CANCELLED)
        tasks = "task" if self.total_count == 1 else "tasks"
        were = "was" if cancelled == 1 else "were"
        parts = [
            f"{count} of {self.total_count} {tasks} {word}"
            for count, word in ((failed, "failed"), (cancelled, f"{were} cancelled"))
            if count
        ]
        reasons = dict.fromkeys(task.error_message for task in self.tasks if task.error_message)
        return ": ".join(filter(None, (", ".join(parts), " ".join(reasons))))

    def _count(self, state: RenderState) -> int:
        return sum(task.state is state for task in self.tasks)
