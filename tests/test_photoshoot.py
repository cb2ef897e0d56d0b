from __future__ import annotations

import pickle
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from photoshoot import (
    DeviceError,
    InputError,
    LightOverride,
    NoProductFoundError,
    PhotoError,
    Photoshoot,
    Placement,
    Product,
    Progress,
    Prompt,
    PromptError,
    RenderKind,
    Request,
    SettingsError,
    Shot,
    ShotRequest,
    Stance,
    UnknownNameError,
)
from photoshoot.errors import CancelledError, PromptNotUnderstoodError
from photoshoot.machine.cancellation import check_cancelled
from photoshoot.pixels.imaging import CORE_ALPHA, build_layer
from photoshoot.production import plan_shots, shot_seed
from photoshoot.prompts import PromptsLike
from photoshoot.request import resolve_request
from tests.conftest import EXAMPLES
from tests.jobs.stubs import FlatPlacer, build_shoot

SMALL = "150x125"  # half of the time that a small banner takes
PRESETS = [Prompt.preset("white_background"), Prompt.preset("on_platform_natural_beige_background")]


def generate(shoot: Photoshoot, product: Product, prompts: list[Prompt], seed: int = 7) -> list[Shot]:
    return shoot.generate(product, prompts=prompts, render_kind=SMALL, safe_margin=False, seed=seed)


@pytest.fixture(scope="module")
def shots(shoot: Photoshoot, bottle: Product) -> list[Shot]:
    return generate(shoot, bottle, PRESETS)


def test_a_photo_becomes_pictures_of_its_product(shots: list[Shot]) -> None:
    assert [shot.image.shape for shot in shots] == [(125, 150, 3)] * 2
    assert [shot.scene.preset_id for shot in shots] == [prompt.preset_id for prompt in PRESETS]
    assert all(shot.image.std() > 10 for shot in shots)
    assert all(shot.provenance.engine == "studio" for shot in shots)


def test_the_products_core_is_bit_identical_under_every_preset(shots: list[Shot]) -> None:
    first, second = shots
    assert first.canvas == second.canvas
    layer = build_layer(first.product.cutout, first.canvas)
    core = layer.alpha_matte >= CORE_ALPHA
    assert core.sum() > 500
    np.testing.assert_array_equal(first.image[core], second.image[core])
    np.testing.assert_array_equal(first.image[core], layer.rgb[core])
    assert np.abs(first.image.astype(int) - second.image)[~core].mean() > 5
    assert all(
        shot.quality is not None and shot.quality.passed and shot.quality.value("max_difference") == 0 for shot in shots
    )
    assert first.quality
    assert second.quality
    assert first.quality.core_sha256 == second.quality.core_sha256


def test_records_are_pickled_without_weights_and_sessions(shoot: Photoshoot, shots: list[Shot], tmp_path: Path) -> None:
    data = pickle.dumps([*shots, shoot.recommend(shots[0].product), shoot.presets.get("white_background")])
    assert b"onnxruntime" not in data
    assert b"StudioPlacer" not in data
    assert b"Segmenter" not in data
    again, _, recommendation, preset = pickle.loads(data)
    np.testing.assert_array_equal(again.image, shots[0].image)
    assert again.scene == shots[0].scene
    assert recommendation.preset_ids
    assert preset == shoot.presets.get("white_background")
    first, second = (shot.save(tmp_path / name) for shot, name in ((shots[0], "a.png"), (again, "b.png")))
    assert first.read_bytes() == second.read_bytes()


def test_every_core_pixel_lies_in_the_safe_area(shoot: Photoshoot, bottle: Product) -> None:
    kinds = [RenderKind.MEDIUM_BANNER, RenderKind.LEADERBOARD]
    requests = [Request(product=bottle, prompts=PRESETS[:1], render_kind=kind, seed=1) for kind in kinds]
    for (item,) in shoot._plan(requests, lambda _: None):
        safe, layer = item.canvas.safe_area, item.layer
        rows, columns = np.nonzero(layer.alpha_matte >= CORE_ALPHA)
        assert safe.left <= columns.min()
        assert columns.max() < safe.right
        assert safe.top <= rows.min()
        assert rows.max() < safe.bottom


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(
    shoot: Photoshoot, bottle: Product, shots: list[Shot]
) -> None:
    again = generate(shoot, bottle, PRESETS)
    other = generate(shoot, bottle, PRESETS[:1], seed=8)
    for one, two in zip(shots, again, strict=True):
        np.testing.assert_array_equal(one.image, two.image)
    assert np.abs(shots[0].image.astype(int) - other[0].image).max() > 3


