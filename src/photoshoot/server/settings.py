"""Everything that ``photoshoot serve`` can be told, in one frozen record."""

import dataclasses
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import pydantic

from photoshoot.errors import SettingsError, UnknownNameError
from photoshoot.settings import PhotoLimits
from photoshoot.settings.checks import OneOf, Range, check_fields

ENVIRONMENT_PREFIX: Final = "PHOTOSHOOT_"
"""``PHOTOSHOOT_PORT=9000`` sets ``port``."""
_YEAR_S = 365 * 86400


@dataclass(frozen=True, kw_only=True)
class ServerSettings:
    """How the service runs. ``load_settings`` reads it from a TOML file, the environment and the command line."""

    host: str = "127.0.0.1"
    """Address to listen on; ``0.0.0.0`` for all."""
    port: Annotated[int, Range(0, 65535)] = 8000
    """Port to listen on, 0 (any free one) to 65535."""
    public_url: str | None = None
    """Where clients reach the service, such as ``https://ads.example.com``; it begins every URL that an answer names.
    None: as the request came in, which is right without a proxy."""
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

    engine: str = "studio"
    """What places the product: ``studio``, a diffusion profile such as ``sd15``, or a model folder or file."""
    device: str = "auto"
    """For diffusion: ``auto``, ``cpu``, ``mps``, ``cuda``, or several with commas between, such as ``cuda:0,cuda:1``:
    each gets an engine of its own."""
    samples: Annotated[int | None, Range(1, 4096)] = None
    """For the studio: light paths a pixel, 1 to 4096. None: its own default."""
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

    max_upload_bytes: Annotated[int, Range(1024, 2**31)] = 22 * 2**20
    """Largest photo, in bytes, 1024 to 2 GB."""
    max_pixels: Annotated[int, Range(256, 2**30)] = 50_000_000
    """Largest photo, in pixels (width x height), 256 to a billion."""
    readers: Annotated[int, Range(1, 64)] = 2
    """Photos that are decoded and cut out at once, 1 to 64."""
    waiting_photos: Annotated[int, Range(0, 1024)] = 16
    """Photos that may wait for a reader, 0 to 1024; the next one is answered with 429."""
    queue_limit: Annotated[int, Range(60, 100_000)] = 1200
    """Tasks that may wait for the engine, 60 to 100000; an order beyond is answered with 429."""
    queue_limit_per_application: Annotated[int, Range(60, 100_000)] = 600
    """The same for one application, so that none can fill the queue for all; 60 to 100000."""

    requests_a_minute: Annotated[int, Range(1, 1_000_000)] = 600
    """Requests of one application a minute, 1 to 1000000; the next one is answered with 429."""
    failures_a_minute: Annotated[int, Range(1, 1_000_000)] = 30
    """Requests with wrong credentials from one address a minute, 1 to 1000000."""
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

    drain_s: Annotated[int, Range(0, 3600)] = 30
    """How long a shutdown waits for what is under way before it is queued again, seconds, 0 to 3600."""
    log_level: Annotated[str, OneOf("debug", "info", "warning", "error")] = "info"
    """``debug``, ``info``, ``warning`` or ``error``."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.min_replicas > self.max_replicas:
            raise SettingsError("min_replicas", self.min_replicas, f"at most max_replicas, {self.max_replicas}")
        if self.signing_key is not None and len(self.signing_key) < 32:
            raise SettingsError("signing_key", "…", "a secret of at least 32 characters")
        if self.public_url is not None and not self.public_url.startswith(("http://", "https://")):
            raise SettingsError("public_url", self.public_url, "an http:// or https:// URL")

    @property
    def photo_limits(self) -> PhotoLimits:
        """What is too large for a photo."""
        return PhotoLimits(max_bytes=self.max_upload_bytes, max_pixels=self.max_pixels)

    @property
    def database_url(self) -> str:
        """The database, wherever it was said."""
        return self.database or f"sqlite:///{self.folder / 'photoshoot.db'}"

    @property
    def pictures_url(self) -> str:
        """The pictures, wherever it was said."""
        return self.pictures or str(self.folder / "pictures")


def load_settings(
    given: Mapping[str, object], environment: Mapping[str, str], file: Path | None = None
) -> ServerSettings:
    """Read the settings: what was given goes before the environment, the environment before the file.

    Args:
        given: Names and values, such as those of the command line; a None is not given.
        environment: Such as ``os.environ``; only names that begin with ``PHOTOSHOOT_`` count.
        file: A TOML file of names and values. None: there is none.

    Raises:
        SettingsError: A value is of the wrong kind or out of its range, or the file can't be read.
        UnknownNameError: The file or the environment names a setting that does not exist.
    """
    prefixed = {name: value for name, value in environment.items() if name.startswith(ENVIRONMENT_PREFIX)}
    merged: dict[str, object] = {
        **_read_file(file),
        **{name.removeprefix(ENVIRONMENT_PREFIX).lower(): value for name, value in prefixed.items()},
        **{name: value for name, value in given.items() if value is not None},
    }
    kinds = typing.get_type_hints(ServerSettings)
    for name in merged:
        if name not in kinds:
            raise UnknownNameError("setting", name, kinds)
    values: dict[str, Any] = {name: _convert(name, value, kinds[name]) for name, value in merged.items()}
    return ServerSettings(**values)


def _read_file(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError("config", str(file), f"a TOML file that can be read ({error})") from error


def _convert(name: str, value: object, kind: Any) -> object:
    """A value of the file, the environment or the command line as the setting's kind; a text may stand for any."""
    if isinstance(value, str) and typing.get_origin(kind) is tuple:
        value = [item for item in value.split(",") if item]
    strict = isinstance(value, bool | float)  # neither stands for a whole number
    try:
        return pydantic.TypeAdapter(kind).validate_python(value, strict=strict)
    except pydantic.ValidationError as error:
        kinds = {*typing.get_args(kind), kind}
        raise SettingsError(name, value, next(words for kind, words in _KINDS.items() if kind in kinds)) from error


_KINDS: Final[Mapping[Any, str]] = types.MappingProxyType(
    {
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        str: "a text",
        tuple[Path, ...]: "a list of folders",
        Path: "a folder",
    }
)
