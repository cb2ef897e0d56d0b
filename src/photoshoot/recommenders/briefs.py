"""Prompts in words: an art director's briefs, from a curated grammar (``presets/prompt_grammar.json``).

The grammar holds scenes (what stands under and behind the product, in which light and mood) and, for each category, the
scenes that suit it, best first. ``{color}`` in a phrase is a colour that goes with the product.

More ways to say a scene's light and mood than the grammar lists, so that a catalogue's neighbours share no prompt.

A light of no direction may come from a side, a low one from left or right only; moods of two words each, which all suit
the scene, pair anew.
"""

import itertools
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from photoshoot.color.space import NAMED_COLORS
from photoshoot.files import JsonObject, find_data, load_json
from photoshoot.framing.holding import shows_wearer
from photoshoot.framing.product_sizes import find_size
from photoshoot.recommenders.harmony import measure_contrast, measure_harmony
from photoshoot.records import Category, Product
from photoshoot.settings import SizeClass

_PLACED = re.compile(
    r"\b(?:from|through|in|over|along|behind|below|above|gliding|grazing|with|rim)\b"
    r"|backlight|overcast|diffuse|\beven\b|neon|midday|gallery|low key"
)
"""Lights that come from somewhere already, from straight above or all round."""
_SIDEWAYS = re.compile(r"\bside light\b")
_LOW = re.compile(r"\b(?:low|evening|golden|late|night)\b")
_SIDES = ("the left", "the right")
_HEIGHTS = ("the upper left", "the upper right")
_ANYWHERE = (
    "sharp and detailed",
    "precise and detailed",
    "natural and detailed",
    "natural and sharp",
    "natural and precise",
    "sharp and precise",
    "sharp and true to life",
    "natural and true to life",
)
"""Moods of photographs, whatever they show."""
_PAIR = re.compile(r"([a-z-]+) and ([a-z-]+)")


def turn_lights(texts: Sequence[str]) -> tuple[str, ...]:
    """Lights, and those of no direction from each side, too."""
    found = list(texts)
    for text in texts:
        if not _PLACED.search(text):
            sides = _SIDES if _LOW.search(text) or _SIDEWAYS.search(text) else _SIDES + _HEIGHTS
            found += [f"{_SIDEWAYS.sub('light', text)} from {side}" for side in sides]
    return tuple(dict.fromkeys(found))


def pair_moods(texts: Sequence[str]) -> tuple[str, ...]:
    """Moods, all pairs of the words of those that are two words joined by "and", and those of any photograph."""
    pairs = [found.groups() for text in texts if (found := _PAIR.fullmatch(text))]
    words = dict.fromkeys(itertools.chain.from_iterable(pairs))
    return tuple(
        dict.fromkeys([*texts, *(f"{one} and {other}" for one, other in itertools.combinations(words, 2)), *_ANYWHERE])
    )


VARIED: Final[Mapping[str, Callable[[Sequence[str]], tuple[str, ...]]]] = {"light": turn_lights, "mood": pair_moods}
"""Slot → what makes more phrases of those that the grammar lists."""


PROMPTS = 4
"""How many prompts are written for a product."""

_SLOTS = ("surface", "setting", "light", "mood")
_COLOR = "{color}"
_CHOICE = 4  # colours to choose from, the best for the product
_RANK_WEIGHT = 0.8  # how much likelier a scene is than the next one of its category
_LEAST_CONTRAST = 0.25  # under it a scene is taken only when there is no other


@dataclass(frozen=True, kw_only=True)
class SceneKind:
    """A kind of scene, in words that fit each other."""

    family: str
    """Scenes of one family look alike; only one of them is recommended."""
    backdrop: str | None
    """``#rrggbb`` of what is behind the product; None where ``{color}`` decides it."""
    colors: tuple[str, ...]
    """Named colours that ``{color}`` may be."""
    phrases: Mapping[str, tuple[str, ...]]
    """``surface``, ``setting``, ``light``, ``mood`` → ways to say it."""


class BriefWriter:
    """Writes prompts for products; the same photo always gets the same ones.

    Args:
        file: The grammar; None: the embedded one.

    Raises:
        PresetError: The grammar is malformed: names the file, the key and the reason.
    """

    def __init__(self, file: Path | None = None) -> None:
        path = file or find_data("presets") / "prompt_grammar.json"
        grammar = JsonObject(path, "", load_json(path), required=("colors", "scenes", "categories", "classes", "worn"))
        scenes: dict[str, Any] = grammar.value("scenes", dict, {})
        colors = grammar.strings("colors")
        self._scenes = {name: _read_scene(path, name, data, colors) for name, data in scenes.items()}
        self._categories = _read_categories(grammar, self._scenes)
        self._classes = _read_classes(grammar, self._scenes)
        self._worn = _read_list(grammar, "worn", grammar.strings("worn"), self._scenes)

    def write(self, product: Product) -> tuple[str, ...]:
        """Four prompts that differ in setting, light and colour, and don't name the product."""
        source = random.Random(product.cutout.photo_sha256)
        used: set[str] = set()
        briefs: list[str] = []
        for kind in self._order_scenes(product, source):
            color = _choose_color(kind, product, used, source)
            parts = _fill(kind, color, {*used, *_stems(product.name)}, source)
            if parts is not None:
                used |= {color, *parts}
                briefs.append(_join(parts))
            if len(briefs) == PROMPTS:
                break
        return tuple(briefs)

    def _order_scenes(self, product: Product, source: random.Random) -> list[SceneKind]:
        """The scenes of its class or category, or for who wears it, one a family; seeded, weak contrast last."""
        of_its_kind = self._classes.get(find_size(product).size_class) or self._categories[product.category]
        names = self._worn if shows_wearer(product) else of_its_kind
        kinds = [self._scenes[name] for name in names]
        draws = {id(kind): source.random() ** (1 / _RANK_WEIGHT**rank) for rank, kind in enumerate(kinds)}
        kinds.sort(key=lambda kind: (_is_lost(kind, product), -draws[id(kind)]))
        families: dict[str, SceneKind] = {}
        for kind in kinds:
            families.setdefault(kind.family, kind)
        return list(families.values())


