"""Completes presets' ids in a shell, before anything is loaded that commands need: a key is answered at once."""

import argparse
import contextlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from photoshoot.files import find_data

_AT_ID = re.compile(
    r"""\s(?: --preset(?P<between>=|\s+) | presets\s+(?:show|render|sheet)\s(?:.*\s)? ) (?P<begun>(?!-)\S*)\Z""",
    re.VERBOSE,
)
"""A line up to the cursor, where a preset's id is begun there."""
_FOLDER = re.compile(r"\s--presets(?:\s+|=)(\S+)\s")


def complete_preset_id() -> bool:
    """Answer a shell that asks, by argcomplete's protocol, for what a preset's id may become, and end the process.

    Returns:
        False where the cursor stands at something else: that is left to the parser of the commands.
    """
    line = os.environ["COMP_LINE"][: int(os.environ["COMP_POINT"])]
    found = _AT_ID.search(line)
    if found is None:
        return False
    from argcomplete.finders import CompletionFinder

    parser = argparse.ArgumentParser()
    parser.add_argument("--preset", choices=list(_list_ids(line)))
    short = f"photoshoot --preset{'=' if found['between'] == '=' else ' '}{found['begun']}"
    os.environ.update(COMP_LINE=short, COMP_POINT=str(len(short)), _ARGCOMPLETE="1")
    CompletionFinder()(parser)
    return True


def _list_ids(line: str) -> Iterator[str]:
    """Ids of the embedded presets, and of the folders that the line names; files that can't be read have none."""
    folders = [find_data("presets") / "catalogue", *map(Path, _FOLDER.findall(line))]
    for file in sorted(file for folder in folders for file in folder.glob("*.json")):
        with contextlib.suppress(OSError, ValueError):
            presets = json.loads(file.read_text(encoding="utf-8"))
            yield from (item["id"] for item in presets if isinstance(item, dict) and isinstance(item.get("id"), str))
