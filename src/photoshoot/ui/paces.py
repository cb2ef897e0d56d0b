"""How long pictures take on this machine, going by those that it has made."""

from __future__ import annotations

import json
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
_SHARES: Final = (0.2, 0.8)  # of earlier pictures that were quicker, at both ends of what is told
_LEAST_WIDE: Final = 0.15  # of it to either side: few pictures tell little


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
        load = sum(_FIXED_PX + count for count in pixels)
        low, high = np.quantile(paces, _SHARES)
        return float(low * (1 - _LEAST_WIDE) * load), float(high * (1 + _LEAST_WIDE) * load)

    def _read(self) -> dict[str, list[float]]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(kind): [float(pace) for pace in paces] for kind, paces in kept.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}  # none yet, or not ours: what is measured from now on counts
