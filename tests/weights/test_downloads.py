from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from photoshoot import Progress
from photoshoot.errors import (
    CancelledError,
    UnknownNameError,
    WeightsChecksumError,
    WeightsError,
    WeightsMissingError,
)
from photoshoot.weights import find_hub_model, find_rembg_model, is_present, pull, resolve_profile, verify_model
from photoshoot.weights.manifest import load_manifest
from photoshoot.weights.served_sizes import known_size, read_sizes
from tests.weights.caches import COMMIT
from tests.weights.conftest import ADAPTER, ADAPTERS, NETWORK, PIPELINE
from tests.weights.hub_server import Hub, serve
from tests.weights.test_verification import NEEDED

pytestmark = pytest.mark.usefixtures("manifest")
REPOSITORIES = {"toy/pipeline": PIPELINE, "toy/adapters": ADAPTERS}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, cache: Path) -> Iterator[Hub]:
    """A hub with the small models, for a machine that has nothing: ``cache`` forgets every other hub first."""
    assert not cache.exists()
    with serve(dict(REPOSITORIES)) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        yield hub


def test_a_profile_is_pulled_whole_verified_and_nothing_else(hub: Hub, cache: Path) -> None:
    heard: list[Progress] = []
    done = pull(["toy"], heard.append)
    assert [found.name for found in done] == ["pipeline", "adapter", "encoder"]
    assert done[0].verified == NEEDED
    assert not any(found.unverified for found in done)
    assert set(hub.sent) == {*NEEDED, *ADAPTERS}
    assert resolve_profile("toy")["base"] == cache / "models--toy--pipeline" / "snapshots" / COMMIT
    assert [(step.message, step.done, step.total) for step in heard] == [
        ("pipeline", 0, 3),
        ("adapter", 1, 3),
        ("encoder", 2, 3),
        ("all there", 3, 3),
    ]


def test_what_is_here_is_not_loaded_again_unless_forced(hub: Hub) -> None:
    pull(["adapter"])
    hub.sent.clear()
    pull(["adapter"])
    assert hub.sent == []
    blob = find_hub_model("adapter").resolve()
    blob.write_bytes(ADAPTER[:-1] + b"?")
    with pytest.raises(WeightsChecksumError, match="--force adapter"):
        pull(["adapter"])
    pull(["adapter"], force=True)
    assert hub.sent == ["models/adapter.safetensors"]
    assert find_hub_model("adapter").read_bytes() == ADAPTER


def test_after_a_break_only_the_rest_is_loaded(hub: Hub) -> None:
    hub.refused = {"unet/model.fp16.safetensors"}
    with pytest.raises(WeightsError, match="pipeline can't be downloaded"):
        pull(["pipeline"])
    first = set(hub.sent)
    hub.refused.clear()
    hub.sent.clear()
    pull(["pipeline"])
    assert "unet/model.fp16.safetensors" in hub.sent
    assert first
    assert first.isdisjoint(hub.sent)
    assert first | set(hub.sent) == set(NEEDED)


def test_another_file_than_the_manifest_names_is_refused(hub: Hub) -> None:
    swapped = {**ADAPTERS, "models/adapter.safetensors": b"swapped"}
    hub.repositories = {"toy/adapters": swapped}
    digest, recorded = (hashlib.sha256(data).hexdigest() for data in (b"swapped", ADAPTER))
    reason = f"models/adapter.safetensors has sha256 {digest}, as toy/adapters serves it; photoshoot records {recorded}"
    for _ in range(2):
        with pytest.raises(WeightsChecksumError, match=rf"{reason}.*pull --accept-hub-digest adapter"):
            pull(["adapter"])


def test_another_file_that_came_whole_can_be_accepted(hub: Hub) -> None:
    hub.repositories = {"toy/adapters": {**ADAPTERS, "models/adapter.safetensors": b"swapped"}}
    (found,) = pull(["adapter"], accept_hub_digest=True)
    assert found.accepted == ("models/adapter.safetensors",)
    assert found.verified == ()
    assert verify_model("adapter") == found, "once is enough"
    blob = find_hub_model("adapter").resolve()
    blob.write_bytes(b"damaged")
    with pytest.raises(WeightsChecksumError, match="--force adapter"):
        pull(["adapter"], accept_hub_digest=True)
    blob.unlink()
    hub.repositories = {"toy/adapters": {**ADAPTERS, "models/adapter.safetensors": b"swapped again"}}
    with pytest.raises(WeightsChecksumError, match="--accept-hub-digest"):
        pull(["adapter"], force=True)


def test_what_is_recorded_needs_no_acceptance(hub: Hub, cache: Path) -> None:
    (found,) = pull(["adapter"], accept_hub_digest=True)
    assert (found.verified, found.accepted) == (("models/adapter.safetensors",), ())
    assert not list(cache.rglob("photoshoot-accepted.json"))
    assert hub.sent


