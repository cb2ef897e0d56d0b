"""A test's cases run as one item where nothing is made anew for each: an item costs the suite more than most cases do.

Each worker collects every item, and each is set up, told to pytest-xdist and counted: milliseconds, fourteen thousand
times. The cases all run, whichever of them fail, and those are named. A case is an item of its own where one is chosen
(``-k``, ``::``), where tests run in an order of their own, and where a fixture is made for each.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from typing import Any

import pytest
from _pytest.python import get_direct_param_fixture_func
from _pytest.scope import Scope

from tests.sweeps import sample_items

CASES = "cases"
"""Under which a report says how many cases it is of."""
_SKIPPING = {"skip", "importorskip"}


class FoldedFunction(pytest.Function):
    """A test function with all its cases."""

    cases: tuple[Any, ...] = ()
    """Each one's ``callspec``: its parameters and its id."""

    def setup(self) -> None:
        """The parameters are no fixtures here."""
        self.funcargs.update(self.cases[0].params)
        super().setup()

    def runtest(self) -> None:
        """Run each case; what the first failure is has the ids of all that failed."""
        failed: list[tuple[str, BaseException]] = []
        skipped: list[BaseException] = []
        for case in self.cases:
            self.funcargs.update(case.params)
            try:
                super().runtest()
            except pytest.skip.Exception as reason:
                skipped.append(reason)
            except (Exception, pytest.fail.Exception) as error:
                failed.append((case.id, error))
        if failed:
            _, first = failed[0]
            for name, fault in failed:
                first.add_note(f"failed: [{name}]" + ("" if fault is first else f": {fault}"[:400]))
            raise first
        if skipped:
            raise skipped[0]


@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, name: str) -> Generator[None, Any, Any]:
    """Fold what a test function became."""
    made = yield
    if not isinstance(made, list) or not made or is_chosen(collector.config):
        return made
    made = sample_items(made)
    if len(made) > 1 and not _is_shuffled(collector.config) and are_alike(made):
        folded = FoldedFunction.from_parent(collector, name=name, fixtureinfo=made[0]._fixtureinfo)
        folded.cases = tuple(item.callspec for item in made)
        folded.user_properties.append((CASES, len(made)))
        return [folded]
    return made


def count_cases(reports: Mapping[str, Iterable[Any]]) -> int:
    """How many cases the items had that were called or left out."""
    ended = [report for kind in ("passed", "failed", "skipped") for report in reports.get(kind, ())]
    return sum(dict(report.user_properties).get(CASES, 1) for report in ended)


def are_alike(items: Iterable[Any]) -> bool:
    """Whether items differ by their parameters alone, and nothing is made for one of them."""
    first, *_ = items
    fixtures = first._fixtureinfo.name2fixturedefs
    params = set(first.callspec.params) if hasattr(first, "callspec") else set()
    return (
        bool(params)
        and not {"request", *_SKIPPING} & {*first._fixtureinfo.argnames, *first.function.__code__.co_names}
        and not hasattr(first.obj, "hypothesis")
        and all(item.callspec.params.keys() == params and not item.callspec.marks for item in items)
        and all(scope is Scope.Function for scope in first.callspec._arg2scope.values())
        and all(_is_shared(defs[-1], name in params, params) for name, defs in fixtures.items())
    )


def _is_shared(fixture: Any, is_param: bool, params: set[str]) -> bool:
    """A parameter of the test's own, or a fixture that all its cases have as it is."""
    if is_param:
        return bool(fixture.func is get_direct_param_fixture_func)
    return fixture.scope != "function" and not params & set(fixture.argnames)


def is_chosen(config: pytest.Config) -> bool:
    """Whether one case may be chosen, or left out."""
    option = config.option
    return bool(option.keyword or option.deselect or any("::" in argument for argument in config.args))


def _is_shuffled(config: pytest.Config) -> bool:
    """Whether each case has a place of its own in the order."""
    return bool(getattr(config.option, "random_order_enabled", False))
