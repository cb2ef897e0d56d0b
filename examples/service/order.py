"""From a photo to PDFs by the service: ``python examples/service/order.py URL PHOTO OUT``.

PHOTOSHOOT_APP, PHOTOSHOOT_KEY and PHOTOSHOOT_SECRET are what ``photoshoot apps create`` has shown.
"""

from __future__ import annotations

import os
import sys
import uuid

from photoshoot.client import Client, Credentials


def main(url: str, photo: str, out: str) -> None:
    """Order the two presets that suit the photo best, and download what is made."""
    who = Credentials(
        application_id=os.environ["PHOTOSHOOT_APP"],
        key=os.environ["PHOTOSHOOT_KEY"],
        secret=os.environ["PHOTOSHOOT_SECRET"],
    )
    with Client(url, who) as client:
        found = client.recommend(photo, uuid.uuid4())
        prompts = [{"tag": "preset", "preset": preset} for preset in found.preset_ids[:2]]
        process = client.order(found, prompts, render_kind=64, seed=7)
        done = client.wait(process, on_progress=lambda progress: print(f"{progress.percent} %"))
        for task in done.tasks:
            print(client.download(done, task, format="pdf").save(out))


if __name__ == "__main__":
    main(*sys.argv[1:4])
