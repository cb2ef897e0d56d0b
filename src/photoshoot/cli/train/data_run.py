"""What a command that makes training data shows: where it stands, and what it came to."""

from pathlib import Path

from photoshoot.cli.console import report_error, report_note, write_json, write_lines
from photoshoot.cli.exit_codes import DONE, FAILED
from photoshoot.cli.running_bar import RunningBar
from photoshoot.training.data import DataTally

_DOING = {"cut": "cutting out", "make": "making samples"}


class DataProgress(RunningBar):
    """Called with each step's ``DataTally``: a bar in a terminal, lines elsewhere; refused photos are told at once."""

    def __init__(self) -> None:
        super().__init__()
        self._stage = ""

    def __call__(self, tally: DataTally) -> None:
        """A step is finished."""
        if tally.last is not None:
            self._console.print(f"{tally.last.id}: {tally.last.reason}", markup=False, style="red")
        doing, total = _DOING[tally.stage], tally.total - tally.there
        if is_new := tally.stage != self._stage:  # the time left is reckoned from here
            self._left.restart(tally.done)
        if self._bar.disable:
            self._print(f"{doing}: {tally.done} of {total}", tally.done, total, is_last=tally.done == total)
        elif is_new:
            self._bar.reset(self._task, total=total, description=doing)
            self._bar.update(self._task, completed=tally.done)
        else:
            self._bar.update(self._task, completed=tally.done)
        self._stage = tally.stage


def tell_data(out: Path, tally: DataTally, *, as_json: bool) -> int:
    """Print the folder, or all as JSON, and return the exit code."""
    refused = [{"photo": one.id, "reason": one.reason} for one in tally.refused]
    if as_json:
        counts = {"total": tally.total, "there": tally.there, "made": tally.made, "failed": tally.failed}
        write_json({"data": str(out), **counts, "refused": [dict(one) for one in refused]})
    else:
        write_lines([str(out)])
    report_note(f"{tally.made} made, {tally.there} already there, {tally.failed} failed, of {tally.total}")
    if refused:
        report_note(f"{len(refused)} photos could not be used: {', '.join(one['photo'] for one in refused)}")
    if tally.failed:
        report_error(f"{tally.failed} of {tally.total} samples failed; the same command tries them again")
    return FAILED if tally.failed else DONE
