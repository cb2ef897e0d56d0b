from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot.catalogue import Item, list_items
from photoshoot.color.palette import dominant_colors
from photoshoot.errors import PhotoError
from photoshoot.records import Category, Cutout, Photo, Product
from photoshoot.segmenters.cutout import cut_out
from photoshoot.settings import SegmentationSettings
from photoshoot.training.data.product_cutouts import (
    FOLDER,
    CutProduct,
    cut_products,
    load_product,
    product_of,
    read_card,
)
from photoshoot.training.data.tally import Refused
from tests.making import draw_cutout


class OwnMattes:
    """Cuts out by the photos' own mattes, and keeps what it cut."""

    def __init__(self) -> None:
        self.cut: dict[str, Cutout] = {}

    def segment(self, photos: Sequence[Photo]) -> list[Cutout]:
        """Cut photos out."""
        cutouts = [
            cut_out(photo, lambda _: np.zeros((4, 4), np.float32), "", SegmentationSettings()) for photo in photos
        ]
        self.cut |= {cutout.photo_name: cutout for cutout in cutouts}
        return cutouts


class Namer:
    """Names products by their photos."""

    def describe(self, cutouts: Sequence[Cutout]) -> list[Product]:
        """Name them."""
        return [
            Product(
                cutout=cutout,
                name=f"a {cutout.photo_name}",
                description="A thing.",
                category=Category.TOY,
                palette=dominant_colors(cutout.rgb, cutout.alpha_matte),
                confidence=0.5,
            )
            for cutout in cutouts
        ]


def write_photo(path: Path, shape: str = "bottle") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    drawn = draw_cutout(60, 80, shape=shape)
    alpha = np.round(drawn.alpha_matte * 255).astype(np.uint8)
    Image.fromarray(np.dstack([drawn.rgb, alpha])).save(path)
    return path


def cut(photos: Path, out: Path, cutter: str = "own") -> tuple[list[CutProduct | Refused], OwnMattes]:
    segmenter = OwnMattes()
    return list(cut_products(list_items(photos), out, cutter, segmenter, Namer())), segmenter


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for name, shape in (("red/front.png", "bottle"), ("red/side.png", "ring"), ("mug.png", "box")):
        write_photo(tmp_path / "photos" / name, shape)
    return tmp_path / "photos"


def test_a_product_comes_back_as_it_was_cut_out_and_named(photos: Path, tmp_path: Path) -> None:
    cards, segmenter = cut(photos, tmp_path)
    assert len(cards) == 3
    for card in cards:
        assert isinstance(card, CutProduct)
        assert read_card(tmp_path / FOLDER / f"{card.stem}.json") == card
        product, whole = load_product(tmp_path, card), segmenter.cut[Path(card.id).name]
        assert (product.name, product.category) == (f"a {whole.photo_name}", Category.TOY)
        seen, box = product.cutout, whole.box
        np.testing.assert_array_equal(seen.rgb[seen.box.slices()], whole.rgb[box.slices()])
        half_a_byte = 0.5 / 255 + 1e-6
        np.testing.assert_allclose(
            seen.alpha_matte[seen.box.slices()], whole.alpha_matte[box.slices()], atol=half_a_byte
        )
        assert seen.alpha_matte.sum() == pytest.approx(whole.alpha_matte.sum(), rel=1e-3), "the soft edge has its room"


def test_photos_of_one_folder_show_one_product() -> None:
    assert [product_of(Item(id=name, photo=Path())) for name in ("red/a", "red/b/c", "mug")] == ["red", "red", "mug"]


def test_only_what_changed_is_cut_out_again(photos: Path, tmp_path: Path) -> None:
    first, _ = cut(photos, tmp_path)
    again, segmenter = cut(photos, tmp_path)
    assert again == first
    assert segmenter.cut == {}
    write_photo(photos / "mug.png", "ring")
    changed, segmenter = cut(photos, tmp_path)
    assert list(segmenter.cut) == ["mug"]
    assert [card.id for card in changed] == [card.id for card in first]
    (tmp_path / FOLDER / "mug.png").unlink()
    assert list(cut(photos, tmp_path)[1].cut) == ["mug"]
    assert len(cut(photos, tmp_path, "another")[1].cut) == 3


def test_a_photo_that_can_not_be_used_is_told_and_stops_no_other(photos: Path, tmp_path: Path) -> None:
    (photos / "broken.png").write_bytes(b"no picture")
    told, segmenter = cut(photos, tmp_path)
    assert len(segmenter.cut) == 3
    (refused,) = [one for one in told if isinstance(one, Refused)]
    assert refused.id == "broken"
    assert refused.reason
    assert "\n" not in refused.reason


def test_a_cut_out_that_shows_nothing_is_to_be_removed(photos: Path, tmp_path: Path) -> None:
    (card, *_), _ = cut(photos, tmp_path)
    assert isinstance(card, CutProduct)
    Image.new("RGBA", (40, 40)).save(tmp_path / FOLDER / f"{card.stem}.png")
    with pytest.raises(PhotoError, match="shows nothing: remove it"):
        load_product(tmp_path, card)
