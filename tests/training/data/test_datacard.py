from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from photoshoot.training.data.datacard import CARD, write_card
from photoshoot.training.data.shard_manifest import Manifest, Shard
from tests.training.data.making import make_sample, write_shard


def write(folder: Path, products: list[str], **made_from: Any) -> str:
    """The card of a data set of one shard."""
    samples = [make_sample(f"{number:08}", name) for number, name in enumerate(products)]
    shard = Shard(number=0, samples=len(samples), skipped=(), bytes=0, sha256="")
    write_shard(folder / shard.name, *samples)
    write_card(folder, Manifest(made_from={"source": "rendered", **made_from}, shards=(shard,)))
    return (folder / CARD).read_text(encoding="utf-8")


def test_the_header_is_what_the_hub_reads(tmp_path: Path) -> None:
    _, header, text = write(tmp_path, ["mug"] * 3).split("---\n", 2)
    facts = yaml.safe_load(header)
    assert facts["size_categories"] == ["n<1K"]
    assert facts["configs"][0]["data_files"] == [{"split": "train", "path": "shard-*.tar"}]
    assert "webdataset" in facts["tags"]
    assert text.lstrip().startswith("# ")


def test_products_are_counted_the_most_frequent_first(tmp_path: Path) -> None:
    card = write(tmp_path, ["vase", "mug", "box", "mug", "box", "mug"])
    rows = re.findall(r"^\| (\w+) \| (\d+) \|$", card, re.MULTILINE)
    assert rows == [("mug", "3"), ("box", "2"), ("vase", "1")]
    assert "6 pictures of 3 products" in card
    assert "| 12 x 8 | 6 |" in card


@pytest.mark.parametrize(("count", "more"), [(40, None), (41, "| 1 more | |"), (45, "| 5 more | |")])
def test_a_long_table_is_cut_and_says_by_how_much(count: int, more: str | None, tmp_path: Path) -> None:
    card = write(tmp_path, [f"product-{number:02}" for number in range(count)])
    assert len(re.findall(r"^\| product-\d\d \| 1 \|$", card, re.MULTILINE)) == 40
    assert re.findall(r"^\| \d+ more.*$", card, re.MULTILINE) == ([more] if more else [])


def test_settings_and_origin_are_told(tmp_path: Path) -> None:
    card = write(tmp_path, ["mug"], seed=11, sizes=["post"], versions={"product-photoshoot": "9.8.7"})
    assert "seed 11" in card
    assert "photoshoot 9.8.7" in card
    assert "KEY.shadow.png" in card
    photos = write(tmp_path, ["mug"], source="photo")
    assert "KEY.shadow.png" not in photos
    assert "photoshoot ?" in photos
