"""Several kinds of things beside one product: all are there, none in another, and one alone is as it was."""

import numpy as np
import pytest

from photoshoot.placers.studio.assets.props import STREWN
from photoshoot.placers.studio.assets.props.placement import Pieces
from photoshoot.placers.studio.assets.props.several import strew
from photoshoot.settings import Stance
from tests.placers.studio.assets.props.test_props import make_view


def build(kinds: tuple[str, ...], stance: Stance = Stance.UPRIGHT) -> Pieces:
    return strew(kinds[0], kinds[1:], ())(make_view(1200, 628, stance), np.random.default_rng(2), ())


def squares(pieces: Pieces) -> set[tuple[int, int]]:
    points = np.concatenate([mesh.vertices[:, [0, 2]] for mesh, _ in pieces.values()])
    return {tuple(cell) for cell in np.floor(points / 0.1).astype(int).tolist()}


@pytest.mark.parametrize("stance", [Stance.UPRIGHT, Stance.LYING])
def test_each_kind_is_there_and_hardly_in_another(stance: Stance) -> None:
    pieces = build(("citrus", "ice", "pearls"), stance)
    ice, pearls = ({n: p for n, p in pieces.items() if n.startswith(kind)} for kind in ("ice_", "pearls_"))
    fruit = {name: piece for name, piece in pieces.items() if name not in {*ice, *pearls}}
    found = [squares(part) for part in (fruit, ice, pearls)]
    shared = found[0] & found[1] | found[0] & found[2] | found[1] & found[2]
    assert min(map(len, found)) > 10
    assert len(shared) < 0.12 * sum(map(len, found)), f"{len(shared)} squares hold two kinds"


def test_one_kind_alone_is_as_it_was() -> None:
    assert strew("shells", (), ()) is STREWN["shells"]
