"""Pictures that are being made: what is finished, what is to be seen of the rest, and how long it takes."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from photoshoot.records import Progress, RgbImage
from photoshoot.ui.sessions import Cutting, Picture

_BETWEEN_PREVIEWS_S: Final = 0.5


@dataclass(kw_only=True)
class Job:
    """Pictures that are being made for a session."""

    shapes: Sequence[tuple[int, int]]
    """Width and height of what is to be made, in order."""
    draft: bool
    """Whether they are drafts."""
    engine: str = ""
    """What makes them, by name."""
    cutting: Cutting = field(default_factory=Cutting)
    """How the product was cut out when they were ordered."""
    expected_s: tuple[float, float] | None = None
    """Between which seconds all of it will mostly take, going by earlier pictures. None: there were none."""
    previews: Sequence[RgbImage] = ()
    """The next ones as they stand, where the engine paints in steps."""
    steps_seen: int = 0
    """How often ``previews`` has changed."""
    made: list[Picture] = field(default_factory=list)
    """What is finished."""
    begun: float = field(default_factory=time.monotonic)
    """When, by ``time.monotonic``."""
    told: str = ""
    """What went wrong; empty where nothing did."""
    stopped: threading.Event = field(default_factory=threading.Event)
    """Set by who wants it to stop."""
    ended: threading.Event = field(default_factory=threading.Event)
    """Set when nothing more comes."""
    _shown_at: float = -math.inf
    _made_at: float = -math.inf

    def add(self, picture: Picture) -> float:
        """One is finished; returns the seconds since the one before."""
        self.previews = self.previews[1:]
        before, self._made_at = max(self.begun, self._made_at), time.monotonic()
        self.made.append(picture)
        return self._made_at - before

    @property
    def kind(self) -> str:
        """What takes about as long: an engine's drafts, or its final pictures."""
        return f"{self.engine} {'draft' if self.draft else 'final'}"

    def show(self, progress: Progress) -> None:
        """Keep what is to be seen of pictures that are being painted, a few times a second at most."""
        now = time.monotonic()
        if progress.preview is not None and now - self._shown_at >= _BETWEEN_PREVIEWS_S:
            self.previews = progress.preview()
            self.steps_seen, self._shown_at = self.steps_seen + 1, now

    @property
    def left_s(self) -> float | None:
        """Seconds that are left at the pace so far; None before the first picture is there."""
        if not self.made:
            return None
        pace_s = (self._made_at - self.begun) / len(self.made)
        return max(0.0, pace_s * (len(self.shapes) - len(self.made)) - (time.monotonic() - self._made_at))
