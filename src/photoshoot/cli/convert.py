"""``photoshoot convert``: pictures that photoshoot made, in other formats."""

import argparse
from pathlib import Path

from photoshoot.cli.console import ProgressReporter, report_error, write_json
from photoshoot.cli.exit_codes import DONE, exit_code
from photoshoot.errors import InputError, PhotoError, PhotoshootError
from photoshoot.exporters.file_exporter import SUFFIX_OF_FORMAT, convert
from photoshoot.files import AtomicFiles, check_folder
from photoshoot.records.plain_data import Json
from photoshoot.settings import ExportSettings


def run(arguments: argparse.Namespace) -> int:
    """Convert each file to each format; one that can't be converted does not stop the others."""
    if not arguments.format:
        raise InputError("convert needs --format, such as --format webp")
    ExportSettings(quality=arguments.quality)
    for folder in {arguments.out or file.parent for file in arguments.files}:
        check_folder(folder)
    told: list[Json] = []
    codes = []
    with ProgressReporter() as bar:
        for number, file in enumerate(arguments.files, 1):
            try:
                for path in _convert(file, arguments):
                    told.append({"file": str(file), "path": str(path)})
                    if not arguments.json:
                        bar.write_lines([str(path)])
            except PhotoshootError as error:
                report_error(f"{file}: {error}", debug=arguments.debug)
                told.append({"file": str(file), "error": type(error).__name__, "message": str(error)})
                codes.append(exit_code(error))
            if len(arguments.files) > 1:
                bar.step(file.name, number, len(arguments.files))
    if arguments.json:
        write_json(told)
    return max(codes, default=DONE)


def _convert(file: Path, arguments: argparse.Namespace) -> list[Path]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PhotoError(f"it can't be read: {error.strerror}") from error
    paths = []
    with AtomicFiles() as files:
        for kind in dict.fromkeys(arguments.format):
            path = (arguments.out or file.parent) / f"{file.stem}{SUFFIX_OF_FORMAT[kind]}"
            converted = convert(data, kind, arguments.quality, record=arguments.record)
            paths.append(files.place(path, converted, overwrite=arguments.overwrite))
    return paths
