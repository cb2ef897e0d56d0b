"""``photoshoot completion``: what a shell is to run so that it completes photoshoot's commands."""

import argparse

from argcomplete.shell_integration import shellcode

from photoshoot.cli.console import write_lines
from photoshoot.cli.exit_codes import DONE


def run(arguments: argparse.Namespace) -> int:
    """Print the shell's code."""
    write_lines([shellcode(["photoshoot", "product-photoshoot"], shell=arguments.shell)])
    return DONE
