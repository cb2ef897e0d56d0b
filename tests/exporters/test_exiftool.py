"""What ``exiftool`` reads of exported files; it is a program of its own (Debian: libimage-exiftool-perl)."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from photoshoot.exporters.file_exporter import FileExporter
from photoshoot.settings import ExportSettings, ImageFormat
from tests.exporters.shots import make_shot

pytestmark = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
ENGINES = {"studio": "compositeSynthetic", "diffusion": "compositeWithTrainedAlgorithmicMedia"}


def test_it_reads_source_type_software_and_record_of_every_format(tmp_path: Path) -> None:
    shot = make_shot()
    paths = {}
    for engine in ENGINES:
        made = dataclasses.replace(shot, provenance=dataclasses.replace(shot.provenance, engine=engine))
        for kind in ImageFormat:
            target = tmp_path / f"{engine}-{kind}"
            (paths[engine, kind],) = FileExporter().export([made], target, ExportSettings(format=kind))
    command = ["exiftool", "-json", "-G1", "-struct", *map(str, paths.values())]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    for (engine, _), found in zip(paths, json.loads(done.stdout), strict=True):
        assert found["XMP-iptcExt:DigitalSourceType"].endswith("/" + ENGINES[engine])
        assert found["XMP-xmp:CreatorTool"].startswith("photoshoot ")
        told = found["XMP-photoshoot:Record"]
        record = json.loads(told) if isinstance(told, str) else told
        assert record["engine"] == engine
        assert int(record["seed"]) == shot.seed
