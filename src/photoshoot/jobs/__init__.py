"""Orders that outlive the program. No HTTP server is needed, nor started.

An ``Order`` goes in (pictures of one kept product); ``order_intake`` writes it to the ``store`` as tasks, one per
prompt and size. The ``queue`` makes their pictures with one worker a device, across restarts; ``webhooks`` tell who
asked. Out come a ``Process`` that says how far it is, and files. Start with ``jobs``: ``Jobs`` shows its parts.
"""

from photoshoot.errors import MissingExtraError

try:
    import fsspec as _fsspec  # noqa: F401  # only to find out whether the extra is there
    import httpx as _httpx  # noqa: F401
    import sqlalchemy as _sqlalchemy  # noqa: F401
except ImportError as error:
    raise MissingExtraError("keeping jobs", "server") from error

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
