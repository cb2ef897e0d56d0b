"""Orders that outlive the program: a store, workers, and webhooks. No HTTP server is needed, nor started."""

from photoshoot.errors import MissingExtraError

try:
    import fsspec as _fsspec  # noqa: F401  # only to find out whether the extra is there
    import httpx as _httpx  # noqa: F401
    import sqlalchemy as _sqlalchemy  # noqa: F401
except ImportError as error:
    raise MissingExtraError("keeping jobs", "server") from error

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
from photoshoot.jobs.settings import JobSettings
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
    "Delivery",
    "DeliveryState",
    "DeliveryTried",
    "JobEvent",
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
