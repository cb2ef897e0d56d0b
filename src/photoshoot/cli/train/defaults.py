"""``photoshoot train defaults``: the settings of a fine-tune, explained."""

import argparse

from photoshoot.cli.console import write_json, write_lines
from photoshoot.cli.exit_codes import DONE
from photoshoot.records.plain_data import to_plain
from photoshoot.training.settings import TrainingSettings
from photoshoot.training.settings_file import document_settings


def run(arguments: argparse.Namespace) -> int:
    """Print a settings file that changes nothing, to be edited."""
    if arguments.json:
        write_json(to_plain(TrainingSettings()))
    else:
        write_lines([document_settings()])
    return DONE
