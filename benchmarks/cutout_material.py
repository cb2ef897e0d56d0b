"""What is in photos for the cut-out network, in two halves: what trains, and what never does."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

import mitsuba as mi
import numpy as np
from benchmarks.relight_things import list_things
from PIL import Image

from photoshoot.color.space import bytes_to_linear

_DATA = Path(__file__).resolve().parents[1] / "presets"
_HOLD_OUT = 5  # of things, plates and environments, one in so many never trains


def held_out(name: str) -> bool:
    """Whether a thing, plate or environment never trains: by its name's first word."""
    found = re.match(r"[A-Za-z]?[a-z]*", name)
    word = found[0].lower() if found and found[0] else name
    return hashlib.sha256(b"cut-out " + word.encode()).digest()[0] % _HOLD_OUT == 0


@cache
def list_pictures(kind: str, train: bool) -> list[Path]:
    """Of ``plates`` or ``environments``, those of one half."""
    paths = sorted((_DATA / kind).glob("*.exr" if kind == "environments" else "*.webp"))
    return [path for path in paths if held_out(path.stem) is not train]


@cache
def things_of(archive: Path, train: bool) -> list[str]:
    """The archive's things of one half."""
    return [name for name in list_things(archive) if held_out(name) is not train]


@cache
def load_environment(path: Path) -> np.ndarray:
    """Radiance (128, 256, 3) from all sides."""
    image = mi.Bitmap(str(path)).convert(mi.Bitmap.PixelFormat.RGB, mi.Struct.Type.Float32, srgb_gamma=False)
    return np.array(image.resample([256, 128]))


def load_plate(path: Path) -> np.ndarray:
    """An empty set's picture (600, 800, 3), linear."""
    return np.asarray(bytes_to_linear(np.asarray(Image.open(path).convert("RGB"))), np.float32)
