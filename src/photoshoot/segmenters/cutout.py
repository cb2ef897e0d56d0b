"""One photo to its cut-out: the steps that every segmenter shares. START HERE."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.errors import NoProductFoundError
from photoshoot.pixels.imaging import tight_box
from photoshoot.records import AlphaMatte, Box, Cutout, Photo, RgbImage
from photoshoot.segmenters.adverts import doubt_advert
from photoshoot.segmenters.bystanders import leave_bystanders
from photoshoot.segmenters.covers import shows_cover
from photoshoot.segmenters.doubt import (
    check_page,
    find_arm,
    find_cuts,
    is_cut_flat,
    is_text_page,
    rate_cutout,
    tell_arm,
)
from photoshoot.segmenters.ground.backdrop import Backdrop, Evidence, is_misfit, weigh_evidence
from photoshoot.segmenters.ground.cast_shadow import find_cast_shadow, follow_shadow
from photoshoot.segmenters.ground.grain import calm_grain, find_ringing
from photoshoot.segmenters.ground.reflections import find_reflection
from photoshoot.segmenters.looking.gaps import find_gaps
from photoshoot.segmenters.looking.looks import Network
from photoshoot.segmenters.looking.saliency import Sighting, find_product
from photoshoot.segmenters.matte.clear_glass import find_cards, rate_vessel, read_signs
from photoshoot.segmenters.matte.contours import calm_outline, clear_tails, even_outline
from photoshoot.segmenters.matte.glass import fair_outline, find_solid, rate_body, see_through
from photoshoot.segmenters.matte.haze import decide_haze, drop_ghosts
from photoshoot.segmenters.matte.matte_upsampling import WorkingMatte, finish
from photoshoot.segmenters.matte.matting import solve_matte
from photoshoot.segmenters.matte.pockets import open_pockets
from photoshoot.segmenters.matte.shade_rims import trim_shade
from photoshoot.segmenters.matte.snapped_outline import snap_outline
from photoshoot.segmenters.matte.trimap import build_trimap
from photoshoot.segmenters.own_alpha import clean_own, cover, is_empty, judge_alpha, unmix_rim
from photoshoot.segmenters.regions import drop_islands
from photoshoot.settings import SegmentationSettings

_log = logging.getLogger("photoshoot")
_WORKING_PX = 640  # longest side at which the matte is solved
_MOST_ENLARGED = 2  # by which a smaller photo's window is enlarged for that
_OWN_MATTE = 0.98  # a photo whose matte is nowhere under this is opaque
_SEEN, _UNSEEN = 0.5, 0.05  # saliency of the product, and of nothing
_ALIKE = 0.1  # sRGB units from a plain ground: what differs less may be that ground
_COVER = (
    "the photo is a book's cover from side to side, and all of it the product; select='largest' takes what stands out"
)
_COVER_SURE = 0.9  # confidence of that
_TAKEN_FOR_GLASS = "taken for clear glass, which lets a scene through; glass=False keeps it opaque"


def cut_out(
    photo: Photo,
    network: Network,
    name: str,
    settings: SegmentationSettings,
    *,
    coarse: Network | None = None,
    covers: bool = True,
) -> Cutout:
    """Cut the product out of one photo.

    Args:
        photo: The photo; its own transparency is its matte where that is plausible, and no network is asked.
        network: Sees where the product is.
        name: The segmenter's name and version, for the record.
        settings: How.
        coarse: A faster network for further looks. None: the same.
        covers: Whether a photo that is itself a book's cover is the product as a whole, where no part is selected.

    Raises:
        NoProductFoundError: The photo shows no product.
    """
    notes: tuple[str, ...] = (f"the photo's file is cut short: {photo.missing}",) if photo.missing else ()
    if photo.alpha_matte is not None and photo.alpha_matte.min() < _OWN_MATTE:
        reason = judge_alpha(photo.alpha_matte)
        if is_empty(photo.alpha_matte):
            raise NoProductFoundError(f"{photo.name}: nothing in the photo is opaque enough to be a product")
        if reason is None:
            own = clean_own(photo.alpha_matte, photo.rgb, settings)
            return _choose(_record(photo, unmix_rim(photo.rgb, own), own, 1.0, "alpha"), settings)
        photo, notes = cover(photo), (f"the photo's own transparency is not a matte: {reason}; it was cut out",)
    looks = network, coarse
    return _cut_out_opaque(photo, looks, name, settings, notes, covers=covers and settings.select is None)


def _cut_out_opaque(
    photo: Photo,
    looks: tuple[Network, Network | None],
    name: str,
    settings: SegmentationSettings,
    notes: tuple[str, ...],
    *,
    covers: bool,
) -> Cutout:
    network, coarse = looks
    picture = Image.fromarray(photo.rgb)
    with ThreadPoolExecutor(1) as beside:
        is_page = beside.submit(is_text_page, picture)
        sighting = find_product(network, picture, twice=settings.refine, coarse=coarse)
    notes += check_page(is_page.result(), photo.name, settings)
    if sighting is None or sighting.confidence < max(settings.min_confidence, 1e-6):
        if covers and shows_cover(picture, None):
            return _take_cover(photo, name, settings, notes)
        found = 0.0 if sighting is None else sighting.confidence
        raise NoProductFoundError(
            f"{photo.name}: no product stands out from the background "
            f"(confidence {found:.2f}, at least {settings.min_confidence:g} is needed): "
            "give a photo that shows it whole, before a plainer ground, or a PNG that is cut out already"
        )
    rgb, alpha = photo.rgb.copy(), np.zeros(photo.rgb.shape[:2], np.float32)
    window = sighting.window.slices()
    work = _work(picture, sighting, settings, (coarse or network, network))
    if settings.drop_islands:
        work, left_out = leave_bystanders(work, sighting.window, picture)
        notes += left_out
    finish(rgb[window], alpha[window], work)
    cutout = _choose(_record(photo, rgb, alpha, sighting.confidence, name), settings, notes)
    if covers and shows_cover(picture, None if cutout.touches else alpha):  # a book before a ground is cut off nowhere
        return _take_cover(photo, name, settings, notes)
    return _clear_glass(photo, sighting, work, doubt_advert(cutout, picture, alpha), settings)


def _clear_glass(
    photo: Photo, sighting: Sighting, work: WorkingMatte, cutout: Cutout, settings: SegmentationSettings
) -> Cutout:
    """The cut-out, transparent where it is of glass; its arrays are changed in place."""
    if settings.glass is None and _is_glass(photo, sighting, work, cutout.box):
        cutout = replace(cutout, segmentation=replace(settings, glass=True), notes=(*cutout.notes, _TAKEN_FOR_GLASS))
    elif not settings.glass:
        return cutout
    return replace(cutout, notes=cutout.notes + _see_through(photo, sighting, work, cutout.rgb, cutout.alpha_matte))


def _take_cover(photo: Photo, name: str, settings: SegmentationSettings, notes: tuple[str, ...]) -> Cutout:
    """All of the photo, cut off nowhere."""
    _log.info("%s: %s", photo.name, _COVER)
    whole = _record(photo, photo.rgb.copy(), np.ones(photo.rgb.shape[:2], np.float32), _COVER_SURE, name)
    return replace(whole, touches=frozenset(), segmentation=settings, notes=(*notes, _COVER))


def _choose(cutout: Cutout, settings: SegmentationSettings, notes: tuple[str, ...] = ()) -> Cutout:
    """The cut-out with its settings and notes, of the parts that are wanted; an arm's end is cut off at its side."""
    arm = find_arm(cutout.rgb, cutout.alpha_matte, cutout.box)
    cut = {arm} if arm is not None and is_cut_flat(cutout.alpha_matte, cutout.box, arm) else set()
    notes = (*notes, *tell_arm(cutout.photo_name, arm))
    cutout = replace(cutout, segmentation=settings, notes=notes, touches=cutout.touches | cut)
    return cutout if settings.select is None else cutout.select(settings.select)


