from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.errors import ProductDoesNotFitError, SettingsError
from photoshoot.framing.holding import choose_stance
from photoshoot.framing.layout import AdSize, RenderKind, ad_sizes, lay_out
from photoshoot.records import Box, Category, Cutout, Edge
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.hanging_wall import HangingWall
from photoshoot.settings import Anchor, Placement, Stance
from tests.making import draw_cutout

CUTOUT = draw_cutout(32, 32, shape="box")
SEED_NUMBERS = {0, 1, 2, 4, 8, 16, 31, 32, 64, 128, 256, 512, 992, 1023}

any_size = st.sampled_from(ad_sizes(RenderKind.ALL))
any_stance = st.sampled_from(list(Stance))
any_placement = st.builds(
    Placement,
    anchor=st.sampled_from(list(Anchor)),
    center_x=st.none() | st.floats(0, 1),
    scale=st.floats(0.1, 3),
    padding=st.floats(0, 0.3),
    base=st.none() | st.floats(0.2, 1),
)


def cutout_of_size(width: int, height: int, touches: frozenset[Edge] = frozenset()) -> Cutout:
    return dataclasses.replace(CUTOUT, box=Box(left=0, top=0, right=width, bottom=height), touches=touches)


@given(st.integers(8, 3000), st.integers(8, 3000), any_size, any_stance, st.booleans(), any_placement)
@settings(deadline=None)
def test_the_product_lies_in_the_safe_area_in_its_own_shape(
    width: int, height: int, size: AdSize, stance: Stance, margin: bool, placement: Placement
) -> None:
    canvas = lay_out(cutout_of_size(width, height), size, stance=stance, safe_margin=margin, placement=placement)
    box = canvas.product_box
    assert canvas.safe_area.contains(box)
    assert abs(box.width - box.height * width / height) <= 1 + max(1, width / height)


@given(any_size, any_stance, st.booleans())
def test_the_safe_area_is_the_centred_size_without_margin(size: AdSize, stance: Stance, margin: bool) -> None:
    canvas = lay_out(cutout_of_size(100, 100), size, stance=stance, safe_margin=margin)
    assert (canvas.safe_area.width, canvas.safe_area.height) == (size.width_px, size.height_px)
    assert canvas.width_px % 2 == 0
    assert abs(canvas.safe_area.left - (canvas.width_px - canvas.safe_area.right)) <= 1


def test_landscape_with_and_without_margin_has_the_seeds_sizes() -> None:
    (landscape,) = ad_sizes(RenderKind.LANDSCAPE)
    wide = lay_out(CUTOUT, landscape, stance=Stance.UPRIGHT)
    strict = lay_out(CUTOUT, landscape, stance=Stance.UPRIGHT, safe_margin=False)
    assert (wide.width_px, wide.height_px, strict.width_px, strict.height_px) == (1674, 628, 1200, 628)


def test_anchors_order_left_to_right() -> None:
    (size,) = ad_sizes(RenderKind.LANDSCAPE)
    lefts = [
        lay_out(CUTOUT, size, stance=Stance.UPRIGHT, placement=Placement(anchor=anchor)).product_box.left
        for anchor in (Anchor.LEFT, Anchor.LEFT_THIRD, Anchor.CENTER, Anchor.RIGHT_THIRD, Anchor.RIGHT)
    ]
    assert lefts == sorted(set(lefts))


@pytest.mark.parametrize(
    ("size", "margin", "share"),
    [
        ("970x250", False, 1 / 3),
        ("1674x628", False, 1 / 3),
        ("leaderboard", True, 1 / 3),
        ("landscape", True, 1 / 2),  # its margins are for cropping it to the left or the right
        ("1920x1080", False, 1 / 2),
        ("wide_skyscraper", False, 1 / 2),
    ],
)
def test_a_product_in_a_wide_frame_leaves_room_for_words(size: str, margin: bool, share: float) -> None:
    ad = AdSize.of_its_own(size) or ad_sizes(RenderKind.parse(size))[0]
    canvas = lay_out(CUTOUT, ad, stance=Stance.UPRIGHT, safe_margin=margin)
    middle = (canvas.product_box.left + canvas.product_box.right) / 2 - canvas.safe_area.left
    assert abs(middle - share * canvas.safe_area.width) <= 1


def test_a_packshot_stands_in_the_middle_of_any_frame() -> None:
    ad = AdSize.of_its_own("970x250")
    assert ad is not None
    box = lay_out(CUTOUT, ad, stance=Stance.UPRIGHT, packshot=True).product_box
    assert abs(box.left - (970 - box.right)) <= 1


