"""How jobs are carried out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TypeAlias

from photoshoot.errors import SettingsError

Clock: TypeAlias = Callable[[], float]
"""Tells the time in seconds: ``time.time``, or a stand-in for it."""


@dataclass(frozen=True, kw_only=True)
class JobSettings:
    """Limits and times of jobs and webhooks."""

    queue_limit: int = 1200
    """Most tasks that may wait; an order that would go over it is answered with ``BusyError``."""
    queue_limit_per_application: int = 600
    """The same for a single application, so that none can fill the queue for all."""
    lease_s: float = 30.0
    """A worker that has not been heard of for so many seconds is taken for dead, and its tasks are queued again.
    Machines that share a store must agree on the time much closer than that."""
    poll_s: float = 1.0
    """Seconds between two questions whether another program has queued work."""
    max_attempts: int = 3
    """A task that was begun so often without an end (the program died each time) fails."""
    least_free_bytes: int = 64 * 2**20
    """``Jobs.check`` takes a local disk with less than so many free bytes for full."""
    credits_required: bool = False
    """Whether ``charge`` takes a credit per task, whichever way its picture leaves first: by a download, at its signed
    URL, or with a message; False: it does nothing."""
    allow_private_targets: bool = False
    """Whether webhooks may go to private, loopback and link-local addresses: for development only."""
    picture_records: bool = True
    """Whether pictures that are made from now on say how, see ``ExportSettings.record``."""
    keep_uploads_days: float | None = None
    """Days after which an upload is deleted, once nothing waits to be made of it. None: never."""
    keep_pictures_days: float | None = None
    """Days after which a finished process is deleted, with its pictures. None: never."""
    keep_messages_days: float | None = None
    """Days after which what is known of a message that was delivered or given up is deleted. None: never."""
    sweep_s: float = 600.0
    """Seconds between two looks for what is too old."""
    webhook_timeout_s: float = 10.0
    """Longest that a receiver may take to answer, seconds."""
    webhook_tries: int = 5
    """How often a message is tried before it is given up."""
    webhook_backoff_s: float = 10.0
    """Seconds to wait after the first failed try; it is four times as long after each further one."""
    webhook_concurrency: int = 16
    """Most messages under way at once; one a channel."""

    def __post_init__(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            if value is not None and not isinstance(value, bool) and not value > 0:
                raise SettingsError(item.name, value, "a number above 0")


@dataclass(frozen=True, kw_only=True)
class JobPart:
    """What part a program has in the work on a store, which several may share."""

    sealing_keys: Sequence[bytes] = field(default=(), repr=False)
    """Secrets of 32 bytes or more that the channels' secrets are sealed with: the first one seals, and all of them
    open, so that a key can be replaced. None at all: they are kept in the clear."""
    owner: bytes | None = None
    """Names the program in its leases, in eight bytes, so that ``Jobs.take_over`` can end them. None: nothing does."""
    delivers: bool = True
    """Whether messages are sent from here; False: another program on the store sends them."""
    makers: int | None = None
    """How many tasks are made at once, by all programs on the store. None: as many as this one has shoots."""
    engines: Mapping[str, bool] = field(default_factory=dict)
    """Engines that an order may name, the one first that makes those that name none; each with whether it reads any
    text, so that no prompt is refused. None at all: whatever there is makes every order."""
    engine: str | None = None
    """The one of them that this program makes pictures with. None: it takes the tasks of all."""
