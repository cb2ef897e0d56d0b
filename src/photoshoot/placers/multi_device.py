"""``MultiDevicePlacer``: one placer a device, and calls spread over them."""

from __future__ import annotations

import queue
from collections.abc import Sequence

from photoshoot.errors import SettingsError
from photoshoot.records import Shot, ShotRequest
from photoshoot.stages import OnStep, Placer


class MultiDevicePlacer:
    """Spreads calls over placers that do the same on different devices. Safe to call from several threads.

    A call goes to a placer that has room for it, and waits where none has. On devices of one kind a picture has the
    same bytes whichever made it.

    Args:
        placers: At least one; each is this one's own, and closed with it.

    Raises:
        SettingsError: There are none.
    """

    def __init__(self, placers: Sequence[Placer]) -> None:
        if not placers:
            raise SettingsError("placers", placers, "at least one")
        self._placers = tuple(placers)
        self.batch_size = min(placer.batch_size for placer in placers)
        self.reads_any_text = all(getattr(placer, "reads_any_text", False) for placer in placers)
        self.overlap = sum(placer.overlap for placer in placers)
        self._free: queue.SimpleQueue[Placer] = queue.SimpleQueue()
        for turn in range(max(placer.overlap for placer in placers)):
            for placer in placers:
                if turn < placer.overlap:
                    self._free.put(placer)

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """Make each picture on one of the devices; see ``Placer``."""
        placer = self._free.get()
        try:
            return placer.place(requests, on_step)
        finally:
            self._free.put(placer)

    def close(self) -> None:
        """Give the memory of every device back; safe to call twice."""
        for placer in self._placers:
            placer.close()
