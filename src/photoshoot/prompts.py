"""Prompts: what the caller asks for, and the scenes that they become."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final, Literal, TypeAlias

from photoshoot.color.styling import lean_design
from photoshoot.errors import PromptError
from photoshoot.known_names import show_value
from photoshoot.presets import PresetRegistry
from photoshoot.prompt_text import join_name, tidy_prompt, without_product
from photoshoot.records import Product, Scene
from photoshoot.records.plain_data import build_object
from photoshoot.sets.named import kinds_of_things
from photoshoot.settings import LightOverride, ShotSettings, StyleImage

MAX_PROMPTS: Final = 6
"""Most prompts of one request, as in the HTTP API."""

_KEYS = ("tag", "prompt", "preset", "nativeLanguagePrompt", "negative")
_TAGS = "tag must be 'custom' or 'preset'"


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """One prompt; made by ``Prompt.custom`` or ``Prompt.preset``."""

    tag: Literal["custom", "preset"]
    """Which of the two it is."""
    text: str | None = None
    """A custom prompt's scene, in plain words: English, or a language that the director knows."""
    preset_id: str | None = None
    """A preset's id."""
    native_language_prompt: str | None = None
    """The custom prompt in the caller's own language, kept as given. It is read only where it is also the text."""
    negative: str | None = None
    """What must not be in the picture, parted by commas: networks are told it, the studio leaves out what it can."""

    def __post_init__(self) -> None:
        wanted, other = (self.text, self.preset_id) if self.tag == "custom" else (self.preset_id, self.text)
        if self.tag not in ("custom", "preset"):
            raise PromptError(f"{_TAGS}, not {self.tag!r}")
        if not (isinstance(wanted, str) and wanted.strip()):
            lacking = "text: give a scene in words" if self.tag == "custom" else "preset: give its id"
            raise PromptError(f"a {self.tag} prompt has no {lacking}")
        if other is not None:
            raise PromptError(f"a {self.tag} prompt can't have {other!r} besides: it is either custom or a preset")
        if not isinstance(self.native_language_prompt, str | None):
            raise PromptError(
                f"nativeLanguagePrompt must be a text or null, not {show_value(self.native_language_prompt)}"
            )
        if self.negative is not None:
            object.__setattr__(self, "negative", tidy_prompt(self.negative, "a negative prompt") or None)

    @classmethod
    def custom(
        cls, text: str | None, native_language_prompt: str | None = None, *, negative: str | None = None
    ) -> Prompt:
        """A scene in words, such as ``"on a sleek black marble slab, rim light"``; white space is tidied.

        Args:
            text: In English. Empty or None: what stands in ``native_language_prompt``, which is then to be translated.
            native_language_prompt: The same in the caller's own language.
            negative: What must not be in the picture, such as ``"flowers, candles"``.

        Raises:
            PromptError: Both are empty, one is over 2000 characters, or not text that can be written down.
        """
        native = native_language_prompt
        text = native if native is not None and text is None else text
        tidy = tidy_prompt(text) or ("" if native is None else tidy_prompt(native))
        return cls(tag="custom", text=tidy, native_language_prompt=native, negative=negative)

    @classmethod
    def preset(cls, id: str, *, negative: str | None = None) -> Prompt:
        """A preset by its id, and what of it must not be in the picture. Whether it exists is found out later.

        Raises:
            PromptError: The id is empty.
        """
        return cls(tag="preset", preset_id=id, negative=negative)

    @property
    def is_native(self) -> bool:
        """Whether its text is in the caller's own language: there is no English one."""
        return self.native_language_prompt is not None and self.text == tidy_prompt(self.native_language_prompt)

    def to_api(self) -> dict[str, str | None]:
        """The HTTP API's prompt object; ``parse_prompts`` reads it back."""
        more = {} if self.negative is None else {"negative": self.negative}
        if self.tag == "preset":
            return {"preset": self.preset_id, "tag": "preset", **more}
        return {"tag": "custom", "prompt": self.text, "nativeLanguagePrompt": self.native_language_prompt, **more}


PromptLike: TypeAlias = Prompt | str | Mapping[str, object]
"""A prompt, a custom prompt's text, or the HTTP API's prompt object."""
PromptsLike: TypeAlias = PromptLike | Iterable[PromptLike]
"""One prompt or several; a text that starts with ``[`` is the HTTP API's stringified array."""


def parse_prompts(value: PromptsLike, *, limit: int | None = MAX_PROMPTS) -> list[Prompt]:
    """Read prompts from Python objects or from the HTTP API's ``PromptObjectsString``.

    Args:
        value: See ``PromptsLike``.
        limit: Most prompts; None for no limit.

    Raises:
        PromptError: There are none or too many, or one is malformed: names its index (from 0) and the reason.
    """
    items = _list_items(value)
    if not items:
        raise PromptError("there are no prompts; give at least one")
    if limit is not None and len(items) > limit:
        raise PromptError(f"{len(items)} prompts are too many; give at most {limit}")
    return [_parse_one(index, item) for index, item in enumerate(items)]


def resolve_prompts(
    prompts: Sequence[Prompt],
    product: Product,
    registry: PresetRegistry,
    settings: ShotSettings | None = None,
) -> list[Scene]:
    """Make each prompt a scene.

    Args:
        prompts: The prompts.
        product: Its name is joined to the texts, its palette tints presets.
        registry: Where presets are looked up.
        settings: Whether a preset's accents lean toward the product's colours (see ``photoshoot.color.styling``), its
            plate is the style reference, and what of the light the caller decides; that goes before what a prompt's
            words say. None: the defaults.

    Raises:
        UnknownNameError: A preset does not exist.
    """
    settings = settings or ShotSettings()
    scenes = [_resolve(prompt, product, registry, settings) for prompt in prompts]
    if settings.style_image is not None:
        scenes = _style(scenes, settings.style_image, settings.style_strength)
    return scenes if settings.light is None else [_relight(scene, settings.light) for scene in scenes]


