"""Several kinds of things beside one product: all are there, none in another, and one alone is as it was."""

import dataclasses
import itertools

import numpy as np
import pytest

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props import STREWN
from photoshoot.placers.studio.assets.props.botanical import _cones
from photoshoot.placers.studio.assets.props.placement import Pieces
from photoshoot.placers.studio.assets.props.several import strew
from photoshoot.placers.studio.camera import View
from photoshoot.sets.props import LARGE_LEAVES
from photoshoot.settings import Stance
from tests.placers.studio.assets.props.piercing import share_inside, surface_points
from tests.placers.studio.assets.props.test_props import LAID_UNDER, THEMES, albedos, make_view, pixels
from tests.sweeps import sampled


def build(kinds: tuple[str, ...], stance: Stance = Stance.UPRIGHT) -> Pieces:
    return strew(kinds[0], kinds[1:], ())(make_view(1200, 628, stance), np.random.default_rng(2), ())


def _most_of(pair: tuple[str, str, Stance]) -> float:
    """The most of one kind that is in another: folds touch what stands on a cloth, and leaves that hang in cross."""
    if {*pair[:2]} <= set(LARGE_LEAVES):
        return 0.1
    return 0.03 if pair[1:] in LAID_UNDER else 0.02


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
    view = make_view(1674, 628)
    built = strew("shells", (), ())(view, np.random.default_rng(3), ())
    bare = STREWN["shells"](view, np.random.default_rng(3), ())
    assert {name: mesh.vertices.tobytes() for name, (mesh, _) in built.items()} == {
        name: mesh.vertices.tobytes() for name, (mesh, _) in bare.items()
    }


@pytest.mark.parametrize("stance", [Stance.UPRIGHT, Stance.LYING])
@pytest.mark.parametrize("kinds", [("vases", "tulips"), ("tulips", "vases")])
def test_flowers_stand_in_the_vases_that_are_named_with_them(kinds: tuple[str, ...], stance: Stance) -> None:
    view, rng = make_view(1200, 628, stance), np.random.default_rng(2)
    colors = {"vases": "#1f5fd6", "tulips": "#d2202f"}
    pieces = strew(kinds[0], kinds[1:], (colors[kinds[1]],))(view, rng, (colors[kinds[0]],))
    assert not any("tulips" in name or "vases" in name for name in pieces), "what stands in them lies nowhere else"
    for piece, color in (("glaze", "#1f5fd6"), ("heads", "#d2202f")):
        shown = np.concatenate(albedos(pieces[piece][1]))
        assert float(np.abs(shown - hex_to_linear(color)).max(1).min()) < 0.03
    lying = STREWN["tulips"](view, np.random.default_rng(2), ())
    assert set(lying) != set(pieces)


def test_what_lies_beside_vases_keeps_its_color() -> None:
    view, rng = make_view(1200, 628), np.random.default_rng(2)
    pieces = strew("citrus", ("vases", "daisies"), ("#1f5fd6",))(view, rng, ("#2fa34c",))
    rinds = np.concatenate([albedo for name, (_, coat) in pieces.items() if "rind" in name for albedo in albedos(coat)])
    assert float(np.abs(rinds - hex_to_linear("#2fa34c")).max(1).min()) < 0.03


PAIRS = [
    *((THEMES[number], THEMES[(number + step) % len(THEMES)]) for step in (5, 17) for number in range(len(THEMES))),
    ("books", "leaves"), ("leaves", "books"), ("books", "candles"), ("school", "gifts"), ("balloons", "books"),
]  # fmt: skip


SIZES = ((1200, 628, Stance.UPRIGHT), (1080, 1080, Stance.LYING))
EACH_KIND = sampled(itertools.product(enumerate(PAIRS), SIZES), lambda case: case[0][1][0])
"""Each beside another one, standing or lying; all pairs in both where all are tried."""


