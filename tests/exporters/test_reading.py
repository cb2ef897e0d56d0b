from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from photoshoot.errors import PhotoError
from photoshoot.exporters.encoders import ENCODERS, describe_shot, digital_source_type
from photoshoot.exporters.packets import read_xmp
from photoshoot.exporters.pdf import wrap_in_pdf
from photoshoot.exporters.reading import is_pdf, read_metadata
from photoshoot.settings import ExportSettings, ImageFormat
from tests.exporters.shots import make_shot

SHOT = make_shot(48, 32)
XMP = describe_shot(SHOT, ExportSettings()).xmp.decode()
SOURCE = digital_source_type("studio")


def write(folder: Path, format: ImageFormat, dpi: int = 72) -> Path:
    """A file whose name says nothing of its format."""
    notes = describe_shot(SHOT, ExportSettings(dpi=dpi))
    held = ImageFormat.PNG if format is ImageFormat.PDF else format
    data = ENCODERS[held](SHOT.image, 90, notes)
    path = folder / "ad.bin"
    path.write_bytes(wrap_in_pdf(data, notes) if format is ImageFormat.PDF else data)
    return path


@pytest.mark.parametrize("format", ImageFormat)
@pytest.mark.parametrize("dpi", [72, 301])
def test_a_file_is_read_by_its_bytes_not_by_its_name(format: ImageFormat, dpi: int, tmp_path: Path) -> None:
    path = write(tmp_path, format, dpi)
    assert is_pdf(path) is (format is ImageFormat.PDF)
    read = read_metadata(path)
    assert read.dpi == pytest.approx(dpi, rel=0.01), "PNG counts whole dots a metre, a PDF's page points"
    assert read.record == json.loads(describe_shot(SHOT, ExportSettings(dpi=dpi)).record)
    assert read.digital_source_type == SOURCE


@given(record=st.dictionaries(st.text("ab<&]>\"'é", max_size=4), st.one_of(st.integers(), st.text(max_size=6))))
@settings(max_examples=40, deadline=None)
def test_any_record_comes_out_of_a_packet_as_it_went_in(record: dict[str, object]) -> None:
    text = json.dumps(record).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    start, end = XMP.index(">", XMP.index("<photoshoot:record")) + 1, XMP.index("</photoshoot:record>")
    assert read_xmp(XMP[:start] + text + XMP[end:]) == (record, SOURCE)


def test_a_packet_of_another_program_holds_no_record() -> None:
    with pytest.raises(ValueError, match="holds none"):
        read_xmp(XMP.replace("photoshoot:record", "photoshoot:other"))
    with pytest.raises(ValueError, match="holds none"):
        read_xmp("<a/>")


@pytest.mark.parametrize("format", ImageFormat)
def test_a_file_that_is_cut_off_or_has_no_record_is_refused_by_its_path(format: ImageFormat, tmp_path: Path) -> None:
    path = write(tmp_path, format)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(PhotoError, match=r"ad\.bin has no record"):
        read_metadata(path)
    plain = io.BytesIO()
    kind = "JPEG" if format is ImageFormat.JPEG else format.value
    Image.new("RGB", (20, 20)).save(plain, kind)
    path.write_bytes(plain.getvalue())
    with pytest.raises(PhotoError, match=r"ad\.bin has no record"):
        read_metadata(path)
    with pytest.raises(PhotoError, match="gone"):
        read_metadata(tmp_path / "gone.png")
