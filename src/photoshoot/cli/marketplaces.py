"""``photoshoot marketplaces``: whether pictures keep marketplaces' rules for main pictures, told in words."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.table import Table
from rich.text import Text

from photoshoot.cli.console import build_console, report_error, write_json
from photoshoot.cli.exit_codes import DONE, FAILED, exit_code
from photoshoot.errors import PhotoshootError
from photoshoot.pixels.photos import read_photo
from photoshoot.quality.marketplaces import MARKETPLACES, Finding, check_rules, measure_frame
from photoshoot.records.plain_data import Json


def run(arguments: argparse.Namespace) -> int:
    """Check files; one that can't be read does not stop the others."""
    check_rules(None, arguments.marketplaces)
    told: list[Json] = []
    codes = []
    for path in arguments.files:
        try:
            photo = read_photo(path)
        except PhotoshootError as error:
            report_error(str(error), debug=arguments.debug)
            told.append({"path": str(path), "error": type(error).__name__, "message": str(error)})
            codes.append(exit_code(error))
            continue
        frame = measure_frame(photo.rgb, photo.alpha_matte)
        found = check_rules(frame, arguments.marketplaces)
        codes.append(DONE if all(_accepted(findings) for findings in found.values()) else FAILED)
        if arguments.json:
            rules: dict[str, Json] = {name: _to_json(findings) for name, findings in found.items()}
            told.append(
                {"path": str(path), "measures": None if frame is None else asdict(frame), "marketplaces": rules}
            )
        else:
            for name, findings in found.items():
                _print(path, name, findings)
    if arguments.json:
        write_json(told)
    return max(codes, default=DONE)


def _accepted(findings: Sequence[Finding]) -> bool:
    return all(finding.passed or not finding.required for finding in findings)


def _to_json(findings: Sequence[Finding]) -> Json:
    return {"accepted": _accepted(findings), "rules": [asdict(finding) for finding in findings]}


def _print(path: Path, name: str, findings: Sequence[Finding]) -> None:
    table = Table(box=None, show_header=False, padding=(0, 3, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    accepted = _accepted(findings)
    title = f"{path}: {MARKETPLACES[name].title} {'takes it' if accepted else 'refuses it'}"
    table.add_row("", Text(title, "green" if accepted else "bold red"))
    for finding in findings:
        mark = "ok" if finding.passed else "no" if finding.required else "advised"
        color = {"ok": "green", "no": "bold red", "advised": "yellow"}[mark]
        table.add_row(finding.rule, Text(f"{mark}: {finding.told}", color))
    build_console().print(table, "")
