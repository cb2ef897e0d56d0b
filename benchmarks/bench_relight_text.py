"""Does light on the product leave its words? Products with print are lit at full strength in many sets and read again.

Words are read by the reader that `text_errors` of the quality gate asks (extra `ocr`), on the product alone before
grey, with its own pixels and with lit ones: no set is painted, so nothing but the light can change what is read. What
counts is each line that is read surely (0.9) before. It is read again in two ways:

- *letters*: at its place, before and after made grey and stretched to the same contrast in the same way;
- *found anew*: the reader looks through the whole lit picture, brought to the mean colour that it had before.

A line that the reader does not find either where the whole photo is dimmed by a quarter, a half or one stop, without
any light of a set, is *unsure*: of that it can't be told what light does to it. How light spares print was chosen on
every other set (the first, the third, …); the page tells both halves.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rapidocr
from PIL import Image

from photoshoot import Photoshoot, Prompt
from photoshoot.color.space import LUMINANCE, bytes_to_linear, linear_to_srgb
from photoshoot.pixels.imaging import CORE_ALPHA, light_product
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.production import plan_shots
from photoshoot.records import Box, ProductLayer, RgbImage, ShotRequest
from photoshoot.records.light_map import LightMap
from photoshoot.request import Request, resolve_request
from photoshoot.vision.printed_text import PrintedLine, PrintedTextReader

ROOT = Path(__file__).resolve().parents[1]
PRODUCTS = sorted((ROOT.parent / "shared" / "products").glob("*.png"))
PRESETS = (
    "neon_ring_amber",
    "neon_ring_magenta_blue",
    "neon_bars_cyan_violet",
    "neon_bars_acid_green",
    "gel_light_teal_violet",
    "gel_light_pink_blue",
    "sunset_beach_sand",
    "sunset_water_reflection",
    "pool_at_sunset_white_tiles",
    "white_room_morning_window",
    "olive_wall_golden_blinds",
    "midnight_wall_moonlit_blinds",
    "plaster_wall_leaf_shadows",
    "rose_garden_table_leaf_shade",
    "candlelit_dark_table",
    "pale_cabin_candles",
    "snowy_winter_pines",
    "calm_water_morning_sky",
    "wet_asphalt_night_lights",
    "waterfront_blue_hour",
)
_GREY = np.float32(200)
_ROOM_PX = 16
_DIMMED = (-0.25, -0.5, -1.0)  # stops
_LINE_PX = 48  # height at which the reader's network takes lines


class Reader:
    """Reads whole pictures, and lines at their places."""

    def __init__(self) -> None:
        self.whole = PrintedTextReader()
        self._letters: Any = rapidocr.RapidOCR(params={"Global.log_level": "critical"})

    def read_at(self, picture: RgbImage, line: PrintedLine) -> tuple[str, float]:
        """What stands at a line's place, and how sure that is."""
        corners = np.array(line.corners)
        across, down = (float(np.hypot(*(corners[end] - corners[0]))) for end in (1, 3))
        size = (max(16, round(across * _LINE_PX / max(down, 1))), _LINE_PX)
        quad = [float(at) for corner in (0, 3, 2, 1) for at in corners[corner]]
        cut = Image.fromarray(picture).transform(size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
        grey = linear_to_srgb(bytes_to_linear(np.asarray(cut)) @ LUMINANCE)
        low, high = np.percentile(grey, [1, 99])
        stretched = np.round(np.clip((grey - low) / max(high - low, 0.004), 0, 1) * 255).astype(np.uint8)
        answer = self._letters(np.dstack([stretched] * 3), use_det=False, use_cls=False, use_rec=True)
        return (_squeeze(answer.txts[0]), float(answer.scores[0])) if answer.txts else ("", 0.0)


class Product:
    """A product and the lines that are read on it surely."""

    def __init__(self, name: str, layer: ProductLayer, reader: Reader) -> None:
        self.name, self.layer, self._reader = name, layer, reader
        rows, columns = np.nonzero(layer.alpha_matte > 0)
        self._window = tuple(
            slice(max(0, int(at.min()) - _ROOM_PX), int(at.max()) + _ROOM_PX) for at in (rows, columns)
        )
        before = self._alone(layer)
        self.lines = [
            line for line in reader.whole.read(before) if reader.read_at(before, line)[0] == _squeeze(line.text)
        ]  # the others are read in two ways without any light
        self.words = [_squeeze(line.text) for line in self.lines]
        self.unsure = self.find_unsure()

    def read(self, light: LightMap) -> dict[str, list[str]]:
        """The lines that are read otherwise than before under a light, by how they are read."""
        lit = self._alone(light_product(self.layer, light))
        at = [self._reader.read_at(lit, line)[0] for line in self.lines]
        letters = [f"{word} → {read}" for word, read in zip(self.words, at, strict=True) if word != read]
        return {"letters": letters, "lost": self._find_lost(light)}

    def find_unsure(self) -> list[str]:
        """The lines that are not found in each photo that is dimmed evenly."""
        height, width = self.layer.alpha_matte.shape
        whole = Box(left=0, top=0, right=width, bottom=height)
        found = [
            self._find(light_product(self.layer, LightMap.of_stops(np.full((2, 2, 3), stops, np.float32), whole)))
            for stops in _DIMMED
        ]
        return [word for word in self.words if not all(word in words for words in found)]

    def _find_lost(self, light: LightMap) -> list[str]:
        lit = light_product(self.layer, light)
        core = self.layer.alpha_matte >= CORE_ALPHA
        own, shown = (bytes_to_linear(layer.rgb) for layer in (self.layer, lit))
        same = linear_to_srgb(shown * (own[core].mean(0) / np.maximum(shown[core].mean(0), 1e-4)))
        rgb = np.round(np.clip(same, 0, 1) * 255).astype(np.uint8)
        found = self._find(ProductLayer(rgb=rgb, alpha_matte=self.layer.alpha_matte))
        return [word for word in self.words if word not in found]

    def _find(self, layer: ProductLayer) -> set[str]:
        return {_squeeze(line.text) for line in self._reader.whole.read(self._alone(layer))}

    def _alone(self, layer: ProductLayer) -> RgbImage:
        """The product before grey."""
        alpha = layer.alpha_matte[..., None]
        return np.ascontiguousarray(np.round(layer.rgb * alpha + _GREY * (1 - alpha)).astype(np.uint8)[self._window])


def _squeeze(text: str) -> str:
    return "".join(text.split())


def plan(shoot: Photoshoot, photo: Path, size: str, presets: Sequence[str]) -> Iterator[ShotRequest]:
    """The shots of a product at full strength."""
    product = shoot.describe([photo])[0]
    for preset in presets:
        request = Request(
            prompts=[Prompt.preset(preset)], render_kind=size, seed=7, safe_margin=False, light_on_product=1.0
        )
        yield from plan_shots(resolve_request(request, product), shoot.presets)


def measure(photos: Sequence[Path], presets: Sequence[str], size: str) -> Iterator[dict[str, object]]:
    """A row for each product with words, in each set."""
    reader, placer = Reader(), StudioPlacer()
    with Photoshoot.embedded() as shoot:
        for photo in photos:
            requests = list(plan(shoot, photo, size, presets))
            product = Product(photo.stem, requests[0].layer, reader)
            for request in requests if product.words else ():
                built = placer._scenes.build(placer._key(request))
                placer._measure_light(request, built)  # compiles
                start = time.process_time()
                light = placer._measure_light(request, built)
                seconds = time.process_time() - start
                if light is not None:
                    yield row(product, str(request.scene.preset_id), light) | {"cpu_s": seconds}


def row(product: Product, preset: str, light: LightMap) -> dict[str, object]:
    """What is read on a product in a set."""
    return {
        "product": product.name,
        "preset": preset,
        "words": product.words,
        "unsure": product.unsure,
        **product.read(light),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path, nargs="*", default=PRODUCTS)
    parser.add_argument("--presets", nargs="*", default=list(PRESETS))
    parser.add_argument("--size", default="1080x1080")
    parser.add_argument("--rows", type=Path, help="what earlier runs printed: the page is written, nothing lit")
    arguments = parser.parse_args()
    if arguments.rows:
        found = [json.loads(line) for line in arguments.rows.read_text().splitlines() if line.startswith("{")]
    else:
        found = []
        for one in measure(arguments.photos, arguments.presets, arguments.size):
            found.append(one)
            print(json.dumps(one), flush=True)
    page = write_page(found)
    print(page)
    if {one["preset"] for one in found} == set(PRESETS):
        (ROOT / "benchmarks" / "results" / "relight_text.md").write_text(page, encoding="utf-8")


def write_page(found: list[dict[str, Any]]) -> str:
    """The page of results: findings, how they were come by, and a table."""
    names = list(dict.fromkeys(one["product"] for one in found))
    half = [[one for one in found if PRESETS.index(one["preset"]) % 2 == rest] for rest in (0, 1)]
    groups = {"all": found, "sets it was chosen on": half[0], "the other sets": half[1]}
    groups |= {name: [one for one in found if one["product"] == name] for name in names}
    lines, letters, lost, sure, sure_lost = count(found)
    otherwise = sorted(
        {f"{one['product']}, {one['preset']}: {'; '.join(one['letters'])}" for one in found if one["letters"]}
    )
    time_told = [
        f"- The light of a shot takes {statistics.median(seconds):.2f} CPU seconds, its set being at hand."
        for seconds in ([one["cpu_s"] for one in found if "cpu_s" in one],)
        if seconds
    ]
    return "\n".join(
        [
            "# Words under light on the product",
            "",
            f"- {len(names)} products with words in {len({one['preset'] for one in found})} sets at full strength, "
            f"{len(found)} pictures: of {lines} lines {lines - letters} have the same letters "
            f"({(lines - letters) / max(1, lines):.1%}), "
            f"in {sum(not one['letters'] for one in found)} pictures all of them.",
            f"- Looked for anew, {lines - lost} are found; of the {sure} that are sure, {sure - sure_lost}.",
            *time_told,
            "",
            (__doc__ or "").strip(),
            "",
            "| | pictures | lines | same letters | found anew | sure lines found anew |",
            "|---|---|---|---|---|---|",
            *(f"| {name} | {len(group)} | {' | '.join(map(str, tell(group)))} |" for name, group in groups.items()),
            "",
            *(f"- {one}" for one in otherwise),
            "",
        ]
    )  # fmt: skip


def count(found: list[dict[str, Any]]) -> tuple[int, int, int, int, int]:
    """Lines, those with other letters, those not found anew; lines that are sure, those of them not found anew."""
    lines, letters, lost = (sum(len(one[key]) for one in found) for key in ("words", "letters", "lost"))
    sure, sure_lost = (
        sum(word not in one["unsure"] for one in found for word in one[key]) for key in ("words", "lost")
    )
    return lines, letters, lost, sure, sure_lost


def tell(found: list[dict[str, Any]]) -> tuple[int, int, int, str]:
    """A row of the table."""
    lines, letters, lost, sure, sure_lost = count(found)
    return lines, lines - letters, lines - lost, f"{sure - sure_lost} of {sure}"


if __name__ == "__main__":
    main()
