"""Finds rembg's networks on this machine. Does not import rembg, which takes seconds.

Source of the folders and the variables that move them: rembg's README, "Models".
"""

from __future__ import annotations

import os
from pathlib import Path

from photoshoot.errors import UnknownNameError, WeightsMissingError
from photoshoot.weights.manifest import load_manifest


def find_rembg_model(name: str) -> Path:
    """The file of one of rembg's networks. Its contents are not read; ``verify_model`` does that.

    Raises:
        UnknownNameError: No network of that name is in the manifest.
        WeightsMissingError: It is not on this machine; says the command that pulls it.
    """
    models = load_manifest().rembg
    if name not in models:
        raise UnknownNameError("rembg network", name, models)
    folders = rembg_folders(name)
    for folder in folders:
        if (folder / models[name].file).is_file():
            return folder / models[name].file
    raise WeightsMissingError(f"{models[name].file} is not in {folders[0]}: photoshoot weights pull {name}")


def rembg_folders(name: str) -> tuple[Path, Path]:
    """Where rembg keeps a network: its folder for the model, and the one folder for all of rembg's older versions."""
    data = os.environ.get("XDG_DATA_HOME")
    old = os.environ.get("U2NET_HOME", os.path.join(data or "~", ".u2net"))
    default = os.path.join(data, "rembg") if data else os.path.join("~", ".rembg")
    new = os.environ.get("U2NET_HOME") or os.environ.get("REMBG_HOME", default)
    return Path(new).expanduser() / "models" / name, Path(old).expanduser()
