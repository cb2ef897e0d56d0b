"""``photoshoot prompts``: how the studio reads prompts, before a picture is made."""

import argparse
from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from photoshoot.cli.console import build_console, report_note, write_json
from photoshoot.cli.exit_codes import DONE
from photoshoot.director import PromptReading, read_prompt
from photoshoot.errors import InputError
from photoshoot.files import check_new
from photoshoot.presets import PresetRegistry
from photoshoot.prompts import Prompt

_MOST = 12


def run(arguments: argparse.Namespace) -> int:
    """Read each prompt and say how it was read."""
    if not 0 <= arguments.nearest <= _MOST:
        raise InputError(f"--nearest {arguments.nearest}: give 0 to {_MOST}")
    if arguments.sheet is not None:
        check_new(arguments.sheet, overwrite=arguments.overwrite)
    registry = PresetRegistry.load(arguments.presets)
    texts = [Prompt.custom(text).text or "" for text in arguments.text]
    readings = [read_prompt(text, registry, nearest=arguments.nearest) for text in texts]
    if arguments.json:
        write_json([reading.to_json() for reading in readings] if len(readings) > 1 else readings[0].to_json())
    else:
        for reading in readings:
            _print(reading)
    if arguments.sheet is not None:
        _save_sheet(arguments, registry, readings)
    for note in {reading.note for reading in readings if reading.note is not None}:
        report_note(note)
    return DONE


def _save_sheet(arguments: argparse.Namespace, registry: PresetRegistry, readings: list[PromptReading]) -> None:
    from photoshoot.previews.sheet import save_sheet

    near = [registry.get(found.id) for reading in readings for found in reading.nearest]
    save_sheet(near, arguments.sheet, max(1, arguments.nearest))


def _print(reading: PromptReading) -> None:
    table = Table(box=None, show_header=False, padding=(0, 3, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _rows(reading):
        table.add_row(name, Text(value))
    build_console().print(table)


def _rows(reading: PromptReading) -> Iterator[tuple[str, str]]:
    yield "prompt", reading.text
    if reading.language != "English":
        yield f"from {reading.language}", reading.english
    for written, meant in reading.mended.items():
        yield "misspelt", f"{written} was taken for {meant}"
    yield from _word_rows(reading)
    for written, instead in reading.stand_ins:
        yield "shown as", f"{written}: {instead}"
    for thing in reading.absent:
        yield "not met", f"no {thing}: the studio has none"
    if reading.unread:
        yield "not read", ", ".join(reading.unread)
    if reading.understood:
        yield from _set_rows(reading)
    for near in reading.nearest:
        yield "near preset", f"{near.id} ({near.score:.2f}; {near.why})"
        if near.preview is not None:
            yield "", str(near.preview)


def _word_rows(reading: PromptReading) -> Iterator[tuple[str, str]]:
    if not reading.understood:
        yield "set", "none: nothing was understood, and the studio refuses the prompt"
        return
    taken = "" if reading.nearest_preset_id is None else f", as in the nearest preset, {reading.nearest_preset_id}"
    yield "set", reading.set.replace("_", " ") + taken
    for kind, words in reading.words.items():
        yield kind, ", ".join(words)
    if reading.product:
        yield "product", f"{reading.product} (as in your photo)"


def _set_rows(reading: PromptReading) -> Iterator[tuple[str, str]]:
    told = vars(reading.design)
    silent = {"light", *(() if told.get("fade_colors") else ("fade",))}  # which way a wall fades, of one that does not
    yield "parameters", _list({name: told[name] for name in told if name not in silent and told[name] != "usual"})
    yield "light set to", _list(vars(reading.design.light))


def _list(values: dict[str, object]) -> str:
    return ", ".join(f"{name} {_tell(value)}" for name, value in values.items() if value != ())


def _tell(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
