from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from photoshoot.errors import NoProductFoundError, UnknownNameError, WeightsMissingError
from photoshoot.pixels.photos import read_photo
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.weights import find_weights
from tests.segmenters.drawing import draw_backdrop, draw_matte, iou, take_photo

pytest.importorskip("rembg")
from photoshoot.segmenters.rembg import RembgSegmenter


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("u2net")
    shutil.copy(find_weights("u2netp"), home / "u2netp.onnx")
    return home


@pytest.mark.usefixtures("asked_anew")
def test_the_same_network_gives_the_same_product(folder: Path) -> None:
    before = dict(os.environ)
    true = draw_matte("mug")
    photo = take_photo(true, draw_backdrop("gradient"))
    cutout = RembgSegmenter("u2netp", folder=folder).segment([photo])[0]
    embedded = U2NetSegmenter().segment([photo])[0]
    assert iou(cutout.alpha_matte, true) > 0.985
    assert float(np.abs(cutout.alpha_matte - embedded.alpha_matte).mean()) < 1e-3
    assert cutout.segmenter.endswith("/u2netp")
    assert dict(os.environ) == before


def test_nothing_is_not_stretched_to_a_product(folder: Path) -> None:
    with pytest.raises(NoProductFoundError):
        RembgSegmenter("u2netp", folder=folder).segment([read_photo(draw_backdrop("white", 200))])


def test_missing_weights_say_how_to_get_them(folder: Path) -> None:
    with pytest.raises(WeightsMissingError, match="photoshoot weights pull isnet-general-use"):
        RembgSegmenter("isnet-general-use", folder=folder)
    with pytest.raises(WeightsMissingError, match=r"rembg\.new_session\('silueta'\)"):
        RembgSegmenter("silueta", folder=folder)


def test_an_unknown_network_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="u2net"):
        RembgSegmenter("u2nett")
