"""What is wrong with the descriptions of strangers' photos, by kinds of faults that can be counted?

Usage: ``python benchmarks/bench_descriptions.py [FOLDER]``, by default ``../shared/photos/real``; the shop's twelve
products beside it and this repository's examples are read, too. ``descriptions_truth.toml`` says what may be said of
each, ``names_truth.toml`` what it is. Each text in its longest form is asked:

* *ungrammatical*: an article that doesn't suit, a word twice, "It" of several, no full stop, a long alternative text;
* *contradicting*: two colours that are one, a colour among the smaller parts that was told, "round" and "slim";
* *empty*: "product" with colours alone;
* *wrong facts*: a colour, finish or pattern that the thing does not have, one for several, a wrong noun, a wearer.

Writes ``benchmarks/results/descriptions.md`` with every text and its faults.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.bench_names import ROOT, describe, half_of, judge
from benchmarks.strangers import read_folder

from photoshoot import Photoshoot, Product
from photoshoot.captioners.descriptions import ALT_TEXT
from photoshoot.captioners.efficientnet import EfficientNetCaptioner
from photoshoot.captioners.nouns import NounTree
from photoshoot.color.space import NAMED_COLORS

RESULT = ROOT / "benchmarks" / "results" / "descriptions.md"
FAULTS = ("ungrammatical", "contradicting", "empty", "wrong facts")
WORDS = sorted(
    {*NAMED_COLORS, "navy", "blue-grey", "grey-brown", "light brown", "dark brown", "reddish brown", "dark red",
     "pale blue", "pale pink", "dark purple", "gold", "light-coloured"},
    key=lambda name: -len(name),
)  # fmt: skip
COLOR = re.compile(rf"\b(?:{'|'.join(WORDS)})\b(?!-)")


def find_faults(product: Product, truth: dict[str, Any], names: dict[str, Any]) -> list[tuple[str, str]]:
    """(kind, what) of each fault."""
    photo = Path(product.cutout.photo_name).stem
    text = product.long_description
    noun = NounTree.load().nouns[product.name]
    told = _find_colors(text, noun.said)
    several = "separate pieces are shown" in text
    return [
        *(("ungrammatical", what) for what in _find_slips(product, plural=noun.plural)),
        *(("contradicting", f"{color} twice") for color, count in Counter(told).items() if count > 1),
        *([("contradicting", "round and slim")] if "round" in text and "slim" in text else []),
        *([("empty", "colours alone")] if re.fullmatch(r"A product( in [^.]*)?\.( [^.]*\.)?", text) else []),
        *(("wrong facts", color) for color in dict.fromkeys(told) if color not in truth["colors"][photo]),
        *(
            ("wrong facts", word)
            for word in ("glossy", "knitted", "patterned")
            if word in text and photo not in truth[word]
        ),
        *([("wrong facts", "a person")] if "on a person" in text and photo not in truth["people"] else []),
        *([("wrong facts", "one of several")] if photo in truth["several"] and not (noun.plural or several) else []),
        *([("wrong facts", product.name)] if photo in names and judge(product.name, *names[photo]) == "wrong" else []),
    ]


def _find_colors(text: str, said: str) -> list[str]:
    return COLOR.findall(text.lower().replace("green leaves", "leaves").replace(said, ""))


def _find_slips(product: Product, *, plural: bool) -> list[str]:
    text, first = product.long_description, product.description.split()[0]
    slips = [f"{word} {word}" for word in re.findall(r"\b(\w+) \1\b", text)]
    slips += ["an article"] if plural == (first in ("A", "An")) else []
    slips += ["a or an"] if re.search(r"\bA [aeio]|\bAn [^aeiou]", text) else []
    slips += ["number"] if re.search(r"\bIt (?:is|has)\b" if plural else r"\bThey\b", text) else []
    slips += ["full stop"] if not text.endswith(".") or len(re.findall(r"\.", text)) > 3 else []
    return slips + (["alternative text"] if not 0 < len(product.alt_text) <= ALT_TEXT else [])


def _count(faults: dict[str, list[tuple[str, str]]], half: str) -> str:
    own = [found for photo, found in faults.items() if half in ("all", half_of(photo))]
    counts = [sum(any(kind == other for other, _ in found) for found in own) for kind in FAULTS]
    return f"| {half} | {len(own)} | {' | '.join(map(str, counts))} | {sum(not found for found in own)} |"


def main() -> None:
    folder = read_folder(__doc__.splitlines()[0])
    truth, names = (
        tomllib.loads((ROOT / "benchmarks" / f"{name}_truth.toml").read_text(encoding="utf-8"))
        for name in ("descriptions", "names")
    )
    places = (folder, folder.parents[1] / "products", ROOT / "examples")
    files = {path.stem: path for place in places for path in sorted(place.iterdir()) if path.suffix in (".jpg", ".png")}
    shoot, captioner = Photoshoot.embedded(), EfficientNetCaptioner("cpu")
    found = {photo: describe(files[photo], shoot, captioner) for photo in truth["colors"] if photo in files}
    products = {photo: product for photo, product in found.items() if product is not None}
    faults = {photo: find_faults(product, truth, names) for photo, product in products.items()}
    rows = [
        f"| {photo} | {half_of(photo)} | {product.alt_text} | {product.long_description} "
        f"| {'; '.join(f'{kind}: {what}' for kind, what in faults[photo])} |"
        for photo, product in products.items()
    ]
    text = "\n".join(
        [
            "# What is wrong with the descriptions",
            "",
            "Photos with a fault of each kind; bounds were set on half A, the truth of both halves was known.",
            "The sentence is the long text's first. Written by `benchmarks/bench_descriptions.py`.",
            "",
            f"| half | texts | {' | '.join(FAULTS)} | without a fault |",
            "|" + "---|" * (len(FAULTS) + 3),
            *(_count(faults, half) for half in ("A", "B", "all")),
            "",
            "| photo | half | alternative text | long text | faults |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )
    RESULT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
