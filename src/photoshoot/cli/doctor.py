"""``photoshoot doctor``: is everything there?"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from photoshoot.cli.console import ProgressReporter, build_console, report_note, write_json
from photoshoot.cli.exit_codes import DONE, NOT_EQUIPPED
from photoshoot.distribution import DISTRIBUTION
from photoshoot.doctor import Examination, examine

if TYPE_CHECKING:
    from photoshoot.cli.speed import Speed


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; the exit code says whether the embedded engine can work."""
    found = examine()
    speed = _measure() if found.ready and not arguments.quick else None
    if arguments.json:
        facts = dataclasses.asdict(found)
        told = None if speed is None else dataclasses.asdict(speed)
        write_json({**facts, "onnx_providers": list(found.onnx_providers), "ready": found.ready, "speed": told})
    else:
        _print(found, speed)
    return DONE if found.ready else NOT_EQUIPPED


def _measure() -> Speed:
    from photoshoot.cli.speed import measure_speed

    report_note("measuring how fast this machine is: a few pictures, none is kept")
    with ProgressReporter() as told:
        return measure_speed(told.step)


def _print(found: Examination, speed: Speed | None) -> None:
    table = Table(box=None, show_header=False, padding=(0, 3, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    memory = "unknown" if found.memory_bytes is None else f"{found.memory_bytes / 2**30:.1f} GiB"
    table.add_row("python", found.python)
    table.add_row("system", f"{found.system}, {found.cores} cores, {memory} memory")
    table.add_row("packages", _list(found.packages))
    for extra, packages in found.extras.items():
        table.add_row(f"\\[{extra}]", _list(packages))
    for model, problem in found.weights.items():
        table.add_row("weights", Text(f"{model}: {problem or 'verified'}", "red" if problem else "green"))
    renderer = found.renderer
    table.add_row("renderer", Text(" ".join(filter(None, (renderer.variant or "none", renderer.detail)))))
    if renderer.advice:
        table.add_row("", Text(renderer.advice, "yellow"))
    table.add_row("cuda", "yes" if renderer.cuda else "no")
    if found.diffusion_memory:
        table.add_row("diffusion", ", ".join(f"{name}: {rung}" for name, rung in found.diffusion_memory.items()))
    table.add_row("onnx", ", ".join(found.onnx_providers) or f"missing: pip install '{DISTRIBUTION}\\[cpu]'")
    if found.onnx_advice:
        table.add_row("", Text(found.onnx_advice, "yellow"))
    if speed is not None:
        told = f"{speed.shot_s:.1f} s a picture of 1674x628 (the first {speed.first_shot_s:.1f} s), "
        table.add_row("speed", f"{told}{speed.cut_out_s:.1f} s to cut a product out")
    table.add_row("ready", Text("yes", "bold green") if found.ready else Text("no", "bold red"))
    build_console().print(table)


def _list(packages: Mapping[str, str | None]) -> Text:
    parts = [Text(f"{name} {found or 'missing'}", "" if found else "yellow") for name, found in packages.items()]
    return Text(", ").join(parts)
