from __future__ import annotations

from typing import Any

from photoshoot import Product, Prompt, RenderKind
from photoshoot.exporters.file_exporter import encode
from photoshoot.settings import ExportSettings
from tests.jobs.conftest import OpenShop
from tests.jobs.stubs import FlatPlacer, build_shoot


def test_its_pictures_are_those_that_the_library_makes(sqlite_url: str, open_shop: OpenShop, product: Product) -> None:
    shop = open_shop(sqlite_url, FlatPlacer(batch_size=4))
    prompts = (Prompt.preset("white_background"), Prompt.custom("on a marble slab"))
    options: dict[str, Any] = {"render_kind": RenderKind.MEDIUM_BANNER, "safe_margin": True, "seed": 11}
    shots = build_shoot(FlatPlacer()).generate(product, prompts=prompts, name="red bottle", **options)
    process = shop.jobs.submit(shop.order(prompts=prompts, name="red bottle", **options))
    shop.jobs.start()
    done = shop.wait(process)
    for index, shot in enumerate(shots):
        assert shop.open_png(done, index) == encode(shot, ExportSettings())
