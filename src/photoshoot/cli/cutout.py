"""``photoshoot cutout``: products cut out of their photos."""

import argparse
import sys
from pathlib import Path

from photoshoot.cli.console import ProgressReporter, report_error, write_json
from photoshoot.cli.cutting import Cutting
from photoshoot.cli.exit_codes import DONE, exit_code
from photoshoot.cli.interrupts import keep
from photoshoot.cli.orders import STANDARD_INPUT, read_photo_argument
from photoshoot.engines.build import build_segmenter
from photoshoot.engines.choice import Selection
from photoshoot.errors import InputError, PhotoshootError
from photoshoot.files import check_folder
from photoshoot.records.plain_data import Json
from photoshoot.records.product import Cutout
from photoshoot.records.transparency import check_target

_STANDARD_OUTPUT = "-"


def run(arguments: argparse.Namespace) -> int:
    """Cut each photo's product out; a photo that fails does not stop the others."""
    _check(arguments)
    cutting = Cutting.read(arguments)
    segmenter = build_segmenter(Selection(segmenter=arguments.segmenter, segmentation=cutting.settings))
    told: list[Json] = []
    codes = []
    with ProgressReporter() as bar:
        for number, photo in enumerate(arguments.photos, 1):
            try:
                (cutout,) = segmenter.segment([read_photo_argument(photo)])
                told.append(_write(photo, cutting.correct(cutout), arguments, bar))
            except PhotoshootError as error:
                report_error(str(error) if photo in str(error) else f"{photo}: {error}", debug=arguments.debug)
                told.append({"photo": photo, "error": type(error).__name__, "message": str(error)})
                codes.append(exit_code(error))
            if len(arguments.photos) > 1:
                bar.step(Path(photo).name, number, len(arguments.photos))
    if arguments.json:
        write_json(told)
    return max(codes, default=DONE)


def _check(arguments: argparse.Namespace) -> None:
    """Say what is wrong before a photo is read."""
    out, several = Path(arguments.out), len(arguments.photos) > 1
    if arguments.photos.count(STANDARD_INPUT) > 1:
        raise InputError("standard input (-) can be read once")
    if arguments.matte and arguments.background:
        raise InputError("--matte is the matte alone: leave out --background")
    if arguments.out == _STANDARD_OUTPUT:
        if several or arguments.json:
            raise InputError("--out - is for one photo, and without --json")
    elif out.suffix and not out.is_dir():
        if several:
            raise InputError(f"--out {out} is a file; give a folder for {len(arguments.photos)} photos")
        check_target(out, has_alpha=not arguments.background)
        check_folder(out.parent)
    else:
        check_folder(out)


def _write(photo: str, cutout: Cutout, arguments: argparse.Namespace, bar: ProgressReporter) -> Json:
    if arguments.out == _STANDARD_OUTPUT:
        cutout.to_pil(background=arguments.background, matte=arguments.matte).save(sys.stdout.buffer, "PNG")
        sys.stdout.buffer.flush()
        return None
    path = cutout.save(
        arguments.out, background=arguments.background, matte=arguments.matte, overwrite=arguments.overwrite
    )
    keep(path)
    if not arguments.json:
        bar.write_lines([str(path)])
    touches: list[Json] = [edge.value for edge in sorted(cutout.touches)]
    parts: list[Json] = [
        {"box": list(part.box.as_tuple()), "share": round(part.share, 4), "confidence": round(part.confidence, 4)}
        for part in cutout.parts
    ]
    facts: dict[str, Json] = {
        "box": list(cutout.box.as_tuple()),
        "touches": touches,
        "segmenter": cutout.segmenter,
        "parts": parts,
        "notes": list(cutout.notes),
    }
    return {"photo": photo, "path": str(path), "confidence": round(cutout.confidence, 4), **facts}
