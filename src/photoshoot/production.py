"""From a resolved request to finished shots.

Scenes resolved, the product laid out, a seed for each; placed in batches, inspected, drawn again where chance failed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from photoshoot.distribution import DISTRIBUTION
from photoshoot.errors import DeviceError, PromptNotUnderstoodError, ShotsFailedError
from photoshoot.framing.holding import Holding
from photoshoot.framing.layout import lay_out
from photoshoot.framing.product_sizes import scale
from photoshoot.framing.shot_sizes import asked_frame, with_shot_size
from photoshoot.machine.lookahead import map_ahead
from photoshoot.meaning import has_embedder
from photoshoot.pixels.imaging import build_layer
from photoshoot.presets import PresetRegistry
from photoshoot.prompts import Prompt, parse_prompts, resolve_prompts
from photoshoot.quality import THRESHOLDS
from photoshoot.records import Canvas, Preview, ProductLayer, Progress, Recipe, Scene, Shot, ShotRequest
from photoshoot.request import Request, ResolvedRequest, settings_of
from photoshoot.seeds import REDRAW, SHOT
from photoshoot.sets.design import SetDesign, ShotSize
from photoshoot.settings import SizeClass, Stance
from photoshoot.stages import Placer, Segmenter
from photoshoot.vision.printed_text import PrintedTextReader

OnProgress: TypeAlias = "Callable[[Progress], object]"
"""Told of each finished step; what it returns is ignored, what it raises stops the work."""
Outcome: TypeAlias = "Shot | DeviceError"
"""A shot, or why it became none."""


def produce(
    requests: Sequence[ShotRequest],
    placer: Placer,
    segmenter: Segmenter,
    tell: OnProgress,
    reader: PrintedTextReader | None,
) -> Iterator[Shot]:
    """Make planned shots, each with its report; yielded in order, as they finish.

    Args:
        requests: What to make; batched in this order.
        placer: Makes the pictures: as many at a time, and as many batches at once, as it likes best.
        segmenter: Cuts products out of pictures where their growth is measured.
        tell: Told of each finished step.
        reader: Reads the product's words in pictures that a network painted. None: nobody does.

    Raises:
        ShotsFailedError: Some shots became no pictures; all others were yielded before.
    """
    failures: dict[int, DeviceError] = {}
    for place, outcome in enumerate(_make(requests, placer, segmenter, tell, reader)):
        if isinstance(outcome, DeviceError):
            failures[place] = outcome
        else:
            yield outcome
    if failures:
        raise ShotsFailedError(failures)


def _make(
    requests: Sequence[ShotRequest],
    placer: Placer,
    segmenter: Segmenter,
    tell: OnProgress,
    reader: PrintedTextReader | None,
) -> Iterator[Outcome]:
    total, size, done = len(requests), max(1, placer.batch_size), 0

    def place(batch: Sequence[ShotRequest]) -> list[Outcome]:
        def on_step(step: int, steps: int, preview: Preview | None = None) -> None:
            message, ahead = f"{_title(batch[0].scene)}: step {step} of {steps}", len(batch) * step / steps
            tell(Progress(stage="place", done=done, total=total, message=message, ahead=ahead, preview=preview))

        try:
            return list(placer.place(batch, on_step))
        except ShotsFailedError as error:
            return error.outcomes()

    def say(request: ShotRequest, number: int, failed: Sequence[str]) -> None:
        message = f"{_title(request.scene)}: drawn again ({number}), since it failed {', '.join(failed)}"
        tell(Progress(stage="place", done=done, total=total, message=message))

    def look(request: ShotRequest, shot: Shot) -> Shot:
        return _inspect(request, shot, segmenter, reader)

    batches = [requests[start : start + size] for start in range(0, total, size)]
    for batch, shots in zip(batches, map_ahead(place, batches, placer.overlap, cancels=True), strict=True):
        for request, shot in zip(batch, redraw(batch, shots, place, look, say), strict=True):
            done += 1
            message = _title(request.scene) + (": failed" if isinstance(shot, DeviceError) else "")
            tell(Progress(stage="place", done=done, total=total, message=message))
            yield shot


def gather(shots: Iterable[Shot]) -> list[Outcome]:
    """What ``produce`` yields, with the reasons where it yields nothing: an outcome a request, in order."""
    made: list[Shot] = []
    try:
        for shot in shots:
            made.append(shot)  # noqa: PERF402  # those before an error are kept
    except ShotsFailedError as error:
        return ShotsFailedError(error.failures, made).outcomes()
    return list(made)


def redraw(
    requests: Sequence[ShotRequest],
    shots: Sequence[Outcome],
    place: Callable[[Sequence[ShotRequest]], Sequence[Outcome]],
    inspect: Callable[[ShotRequest, Shot], Shot],
    say: Callable[[ShotRequest, int, Sequence[str]], object],
) -> list[Outcome]:
    """Inspect a batch and draw again what fails a hard check that another seed may mend.

    A shot's redraws depend on nothing but its own request, so its neighbours are as they would be without it.

    Args:
        requests: What was asked for; each one's recipe says how often it may be drawn again.
        shots: The first drawings, in the same order; one that became no picture is not drawn again.
        place: Makes pictures.
        inspect: Measures one.
        say: Told before each redraw: the request, which redraw it is, and the names of the failed checks.

    Returns:
        For each request its first drawing that passes, else the one with the fewest failed hard checks; its report
        says how many redraws were made.
    """
    drawn = [
        [] if isinstance(shot, DeviceError) else [inspect(request, shot)]
        for request, shot in zip(requests, shots, strict=True)
    ]
    number = 0
    while True:
        number += 1
        again = [i for i, made in enumerate(drawn) if made and number <= _allowed(requests[i]) and _mendable(made[-1])]
        if not again:
            return [_keep_best(made) if made else shot for made, shot in zip(drawn, shots, strict=True)]
        for i in again:
            say(requests[i], number, _failed(drawn[i][-1]))
        seeded = [replace(requests[i], seed=redraw_seed(requests[i].seed, number)) for i in again]
        for i, request, shot in zip(again, seeded, place(seeded), strict=True):
            if not isinstance(shot, DeviceError):
                drawn[i].append(inspect(request, shot))


def redraw_seed(seed: int, number: int) -> int:
    """The seed of a shot's redraw, from 1; 0 to 2**32 - 1."""
    return REDRAW.seed(seed, number)


