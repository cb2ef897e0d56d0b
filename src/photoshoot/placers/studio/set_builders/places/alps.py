"""In the mountains: a chalet's snowed-in deck before peaks and firs, and the shore of a lake that mirrors them."""

import numpy as np

from photoshoot.placers.studio.assets.furniture.style import box, tint
from photoshoot.placers.studio.backdrops.alpine_view import AlpineView, alpine_image
from photoshoot.placers.studio.backdrops.bokeh import shining_wall
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import blob, leaf
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.landscape.winter_terrace import Terrace, cushion
from photoshoot.placers.studio.scene.batching import Things, painted, wooden
from photoshoot.placers.studio.set_builders.places.outlook import golden_of, light_from_sky, outlook
from photoshoot.placers.studio.set_builders.setting import Setting, lowest_seen, named_shapes, night_of

_METRE = 2.2
_FAR_Z, _RAIL_Z, _SHORE_Z, _DECK = -40.0, -6.0, -5.2, -2.6
_RAIL = 0.55  # height of the rail, where it does not come down for a low picture
_POSTS, _SLAT, _GAP = 3.1, 0.36, 0.2  # from post to post; width of a slat, and between two
_HORIZON = (0.12, 0.46)  # where that of the view is, of what is seen of it
_GOLDEN = 0.7  # of how warm a low sun is over a city: mountain air has less haze
_FALLEN = "#eef3f8"
_STONES = ("#8b8a84", "#74746f", "#a09c92")
_REEDS = ("#7f8f4c", "#5f7440", "#a39a5c")


def build_chalet(setting: Setting) -> dict[str, object]:
    """A railing of wood in the colour, with snow on it, before firs and mountains."""
    view, rng = setting.view, setting.rng
    reach = view.half_width_at(_RAIL_Z) + 2.0
    rail = min(_RAIL, 0.34 * view.camera_y)
    things = [*_railing(setting.color, rail, reach, float(rng.uniform(0, _POSTS))), *_snow(rail, reach, rng)]
    return {**named_shapes("chalet", things, setting), **_view(setting, snowy=True)}


def build_alpine_lake(setting: Setting) -> dict[str, object]:
    """Water of the colour with mountains over it, and stones and reeds on the near shore at both sides."""
    view, rng = setting.view, setting.rng
    stones: tuple[list[Mesh], ...] = tuple([] for _ in _STONES)
    reeds: tuple[list[Mesh], ...] = tuple([] for _ in _REEDS)
    reach, low = view.half_width_at(_SHORE_Z), lowest_seen(view, _SHORE_Z)
    blade = leaf(1.5, 0.08, curl=0.35, fold=0.1, unseen=True)
    for side in (-1, 1):
        for number in range(9):
            x = side * reach * float(rng.uniform(0.5, 1.15))
            size = float(rng.uniform(0.25, 0.75)) * (0.4 + 0.8 * abs(x) / reach)
            stone = blob(size, seed=int(rng.integers(30)), rings=28).turned(float(rng.uniform(0, 360)))
            stones[number % 3].append(stone.moved(x, low - 0.35, _SHORE_Z + float(rng.uniform(-0.8, 0.6))))
        for number in range(70):
            x = side * reach * float(rng.uniform(0.62, 1.15))
            straw = blade.scaled(float(rng.uniform(0.5, 1.0)) * (0.4 + 0.7 * abs(x) / reach))
            straw = straw.turned(float(rng.uniform(58, 88)), "z").turned(float(rng.uniform(0, 360)))
            reeds[number % 3].append(straw.moved(x, low - 0.4, _SHORE_Z + float(rng.uniform(-0.6, 0.4))))
    things: Things = [
        painted(color, "matte", merged(own)) for color, own in zip((*_STONES, *_REEDS), (*stones, *reeds), strict=True)
    ]
    return {**named_shapes("shore", things, setting), **_view(setting, snowy=False, water=setting.color)}


def _view(setting: Setting, *, snowy: bool, water: str = "") -> dict[str, object]:
    """The mountains, and the sky's light on what stands before them."""
    view, night = setting.view, night_of(setting.light)
    seen = outlook(view, _FAR_Z, _HORIZON)
    alps = AlpineView(
        aspect=seen.aspect,
        horizon=seen.horizon,
        snowy=snowy,
        water=water,
        night=round(night, 2),
        golden=round(_GOLDEN * golden_of(setting), 2),
        sunny_left=setting.light.azimuth_deg < 0,
        seed=int(setting.rng.integers(8)),
    )
    return {
        "mountains": shining_wall(alpine_image(alps), view, _FAR_Z, setting.exposure, seen.bottom),
        "sky_light": light_from_sky(setting, (0.0, _RAIL_Z), -3.5, 0.8 - 0.62 * night),
    }


def _railing(color: str, rail: float, reach: float, start: float) -> Things:
    """Posts, a hand rail and slats between two rungs, as chalets have them."""
    posts = [box((0.12, (rail - _DECK) / 2 + 0.06, 0.12)).moved(float(x), (rail + _DECK) / 2, _RAIL_Z)
             for x in np.arange(-reach + start, reach, _POSTS)]  # fmt: skip
    beams = [rounded_box((reach + 2, 0.07, 0.24), 0.03, steps=2).moved(0, rail, _RAIL_Z)]
    beams += [box((reach + 2, 0.07, 0.05)).moved(0, y, _RAIL_Z) for y in (rail - 0.32, _DECK + 0.6)]
    tall = (rail - 0.25 - _DECK - 0.5) / 2
    slats = [box((_SLAT / 2, tall, 0.03), 0.02).moved(float(x), _DECK + 0.5 + tall, _RAIL_Z - 0.08)
             for x in np.arange(-reach, reach, _SLAT + _GAP)]  # fmt: skip
    return [
        wooden(color, "eggshell", *posts, *beams),
        wooden(tint(color, "#2a1a10", 0.2), "eggshell", *slats),
    ]


def _snow(rail: float, reach: float, rng: np.random.Generator) -> Things:
    """Snow along the hand rail, and what lies on the deck."""
    terrace = Terrace(z=_RAIL_Z, top=rail, metre=_METRE)
    deck = box((reach + 3, 0.1, 2.4), 0.05).moved(0, _DECK, _RAIL_Z + 1.6)
    return [painted(_FALLEN, "matte", cushion(reach, rail + 0.05, terrace, rng), deck)]
