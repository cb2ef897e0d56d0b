"""A sample has each kind once and is always the same; a test's folded cases all run, and those that fail are named."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests import folding
from tests.folding import CASES
from tests.sweeps import EXHAUSTIVE, examples, sampled

FOLDED = """
import pytest

@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_odd(number):
    ran.append(number)
    assert number % 2, "even"

@pytest.mark.parametrize("number", [1, 2])
def test_in_a_folder_of_its_own(number, tmp_path):
    assert not list(tmp_path.iterdir())
    (tmp_path / "made").touch()

ran = []

def test_all_cases_ran():
    assert ran == [1, 2, 3, 4]
"""


PRODUCT = """
import pytest

@pytest.mark.parametrize("letter", ["a", "b"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_product(number, letter):
    assert not number
"""
LONG = """
import pytest

@pytest.mark.exhaustive("tests/test_sweeps.py")
def test_long(): pass

@pytest.mark.parametrize("way", ["short", pytest.param("long", marks=pytest.mark.exhaustive("tests/test_sweeps.py"))])
def test_ways(way): pass
"""
SWEPT = """
import pytest

pytestmark = pytest.mark.swept("family")

@pytest.fixture(params=["one", "two"])
def family(request):
    return request.param

def test_first(family): pass
def test_second(family): pass
def test_third(family): pass
def test_fourth(family): pass
"""


ROOT = Path(__file__).resolve().parents[1]


def is_mark(node: ast.AST) -> bool:
    """Whether it says what a test that takes long goes like."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.exhaustive"


def list_tests(file: Path) -> dict[str, bool]:
    """A file's tests, and whether each is one that a commit has."""
    functions = [node for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]
    return {one.name: not any(map(is_mark, one.decorator_list)) for one in functions if one.name.startswith("test_")}


class Heard:
    """A plugin that keeps what tests told."""

    def __init__(self) -> None:
        self.reports: list[pytest.TestReport] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.reports.append(report)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The runs within these tests load no plugins of others: half a second each time."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def run(folder: Path, chosen: str = "", of: str = FOLDED) -> list[pytest.TestReport]:
    heard, file = Heard(), folder / f"test_{folder.name}.py"
    file.write_text(of, encoding="utf-8")
    plain = [
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-c",
        "/dev/null",
        "--import-mode",
        "importlib",
        "-o",
        "markers=swept\nexhaustive",
    ]
    pytest.main([*plain, "--rootdir", str(folder), f"{file}{chosen}"], plugins=[heard, folding])
    return heard.reports


def test_cases_are_one_item_and_each_that_fails_is_named(tmp_path: Path) -> None:
    odd, first, second, last = run(tmp_path)
    assert (odd.nodeid.rpartition("::")[2], dict(odd.user_properties)[CASES]) == ("test_odd", 4)
    assert (odd.outcome, last.outcome) == ("failed", "passed")
    assert "failed: [2]" in odd.longreprtext
    assert "failed: [4]" in odd.longreprtext
    assert "failed: [3]" not in odd.longreprtext
    assert [first.outcome, second.outcome] == ["passed", "passed"]


def test_a_case_that_is_chosen_is_an_item(tmp_path: Path) -> None:
    (one,) = run(tmp_path, "::test_odd[3]")
    assert (one.nodeid.rpartition("::")[2], one.outcome) == ("test_odd[3]", "passed")


def test_of_a_test_of_several_parameters_each_value_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.sweeps.PICTURES", "")
    monkeypatch.delenv(EXHAUSTIVE, raising=False)
    (report,) = run(tmp_path, of=PRODUCT)
    assert dict(report.user_properties)[CASES] == 3
    assert all(f"failed: [{case}]" in report.longreprtext for case in ("1-a", "2-b", "3-a"))
    monkeypatch.setenv(EXHAUSTIVE, "1")
    (report,) = run(tmp_path, of=PRODUCT)
    assert dict(report.user_properties)[CASES] == 6


def test_each_test_has_one_value_of_what_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EXHAUSTIVE, raising=False)
    had = {tuple(report.nodeid.rpartition("::")[2].removesuffix("]").split("[")) for report in run(tmp_path, of=SWEPT)}
    assert len(had) == len({test for test, _ in had}) == 4, "one each"
    assert {value for _, value in had} == {"one", "two"}, "and all of them"
    monkeypatch.setenv(EXHAUSTIVE, "1")
    assert len(run(tmp_path, of=SWEPT)) == 8


def test_what_takes_long_is_run_where_all_is_or_it_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ran(chosen: str = "") -> list[str]:
        return [report.nodeid.rpartition("::")[2] for report in run(tmp_path, chosen, LONG)]

    monkeypatch.delenv(EXHAUSTIVE, raising=False)
    assert ran() == ["test_ways[short]"]
    assert ran("::test_long") == ["test_long"]
    monkeypatch.setenv(EXHAUSTIVE, "1")
    assert ran() == ["test_long", "test_ways[short]", "test_ways[long]"]


def test_what_takes_long_names_tests_that_a_commit_has() -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "tests").rglob("test_*.py"))]
    nodes = [node for text in texts if "mark.exhaustive(" in text for node in ast.walk(ast.parse(text))]
    named = [ast.literal_eval(name) for node in nodes if is_mark(node) for name in node.args]  # type: ignore[attr-defined]
    assert len(named) >= 10
    for name in named:
        file, _, test = name.partition("::")
        assert list_tests(ROOT / file).get(test), f"{name} is none, or takes long itself"


def test_a_sample_has_each_kind_once_and_all_are_tried_where_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["plum", "pear", "apple", "apricot", "fig"]
    monkeypatch.delenv(EXHAUSTIVE, raising=False)
    sample = sampled(words, lambda word: word[0])
    assert [word[0] for word in sample] == ["p", "a", "f"]
    assert set(sampled(words[::-1], lambda word: word[0])) == set(sample) < set(words)
    assert (examples(300), examples(20), examples(8)) == (60, 10, 8)
    monkeypatch.setenv(EXHAUSTIVE, "1")
    assert sampled(words, lambda word: word[0]) == words
    assert examples(300) == 300