def _inspect(request: ShotRequest, shot: Shot, segmenter: Segmenter, reader: PrintedTextReader | None) -> Shot:
    from photoshoot.quality.gate import inspect  # brings SciPy: 0.2 s, too much for `import photoshoot`

    asked = None if request.recipe is None else request.recipe.measure_expansion
    painted = shot.provenance.engine == "diffusion"
    looks = painted if asked is None else asked
    return inspect(shot, request.layer, segmenter if looks else None, reader if painted else None)


def _allowed(request: ShotRequest) -> int:
    """Drafts are shown as they are: they show what the picture would be, noise and all."""
    return 0 if request.recipe is None or request.draft_of is not None else request.recipe.max_redraws


def _failed(shot: Shot) -> tuple[str, ...]:
    return () if shot.quality is None else shot.quality.failed


def _mendable(shot: Shot) -> bool:
    """Whether another seed may help: geometry and the product's own pixels are the same under every seed."""
    failed = _failed(shot)
    return bool(failed) and all(THRESHOLDS[name].by_chance for name in failed)


def _keep_best(attempts: Sequence[Shot]) -> Shot:
    best = min(attempts, key=lambda shot: len(_failed(shot)))
    if len(attempts) == 1 or best.quality is None:
        return best
    return replace(best, quality=replace(best.quality, redraws=len(attempts) - 1))


def _title(scene: Scene) -> str:
    return scene.preset_id or scene.text


def check_request(request: Request, presets: PresetRegistry, *, any_text: bool) -> Request:
    """Say what is wrong with a request's prompts before its photo is read; gives it back with its prompts parsed.

    Args:
        request: What is asked for.
        presets: The presets that its prompts may name.
        any_text: Whether what makes the pictures reads any text, as networks do; then no prompt is refused.

    Raises:
        PromptError: There are too many prompts, or one is malformed.
        PromptNotUnderstoodError: Nothing of a prompt was understood, and the request does not take a plain backdrop.
        UnknownNameError: A preset does not exist.
    """
    prompts = parse_prompts(request.prompts) if request.prompts else []
    for prompt in prompts:
        if prompt.preset_id is not None:
            presets.get(prompt.preset_id)
        elif not (any_text or request.plain_if_unread or prompt.is_native):
            from photoshoot.director import direct  # presets need none of it

            _refuse_unread(prompt, direct(prompt.text or "", presets).understood)
    return replace(request, prompts=tuple(prompts))


