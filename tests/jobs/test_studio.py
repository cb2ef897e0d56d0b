from __future__ import annotations

import io
import uuid

import numpy as np
from PIL import Image

from photoshoot import Photoshoot, Product, Prompt, RenderKind, Request
from photoshoot.jobs import Jobs, Order
from tests.jobs.stubs import QUICK
from tests.jobs.waiting import wait_until


def test_the_studio_makes_the_same_picture_for_an_order_as_for_a_call(
    sqlite_url: str, tmp_path: object, shoot: Photoshoot, bottle: Product
) -> None:
    prompts = (Prompt.preset("white_background"),)
    (shot,) = shoot.generate(bottle, prompts=prompts, render_kind=RenderKind.WIDE_SKYSCRAPER, safe_margin=False, seed=5)
    folder = f"{tmp_path}/pictures"
    with Jobs.open(sqlite_url, folder, presets=shoot.presets, shoots=[shoot], settings=QUICK) as jobs:
        application, user = jobs.applications.create("shop").application, uuid.uuid4()
        order = Order(
            application_id=application.id,
            user_id=user,
            asset_id=jobs.assets.add(application.id, user, bottle).id,
            request=Request(prompts=prompts, render_kind=RenderKind.WIDE_SKYSCRAPER, safe_margin=False, seed=5),
        )
        jobs.start()
        process = jobs.submit(order)
        wait_until(lambda: jobs.processes.find(application.id, process.id).state.is_final)
        file = jobs.results.open(application.id, process.id, process.tasks[0].id)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(file.data))), shot.image)
