"""START HERE: the command line; words in, pictures and exit codes out.

1. ``arguments`` (and ``request_arguments``, ``service_arguments``, …) says what each command takes.
2. ``main`` loads the one file of the command that is called, and calls its ``run``.
3. ``console`` prints: results on standard output, all else on standard error; ``exit_codes`` says how it ended.
"""

import argparse
import contextlib
import errno
import importlib
import io
import os
import sys
from collections.abc import Sequence

from photoshoot.cli.arguments import build_parser
from photoshoot.cli.console import report_error, report_unexpected, telling_json
from photoshoot.cli.exit_codes import FAILED, INTERRUPTED, NOT_WRITTEN, WRONG_INPUT, exit_code
from photoshoot.cli.interrupts import Interruptible
from photoshoot.errors import PhotoshootError

_OWN_SIGNALS = ("serve", "worker", "train", "ui", "mcp")  # they finish what is under way, or save it
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
"""What an output that can't be written says: it is full, over a limit, or read-only."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; the codes stand in ``photoshoot --help``.

    Args:
        argv: Arguments without the program's name. None: the process's own.

    Raises:
        SystemExit: With 0 after ``--help`` and ``--version``, with 2 after wrong arguments.
    """
    _settle_streams()
    parser = build_parser()
    if "_ARGCOMPLETE" in os.environ:
        from argcomplete.finders import CompletionFinder

        CompletionFinder()(parser)
    arguments = _parse(parser, argv)
    try:
        signals = contextlib.nullcontext() if arguments.command in _OWN_SIGNALS else Interruptible()
        with telling_json(arguments.json), signals:
            return int(importlib.import_module(f"photoshoot.cli.{arguments.command}").run(arguments))
    except KeyboardInterrupt:
        report_error("interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as in "photoshoot presets list | head"
        _drop_output()
        return FAILED
    except PhotoshootError as error:
        report_error(str(error), debug=arguments.debug)
        return exit_code(error)
    except OSError as error:
        return _tell_os_error(error, debug=arguments.debug)
    except Exception as error:
        report_unexpected(error, debug=arguments.debug)
        return FAILED


def _settle_streams() -> None:
    """Where the caller has closed standard output or error, what goes there goes nowhere; elsewhere all can be written.

    Bytes of a file's name that are no UTF-8 stay what they are, for the next program; what the encoding of a redirected
    output lacks (Windows' code pages) becomes an escape.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # until the end
        elif isinstance(stream, io.TextIOWrapper):
            is_utf8 = stream.encoding.lower().replace("-", "") == "utf8"
            stream.reconfigure(errors="surrogateescape" if is_utf8 else "backslashreplace")


def _parse(parser: argparse.ArgumentParser, argv: Sequence[str] | None) -> argparse.Namespace:
    try:
        return parser.parse_args(argv)
    except BrokenPipeError as error:  # of --help
        _drop_output()
        raise SystemExit(FAILED) from error
    except OSError as error:
        raise SystemExit(_tell_full(error)) from error


def _tell_os_error(error: OSError, *, debug: bool) -> int:
    if error.errno in _FULL:
        return _tell_full(error, debug=debug)
    if error.errno == errno.ENAMETOOLONG:  # what was given for a path: most calls that ask for one raise it
        report_error(f"{error.filename} is not a valid file name: {error.strerror}", debug=debug)
        return WRONG_INPUT
    report_unexpected(error, debug=debug)
    return FAILED


def _tell_full(error: OSError, *, debug: bool = False) -> int:
    _drop_output()  # else it is tried again, and complained of, when the program ends
    report_error(f"{error.filename or 'output'} can't be written: {error.strerror}", debug=debug)
    return NOT_WRITTEN


def _drop_output() -> None:
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
