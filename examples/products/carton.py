"""A carton of tea, printed on all sides."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from photography import Part

from photoshoot.placers.studio.geometry.solids import rounded_box_sides
from photoshoot.placers.studio.scene.bsdfs import bitmap, plastic
from products.artwork import Sheet

_HALF = (0.62, 0.88, 0.36)
_NAVY, _CORAL, _CREAM, _TEAL = "#17324d", "#e4694a", "#f6ead6", "#3f8f8c"


def build_carton() -> dict[str, Part]:
    """The carton's six sides, turned three quarters."""
    art = {"front": _front(), "back": _front(), "left": _flank(), "right": _flank(), "top": _lid(), "bottom": _plain()}
    sides = rounded_box_sides(_HALF, 0.014)
    return {
        name: (side.turned(-33).moved(y=_HALF[1]), plastic(bitmap(art[name], clamp=True), 0.28))
        for name, side in sides.items()
    }


def _front() -> npt.NDArray[np.float32]:
    sheet = Sheet(1240, 1760, _CREAM)
    sheet.disc((620, 900), 330, _CORAL)
    for number, ink in enumerate((_TEAL, "#2b6077", _NAVY)):
        _wave(sheet, 930 + 150 * number, 46, ink, 1.2 * number)
    sheet.text((620, 200), "TIDEWATER", 122, _NAVY, spacing=0.14, bold=0.03)
    sheet.text((620, 320), "TEA  MERCHANTS", 42, _NAVY, spacing=0.34)
    sheet.box((560, 384, 680, 389), _CORAL)
    sheet.text((620, 1370), "Earl Grey Blue", 100, _CREAM, spacing=0.02, bold=0.008)
    sheet.text((620, 1478), "black tea · bergamot · cornflower", 42, _CREAM, spacing=0.04)
    sheet.text((620, 1650), "20 PYRAMID BAGS   50 g", 38, _CREAM, spacing=0.12)
    return sheet.printed()


def _flank() -> npt.NDArray[np.float32]:
    sheet = Sheet(720, 1760, _NAVY)
    sheet.text((360, 200), "TIDEWATER", 70, _CREAM, spacing=0.14, bold=0.03)
    sheet.box((310, 270, 410, 274), _CORAL)
    brewing = ["One bag a cup, water just", "off the boil, four minutes.", "Milk is a matter of taste."]
    sheet.paragraph((110, 350), brewing, 40, _CREAM)
    for number, (label, figure) in enumerate((("95 °C", "water"), ("4 min", "steep"), ("1 bag", "a cup"))):
        middle = (170 + 190 * number, 730)
        sheet.ring(middle, 80, 5, _CORAL)
        sheet.text(middle, label, 38, _CREAM, bold=0.01)
        sheet.text((middle[0], 850), figure, 30, _CREAM, spacing=0.06)
    contents = [
        "INGREDIENTS",
        "Black tea (94 %), cornflower",
        "petals, natural bergamot",
        "flavouring with other natural",
        "flavourings. Keep dry.",
    ]
    sheet.paragraph((110, 960), contents, 32, "#c9d3da")
    sheet.barcode((200, 1380), (320, 190), 11)
    return sheet.printed()


def _lid() -> npt.NDArray[np.float32]:
    sheet = Sheet(1240, 720, _CORAL)
    sheet.text((620, 350), "TIDEWATER", 104, _CREAM, spacing=0.14, bold=0.03)
    sheet.line([(16, 20), (16, 690), (40, 708), (1200, 708), (1224, 690), (1224, 20)], 3, "#a8432a")
    return sheet.printed()


def _plain() -> npt.NDArray[np.float32]:
    return Sheet(64, 64, _NAVY).printed()


def _wave(sheet: Sheet, level: float, height: float, ink: str, phase: float) -> None:
    x = np.linspace(0, sheet.width, 200)
    crest = level + height * np.sin(x / sheet.width * 4 * np.pi + phase)
    sheet.shape(np.concatenate([np.stack([x, crest], 1), [[sheet.width, sheet.height], [0, sheet.height]]]), ink)
