"""The embedded captioner: EfficientNet-Lite0, a detector's second opinion, the outline and the palette.

Nothing is downloaded; a product takes about 0.2 s on two CPU cores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps
from scipy import ndimage

from photoshoot.captioners.broad_nouns import BY_LIKENESS, BroadNouns
from photoshoot.captioners.color_places import count_pieces, find_places, find_print
from photoshoot.captioners.descriptions import write_texts
from photoshoot.captioners.look import Look
from photoshoot.captioners.noun import ROOT
from photoshoot.captioners.nouns import PERSON_LIKELY, PERSON_SEEN, Naming, NounTree
from photoshoot.captioners.printed_kinds import PrintedKinds, PrintedNaming
from photoshoot.captioners.product_parts import VESSELS
from photoshoot.captioners.product_words import ProductWords
from photoshoot.captioners.silhouette import Silhouette, measure_silhouette
from photoshoot.captioners.surfaces import (
    Finish,
    find_finish,
    find_own_colors,
    join_shades,
    measure_exposure,
    measure_texture,
    put_body_first,
)
from photoshoot.color.palette import dominant_colors
from photoshoot.machine.onnx_runtime import keep_memory
from photoshoot.pixels.imaging import lay_on_grey, reduce_cutout
from photoshoot.records import Box, Category, Cutout, Evidence, Product, Swatch
from photoshoot.vision.image_classes import ObjectDetector, Sighting, crop_place, load_classifier

_AT_ONCE = 2  # beside the classifier: the detector, and what is measured
_VIEWS = (
    (255, 1.06, False),
    (255, 1.15, True),
    (255, 1.3, False),
    (200, 1.08, True),
    (200, 1.25, False),
    (160, 1.15, True),
)
"""(grey of the backdrop, side of the view over the product's longer side, mirrored); six looks agree on the name."""
_SECOND_VIEWS = (0, 2, 5)  # of these the detector is asked, and of the product in its place as it stands
_ROOMS = (1.1, 1.35)  # side of a view of the product in its place, over the product's longer side
_WORKING_SIDE = 448  # the product is reduced to this before it is laid on backdrops, px
_LONG = 4.0  # elongation from which a product is looked at where it is thickest, too
_SURELY_WHOLE = 0.9  # a cut-out's confidence from which what it leaves out within is no part that was lost
_PART_VIEWS = ((255, 1.05), (200, 1.15))  # grey of the backdrop, side of the view over the part's
_FAINT, _FAINTLY_NAMED = 0.25, 0.5  # a cut-out's confidence under which a name needs more than usual, and how much
_PART_REACH, _PART_LEAST = 2.2, 0.25  # half the part's side over the thickness there; and at least, of the product's
_DIALS = (409, 426, 530, 531, 635, 826, 892)  # ImageNet's clocks, watches, barometer and compass
_WOOL, _KNIT = 911, 0.2  # ImageNet's class of wool, and its probability from which a garment is knitted
_COVERED, _COVER_SURE = "book", 0.5  # what a cover is of, and how sure that is where its print looks like another thing
_CHESTED = ("top", "vest")  # what has a chest that prints lie on


@dataclass(frozen=True, kw_only=True, eq=False)
class _Shown:
    """What the networks see of one product."""

    alone: tuple[Image.Image, ...]
    """Before neutral backdrops: six square pictures."""
    places: tuple[Image.Image, ...]
    """Where it was photographed, closely and with some room; none where that is not known."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Measured:
    """What is measured of a product whatever its name is; see ``Look``."""

    silhouette: Silhouette
    palette: tuple[Swatch, ...]
    exposure: float | None
    texture: float
    pieces: int

    @classmethod
    def of(cls, cutout: Cutout) -> _Measured:
        return cls(
            silhouette=measure_silhouette(cutout.alpha_matte, cutout.rgb),
            palette=dominant_colors(cutout.rgb, cutout.alpha_matte),
            exposure=measure_exposure(cutout),
            texture=measure_texture(cutout),
            pieces=count_pieces(cutout.alpha_matte[cutout.box.slices()]),
        )


class EfficientNetCaptioner:
    """Names and describes products with a small classifier and a small detector that come with the library.

    Args:
        device: ``"cpu"``, ``"cuda"`` or ``"auto"``.
        words: Reads what is printed on packages, which tells what is in them. None: nothing is read.

    Raises:
        MissingExtraError: ONNX Runtime is not installed.
        WeightsError: The weights are missing or damaged.
        NoCudaError: ``"cuda"`` was asked for and is not there.
    """

    def __init__(self, device: str = "auto", words: ProductWords | None = None) -> None:
        self._classifier = load_classifier(device)
        self._detector = ObjectDetector(device)
        self._tree = NounTree.load()
        self._broad_nouns = BroadNouns.load()
        self._words = words

    def describe(self, cutouts: Sequence[Cutout]) -> list[Product]:
        """Name and describe each cut-out.

        The name is the narrowest noun that the classifier is sure of ("sneakers"), else a broader one ("shoes"), in
        the last resort "product". The sentence says only what was measured in the picture.
        """
        with keep_memory():
            return [self._describe(cutout) for cutout in cutouts]

    def classify(self, cutout: Cutout) -> npt.NDArray[np.float32]:
        """Probabilities (1000,) of ImageNet's classes: half by six views before grey, half by four in its place.

        A photo that brought its own matte has no place round it; then the six views decide.
        """
        return self._classify(_show(cutout))[0]

    def _classify(self, shown: _Shown) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Probabilities (1000,), and the features (1280,), the mean over all views."""
        places = [view for place in shown.places for view in (place, ImageOps.mirror(place))]
        views = self._classifier.look([*shown.alone, *places])
        parts = np.split(views.probabilities, [len(shown.alone)])
        means = [part.mean(axis=0) for part in parts if len(part)]
        return np.asarray(np.mean(means, axis=0), np.float32), views.features.mean(axis=0)

    def _detect(self, shown: _Shown) -> Sighting:
        """What the detector sees, by three views before grey and two in the product's place."""
        return self._detector.look([shown.alone[index] for index in _SECOND_VIEWS], shown.places)

    def _find_strapped_dial(self, cutout: Cutout, silhouette: Silhouette) -> Mapping[str, float]:
        """A long, thin thing is looked at where it is thickest: a dial there, on a strap, makes a watch."""
        if silhouette.elongation < _LONG:
            return {}
        thickest = _crop_thickest(reduce_cutout(cutout, _WORKING_SIDE))
        views = [lay_on_grey(thickest, grey, room) for grey, room in _PART_VIEWS]
        probabilities = self._classifier.classify(views)
        return {"watch": float(sum(probabilities[index] for index in _DIALS))}

    def _describe(self, cutout: Cutout) -> Product:
        with ThreadPoolExecutor(_AT_ONCE) as beside:  # both networks, and all that is measured without a name
            measuring, shown = beside.submit(_Measured.of, cutout), _show(cutout)
            sighted = beside.submit(self._detect, shown)
            probabilities, features = self._classify(shown)
            measured, sighting = measuring.result(), sighted.result()
        silhouette, palette, exposure = measured.silhouette, measured.palette, measured.exposure
        seen = {**sighting.nouns, **self._find_strapped_dial(cutout, silhouette)}
        naming = self._tree.choose(probabilities, silhouette, seen, least=_least_sure(cutout), person=sighting.person)
        printed = self._read_kind(cutout, silhouette, naming)
        naming = printed.naming if printed else naming
        if _is_cover(cutout) and naming.category is not Category.BOOK:
            book = self._tree.nouns[_COVERED]
            naming = Naming(noun=book, category=book.category, confidence=_COVER_SURE)
        elif printed is None and _least_sure(cutout) <= BY_LIKENESS:
            naming = self._name_broadly(naming, features, probabilities, seen)
        on_head = silhouette.is_on_head and naming.category is Category.HEADWEAR
        likely = silhouette.shows_skin and sighting.person >= PERSON_LIKELY  # cloth has skin's colours, too
        on_body = likely or sighting.person >= PERSON_SEEN
        worn = on_head or (on_body and naming.category is Category.GARMENT)
        own = find_own_colors(cutout, worn=on_head or on_body, on_head=on_head, screen=naming.noun.has_screen)
        colors = own or palette
        vessel = naming.category in VESSELS
        colors = put_body_first(cutout, colors) if vessel else join_shades(cutout, colors)
        glassy = naming.noun.has_screen or naming.noun.has_lens  # what shines is glass and not the body
        look = Look(
            colors=colors,
            finish=Finish.PLAIN if glassy else find_finish(cutout, palette, naming.category),
            silhouette=silhouette,
            worn=worn,
            knitted=bool(probabilities[_WOOL] >= _KNIT),
            places={} if naming.noun.has_screen else find_places(cutout, colors, worn=worn),
            prints=find_print(cutout, colors) if self._tree.is_a(naming.noun, _CHESTED) and not worn else (),
            texture=measured.texture,
            exposure=exposure,
            dim=exposure is None and cutout.segmenter != "alpha",
            sure=cutout.confidence >= _SURELY_WHOLE,
            pieces=measured.pieces,
        )
        texts = write_texts(naming.noun, look, naming.confidence)
        return Product(
            cutout=cutout,
            name=naming.noun.name,
            description=texts.sentence,
            category=naming.category,
            palette=palette,
            confidence=naming.confidence,
            alt_text=texts.alt_text,
            long_description=texts.paragraph,
            evidence=(*texts.evidence, *_tell_printed(printed)),
        )

    def _name_broadly(
        self,
        naming: Naming,
        features: npt.NDArray[np.float32],
        probabilities: npt.NDArray[np.float32],
        seen: Mapping[str, float],
    ) -> Naming:
        """A broad noun for what would be a "product", is hardly known or looks like another thing.

        Drawings and models taught what such things look like.
        """
        views = features, probabilities, self._tree
        name = self._broad_nouns.find_other(naming, *views, seen)
        if name is None:
            if naming.noun.name != ROOT and not self._broad_nouns.doubts(naming, *views):
                return naming
            name = self._broad_nouns.choose(*views)
        noun = self._tree.nouns[name or ROOT]
        return Naming(noun=noun, category=noun.category, confidence=BY_LIKENESS if name else 0.0)

    def _read_kind(self, cutout: Cutout, silhouette: Silhouette, naming: Naming) -> PrintedNaming | None:
        """What is in a package, by the words on it; they are read only where they could tell."""
        kinds = PrintedKinds.load()
        if self._words is None or not kinds.may_be_package(naming, silhouette, self._tree):
            return None
        side = max(cutout.box.width, cutout.box.height)
        return kinds.narrow(naming, silhouette, self._words.read(cutout), side, self._tree)


def _tell_printed(printed: PrintedNaming | None) -> list[Evidence]:
    if printed is None:
        return []
    source = f"“{printed.line.text}” is read on the product, score {printed.line.score:.2f}"
    return [Evidence(words=printed.naming.noun.said, source=source)]


def _is_cover(cutout: Cutout) -> bool:
    """Whether all of a photo is the product, cut off nowhere: a segmenter says so of the covers of books alone."""
    whole = cutout.box == Box(left=0, top=0, right=cutout.rgb.shape[1], bottom=cutout.rgb.shape[0])
    return whole and not cutout.touches and cutout.segmenter != "alpha" and bool(cutout.alpha_matte.min() == 1)


def _least_sure(cutout: Cutout) -> float:
    """The confidence that a name needs: what was hardly found must be told surely, or is a "product"."""
    return _FAINTLY_NAMED if cutout.confidence < _FAINT else 0.0


def _show(cutout: Cutout) -> _Shown:
    """All views of one product; a photo that brought its own matte has no place round it."""
    product = reduce_cutout(cutout, _WORKING_SIDE)
    places = () if cutout.segmenter == "alpha" else tuple(crop_place(cutout.rgb, cutout.box, room) for room in _ROOMS)
    return _Shown(alone=tuple(_look(product, *view) for view in _VIEWS), places=places)


def _crop_thickest(product: Image.Image) -> Image.Image:
    """The part of a product (RGBA) round its thickest place, somewhat wider than it is there."""
    solid = np.pad(np.asarray(product)[..., 3] > 127, 1)
    depths = ndimage.distance_transform_edt(solid)
    y, x = (int(place) - 1 for place in np.unravel_index(depths.argmax(), depths.shape))
    reach = int(max(_PART_REACH * depths.max(), _PART_LEAST * max(product.size)))
    box = max(0, x - reach), max(0, y - reach), min(product.width, x + reach), min(product.height, y + reach)
    return product.crop(box)


def _look(product: Image.Image, grey: int, room: float, mirrored: bool) -> Image.Image:
    view = lay_on_grey(product, grey, room)
    return ImageOps.mirror(view) if mirrored else view