def plan_shots(request: ResolvedRequest, presets: PresetRegistry, *, any_text: bool = False) -> list[ShotRequest]:
    """Resolve scenes and lay out a request: prompts in order, and sizes within a prompt.

    Args:
        request: What is asked for, as ``resolve_request`` gives it.
        presets: The presets that its prompts may name.
        any_text: Whether what makes the pictures reads any text, as networks do; then no prompt is refused.

    Raises:
        UnknownNameError: A preset does not exist.
        PromptNotUnderstoodError: Nothing of a prompt was understood, and the request does not take a plain backdrop.
        ProductDoesNotFitError: The product can't be laid out in a canvas as asked.
    """
    product = request.product
    scenes = resolve_prompts(request.prompts, product, presets, request)
    for prompt, scene in zip(request.prompts, scenes, strict=True):
        _refuse_unread(prompt, scene.understood or any_text or request.plain_if_unread)
    holding = Holding.of(product, request.placement)
    stances = [holding.find_stance(scene.design) for scene in scenes]
    scenes = [holding.settle(scene, stance) for scene, stance in zip(scenes, stances, strict=True)]
    frames = [(stance, *asked_frame(scene.design)) for scene, stance in zip(scenes, stances, strict=True)]
    placed = {frame: _place_in_canvases(request, *frame, holding) for frame in dict.fromkeys(frames)}
    shots = [
        ShotRequest(
            product=product,
            layer=layer,
            canvas=canvas,
            scene=replace(scene, design=_leave_out(scene.design, prompt.negative)),
            seed=shot_seed(request.seed, index),
            prompt_index=index,
            recipe=Recipe(**settings_of(request), seed=request.seed, prompt=prompt.to_api()),
        )
        for index, (prompt, scene, frame) in enumerate(
            zip(request.prompts, scenes, frames, strict=True), request.first_prompt_index
        )
        for canvas, layer in placed[frame]
    ]
    if not request.draft:
        return shots
    from photoshoot.framing.drafts import draft  # few ask for drafts, and what is imported is counted

    return list(map(draft, shots))


def _leave_out(design: SetDesign, negative: str | None) -> SetDesign:
    """A set that another became, without what was to be left out of that one."""
    if negative is None:
        return design
    from photoshoot.director.leaving_out import leave_out  # few prompts have one

    return leave_out(design, negative).design


def _refuse_unread(prompt: Prompt, accepted: bool) -> None:
    if accepted:
        return
    more = "" if has_embedder() else f" (pip install '{DISTRIBUTION}[prompts]' reads more wordings, of every language)"
    raise PromptNotUnderstoodError(
        f"nothing of the prompt {prompt.text!r} was understood{more}: say a place, a material, colours or the light, "
        "such as 'on a black marble table, soft light'",
        "'photoshoot prompts' shows how it is read, and plain_if_unread (--plain-if-unread) takes a plain backdrop",
    )


def shot_seed(seed: int, prompt_index: int) -> int:
    """The seed of one shot, 0 to 2**32 - 1: ``seed + prompt_index`` mixed with the prompt's index, and nothing else."""
    return SHOT.seed(seed + prompt_index, prompt_index)


def _place_in_canvases(
    request: ResolvedRequest, stance: Stance, packshot: bool, afloat: bool, shot: ShotSize, holding: Holding
) -> list[tuple[Canvas, ProductLayer]]:
    """The product on each canvas that is asked for."""
    cutout, size, worn = request.product.cutout, holding.size, holding.worn
    on_wall, on_floor = (
        not packshot and size.size_class is kind and stance is held
        for kind, held in ((SizeClass.WALL, Stance.HANGING), (SizeClass.FLOOR, Stance.LYING))
    )
    laid = partial(lay_out, cutout, stance=stance, worn=worn, packshot=packshot, on_wall=on_wall, on_floor=on_floor)
    laid = partial(laid, afloat=afloat and stance is Stance.HANGING)
    placement = with_shot_size(replace(request.placement, stance=stance), shot)
    canvases = [laid(ad, safe_margin=request.safe_margin, placement=placement) for ad in request.sizes]
    return [
        (replace(scale(canvas, size), pitch_deg=holding.pitch_deg), build_layer(cutout, canvas)) for canvas in canvases
    ]
