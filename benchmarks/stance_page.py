"""The page of ``bench_error.py --stance``: the error of presets in each stance, read back and written anew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from photoshoot import Stance

_ORDER = tuple(Stance)
_HEAD = f"| size | paths | pixels | preset | {' | '.join(_ORDER)} |\n|---|---|---|---|---|---|---|"

Row = tuple[str, int, int, str]
"""Of which size, how many paths a pixel, how many strewn pixels, which preset."""


@dataclass(frozen=True)
class StancePage:
    """Errors by row and stance."""

    cells: dict[Row, dict[Stance, str]]
    """Each "38.1 ± 0.4": decibels and one standard error."""

    @classmethod
    def read(cls, path: Path) -> StancePage:
        """The page as it was last written; an empty one if it wasn't."""
        cells: dict[Row, dict[Stance, str]] = {}
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for line in lines:
            if not line.startswith("| ") or line in _HEAD:
                continue
            size, paths, pixels, preset, *shown = line.strip("| ").split(" | ")
            told = {stance: cell for stance, cell in zip(_ORDER, shown, strict=True) if cell != "–"}
            cells[size, int(paths), int(pixels), preset] = told
        return cls(cells)

    def has(self, row: Row, stance: Stance) -> bool:
        """Whether that was measured."""
        return stance in self.cells.get(row, {})

    def set(self, row: Row, stance: Stance, decibels: float, spread_db: float) -> None:
        """Keep a measurement."""
        self.cells.setdefault(row, {})[stance] = f"{decibels:.1f} ± {spread_db:.1f}"

    def write(self, path: Path, wanted_db: float) -> None:
        """Rows in order of their worst stance, and what is under ``wanted_db``."""
        decibels = {
            (row, stance): float(cell.split()[0]) for row, told in self.cells.items() for stance, cell in told.items()
        }
        below = [f"{row[-1]} {stance} {value}" for (row, stance), value in decibels.items() if value < wanted_db]
        medians = [
            f"{stance} {median(values):.1f}"
            for stance in _ORDER
            if (values := [value for (_, held), value in decibels.items() if held is stance])
        ]
        order = sorted(self.cells, key=lambda row: min(float(cell.split()[0]) for cell in self.cells[row].values()))
        rows = ["| {} | {} | {} | {} | ".format(*row) + self._show(row) for row in order]
        lines = [
            "# How far from endless paths, by stance",
            "",
            "The bottle of the examples standing, lying and hanging, as `bench_error.py --stance` measures "
            "([error.md](error.md) says how): decibels outside the product ± one standard error. The worst preset "
            "first.",
            "",
            f"**{len(decibels) - len(below)} of {len(decibels)} have {wanted_db:.0f} dB; medians: "
            f"{', '.join(medians)}.**" + (f" Below: {', '.join(below)}." if below else ""),
            "",
            _HEAD,
            *rows,
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _show(self, row: Row) -> str:
        return " | ".join(self.cells[row].get(stance, "–") for stance in _ORDER) + " |"