def _style(scenes: Sequence[Scene], image: StyleImage, strength: float) -> list[Scene]:
    from photoshoot.color.style_following import (  # measures pictures: loads SciPy
        find_light_side,
        follow_light,
        follow_style,
        read_style,
    )

    palette, side = read_style(image), find_light_side(image) if strength > 0 else None
    told, styled = ", ".join(dict.fromkeys(swatch.name for swatch in palette)), []
    for scene in scenes:
        painted = follow_style(scene.design, palette, strength)
        design = replace(painted, light=follow_light(painted.light, side))
        how = [told if painted != scene.design else "no colour of the set is changed"]
        how += [f"light from the {side}"] if design.light != painted.light else []
        scene = replace(scene, design=design, reading=f"{scene.reading}; style image: {', '.join(how)}")
        styled.append(replace(scene, style_reference=None, style_image=image, style_strength=strength))
    return styled


def _relight(scene: Scene, light: LightOverride) -> Scene:
    design = replace(scene.design, light=scene.design.light.overridden(light))
    told = ", ".join(f"{name} {value}" for name, value in asdict(light).items() if value is not None)
    return replace(scene, design=design, reading=f"{scene.reading}; light: {told}" if told else scene.reading)


def _resolve(prompt: Prompt, product: Product, registry: PresetRegistry, settings: ShotSettings) -> Scene:
    if prompt.preset_id is None:
        scene = _custom_scene(prompt.text or "", product, registry)
        return _without(replace(scene, native_text=prompt.native_language_prompt), prompt.negative)
    preset = registry.get(prompt.preset_id)
    scene = Scene(
        text=preset.scene_text,
        full_text=join_name(product.name, preset.prompt_text),
        negative_text=preset.negative_text,
        preset_id=preset.id,
        preset_sha256=preset.sha256,
        design=lean_design(preset.design, product.palette) if settings.lean_palette else preset.design,
        style_reference=preset.plate_path if settings.style_reference else None,
        reading=f"preset {preset.id}",
        things=tuple((kind.replace("_", " "), kind) for kind in kinds_of_things(preset.design)),
    )
    return _without(scene, prompt.negative)


def _without(scene: Scene, negative: str | None) -> Scene:
    if negative is None:
        return scene
    from photoshoot.director.leaving_out import leave_out  # few prompts have one

    left = leave_out(scene.design, negative)
    return replace(
        scene,
        design=left.design,
        negative_text=", ".join(filter(None, (negative, scene.negative_text))),
        reading="; ".join((scene.reading, *left.tell())),
        unread=(*scene.unread, *(f"no {thing}" for thing in (*left.kept, *left.unknown))),
    )


def _custom_scene(text: str, product: Product, registry: PresetRegistry) -> Scene:
    from photoshoot.director import direct  # presets need none of it

    direction = direct(text, registry)
    return Scene(
        text=without_product(text),
        full_text=join_name(product.name, text),
        negative_text=direction.negative_text,
        preset_id=None,
        design=direction.design,
        style_reference=None,
        reading=direction.reading,
        unread=direction.unread,
        otherwise=direction.stand_ins,
        things=direction.things,
        behind=direction.behind,
        understood=direction.understood,
    )


def _list_items(value: PromptsLike) -> list[object]:
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            return list(json.loads(value, object_pairs_hook=build_object))
        except RecursionError as error:
            raise PromptError("the prompts' string is not a JSON array of objects: it is nested too deeply") from error
        except ValueError as error:
            raise PromptError(f"the prompts' string is not a JSON array: {error}") from error
    if isinstance(value, str | Prompt | Mapping):
        return [value]
    if isinstance(value, Iterable) and not isinstance(value, bytes | bytearray):
        return list(value)
    told = "; give its prompts" if hasattr(value, "prompts") else ""  # of a recommendation
    raise PromptError(f"prompts must be texts, Prompt records or the API's objects, not {type(value).__name__}{told}")


def _parse_one(index: int, item: object) -> Prompt:
    try:
        if isinstance(item, Prompt):
            return item
        if isinstance(item, str):
            return Prompt.custom(item)
        if isinstance(item, Mapping):
            return _parse_mapping(item)
        raise PromptError(f"must be a text, a Prompt or an object, not {show_value(item)}")
    except PromptError as error:
        raise PromptError(f"prompt {index}: {error}") from error


def _parse_mapping(item: Mapping[str, object]) -> Prompt:
    spelt = {key.lower(): key for key in _KEYS}  # in any case, as ASP.NET reads them
    unknown = [key for key in item if str(key).lower() not in spelt]
    if unknown:
        raise PromptError(f"has an unknown key {unknown[0]!r}; known: {', '.join(_KEYS)}")
    given = {spelt[str(key).lower()]: value for key, value in item.items()}
    tag, text, preset, native, negative = (given.get(key) for key in _KEYS)
    tag = tag.strip().lower() if isinstance(tag, str) else tag
    if tag == "custom" and not preset:
        return Prompt.custom(text, native, negative=negative)  # type: ignore[arg-type]  # checked by Prompt itself
    if tag == "preset" and not text:
        return Prompt.preset(preset, negative=negative)  # type: ignore[arg-type]
    if tag in ("custom", "preset"):
        raise PromptError("has both a prompt and a preset; give the one that its tag names")
    raise PromptError("has no tag; give 'custom' or 'preset'" if tag is None else f"{_TAGS}, not {show_value(tag)}")
