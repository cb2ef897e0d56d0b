"""What ``photoshoot serve`` and ``photoshoot apps`` take."""

import argparse
from pathlib import Path
from typing import Final

from photoshoot.cli.parser import AddCommand

STORE_OPTIONS: Final = ("folder", "database", "pictures")
"""Options, by the names of the settings, that say where things are kept."""
SERVE_OPTIONS: Final = (
    *STORE_OPTIONS,
    "host",
    "port",
    "public_url",
    "engine",
    "device",
    "samples",
    "presets",
    "ray",
    "min_replicas",
    "max_replicas",
    "replica_cpus",
    "replica_gpus",
    "workers",
    "log_level",
)
"""Options of ``serve``, by the names of the settings."""
WORKER_OPTIONS: Final = (*STORE_OPTIONS, "engine", "device", "samples", "presets", "metrics_port", "log_level")
"""Options of ``worker``, by the names of the settings."""


def add_serve(add_command: AddCommand) -> None:
    """Add ``serve``."""
    parser = add_command("serve", "run the HTTP service")
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (8000)")
    parser.add_argument("--public-url", metavar="URL", help="where clients reach the service (as each request came in)")
    _add_store(parser)
    _add_engine(parser)
    parser.add_argument(
        "--workers", type=int, metavar="N", help="processes that make pictures; 0: photoshoot worker does (1 a device)"
    )
    _add_cluster(parser)


def add_worker(add_command: AddCommand) -> None:
    """Add ``worker``."""
    parser = add_command("worker", "make the pictures of a service elsewhere, on the same store")
    _add_store(parser)
    _add_engine(parser)
    parser.add_argument("--metrics-port", type=int, metavar="N", help="port of Prometheus metrics (none)")


def add_ui(add_command: AddCommand) -> None:
    """Add ``ui``."""
    parser = add_command("ui", "open the page: drop a photo, choose scenes, see drafts, download pictures")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; others want a password (127.0.0.1)")
    parser.add_argument("--port", type=int, default=7860, help="port to listen on (7860)")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path("photoshoot-ui"),
        metavar="DIR",
        help="where sessions are kept (photoshoot-ui)",
    )
    parser.add_argument("--engine", default="studio", metavar="NAME", help="what makes the pictures (studio)")
    parser.add_argument("--device", help="where networks run: cpu, cuda… (the best available)")
    parser.add_argument(
        "--root-path", default="", metavar="PATH", help="what a proxy takes off addresses, such as /studio (nothing)"
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name beside localhost by which browsers may ask for a page without a password; may be repeated",
    )
    parser.add_argument("--user", default="photoshoot", help="the name that goes with the password (photoshoot)")
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="a file with the page's password (PHOTOSHOOT_UI_PASSWORD, or none)",
    )


def add_mcp(add_command: AddCommand) -> None:
    """Add ``mcp``."""
    parser = add_command("mcp", "serve tools for assistants: the Model Context Protocol, over stdio or HTTP")
    parser.add_argument("--http", action="store_true", help="serve HTTP, under /mcp, instead of stdio")
    parser.add_argument("--host", help="with --http: this machine's own address (127.0.0.1)")
    parser.add_argument("--port", type=int, help="with --http: 0 to 65535 (8765), 0 takes any free one")
    parser.add_argument(
        "--out", type=Path, default=Path("photoshoot-out"), metavar="DIR", help="folder for pictures (photoshoot-out)"
    )


def add_apps(add_command: AddCommand) -> None:
    """Add the actions of ``apps``."""
    create = add_command("create", "add an application, and show its secrets, only this once")
    create.add_argument("name", metavar="NAME", help="what people call it")
    create.add_argument("--credits", type=int, metavar="N", help="downloads it may have, where the service charges")
    _add_store(create)
    _add_store(add_command("list", "list the applications"))
    rotate = add_command("rotate", "replace an application's secrets, and show the new ones, only this once")
    rotate.add_argument("id", metavar="ID", help="the application's id")
    rotate.add_argument(
        "--overlap", type=float, default=0, metavar="HOURS", help="how long the old ones count beside the new (0)"
    )
    _add_store(rotate)
    for name, told in (("disable", "shut an application out"), ("enable", "let an application in again")):
        action = add_command(name, told)
        action.add_argument("id", metavar="ID", help="the application's id")
        _add_store(action)
    delete = add_command("delete", "delete an application and everything of it, or a part of that, for good")
    delete.add_argument("id", metavar="ID", help="the application's id")
    part = delete.add_mutually_exclusive_group()
    part.add_argument("--user", metavar="ID", help="everything of this user alone")
    part.add_argument("--process", metavar="ID", help="this process alone, with its pictures")
    part.add_argument("--upload", metavar="ID", help="this upload alone")
    _add_store(delete)
    grant = add_command("grant", "give an application credits on top of those that it has")
    grant.add_argument("id", metavar="ID", help="the application's id")
    grant.add_argument("amount", type=int, metavar="N", help="downloads")
    _add_store(grant)


def _add_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--engine", metavar="NAME", help="what places the product: studio, sd15, a model folder (studio)"
    )
    parser.add_argument("--device", help="diffusion: cpu, mps, cuda, or several: cuda:0,cuda:1 (the best available)")
    parser.add_argument(
        "--samples", type=int, metavar="N", help="studio: light paths a pixel, 1 to 4096 (4 or 8, by noise)"
    )
    parser.add_argument(
        "--presets", action="append", type=Path, metavar="DIR", help="a folder of your own preset files"
    )
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"), help="what is logged (info)")


def _add_cluster(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("machines")
    group.add_argument(
        "--ray", metavar="ADDRESS", help="make the pictures on a Ray cluster: local, auto, or its head's host:port"
    )
    group.add_argument("--min-replicas", type=int, metavar="N", help="with --ray: engines kept when idle (1)")
    group.add_argument("--max-replicas", type=int, metavar="N", help="with --ray: the most engines (8)")
    group.add_argument(
        "--replica-cpus", type=float, metavar="N", help="with --ray: cores of each (studio: up to 4; beside a GPU: 1)"
    )
    group.add_argument("--replica-gpus", type=float, metavar="N", help="with --ray: GPUs of each (diffusion: 1)")


def _add_store(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("store (also in a --config file, or as PHOTOSHOOT_… in the environment)")
    group.add_argument("--folder", type=Path, metavar="DIR", help="where everything is kept (photoshoot-data)")
    group.add_argument("--database", metavar="URL", help="such as postgresql://user:password@host/name (SQLite there)")
    group.add_argument("--pictures", metavar="URL", help="folder, or such as s3://bucket/folder (a folder there)")
    group.add_argument("--config", type=Path, metavar="FILE", help="a TOML file of settings, see docs/operating.md")
