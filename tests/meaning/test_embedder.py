"""The embedder's engine beside other work, and its rows."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from photoshoot.meaning.embedder import DIMENSIONS, find_embedder, has_embedder

pytestmark = pytest.mark.skipif(not has_embedder(), reason="the extra 'prompts' is not installed")

SHOWS_POLICY = "from photoshoot.meaning.embedder import SentenceEmbedder; SentenceEmbedder()"


@pytest.mark.parametrize(("decided", "policy"), [(None, "PASSIVE"), ("ACTIVE", "ACTIVE")])
def test_threads_that_wait_leave_the_cores_to_others_unless_the_host_decides(decided: str | None, policy: str) -> None:
    """OpenMP itself tells, as it is loaded, what it has read."""
    host = {name: value for name, value in os.environ.items() if not name.startswith(("OMP_", "GOMP_"))}
    host |= {"OMP_DISPLAY_ENV": "TRUE"} | ({"OMP_WAIT_POLICY": decided} if decided else {})
    command = [sys.executable, "-c", SHOWS_POLICY]
    told = subprocess.run(command, env=host, capture_output=True, text=True, check=True).stderr
    assert f"OMP_WAIT_POLICY = '{policy}'" in told


def test_rows_are_of_unit_length_and_a_zero_byte_ends_no_text() -> None:
    embedder = find_embedder()
    assert embedder is not None
    rows = embedder.embed(["red silk", "red\0silk", "red"])
    assert rows.shape == (3, DIMENSIONS)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)  # float32 sums of 384 squares
    assert np.array_equal(rows[0], rows[1])
    assert not np.allclose(rows[1], rows[2], atol=1e-3)
