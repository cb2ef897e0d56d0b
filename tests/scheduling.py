"""How the tests are shared out: pytest collects them once, and is then as many processes as ``TEST_WORKERS`` says.

All that the suite loads, most of which each worker needs, is loaded once, and tests are told of by number. A worker
asks for a module at a time; where one ends at a test, that fails, and another takes what it had not begun.

pytest has a limit for each test (``pyproject.toml``): past it, all threads' stacks are told and the process ends.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import random
import sys
import tempfile
import traceback
import warnings
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key

WORKERS = int(os.environ.get("TEST_WORKERS", "0"))
"""Processes that run tests; 0: pytest itself, as ever."""
MOST_ENDED = 3
"""So many workers may end at a test: it is no use to go on with the others' tests then."""
ONE_WORKER = ("tests/scaleout/", "tests/training/data/")
"""Folders whose tests share what takes seconds to make: a Ray cluster, a rendered set of data."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run the tests in workers."""
    if not WORKERS or session.testsfailed or session.config.option.collectonly:
        return None  # pytest's own loop does it, or says why it doesn't
    Sharing(session).run()
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """pytest drops its limit where a test fails; what it leaves behind may stand still as well."""
    limit_s = float(item.config.getini("faulthandler_timeout") or 0)
    if limit_s:
        faulthandler.dump_traceback_later(limit_s, file=item.config.stash[fault_handler_stderr_fd_key], exit=True)


@dataclass
class Worker:
    """What is known of one."""

    pid: int
    """Of its process."""
    channel: Connection
    """Where it tells and asks."""
    left: list[int] = field(default_factory=list)
    """Numbers of the tests that it was given and has not begun."""
    at: int | None = None
    """Number of the test that it has begun and not ended."""
    is_through: bool = False
    """Whether it has told that it ends."""


class Sharing:
    """The process that collected the tests, as it shares them out."""

    def __init__(self, session: pytest.Session) -> None:
        self._session, self._config = session, session.config
        self._config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # as pytest-xdist asks for it
        scopes: dict[str, list[int]] = {}
        for number, item in enumerate(session.items):
            module = item.nodeid.partition("::")[0]
            scope = next((folder for folder in ONE_WORKER if module.startswith(folder)), module)
            scopes.setdefault(scope, []).append(number)
        self._queue = deque(scopes.values())
        self._workers: list[Worker] = []
        self._ended = 0
        if reporter := self._config.pluginmanager.getplugin("terminalreporter"):
            reporter.showfspath = False  # tests of several modules end by turns

    def run(self) -> None:
        """Until all tests are done, or no more are wanted.

        Raises:
            pytest.Session.Interrupted: Workers end again and again.
            pytest.Session.Failed: As many tests failed as ``--maxfail`` says.
        """
        try:
            for _ in range(min(WORKERS, len(self._queue))):
                self._start()
            while self._workers:
                told = wait([worker.channel for worker in self._workers], timeout=1)
                for worker in list(self._workers):
                    if worker.channel in told:
                        self._hear(worker)
                    elif not told and (ended := os.waitpid(worker.pid, os.WNOHANG))[0]:
                        self._bury(worker, ended[1])  # a process that it started has its end of the channel
        finally:
            for worker in self._workers:
                worker.channel.close()  # which ends it after its test
            for worker in self._workers:
                os.waitpid(worker.pid, 0)

    def _start(self) -> None:
        mine, its = Pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # no thread that was begun so far is needed
            pid = os.fork()
        if pid:
            its.close()
            self._workers.append(Worker(pid, mine))
            return
        try:
            for channel in (mine, *(worker.channel for worker in self._workers)):
                channel.close()
            work(self._session, its)
        except EOFError:
            pass  # no more is wanted
        except BaseException:
            with contextlib.suppress(OSError):
                its.send(("through", traceback.format_exc()))
        finally:
            os._exit(0)  # the way back is the other process's

    def _hear(self, worker: Worker) -> None:
        try:
            what, told = worker.channel.recv()
        except (EOFError, ConnectionResetError):
            self._bury(worker, os.waitpid(worker.pid, 0)[1])
            return
        if what == "warning":
            self._config.hook.pytest_warning_recorded.call_historic(kwargs=told)
        elif what == "test":
            worker.at = told
            worker.left.remove(told)
        elif what == "done":
            worker.at = None
            for data in told:
                self._report(self._config.hook.pytest_report_from_serializable(config=self._config, data=data))
        elif what == "ask":
            worker.left = self._queue.popleft() if self._queue else []
            worker.channel.send(tuple(worker.left))
        else:
            worker.is_through = True
            if told:
                raise self._session.Interrupted(told)

    def _report(self, report: pytest.TestReport) -> None:
        self._config.hook.pytest_runtest_logreport(report=report)
        if report.when == "teardown":
            self._config.hook.pytest_runtest_logfinish(nodeid=report.nodeid, location=report.location)
        if self._session.shouldfail:
            raise self._session.Failed(self._session.shouldfail)
        if self._session.shouldstop:
            raise self._session.Interrupted(self._session.shouldstop)

    def _bury(self, worker: Worker, status: int) -> None:
        """Tell what a worker ended at, and have what it had not begun done by others."""
        self._workers.remove(worker)
        worker.channel.close()
        if worker.is_through:
            return
        if worker.left:
            self._queue.appendleft(worker.left)
        if worker.at is not None:
            item = self._session.items[worker.at]
            told = f"its worker ended at this test, with status {os.waitstatus_to_exitcode(status)}"
            self._report(pytest.TestReport(item.nodeid, item.location, {}, "failed", told, "call"))
        self._ended += 1
        if self._ended > MOST_ENDED:
            raise self._session.Interrupted(f"{self._ended} workers ended")
        if self._queue:
            self._start()


