"""Does light on the product leave its words? Products with print are lit at full strength in many sets and read again.

Words are read by the reader that `text_errors` of the quality gate asks (extra `ocr`), on the product alone before
grey, with its own pixels and with lit ones: no set is painted, so nothing but the light can change what is read.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from photoshoot import Photoshoot, Prompt
from photoshoot.pixels.relighting import light_product
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.printed_text import PrintedTextReader
from photoshoot.production import plan_shots
from photoshoot.records import ProductLayer, ShotRequest
from photoshoot.request import Request, resolve_request

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


def read_words(layer: ProductLayer, reader: PrintedTextReader) -> list[str]:
    """The words on a product that stands before grey, in the order of the alphabet."""
    alpha = layer.alpha_matte[..., None]
    rows, columns = np.nonzero(layer.alpha_matte > 0)
    window = tuple(slice(max(0, int(at.min()) - _ROOM_PX), int(at.max()) + _ROOM_PX) for at in (rows, columns))
    alone = np.round(layer.rgb * alpha + _GREY * (1 - alpha)).astype(np.uint8)
    return sorted(line.text for line in reader.read(np.ascontiguousarray(alone[window])))


def plan(shoot: Photoshoot, photo: Path, size: str, presets: Sequence[str]) -> Iterator[ShotRequest]:
    """The shots of a product at full strength."""
    product = shoot.describe([photo])[0]
    for preset in presets:
        request = Request(
            prompts=[Prompt.preset(preset)], render_kind=size, seed=7, safe_margin=False, light_on_product=1.0
        )
        yield from plan_shots(resolve_request(request, product), shoot.presets)


def time_light(placer: StudioPlacer, request: ShotRequest) -> float:
    """CPU seconds that the light of a shot takes, whose set is at hand."""
    start = time.process_time()
    placer.light_on(request)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path, nargs="*", default=PRODUCTS)
    parser.add_argument("--presets", nargs="*", default=list(PRESETS))
    parser.add_argument("--size", default="640x640")
    arguments = parser.parse_args()
    reader, placer, found, seconds = PrintedTextReader(), StudioPlacer(), [], []
    with Photoshoot.embedded() as shoot:
        for photo in arguments.photos:
            requests = list(plan(shoot, photo, arguments.size, arguments.presets))
            words = read_words(requests[0].layer, reader)
            print(f"{photo.stem}: {words or 'no words'}", flush=True)
            for request in requests if words else ():
                lit = light_product(request.layer, placer.light_on(request))
                if len(seconds) < len(arguments.presets):
                    seconds.append(time_light(placer, request))
                found.append((photo.stem, request.scene.preset_id, words, read_words(lit, reader)))
                print(f"  {found[-1][1]}: {'same' if words == found[-1][3] else found[-1][3]}", flush=True)
    page = write_page(found, seconds, arguments.size)
    print(page)
    if len({preset for _, preset, _, _ in found}) == len(PRESETS):
        (ROOT / "benchmarks" / "results" / "relight_text.md").write_text(page, encoding="utf-8")


def write_page(found: list[tuple[str, str | None, list[str], list[str]]], seconds: list[float], size: str) -> str:
    """The page of results: findings, how they were come by, and what was read otherwise."""
    changed = [one for one in found if one[2] != one[3]]
    products = {name: words for name, _, words, _ in found}
    sets = len({preset for _, preset, _, _ in found})
    rows = [
        f"| {name} | {preset} | {' / '.join(words)} | {' / '.join(read)} |" for name, preset, words, read in changed
    ]
    return "\n".join(
        [
            "# Words under light on the product",
            "",
            f"- {len(products)} products with words in {sets} sets at full strength: {len(found) - len(changed)} of "
            f"{len(found)} read the same as before.",
            f"- The light of a shot takes {statistics.median(seconds):.2f} CPU seconds, its set being at hand.",
            "",
            (__doc__ or "").strip(),
            "",
            f"Pictures of {size} px; read before: "
            + "; ".join(f"{name}: {' / '.join(words)}" for name, words in products.items())
            + ".",
            *(["", "| product | set | before | lit |", "|---|---|---|---|", *rows] if rows else []),
            "",
        ]
    )


if __name__ == "__main__":
    main()
