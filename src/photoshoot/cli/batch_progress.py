"""Shows where a catalogue's run stands: a bar with the time left in a terminal, a line now and then elsewhere."""

from photoshoot.catalogue import Tally
from photoshoot.cli.running_bar import RunningBar


class BatchProgress(RunningBar):
    """Called with each step's ``Tally``; failures are told as they come."""

    def __init__(self) -> None:
        super().__init__("looking for finished work")

    def __call__(self, tally: Tally) -> None:
        """A step is finished."""
        if tally.last is not None:
            self._console.print(f"{tally.last.item.id}: {tally.last.message}", markup=False, style="red")
        over, total = tally.made + tally.failed, tally.total - tally.skipped
        if over == 0:  # the time left is reckoned from here, not from what was skipped
            self._left.restart()
        if self._bar.disable:
            text = f"{over} of {total} products, {tally.shots} pictures, {tally.failed} failed"
            self._print(text, over, total, is_last=tally.is_over)
        elif tally.looked < tally.total:
            self._bar.update(self._task, completed=tally.looked, total=tally.total)
        elif over == 0:
            self._bar.reset(self._task, total=total, description="making")
        else:
            text = f"making, {tally.failed} failed" if tally.failed else "making"
            self._bar.update(self._task, completed=over, description=text)
