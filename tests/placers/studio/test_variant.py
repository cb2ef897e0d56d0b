from __future__ import annotations

import os
import subprocess
import sys

import pytest

from photoshoot.errors import DeviceError, SettingsError
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.variant import USABLE, describe_variant, load_variant


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600, check=True).stdout


def test_the_report_says_what_runs(placer: StudioPlacer) -> None:
    assert describe_variant().variant == placer.variant.variant
    assert placer.variant.variant in USABLE
    assert bool(placer.variant.advice) == (placer.variant.variant == "scalar_rgb")


def test_a_second_placer_has_the_provenance_of_the_first(placer: StudioPlacer) -> None:
    assert not placer.variant.adopted
    assert load_variant() == placer.variant


def test_unusable_variants_are_named() -> None:
    with pytest.raises(SettingsError, match="scalar_mono"):
        load_variant("scalar_mono")


def test_another_variant_in_one_process_is_a_clear_error(placer: StudioPlacer) -> None:
    other = "llvm_ad_rgb" if placer.variant.variant == "scalar_rgb" else "scalar_rgb"
    with pytest.raises(DeviceError, match=placer.variant.variant):
        load_variant(other)


def test_the_environment_is_left_as_it_was() -> None:
    code = "import os; e = dict(os.environ); import photoshoot.placers.studio.variant as v; v.load_variant(); "
    assert _python(code + "print(e == dict(os.environ))").strip() == "True"


def test_a_variant_of_the_host_is_adopted_or_refused() -> None:
    code = (
        "import mitsuba as mi; mi.set_variant({!r}); from photoshoot.errors import DeviceError\n"
        "from photoshoot.placers.studio.variant import load_variant\n"
        "try: r = load_variant(); print(r.variant, r.adopted)\nexcept DeviceError as e: print('refused', e)"
    )
    assert _python(code.format("scalar_rgb")).split() == ["scalar_rgb", "True"]
    assert _python(code.format("scalar_spectral")).startswith("refused this process already runs Mitsuba as")


_FORKS = """
import os
from photoshoot.errors import DeviceError
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.variant import Kernels
from photoshoot.records import Box, Canvas
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.settings import Stance

box = Box(left=0, top=0, right=64, bottom=64)
canvas = Canvas(label="post", width_px=64, height_px=64, product_box=box, safe_area=box, stance=Stance.UPRIGHT)


def tell(ask):
    if pid := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
        return
    try:
        ask()
    except DeviceError as error:
        os._exit(7 if "spawn" in str(error) else 8)
    os._exit(0)


placer = StudioPlacer()
tell(lambda: placer.plate(canvas, Cyclorama(), 1))
tell(lambda: Kernels().check_process())
Kernels().check_process()
tell(lambda: Kernels().check_process())
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_fork_of_a_studio_at_work_is_a_clear_error_and_does_not_wait_for_ever() -> None:
    assert _python(_FORKS).split() == ["7", "0", "7"]
