"""The walls: which part may know which. A failing test here says that something was built in the wrong room."""

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import newscrawl
from newscrawl import errors
from newscrawl.fate import REASONS, Outcome

ROOT = Path(newscrawl.__file__).parent
ROOMS = ("discover", "read", "rights", "strip", "check", "memory", "sites")
GROUND = {
    "newscrawl.article",
    "newscrawl.block",
    "newscrawl.errors",
    "newscrawl.text",
    "newscrawl.fate",
    "newscrawl.keys",
}
MODULES = sorted(ROOT.rglob("*.py"))


def imports(path):
    """Names of the newscrawl modules and top-level packages that a file imports, lazily or not."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(path):
    relative = path.relative_to(ROOT)
    return relative.parts[0] if len(relative.parts) > 1 else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_stay_inside_the_walls(path):
    mine = room(path)
    for name in imports(path):
        if name.split(".")[0] == "scrapy":
            assert mine == "crawl", f"{path.name} imports {name}: only crawl/ knows Scrapy"
        if not name.startswith("newscrawl."):
            continue
        other = name.split(".")[1]
        assert other != "crawl" or mine == "crawl", f"{path.name} imports {name}: nothing imports crawl/"
        if mine in ROOMS and other not in (mine, "article", "errors", "text", "fate", "keys"):
            pytest.fail(f"{path.name} in {mine}/ imports {name}: rooms use only the ground floor")
        if path.parent.name == "rules" and path.name != "__init__.py":
            assert not name.startswith("newscrawl.strip.rules."), (
                f"rule {path.stem} imports {name}: a rule uses no other rule"
            )


@pytest.mark.parametrize("name", ["article", "block", "errors", "text", "fate", "keys"])
def test_the_ground_floor_stands_on_itself(name):
    assert {n for n in imports(ROOT / f"{name}.py") if n.startswith("newscrawl.")} <= {
        m for g in GROUND for m in (g, *(f"{g}.{x}" for x in vars(importlib.import_module(g))))
    }


def test_the_library_runs_without_scrapy():
    code = "import sys; sys.modules['scrapy'] = None; sys.modules['twisted'] = None; import newscrawl, newscrawl.__main__; print(newscrawl.__version__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_face_is_sorted_and_whole():
    assert newscrawl.__all__ == sorted(newscrawl.__all__)
    assert all(hasattr(newscrawl, name) for name in newscrawl.__all__)


def test_every_error_is_a_newscrawl_error_drawn_in_the_tree():
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, Exception)]
    assert all(issubclass(c, errors.NewscrawlError) for c in classes)
    assert all(c.__name__ in errors.__doc__ for c in classes)
    assert all(c.reason in REASONS for c in classes)


def test_reasons_are_names_with_a_meaning_and_stand_in_the_readme():
    readme = (ROOT.parent / "README.md").read_text("utf-8")
    for name, reason in REASONS.items():
        assert name.isidentifier() and name[0].isupper() and reason.meaning and isinstance(reason.outcome, Outcome)
        assert f"`{name}`" in readme, f"README.md has no row for the reason {name}"


def test_all_public_modules_say_what_they_are():
    assert not [str(p) for p in MODULES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
