from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from photoshoot import ImageFormat, Prompt, RenderKind
from photoshoot.errors import (
    DamagedPictureError,
    PictureNotFoundError,
)
from photoshoot.jobs import JobSettings
from tests.jobs.conftest import OpenShop
from tests.jobs.stubs import FlatPlacer


def test_every_row_of_the_download_table(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    shop.jobs.start()
    order = shop.order(prompts=(Prompt.preset("white_background"),), render_kind=RenderKind.HALF_PAGE)
    process = shop.wait(shop.jobs.submit(order))
    ids = process.application_id, process.id, process.tasks[0].id
    png, jpeg, pdf = (shop.jobs.results.open(*ids, format=kind) for kind in KINDS)
    low_png, low_jpeg, low_pdf = (shop.jobs.results.open(*ids, low_resolution=True, format=kind) for kind in KINDS)
    kept = {path.suffix: path.read_bytes() for path in (shop.pictures / "pictures").rglob("*.*")}
    assert (png.data, low_jpeg.data) == (kept[".png"], kept[".jpg"])  # as they are
    assert [file.media_type for file in (png, jpeg, pdf)] == ["image/png", "image/jpeg", "application/pdf"]
    size = Image.open(io.BytesIO(png.data)).size
    assert Image.open(io.BytesIO(jpeg.data)).size == size == (300, 600)
    thumbnail = Image.open(io.BytesIO(low_jpeg.data))
    assert max(thumbnail.size) == 512
    assert Image.open(io.BytesIO(low_png.data)).convert("RGB").tobytes() == thumbnail.convert("RGB").tobytes()
    for file, embedded in ((pdf, png), (low_pdf, low_jpeg)):
        with pikepdf.open(io.BytesIO(file.data)) as document:
            assert document.pdf_version == "1.6"
            (image,) = document.pages[0].get_images().values()
            pixels = pikepdf.PdfImage(image).as_pil_image().convert("RGB")  # type: ignore[arg-type]
        assert pixels.tobytes() == Image.open(io.BytesIO(embedded.data)).convert("RGB").tobytes()
    stem = f"green-bottle_white-background_half-page_{ids[2].hex[:8]}"
    assert [png.name, low_jpeg.name, pdf.name] == [f"{stem}.png", f"{stem}_thumbnail.jpg", f"{stem}.pdf"]
    for kind, media_type in ((ImageFormat.WEBP, "image/webp"), (ImageFormat.AVIF, "image/avif")):
        file = shop.jobs.results.open(*ids, format=kind)
        assert (file.media_type, file.name) == (media_type, f"{stem}.{kind.value}")
        assert Image.open(io.BytesIO(file.data)).size == size


def test_a_custom_prompts_file_is_called_by_its_words(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    shop.jobs.start()
    prompts = (Prompt.custom("on a black slab, rim light"), Prompt.custom("緑の瓶"))
    process = shop.wait(shop.jobs.submit(shop.order(prompts=prompts, render_kind=RenderKind.HALF_PAGE)))
    names = [shop.jobs.results.open(process.application_id, process.id, task.id).name for task in process.tasks]
    assert [name.split("_")[1] for name in names] == ["on-a-black-slab-rim-light", "緑の瓶"]


def test_pictures_are_kept_without_what_was_asked_for_where_that_is_wanted(
    sqlite_url: str, open_shop: OpenShop
) -> None:
    shop = open_shop(sqlite_url, FlatPlacer(), settings=JobSettings(picture_records=False))
    shop.jobs.start()
    order = shop.order(prompts=(Prompt.custom("on a SECRET slab"),), render_kind=RenderKind.HALF_PAGE)
    process = shop.wait(shop.jobs.submit(order))
    ids = process.application_id, process.id, process.tasks[0].id
    files = [shop.jobs.results.open(*ids, low_resolution=low, format=kind) for kind in KINDS for low in (False, True)]
    names = {file.name.rpartition("_half-page")[0] for file in files}
    assert names == {"product"}
    assert not [file.name for file in files if b"SECRET" in file.data or b"photo_sha256" in file.data]
    assert b"compositeSynthetic" in files[0].data


KINDS = (ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.PDF)


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
@pytest.mark.parametrize("how", ["cut short", "a byte changed", "gone"])
def test_a_damaged_picture_is_an_error_and_is_made_again(
    suffix: str, how: str, sqlite_url: str, open_shop: OpenShop
) -> None:
    shop = open_shop(sqlite_url, FlatPlacer())
    shop.jobs.start()
    process = shop.wait(shop.jobs.submit(shop.order()))
    ids = process.application_id, process.id, process.tasks[0].id
    low = suffix == ".jpg"
    before = shop.jobs.pictures.download(*ids, low_resolution=low).data
    (file,) = [path for path in (shop.pictures / "pictures").rglob("*.*") if path.suffix == suffix]
    data = bytearray(file.read_bytes())
    data[60 if low else len(data) // 2] ^= 0xFF
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(data[: len(data) // 2] if how == "cut short" else data)
    if low and how == "a byte changed":
        file.write_bytes(
            b"\xff" + data
        )  # what a JPEG holds has no checksum: only its structure can be seen to be broken
    for kind in (ImageFormat.PNG, ImageFormat.JPEG):
        with pytest.raises((DamagedPictureError, PictureNotFoundError)):
            shop.jobs.pictures.download(*ids, low_resolution=low, format=kind)
    shop.wait(process)
    assert shop.jobs.pictures.download(*ids, low_resolution=low).data == before
