"""``photoshoot presets``: list, search and show presets, render their pictures, lay them out on a sheet.

In go the arguments of one action; out come lines, files and the exit code. ``listing`` reads presets and loads nothing
heavy; ``rendering`` and ``sheet`` make pictures of those that ``choice`` picks. Start reading with ``run``.
"""

import argparse
import importlib

_MODULES = {"render": "rendering", "sheet": "sheet"}


def run(arguments: argparse.Namespace) -> int:
    """Do what the command line asks for; what renders is loaded when it is asked for."""
    module = _MODULES.get(arguments.action, "listing")
    return int(importlib.import_module(f"photoshoot.cli.presets.{module}").run(arguments))
