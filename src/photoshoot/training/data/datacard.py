"""The datacard: ``README.md`` with the header that Hugging Face's ``datasets`` and its hub read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from photoshoot.distribution import DISTRIBUTION
from photoshoot.files import AtomicFiles
from photoshoot.training.data.shard_index import Entry, scan_shard
from photoshoot.training.data.shard_manifest import MANIFEST, Manifest

CARD: Final = "README.md"
"""The datacard's name in a data set's folder."""

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_LARGEST = "1M<n<10M"
_MOST_PRODUCTS = 40

_RENDERED = """\
Each picture is one product in a path-traced set, rendered by photoshoot's studio: the product's own pixels, laid over
the set's light with its shadow and reflection in it. Products take turns; presets are drawn by how they suit the
product; size, place, scale and light are drawn. The shadow layer is measured: the light of the set with the product
over that of the same set without it."""
_PHOTO = """\
Each picture is a photograph of a product in a real scene, made smaller where it was large. The matte is a segmenter's,
so it is not exact; there is no shadow layer. Captions are those that lay beside the photos."""
_LICENCE = {
    "rendered": """\
The sets, their textures and light probes come with photoshoot (Apache-2.0; light probes CC0) and leave no claim on
renders. The products are yours or your client's: who owns their photos, trade marks and designs decides whether this
data set, and what is trained on it, may be passed on. Write that down here before you share it.""",
    "photo": """\
The photos are yours or your client's: who owns them, and the products, places and people in them, decides whether this
data set, and what is trained on it, may be passed on. Write that down here before you share it.""",
}


def write_card(folder: Path, manifest: Manifest) -> None:
    """Write the datacard of a finished data set.

    Raises:
        ExportError: It can't be written.
        TrainingDataError: A shard is damaged.
    """
    entries = [entry for shard in manifest.shards for entry in scan_shard(folder / shard.name)]
    with AtomicFiles() as files:
        files.write(folder / CARD, _card(manifest, entries).encode())


def _card(manifest: Manifest, entries: Sequence[Entry]) -> str:
    made_from = manifest.made_from
    source, products = made_from["source"], len({entry.product for entry in entries})
    return "\n".join(
        [
            _header(len(entries)),
            "# Products in scenes\n",
            f"{len(entries)} pictures of {products} products in scenes, to fine-tune an inpainting model on product "
            "placement.\n",
            "## How it was made\n",
            f"{_RENDERED if source == 'rendered' else _PHOTO}\n",
            f"{_list_settings(made_from)}\nAll of them are in `{MANIFEST}`, with the digests of the shards.\n",
            "## What is in it\n",
            _FORMAT.format(shadow=_SHADOW if source == "rendered" else ""),
            "```python",
            "from datasets import load_dataset\n",
            'data = load_dataset("webdataset", data_files="shard-*.tar", split="train")',
            "```\n",
            _table("product", Counter(entry.product for entry in entries)),
            _table("width x height, px", Counter(f"{entry.size[0]} x {entry.size[1]}" for entry in entries)),
            "## Licence\n",
            f"{_LICENCE[source]}\n",
        ]
    )


_FORMAT = """\
Shards in webdataset's layout, `shard-00000.tar` and so on; each sample is

| member | what |
|---|---|
| `KEY.png`, `.jpg` or `.webp` | the picture, sRGB |
| `KEY.matte.png` | the alpha matte, 8 bits: 255 = product |
{shadow}| `KEY.json` | `caption` (the background alone, without the product), `product`, `width`, `height` and more |
"""
_SHADOW = "| `KEY.shadow.png` | how much of the set's light the product leaves, 8 bits: 255 = all of it |\n"


def _header(samples: int) -> str:
    size = next((name for limit, name in _SIZES if samples < limit), _LARGEST)
    return f"""\
---
license: other
license_name: see-below
task_categories:
- image-to-image
- text-to-image
tags:
- inpainting
- product-photography
- webdataset
size_categories:
- {size}
configs:
- config_name: default
  data_files:
  - split: train
    path: "shard-*.tar"
---
"""


def _list_settings(made_from: Mapping[str, Any]) -> str:
    plain = {name: value for name, value in made_from.items() if isinstance(value, str | int | float)}
    versions = made_from.get("versions", {})
    told = [*(f"{name} {value}" for name, value in plain.items()), f"photoshoot {versions.get(DISTRIBUTION, '?')}"]
    return f"Settings: {', '.join(told)}."


def _table(title: str, counts: Counter[str]) -> str:
    """The most frequent first, then by name."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [f"| {name} | {count} |" for name, count in ranked[:_MOST_PRODUCTS]]
    rows += [f"| {len(ranked) - _MOST_PRODUCTS} more | |"] if len(ranked) > _MOST_PRODUCTS else []
    return "\n".join([f"| {title} | samples |", "|---|---|", *rows, ""])
