"""Finds the files that come with the library, in a wheel and in an editable checkout alike."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def find_data(name: str) -> Path:
    """The folder ``name`` (``"presets"`` or ``"weights"``) of the library's data.

    Raises:
        FileNotFoundError: The installation is damaged: the folder is in neither place.
    """
    for root in (_PACKAGE / "_data", _PACKAGE.parents[1]):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"photoshoot's {name!r} folder is missing; reinstall photoshoot")
