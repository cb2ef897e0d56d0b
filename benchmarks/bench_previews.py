"""Are the stored pictures of presets what the studio draws now? Names each preview and plate that is not.

Usage: bench_previews.py [ID ...]: without ids all, some five CPU seconds each. Ends with 1 where one is stale;
``photoshoot presets render ID … --overwrite`` draws it anew.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from photoshoot import PresetRegistry
from photoshoot.files import find_data
from photoshoot.previews.products import load_examples
from photoshoot.previews.studio import PreviewStudio, list_pictures
from photoshoot.records import RgbImage

LEAST_DB = 36.0
"""Of a stored picture to the one that is drawn: its file's compression and other machines' sums leave 38 and more."""


def compare(path: Path, drawn: RgbImage) -> float:
    """Peak signal-to-noise ratio of a stored picture to a drawn one (H, W, 3), dB; 0 where none of its size is."""
    if not path.is_file():
        return 0.0
    with Image.open(path) as image:
        stored = np.asarray(image.convert("RGB"), np.float64)
    if stored.shape != drawn.shape:
        return 0.0
    error = float(((stored - drawn) ** 2).mean())
    return 10 * float(np.log10(255**2 / max(error, 1e-9)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ids", nargs="*", metavar="ID")
    registry = PresetRegistry.load()
    ids = parser.parse_args().ids or registry.ids
    stale = 0
    with PreviewStudio(load_examples()) as studio:
        for preset in map(registry.get, ids):
            pictures = studio.photograph(preset)
            drawn = (pictures.preview, pictures.plate)
            for path, picture in zip(list_pictures(preset, find_data("presets")), drawn, strict=True):
                db = compare(path, picture)
                if db < LEAST_DB:
                    stale += 1
                    print(f"{path.parent.name}/{path.name}: {db:.1f} dB", flush=True)
    print(f"{stale} of {2 * len(ids)} are stale")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
