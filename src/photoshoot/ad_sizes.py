"""Ad formats: sizes known by name, and custom sizes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntFlag

from photoshoot.errors import SettingsError
from photoshoot.known_names import list_words


class RenderKind(IntFlag):
    """Which ad sizes to make; the numbers are the HTTP API's ``renderKind`` bits. A group makes every size in it."""

    UNSET = 0
    POST = 1
    STORY = 2
    LANDSCAPE = 4
    VERTICAL = 8
    PIN = 16
    SOCIAL = 31
    MEDIUM_BANNER = 32
    LEADERBOARD = 64
    WIDE_SKYSCRAPER = 128
    HALF_PAGE = 256
    LARGE_LEADERBOARD = 512
    DISPLAY = 992
    ALL = 1023

    @classmethod
    def parse(cls, value: str | int) -> RenderKind:
        """Read a name (``"landscape"``, ``"wide-skyscraper"``), or one of the HTTP API's fourteen numbers.

        Raises:
            SettingsError: It is none of them.
        """
        names = {name.lower(): kind for name, kind in cls.__members__.items()}
        word = str(value.value if isinstance(value, cls) else value).strip().lower().replace("-", "_").replace(" ", "_")
        found = {**names, **{str(kind.value): kind for kind in names.values()}}.get(word)
        if found is None:
            allowed = f"WIDTHxHEIGHT in pixels, or a size's name or number: {list_words(word, names)}"
            if isinstance(value, cls):  # what | makes is no group of the API
                allowed = f"several in a list: [{', '.join(f'RenderKind.{kind.name}' for kind in value)}]"
            raise SettingsError("render_kind", value, allowed)
        return found


@dataclass(frozen=True, kw_only=True)
class AdSize:
    """One ad format."""

    label: str
    """Its name, as in ``RenderKind``, lower case."""
    width_px: int
    """Width without a safe margin."""
    height_px: int
    """Height with and without a safe margin."""
    exact: bool = False
    """Whether it is made just so: a size of one's own gets no safe margin."""

    @classmethod
    def of_its_own(cls, text: str) -> AdSize | None:
        """Read a size of one's own, such as ``"1920x1080"``; None where the text is no such thing.

        Raises:
            SettingsError: A side, or the number of pixels, is out of range.
        """
        match = _OWN_SIZE.fullmatch(text.strip())
        if match is None:
            return None
        width, height = int(match[1]), int(match[2])
        sides = LEAST_SIDE_PX <= min(width, height) <= max(width, height) <= MOST_SIDE_PX
        if not sides or width * height > MOST_PIXELS:
            allowed = f"{LEAST_SIDE_PX} to {MOST_SIDE_PX} px a side and at most {MOST_PIXELS:,} pixels"
            raise SettingsError("size", text, allowed)
        return cls(label=f"{width}x{height}", width_px=width, height_px=height, exact=True)


LEAST_SIDE_PX, MOST_SIDE_PX = 32, 8192
"""Shortest and longest side of a size of one's own."""
MOST_PIXELS = 36_000_000
"""Most pixels of a size of one's own, such as 8192 x 4394."""
_OWN_SIZE = re.compile(r"(\d{1,9})\s*[xX×]\s*(\d{1,9})")

_SIZES = {
    RenderKind.POST: (1080, 1080),
    RenderKind.STORY: (1080, 1920),
    RenderKind.LANDSCAPE: (1200, 628),
    RenderKind.VERTICAL: (1080, 1350),
    RenderKind.PIN: (1000, 1500),
    RenderKind.MEDIUM_BANNER: (300, 250),
    RenderKind.LEADERBOARD: (728, 90),
    RenderKind.WIDE_SKYSCRAPER: (160, 600),
    RenderKind.HALF_PAGE: (300, 600),
    RenderKind.LARGE_LEADERBOARD: (970, 90),
}

SAFE_MARGIN = 1674 / 1200
"""Width with the safe margin over width without; from the HTTP API's 1674x628 for 1200x628."""


def ad_sizes(kind: RenderKind) -> list[AdSize]:
    """The sizes of a kind or group, smallest bit first; unset means landscape.

    Raises:
        SettingsError: ``kind`` is a combination that the seed does not know.
    """
    kind = RenderKind.parse(kind) or RenderKind.LANDSCAPE
    return [
        AdSize(label=str(bit.name).lower(), width_px=width, height_px=height)
        for bit, (width, height) in _SIZES.items()
        if bit in kind
    ]