def _is_glass(photo: Photo, sighting: Sighting, work: WorkingMatte, box: Box) -> bool:
    """Whether the photo itself tells that the product is of clear glass."""
    if sighting.backdrop is None:
        return False
    signs = read_signs(*_view_glass(photo, sighting, work, sighting.backdrop))
    return signs.agree and signs.tell_glass(rate_vessel(photo.rgb, box))


def _view_glass(
    photo: Photo, sighting: Sighting, work: WorkingMatte, backdrop: Backdrop
) -> tuple[Float32Array, AlphaMatte, Backdrop, tuple[float, float, float, float]]:
    """The window as glass is looked at, no larger than in the photo: signs are lines, so many of its pixels wide."""
    picture, planes, alpha = Image.fromarray(photo.rgb), work.planes, work.alpha
    if max(planes.shape) > max(sighting.window.width, sighting.window.height):
        planes = _shrink(picture, sighting.window, most=1)
        alpha = np.asarray(Image.fromarray(alpha).resize(planes.shape[:0:-1], Image.Resampling.BOX))
    return planes, alpha, backdrop, _shares(sighting.window, picture)


def _see_through(
    photo: Photo, sighting: Sighting, work: WorkingMatte, rgb: RgbImage, alpha: AlphaMatte
) -> tuple[str, ...]:
    """Make the glass transparent, or note why it is not."""
    if sighting.backdrop is None:
        return ("glass is opaque: the photo's backdrop is not plain, so what is behind the glass is not known",)
    window = sighting.window.slices()
    planes, matte, backdrop, box = view = _view_glass(photo, sighting, work, sighting.backdrop)
    behind = np.clip(backdrop.colors(box, (matte.shape[0], matte.shape[1])), 0, 1)
    body = rate_body(matte, find_solid(planes, matte, behind) | find_cards(*view))
    see_through(rgb[window], alpha[window], backdrop, box, photo.rgb[window], body, fair_outline(matte, planes, body))
    return ()


