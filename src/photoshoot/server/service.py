"""What the routes work with: the jobs, the intake of photos, and the secrets of one running service.

The service's end: when it began, and how long who is still asking may be kept waiting.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from starlette.requests import Request

from photoshoot.engines.choice import EngineChoice
from photoshoot.jobs import JobPart, Jobs
from photoshoot.photoshoot import Photoshoot
from photoshoot.presets import PresetRegistry
from photoshoot.server.auth.keys import derive_keys, load_signing_keys
from photoshoot.server.auth.rate_limits import RateLimiter
from photoshoot.server.auth.signed_urls import PictureSigner
from photoshoot.server.auth.tokens import TokenKind, Tokens
from photoshoot.server.engines import list_makers
from photoshoot.server.ops.metrics import Metrics
from photoshoot.server.ops.observing import build_spans, observer_of
from photoshoot.server.processes.readers import LocalReader, PhotoReader, ProcessReader
from photoshoot.server.processes.studio_page import StudioPage
from photoshoot.server.processes.supervisor import RenderProcesses
from photoshoot.server.settings import ServerSettings, job_settings
from photoshoot.server.uploads import PhotoIntake

if TYPE_CHECKING:
    from photoshoot.server.ops.spans import SpanSender

_TO_ANSWER_S: Final = 1.0
"""How long before the end of its time a request that waits for something is answered."""


class Ending:
    """Told once that the service ends; asked by whatever waits. Safe to call from several threads."""

    def __init__(self) -> None:
        self._until_s = math.inf
        self._lock = threading.Lock()

    def begin(self, drain_s: float) -> None:
        """The service ends, within so many seconds. Only the first call counts."""
        with self._lock:
            if not self.has_begun:
                self._until_s = time.monotonic() + drain_s

    @property
    def has_begun(self) -> bool:
        """Whether it ends."""
        return self._until_s < math.inf

    @property
    def left_s(self) -> float:
        """Seconds that what is under way still has; infinite while the service does not end."""
        return max(0.0, self._until_s - time.monotonic())

    @property
    def is_near(self) -> bool:
        """Whether what waits must be answered now, to be answered at all."""
        return self.left_s <= _TO_ANSWER_S


_LEAST_S: Final = 1.0
"""How long what has been told to stop may take to hear it, where no time is left."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """One running service."""

    settings: ServerSettings
    """How it runs, as ``load_settings`` has read it."""
    presets: PresetRegistry
    """The presets that orders may name."""
    jobs: Jobs
    """Applications, orders, pictures and webhooks."""
    photos: PhotoIntake
    """Takes uploads, a few at a time."""
    tokens: Tokens
    """Signs and reads bearer tokens."""
    signer: PictureSigner
    """Signs the URLs of result pictures."""
    requests: RateLimiter
    """Counts orders, uploads, downloads and changes by application."""
    user_requests: RateLimiter
    """Counts the same by user."""
    polls: RateLimiter
    """Counts questions by application."""
    failures: RateLimiter
    """Counts wrong credentials by address."""
    ending: Ending = field(default_factory=Ending)
    """Whether it is being shut down, and how long that may take."""
    metrics: Metrics = field(default_factory=Metrics)
    """What Prometheus is told of requests and jobs."""
    spans: SpanSender | None = None
    """What sends traces to a collector; None: nothing does."""
    renderers: RenderProcesses | None = None
    """The processes that make the pictures; None: they are made in this one, or on other machines."""
    studio: StudioPage | None = None
    """The process of the page under ``/studio``; None: there is no page."""
    shoots: Sequence[Photoshoot] = ()
    """What makes pictures in this process: nothing where others do it."""

    @property
    def shoot(self) -> Photoshoot:
        """What makes pictures in this process, where ``build_service`` was given such."""
        return self.shoots[0]

    def check(self) -> None:
        """Raise ``StoreError`` unless it can take requests and carry them out."""
        self.jobs.check()
        if self.renderers is not None:
            self.renderers.check()

    def begin_to_end(self) -> None:
        """Have the processes begin nothing further; ``drain_s`` counts from here. It does not wait."""
        self.ending.begin(self.settings.drain_s)
        if self.studio is not None:
            self.studio.stop()
        if self.renderers is not None:
            self.renderers.stop()

    def close(self) -> None:
        """Finish what is under way, until ``drain_s`` seconds are over; safe to call twice."""
        self.begin_to_end()
        self.photos.close()
        if self.studio is not None:
            self.studio.close()
        if self.renderers is not None:
            self.renderers.close(self.ending.left_s)
        self.jobs.close(max(_LEAST_S, self.ending.left_s))
        if self.spans is not None:
            self.spans.close()


def build_service(settings: ServerSettings, *shoots: Photoshoot) -> Service:
    """Put a service together that does all its work in this process. Its jobs are opened, not started.

    Args:
        settings: How it runs.
        shoots: One a device, at least one. They make the pictures, and the first describes what is uploaded. They stay
            the caller's.

    Raises:
        StoreError: Database or pictures can't be opened.
        SettingsError: The signing key can't be read or made.
    """
    return _assemble(settings, shoots[0].presets, LocalReader(shoots[0], settings.photo_limits), shoots)


@contextmanager
def open_service(settings: ServerSettings) -> Iterator[Service]:
    """A service whose photos are read and whose pictures are made by processes of their own; all are ended at the end.

    Raises:
        PhotoshootError: An engine can't be built, or the store can't be opened.
    """
    for own in settings.engines.values():
        EngineChoice(name=own.engine).check()
    settings.make_folder()
    presets = PresetRegistry.load(settings.presets)
    with ExitStack() as stack:
        reader = ProcessReader(next(iter(settings.engines.values())))
        stack.callback(reader.close)
        service = _assemble(settings, presets, reader, ())
        stack.callback(service.close)
        if service.renderers is not None:
            service.renderers.start()
        if service.studio is not None:
            service.studio.start()
            service.studio.wait()
        yield service


def _assemble(
    settings: ServerSettings, presets: PresetRegistry, reader: PhotoReader, shoots: Sequence[Photoshoot]
) -> Service:
    signing_keys, metrics, spans = load_signing_keys(settings), Metrics(), build_spans(settings)
    observe = observer_of(metrics, spans)
    makers = [] if shoots else list_makers(settings)
    jobs = Jobs.open(
        settings.database_url,
        settings.pictures_url,
        presets=presets,
        shoots=shoots,
        settings=job_settings(settings),
        observer=observe,
        part=JobPart(
            sealing_keys=derive_keys(signing_keys, "webhooks"),
            makers=len(makers) or None,
            engines={name: EngineChoice(name=own.engine).reads_any_text for name, own in settings.engines.items()},
        ),
    )
    lifetimes_s: dict[TokenKind, int] = {"access": settings.access_token_s, "refresh": settings.refresh_token_s}
    return Service(
        settings=settings,
        presets=presets,
        jobs=jobs,
        photos=PhotoIntake(
            reader, settings.max_upload_bytes, readers=settings.readers, waiting=settings.waiting_photos
        ),
        tokens=Tokens(signing_keys, lifetimes_s),
        signer=PictureSigner(signing_keys, settings.picture_url_s),
        requests=RateLimiter(settings.requests_a_minute),
        user_requests=RateLimiter(settings.requests_a_minute_of_a_user),
        polls=RateLimiter(settings.polls_a_minute),
        failures=RateLimiter(settings.failures_a_minute),
        metrics=metrics,
        spans=spans,
        renderers=RenderProcesses(makers, jobs, observe) if makers else None,
        studio=StudioPage(settings) if settings.studio_page and not shoots else None,
        shoots=shoots,
    )


async def service_of(request: Request) -> Service:
    """The service that a request came to; for ``Depends``, which would run it in a thread if it were not async."""
    service: Service = request.app.state.service
    return service


def base_url_of(service: Service, request: Request) -> str:
    """Where clients reach the service, without a slash at the end."""
    return (service.settings.public_url or str(request.base_url)).rstrip("/")
