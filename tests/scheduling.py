"""How pytest-xdist shares out the tests, and how one that stands still ends.

pytest has a limit for each (``pyproject.toml``): past it, all threads' stacks are told and the process ends, which is
a worker; xdist names the test that it was at.
"""

from __future__ import annotations

import faulthandler

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

ONE_WORKER = ("tests/scaleout/", "tests/training/data/")
"""Folders whose tests share what takes seconds to make: a Ray cluster, a rendered set of data."""


class ModuleScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """A module's tests go to one worker, which makes its fixtures once; so do those of some whole folders.

    A test that ends its worker, as one that stands still does in the end, fails, and the others go on: xdist would hand
    out what had ended as if it were work, and wait for ever.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return next((folder for folder in ONE_WORKER if module.startswith(folder)), module)

    def _reschedule(self, node: WorkerController) -> None:
        """A worker begins a test once it knows which one follows, or that none does."""
        super()._reschedule(node)
        if self._pending_of(self.assigned_work[node]) < 2:
            super()._reschedule(node)

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """What is done whole is dropped: xdist would count all that a worker ever had after each of its tests."""
        super().mark_test_complete(node, item_index, duration)
        work = self.assigned_work[node]
        for scope in [scope for scope, tests in work.items() if all(tests.values())]:
            del work[scope]

    def remove_node(self, node: WorkerController) -> str | None:
        """The test that a worker was at when it ended; what it had not begun is for the others."""
        had, self.assigned_work[node] = self.assigned_work[node], {}
        super().remove_node(node)
        ended = next((test for tests in had.values() for test, done in tests.items() if not done), None)
        if ended is not None:
            had[self._split_scope(ended)][ended] = True
            self.workqueue.update((scope, tests) for scope, tests in had.items() if not all(tests.values()))
            for other in self.nodes:
                if other in self.registered_collections:  # else it has just begun, and is given work when it is ready
                    self._reschedule(other)
        return ended


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """What pytest-xdist asks for how to share out the tests."""
    return ModuleScheduling(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """pytest drops its limit where a test fails; what it leaves behind may stand still as well."""
    limit_s = float(item.config.getini("faulthandler_timeout") or 0)
    if limit_s:
        faulthandler.dump_traceback_later(limit_s, file=item.config.stash[fault_handler_stderr_fd_key], exit=True)
