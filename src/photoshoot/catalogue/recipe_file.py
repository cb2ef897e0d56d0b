"""Reads a recipe from a TOML or JSON file; what is wrong in it is told by file, key and reason."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from photoshoot.catalogue.recipe import Recipe
from photoshoot.catalogue.tables import read_record, read_value
from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import InputError, RecipeError, SettingsError
from photoshoot.json_objects import JsonObject
from photoshoot.layout import RenderKind
from photoshoot.prompts import MAX_PROMPTS, Prompt
from photoshoot.settings import (
    ExportSettings,
    ImageFormat,
    LightOverride,
    Lora,
    Placement,
    SegmentationSettings,
    StudioSettings,
)

_FILE_KEYS = ("formats", "quality", "dpi", "low_resolution")
_SCENE_KEYS = ("presets", "prompts", "recommended", "sizes", "safe_margin", "same_style_reference", "seed")
_TABLES = ("placement", "light", "engine", "studio", "segmentation")
_ENGINE_KEYS = ("name", "segmenter", "dtype", "loras")
_T = TypeVar("_T")


def load_recipe(file: Path) -> Recipe:
    """Read a recipe; ``docs/catalogues.md`` shows one with every key.

    Args:
        file: A ``.toml`` or ``.json`` file. Folders and models in it are relative to its own folder.

    Raises:
        RecipeError: It can't be read, or a key or value is wrong.
    """
    data = _decode(file)
    keys = (*_SCENE_KEYS, *_FILE_KEYS, "preset_folders", *_TABLES)
    table = JsonObject(file, "", data, required=(), optional=keys, complaint=RecipeError)
    tables = {name: table.value(name, object, {}) for name in _TABLES}
    recommended = _whole(table, "recommended", MAX_PROMPTS)
    values: dict[str, Any] = {
        "prompts": _read_prompts(table),
        "recommended": recommended,
        "render_kinds": _read_kinds(table),
        "safe_margin": table.value("safe_margin", bool, True),
        "same_style_reference": table.value("same_style_reference", bool, True),
        "seed": _whole(table, "seed", 0),
        "placement": read_record(file, "placement", tables["placement"], Placement),
        "light": read_record(file, "light", tables["light"], LightOverride),
        "files": _read_files(table),
        "engine": _read_engine(file, tables),
        "preset_folders": tuple(file.parent / name for name in table.strings("preset_folders")),
    }
    return _make(table, "prompts", lambda: Recipe(**values))


def _decode(file: Path) -> object:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecipeError(str(file), "file", f"can't be read: {getattr(error, 'strerror', None) or error}") from error
    try:
        if file.suffix.lower() == ".json":
            data: object = json.loads(text)
        elif file.suffix.lower() == ".toml":
            data = tomllib.loads(text)
        else:
            raise RecipeError(str(file), "file", "must end with .toml or .json")
    except (ValueError, RecursionError) as error:
        if isinstance(error, RecipeError):
            raise
        raise RecipeError(str(file), "file", f"is no {file.suffix[1:].upper()}: {error}") from error
    return data


def _read_prompts(table: JsonObject) -> tuple[Prompt, ...]:
    presets = _make(table, "presets", lambda: tuple(map(Prompt.preset, table.strings("presets"))))
    texts = _make(table, "prompts", lambda: tuple(map(Prompt.custom, table.strings("prompts"))))
    return (*presets, *texts)


def _read_kinds(table: JsonObject) -> tuple[RenderKind, ...]:
    names = _words(table, "sizes", "landscape")
    return _make(table, "sizes", lambda: tuple(RenderKind.parse(name) for name in names))


def _read_files(table: JsonObject) -> tuple[ExportSettings, ...]:
    formats = _words(table, "formats", ImageFormat.PNG)
    for name in formats:
        if name not in list(ImageFormat):
            raise table.error("formats", f"{name!r} is none of {', '.join(ImageFormat)}")
    return _make(
        table,
        "formats",
        lambda: tuple(
            ExportSettings(
                format=ImageFormat(name),
                quality=_whole(table, "quality", 92),
                dpi=_whole(table, "dpi", 72),
                low_resolution=table.value("low_resolution", bool, False),
            )
            for name in formats
        ),
    )


def _read_engine(file: Path, tables: dict[str, object]) -> EngineChoice:
    table = JsonObject(file, "engine", tables["engine"], required=(), optional=_ENGINE_KEYS, complaint=RecipeError)
    name = table.value("name", str, "studio")
    beside = file.parent / name
    studio = read_record(file, "studio", tables["studio"], StudioSettings) if tables["studio"] else None
    return _make(
        table,
        "name",
        lambda: EngineChoice(
            name=str(beside) if beside.exists() and name != "studio" else name,
            segmenter=table.value("segmenter", str, "u2netp"),
            dtype=table.value("dtype", str, "") or None,
            loras=tuple(_read_lora(file, index, entry) for index, entry in enumerate(table.value("loras", list, []))),
            studio=studio,
            segmentation=read_record(file, "segmentation", tables["segmentation"], SegmentationSettings),
        ),
    )


def _read_lora(file: Path, index: int, data: object) -> Lora:
    entry = JsonObject(
        file, f"engine.loras[{index}]", data, required=("path",), optional=("weight",), complaint=RecipeError
    )
    weight = read_value(entry, "weight", float) if "weight" in entry.keys else 1.0
    return _make(entry, "weight", lambda: Lora(path=file.parent / entry.text("path"), weight=weight))


def _words(table: JsonObject, name: str, default: str) -> tuple[str, ...]:
    if name not in table.keys:
        return (default,)
    if not (words := table.strings(name)):
        raise table.error(name, f"is empty; leave it out for {default}")
    return words


def _whole(table: JsonObject, name: str, default: int) -> int:
    return default if name not in table.keys else int(read_value(table, name, int))


def _make(table: JsonObject, name: str, build: Callable[[], _T]) -> _T:
    """Call what makes a record; what it does not accept is a complaint about a key of the file."""
    try:
        return build()
    except RecipeError:
        raise
    except SettingsError as error:
        raise table.error(error.name if error.name in table.keys else name, str(error)) from error
    except InputError as error:
        raise table.error(name, str(error)) from error
