"""``photoshoot shoot``: photos in, pictures out."""

import argparse
import dataclasses
from pathlib import Path

from photoshoot.cli.arguments import build_parser
from photoshoot.cli.console import ProgressReporter, count, report_error, report_note, write_json
from photoshoot.cli.engine import build_engine
from photoshoot.cli.exit_codes import DONE, FAILED, exit_code
from photoshoot.cli.interrupts import keep
from photoshoot.cli.like import shoot_like
from photoshoot.cli.orders import Order
from photoshoot.cli.step_previews import with_previews
from photoshoot.contact_sheet import save_contact_sheet
from photoshoot.errors import PhotoshootError
from photoshoot.exporters.file_exporter import FileExporter, FileNames
from photoshoot.machine.lookahead import map_ahead
from photoshoot.photoshoot import Photoshoot
from photoshoot.records import Shot
from photoshoot.records.plain_data import Json
from photoshoot.settings import ExportSettings

_WRITERS = 2  # files under way: the next shot is made while one is written


@dataclasses.dataclass
class Outcome:
    """What came of an order so far; no pixels, so that an order may be of any length."""

    shots: list[dict[str, Json]] = dataclasses.field(default_factory=list)
    """One entry a file: a shot in two formats has two."""
    sheets: list[Path] = dataclasses.field(default_factory=list)
    errors: list[tuple[str, PhotoshootError]] = dataclasses.field(default_factory=list)

    @property
    def made(self) -> int:
        """How many shots there are, whatever files each has."""
        return len({_key(shot) for shot in self.shots})

    @property
    def failed_gate(self) -> int:
        """How many shots the quality gate did not pass."""
        return len({_key(shot) for shot in self.shots if shot["passed"] is False})

    @property
    def failed_checks(self) -> str:
        """Names of the hard checks that did not hold."""
        reports = [shot["quality"] for shot in self.shots if isinstance(shot["quality"], dict)]
        return ", ".join(sorted({str(name) for report in reports for name in report["failed"]}))  # type: ignore[union-attr]

    @property
    def exit_code(self) -> int:
        """0 where all went well; the errors' own code where nothing was made and they agree."""
        codes = {exit_code(error) for _, error in self.errors}
        if len(codes) == 1 and not self.shots:
            return codes.pop()
        return FAILED if codes or self.failed_gate else DONE


def run(arguments: argparse.Namespace) -> int:
    """Make the pictures that the command line asks for; a photo that fails does not stop the others."""
    if arguments.like is not None:
        return shoot_like(arguments, build_parser().parse_args(["shoot", *map(str, arguments.photos)]))
    order, outcome, names = Order.read(arguments), Outcome(), FileNames()
    with build_engine(arguments) as photoshoot, ProgressReporter(len(order.photos)) as told:
        desk = _Desk(photoshoot, order, names, told, quiet=arguments.json)
        for photo in order.photos:
            told.start(Path(photo).name)
            try:
                _shoot(desk, photo, outcome)
            except PhotoshootError as error:
                report_error(str(error) if photo in str(error) else f"{photo}: {error}", debug=arguments.debug)
                outcome.errors.append((photo, error))
    if arguments.json:
        write_json(_to_json(order, outcome))
    _report_unread(outcome)
    _summarise(order, outcome)
    return outcome.exit_code


@dataclasses.dataclass(frozen=True)
class _Desk:
    """What every photo of an order is worked on with."""

    photoshoot: Photoshoot
    order: Order
    names: FileNames
    told: ProgressReporter
    quiet: bool
    """Whether nothing is printed on standard output but the JSON at the end."""

    def name(self, shot: Shot) -> dict[Path, ExportSettings]:
        """The shot's files and how each is written."""
        return {self.order.out / self.names.name(shot, settings): settings for settings in self.order.files}

    def write(self, shot: Shot, path: Path, settings: ExportSettings) -> Path:
        """Write a file; its path, which may get a number, is told as soon as it is there."""
        (path,) = FileExporter().export([shot], path, settings, overwrite=self.order.overwrite)
        self.tell(path)
        return path

    def tell(self, path: Path) -> None:
        """A file is there."""
        keep(path)
        if not self.quiet:
            self.told.write_lines([str(path)])


