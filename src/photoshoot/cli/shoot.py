"""``photoshoot shoot``: photos in, pictures out."""

import argparse
import dataclasses
from collections.abc import Iterator
from pathlib import Path

from photoshoot.cli.arguments import build_parser
from photoshoot.cli.console import ProgressReporter, report_error, report_note, write_json, write_lines
from photoshoot.cli.engine import build_engine
from photoshoot.cli.exit_codes import DONE, FAILED, exit_code
from photoshoot.cli.like import shoot_like
from photoshoot.cli.orders import Order
from photoshoot.contact_sheet import save_contact_sheet
from photoshoot.errors import PhotoshootError
from photoshoot.exporters.file_exporter import FileExporter, FileNames
from photoshoot.lookahead import map_ahead
from photoshoot.photoshoot import Photoshoot
from photoshoot.records import Shot
from photoshoot.records_io import Json

_WRITERS = 2  # files under way: the next shot is made while one is written


@dataclasses.dataclass
class Outcome:
    """What came of an order so far; no pixels, so that an order may be of any length."""

    shots: list[dict[str, Json]] = dataclasses.field(default_factory=list)
    sheets: list[Path] = dataclasses.field(default_factory=list)
    errors: list[tuple[Path, PhotoshootError]] = dataclasses.field(default_factory=list)

    @property
    def failed_gate(self) -> int:
        """How many shots the quality gate did not pass."""
        return sum(shot["passed"] is False for shot in self.shots)

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
    with build_engine(arguments) as photoshoot, ProgressReporter() as told:
        for photo in order.photos:
            told.start(photo.name)
            try:
                _shoot(_Desk(photoshoot, order, names, told), photo, outcome)
            except PhotoshootError as error:
                report_error(str(error) if str(photo) in str(error) else f"{photo}: {error}", debug=arguments.debug)
                outcome.errors.append((photo, error))
    if arguments.json:
        write_json(_to_json(order, outcome))
    else:
        write_lines([str(shot["path"]) for shot in outcome.shots] + [str(sheet) for sheet in outcome.sheets])
        _summarise(order, outcome)
    return outcome.exit_code


@dataclasses.dataclass(frozen=True)
class _Desk:
    """What every photo of an order is worked on with."""

    photoshoot: Photoshoot
    order: Order
    names: FileNames
    told: ProgressReporter


def _shoot(desk: _Desk, photo: Path, outcome: Outcome) -> None:
    """Make one photo's shots; a file is written while the next shot is made, and what was written is told."""
    (product,) = desk.photoshoot.describe([photo])
    told, written = [], set[str]()

    def make() -> Iterator[tuple[Shot, Path]]:
        for shot in desk.photoshoot.stream(desk.order.request_for(desk.photoshoot, product), desk.told):
            path = desk.order.out / desk.names.name(shot, desk.order.files)
            told.append(_describe(photo, path, shot))
            yield shot, path

    def write(made: tuple[Shot, Path]) -> Shot:
        shot, path = made
        FileExporter().export([shot], path, desk.order.files)
        written.add(str(path))
        return shot

    try:
        shots = [shot for shot in map_ahead(write, make(), _WRITERS) if desk.order.sheet]
    finally:
        outcome.shots += [entry for entry in told if entry["path"] in written]
    if shots:
        path = desk.order.out / desk.names.name_sheet(shots[0].product)
        save_contact_sheet(shots, path, title=shots[0].product.name)
        outcome.sheets.append(path)


def _describe(photo: Path, path: Path, shot: Shot) -> dict[str, Json]:
    return {
        "photo": str(photo),
        "path": str(path),
        "product": shot.product.name,
        "preset_id": shot.scene.preset_id,
        "prompt": shot.scene.text,
        "reading": shot.scene.reading,
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
        {"photo": str(photo), "error": type(error).__name__, "code": exit_code(error), "message": str(error)}
        for photo, error in outcome.errors
    ]
    return {
        "seed": order.request.seed,
        "shots": list(outcome.shots),
        "contact_sheets": [str(sheet) for sheet in outcome.sheets],
        "errors": errors,
    }


def _summarise(order: Order, outcome: Outcome) -> None:
    count = len(outcome.shots)
    report_note(f"{count} shot{'s' * (count != 1)}, seed {order.request.seed}")
    if outcome.failed_gate:
        report_error(f"{outcome.failed_gate} of them did not pass the quality gate: {outcome.failed_checks}")