def _work(
    picture: Image.Image, sighting: Sighting, settings: SegmentationSettings, looks: tuple[Network, Network]
) -> WorkingMatte:
    """The matte of the window at the working size."""
    small = _shrink(picture, sighting.window)
    size = (small.shape[2], small.shape[1])
    saliency = _enlarge(sighting.detail, size)
    most = saliency if sighting.most is sighting.detail else _enlarge(sighting.most, size)
    alpha, lines = saliency, None
    if settings.refine:
        mirrored = find_reflection(small, saliency)
        saliency, most = (np.where(mirrored, np.float32(0), seen) for seen in (saliency, most))
        evidence = _evidence(small, (saliency, most), sighting, _shares(sighting.window, picture), settings)
        unit_px = max(size) / max(sighting.detail.shape)
        if evidence is not None:
            gaps = find_gaps(looks, picture.crop(sighting.window.as_tuple()), evidence, saliency, unit_px)
            evidence = replace(
                evidence, product=evidence.product & ~mirrored, hole=evidence.hole | gaps | mirrored, gap=gaps
            )
        enlarged = small.shape[1] / sighting.window.height
        rims = find_ringing(evidence, most, enlarged) if evidence is not None and enlarged > 1 else None
        trimap = build_trimap(small, saliency, evidence, unit_px, most=most, doubtful=rims)
        if trimap is not None:
            alpha, lines = solve_matte(small, trimap.prior, trimap.weight, trimap.unknown)
            if evidence is None:
                alpha = open_pockets(small, decide_haze(small, alpha, trimap.unknown), saliency)
            alpha, lines = calm_outline(
                alpha, lines, small, trimap.unknown, None if evidence is None else evidence.spread
            )
            if evidence is not None:
                alpha, lines = snap_outline(alpha, lines, small)
            alpha, lines = even_outline(alpha, lines, small, trimap.unknown, plain=evidence is not None)
            if evidence is not None:
                alike = evidence.darker | (evidence.distance < _ALIKE)
                alpha, lines = clear_tails(alpha, lines, alike & (most < _SEEN))
                alpha, lines = trim_shade(alpha, lines, evidence.darker & ~evidence.black, evidence.factor, most)
        if settings.drop_islands:
            alpha = drop_ghosts(alpha, saliency, plain=evidence is not None)
    if settings.drop_islands:
        alpha = drop_islands(alpha)
    return WorkingMatte(planes=small, alpha=alpha, lines=lines)


def _enlarge(saliency: Float32Array, size: tuple[int, int]) -> Float32Array:
    enlarged = np.asarray(Image.fromarray(saliency).resize(size, Image.Resampling.BICUBIC), np.float32)
    return np.asarray(np.clip(enlarged, 0, 1), np.float32)


def _evidence(
    small: Float32Array,
    seen: tuple[Float32Array, Float32Array],
    sighting: Sighting,
    box: tuple[float, float, float, float],
    settings: SegmentationSettings,
) -> Evidence | None:
    """What the backdrop tells, where it is plain and explains what lies about."""
    if sighting.backdrop is None:
        return None
    saliency, most = seen
    behind = sighting.backdrop.explain(small, box, most < _UNSEEN)
    calm = calm_grain(small, most < _UNSEEN)
    evidence = weigh_evidence(calm, behind, sighting.backdrop.spread, saliency, most=most)
    if is_misfit(evidence, most):
        return None
    if settings.drop_soft_shadow:
        cast = find_cast_shadow(evidence.factor, evidence.darker, evidence.product | (saliency > _SEEN))
        cast |= follow_shadow(evidence.factor, evidence.darker, evidence.product, saliency, most)
        return replace(evidence, product=evidence.product & ~cast, hole=evidence.hole | cast)
    return replace(evidence, shadow=np.zeros_like(evidence.shadow))


def _shares(box: Box, picture: Image.Image) -> tuple[float, float, float, float]:
    """A box in pixels as shares of the photo."""
    return box.left / picture.width, box.top / picture.height, box.right / picture.width, box.bottom / picture.height


def _shrink(picture: Image.Image, window: Box, most: float = _MOST_ENLARGED) -> Float32Array:
    """The window at the working size, as planes (3, h, w) in [0, 1], enlarged by no more than ``most``."""
    scale = min(most, _WORKING_PX / max(window.width, window.height))
    size = (max(8, round(window.width * scale)), max(8, round(window.height * scale)))
    smooth = Image.Resampling.BOX if scale <= 1 else Image.Resampling.BICUBIC
    small = picture.resize(size, smooth, box=window.as_tuple())
    planes = np.empty((3, small.height, small.width), np.float32)
    for plane, channel in zip(planes, small.split(), strict=True):
        np.multiply(np.asarray(channel), np.float32(1 / 255), out=plane)
    return planes


def _record(photo: Photo, rgb: RgbImage, alpha: AlphaMatte, confidence: float, name: str) -> Cutout:
    box = tight_box(alpha)
    if box is None:
        raise NoProductFoundError(f"{photo.name}: nothing in the photo is opaque enough to be a product")
    return Cutout(
        rgb=rgb,
        alpha_matte=alpha,
        box=box,
        touches=find_cuts(alpha, box, trimmed=photo.alpha_matte is not None),
        confidence=rate_cutout(confidence, alpha, box),
        segmenter=name,
        photo_name=photo.name,
        photo_sha256=photo.sha256,
    )