def _shoot(desk: _Desk, photo: str, outcome: Outcome) -> None:
    """Make one photo's shots; files are written while the next shot is made, and what was written is told."""
    product = desk.order.describe(desk.photoshoot, photo)
    told_of = with_previews(desk.told, desk.order.previews, photo)
    shots = desk.photoshoot.stream(desk.order.request_for(desk.photoshoot, product), told_of)
    told: list[list[dict[str, Json]]] = []

    def name(shot: Shot) -> tuple[Shot, dict[Path, ExportSettings], list[dict[str, Json]]]:
        told.append([])
        return shot, desk.name(shot), told[-1]

    def write(made: tuple[Shot, dict[Path, ExportSettings], list[dict[str, Json]]]) -> Shot:
        shot, files, entries = made
        entries.extend(_describe(photo, desk.write(shot, *file), shot) for file in files.items())
        return shot

    try:
        kept = [shot for shot in map_ahead(write, map(name, shots), _WRITERS) if desk.order.sheet]
    finally:
        outcome.shots += [entry for entries in told for entry in entries]
    if kept:
        path = desk.order.out / desk.names.name_sheet(kept[0].product)
        path = save_contact_sheet(kept, path, title=kept[0].product.name, overwrite=desk.order.overwrite)
        desk.tell(path)
        outcome.sheets.append(path)


def _key(entry: dict[str, Json]) -> tuple[str, ...]:
    """The same for all files of one shot."""
    return tuple(str(entry[name]) for name in ("photo", "preset_id", "prompt", "label", "seed"))


def _describe(photo: str, path: Path, shot: Shot) -> dict[str, Json]:
    return {
        "photo": photo,
        "path": str(path),
        "product": shot.product.name,
        "preset_id": shot.scene.preset_id,
        "prompt": shot.scene.text,
        "reading": shot.scene.reading,
        "unread": list(shot.unread),
        "unmet": list(shot.unmet),
        "label": shot.canvas.label,
        "width_px": shot.canvas.width_px,
        "height_px": shot.canvas.height_px,
        "seed": shot.seed,
        "engine": shot.provenance.engine,
        "passed": shot.quality is None or shot.quality.passed,
        "quality": None if shot.quality is None else dict(shot.quality.to_record()),  # type: ignore[arg-type]
    }


def _to_json(order: Order, outcome: Outcome) -> Json:
    errors: list[Json] = [
        {"photo": photo, "error": type(error).__name__, "code": exit_code(error), "message": str(error)}
        for photo, error in outcome.errors
    ]
    return {
        "seed": order.request.seed,
        "shots": list(outcome.shots),
        "contact_sheets": [str(sheet) for sheet in outcome.sheets],
        "errors": errors,
    }


def _report_unread(outcome: Outcome) -> None:
    """Tell once of each scene what was not read, and what is shown otherwise than it was asked for."""
    for shot in {str(shot["prompt"]): shot for shot in outcome.shots}.values():
        reading = str(shot["reading"])
        asked = f"prompt {shot['prompt']!r}" if shot["preset_id"] is None else f"preset {shot['preset_id']!r}"
        if shot["unread"]:
            report_error(f"of the {asked} not all was read. {reading.capitalize()}")
        elif shot["unmet"]:
            report_error(f"of the {asked} something else is shown for a part. {reading.capitalize()}")


def _summarise(order: Order, outcome: Outcome) -> None:
    files = len(outcome.shots)
    among = f" in {files} files" if files > outcome.made else ""
    if outcome.errors and not files:  # they are told, and a seed of nothing would puzzle
        return
    report_note(f"{count(outcome.made, 'shot')}{among}, seed {order.request.seed}")
    if outcome.failed_gate:
        report_error(f"{outcome.failed_gate} of them did not pass the quality gate: {outcome.failed_checks}")
