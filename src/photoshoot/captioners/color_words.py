"""Colours as shops name them: near black is black, light and shade are one colour, a tinted grey is not grey."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.captioners.noun import Noun
from photoshoot.color.palette import name_color
from photoshoot.color.space import hex_to_oklab
from photoshoot.records import Category, Swatch

_MAIN_SHARE = 0.18  # a colour of this share is one of the product's colours
_DETAIL_SHARE = 0.02  # a smaller one, if it stands out, is a detail
_PART_SHARE = 0.08  # one that is told where a part has it
_STANDS_OUT = 0.14  # OKLab distance from every main colour
_CHROMATIC = 0.06  # OKLab chroma under which a detail is taken for shade or glare
_TINTED = 0.03  # OKLab chroma from which a colour has a hue
_ONE_HUE = 30.0  # degrees
_MOST_COLORS = 2
_ONE_OF_MANY, _MOST_OF_MANY = 0.045, 4  # share of each of many colours, and how many of them are told
_DARK, _PALE = 0.43, 0.9  # OKLab lightness under and over which a grey is said to be black and white
_PALE_ALONE = 0.85  # the same of white where the photo has no white ground to hold it against
_DIM_WHITE = 0.66  # OKLab lightness from which a grey may be a white in little light
_GREY, _HUELESS = 0.03, 0.022  # OKLab chroma of what counts as grey, and of what has no other name
_DEEP, _DEEP_GREY = 0.33, 0.04  # the same where it is darker still: light's own colour tints what is black
_COLD = (215.0, 300.0)  # degrees of hue of what is blue
_PALE_TINT, _TINT, _DYED = 0.027, 0.03, 0.026  # OKLab chroma from which a pale grey, a grey, a grey cloth is blue
_TINTED_FROM, _PALE_FROM = 0.5, 0.85  # OKLab lightness of such greys, and of such pale ones
_BLUE, _DEEP_CORAL = 0.065, 0.67  # OKLab chroma of a greyish blue that is a blue; lightness under which coral is none
_VIOLET = 285.0  # degrees of hue up to which a dark violet is a navy
_RED = 34.0  # degrees of hue up to which rust is a red
_WINE, _WINE_DARK = 28.0, 0.5  # degrees of hue up to which a brown is a dark red; and its OKLab lightness
_FIERY, _FIERY_CHROMA = 35.0, 0.18  # degrees of hue from which a vivid red is an orange
_LIGHT_TAUPE = 0.62  # OKLab lightness from which a taupe is no brown
_GREENISH = 100.0  # degrees of hue from which a sage has green in it
_OF_ITS_OWN = 0.04  # OKLab chroma from which a colour of what has grown is no shade
_ORANGE = 66.0  # and up to which amber is an orange
_VIVID = 0.115  # OKLab chroma from which no brown is seen
_GOLDEN = (78.0, 105.0)  # degrees of hue of gold; leather and wood are redder
_GOLD_CHROMA = 0.04
_WEARERS_DARK = (0.5, 0.06)  # OKLab lightness and chroma under which a second colour may be the wearer's hair
CLOTH = frozenset({Category.GARMENT, Category.HEADWEAR, Category.BAG, Category.FOOTWEAR})
"""Shelves of what is made of cloth or leather."""
_STYLED = CLOTH | {Category.BEAUTY, Category.JEWELRY, Category.EYEWEAR}
"""Shelves whose colours have names of fashion; on the others they have plain ones."""
_GREYS = frozenset({"charcoal", "dark grey", "light grey", "silver"})
"""How light a grey is tells of the photo's light as much as of the thing."""
_LIGHT = "light-coloured"
_ONE_PAINT = {
    _LIGHT: "white",
    "ivory": "white",
    "navy blue": "navy",
    "blush": "pink",
    "rose": "pink",
    "hot pink": "pink",
    "amber": "orange",
}
_PLAIN_NAMES = {
    "amber": "orange",
    "blush": "pale pink",
    "camel": "light brown",
    "chocolate": "dark brown",
    "crimson": "red",
    "navy blue": "navy",
    "rose": "pink",
    "rust": "reddish brown",
    "sand": "beige",
    "slate blue": "blue-grey",
    "steel blue": "blue-grey",
    "tan": "light brown",
    "taupe": "brown",
}
_FOOD_NAMES = {
    "burgundy": "dark red",
    "coral": "orange-pink",
    "cream": "off-white",
    "emerald": "green",
    "forest green": "dark green",
    "ivory": "off-white",
    "lavender": "pale purple",
    "lilac": "pale purple",
    "lime": "bright green",
    "mint": "pale green",
    "mustard": "dark yellow",
    "olive": "olive green",
    "peach": "pale orange",
    "plum": "dark purple",
    "sage": "grey-green",
    "terracotta": "reddish orange",
}
"""Of food: a peach cake is of peaches."""
_SHADES = {
    "white": ("white", "ivory", "cream"),
    "beige": ("beige", "sand", "cream", "ivory", "pale yellow", "tan", "light brown", "taupe"),
    "grey": ("grey", "blue-grey", "taupe", "beige", "sand", "sage", "lavender"),
    "red": ("red", "dark red", "crimson", "burgundy"),
    "brown": ("brown", "light brown", "dark brown", "reddish brown", "camel", "tan", "rust", "mustard", "terracotta"),
    "blue-grey": ("blue-grey", "slate blue", "steel blue", "light blue", "pale blue"),
    "blue": ("blue", "royal blue", "sky blue", "light blue", "pale blue", "navy", "navy blue", "slate blue", "indigo"),
    "turquoise": ("turquoise", "aqua", "teal", "sea green", "mint", "pale blue", "light blue"),
    "orange": ("orange", "amber", "coral", "peach", "terracotta", "orange-pink", "pale orange"),
    "green": ("green", "dark green", "forest green", "emerald", "sea green", "olive", "sage"),
    "pink": ("pink", "pale pink", "blush", "rose", "hot pink", "lilac"),
    "purple": ("purple", "dark purple", "plum", "lilac", "lavender", "indigo", "dark violet"),
}
"""A broad word → the shades of it."""
_EXPOSURES = (0.93, 1.07)
"""Factors on sRGB values between which a shade's word must be the same to be said: photos are that much off."""
_LEAF_NAMES = frozenset(
    {"olive", "sage", "lime", "green", "dark green", "forest green", "emerald", "mint", "sea green"}
)


