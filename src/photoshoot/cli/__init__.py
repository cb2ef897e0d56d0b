"""START HERE: the command line; words in, pictures and exit codes out.

1. ``arguments`` (and ``request_arguments``, ``service_arguments``, …) says what each command takes.
2. ``main`` loads the one file of the command that is called, and calls its ``run``.
3. ``console`` prints: results on standard output, all else on standard error; ``exit_codes`` says how it ended.
"""

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence

from photoshoot.cli.arguments import build_parser
from photoshoot.cli.console import report_error, report_unexpected
from photoshoot.cli.exit_codes import FAILED, INTERRUPTED, exit_code
from photoshoot.cli.interrupts import Interruptible
from photoshoot.errors import PhotoshootError

_OWN_SIGNALS = ("serve", "worker", "train", "ui", "mcp")  # they finish what is under way, or save it


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; the codes stand in ``photoshoot --help``.

    Args:
        argv: Arguments without the program's name. None: the process's own.

    Raises:
        SystemExit: With 0 after ``--help`` and ``--version``, with 2 after wrong arguments.
    """
    parser = build_parser()
    if "_ARGCOMPLETE" in os.environ:
        from argcomplete.finders import CompletionFinder

        CompletionFinder()(parser)
    arguments = parser.parse_args(argv)
    try:
        with contextlib.nullcontext() if arguments.command in _OWN_SIGNALS else Interruptible():
            return int(importlib.import_module(f"photoshoot.cli.{arguments.command}").run(arguments))
    except KeyboardInterrupt:
        report_error("interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as in "photoshoot presets list | head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except PhotoshootError as error:
        report_error(str(error), debug=arguments.debug)
        return exit_code(error)
    except Exception as error:
        report_unexpected(error, debug=arguments.debug)
        return FAILED
