"""``report.csv`` and ``report.jsonl``: every product of a catalogue, a row each, and why one was not made.

Nothing in them depends on the time or on how often a run was interrupted: the same catalogue gives the same report.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from photoshoot.catalogue.items import Item
from photoshoot.catalogue.outcomes import Failed
from photoshoot.catalogue.store import Record
from photoshoot.files import AtomicFiles

CSV_NAME: Final = "report.csv"
JSON_LINES_NAME: Final = "report.jsonl"

_COLUMNS = ("id", "photo", "status", "error", "message", "product_name", "shots", "failed_gate", "folder")
Status = Literal["made", "failed", "not made"]
"""``"not made"``: the run was stopped before."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One product, as the report has it."""

    item: Item
    """The product of the catalogue that the line is about."""
    record: Record | None = None
    """What was made of it, now or in an earlier run."""
    failure: Failed | None = None
    """Why nothing was made of it."""

    @property
    def status(self) -> Status:
        """How it went."""
        if self.record is not None:
            return "made"
        return "failed" if self.failure is not None else "not made"


def write_report(out: Path, rows: Sequence[Row]) -> None:
    """Write both files, whole or not at all.

    Raises:
        ExportError: They can't be written.
    """
    table, lines = io.StringIO(newline=""), io.StringIO()
    writer = csv.DictWriter(table, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(_cells(row))
        lines.write(json.dumps(_line(row), ensure_ascii=False) + "\n")
    with AtomicFiles() as files:
        files.write(out / CSV_NAME, table.getvalue().encode())
        files.write(out / JSON_LINES_NAME, lines.getvalue().encode())


def _cells(row: Row) -> dict[str, object]:
    record, failure = row.record, row.failure
    return {
        "id": row.item.id,
        "photo": row.item.place,
        "status": row.status,
        "error": failure.error if failure else "",
        "message": failure.message if failure else "",
        "product_name": record.product_name if record else "",
        "shots": len(record.shots) if record else 0,
        "failed_gate": record.failed_gate if record else 0,
        "folder": row.item.folder if record else "",
    }


def _line(row: Row) -> dict[str, object]:
    cells = {name: value for name, value in _cells(row).items() if value != ""}
    if row.record is None:
        return cells
    files = [f"{row.item.folder}/{name}" for shot in row.record.shots for name in shot.files]
    shared = sorted({shot.shared_set for shot in row.record.shots if shot.shared_set is not None})
    if shared:  # pictures of one name have one light and one camera
        cells["shared_sets"] = shared
    return {**cells, "description": row.record.description, "category": row.record.category, "files": files}
