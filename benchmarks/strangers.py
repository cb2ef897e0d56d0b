"""The folder of strangers' photos that some benchmarks measure on."""

from __future__ import annotations

import argparse
from pathlib import Path

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "photos" / "real"


def read_folder(told: str) -> Path:
    """The folder that the command line names, or the default.

    Args:
        told: What the script is for.

    Raises:
        SystemExit: The folder is not there.
    """
    parser = argparse.ArgumentParser(description=told)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    folder: Path = parser.parse_args().folder
    if not folder.is_dir():
        raise SystemExit(f"{folder.name} is not there: the photos that this needs are not part of the project")
    return folder
