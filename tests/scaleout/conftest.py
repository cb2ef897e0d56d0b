"""One Ray cluster for all tests: it takes seconds to start, and what is asked of it is a small share of a core."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from photoshoot.scaleout.cluster import LOCAL, join_cluster


@pytest.fixture(scope="package")
def cluster() -> Iterator[str]:
    """A real cluster on this machine, which ``join_cluster`` finds from here; its address for other programs."""
    import ray

    with join_cluster(LOCAL):
        yield ray.get_runtime_context().gcs_address
