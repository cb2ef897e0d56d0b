"""What ``photoshoot train run`` and ``photoshoot train defaults`` take."""

import argparse
from collections.abc import Callable
from pathlib import Path

AddCommand = Callable[[str, str], argparse.ArgumentParser]
"""Adds a command of that name and help."""


def add_tuning_commands(add_command: AddCommand) -> None:
    """Add the actions of ``train`` that fine-tune."""
    parser = add_command("run", "fine-tune a model on training data, as a file of settings says")
    parser.add_argument(
        "config", type=Path, metavar="CONFIG", help="settings, TOML or YAML; see photoshoot train defaults"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on from the last checkpoint; without one there, begin"
    )
    add_command("defaults", "print a settings file with all defaults and what they mean")
