"""``photoshoot train``: make data to train on, and fine-tune; one file an action, loaded when it is called.

In go the arguments of one action; out come a data set (``cut_photos``, ``render_data``), a fine-tuned model
(``fine_tune``) or a settings file (``defaults``), and the exit code. ``data_run`` shows how
far data are made, and what came of it. Start reading with ``run``.
"""

import argparse
import importlib

_MODULES = {"run": "fine_tune"}  # a module named run would take this function's place


def run(arguments: argparse.Namespace) -> int:
    """Do what the command line asks for."""
    module = _MODULES.get(arguments.action, str(arguments.action).replace("-", "_"))
    return int(importlib.import_module(f"photoshoot.cli.train.{module}").run(arguments))
