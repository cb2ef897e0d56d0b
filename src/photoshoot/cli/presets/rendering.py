"""``photoshoot presets render``: make presets' previews and plates."""

import argparse
import dataclasses
from pathlib import Path

from photoshoot.cli.console import ProgressReporter, write_json
from photoshoot.cli.exit_codes import DONE
from photoshoot.cli.presets.choice import choose_presets
from photoshoot.errors import InputError
from photoshoot.files import check_new
from photoshoot.previews.products import load_examples, load_product
from photoshoot.previews.studio import PREVIEW_SETTINGS, PreviewStudio, list_pictures, picture_folder, save_pictures
from photoshoot.records.plain_data import Json


def run(arguments: argparse.Namespace) -> int:
    """Render each preset's pictures; those of one are in their files before the next is begun."""
    if arguments.out is not None and arguments.out.exists() and not arguments.out.is_dir():
        raise InputError(f"--out {arguments.out} is a file; give a folder")
    settings = PREVIEW_SETTINGS
    if arguments.samples is not None:
        settings = dataclasses.replace(settings, samples=arguments.samples)
    presets = choose_presets(arguments)
    for preset in presets:
        for path in list_pictures(preset, arguments.out or picture_folder(preset)):
            check_new(path, overwrite=arguments.overwrite)
    products = load_examples() if arguments.product is None else load_product(arguments.product)
    made: list[Json] = []
    with PreviewStudio(products, settings) as studio, ProgressReporter() as told:
        for number, preset in enumerate(presets, 1):
            pictures = studio.photograph(preset)
            paths = save_pictures(pictures, arguments.out or picture_folder(preset))
            told.step(f"{preset.id} with {pictures.product}", number, len(presets))
            if not arguments.json:
                told.write_lines(map(str, paths))
            made.append(_to_json(preset.id, pictures.product, paths))
    if arguments.json:
        write_json(made)
    return DONE


def _to_json(preset_id: str, product: str, paths: list[Path]) -> Json:
    preview, plate = map(str, paths)
    return {"id": preset_id, "product": product, "preview": preview, "plate": plate}
