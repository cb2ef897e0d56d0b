"""Small and quick pictures in a whole process, for tests of what is done and not of how it looks."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

from photoshoot import ad_sizes
from photoshoot.settings import StudioSettings
from tests.children.sitecustomize import PLAIN

SHARE = 5
"""How many times smaller sides are."""
_LEAST_PX = 60


def shrink_pictures() -> None:
    """From now on ads have a fifth of their sides, and the studio traces one path a pixel and
    denoises quickly where nothing else is given."""
    for kind, sides in ad_sizes._SIZES.items():
        width_px, height_px = (max(side // SHARE, _LEAST_PX) // 2 * 2 for side in sides)
        ad_sizes._SIZES[kind] = (width_px, height_px)
    defaults = StudioSettings.__init__.__kwdefaults__
    assert defaults is not None
    defaults.update(samples=1, denoiser_quality="fast")


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
    return {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", PLAIN: "1"}
