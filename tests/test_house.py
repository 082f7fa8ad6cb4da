"""The structure of the package: which part may import which, and how large a part may be.

A failing test here says that something is in the wrong room (folder).
"""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import newscrawl
from newscrawl import errors
from newscrawl.outcomes import REASONS, Outcome

ROOT = Path(newscrawl.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
#: Rooms of the library. They import only their own files and the ground floor.
ROOMS = ("discover", "read", "rights", "strip", "check", "memory", "sites")
GROUND = (
    "_native",
    "article",
    "block",
    "calendars",
    "candidates",
    "charsets",
    "clocks",
    "dates",
    "decision",
    "errors",
    "keys",
    "lazy",
    "moments",
    "name_pattern",
    "outcomes",
    "selectors",
    "text",
    "units",
    "urls",
    "zones",
)
#: The floors of crawl/, lower ones first. A file imports only from its own room and from lower floors.
FLOORS = (
    ("drops", "nouns", "reading"),
    ("network",),
    ("state",),
    ("politeness", "export", "browser", "report"),
    ("discovery",),
    ("articles", "job", "arguments"),
    ("spiders", "pipelines"),
    ("commands", "addon", "settings"),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
MAX_FILE, MAX_FUNCTION, MAX_ROOM = 300, 50, 13
#: The walk over the nodes of a page: if it were split, it would need a call for each node.
LONG_FUNCTIONS = {("read/walk.py", "walk")}


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {module_of(path): path for path in MODULES}


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports: at its top, inside functions, or for types only."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{path}: relative import"
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [name for name in inner if name in NAMES]
            yield from modules
            if len(modules) < len(inner):
                yield node.module


def room_of(name: str) -> str:
    """The room of a module: "read" of "newscrawl.read.dates", "crawl" of all below crawl/; "" on the top."""
    parts = name.split(".")
    return parts[1] if len(parts) > 2 or (ROOT / parts[-1]).is_dir() else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_itself_and_the_ground_floor(path: Path) -> None:
    mine = path.relative_to(ROOT).parts[0] if path.parent != ROOT else ""
    for name in imports(path):
        if name.split(".")[0] in ("scrapy", "twisted"):
            assert mine in ("crawl", "cli"), f"{path.name} imports {name}: only crawl/ and cli/ know Scrapy"
        if not name.startswith("newscrawl."):
            continue
        other = name.split(".")[1]
        assert other != "crawl" or mine in ("crawl", "cli"), f"{path.name} imports {name}: only cli/ imports crawl/"
        assert other != "cli" or mine == "cli" or path.name == "__main__.py", (
            f"{path.name} imports {name}: nothing does"
        )
        assert mine not in ROOMS or other in (mine, *GROUND), (
            f"{path.name} in {mine}/ imports {name}: rooms use only the ground floor"
        )
        is_rule = path.parent.name == "rules" and path.name != "__init__.py"
        assert not is_rule or not name.startswith("newscrawl.strip.rules."), f"{path.stem}: a rule uses no other rule"


@pytest.mark.parametrize("name", GROUND)
def test_the_ground_floor_imports_only_itself(name: str) -> None:
    path = ROOT / f"{name}.py"
    path = path if path.exists() else ROOT / name / "__init__.py"
    used = {one.split(".")[1] for one in imports(path) if one.startswith("newscrawl.")}
    assert used <= set(GROUND)


CRAWL = [
    path for path in MODULES if (path.is_relative_to(ROOT / "crawl") and path.parent != ROOT) or path.name == "drops.py"
]


@pytest.mark.parametrize("path", CRAWL, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_import_in_crawl_runs_upward(path: Path) -> None:
    mine = path.relative_to(ROOT / "crawl").with_suffix("").parts[0]
    if mine == "__init__":
        return
    for name in imports(path):
        if not name.startswith("newscrawl.crawl."):
            continue
        other = name.split(".")[2]
        assert other == mine or FLOOR[other] < FLOOR[mine], f"{path.relative_to(ROOT)} imports {name}"


def test_no_files_import_each_other_in_a_circle() -> None:
    graph = {name: {one for one in imports(path) if one in NAMES and one != name} for name, path in NAMES.items()}
    while leaves := [name for name, used in graph.items() if not used]:
        for leaf in leaves:
            del graph[leaf]
        for used in graph.values():
            used.difference_update(leaves)
    assert not graph, f"in a circle, or importing one: {sorted(graph)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= MAX_FILE, f"{path.relative_to(ROOT)} is longer than {MAX_FILE} lines: two things in one?"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            is_long = (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
            is_allowed = (str(path.relative_to(ROOT)), node.name) in LONG_FUNCTIONS
            assert not is_long or is_allowed, f"{node.name} in {path.name} is longer than {MAX_FUNCTION} lines"


def test_rooms_of_crawl_are_small() -> None:
    for folder in {path.parent for path in MODULES if path.is_relative_to(ROOT / "crawl")}:
        assert len(list(folder.glob("*.py"))) <= MAX_ROOM, f"{folder.relative_to(ROOT)} has more than a dozen files"


def test_every_source_room_has_its_tests() -> None:
    tests = ROOT.parent / "tests"
    for folder in {path.parent for path in MODULES if path.parent != ROOT}:
        relative = folder.relative_to(ROOT)
        if relative.name not in ("rules", "wording", "nouns", "spiders", "commands"):
            assert list((tests / relative).glob("test_*.py")), f"newscrawl/{relative} has no tests in tests/{relative}"


def test_the_library_runs_without_scrapy() -> None:
    without = "import sys; sys.modules['scrapy'] = None; sys.modules['twisted'] = None; "
    code = without + "import newscrawl, newscrawl.__main__; print(newscrawl.__version__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_public_names_are_sorted_and_exist() -> None:
    assert newscrawl.__all__ == sorted(newscrawl.__all__)
    assert all(hasattr(newscrawl, name) for name in newscrawl.__all__)


def test_the_package_is_imported_quickly_and_its_functions_are_no_modules() -> None:
    code = (
        "import sys, newscrawl; assert 'numpy' not in sys.modules; import newscrawl.extract, newscrawl.record; "
        "assert callable(newscrawl.extract) and callable(newscrawl.record); from newscrawl import extract, record; "
        "assert extract is newscrawl.extract and record is newscrawl.record"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_error_is_a_newscrawl_error_shown_in_the_docstring() -> None:
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, Exception)]
    assert all(issubclass(c, errors.NewscrawlError) for c in classes)
    assert all(c.__name__ in (errors.__doc__ or "") for c in classes)
    assert all(c.reason in REASONS for c in classes)


def test_reasons_are_names_with_a_meaning() -> None:
    for name, reason in REASONS.items():
        assert name.isidentifier() and name[0].isupper() and reason.meaning and isinstance(reason.outcome, Outcome)


def test_every_module_has_a_docstring() -> None:
    assert not [str(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