def test_a_rug_leaves_the_floor_round_it_to_be_seen() -> None:
    (size,) = ad_sizes(RenderKind.POST)
    for shape in ((800, 500), (500, 800), (600, 600)):
        box = lay_out(cutout_of_size(*shape), size, stance=Stance.LYING, safe_margin=False, on_floor=True).product_box
        assert max(box.width / 1080, box.height / 1080) < 0.66


def test_the_centre_goes_where_it_is_wanted_and_no_further_than_the_safe_area() -> None:
    (size,) = ad_sizes(RenderKind.LANDSCAPE)
    canvases = [
        lay_out(CUTOUT, size, stance=Stance.UPRIGHT, placement=Placement(center_x=x, anchor=Anchor.LEFT, padding=0.05))
        for x in (0, 0.3, 1)
    ]
    (first, third, last), safe = [canvas.product_box for canvas in canvases], canvases[0].safe_area
    assert abs((third.left + third.right) / 2 - (safe.left + 0.3 * safe.width)) <= 1  # of whole pixels
    assert (first.left - safe.left, safe.right - last.right) == (round(0.05 * 628), round(0.05 * 628))


def test_the_base_can_be_given_and_a_flat_lay_is_centred() -> None:
    (size,) = ad_sizes(RenderKind.POST)
    canvas = lay_out(CUTOUT, size, stance=Stance.UPRIGHT, placement=Placement(base=0.9))
    assert canvas.product_box.bottom == round(0.9 * 1080)
    lying = lay_out(CUTOUT, size, stance=Stance.LYING).product_box
    assert abs(lying.top - (1080 - lying.bottom)) <= 1


@pytest.mark.parametrize("size", ad_sizes(RenderKind.SOCIAL))
def test_what_is_low_stands_nearer_to_the_middle_and_what_is_tall_where_it_did(size: AdSize) -> None:
    low, tall = (lay_out(cutout_of_size(width, 100), size, stance=Stance.UPRIGHT) for width in (400, 30))
    middle = (low.product_box.top + low.product_box.bottom) / 2 / low.height_px
    assert low.product_box.bottom < tall.product_box.bottom - 0.02 * low.height_px
    assert 0.55 < middle < 0.65


@pytest.mark.parametrize(("height", "share"), [(200, 0.8), (500, 0.7), (700, 0.66), (1000, 0.66)])
def test_what_stands_and_is_low_is_wider(height: int, share: float) -> None:
    """Two cars stood like toys in the lower fifth of a tall picture."""
    (size,) = ad_sizes(RenderKind.VERTICAL)
    box = lay_out(cutout_of_size(1000, height), size, stance=Stance.UPRIGHT, safe_margin=False).product_box
    assert box.width / size.width_px == pytest.approx(share, abs=0.005)


@pytest.mark.parametrize(("height", "share"), [(300, 0.8), (600, 0.742), (800, 0.66), (1600, 0.625)])
def test_what_lies_as_a_low_strip_is_wider(height: int, share: float) -> None:
    """A shirt that lay aslant took a quarter of the picture's height, amid marble."""
    (size,) = ad_sizes(RenderKind.VERTICAL)
    box = lay_out(cutout_of_size(1000, height), size, stance=Stance.LYING).product_box
    assert box.width / 1080 == pytest.approx(share, abs=0.001)


def test_a_hanging_product_leaves_room_for_its_hanger() -> None:
    (size,) = ad_sizes(RenderKind.POST)
    box = lay_out(cutout_of_size(400, 800), size, stance=Stance.HANGING).product_box
    assert box.top > 1.2 * (1080 - box.bottom)
    assert 1080 - box.bottom > 0.1 * 1080  # a set's floor is seen there


@pytest.mark.parametrize(
    ("design", "category", "asked", "stance"),
    [
        (Cyclorama(), Category.DRINK, None, Stance.UPRIGHT),
        (Cyclorama(), Category.GARMENT, None, Stance.LYING),
        (FlatLay(), Category.DRINK, None, Stance.LYING),
        (HangingWall(), Category.GARMENT, None, Stance.HANGING),
        (HangingWall(), Category.DRINK, None, Stance.HANGING),
        (HangingWall(), Category.DRINK, Stance.UPRIGHT, Stance.UPRIGHT),
        (Cyclorama(), Category.GARMENT, Stance.HANGING, Stance.HANGING),
    ],
)
def test_the_placement_goes_before_the_set_and_the_set_before_the_product(
    design: Cyclorama | FlatLay | HangingWall, category: Category, asked: Stance | None, stance: Stance
) -> None:
    assert choose_stance(design, category, Placement(stance=asked)) is stance


