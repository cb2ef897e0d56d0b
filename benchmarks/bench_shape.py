"""How far are the normals off that a photo tells of a product? The outline's alone, and those that a network mends.

Photos of ``shape_data``'s held-out half: families of solids with seeds that never trained, and CC0 things of which none
trained, nor any whose name begins with the same word; from heights, in lights and with prints by chance. Means over the
product's cells, degrees from the true normal, then over views. `--folder` is that of the shards and of ``shape.pt``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from benchmarks.shape_models import FAMILIES
from benchmarks.shape_network import ShapeNetwork
from benchmarks.train_shape import Views, degrees_off

from photoshoot.placers.studio.product.shape import Form

ROOT = Path(__file__).resolve().parents[1]
_FORMS = tuple(Form)


def tabulate(rows: list[dict[str, object]]) -> list[str]:
    """All views, families and things apart, and by what the outline was taken for."""
    groups: dict[str, list[dict[str, object]]] = {"all": rows}
    for row in rows:
        made = "families" if row["name"] in FAMILIES else "things"
        form = _FORMS[int(str(row["form"]))].value
        for name in (made, f"{made}, {form}"):
            groups.setdefault(name, []).append(row)
    lines = [
        "| held out | views | models | outline | under 20° | network | under 20° | nearer in |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in ("all", *sorted(set(groups) - {"all"})):
        group = groups[name]
        known = len({row["name"] for row in group if row["name"] not in FAMILIES})
        drawn = sum(row["name"] in FAMILIES for row in group)
        mean = {key: float(np.mean([float(str(row[key])) for row in group])) for key in _KEYS}
        nearer = np.mean([float(str(row["net"])) < float(str(row["inflated"])) for row in group])
        lines.append(
            f"| {name} | {len(group)} | {known + drawn} | {mean['inflated']:.1f}° | {mean['inflated_under']:.0%} | "
            f"{mean['net']:.1f}° | {mean['net_under']:.0%} | {nearer:.0%} |"
        )
    return lines


_KEYS = ("inflated", "inflated_under", "net", "net_under")


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    network = ShapeNetwork()
    network.load_state_dict(torch.load(arguments.folder / "shape.pt"))
    rows = list(degrees_off(network, Views(sorted(arguments.folder.glob("held-out-*[0-9].npz")))))
    told = [row for row in rows if int(str(row["kind"])) >= 0]
    right = np.mean([row["kind"] == row["told"] for row in told])
    mean = {key: float(np.mean([float(str(row[key])) for row in rows])) for key in _KEYS}
    finding = (
        f"- Normals of {len(rows)} held-out photos: {mean['inflated']:.1f}° off as the outline tells them, "
        f"{mean['net']:.1f}° as a network mends them that does not ship ([why](../../docs/adr/shape-network.md))."
    )
    lines = [
        "# A product's shape, read from one photo",
        "",
        finding,
        "",
        (__doc__ or "").strip(),
        "",
        *tabulate(rows),
        "",
    ]
    lines += [
        f"Of {len(told)} solids of families the network tells the kind (flat, box, round, free) in {right:.0%}.",
        "",
    ]
    (ROOT / "benchmarks" / "results" / "shape.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