@pytest.mark.exhaustive(
    "tests/test_photoshoot.py::test_a_batch_equals_solo_runs",
    "tests/test_photoshoot.py::test_the_same_seed_gives_the_same_bytes_and_another_gives_others",
)
def test_one_prompt_six_times_gives_six_pictures(shoot: Photoshoot, bottle: Product) -> None:
    shots = generate(shoot, bottle, [Prompt.preset("white_background")] * 6)
    pictures = [shot.image.astype(int) for shot in shots]
    for i in range(6):
        for j in range(i):
            assert np.abs(pictures[i] - pictures[j]).max() > 3, (i, j)


def test_a_batch_equals_solo_runs(shoot: Photoshoot, bottle: Product, shots: list[Shot]) -> None:
    seed = 7
    assert [shot.seed for shot in shots] == [shot_seed(seed, 0), shot_seed(seed, 1)]
    swapped = generate(shoot, bottle, [PRESETS[0], PRESETS[0]])
    np.testing.assert_array_equal(swapped[0].image, shots[0].image)
    both = shoot.generate_many(
        [
            Request(product=bottle, prompts=[prompt], render_kind=SMALL, safe_margin=False, seed=seed)
            for prompt in PRESETS
        ]
    )
    np.testing.assert_array_equal(both[0][0].image, shots[0].image)


def test_custom_and_preset_prompts_mix_and_the_reading_is_told(shoot: Photoshoot, bottle: Product) -> None:
    prompts = [Prompt.custom("on a black marble slab, rim light"), PRESETS[0]]
    custom, preset = generate(shoot, bottle, prompts)
    assert custom.scene.preset_id is None
    assert "marble" in custom.scene.reading
    assert preset.scene.preset_id == "white_background"
    assert preset.scene.full_text.startswith(bottle.name)


def test_a_group_gives_a_shot_per_prompt_and_size(shoot: Photoshoot, bottle: Product) -> None:
    requests = Request(product=bottle, prompts=PRESETS, render_kind=RenderKind.DISPLAY, seed=3)
    plan = shoot._plan([requests], lambda _: None)[0]
    assert len(plan) == 10
    assert [item.canvas.label for item in plan[:5]] == [item.canvas.label for item in plan[5:]]
    assert {item.seed for item in plan[:5]} == {shot_seed(3, 0)}


def test_each_scene_holds_the_product_its_own_way(shoot: Photoshoot, bottle: Product) -> None:
    prompts = [PRESETS[0], Prompt.preset("white_linen_flat_lay_leaf_shadows"), PRESETS[1]]
    plan = shoot._plan([Request(product=bottle, prompts=prompts, seed=3)], lambda _: None)[0]
    assert [item.canvas.stance for item in plan] == [Stance.UPRIGHT, Stance.LYING, Stance.UPRIGHT]
    assert plan[0].layer is plan[2].layer
    standing = Placement(stance=Stance.UPRIGHT)
    forced = shoot._plan([Request(product=bottle, prompts=prompts, placement=standing, seed=3)], lambda _: None)[0]
    assert {item.canvas.stance for item in forced} == {Stance.UPRIGHT}


def test_the_light_is_decided_for_every_scene_and_told(shoot: Photoshoot, bottle: Product) -> None:
    prompts = [PRESETS[0], Prompt.custom("on a marble table, light from the left")]
    light = LightOverride(azimuth_deg=70, shadow_intensity=0.8)
    plan = shoot._plan([Request(product=bottle, prompts=prompts, light=light, seed=3)], lambda _: None)[0]
    for item in plan:
        decided = item.scene.design.light
        assert (decided.azimuth_deg, round(decided.fill, 6), decided.fixed) == (70, 0.2, True)
        assert item.scene.reading.endswith("light: azimuth_deg 70, shadow_intensity 0.8")


def test_progress_is_told_and_a_stream_can_be_left(shoot: Photoshoot, bottle: Product) -> None:
    heard: list[Progress] = []
    request = Request(product=bottle, prompts=PRESETS, render_kind=SMALL, seed=7)
    stream = shoot.stream(request, heard.append)
    next(stream)
    stream.close()
    assert [(p.stage, p.done, p.total) for p in heard] == [("describe", 0, 1), ("describe", 1, 1), ("place", 1, 2)]
    assert heard[-1].percent == 50


def test_a_call_is_cancelled_within_a_picture(bottle: Product) -> None:
    begun, painted = list[int](), list[int]()

    def paint(request: ShotRequest) -> None:
        begun.append(request.prompt_index)
        if len(begun) == 1:
            flat.cancel()
        check_cancelled()
        painted.append(request.prompt_index)

    flat = build_shoot(FlatPlacer(overlap=2, before=paint))
    with pytest.raises(CancelledError):
        generate(flat, bottle, PRESETS)
    assert painted == []
    generate(flat, bottle, PRESETS)
    assert sorted(painted) == [0, 1], "later calls are not concerned"


