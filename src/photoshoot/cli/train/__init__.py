"""``photoshoot train``: make data to train on, and fine-tune; one file an action, loaded when it is called."""

from __future__ import annotations

import argparse
import importlib


def run(arguments: argparse.Namespace) -> int:
    """Do what the command line asks for."""
    module = str(arguments.action).replace("-", "_")
    return int(importlib.import_module(f"photoshoot.cli.train.{module}").run(arguments))
