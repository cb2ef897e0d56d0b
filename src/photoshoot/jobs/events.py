"""What jobs tell an observer, for metrics. Records only: an observer must not raise, and should return at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from photoshoot.jobs.orders import RenderState


@dataclass(frozen=True, kw_only=True)
class OrderAccepted:
    """An order was queued."""

    application_id: UUID
    """The application that ordered."""
    task_count: int
    """How many pictures were ordered."""


@dataclass(frozen=True, kw_only=True)
class OrderRefused:
    """An order was answered with ``BusyError``."""

    application_id: UUID
    """The application that ordered."""
    retry_after_s: int
    """Whole seconds after which it was told to come again."""


@dataclass(frozen=True, kw_only=True)
class BatchPlaced:
    """A placer worked on a batch."""

    task_count: int
    """How many tasks it held."""
    trace_ids: tuple[str, ...] = ()
    """Traces of the requests that ordered them."""
    seconds: float
    """How long it took, in seconds."""


@dataclass(frozen=True, kw_only=True)
class TaskFinished:
    """A task became final."""

    application_id: UUID
    """The application that ordered it."""
    task_id: UUID
    """The task that became final."""
    trace_id: str | None
    """Trace of the request that ordered it; None where it had none."""
    state: RenderState
    """Completed, failed or cancelled."""
    waited_s: float
    """Seconds from the order to its last beginning (to its end, where it was never begun)."""
    worked_s: float
    """Seconds from its last beginning to its end; 0 where it was never begun."""


@dataclass(frozen=True, kw_only=True)
class DeliveryTried:
    """A message was posted to its channel."""

    delivered: bool
    """Whether the receiver took it."""
    last: bool
    """Whether there will be no further try."""
    seconds: float
    """How long it took, in seconds."""


JobEvent: TypeAlias = OrderAccepted | OrderRefused | BatchPlaced | TaskFinished | DeliveryTried
"""Anything that happens."""
Observer: TypeAlias = Callable[[JobEvent], None]
"""Told of each event, from whichever thread it happens in."""
