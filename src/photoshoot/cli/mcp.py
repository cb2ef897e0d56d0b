"""``photoshoot mcp``: tools for assistants, over stdio or HTTP."""

from __future__ import annotations

import argparse

from photoshoot.addresses import LOOPBACK, take_port
from photoshoot.cli.console import report_note
from photoshoot.cli.exit_codes import DONE
from photoshoot.errors import InputError, MissingExtraError, SettingsError


def run(arguments: argparse.Namespace) -> int:
    """Serve the tools.

    Raises:
        MissingExtraError: The extra ``mcp`` is not installed.
        InputError: An address is given without HTTP.
        SettingsError: The host is not this machine's own, or the port can't be had.
    """
    try:
        from photoshoot.mcp_server import PORT, serve
    except ModuleNotFoundError as error:
        raise MissingExtraError("the MCP server", "mcp") from error
    if not arguments.http:
        if (arguments.host, arguments.port) != (None, None):
            raise InputError("--host and --port are of --http alone: give that too")
        serve(arguments.out)
        return DONE
    host, port = arguments.host or LOOPBACK[0], PORT if arguments.port is None else arguments.port
    if host not in LOOPBACK:
        raise SettingsError("host", host, f"{LOOPBACK[0]}: the tools read files of this machine")
    with take_port(host, port) as listener:  # so that a wrong one is told before anything is promised
        port = listener.getsockname()[1]
    report_note(f"photoshoot's tools are at http://{host}:{port}/mcp")
    serve(arguments.out, host=host, port=port)
    return DONE
