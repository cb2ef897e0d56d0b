"""``photoshoot mcp``: tools for assistants, over stdio or HTTP."""

from __future__ import annotations

import argparse

from photoshoot.cli.console import report_note
from photoshoot.cli.exit_codes import DONE
from photoshoot.errors import MissingExtraError, SettingsError

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def run(arguments: argparse.Namespace) -> int:
    """Serve the tools.

    Raises:
        MissingExtraError: The extra ``mcp`` is not installed.
        SettingsError: The host is not this machine's own.
    """
    try:
        from photoshoot.mcp_server import serve
    except ModuleNotFoundError as error:
        raise MissingExtraError("the MCP server", "mcp") from error
    if arguments.host not in _LOOPBACK:
        raise SettingsError("host", arguments.host, f"{_LOOPBACK[0]}: the tools read files of this machine")
    if arguments.http:
        report_note(f"photoshoot's tools are at http://{arguments.host}:{arguments.port}/mcp")
    serve(arguments.out, host=arguments.host if arguments.http else None, port=arguments.port)
    return DONE
