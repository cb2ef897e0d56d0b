"""Where settings come from: a TOML file, the environment, the command line."""

import re
import tomllib
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pydantic

from photoshoot.errors import SettingsError, UnknownNameError
from photoshoot.server.settings import ServerSettings

ENVIRONMENT_PREFIX: Final = "PHOTOSHOOT_"
"""``PHOTOSHOOT_PORT=9000`` sets ``port``."""
_INJECTED_NAME: Final = re.compile(r"(.+_)?SERVICE_(HOST|PORT(_.+)?)|(.+_)?PORT_\d+_(TCP|UDP|SCTP)(_.+)?|(.+_)?ENV_.+")
"""Of variables that Kubernetes and Docker links set for a service of this name, and that are no settings. Source: the
Kubernetes documentation, "Environment variables" of Services; Docker's, "Legacy container links"."""
_INJECTED_VALUE: Final = {"PORT": re.compile(r"(tcp|udp|sctp)://.+"), "NAME": re.compile(r"/.+/.+")}
"""The others of them, by what their names end with: ``PHOTOSHOOT_PORT=tcp://10.0.0.7:8000`` is no port."""
_OF_OTHERS: Final = ("APP", "KEY", "SECRET", "UI_PASSWORD")
"""What callers keep their credentials in, as ``examples/service`` does, and the page its password."""


def load_settings(
    given: Mapping[str, object], environment: Mapping[str, str], file: Path | None = None
) -> ServerSettings:
    """Read the settings: what was given goes before the environment, the environment before the file.

    Args:
        given: Names and values, such as those of the command line; a None is not given.
        environment: Such as ``os.environ``; only names that begin with ``PHOTOSHOOT_`` count, and of these not what
            Kubernetes and Docker links set for a service that is called photoshoot, nor what callers and the page read.
        file: A TOML file of names and values. None: there is none.

    Raises:
        SettingsError: A value is of the wrong kind or out of its range, or the file can't be read.
        UnknownNameError: The file or the environment names a setting that does not exist.
    """
    merged: dict[str, object] = {
        **_read_file(file),
        **_read_environment(environment),
        **{name: value for name, value in given.items() if value is not None},
    }
    kinds = typing.get_type_hints(ServerSettings)
    for name in merged:
        if name not in kinds:
            raise UnknownNameError("setting", name, kinds)
    values: dict[str, Any] = {name: _convert(name, value, kinds[name]) for name, value in merged.items()}
    return ServerSettings(**values)


def _read_environment(environment: Mapping[str, str]) -> dict[str, str]:
    found = {
        name.removeprefix(ENVIRONMENT_PREFIX): value
        for name, value in environment.items()
        if name.startswith(ENVIRONMENT_PREFIX)
    }
    return {name.lower(): value for name, value in found.items() if not _is_of_others(name, value)}


def _is_of_others(name: str, value: str) -> bool:
    if name in _OF_OTHERS or _INJECTED_NAME.fullmatch(name):
        return True
    return any(
        name.split("_")[-1] == ending and pattern.fullmatch(value) for ending, pattern in _INJECTED_VALUE.items()
    )


def _read_file(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SettingsError("config", str(file), f"a TOML file that can be read ({reason})") from error


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
        tuple[str, ...]: "a list of texts",
        Path: "a folder",
    }
)
