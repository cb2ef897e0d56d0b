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
    return _check(_build_parser(told).parse_args().folder)


def read_folder_and_rows(told: str) -> tuple[Path, Path | None]:
    """Like ``read_folder``, and the file in which ``--resume`` keeps what was measured before an interruption."""
    parser = _build_parser(told)
    parser.add_argument("--resume", type=Path, metavar="FILE", help="where rows are kept until all are measured")
    options = parser.parse_args()
    return _check(options.folder), options.resume


def _build_parser(told: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=told)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    return parser


def _check(folder: Path) -> Path:
    if not folder.is_dir():
        raise SystemExit(f"{folder.name} is not there: the photos that this needs are not part of the project")
    return folder
