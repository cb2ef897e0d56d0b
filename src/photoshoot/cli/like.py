"""``photoshoot shoot PHOTO --like FILE``: makes a file again, from the record in it and the photo."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from photoshoot.cli.console import ProgressReporter, report_error, report_note, write_json, write_lines
from photoshoot.cli.engine import parse_lora
from photoshoot.cli.exit_codes import DONE
from photoshoot.cli.orders import read_photo_argument
from photoshoot.cli.request_arguments import option_of
from photoshoot.cli.step_previews import with_previews
from photoshoot.errors import InputError
from photoshoot.exporters.file_exporter import FileExporter
from photoshoot.files import check_folder
from photoshoot.photoshoot import Photoshoot
from photoshoot.records import Shot
from photoshoot.reruns import Rerun

_OWN = ("command", "photos", "like", "out", "json", "debug", "engine", "lora", "presets", "overwrite", "previews")
"""Options that go with ``--like``; the file decides all others."""


def shoot_like(arguments: argparse.Namespace, defaults: argparse.Namespace) -> int:
    """Make the file again, and say whether it came out the same.

    Args:
        arguments: The command line.
        defaults: What it would be without options.

    Raises:
        InputError: There are several photos, or an option that the file decides.
        PhotoError: The file has no record, or the photo is not its photo.
    """
    _check_options(arguments, defaults)
    check_folder(arguments.out)
    rerun = Rerun.read(arguments.like)
    checkpoint = None if arguments.engine == defaults.engine else arguments.engine
    loras = [parse_lora(text) for text in arguments.lora]
    with (
        rerun.build(checkpoint=checkpoint, loras=loras, preset_folders=arguments.presets) as photoshoot,
        ProgressReporter() as told,
    ):
        path, shot = _shoot(rerun, photoshoot, arguments, told)
    same = path.read_bytes() == arguments.like.read_bytes()
    differences = list(rerun.differences(shot))
    if arguments.json:
        write_json(
            {"path": str(path), "like": str(arguments.like), "same_bytes": same, "differences": list(differences)}
        )
    else:
        write_lines([str(path)])
    _tell(arguments.like, same, differences)
    return DONE


def _shoot(
    rerun: Rerun, photoshoot: Photoshoot, arguments: argparse.Namespace, told: ProgressReporter
) -> tuple[Path, Shot]:
    (photo,) = arguments.photos
    told.start(Path(photo).name)
    shot = rerun.shoot(photoshoot, read_photo_argument(photo), with_previews(told, arguments.previews, photo))
    (path,) = FileExporter().export([shot], arguments.out, rerun.files, overwrite=arguments.overwrite)
    return path, shot


def _tell(like: Path, same: bool, differences: Sequence[str]) -> None:
    if same:
        report_note(f"the same bytes as {like}")
        return
    why = "; ".join(differences) or "it was changed since, or this machine reckons otherwise"
    report_error(f"not the same bytes as {like}: {why}")


def _check_options(arguments: argparse.Namespace, defaults: argparse.Namespace) -> None:
    if len(arguments.photos) != 1:
        raise InputError(f"--like makes one file again from its photo; {len(arguments.photos)} photos are given")
    given = [
        name for name, value in vars(arguments).items() if name not in _OWN and value != getattr(defaults, name, None)
    ]
    if given:
        raise InputError(f"--like takes everything from its file; leave out {', '.join(sorted(map(option_of, given)))}")