@given(st.integers(8, 900), st.integers(8, 900))
def test_an_exact_box_is_filled_as_far_as_the_shape_allows(width: int, height: int) -> None:
    (size,) = ad_sizes(RenderKind.POST)
    placement = Placement(box_px=(300, 100, 700, 900))
    box = lay_out(cutout_of_size(width, height), size, stance=Stance.UPRIGHT, placement=placement).product_box
    assert Box(left=300, top=100, right=700, bottom=900).contains(box)
    assert box.bottom == 900
    assert box.width == 400 or box.height == 800


def test_an_exact_box_outside_the_safe_area_is_refused() -> None:
    (size,) = ad_sizes(RenderKind.LANDSCAPE)
    with pytest.raises(ProductDoesNotFitError, match="safe area"):
        lay_out(CUTOUT, size, stance=Stance.UPRIGHT, placement=Placement(box_px=(0, 0, 300, 300)))


@given(st.sampled_from(list(Edge)), any_size, st.booleans(), any_placement)
@settings(deadline=None)
def test_a_cut_side_lies_on_the_canvas_edge(edge: Edge, size: AdSize, margin: bool, placement: Placement) -> None:
    cutout = cutout_of_size(300, 400, frozenset({edge}))
    canvas = lay_out(cutout, size, stance=Stance.UPRIGHT, safe_margin=margin, placement=placement)
    side = {
        Edge.LEFT: canvas.product_box.left,
        Edge.TOP: canvas.product_box.top,
        Edge.RIGHT: canvas.width_px - canvas.product_box.right,
        Edge.BOTTOM: canvas.height_px - canvas.product_box.bottom,
    }
    assert side[edge] == 0
    assert canvas.snapped == {edge}


def test_opposite_cut_sides_span_the_canvas_or_are_refused() -> None:
    (size,) = ad_sizes(RenderKind.POST)
    both = frozenset({Edge.LEFT, Edge.RIGHT})
    box = lay_out(cutout_of_size(400, 100, both), size, stance=Stance.UPRIGHT, safe_margin=False).product_box
    assert (box.left, box.right) == (0, 1080)
    with pytest.raises(ProductDoesNotFitError, match="another size"):
        lay_out(cutout_of_size(400, 300, both), ad_sizes(RenderKind.LEADERBOARD)[0], stance=Stance.UPRIGHT)


@given(st.integers(-5, 2000))
def test_only_the_seeds_render_kinds_are_known(number: int) -> None:
    if number in SEED_NUMBERS:
        assert RenderKind.parse(number) == number
        assert RenderKind.parse(str(number)) == number
    else:
        with pytest.raises(SettingsError, match="render_kind"):
            RenderKind.parse(number)


def test_kinds_that_are_joined_to_no_group_are_told_as_a_list() -> None:
    with pytest.raises(SettingsError, match=r"in a list: \[RenderKind\.MEDIUM_BANNER, RenderKind\.HALF_PAGE\]"):
        RenderKind.parse(RenderKind.HALF_PAGE | RenderKind.MEDIUM_BANNER)


def test_names_and_groups_are_read() -> None:
    assert RenderKind.parse("Wide-Skyscraper") is RenderKind.WIDE_SKYSCRAPER
    assert [size.label for size in ad_sizes(RenderKind.UNSET)] == ["landscape"]
    assert len(ad_sizes(RenderKind.SOCIAL)) == 5
    assert len(ad_sizes(RenderKind.DISPLAY)) == 5
    assert len(ad_sizes(RenderKind.ALL)) == 10
    with pytest.raises(SettingsError, match="landscape"):
        RenderKind.parse("poster")


@given(st.integers(32, 8192), st.integers(32, 4394))
def test_a_size_of_ones_own_is_made_just_so(width: int, height: int) -> None:
    size = AdSize.of_its_own(f"{width}x{height}")
    assert size is not None
    canvas = lay_out(CUTOUT, size, stance=Stance.UPRIGHT)
    assert (canvas.width_px, canvas.height_px, canvas.label) == (width, height, f"{width}x{height}")
    assert canvas.safe_area.contains(canvas.product_box)


@pytest.mark.parametrize("text", ["31x500", "500x31", "8193x100", "8192x8192", "0x0", "999999999x1"])
def test_a_size_of_ones_own_has_bounds(text: str) -> None:
    with pytest.raises(SettingsError, match="32 to 8192 px"):
        AdSize.of_its_own(text)


def test_what_is_no_size_is_left_to_names() -> None:
    assert [AdSize.of_its_own(text) for text in ("landscape", "31", "x", "12x", "-100x100")] == [None] * 5