def test_a_broken_list_of_what_was_accepted_is_told(hub: Hub, cache: Path) -> None:
    hub.repositories = {"toy/adapters": {**ADAPTERS, "models/adapter.safetensors": b"swapped"}}
    pull(["adapter"], accept_hub_digest=True)
    next(cache.rglob("photoshoot-accepted.json")).write_text("{")
    with pytest.raises(WeightsError, match=r"photoshoot-accepted\.json can't be read"):
        verify_model("adapter")


def test_a_repository_that_lacks_a_file_is_said(hub: Hub) -> None:
    hub.repositories = {"toy/pipeline": {path: data for path, data in PIPELINE.items() if ".fp16." not in path}}
    with pytest.raises(WeightsMissingError, match=r"toy/pipeline does not have it at main"):
        pull(["pipeline"])


def test_no_repository_and_no_connection_are_one_error(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.repositories = {}
    with pytest.raises(WeightsError, match="adapter can't be downloaded from toy/adapters"):
        pull(["adapter"])
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(WeightsError, match="adapter can't be downloaded from toy/adapters"):
        pull(["adapter"])


@pytest.mark.usefixtures("hub")
def test_what_the_hub_says_of_lengths_is_written_down_and_held(cache: Path) -> None:
    model = load_manifest().hub["adapter"]
    assert known_size(model) == (model.bytes, model.approximate)
    pull(["adapter"])
    assert known_size(model) == (len(ADAPTER), False)
    assert read_sizes(model) == {"models/adapter.safetensors": len(ADAPTER)}
    written = next(cache.rglob("photoshoot-sizes.json"))
    written.write_text(written.read_text().replace(str(len(ADAPTER)), str(len(ADAPTER) + 1)))
    with pytest.raises(WeightsChecksumError, match=r"adapter\.safetensors is damaged"):
        verify_model("adapter")
    pull(["adapter"])
    assert read_sizes(model) == {"models/adapter.safetensors": len(ADAPTER)}, "it is asked again"
    written.write_text("{")
    with pytest.raises(WeightsError, match=r"photoshoot-sizes\.json can't be read"):
        verify_model("adapter")


def test_without_a_connection_what_is_here_is_enough(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    pull(["toy"])
    assert hub.sent
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert len(pull(["toy"])) == 3


def test_progress_may_stop_it(hub: Hub) -> None:
    def stop(progress: Progress) -> None:
        if progress.done:
            raise CancelledError("enough")

    with pytest.raises(CancelledError):
        pull(["toy"], stop)
    assert is_present("pipeline")
    assert not is_present("adapter")
    assert "models/adapter.safetensors" not in hub.sent


def test_an_unknown_name_stops_before_anything_is_loaded(hub: Hub) -> None:
    with pytest.raises(UnknownNameError, match="adapter"):
        pull(["pipeline", "adaptor"])
    assert hub.sent == []


def test_it_prints_nothing(hub: Hub, capfd: pytest.CaptureFixture[str]) -> None:
    pull(["toy"])
    assert hub.sent
    assert capfd.readouterr() == ("", "")


def test_rembg_downloads_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    served = [NETWORK, NETWORK + b"!"]

    def retrieve(url: str, known_hash: str, fname: str, path: str, progressbar: bool) -> None:
        assert url.endswith("/isnet-general-use.onnx")
        assert known_hash.startswith("md5:")
        assert progressbar
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / fname).write_bytes(served.pop(0))

    monkeypatch.setattr("pooch.retrieve", retrieve)
    assert pull(["isnet-general-use"])[0].path == find_rembg_model("isnet-general-use")
    pull(["isnet-general-use"])
    assert len(served) == 1
    with pytest.raises(WeightsChecksumError, match="--force isnet-general-use"):
        pull(["isnet-general-use"], force=True)
    with pytest.raises(WeightsError, match="isnet-general-use can't be downloaded"):
        pull(["isnet-general-use"], force=True)


def test_looking_for_weights_needs_no_hub_library() -> None:
    code = (
        "import sys\nsys.modules['huggingface_hub'] = None\nsys.modules['rembg'] = None\n"
        "from photoshoot.errors import MissingExtraError\n"
        "from photoshoot.weights import is_present, load_manifest, pull\n"
        "print(sorted(map(is_present, load_manifest().models)))\n"
        "try:\n    pull(['ip-adapter-plus-sd15'])\nexcept MissingExtraError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "True" in done.stdout
    assert "product-photoshoot[diffusion]" in done.stdout


def test_the_hub_is_told_of_photoshoot_alone() -> None:
    code = (
        "from photoshoot.weights import hub_downloads\nfrom huggingface_hub.utils import build_hf_headers\n"
        "print(build_hf_headers(library_name='photoshoot', library_version='1')['user-agent'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(re.findall(r"([\w_]+)/", done.stdout)) <= {"photoshoot", "hf_hub", "python"}