def _is_lost(kind: SceneKind, product: Product) -> bool:
    backdrops = [NAMED_COLORS[name] for name in kind.colors] if kind.backdrop is None else [kind.backdrop]
    return max(measure_contrast(product.palette, (color,)) for color in backdrops) < _LEAST_CONTRAST


def _choose_color(kind: SceneKind, product: Product, used: set[str], source: random.Random) -> str:
    """One of the colours that suit the product best, new if there is a new one."""

    def suit(name: str) -> float:
        backdrop = (NAMED_COLORS[name],)
        return measure_contrast(product.palette, backdrop) * (0.3 + measure_harmony(product.palette, backdrop))

    free = [name for name in kind.colors if name not in used] or list(kind.colors)
    return source.choice(sorted(free, key=suit, reverse=True)[:_CHOICE])


def _fill(kind: SceneKind, color: str, taken: set[str], source: random.Random) -> list[str] | None:
    """One phrase a slot, none of which was used or names the product; None where a slot has no such phrase."""
    parts = []
    for slot in _SLOTS:
        phrases = [text.replace(_COLOR, color) for text in kind.phrases[slot]]
        free = [text for text in phrases if text not in taken and not taken & _stems(text)]
        if not free:
            return None
        parts.append(source.choice(free))
    return parts


def _join(parts: Sequence[str]) -> str:
    surface, setting, light, mood = parts
    return f"{surface} {setting}, {light}, {mood}"


@lru_cache(maxsize=4096)  # the grammar's phrases are looked at for every product
def _stems(text: str) -> frozenset[str]:
    """Words without a plural's ending."""
    return frozenset(re.sub(r"(?<=[a-z]{2})s$", "", word) for word in re.findall(r"[a-z]+", text.lower()))


def _read_scene(file: Path, name: str, data: object, colors: Sequence[str]) -> SceneKind:
    entry = JsonObject(file, f"scenes.{name}", data, required=("family", "backdrop", *_SLOTS), optional=("colors",))
    phrases = {slot: entry.strings(slot) for slot in _SLOTS}
    for slot, texts in phrases.items():
        if not texts:
            raise entry.error(slot, "is empty")
    own = entry.strings("colors") or tuple(colors)
    for color in own:
        if color not in NAMED_COLORS:
            raise entry.error("colors", f"{color!r} is not a named colour")
    backdrop = entry.text("backdrop") if isinstance(data, Mapping) and data.get("backdrop") is not None else None
    varied = {slot: VARIED[slot](texts) if slot in VARIED else texts for slot, texts in phrases.items()}
    return SceneKind(family=entry.text("family"), backdrop=backdrop, colors=own, phrases=varied)


def _read_categories(grammar: JsonObject, scenes: Mapping[str, SceneKind]) -> dict[Category, tuple[str, ...]]:
    lists: dict[str, list[str]] = grammar.value("categories", dict, {})
    return {
        category: _read_list(grammar, f"categories.{category}", lists.get(category, ()), scenes)
        for category in Category
    }


def _read_classes(grammar: JsonObject, scenes: Mapping[str, SceneKind]) -> dict[SizeClass, tuple[str, ...]]:
    """The scenes of what stands on no table, by class; the other classes have none of their own."""
    lists: dict[str, list[str]] = grammar.value("classes", dict, {})
    if unknown := sorted(set(lists) - set(SizeClass)):
        raise grammar.error(f"classes.{unknown[0]}", "is no class of sizes")
    return {SizeClass(name): _read_list(grammar, f"classes.{name}", lists[name], scenes) for name in lists}


def _read_list(
    grammar: JsonObject, key: str, listed: Sequence[str], scenes: Mapping[str, SceneKind]
) -> tuple[str, ...]:
    """Names of scenes, of as many families as there are prompts at least."""
    if unknown := [scene for scene in listed if scene not in scenes]:
        raise grammar.error(key, f"unknown scenes {unknown}")
    if len({scenes[scene].family for scene in listed}) < PROMPTS:
        raise grammar.error(key, f"needs scenes of {PROMPTS} families")
    return tuple(listed)
