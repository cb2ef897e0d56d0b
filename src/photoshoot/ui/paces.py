"""How long pictures take on this machine, going by those that it has made."""

from __future__ import annotations

import json
import math
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from photoshoot.files import AtomicFiles

_FILE = "paces.json"
_MOST_KEPT: Final = 40  # of a kind: a machine's pace changes
_FIXED_PX: Final = 250_000  # pixels that take as long as all that a picture takes whatever its size
_WIDE: Final = 0.2  # of the mean to either side: another hour's machine may be as much busier
_DEVIATIONS: Final = 1.3  # of the mean of as many pictures, added to that: four in five times it is enough
_LEAST: Final = 0.3  # of the mean


class Paces:
    """Seconds a picture, by what makes it and whether it is a draft. Safe to call from several threads.

    Args:
        folder: Where they are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._path, self._lock = folder / _FILE, threading.Lock()
        self._paces = {kind: deque(paces, _MOST_KEPT) for kind, paces in self._read().items()}

    def add(self, kind: str, pixels: int, seconds: float) -> None:
        """A picture of so many pixels took so long."""
        with self._lock:
            self._paces.setdefault(kind, deque(maxlen=_MOST_KEPT)).append(seconds / (_FIXED_PX + pixels))
            text = json.dumps({kind: list(paces) for kind, paces in self._paces.items()})
            with AtomicFiles() as files:
                files.place(self._path, text.encode(), overwrite=True)

    def estimate(self, kind: str, pixels: Sequence[int]) -> tuple[float, float] | None:
        """Between which seconds pictures of so many pixels will mostly take, all together; None: none is known yet."""
        with self._lock:
            paces = list(self._paces.get(kind, ()))
        if not paces:
            return None
        load, mean = sum(_FIXED_PX + count for count in pixels), float(np.mean(paces))
        wide = _WIDE * mean + _DEVIATIONS * float(np.std(paces)) / math.sqrt(len(pixels))
        return max(_LEAST * mean, mean - wide) * load, (mean + wide) * load

    def _read(self) -> dict[str, list[float]]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(kind): [float(pace) for pace in paces] for kind, paces in kept.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}  # none yet, or not ours: what is measured from now on counts
