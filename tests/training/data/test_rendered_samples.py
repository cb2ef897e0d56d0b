from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from photoshoot.records import Category
from photoshoot.training.data.product_cutouts import CutProduct
from photoshoot.training.data.rendered_samples import RenderSamples
from photoshoot.training.data.tally import FailedSample
from tests.training.data.making import QUICK

CARD = CutProduct(
    id="red/front",
    product="red",
    photo_sha256="0" * 64,
    cutter="own",
    name="a cup",
    description="A cup.",
    category=Category.TABLEWARE,
    touches=(),
    confidence=1.0,
)


def test_a_product_whose_cut_out_is_gone_fails_its_own_samples_and_stops_no_other(tmp_path: Path) -> None:
    cards = (CARD, replace(CARD, id="blue"))
    told = list(RenderSamples(out=tmp_path, products=cards, settings=QUICK)(iter([4, 0, 1])))
    assert [place for place, _ in told] == ["4", "0", "1"], "in the order that they are asked for"
    for place, made in told:
        assert isinstance(made, FailedSample)
        assert made.index == int(place)
        assert made.reason
        assert "\n" not in made.reason
    assert {made.id for _, made in told if isinstance(made, FailedSample)} == {"red/front", "blue"}
