"""``photoshoot inspect``: what files say of themselves, and whether their product is still what it was."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.table import Table
from rich.text import Text

from photoshoot.cli.console import build_console, report_error, write_json
from photoshoot.cli.exit_codes import DONE, FAILED, exit_code
from photoshoot.errors import PhotoshootError
from photoshoot.exporters.encoders import is_brief
from photoshoot.exporters.proofs import FileProof, Proof, prove_file
from photoshoot.records.plain_data import Json

_COLORS = {Proof.PROVED: "green", Proof.CHANGED: "bold red", Proof.UNPROVABLE: "yellow"}


def run(arguments: argparse.Namespace) -> int:
    """Inspect files; one that is not photoshoot's does not stop the others."""
    told: list[Json] = []
    codes = []
    for path in arguments.files:
        try:
            found = prove_file(path)
        except PhotoshootError as error:
            report_error(str(error), debug=arguments.debug)
            told.append({"path": str(path), "error": type(error).__name__, "message": str(error)})
            codes.append(exit_code(error))
            continue
        codes.append(FAILED if found.proof is Proof.CHANGED else DONE)
        if arguments.json:
            told.append(_to_json(path, found))
        else:
            _print(path, found)
    if arguments.json:
        write_json(told)
    return max(codes, default=DONE)


def _to_json(path: Path, found: FileProof) -> Json:
    return {
        "path": str(path),
        "proof": found.proof.value,
        "reason": found.reason,
        "core_pixels": found.core_pixels,
        "digital_source_type": found.metadata.digital_source_type,
        "dpi": found.metadata.dpi,
        "record": dict(found.metadata.record),
    }


def _print(path: Path, found: FileProof) -> None:
    table = Table(box=None, show_header=False, padding=(0, 3, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("file", Text(str(path), "bold"))
    for name, value in _facts(found):
        table.add_row(name, value if isinstance(value, Text) else Text(value))
    table.add_row("product", Text(f"{found.proof.value}: {found.reason}", _COLORS[found.proof]))
    build_console().print(table, "")


def _facts(found: FileProof) -> Iterator[tuple[str, str | Text]]:
    record = found.metadata.record
    yield "made by", f"{record['software']}, {record['engine']}"
    yield "source type", found.metadata.digital_source_type.rpartition("/")[2]
    if not is_brief(record):
        yield from _facts_of_making(record, found.metadata.dpi)


def _facts_of_making(record: Mapping[str, Json], dpi: float) -> Iterator[tuple[str, str | Text]]:
    yield "versions", ", ".join(f"{name} {value}" for name, value in _mapping(record, "versions").items())
    for name, sha256 in _mapping(record, "models").items():
        yield "model", f"{name}, sha256 {sha256}"
    product, canvas = _mapping(record, "product"), _mapping(record, "canvas")
    yield "of", f"{product['name']} ({product['category']}), cut out by {product['segmenter']}"
    yield "photo", f"pixels' sha256 {product['photo_sha256']}"
    yield "scene", str(record["full_prompt"])
    yield (
        "preset",
        f"{record['preset_id']}, data sha256 {str(record['preset_sha256'])[:16]}" if record["preset_id"] else "none",
    )
    yield "size", f"{canvas['label']}, {canvas['width_px']}x{canvas['height_px']} px, {dpi:g} dpi"
    recipe = record.get("recipe")
    yield "seed", f"{record['seed']}" + (f", of request {recipe['seed']}" if isinstance(recipe, dict) else "")
    yield "settings", ", ".join(f"{name} {value}" for name, value in _mapping(record, "settings").items())
    yield from _quality(_mapping(record, "quality"))


def _quality(quality: Mapping[str, Json]) -> Iterator[tuple[str, str | Text]]:
    failed, warnings = quality.get("failed") or [], quality.get("warnings") or []
    verdict = Text("passed", "green") if quality.get("passed") else Text(f"failed {_join(failed)}", "bold red")
    if warnings:
        verdict.append(f"; worth a look: {_join(warnings)}", "yellow")
    if redraws := quality.get("redraws"):
        verdict.append(f"; drawn again {redraws} time{'s' * (redraws != 1)}")
    yield "quality", verdict
    measures = _mapping(quality, "measures")
    yield "", ", ".join(f"{name} {'-' if value is None else value}" for name, value in measures.items())
    yield "core sha256", str(quality.get("core_sha256"))


def _mapping(record: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def _join(names: Json) -> str:
    return ", ".join(map(str, names)) if isinstance(names, list) else str(names)
