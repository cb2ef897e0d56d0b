"""One Ray cluster for all tests: it takes seconds to start, and what is asked of it is a small share of a core."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from photoshoot.scaleout.cluster import LOCAL, join_cluster
from tests.jobs.waiting import PATIENCE_S


@pytest.fixture(scope="package")
def cluster() -> Iterator[str]:
    """A real cluster on this machine, which ``join_cluster`` finds from here; its address for other programs."""
    import ray

    with pytest.MonkeyPatch.context() as patch, join_cluster(LOCAL):
        for name in ("_CHECK_S", "_END_S"):  # however busy the machine, a cluster that is there answers
            patch.setattr(f"photoshoot.scaleout.serving.{name}", PATIENCE_S)
        yield ray.get_runtime_context().gcs_address
