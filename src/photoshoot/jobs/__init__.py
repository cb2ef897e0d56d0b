"""Orders that outlive the program. No HTTP server is needed, nor started.

An ``Order`` goes in (pictures of one kept product); ``order_intake`` writes it to the ``store`` as tasks, one per
prompt and size. The ``queue`` makes their pictures with one worker a device, across restarts; ``webhooks`` tell who
asked. Out come a ``Process`` that says how far it is, and files. Start with ``jobs``: ``Jobs`` shows its parts.
"""

import importlib.util
from typing import TYPE_CHECKING, Final

from photoshoot.errors import MissingExtraError
from photoshoot.public_names import load_public_name

if any(importlib.util.find_spec(name) is None for name in ("fsspec", "httpx", "sqlalchemy")):
    raise MissingExtraError("keeping jobs", "server")

if TYPE_CHECKING:
    from photoshoot.jobs.estimates import Estimate
    from photoshoot.jobs.events import (
        BatchPlaced,
        DeliveryTried,
        JobEvent,
        Observer,
        OrderAccepted,
        OrderRefused,
        TaskFinished,
    )
    from photoshoot.jobs.jobs import Jobs
    from photoshoot.jobs.orders import Order, Process, RenderState, Task
    from photoshoot.jobs.settings import JobPart, JobSettings
    from photoshoot.jobs.store.deletion import Deleted
    from photoshoot.jobs.store.records import (
        Application,
        Asset,
        Credentials,
        Delivery,
        DeliveryState,
        NotificationChannel,
        PictureFile,
        QueueCounts,
    )

_HOMES: Final = ("settings", "orders", "events", "store.records", "estimates", "store.deletion", "jobs")
"""Where the public names live, the light ones first."""

__all__ = [
    "Application",
    "Asset",
    "BatchPlaced",
    "Credentials",
    "Deleted",
    "Delivery",
    "DeliveryState",
    "DeliveryTried",
    "Estimate",
    "JobEvent",
    "JobPart",
    "JobSettings",
    "Jobs",
    "NotificationChannel",
    "Observer",
    "Order",
    "OrderAccepted",
    "OrderRefused",
    "PictureFile",
    "Process",
    "QueueCounts",
    "RenderState",
    "Task",
    "TaskFinished",
]


if not TYPE_CHECKING:  # which would take any name for one of the package's

    def __getattr__(name: str) -> object:
        """A public name, whose module is not loaded before it is asked for."""
        return load_public_name(name, __name__, _HOMES)
