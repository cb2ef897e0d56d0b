"""``photoshoot presets list``, ``search`` and ``show``."""

import argparse
import dataclasses
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from photoshoot.cli.console import build_console, count, report_note, write_json
from photoshoot.cli.exit_codes import DONE
from photoshoot.director import find_presets
from photoshoot.errors import InputError
from photoshoot.meaning import NO_MEANING, FoundPreset, has_embedder
from photoshoot.presets import Preset, PresetRegistry
from photoshoot.records.plain_data import Json
from photoshoot.sets import set_name


def run(arguments: argparse.Namespace) -> int:
    """Print presets."""
    registry = PresetRegistry.load(arguments.presets)
    if arguments.action == "show":
        return _show(registry, arguments)
    if arguments.action == "search" and not ("".join(arguments.text).strip() or arguments.category or arguments.tag):
        raise InputError("presets search needs words, --category or --tag")
    if arguments.action == "list" and arguments.text:
        raise InputError(f"presets list takes no words; try: photoshoot presets search {' '.join(arguments.text)}")
    if arguments.action == "search" and arguments.text:
        return _search(registry, arguments)
    found = registry.search(category=arguments.category, tag=arguments.tag)
    if arguments.json:
        write_json([_to_json(preset) for preset in found])
    else:
        _print_all(found)
    return DONE


def _search(registry: PresetRegistry, arguments: argparse.Namespace) -> int:
    found = find_presets(" ".join(arguments.text), registry, category=arguments.category, tag=arguments.tag)
    if arguments.json:
        write_json([{**_to_json(item.preset), **_to_reasons(item)} for item in found])
    else:
        _print_all([item.preset for item in found], [item.why for item in found])
    if not has_embedder():
        report_note(NO_MEANING)
    return DONE


def _show(registry: PresetRegistry, arguments: argparse.Namespace) -> int:
    if not arguments.text:
        raise InputError("presets show needs a preset's id")
    presets = [registry.get(name) for name in arguments.text]
    if arguments.json:
        write_json(_to_json(presets[0]) if len(presets) == 1 else [_to_json(preset) for preset in presets])
    else:
        for preset in presets:
            _print_one(preset)
    return DONE


def _to_reasons(found: FoundPreset) -> dict[str, Json]:
    return {"score": round(found.score, 4), "likeness": found.likeness, "words": list(found.words)}


def _to_json(preset: Preset) -> dict[str, Json]:
    design: dict[str, Json] = {"name": set_name(preset.design), **dataclasses.asdict(preset.design)}
    return {
        "id": preset.id,
        "name": preset.preview_name,
        "prompt_text": preset.prompt_text,
        "scene_text": preset.scene_text,
        "negative_text": preset.negative_text,
        "categories": list(preset.categories),
        "tags": list(preset.tags),
        "is_old_preset": preset.is_old_preset,
        "preview": None if preset.preview_path is None else str(preset.preview_path),
        "set": design,
    }


def _print_all(presets: Sequence[Preset], reasons: Sequence[str] = ()) -> None:
    table = Table(box=None, header_style="bold", padding=(0, 3, 0, 0))
    table.add_column("id", no_wrap=True)
    table.add_column("why" if reasons else "category, tags")
    told = reasons or [", ".join((*preset.categories, *preset.tags)) for preset in presets]
    for preset, words in zip(presets, told, strict=True):
        table.add_row(Text(preset.id), Text(words, "dim"))
    console = build_console()
    console.print(table)
    console.print(count(len(presets), "preset"), style="dim")


def _print_one(preset: Preset) -> None:
    table = Table(box=None, show_header=False, padding=(0, 3, 0, 0), title_justify="left")
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _rows(preset):
        table.add_row(name, Text(value))
    build_console().print(table)


def _rows(preset: Preset) -> list[tuple[str, str]]:
    design = dataclasses.asdict(preset.design)
    light = design.pop("light")
    return [
        ("id", preset.id),
        ("name", preset.preview_name + (" (old)" if preset.is_old_preset else "")),
        ("prompt", preset.prompt_text),
        ("scene", preset.scene_text),
        ("negative", preset.negative_text),
        ("categories", ", ".join(preset.categories)),
        ("tags", ", ".join(preset.tags)),
        ("preview", str(preset.preview_path or "none")),
        ("set", f"{set_name(preset.design)}: {_list(design)}"),
        ("light", _list(light)),
    ]


def _list(values: dict[str, object]) -> str:
    return ", ".join(f"{name} {' '.join(map(str, _items(value)))}" for name, value in values.items())


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, tuple) else (value,)