_BY_HUE: tuple[tuple[tuple[str, ...], Callable[[float, float, float], bool], str], ...] = (
    (("dark violet",), lambda _, __, hue: hue < _VIOLET, "navy blue"),
    (("dark violet",), lambda _, __, hue: hue >= _VIOLET, "dark purple"),
    (("slate blue", "steel blue"), lambda _, chroma, __: chroma >= _BLUE, "blue"),
    (("coral",), lambda lightness, _, hue: lightness < _DEEP_CORAL and hue < _RED, "red"),
    (("coral",), lambda lightness, _, hue: lightness < _DEEP_CORAL and hue >= _RED, "orange"),
    (("camel",), lambda _, chroma, __: chroma >= _VIVID, "mustard"),
    (("rust",), lambda _, __, hue: hue < _RED, "dark red"),
    (
        ("brown", "chocolate"),
        lambda light, chroma, hue: chroma >= _TINTED and hue < _WINE and light < _WINE_DARK,
        "burgundy",
    ),
    (("red",), lambda _, chroma, hue: hue >= _FIERY and chroma >= _FIERY_CHROMA, "orange"),
    (("sage",), lambda _, __, hue: hue < _GREENISH, "taupe"),
    (("taupe",), lambda lightness, _, __: lightness >= _LIGHT_TAUPE, "beige"),
    (("amber",), lambda _, __, hue: hue < _ORANGE, "orange"),
)
"""(names, of which OKLab lightness, chroma and degrees of hue, what they are said to be): the first that holds."""


