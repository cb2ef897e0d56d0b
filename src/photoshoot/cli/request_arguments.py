"""What the command line takes of a request: an option for each of its fields, with the field's own words and type."""

import argparse
import dataclasses
import typing
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, Final

from photoshoot.cli.parser import reading
from photoshoot.errors import InputError, SettingsError
from photoshoot.pixels.photos import read_style_image
from photoshoot.records.plain_data import read_docs
from photoshoot.request import Request, read_request, write_request

_SIDES = {"left": -70.0, "right": 70.0, "front": 0.0, "back": 180.0}
"""Degrees from the camera of the sides that light comes from; from the very side it would leave the front dark."""
_KINDS = (
    "ad size: post, story, landscape, vertical, pin; medium_banner, leaderboard, wide_skyscraper, half_page, "
    "large_leaderboard; social, display or all for a group; the API's number; or one of your own, such as 1920x1080 "
    "(32 to 8192 px a side); may be repeated"
)
_NAMES: Final = {
    "render_kind": "kind",
    "prompts": "prompt",
    "placement.pitch_deg": "pitch",
    "light.azimuth_deg": "light-from",
    "light.elevation_deg": "light-height",
    "light.color": "light-color",
    "light.rim": "rim-light",
}
"""Options that are not called like their field."""
_ALSO: Final = {"render_kind": ("--size",), "prompts": ("--preset",)}
"""Further options that say the same."""
_BY_A_WORD: Final = ("render_kind", "style_image")
"""Options that are one word, whatever record that becomes."""
_PROMPTS: Final[dict[str, Callable[[str], dict[str, str]]]] = {
    "preset": lambda text: {"tag": "preset", "preset": text},
    "prompt": lambda text: {"tag": "custom", "prompt": text},
}
_PRODUCT = ("name", "description")
_ELSEWHERE = ("product", "prompts")


def add_request(parser: argparse.ArgumentParser) -> None:
    """Add the options of a request; those that are left out are left to its own defaults."""
    scene = parser.add_argument_group("scenes (without any: the six presets that suit the product best)")
    for tag, metavar, what in (("preset", "ID", "a preset"), ("prompt", "TEXT", "a scene")):
        scene.add_argument(
            f"--{tag}",
            action="append",
            dest="prompts",
            type=_PROMPTS[tag],
            metavar=metavar,
            help=f"{what}; may be repeated",
        )
    scene.add_argument(
        "--negative",
        action=_Unwanted,
        dest="prompts",
        metavar="TEXT",
        help="what must not be in the picture of the --prompt or --preset before it, such as 'flowers, candles'",
    )
    groups = {
        "": parser.add_argument_group("picture"),
        "light": parser.add_argument_group("light (what is left out stays as the scene has it)"),
        "product": parser.add_argument_group("product"),
    }
    for path, hint, told in _list_options(Request, ""):
        group = groups["light" if path.startswith("light.") else "product" if path in _PRODUCT else ""]
        _addoption_of(group, path, hint, told)


class _Unwanted(argparse.Action):
    """Says of the prompt before it what must not be in its picture."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        """Amend the last prompt."""
        del parser, option
        prompts = getattr(namespace, self.dest) or []
        if not prompts or "negative" in prompts[-1]:
            raise argparse.ArgumentError(self, "give it once, after the --prompt or --preset that it belongs to")
        setattr(namespace, self.dest, [*prompts[:-1], {**prompts[-1], "negative": values}])


def read_arguments(arguments: argparse.Namespace, base: Request | None = None) -> Request:
    """The request that a command line asks for, without a product.

    Args:
        arguments: What was given.
        base: Says what is left out. None: a request's own defaults.

    Raises:
        InputError: A value is wrong; names the option.
    """
    given = _read_given(arguments)
    if base is not None and not given:
        return base
    plain: dict[str, Any] = {} if base is None else write_request(base)
    for name, value in given.items():
        old = plain.get(name)
        plain[name] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
    return read_request(plain, where="command line", complaint=_complain)


def _read_given(arguments: argparse.Namespace) -> dict[str, Any]:
    """What was given, as a request's plain data."""
    plain: dict[str, Any] = {}
    for path, _, _ in _list_options(Request, ""):
        if (value := getattr(arguments, path)) is not None:
            *tables, name = path.split(".")
            table = plain.setdefault(tables[0], {}) if tables else plain
            table[name] = _read_side(value) if path == "light.azimuth_deg" else value
    if plain.get("style_reference") is False:  # alone it is the API's switch, and means both
        plain.setdefault("lean_palette", False)
    return plain | ({"prompts": arguments.prompts} if arguments.prompts else {})