def test_planned_shots_of_several_requests_share_a_batch(bottle: Product) -> None:
    placer = FlatPlacer(batch_size=4)
    flat = build_shoot(placer)
    requests = [Request(product=bottle, prompts=PRESETS, render_kind=SMALL, seed=seed) for seed in (1, 2)]
    planned = [item for request in requests for item in plan_shots(resolve_request(request, bottle), flat.presets)]
    heard: list[Progress] = []
    placed = list(flat.place(planned, heard.append))
    assert [len(batch) for batch in placer.batches] == [4]
    assert [(p.done, p.total) for p in heard if p.ahead == 0] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    alone = [shot for shots in flat.generate_many(requests) for shot in shots]
    assert [shot.seed for shot in placed] == [shot.seed for shot in alone]
    for shot, expected in zip(placed, alone, strict=True):
        np.testing.assert_array_equal(shot.image, expected.image)
        assert shot.quality is not None


def test_names_can_be_given(shoot: Photoshoot, bottle: Product) -> None:
    (shot,) = shoot.generate(
        bottle, prompts=PRESETS[:1], render_kind=SMALL, seed=1, name="vodka bottle", description="Clear glass."
    )
    assert shot.product.name == "vodka bottle"
    assert shot.product.description == "Clear glass."
    assert shot.scene.full_text == "vodka bottle, in front of a white background"


def test_recommendations_can_be_shot(shoot: Photoshoot) -> None:
    recommendation = shoot.recommend(EXAMPLES / "mug.jpg")
    assert len(set(recommendation.prompts)) == 4
    assert len(set(recommendation.preset_ids)) == 6
    assert all(preset_id in shoot.presets.ids for preset_id in recommendation.preset_ids)
    prompts = [Prompt.custom(recommendation.prompts[0]), Prompt.preset(recommendation.preset_ids[0])]
    assert len(generate(shoot, recommendation.product, prompts)) == 2


def test_shots_are_saved_through_their_exporter(shots: list[Shot], tmp_path: Path) -> None:
    path = shots[0].save(tmp_path)
    assert path.suffix == ".png"
    assert "white-background" in path.name
    pdf = shots[0].save(tmp_path / "shot.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-1.6")
    with pytest.raises(SettingsError, match="gif"):
        shots[0].save(tmp_path, format="gif")


def test_what_is_wrong_is_said_before_anything_is_rendered(shoot: Photoshoot, bottle: Product) -> None:
    for empty in ("", " \n"):  # no wish for the six that suit best
        with pytest.raises(PromptError, match="the prompt is empty"):
            shoot.generate(bottle, prompts=empty)
    with pytest.raises(PromptError, match="7"):
        generate(shoot, bottle, [PRESETS[0]] * 7)
    with pytest.raises(UnknownNameError, match="white_background"):
        generate(shoot, bottle, [Prompt.preset("white_backgrund")])
    with pytest.raises(SettingsError, match="seed"):
        generate(shoot, bottle, PRESETS, seed=-1)
    with pytest.raises(SettingsError, match="render_kind"):
        shoot.generate(bottle, prompts=PRESETS, render_kind=RenderKind(3))
    with pytest.raises(NoProductFoundError):
        shoot.generate(np.full((300, 300, 3), 240, np.uint8), prompts=PRESETS)


@pytest.mark.parametrize(
    ("prompts", "error"),
    [(["preset"] * 7, PromptError), ([Prompt.preset("white_backgrund")], UnknownNameError)],
)
def test_what_is_wrong_is_said_before_the_photo_is_read(prompts: list[Prompt], error: type[Exception]) -> None:
    flat = build_shoot(FlatPlacer())
    with pytest.raises(error):
        flat.generate("/nowhere/at/all.jpg", prompts=prompts)
    with pytest.raises(PhotoError):
        flat.generate("/nowhere/at/all.jpg", prompts=PRESETS)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda shoot, _: shoot.generate_many("x"), "in a list.*not str"),
        (lambda shoot, one: shoot.generate_many(one), "in a list.*not Request"),
        (lambda shoot, _: shoot.generate_many({"product": "x"}), "in a list.*not dict"),
        (lambda shoot, _: shoot.generate_many(None), "in a list.*not NoneType"),
        (lambda shoot, one: shoot.generate_many([one, "x.jpg"]), "request 1 is to be a Request.*not str"),
        (lambda shoot, one: next(shoot.stream([one])), "request 0 is to be a Request.*not list"),
        (lambda shoot, one: shoot.describe(one.product), "in a list, even a single one"),
        (lambda shoot, one: shoot.cut_out([one.product], "the left one"), "segmentation"),
        (lambda shoot, one: shoot.refine(one.product), "a cut-out is refined.*not ndarray"),
        (lambda shoot, one: shoot.recommend(one.product, date="2026-12-24"), "date"),
        (lambda shoot, one: shoot.generate(one.product, prompts=b"on marble"), "prompts must be texts.*not bytes"),
        (lambda shoot, one: shoot.generate(one.product, prompts=5), "prompts must be texts.*not int"),
        (lambda shoot, one: shoot.generate([one.product]), "can't be read from list"),
        (lambda shoot, one: shoot.generate(one.product, prompts=one), "not Request; give its prompts"),
        (lambda shoot, one: shoot.generate(one.product, on_progress=5), "on_progress=5 .* a function that takes"),
    ],
)
def test_a_wrong_container_is_told_what_to_write(call: Callable[[Photoshoot, Request], object], told: str) -> None:
    one = Request(product=np.zeros((40, 40, 3), np.uint8), prompts="on a marble table")
    with pytest.raises(InputError, match=told):
        call(build_shoot(FlatPlacer()), one)


