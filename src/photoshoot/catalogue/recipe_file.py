"""Reads a recipe from a TOML or JSON file; what is wrong in it is told by file, key and reason."""

import dataclasses
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, cast

from photoshoot.catalogue.recipe import Recipe
from photoshoot.engines.choice import STUDIO, EngineChoice
from photoshoot.errors import InputError, PhotoError, RecipeError, SettingsError
from photoshoot.pixels.photos import read_style_image
from photoshoot.prompts import MAX_PROMPTS, Prompt, parse_prompts
from photoshoot.records.plain_data import PlainForm, build_object, read_record
from photoshoot.request import KINDS, RenderKinds, Request, spell_out
from photoshoot.settings import ExportSettings, ImageFormat, SegmentationSettings, StudioSettings
from photoshoot.settings.studio import rename_old_settings


@dataclass(frozen=True, kw_only=True, eq=False)
class _RecipeFile(Request):
    """A recipe as its file lays it out: the request's own keys, and beside them those of files and engine."""

    seed: int | None = 0
    """The request's, of every product; a catalogue has one."""
    presets: tuple[Annotated[Prompt, PlainForm(Prompt.preset, lambda prompt: prompt.preset_id)], ...] = ()
    """Presets by their ids; they go before the prompts."""
    sizes: Annotated[RenderKinds | None, KINDS] = None
    """Another word for ``render_kind``, which it goes before."""
    recommended: int = MAX_PROMPTS
    """How many recommended presets each product gets, 1 to 6; see ``Recipe``."""
    formats: tuple[ImageFormat, ...] = (ImageFormat.PNG,)
    """Each shot is written once in each."""
    quality: int = ExportSettings.quality
    """Of every format, see ``ExportSettings``."""
    dpi: int = ExportSettings.dpi
    """Of every format, see ``ExportSettings``."""
    low_resolution: bool = ExportSettings.low_resolution
    """Of every format, see ``ExportSettings``."""
    record: bool = ExportSettings.record
    """Of every format, see ``ExportSettings``."""
    preset_folders: tuple[Path, ...] = ()
    """Relative to the file's own folder."""
    engine: EngineChoice = dataclasses.field(default_factory=EngineChoice)
    """Models in it are relative to the file's own folder."""
    studio: StudioSettings | None = None
    """The engine's, in a table of its own."""
    segmentation: SegmentationSettings | None = None
    """The engine's, in a table of its own."""


def load_recipe(file: Path) -> Recipe:
    """Read a recipe; ``docs/catalogues.md`` shows one with every key.

    Args:
        file: A ``.toml`` or ``.json`` file. Folders and models in it are relative to its own folder.

    Raises:
        RecipeError: It can't be read, or a key or value is wrong.
    """
    data = spell_out(_decode(file))
    if isinstance(data, Mapping) and isinstance(data.get("studio"), Mapping):
        data = {**data, "studio": rename_old_settings(data["studio"])}
    data = _calm_palette(_read_style(data, file))
    read = read_record(_RecipeFile, data, where=str(file), complaint=RecipeError)
    try:
        return _build(read, file.parent)
    except SettingsError as error:
        key = {"files": "formats", "render_kind": "sizes"}.get(error.name, error.name)
        raise RecipeError(str(file), key, str(error)) from error
    except InputError as error:
        raise RecipeError(str(file), "prompts", str(error)) from error


def _calm_palette(data: object) -> object:
    """The recipe, whose presets keep their own colours where products share sets and nothing else is asked for."""
    studio = data.get("studio") if isinstance(data, Mapping) else None
    if isinstance(data, Mapping) and isinstance(studio, Mapping) and studio.get("share_plates") is True:
        return {"lean_palette": False, **data}
    return data


def _read_style(data: object, file: Path) -> object:
    """The recipe with its style picture in the place of that picture's path."""
    name = data.get("style_image") if isinstance(data, Mapping) else None
    if not isinstance(name, str) or name.startswith("data:"):
        return data
    try:
        return {**cast("Mapping[str, object]", data), "style_image": str(read_style_image(file.parent / name))}
    except PhotoError as error:
        raise RecipeError(str(file), "style_image", str(error)) from error


def _build(read: _RecipeFile, folder: Path) -> Recipe:
    asked: dict[str, Any] = {item.name: getattr(read, item.name) for item in fields(Request)}
    prompts = [*read.presets, *(parse_prompts(read.prompts) if read.prompts else ())]
    asked["prompts"] = tuple(parse_prompts(prompts)) if prompts else ()
    if read.sizes is not None:
        asked["render_kind"] = read.sizes
    return Recipe(
        request=Request(**asked),
        recommended=read.recommended,
        files=tuple(
            ExportSettings(
                format=name,
                quality=read.quality,
                dpi=read.dpi,
                low_resolution=read.low_resolution,
                record=read.record,
            )
            for name in read.formats
        ),
        engine=_place_engine(read, folder),
        preset_folders=tuple(folder / name for name in read.preset_folders),
    )


def _place_engine(read: _RecipeFile, folder: Path) -> EngineChoice:
    engine, beside = read.engine, folder / read.engine.name
    return dataclasses.replace(
        engine,
        name=str(beside) if engine.name != STUDIO and beside.exists() else engine.name,
        loras=tuple(dataclasses.replace(lora, path=folder / lora.path) for lora in engine.loras),
        studio=read.studio or engine.studio,
        segmentation=read.segmentation or engine.segmentation,
    )


def _decode(file: Path) -> object:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecipeError(str(file), "file", f"can't be read: {getattr(error, 'strerror', None) or error}") from error
    try:
        if file.suffix.lower() == ".json":
            data: object = json.loads(text, object_pairs_hook=build_object)
        elif file.suffix.lower() == ".toml":
            data = tomllib.loads(text)
        else:
            raise RecipeError(str(file), "file", "must end with .toml or .json")
    except (ValueError, RecursionError) as error:
        if isinstance(error, RecipeError):
            raise
        raise RecipeError(str(file), "file", f"is not valid {file.suffix[1:].upper()}: {error}") from error
    return data