def _list_options(kind: type, prefix: str) -> Iterator[tuple[str, Any, str]]:
    """(path, type, help) of each field, and of each field of the records in it."""
    hints, docs = typing.get_type_hints(kind), read_docs(kind)
    for field in dataclasses.fields(kind):
        parts = [part for part in typing.get_args(hints[field.name]) if part is not type(None)]
        record: Any = next(filter(dataclasses.is_dataclass, [hints[field.name], *parts]), None)
        if f"{prefix}{field.name}" in _BY_A_WORD:
            record = None
        if not prefix and field.name in _ELSEWHERE:
            continue
        if record is not None:
            yield from _list_options(record, f"{field.name}.")
        else:
            hint = hints[field.name] if isinstance(hints[field.name], type) else _first(hints[field.name])
            yield f"{prefix}{field.name}", hint, docs[field.name] + _say_default(field.default)


def _first(hint: Any) -> Any:
    return hint if typing.get_origin(hint) is tuple else typing.get_args(hint)[0]


def _say_default(value: object) -> str:
    if value is None or value is dataclasses.MISSING or isinstance(value, bool):
        return ""
    return f" ({str(value.name).lower() if isinstance(value, Enum) else value})"


def _addoption_of(group: argparse._ArgumentGroup, path: str, hint: Any, told: str) -> None:
    more: dict[str, Any] = {"type": hint, "metavar": {int: "N", float: "X", str: "TEXT"}.get(hint)}
    if path == "render_kind":
        more, told = {"action": "append", "metavar": "KIND|WxH"}, f"{_KINDS} (landscape)"
    elif path == "light.azimuth_deg":
        more = {"metavar": "SIDE|DEG"}
        told = f"left, right, front, back, or degrees: {told[0].lower()}{told[1:]} Shadows fall to the other side."
    elif path == "style_image":
        more = {"type": reading(lambda name: str(read_style_image(name))), "metavar": "PICTURE"}
    elif path == "light.color":
        more = {"type": str.lower, "metavar": "#RRGGBB"}
    elif hint is bool:
        more = {"action": argparse.BooleanOptionalAction}
    elif isinstance(hint, type) and issubclass(hint, Enum):
        more = {"metavar": "|".join(str(choice.value) for choice in hint)}
    elif typing.get_origin(hint) is tuple:
        more = {"type": int, "nargs": len(typing.get_args(hint)), "metavar": "PX"}
    text = told.replace("``", "").replace("%", "%%")
    group.add_argument(*_ALSO.get(path, ()), option_of(path), dest=path, default=None, help=text, **more)


def option_of(path: str) -> str:
    """The option of a request's field, such as ``--kind`` of ``render_kind``."""
    return "--" + _NAMES.get(path, path.rpartition(".")[2].replace("_", "-"))


def _complain(_: str, key: str, reason: str) -> InputError:
    path = key.partition("[")[0]
    return InputError(f"{' or '.join((option_of(path), *_ALSO.get(path, ())))}: {reason}")


def _read_side(text: str) -> float:
    try:
        return _SIDES[text] if text in _SIDES else float(text)
    except ValueError as error:
        raise SettingsError("light_from", text, f"{', '.join(_SIDES)}, or degrees from -180 to 180") from error
