"""The Python and the command line that make a picture of the page again."""

from __future__ import annotations

import dataclasses
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from photoshoot.engines.choice import STUDIO
from photoshoot.errors import InputError
from photoshoot.request import Request, read_request
from photoshoot.settings import LightOverride, Placement
from photoshoot.ui.sessions import Cutting, Picture

_NAMES: Final = ("LightOverride", "Photoshoot", "Placement", "Prompt")


def read_picture(picture: Picture) -> Request:
    """The request of one picture alone."""
    return read_request(picture.request, where="session", complaint=lambda _, key, why: InputError(f"{key}: {why}"))


def write_code(photo: str, picture: Picture) -> tuple[str, str]:
    """Python and a command line that make a picture again.

    Args:
        photo: The photo's file name.
        picture: The picture.
    """
    request = read_picture(picture)
    told = _list_cutting(picture.cutting)
    words = ", ".join(f"{name}={text}" for name, text in _arguments(request))
    begin = "embedded()" if picture.engine == STUDIO else f"from_pretrained({picture.engine!r})"
    lines = [
        *(["import numpy as np", "from PIL import Image"] if picture.cutting.strokes else []),
        f"from photoshoot import {', '.join([*_NAMES, *(['SegmentationSettings'] if told else [])])}",
        "",
        f"with Photoshoot.{begin} as shoot:",
        *_write_cutting(photo, told, picture.cutting.strokes),
        f"    (shot,) = shoot.generate({'cutout' if picture.cutting != Cutting() else repr(photo)}, {words})",
        '    print(shot.save("out/", format="png"))',
    ]
    pairs = [*_name_options(told), *((f"--{kind}", f"{kind}.png") for kind in picture.cutting.strokes)]
    options = [option for pair in [*pairs, *_options(request)] for option in pair if option]
    options += [] if picture.engine == STUDIO else ["--engine", picture.engine]
    return "\n".join([*lines, ""]), shlex.join(["photoshoot", "shoot", photo, *options])


def _list_cutting(cutting: Cutting) -> dict[str, str | bool]:
    """What of ``SegmentationSettings`` was asked for."""
    asked = {"select": cutting.select or None, "glass": cutting.glass}
    return {name: value for name, value in asked.items() if value is not None}


def _write_cutting(photo: str, told: Mapping[str, str | bool], strokes: Sequence[str]) -> Iterator[str]:
    settings = ", ".join(f"{name}={value!r}" for name, value in told.items())
    if settings or strokes:
        yield f"    (cutout,) = shoot.cut_out([{photo!r}]{settings and f', SegmentationSettings({settings})'})"
    if strokes:
        masks = ", ".join(f'{kind}=np.asarray(Image.open("{kind}.png"))' for kind in strokes)
        yield f"    cutout = shoot.refine(cutout, {masks})  # your strokes: they are in the zip"


def _name_options(told: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        option = name.replace("_", "-")
        yield (f"--{'' if value else 'no-'}{option}", "") if isinstance(value, bool) else (f"--{option}", str(value))


def _arguments(request: Request) -> Iterator[tuple[str, str]]:
    for name, value in _given(request):
        if name == "prompts":
            (prompt,) = value
            yield (
                name,
                f"[Prompt.preset({prompt.preset_id!r})]" if prompt.preset_id else f"[Prompt.custom({prompt.text!r})]",
            )
        elif name == "render_kind":
            yield name, repr(_size(value))
        elif isinstance(value, LightOverride | Placement):
            yield name, f"{type(value).__name__}({', '.join(f'{n}={_literal(v)}' for n, v in _given(value))})"
        else:
            yield name, repr(value)


_OPTION: Final = {
    "azimuth_deg": "light-from",
    "elevation_deg": "light-height",
    "color": "light-color",
    "rim": "rim-light",
    "pitch_deg": "pitch",
}


def _options(request: Request) -> Iterator[tuple[str, str]]:
    for name, value in _given(request):
        if name == "prompts":
            (prompt,) = value
            yield ("--preset", prompt.preset_id) if prompt.preset_id else ("--prompt", prompt.text or "")
        elif name == "render_kind":
            yield "--size", _size(value)
        elif isinstance(value, LightOverride | Placement):
            for part, given in _given(value):
                yield f"--{_OPTION.get(part, part.replace('_', '-'))}", str(given)
        else:
            yield from _name_options({name: value})


def _given(record: Request | LightOverride | Placement) -> Iterator[tuple[str, Any]]:
    """What of a record is no default, but for the product."""
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name != "product" and value not in (_default(field), ()):
            yield field.name, value


def _default(field: dataclasses.Field[Any]) -> object:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _literal(value: object) -> str:
    return repr(str(value)) if isinstance(value, str) else repr(value)


def _size(kind: Any) -> str:
    return str(getattr(kind, "label", None) or kind.name.lower())