def test_a_photoshoot_is_shown_by_its_stages(shoot: Photoshoot) -> None:
    assert repr(shoot).startswith("Photoshoot(segmenter=")
    assert repr(shoot).endswith(", placer=StudioPlacer)")


def test_a_photoshoot_without_parts_says_where_there_are_some() -> None:
    with pytest.raises(TypeError, match=r"Photoshoot\.embedded\(\)"):
        Photoshoot()  # type: ignore[call-arg]


def test_a_request_can_be_kept_in_a_set(bottle: Product) -> None:
    photo = np.zeros((40, 40, 3), np.uint8)
    for product in (None, "x.jpg", photo, bottle):
        spelt: list[PromptsLike] = [
            ["on wood"],
            ("on wood",),
            "on wood",
            [{"tag": "custom", "prompt": "on wood"}],
            iter(["on wood"]),
        ]
        assert len({Request(product=product, prompts=prompts) for prompts in spelt}) == 1
    assert len({Request(prompts=prompts) for prompts in ("on wood", ["on stone"], ())}) == 3
    others = (photo.copy(), photo + 1, "x.jpg", photo[:20])
    assert [Request(product=photo) == Request(product=other) for other in others] == [True, False, False, False]
    assert Request(seed=1) != Request(seed=2)
    assert Request() != "request"


def test_a_closed_one_refuses_every_verb(bottle: Product) -> None:
    with build_shoot(FlatPlacer()) as closed:
        request = Request(product=bottle, prompts=PRESETS, render_kind=SMALL)
        planned = closed._plan([request], lambda _: None)[0]
    verbs: list[Callable[[], object]] = [
        lambda: closed.cut_out([]),
        lambda: closed.describe([bottle]),
        lambda: closed.recommend(bottle),
        lambda: closed.generate(bottle, prompts=PRESETS),
        lambda: closed.generate_many([request]),
        lambda: next(closed.stream(request)),
        lambda: next(closed.place(planned)),
    ]
    for verb in verbs:
        with pytest.raises(DeviceError, match="closed"):
            verb()


def test_words_that_no_set_shows_are_in_the_scene(bottle: Product) -> None:
    prompts = ["on a marble slab with a xylophone", "flurb gnarx"]
    shoot = build_shoot(FlatPlacer())
    with pytest.raises(PromptNotUnderstoodError, match="flurb gnarx"):
        shoot.generate(bottle, prompts=prompts, render_kind=SMALL)
    half, none = shoot.generate(bottle, prompts=prompts, render_kind=SMALL, plain_if_unread=True)
    assert any("xylophone" in words for words in half.scene.unread)
    assert none.scene.unread == ("flurb gnarx",)


def test_threads_may_share_one(shoot: Photoshoot, bottle: Product, shots: list[Shot]) -> None:
    results: dict[int, list[Shot]] = {}

    def work(index: int) -> None:
        results[index] = generate(shoot, bottle, PRESETS[:1])

    threads = [threading.Thread(target=work, args=(index,)) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results.values():
        np.testing.assert_array_equal(result[0].image, shots[0].image)
    assert len(results) == 2


def test_a_cut_side_is_snapped_to_the_canvas(shoot: Photoshoot, bottle: Product) -> None:
    rows = slice(0, (bottle.cutout.box.top + bottle.cutout.box.bottom) // 2)
    photo = bottle.cutout.rgb[rows].copy()
    photo[bottle.cutout.alpha_matte[rows] < 0.5] = 255
    (shot,) = shoot.generate(photo, prompts=PRESETS[:1], render_kind=SMALL, seed=1, placement=Placement())
    assert shot.canvas.product_box.bottom == shot.canvas.height_px
    assert shot.quality is not None
    assert shot.quality.passed
