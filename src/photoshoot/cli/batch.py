"""``photoshoot batch``: a catalogue in, a folder of pictures out.

Shows where a catalogue's run stands: a bar with the time left in a terminal, a line now and then elsewhere.
"""

import argparse
import dataclasses
import logging
from pathlib import Path

from photoshoot.catalogue import Recipe, Tally, list_items, load_recipe, run_catalogue
from photoshoot.catalogue.page import INDEX_NAME
from photoshoot.catalogue.processes import shoot_in_processes
from photoshoot.catalogue.report import CSV_NAME
from photoshoot.catalogue.running import Work, shoot_here
from photoshoot.cli.console import count, report_error, report_note, write_json, write_lines
from photoshoot.cli.engine import choose_engine
from photoshoot.cli.exit_codes import DONE, FAILED
from photoshoot.cli.file_arguments import SHOTS_FOLDER
from photoshoot.cli.interrupts import stand
from photoshoot.cli.orders import read_files
from photoshoot.cli.request_arguments import read_arguments
from photoshoot.cli.running_bar import RunningBar
from photoshoot.errors import InputError, SettingsError
from photoshoot.scaleout.batch import ActorPool, shoot_on_cluster


class BatchProgress(RunningBar):
    """Called with each step's ``Tally``; failures are told as they come, and Ctrl-C says what is kept.

    Args:
        out: The catalogue's folder.
    """

    def __init__(self, out: Path) -> None:
        super().__init__("looking for finished work")
        self._out = out

    def __call__(self, tally: Tally) -> None:
        """A step is finished."""
        if tally.last is not None:
            self._console.print(f"{tally.last.item.id}: {tally.last.message}", markup=False, style="red")
        stand(
            f"{tally.made + tally.skipped} of {count(tally.total, 'product')} are kept in {self._out}, "
            "where the same command goes on"
        )
        over, total = tally.made + tally.failed, tally.total - tally.skipped
        if over == 0:  # the time left is reckoned from here, not from what was skipped
            self._left.restart()
        if self._bar.disable:
            text = f"{over} of {count(total, 'product')}, {count(tally.shots, 'picture')}, {tally.failed} failed"
            self._print(text, over, total, is_last=tally.is_over)
        elif tally.looked < tally.total:
            self._bar.update(self._task, completed=tally.looked, total=tally.total)
        elif over == 0:
            self._bar.reset(self._task, total=total, description="making")
        else:
            text = f"making, {tally.failed} failed" if tally.failed else "making"
            self._bar.update(self._task, completed=over, description=text)


def run(arguments: argparse.Namespace) -> int:
    """Make a catalogue; the exit code says whether anything failed."""
    work = _choose_work(arguments)
    recipe = read_recipe(arguments)
    if Path(arguments.source).resolve() == arguments.out.resolve():
        raise InputError(f"--out {arguments.out} is the photos' own folder: give another, or one in it")
    items = list_items(arguments.source, leave_out=(arguments.out, SHOTS_FOLDER))
    with BatchProgress(arguments.out) as told:
        tally = run_catalogue(
            items,
            recipe,
            arguments.out,
            work=work,
            strict=arguments.strict,
            verify=arguments.verify,
            title=arguments.title or Path(arguments.source).stem,
            on_step=told,
        )
    _tell(arguments, tally)
    return DONE if tally.is_good else FAILED


def read_recipe(arguments: argparse.Namespace) -> Recipe:
    """The recipe's file, if there is one; what the command line says of request, engine and files goes before it.

    Raises:
        InputError: Either is wrong.
    """
    recipe = Recipe() if arguments.recipe is None else load_recipe(arguments.recipe)
    return dataclasses.replace(
        recipe,
        request=read_arguments(arguments, recipe.request),
        engine=choose_engine(arguments, recipe.engine),
        files=read_files(arguments, recipe.files),
        preset_folders=(*recipe.preset_folders, *(arguments.presets or ())),
    )


def _choose_work(arguments: argparse.Namespace) -> Work:
    if arguments.ray is not None:
        if arguments.processes > 1 or arguments.device is not None:
            raise InputError("--ray gives each actor its place: leave out --processes and --device")
        logging.getLogger("ray.data").setLevel(logging.ERROR)  # its own progress would cut through ours
        return shoot_on_cluster(arguments.ray, ActorPool(count=arguments.actors))
    if arguments.actors is not None:
        raise SettingsError("--actors", arguments.actors, "it with --ray only")
    if arguments.processes != 1:
        return shoot_in_processes(arguments.processes, arguments.device)
    return shoot_here(arguments.device)


def _tell(arguments: argparse.Namespace, tally: Tally) -> None:
    page, report = arguments.out / INDEX_NAME, arguments.out / CSV_NAME
    if arguments.json:
        counts = {name: getattr(tally, name) for name in ("total", "skipped", "made", "failed", "shots", "failed_gate")}
        write_json({**counts, "page": str(page), "report": str(report)})
    else:
        write_lines([str(page)])
    report_note(
        f"{tally.made} made ({count(tally.shots, 'picture')}), {tally.skipped} already there, {tally.failed} failed, "
        f"of {count(tally.total, 'product')}"
    )
    if tally.failed:
        report_error(f"{tally.failed} of {count(tally.total, 'product')} failed: see {report}")
    if tally.failed_gate:
        report_error(
            f"{count(tally.failed_gate, 'picture')} there did not pass the quality gate, as marked in {page}; "
            "photoshoot inspect FILE says why"
        )
