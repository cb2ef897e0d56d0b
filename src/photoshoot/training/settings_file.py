"""Training settings in a TOML or YAML file: read with every key checked, and written with every key explained."""

import dataclasses
import json
import textwrap
import tomllib
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from photoshoot.errors import InputError, MissingExtraError, SettingsFileError
from photoshoot.records.plain_data import read_docs, read_record
from photoshoot.training.settings import TrainingSettings


def load_settings(file: Path) -> TrainingSettings:
    """Read settings; what the file leaves out has its default.

    Args:
        file: A ``.toml``, ``.yaml`` or ``.yml`` file. Folders in it are relative to its own.

    Raises:
        InputError: The file can't be read.
        SettingsFileError: A key or value is wrong; names the key, as in ``lora.rank``.
        MissingExtraError: It is YAML, and PyYAML is not installed.
    """
    data = _decode(file)
    if data.get("method") == "full" and "lora" in data:
        raise SettingsFileError(str(file), "lora", 'no such table with method = "full": it has no effect there')
    for key in ("data", "out", "cache"):
        given = data.get(key)
        if "" in (given if isinstance(given, list) else [given]):
            raise SettingsFileError(str(file), key, "must be a path, not ''")
    settings = read_record(TrainingSettings, data, where=str(file), complaint=SettingsFileError)
    base, cache = file.parent / settings.base, settings.cache
    return dataclasses.replace(
        settings,
        base=str(base) if base.exists() else settings.base,
        data=tuple(file.parent / folder for folder in settings.data),
        out=file.parent / settings.out,
        cache=None if cache is None else file.parent / cache,
    )


def document_settings(settings: TrainingSettings | None = None) -> str:
    """The TOML file of some settings, or of the defaults, with what each means."""
    shown = settings or TrainingSettings()
    return "\n".join(["# Settings of `photoshoot train run`. What is left out is as it stands here.", *_lines(shown)])


def _decode(file: Path) -> dict[str, Any]:
    kind = file.suffix.lower()
    try:
        text = file.read_text(encoding="utf-8")
        if kind == ".toml":
            return tomllib.loads(text)
        data = _load_yaml(file, text) if kind in (".yaml", ".yml") else None
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"the settings {file} can't be read: {reason}") from error
    if not isinstance(data, dict):
        raise InputError(f"the settings {file} can't be read: give a .toml or .yaml file of keys and values")
    return data


def _load_yaml(file: Path, text: str) -> object:
    try:
        import yaml
    except ImportError as error:
        raise MissingExtraError(f"the YAML file {file.name}", "train") from error
    try:
        return yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise InputError(f"the settings {file} can't be read: {error}") from error


def _lines(record: object) -> Iterator[str]:
    explained = read_docs(type(record))
    for name, doc in explained.items():
        value = getattr(record, name)
        yield ""
        yield from (f"# {line}" for line in textwrap.wrap(doc.replace("``", "`"), 116))
        yield f"# {name} =" if value is None else f"{name} = {_write(value)}"
    fields = dataclasses.fields(typing.cast(Any, record))
    for table in (field.name for field in fields if field.name not in explained):
        kind = type(getattr(record, table))
        yield from ("", f"# {' '.join((kind.__doc__ or '').split())}", f"[{table}]", *_lines(getattr(record, table)))


def _write(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_write, value))}]"
    if isinstance(value, Path):
        return json.dumps(value.as_posix(), ensure_ascii=False)
    return f"{value!r}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)
