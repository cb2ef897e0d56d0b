"""Shows where a run that makes data stands: a bar in a terminal, a line now and then elsewhere."""

from photoshoot.cli.running_bar import RunningBar
from photoshoot.training.data import DataTally

_DOING = {"cut": "cutting out", "make": "making samples"}


class DataProgress(RunningBar):
    """Called with each step's ``DataTally``; what can't be used is told as it comes."""

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
