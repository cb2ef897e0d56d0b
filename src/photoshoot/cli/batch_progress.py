"""Shows where a catalogue's run stands: a bar with the time left in a terminal, a line now and then elsewhere."""

from pathlib import Path

from photoshoot.catalogue import Tally
from photoshoot.cli.console import count
from photoshoot.cli.interrupts import stand
from photoshoot.cli.running_bar import RunningBar


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
