"""What the routes work with: the jobs, the intake of photos, and the secrets of one running service."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from starlette.requests import Request

from photoshoot.jobs import Jobs, JobSettings
from photoshoot.photoshoot import Photoshoot
from photoshoot.server.auth.keys import derive_keys, load_signing_keys
from photoshoot.server.auth.rate_limits import RateLimiter
from photoshoot.server.auth.signed_urls import PictureSigner
from photoshoot.server.auth.tokens import TokenKind, Tokens
from photoshoot.server.engines import build_engines
from photoshoot.server.ops.metrics import Metrics
from photoshoot.server.settings import ServerSettings
from photoshoot.server.uploads import PhotoIntake


@dataclass(frozen=True, kw_only=True)
class Service:
    """One running service."""

    settings: ServerSettings
    """How it runs, as ``load_settings`` has read it."""
    shoot: Photoshoot
    """Cuts out, describes and recommends; also makes the pictures."""
    jobs: Jobs
    """Applications, orders, pictures and webhooks."""
    photos: PhotoIntake
    """Takes uploads, a few at a time."""
    tokens: Tokens
    """Signs and reads bearer tokens."""
    signer: PictureSigner
    """Signs the URLs of result pictures."""
    requests: RateLimiter
    """Counts requests by application."""
    failures: RateLimiter
    """Counts wrong credentials by address."""
    metrics: Metrics = field(default_factory=Metrics)
    """What Prometheus is told of requests and jobs."""


def build_service(settings: ServerSettings, *shoots: Photoshoot) -> Service:
    """Put a service together. Its jobs are opened, not started.

    Args:
        settings: How it runs.
        shoots: One a device, at least one. They make the pictures, and the first describes what is uploaded. They stay
            the caller's.

    Raises:
        StoreError: Database or pictures can't be opened.
        SettingsError: The signing key can't be read or made.
    """
    signing_keys, shoot = load_signing_keys(settings), shoots[0]
    metrics = Metrics()
    jobs = Jobs.open(
        settings.database_url,
        settings.pictures_url,
        presets=shoot.presets,
        shoots=shoots,
        settings=job_settings(settings),
        observer=metrics.observe_job,
        sealing_keys=derive_keys(signing_keys, "webhooks"),
    )
    lifetimes_s: dict[TokenKind, int] = {"access": settings.access_token_s, "refresh": settings.refresh_token_s}
    return Service(
        settings=settings,
        shoot=shoot,
        jobs=jobs,
        photos=PhotoIntake(shoot, settings.photo_limits, readers=settings.readers, waiting=settings.waiting_photos),
        tokens=Tokens(signing_keys, lifetimes_s),
        signer=PictureSigner(signing_keys, settings.picture_url_s),
        requests=RateLimiter(settings.requests_a_minute),
        failures=RateLimiter(settings.failures_a_minute),
        metrics=metrics,
    )


@contextmanager
def open_service(settings: ServerSettings) -> Iterator[Service]:
    """Build the engine of the settings and a service round it; both are closed at the end.

    Raises:
        PhotoshootError: The engine can't be built, or the store can't be opened.
    """
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as stack:
        service = build_service(settings, *(stack.enter_context(shoot) for shoot in build_engines(settings)))
        stack.callback(service.jobs.close, settings.drain_s)
        stack.callback(service.photos.close)
        yield service


def job_settings(settings: ServerSettings) -> JobSettings:
    """What of the settings concerns the jobs."""
    return JobSettings(
        queue_limit=settings.queue_limit,
        queue_limit_per_application=settings.queue_limit_per_application,
        credits_required=settings.charge_credits,
        allow_private_targets=settings.private_webhooks,
    )


async def service_of(request: Request) -> Service:
    """The service that a request came to; for ``Depends``, which would run it in a thread if it were not async."""
    service: Service = request.app.state.service
    return service


def base_url_of(service: Service, request: Request) -> str:
    """Where clients reach the service, without a slash at the end."""
    return (service.settings.public_url or str(request.base_url)).rstrip("/")
