from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file

from photoshoot.placers.diffusion.models.model_parts import Family
from tests.jobs.ports import reserve_port
from tests.jobs.waiting import PATIENCE_S
from tests.training.launched import STEPS
from tests.training.runs import QUICK_VALIDATION, SETTINGS, run

ROOT = Path(__file__).resolve().parents[2]
LEARNING_RATE = SETTINGS.optimizer.learning_rate
"""What Adam moves a weight by in a step, however small its gradient: of one that is next to nothing, rounding decides
a share."""


@pytest.mark.exhaustive(
    "tests/training/test_data_loader.py::test_a_run_that_goes_on_sees_what_it_would_have_seen",
    "tests/training/test_train.py::test_a_resumed_run_is_the_uninterrupted_one",
)
@pytest.mark.slow
def test_two_processes_are_one_at_twice_the_batch(bases: dict[Family, Path], tmp_path: Path) -> None:
    base = bases[Family.SD15]
    alone = run(base, tmp_path / "alone", batch_size=4, steps=STEPS, validation=QUICK_VALIDATION)
    parts = run(
        base, tmp_path / "parts", batch_size=2, gradient_accumulation_steps=2, steps=STEPS, validation=QUICK_VALIDATION
    )
    together = json.loads(launch(base, tmp_path / "together"))
    np.testing.assert_allclose(together, alone.losses, rtol=0, atol=1e-4)
    np.testing.assert_allclose(parts.losses, alone.losses, rtol=0, atol=1e-4)
    first, second = (load_file(tmp_path / name / "pytorch_lora_weights.safetensors") for name in ("alone", "together"))
    for name, weight in first.items():
        np.testing.assert_allclose(second[name], weight, rtol=0, atol=LEARNING_RATE / 20, err_msg=name)
    looks = [json.loads(path.read_text()) for path in sorted((tmp_path / "together" / "validation").glob("*.json"))]
    assert [look["loss"] for look in looks] == pytest.approx(
        [alone.validations[done]["loss"] for done in (0, STEPS)], abs=1e-4
    )


def launch(base: Path, out: Path) -> str:
    """What the first of two processes prints; they find each other as those of ``accelerate launch`` do."""
    shared = {"WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1"}
    with reserve_port() as port:
        first = subprocess.Popen(
            [sys.executable, "-m", "tests.training.launched", str(base), str(out)],
            cwd=ROOT,
            env={**os.environ, **shared, "MASTER_PORT": str(port), "ACCELERATE_USE_CPU": "true"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            told, errors = first.communicate(timeout=PATIENCE_S)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(first.pid, signal.SIGKILL)  # the second one, too: it would wait for the first, and we for it
    assert first.returncode == 0, errors
    return told