@dataclass(frozen=True)
class ColorNamer:
    """Says colours as the shelf of a product does."""

    noun: Noun
    exposure: float | None = None
    """Factor on sRGB values that makes the photo's white ground white, >= 1; None where it has none."""
    dim: bool = False
    """Whether a pale grey may be a white in little light: nothing in the photo tells how light it was."""

    def name(self, swatch: Swatch) -> str:
        """Its name, a broad one where a little more or less light would make it another shade."""
        lit = _expose(swatch, self.exposure or 1.0)
        seen = self._name(lit)
        shades = {seen, *(self._name(_expose(lit, factor)) for factor in _EXPOSURES)}
        return next((name for name, known in _SHADES.items() if len(shades) > 1 and shades <= set(known)), seen)

    def _name(self, swatch: Swatch) -> str:
        """Near black and near white are said to be so: a shop has no charcoal for what lay in light."""
        lightness, a, b = (float(part) for part in hex_to_oklab(swatch.hex))
        chroma, hue = math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360
        if chroma < (_DEEP_GREY if lightness < _DEEP else _GREY) and lightness < _DARK:
            return "black"
        if chroma < min(_GREY, _PALE_TINT) and lightness > (_PALE_ALONE if self.exposure is None else _PALE):
            return "white"
        gilt = self.noun.category is Category.JEWELRY or self.noun.is_metal
        if gilt and chroma >= _GOLD_CHROMA and _GOLDEN[0] <= hue <= _GOLDEN[1]:
            return "gold"
        tint = _DYED if self.noun.category in CLOTH else _TINT
        seen = _name_tint(swatch.name, lightness, chroma, hue, tint)
        if seen in _GREYS or chroma < _HUELESS:
            return _LIGHT if self.dim and lightness >= _DIM_WHITE and not self.noun.is_metal else "grey"
        if self.noun.category in _STYLED:
            return seen
        plain = _PLAIN_NAMES.get(seen, seen)
        return _FOOD_NAMES.get(plain, plain) if self.noun.category is Category.FOOD else plain

    def name_colors(self, palette: Sequence[Swatch], *, worn: bool) -> tuple[list[str], list[str]]:
        """Names of at most two colours that cover a product, largest first, and of at most one detail.

        Args:
            palette: The product's, largest share first.
            worn: Somebody wears it: dark colours after the first may be hair.
        """
        large = [swatch for swatch in palette if swatch.share >= _MAIN_SHARE]
        names = [self.name(swatch) for swatch in large[:1]]
        rest = [] if self.noun.is_metal else large[1:]  # what is pale or dark on polished metal is light and shade
        if self.noun.is_grown or self.noun.has_lens:  # so it is on glass
            rest = [swatch for swatch in rest if _chroma(swatch) >= (_OF_ITS_OWN if self.noun.is_grown else _CHROMATIC)]
        names += [self.name(swatch) for swatch in rest if not (worn and _may_be_hair(swatch))]
        main = list(dict.fromkeys(names))[:_MOST_COLORS] or [self.name(swatch) for swatch in palette[:1]]
        main = _merge(main)
        small = [] if self.noun.is_grown else _find_details(palette)  # where a fruit shines it is paler
        details = [name for name in map(self.name, small) if len(_merge([*main[:1], name])) > 1]
        details = [name for name in details if name not in main and len(_merge([*main[-1:], name])) > 1][:1]
        return main, details

    def name_many(self, palette: Sequence[Swatch]) -> list[str]:
        """Names of the largest colours of what has four or more, three of them no grey; none of what has fewer."""
        own: list[Swatch] = []
        for swatch in palette:
            lab, name = hex_to_oklab(swatch.hex), self.name(swatch)
            shade = any(_is_shade(lab, hex_to_oklab(other.hex)) for other in own)
            known = any(len(_merge([name, self.name(other)])) < 2 for other in own)
            if swatch.share >= _ONE_OF_MANY and not (shade or known):
                own.append(swatch)
        hued = [swatch for swatch in own if _chroma(swatch) >= _CHROMATIC]
        return [self.name(swatch) for swatch in own][:_MOST_OF_MANY] if len(own) > 3 and len(hued) > 2 else []

    def name_more(self, palette: Sequence[Swatch], told: Sequence[str], *, leafy: bool) -> list[str]:
        """Names of at most two more colours of some share that are no shade of those told: a part may have them."""
        more: list[str] = []
        main = [hex_to_oklab(swatch.hex) for swatch in palette if self.name(swatch) in told]
        for swatch in palette:
            name, lab = self.name(swatch), hex_to_oklab(swatch.hex)
            shade = any(_is_shade(lab, other) or np.linalg.norm(lab - other) < _STANDS_OUT for other in main)
            known = any(len(_merge([name, other])) < 2 for other in [*told, *more])
            if swatch.share >= _PART_SHARE and not (shade or known or (leafy and name in _LEAF_NAMES)):
                more.append(name)
        return more[:_MOST_COLORS]

    def name_prints(self, palette: Sequence[Swatch], prints: Sequence[str]) -> list[str]:
        """Names of a print's colours, largest first; not that of the ground, however lit."""
        names = list(dict.fromkeys(self.name(swatch) for swatch in palette[1:] if swatch.hex in prints))
        ground = [self.name(swatch) for swatch in palette[:1]]
        return [name for name in names if len(_merge([*ground, name])) > 1]

    def share(self, name: str, palette: Sequence[Swatch]) -> float:
        """Share of the colours of that name, 0 where light and shade of one paint were said together."""
        return sum(swatch.share for swatch in palette if self.name(swatch) == name)