class Telling:
    """A worker's reports, as they are told after each test, and its warnings, on their way."""

    def __init__(self, config: pytest.Config, channel: Connection) -> None:
        self._config, self._channel = config, channel
        self.reports: list[object] = []
        self._is_old = True
        config.pluginmanager.register(self)  # which is told all warnings that there were
        self._is_old = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.reports.append(self._config.hook.pytest_report_to_serializable(config=self._config, report=report))

    def pytest_warning_recorded(
        self, warning_message: warnings.WarningMessage, when: str, nodeid: str, location: object
    ) -> None:
        if self._is_old:
            return
        seen = warning_message
        plain = warnings.WarningMessage(
            f"{seen.category.__name__}: {seen.message}", Warning, seen.filename, seen.lineno
        )
        told = {"warning_message": plain, "when": when, "nodeid": nodeid, "location": location}
        self._channel.send(("warning", told))  # a plain one, which can be pickled


def be_another_process(config: pytest.Config) -> None:
    """Share nothing with the one that collected but what is read: no files, no random numbers, nobody told but it."""
    manager = config.pluginmanager
    capture = manager.getplugin("capturemanager")._global_capturing
    for stream in filter(
        None, (capture.out, capture.err)
    ):  # which modules have, that took sys.stderr as they were loaded
        if config.option.capture == "fd":
            with tempfile.TemporaryFile() as own:
                os.dup2(own.fileno(), stream.tmpfile.fileno())
    manager.unregister(name="terminalreporter")
    factory = config._tmp_path_factory  # type: ignore[attr-defined]
    factory._basetemp = factory.getbasetemp() / f"worker-{os.getpid()}"
    factory._basetemp.mkdir(mode=0o700)
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def work(session: pytest.Session, channel: Connection) -> None:
    """What a worker does: it asks for tests and runs them until there are none.

    Raises:
        EOFError: No more tests are wanted.
    """
    be_another_process(session.config)
    telling = Telling(session.config, channel)
    try:
        while True:
            channel.send(("ask", None))
            numbers = channel.recv()
            if not numbers:
                break
            for number, following in zip(numbers, (*numbers[1:], None), strict=True):
                if channel.poll():
                    channel.recv()  # raises
                channel.send(("test", number))
                upcoming = session if following is None else session.items[following]  # what is of the session stays
                session.config.hook.pytest_runtest_protocol(item=session.items[number], nextitem=upcoming)
                channel.send(("done", telling.reports))
                telling.reports.clear()
    finally:
        session.config.pluginmanager.getplugin("capturemanager").resume_global_capture()  # nobody is told of it
        session._setupstate.teardown_exact(None)
    channel.send(("through", ""))
