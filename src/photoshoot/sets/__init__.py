"""The studio's vocabulary: what a set is made of, as plain data that presets, prompts and the studio share.

In goes what a preset's file says of its set, or what the director read in a prompt; out comes a *design*: a frozen
record of what ``placers/studio/set_builders`` is to build. A set is one module here and one builder there; all that
others must know of it (how prompts paint it, what is seen behind a product, what it becomes when its product lies or
hangs) stands on its class. Start reading with ``registry``, then ``design`` and a set such as ``podium``.
Colours are ``#rrggbb`` sRGB, as the eye sees the paint.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, cast, get_args, get_origin

from photoshoot.errors import SettingsError, UnknownNameError
from photoshoot.sets.design import LARGE, PARTS, ColorUse, Seen, SetDesign, SetObject, colored, parameters_of
from photoshoot.sets.light import Light
from photoshoot.sets.props import Props
from photoshoot.sets.registry import FAMILIES, SETS, SetFamily, carry, hold, register_set, set_name

__all__ = [
    "FAMILIES",
    "LARGE",
    "PARTS",
    "SETS",
    "ColorUse",
    "Light",
    "Props",
    "Seen",
    "SetDesign",
    "SetFamily",
    "SetObject",
    "carry",
    "colored",
    "hold",
    "parameters_of",
    "parse_set",
    "register_set",
    "set_name",
]

_T = TypeVar("_T")


def parse_set(data: Mapping[str, Any]) -> SetDesign:
    """Build a design from a preset file's ``set`` object: ``{"name": …, "light": {…}, <parameter>: …}``.

    Raises:
        UnknownNameError: The set or a parameter is not known.
        SettingsError: A value is of the wrong kind or out of range.
    """
    name = str(data.get("name"))
    if name not in SETS:
        raise UnknownNameError("set", name, SETS)
    return _parse(SETS[name], {key: value for key, value in data.items() if key != "name"}, name)


def _parse(kind: type[_T], data: Mapping[str, Any], path: str) -> _T:
    known = _known_of(cast("Any", kind))
    for key in data:
        if key not in known:
            raise UnknownNameError(f"parameter of {path}", key, known)
    return kind(**{key: _value(*known[key], value, f"{path}.{key}") for key, value in data.items()})


@cache
def _known_of(kind: type) -> Mapping[str, tuple[Any, Any, tuple[Any, ...]]]:
    """Parameter → (its type, what that is made of, and its choices or parts)."""
    return {name: (hint, get_origin(hint), get_args(hint)) for name, hint in parameters_of(kind).items()}


def _value(hint: Any, origin: Any, choices: tuple[Any, ...], value: Any, path: str) -> Any:
    if hint is Light and isinstance(value, Mapping):
        return _parse(Light, value, path)
    if origin is tuple and isinstance(value, list):
        return tuple(value)
    if origin is Literal:
        if value not in choices:
            raise SettingsError(path, value, "one of " + ", ".join(map(str, choices)))
        return value
    if hint is float and type(value) in (int, float):
        return float(value)
    if type(value) is hint:
        return value
    raise SettingsError(path, value, f"a {getattr(hint, '__name__', hint)}")
