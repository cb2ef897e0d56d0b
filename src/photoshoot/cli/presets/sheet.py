"""``photoshoot presets sheet``: lay presets' previews out on a page."""

import argparse

from photoshoot.cli.console import count, report_note, write_json, write_lines
from photoshoot.cli.exit_codes import DONE
from photoshoot.cli.presets.choice import choose_presets
from photoshoot.files import check_new
from photoshoot.previews.sheet import save_sheet


def run(arguments: argparse.Namespace) -> int:
    """Write the sheet."""
    presets = choose_presets(arguments)
    check_new(arguments.out, overwrite=arguments.overwrite)
    save_sheet(presets, arguments.out, arguments.columns, arguments.width)
    if arguments.json:
        write_json({"sheet": str(arguments.out), "ids": [preset.id for preset in presets]})
    else:
        write_lines([str(arguments.out)])
        report_note(count(len(presets), "preset"))
    return DONE
