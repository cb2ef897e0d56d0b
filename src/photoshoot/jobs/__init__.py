"""Orders that outlive the program: a store, workers, and webhooks. No HTTP server is needed, nor started."""

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
from photoshoot.jobs.records import (
    Application,
    Asset,
    Credentials,
    Delivery,
    DeliveryState,
    NotificationChannel,
    Order,
    PictureFile,
    Process,
    QueueCounts,
    RenderState,
    Task,
)
from photoshoot.jobs.settings import JobSettings

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
