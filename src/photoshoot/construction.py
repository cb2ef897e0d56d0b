"""How a photoshoot gets its parts: one for each role, passed in, or built from an engine's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from photoshoot.engines.build import Parts, build_choice, build_embedded, build_pretrained, build_round
from photoshoot.engines.choice import EngineChoice, Selection
from photoshoot.errors import RefusedContentError
from photoshoot.pixels.photos import read_style_image
from photoshoot.presets import PresetRegistry
from photoshoot.prompts import parse_prompts
from photoshoot.records import Photo, RgbImage
from photoshoot.request import Request
from photoshoot.settings import (
    Checkpoint,
    DiffusionSettings,
    Lora,
    PhotoLimits,
    SegmentationSettings,
    StudioSettings,
)
from photoshoot.stages import ReadsAnyText
from photoshoot.translators.verbatim import VerbatimTranslator

if TYPE_CHECKING:
    from photoshoot.stages import Captioner, Exporter, Moderator, Placer, Recommender, Segmenter, Translator


class Built:
    """What a ``Photoshoot`` is made of, and the ways to build it.

    Args:
        segmenter: Cuts products out.
        captioner: Names and describes them.
        recommender: Finds prompts and presets for them.
        placer: Places them in scenes; the engine.
        exporter: Writes shots to files.
        presets: The presets that prompts may name.
        translator: Puts prompts of other languages into English. None: they are read as they are.
        moderator: Refuses prompts, photos and pictures. None: nothing is refused.
        limits: What is too large for a photo.
    """

    def __new__(cls, *_: object, **parts: object) -> Self:
        """Say where the parts are, where none is given."""
        if not parts and cls.__init__ is Built.__init__:
            raise TypeError(f"{cls.__name__}() needs all of its parts: {cls.__name__}.embedded() supplies them")
        return super().__new__(cls)

    def __init__(
        self,
        *,
        segmenter: Segmenter,
        captioner: Captioner,
        recommender: Recommender,
        placer: Placer,
        exporter: Exporter,
        presets: PresetRegistry,
        translator: Translator | None = None,
        moderator: Moderator | None = None,
        limits: PhotoLimits | None = None,
    ) -> None:
        self.segmenter, self.captioner, self.recommender = segmenter, captioner, recommender
        self.placer, self.exporter, self.presets = placer, exporter, presets
        self.translator = translator or VerbatimTranslator()
        self.moderator, self.limits = moderator, limits or PhotoLimits()

    def __repr__(self) -> str:
        stages = {name: getattr(self, name) for name in ("segmenter", "captioner", "recommender", "placer")}
        return f"{type(self).__name__}({', '.join(f'{name}={type(stage).__name__}' for name, stage in stages.items())})"

    def check_allowed(self, requests: Sequence[Request]) -> None:
        """Ask the moderator of what requests say and show, but for their photos.

        Raises:
            RefusedContentError: It refuses a prompt or the style picture.
        """
        if self.moderator is None:
            return
        asked = [prompt for request in requests if request.prompts for prompt in parse_prompts(request.prompts)]
        texts = [prompt.text or "" for prompt in asked]
        for text, rule in zip(texts, self.moderator.check_texts(texts), strict=True):
            if rule is not None:
                raise RefusedContentError(f"the prompt {text!r}", rule)
        for style in (request.style_image for request in requests if request.style_image is not None):
            self.check_pictures({"the style image": read_style_image(style).rgb})

    def check_photos(self, photos: list[Photo]) -> list[Photo]:
        """The photos, where the moderator allows them all.

        Raises:
            RefusedContentError: It refuses one.
        """
        self.check_pictures({f"the photo {photo.name}": photo.rgb for photo in photos})
        return photos

    def check_pictures(self, pictures: Mapping[str, RgbImage]) -> None:
        """Ask the moderator of pictures, by what they are called in messages.

        Raises:
            RefusedContentError: It refuses one.
        """
        if self.moderator is None:
            return
        for what, rule in zip(pictures, self.moderator.check_pictures([*pictures.values()]), strict=True):
            if rule is not None:
                raise RefusedContentError(what, rule)

    @property
    def reads_any_text(self) -> bool:
        """Whether its engine paints from a prompt's text itself; the studio builds only what the director reads."""
        return isinstance(self.placer, ReadsAnyText) and self.placer.reads_any_text

    @classmethod
    def embedded(
        cls,
        *,
        studio: StudioSettings | None = None,
        segmenter: str = "u2netp",
        segmentation: SegmentationSettings | None = None,
        captioner: str | Path = "efficientnet_lite0",
        matcher: str | Path | None = None,
        moderator: str | None = None,
        device: str = "auto",
        preset_folders: Sequence[Path] = (),
    ) -> Self:
        """Build a photoshoot with the studio engine; its embedded parts need no download, and a CPU is enough.

        Args:
            studio: How the studio renders.
            segmenter: ``"u2netp"``, which comes with the library, or a network of rembg such as
                ``"isnet-general-use"`` or ``"birefnet-general"``, whose weights must be on this machine already; or
                the folder of a CLIPSeg, or those of a Grounding DINO and a SAM 2 with a comma between them, which
                find what the words of ``segmentation.select`` name.
            segmentation: How products are cut out.
            captioner: What names and describes products: ``"efficientnet_lite0"``, which comes with the library, or
                ``"smolvlm2"``, ``"qwen3-vl"``, ``"florence2"``, ``"blip"``, or a folder with such a model.
                ``"+ocr"`` after a name reads the words on the product, too; ``"efficientnet_lite0+kinds"`` reads on
                packages alone, what is in them.
            matcher: Compares pictures with presets' words, as one more part of their scores: ``"siglip2"`` or a folder
                with such a model. None: no such part.
            moderator: Refuses prompts, photos and pictures: ``"opennsfw"``. None: nothing is refused.
            device: Where captioner and matcher run: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.
            preset_folders: Folders of your own preset files, on top of the catalogue.

        Raises:
            MissingExtraError: A package is missing; the message names the extra that brings it.
            WeightsMissingError: A network's weights are not on this machine; says how to get them.
            PresetError: A preset file is invalid.
        """
        selection = Selection(
            segmenter=segmenter,
            segmentation=segmentation,
            captioner=captioner,
            matcher=matcher,
            moderator=moderator,
            device=device,
            preset_folders=preset_folders,
        )
        return cls._of(build_embedded(selection, studio))

    @classmethod
    def from_pretrained(
        cls,
        model: str | Path = "sd15",
        *,
        device: str = "auto",
        dtype: str | None = None,
        diffusion: DiffusionSettings | None = None,
        loras: Sequence[Lora] = (),
        studio: StudioSettings | None = None,
        selection: Selection | None = None,
    ) -> Self:
        """Build a photoshoot whose scenes a diffusion network paints. Nothing is downloaded here.

        Args:
            model: A profile (``"sd15"`` or ``"sdxl"``, alone or with ``-fast``, ``-product`` or ``-depth`` after it;
                ``"flux2-klein"``), a folder in diffusers' layout such as a fine-tune of your own, or a single
                ``.safetensors`` file.
            device: ``"auto"`` (CUDA, then MPS, then the CPU), ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.
                Several, as in ``"cuda:0,cuda:1"``, get the networks once each, and shots are spread over them.
            dtype: ``"float32"``, ``"float16"`` or ``"bfloat16"``. None: as the settings have it.
            diffusion: How to paint. None: the profile's settings.
            loras: Low-rank weights of your own, on top.
            studio: How the studio renders the picture that painting starts from.
            selection: Segmenter, captioner, matcher and presets. None: the embedded ones and the catalogue.

        Raises:
            MissingExtraError: Install the extra ``diffusion``.
            WeightsMissingError: Weights are not on this machine; names the command that pulls them.
            WeightsError: Weights are damaged, or of another kind of model.
            NoCudaError: CUDA was asked for and is not available.
        """
        checkpoint = Checkpoint(model=model, device=device, settings=diffusion, dtype=dtype, loras=tuple(loras))
        return cls._of(build_pretrained(selection or Selection(), checkpoint, studio))

    @classmethod
    def with_placer(cls, placer: Placer, *, selection: Selection | None = None) -> Self:
        """Build a photoshoot with a placer of your own, or one whose engines run elsewhere; it is closed with this.

        Args:
            placer: Places products in scenes.
            selection: Segmenter and presets. None: the embedded segmenter and the catalogue.

        Raises:
            MissingExtraError: ONNX Runtime is missing: install the extra ``cpu``.
        """
        return cls._of(build_round(placer, selection or Selection()))

    @classmethod
    def of(cls, choice: EngineChoice, *, device: str = "auto", preset_folders: Sequence[Path] = ()) -> Self:
        """Build a photoshoot by an engine's name, as the command line, catalogues, the service and clusters do.

        Args:
            choice: The engine, and what it cuts out and describes with.
            device: Where networks run, see ``from_pretrained``; the studio chooses its device itself.
            preset_folders: Folders of your own preset files, on top of the catalogue.

        Raises:
            UnknownNameError: There is no engine, segmenter, captioner or matcher of that name.
            SettingsError: A device is named and no network would run on it.
            WeightsMissingError: Weights are not on this machine.
            PhotoshootError: See ``embedded`` and ``from_pretrained``.
        """
        return cls._of(build_choice(choice, preset_folders, device))

    @classmethod
    def _of(cls, parts: Parts) -> Self:
        return cls(**vars(parts))