def test_no_kind_is_pierced_by_another() -> None:
    """Leaves went through books: those were told by their corners alone, and twigs reach past their middles."""
    pierced = {}
    for (seed, (main, other)), size in EACH_KIND:
        pieces = strew(main, (other,), ())(make_view(*size), np.random.default_rng(seed), ())
        parts = [
            surface_points(mesh for name, (mesh, _) in pieces.items() if name.startswith(f"{other}_") == is_other)
            for is_other in (False, True)
        ]
        pierced[main, other, size[2]] = max(share_inside(*parts), share_inside(*parts[::-1]))
    worst = {pair: round(share, 4) for pair, share in pierced.items() if share > _most_of(pair)}
    assert not worst
    most = 0.05 if len(pierced) >= 2 * len(PAIRS) else 0.1  # of a sample a few are by chance
    assert np.mean([share > 0.003 for share in pierced.values()]) < most


def test_stems_lie_round_what_is_there() -> None:
    """Those of flowers went through gifts: up to 7 % of what is seen of flowers was in boxes."""
    shares = []
    for seed in range(8):
        pieces = strew("flowers", ("gifts",), ())(make_view(1200, 628), np.random.default_rng(seed), ())
        gifts, flowers = (
            surface_points(mesh for name, (mesh, _) in pieces.items() if name.startswith("gifts_") == is_gift)
            for is_gift in (True, False)
        )
        shares.append(share_inside(flowers, gifts))
    assert np.mean(shares) < 0.012


def test_what_finds_no_room_beside_books_is_smaller_and_there() -> None:
    for size in ((1200, 628), (1080, 1080)):
        pieces = strew("books", ("leaves",), ())(make_view(*size), np.random.default_rng(4), ())
        assert len(pieces["leaves_leaves"][0].faces) > 100


@pytest.mark.parametrize("size", [(1506, 1080), (1080, 1920), (1200, 628)])
def test_what_a_kind_is_known_by_finds_room_before_others_that_follow(size: tuple[int, int]) -> None:
    """A cup among coffee beans where leaves are to lie, too: it gets smaller, and is not left out."""
    view = make_view(*size, half_share=0.09)
    for seed in range(6):
        pieces = strew("coffee", ("leaves", "autumn_leaves"), ())(view, np.random.default_rng(seed), ())
        assert len(pieces["china"][0].faces) > 1, f"no cup with seed {seed}"


def test_cups_are_no_dolls() -> None:
    """Beside a stack of books two were made small so that both found room, where one of a cup's size does."""
    view = dataclasses.replace(make_view(1080, 1080, half_share=0.24), kept=((0.0, -0.3, 1.2),))
    china = [STREWN["tea"](view, np.random.default_rng(seed), ())["china"][0] for seed in range(3)]
    assert min(float(np.ptp(mesh.vertices[:, 1])) for mesh in china) > 0.4


@pytest.mark.parametrize("kind", sorted({*STREWN} - {"none"}))
def test_what_lies_beside_a_large_product_is_seen(kind: str) -> None:
    """Of leaves the tip of a twig was in the picture, and of cones on a stump none."""
    for seed in range(3):
        view = make_view(1080, 1080, half_share=0.33)
        pieces = strew(kind, (), ())(view, np.random.default_rng(seed), ())
        assert share_covered(pieces, view) > 0.005, seed


def share_covered(pieces: Pieces, view: View) -> float:
    """The share of the picture's squares in which a point of things is."""
    points = pixels(pieces, view) / view.width_px
    cells = {tuple(cell) for cell in np.floor(points * 60).astype(int).tolist() if min(cell) >= 0 and max(cell) < 60}
    return len(cells) / 60**2


def test_cones_beside_small_twigs_are_no_beads() -> None:
    """On a stump beside a bottle they were as small as berries, and hidden by those."""
    view = make_view(1080, 1080)
    lengths, found = _cones(view, np.random.default_rng(1), np.full(2, 0.1))
    assert found
    assert lengths.min() > 0.25
    assert _cones(view, np.random.default_rng(1), np.full(2, 0.45))[0].tolist() == [0.45, 0.45]


@pytest.mark.parametrize("seed", range(4))
def test_bread_beside_a_wide_mug_has_a_loaf(seed: int) -> None:
    """Slices alone were there, sunk in a bed's linen."""
    pieces = STREWN["bread"](make_view(1080, 1080, half_share=0.33), np.random.default_rng(seed), ())
    assert np.ptp(pieces["crust"][0].vertices[:, 1]) > 0.12
