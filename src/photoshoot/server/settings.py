"""Everything that ``photoshoot serve`` can be told, in one frozen record."""

import dataclasses
import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from photoshoot.engines.choice import STUDIO
from photoshoot.errors import SettingsError
from photoshoot.jobs.settings import JobSettings
from photoshoot.settings import PhotoLimits
from photoshoot.settings.checks import OneOf, Range, check_fields

_YEAR_S = 365 * 86400
_DATABASE_NAME = "photoshoot.db"
_OF_RAY = ("min_replicas", "max_replicas", "replica_cpus", "replica_gpus")
STUDIO_PATH = "/studio"
"""Where the page is, under the service."""


@dataclass(frozen=True, kw_only=True)
class ServerSettings:
    """How the service runs. ``load_settings`` reads it from a TOML file, the environment and the command line."""

    host: str = "127.0.0.1"
    """Address to listen on; ``0.0.0.0`` for all."""
    port: Annotated[int, Range(0, 65535)] = 8000
    """Port to listen on, 0 (any free one) to 65535."""
    public_url: str | None = None
    """Where clients reach the service, such as ``https://ads.example.com``; it begins every URL that an answer names.
    None: as the request came in, which only this machine's own clients are trusted to say: it must be given where
    ``host`` lets others in."""
    trusted_proxies: str = "127.0.0.1"
    """Addresses, with commas between, whose ``X-Forwarded-For`` and ``-Proto`` are believed."""

    folder: Path = Path("photoshoot-data")
    """Where database, pictures and signing key lie, unless the next three say otherwise."""
    database: str | None = None
    """SQLAlchemy URL, such as ``postgresql+psycopg://user@host/photoshoot``. None: SQLite in ``folder``."""
    pictures: str | None = None
    """Folder or fsspec URL, such as ``s3://bucket/photoshoot``. None: a folder in ``folder``."""
    signing_key: str | None = dataclasses.field(default=None, repr=False)
    """Secret of at least 32 characters that signs tokens and picture URLs; the same on every machine that shares a
    database. None: made once, and kept in ``folder``."""
    old_signing_keys: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    """Signing keys from before: what they signed and sealed counts as long as they are given, and what is new is signed
    with ``signing_key``."""

    engine: str = "studio"
    """What places the product: ``studio``, a diffusion profile such as ``sd15``, or a model folder or file. Several
    with commas between: an order may name one (a folder or file by its last name); the first makes what names none."""
    device: str = "auto"
    """For diffusion: ``auto``, ``cpu``, ``mps``, ``cuda``, or several with commas between, such as ``cuda:0,cuda:1``:
    each gets an engine of its own."""
    samples: Annotated[int | None, Range(1, 4096)] = None
    """For the studio: light paths a pixel, 1 to 4096. None: its own default."""
    moderator: str | None = None
    """Refuses prompts, photos and pictures: ``opennsfw`` (the extra ``moderation``). None: nothing is refused."""
    workers: Annotated[int | None, Range(0, 64)] = None
    """Processes that make pictures, 0 to 64, which are started and watched. None: one a device of ``device``. 0: none
    here; ``photoshoot worker`` on the same store makes them."""
    metrics_port: Annotated[int | None, Range(0, 65535)] = None
    """For ``photoshoot worker``: port of its own Prometheus metrics, on ``host``. None: it tells none."""
    presets: tuple[Path, ...] = ()
    """Folders of your own preset files, on top of the catalogue."""

    ray: str | None = None
    """Let replicas on a Ray cluster make the pictures: ``local`` (one that this starts), ``auto`` (the one this machine
    is part of), or its head's ``host:port``. None: they are made in this process."""
    min_replicas: Annotated[int, Range(0, 10_000)] = 1
    """With ``ray``: engines that are kept when there is nothing to do, 0 to 10000."""
    max_replicas: Annotated[int, Range(1, 10_000)] = 8
    """With ``ray``: the most engines, 1 to 10000."""
    replica_cpus: Annotated[float | None, Range(0, 10_000)] = None
    """With ``ray``: cores that each reserves, 0 to 10000. None: 4 for a studio, or what the largest machine has where
    that is less; 1 beside a GPU."""
    replica_gpus: Annotated[float | None, Range(0, 10_000)] = None
    """With ``ray``: GPUs that each reserves, 0 to 10000. None: 1 for a diffusion engine, 0 for the studio."""

    studio_page: bool = False
    """Show the page of ``photoshoot ui`` (the extra ``ui``) under ``/studio``, behind a login of its own."""
    studio_user: str = "photoshoot"
    """The name that goes with the page's password."""
    studio_password: str | None = dataclasses.field(default=None, repr=False)
    """What the page is opened with; it must be there where ``studio_page`` is true."""

    max_upload_bytes: Annotated[int, Range(1024, 2**31)] = 22 * 2**20
    """Largest photo, in bytes, 1024 to 2 GB."""
    max_pixels: Annotated[int, Range(256, 2**30)] = 65_000_000
    """Largest photo, in pixels (width x height), 256 to a billion."""
    readers: Annotated[int, Range(1, 64)] = 2
    """Photos that are decoded and cut out at once, 1 to 64."""
    waiting_photos: Annotated[int, Range(0, 1024)] = 64
    """Photos that may wait for a reader, 0 to 1024; the next one is answered with 429."""
    queue_limit: Annotated[int, Range(60, 100_000)] = 1200
    """Tasks that may wait for the engine, 60 to 100000; an order beyond is answered with 429."""
    queue_limit_per_application: Annotated[int, Range(60, 100_000)] = 600
    """The same for one application, so that none can fill the queue for all; 60 to 100000."""

    requests_a_minute: Annotated[int, Range(1, 1_000_000)] = 600
    """Orders, uploads, downloads and changes of one application a minute, 1 to 1000000; the next is answered with
    429."""
    requests_a_minute_of_a_user: Annotated[int, Range(1, 1_000_000)] = 300
    """The same of one of its users, so that none uses up what all have, 1 to 1000000."""
    polls_a_minute: Annotated[int, Range(1, 1_000_000)] = 6000
    """Questions of one application a minute, such as for progress, 1 to 1000000; they are counted apart."""
    failures_a_minute: Annotated[int, Range(1, 1_000_000)] = 30
    """Requests with wrong credentials from one address a minute, 1 to 1000000."""
    header_s: Annotated[float, Range(0.1, 600)] = 10
    """How long a request's head may take to come in, seconds, 0.1 to 600."""
    body_s: Annotated[float, Range(0.1, 86400)] = 300
    """How long a request's body may take to come in, and a client to take more of an answer, seconds, 0.1 to 86400."""
    idle_s: Annotated[int, Range(1, 3600)] = 15
    """How long a connection is kept that has nothing to say, seconds, 1 to 3600."""
    connections_a_client: Annotated[int, Range(1, 100_000)] = 256
    """Connections that one address may hold, 1 to 100000; a proxy of ``trusted_proxies`` is not counted, unless it is
    on this machine."""
    require_token: bool = False
    """Refuse calls that carry key and secret but no bearer token."""
    access_token_s: Annotated[int, Range(60, 86400)] = 3600
    """How long an access token is good, seconds, 60 to 86400."""
    refresh_token_s: Annotated[int, Range(60, _YEAR_S)] = 7 * 86400
    """How long a refresh token is good, seconds, 60 to one year."""
    picture_url_s: Annotated[int, Range(60, _YEAR_S)] = 7 * 86400
    """How long the URL of a result picture is good, seconds, 60 to one year."""
    private_webhooks: bool = False
    """Let webhooks go to private networks and this machine: for development."""
    charge_credits: bool = False
    """Charge a credit for each task, once, when it is first downloaded."""

    otlp_endpoint: str | None = None
    """Where an OpenTelemetry collector takes traces, OTLP over HTTP, such as ``http://collector:4318/v1/traces`` (the
    extra ``telemetry``). None: none are sent."""
    picture_records: bool = True
    """Whether pictures say how they were made: prompt, product, seed, digests. False: those that are made from then on
    say only what made them and that they are partly synthetic, and no file's name tells more."""
    keep_uploads_days: Annotated[float | None, Range(0.01, 36_500)] = None
    """Days after which an upload is deleted, 0.01 to 36500. None: never."""
    keep_pictures_days: Annotated[float | None, Range(0.01, 36_500)] = None
    """Days after which a finished process is deleted, with its pictures, 0.01 to 36500. None: never."""
    keep_messages_days: Annotated[float | None, Range(0.01, 36_500)] = None
    """Days after which the log of a delivered or given up webhook is deleted, 0.01 to 36500. None: never."""
    cors_origins: tuple[str, ...] = ()
    """Origins whose pages may call from a browser, such as ``https://shop.example.com``; ``*`` for all. None: no
    page may."""
    gzip_bytes: Annotated[int | None, Range(1, 2**30)] = None
    """Answers of at least so many bytes are compressed for clients that take it, 1 to 1 GB. None: none are."""

    drain_s: Annotated[int, Range(0, 3600)] = 30
    """How long a shutdown waits for what is under way before it is queued again, seconds, 0 to 3600."""
    log_level: Annotated[str, OneOf("debug", "info", "warning", "error")] = "info"
    """``debug``, ``info``, ``warning`` or ``error``."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.min_replicas > self.max_replicas:
            raise SettingsError("min_replicas", self.min_replicas, f"at most max_replicas, {self.max_replicas}")
        self._check_cluster()
        keys = {"signing_key": (self.signing_key,), "old_signing_keys": self.old_signing_keys}
        for name, given in keys.items():
            if any(key is not None and len(key) < 32 for key in given):
                raise SettingsError(name, "…", "a secret of at least 32 characters")
        if "" in self.engines or (self.ray is not None and len(self.engines) > 1):
            raise SettingsError("engine", self.engine, "names with commas between; with ray, one")
        if self.studio_page and not self.studio_password:
            raise SettingsError("studio_password", "", "the password of the page that studio_page shows")
        if self.public_url is not None and not self.public_url.startswith(("http://", "https://")):
            raise SettingsError("public_url", self.public_url, "an http:// or https:// URL")
        if self.public_url is None and not _is_loopback(self.host):
            raise SettingsError("public_url", None, f"where clients reach it, since host={self.host} lets others in")

    def _check_cluster(self) -> None:
        if self.ray is not None:
            return
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if field.name in _OF_RAY and value != field.default:
                raise SettingsError(field.name, value, "it with ray alone, such as ray=local")

    @property
    def engines(self) -> "dict[str, ServerSettings]":
        """The settings of each engine, by the name that an order gives it."""
        names = [name.strip() for name in self.engine.split(",")]
        if len(names) == 1:
            return {Path(names[0]).name: self}
        own_device = {STUDIO: "auto"}
        return {
            Path(name).name: dataclasses.replace(self, engine=name, device=own_device.get(name, self.device))
            for name in names
        }

    @property
    def photo_limits(self) -> PhotoLimits:
        """What is too large for a photo."""
        return PhotoLimits(max_bytes=self.max_upload_bytes, max_pixels=self.max_pixels)

    @property
    def database_url(self) -> str:
        """The database, wherever it was said."""
        return self.database or f"sqlite:///{self.folder / _DATABASE_NAME}"

    def check_store(self) -> None:
        """Hold that a service or ``photoshoot apps create`` has made the store that others are to work on.

        Raises:
            SettingsError: There is none in the folder: its name may be misspelled.
        """
        if self.database is None and not (self.folder / _DATABASE_NAME).exists():
            told = "the folder of a store, which photoshoot serve or photoshoot apps create has made"
            raise SettingsError("folder", str(self.folder), told)

    def make_folder(self) -> None:
        """Make the folder, for its owner's eyes only, unless it is there.

        Raises:
            SettingsError: It can't be made; says why.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            why = "it is a file" if isinstance(error, FileExistsError) else error.strerror
            raise SettingsError("folder", str(self.folder), f"a folder that is there or can be made ({why})") from error

    @property
    def pictures_url(self) -> str:
        """The pictures, wherever it was said."""
        return self.pictures or str(self.folder / "pictures")


def job_settings(settings: ServerSettings) -> JobSettings:
    """What of the settings concerns the jobs."""
    return JobSettings(
        queue_limit=settings.queue_limit,
        queue_limit_per_application=settings.queue_limit_per_application,
        credits_required=settings.charge_credits,
        allow_private_targets=settings.private_webhooks,
        picture_records=settings.picture_records,
        keep_uploads_days=settings.keep_uploads_days,
        keep_pictures_days=settings.keep_pictures_days,
        keep_messages_days=settings.keep_messages_days,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
