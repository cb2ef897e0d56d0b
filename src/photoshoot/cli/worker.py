"""``photoshoot worker``: makes the pictures that a service elsewhere takes orders for, until it is told to stop."""

from __future__ import annotations

import argparse
import signal
import threading

from photoshoot.cli.console import report_note, write_json
from photoshoot.cli.exit_codes import DONE
from photoshoot.cli.serve import read_settings
from photoshoot.cli.service_arguments import WORKER_OPTIONS


def run(arguments: argparse.Namespace) -> int:
    """Work. SIGTERM and SIGINT end it: what is under way is finished, or queued again for others."""
    settings = read_settings(arguments, WORKER_OPTIONS)
    settings.check_store()

    from photoshoot.server.processes.alone import work_alone

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())

    def begin() -> None:
        if arguments.json:
            write_json({"engine": settings.engine, "database": settings.database is not None})
        else:
            report_note(f"photoshoot works with the engine {settings.engine}")

    work_alone(settings, stopped, begin)
    return DONE