@lru_cache(maxsize=1024)
def _expose(swatch: Swatch, factor: float) -> Swatch:
    """The same colour in more or less light."""
    if factor == 1:
        return swatch
    parts = (min(255, round(int(swatch.hex[at : at + 2], 16) * factor)) for at in (1, 3, 5))
    color = "#" + "".join(f"{part:02x}" for part in parts)
    return Swatch(hex=color, name=name_color(color), share=swatch.share)


def _name_tint(name: str, lightness: float, chroma: float, hue: float, tint: float) -> str:
    """The name of a colour beside a grey or a violet, where its hue tells more than its distance to named ones."""
    cold = _COLD[0] <= hue <= _COLD[1]
    if cold and name in ("light grey", "white") and lightness >= _PALE_FROM and chroma >= _PALE_TINT:
        return "pale blue"
    if cold and name in ("grey", "light grey") and lightness >= _TINTED_FROM and chroma >= tint:
        return "blue-grey"
    return next((word for told, holds, word in _BY_HUE if name in told and holds(lightness, chroma, hue)), name)


def _chroma(swatch: Swatch) -> float:
    return float(np.hypot(*hex_to_oklab(swatch.hex)[1:]))


def _may_be_hair(swatch: Swatch) -> bool:
    lightness, a, b = (float(part) for part in hex_to_oklab(swatch.hex))
    return lightness < _WEARERS_DARK[0] and math.hypot(a, b) < _WEARERS_DARK[1]


def _merge(names: Sequence[str]) -> list[str]:
    """Two names as one where they are light and shade of one paint: blush and rose are pink."""
    plain = [_ONE_PAINT.get(name, name) for name in names]
    if len(plain) == 2 and plain[0] == plain[1]:
        return list(plain[:1])
    return list(names)


def _find_details(palette: Sequence[Swatch]) -> list[Swatch]:
    labs = [hex_to_oklab(swatch.hex) for swatch in palette]
    main = [lab for lab, swatch in zip(labs, palette, strict=True) if swatch.share >= _MAIN_SHARE] or labs[:1]
    return [
        swatch
        for lab, swatch in zip(labs, palette, strict=True)
        if _DETAIL_SHARE <= swatch.share < _MAIN_SHARE
        and float((lab[1] ** 2 + lab[2] ** 2) ** 0.5) >= _CHROMATIC
        and min(float(((lab - other) ** 2).sum() ** 0.5) for other in main) >= _STANDS_OUT
        and not any(_is_shade(lab, other) for other in main)
    ]


def _is_shade(lab: Float32Array, other: Float32Array) -> bool:
    """Whether two colours have one hue: light and shade of a paint, rather than two paints."""
    chromas = np.hypot(lab[1:2], lab[2:]), np.hypot(other[1:2], other[2:])
    turn = float(np.degrees(np.arctan2(lab[2], lab[1]) - np.arctan2(other[2], other[1])))
    return bool(min(chromas) >= _TINTED) and abs((turn + 180) % 360 - 180) < _ONE_HUE
