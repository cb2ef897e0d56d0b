"""Digests of pictures and files, to hold one commit against another: does a change keep their bytes?

    python -m benchmarks.digests write before.json --folder out/before [PHOTO…]
    python -m benchmarks.digests compare before.json after.json

Everything is made through the command line, in processes of their own, so that the same script runs on any commit.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from photoshoot.errors import PhotoError
from photoshoot.exporters.reading import read_metadata

ROOT = Path(__file__).resolve().parents[1]
PRESETS = (
    "white_background",
    "pink_podium_disc",
    "powder_blue_living_room",
    "easter_meadow_eggs",
    "golden_sand_dunes",
    "neon_bars_acid_green",
    "calm_water_morning_sky",
    "autumn_flat_lay_wood",
)
"""One of a family each."""
KINDS = ("landscape", "post")
PHOTOS = tuple(ROOT / "examples" / f"{name}.jpg" for name in ("bottle", "sneaker", "tea_carton"))
RECIPE = """presets = ["white_background", "christmas_pine_wood_lights"]
prompts = ["on a sleek black marble slab, rim light"]
sizes = ["landscape", "story"]
formats = ["png", "jpeg", "pdf"]
seed = 7
"""


def main() -> None:
    """Write digests, or compare two files of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    write = commands.add_parser("write")
    write.add_argument("file", type=Path)
    write.add_argument("photos", nargs="*", type=Path, default=list(PHOTOS))
    write.add_argument("--folder", type=Path, required=True, help="an empty folder for the files")
    compare = commands.add_parser("compare")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    compare.add_argument("--page", type=Path, help="write the comparison there, too")
    arguments = parser.parse_args()
    if arguments.command == "write":
        _make(arguments.photos, arguments.folder)
        digests = {str(path.relative_to(arguments.folder)): _digest(path) for path in _files(arguments.folder)}
        arguments.file.write_text(json.dumps(digests, indent=1))
        print(f"{len(digests)} files")
    else:
        page, worse = _compare(json.loads(arguments.before.read_text()), json.loads(arguments.after.read_text()))
        print(page)
        if arguments.page:
            arguments.page.write_text(page)
        sys.exit(worse)


def _make(photos: Sequence[Path], folder: Path) -> None:
    presets = [word for name in PRESETS for word in ("--preset", name)]
    for kind in KINDS:
        for start in range(0, len(presets), 12):  # six prompts at a time
            words = ["shoot", *map(str, photos), *presets[start : start + 12], "--kind", kind, "--seed", "7"]
            _photoshoot([*words, "--out", str(folder / kind)])
    source, recipe = folder.with_name(f"{folder.name}-photos"), folder.with_name(f"{folder.name}.toml")
    source.mkdir(parents=True, exist_ok=True)
    for photo in photos:
        (source / photo.name).write_bytes(photo.read_bytes())
    recipe.write_text(RECIPE)
    _photoshoot(["batch", str(source), "--recipe", str(recipe), "--out", str(folder / "catalogue")])


def _photoshoot(words: Sequence[str]) -> None:
    subprocess.run([sys.executable, "-m", "photoshoot", *words], check=True, stdout=subprocess.DEVNULL)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "state" not in path.parts)


def _digest(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {"file": hashlib.sha256(path.read_bytes()).hexdigest()}
    if path.suffix in (".png", ".jpg", ".jpeg", ".webp"):
        with Image.open(path) as picture:
            found["pixels"] = hashlib.sha256(np.asarray(picture.convert("RGB")).tobytes()).hexdigest()
        with contextlib.suppress(PhotoError):  # thumbnails and sheets have none
            found["record"] = dict(read_metadata(path).record)
    return found


def _compare(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, bool]:
    """The page that says what differs, and whether a picture is gone or has other pixels."""
    both = [name for name in before if name in after]
    pictures = [name for name in both if "pixels" in before[name]]
    redrawn = [name for name in pictures if before[name]["pixels"] != after[name]["pixels"]]
    rewritten = [name for name in both if before[name]["file"] != after[name]["file"]]
    kinds = Counter(Path(name).suffix for name in rewritten)
    keys = sorted({key for name in rewritten if name in pictures for key in _changed(before[name], after[name])})
    lists = {
        "Gone": sorted({*before} - {*after}),
        "New": sorted({*after} - {*before}),
        "Other pixels": redrawn,
        "Other bytes, by kind of file": [f"{kind}: {count}" for kind, count in sorted(kinds.items())],
        "Keys of the records that differ": keys,
    }
    head = [
        "# The same bytes",
        "",
        f"- {len(pictures) - len(redrawn)} of {len(pictures)} pictures have the pixels that they had.",
        f"- {len(both) - len(rewritten)} of {len(both)} files have the bytes that they had, their records included.",
    ]
    found = [f"\n## {title}\n\n" + "\n".join(f"- {line}" for line in lines) for title, lines in lists.items() if lines]
    return "\n".join([*head, *found]) + "\n", bool(lists["Gone"] or redrawn)


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    old, new = _flat(before.get("record", {})), _flat(after.get("record", {}))
    return [
        f"{key}: {old.get(key, 'absent')} → {new.get(key, 'absent')}"
        for key in {*old, *new}
        if old.get(key) != new.get(key)
    ]


def _flat(record: Any, path: str = "") -> dict[str, str]:
    if not isinstance(record, dict):
        return {path: json.dumps(record)}
    return {key: text for name, value in record.items() for key, text in _flat(value, f"{path}.{name}").items()}


if __name__ == "__main__":
    main()
