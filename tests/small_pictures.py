"""Small and quick pictures in a whole process, for tests of what is done and not of how it looks."""

from __future__ import annotations

import dataclasses
import math
import os
import sys
from pathlib import Path

from photoshoot import ad_sizes
from photoshoot.settings import StudioSettings

SHARE = 5
"""How many times smaller sides are."""
_LEAST_PX = 60
_STUDIO = "photoshoot.placers.studio.placer"


class EvenLights:
    """The studio asks each light as often as its set says, once it is loaded: to try which way leaves least noise takes
    as long for a small picture as for a large one, a seventh of all of it. It finds no module."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        del path, target
        if name == _STUDIO:
            from photoshoot.placers.studio.renderer import emitter_choice

            emitter_choice._SELDOM = math.inf


def shrink_pictures() -> None:
    """From now on ads have a fifth of their sides, and the studio traces one path a pixel and
    denoises quickly where nothing else is given."""
    for kind, sides in ad_sizes._SIZES.items():
        width_px, height_px = (max(side // SHARE, _LEAST_PX) // 2 * 2 for side in sides)
        ad_sizes._SIZES[kind] = (width_px, height_px)
    defaults = StudioSettings.__init__.__kwdefaults__
    assert defaults is not None
    defaults.update(samples=1, denoiser_quality="fast")
    sys.meta_path.insert(0, EvenLights)


def shrink_previews() -> None:
    """The same for the pictures of presets."""
    from photoshoot.previews import studio

    size = studio.PREVIEW_SIZE
    studio.PREVIEW_SIZE = dataclasses.replace(size, width_px=size.width_px // SHARE, height_px=size.height_px // SHARE)


def small_environment(folder: Path, root: Path) -> dict[str, str]:
    """This process's variables, and the code of a tree; every Python that is started with them makes small pictures.

    Args:
        folder: Where the file that Python reads at its start is written.
        root: The tree.
    """
    (folder / "sitecustomize.py").write_text(
        "from tests.children.sitecustomize import install\nfrom tests.small_pictures import shrink_pictures\n\n"
        "install()\nshrink_pictures()\n",
        encoding="utf-8",
    )
    path = os.pathsep.join([str(folder), str(root / "src"), str(root)])
    return {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
