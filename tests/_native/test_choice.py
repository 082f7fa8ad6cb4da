"""Which of the two runs: the compiled part where it is there and fits, otherwise Python, with a line that says why."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from newscrawl import _native
from newscrawl.read import blocks
from newscrawl.read.walk import walk

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "tests" / "read" / "pages").rglob("*.html"))
EXTRACT = """
import json, sys
from newscrawl import NewscrawlError, _native, extract
for path in sys.argv[1:]:
    try:
        article = extract(open(path, "rb").read(), "https://news.example/a")
        print(repr(article), repr(list(article.removals)))
    except NewscrawlError as error:
        print(error)
print(_native.state())
"""


def extracted(**environment: str) -> list[str]:
    command = [sys.executable, "-c", EXTRACT, *map(str, PAGES[:20])]
    environment = {**os.environ, **environment}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.splitlines()


def test_it_can_be_turned_off_and_the_records_are_the_same() -> None:
    without = extracted(NEWSCRAWL_NO_EXTENSIONS="1")
    assert without[-1] == "newscrawl runs in Python alone: NEWSCRAWL_NO_EXTENSIONS is set"
    assert len(without) > 20
    assert extracted()[:-1] == without[:-1]


def test_the_digest_names_the_sources_as_they_are() -> None:
    named = re.search(r'^SOURCES = "(\w+)"', (Path(_native.__file__).parent / "core.pyx").read_text("utf-8"), re.M)
    assert named and named[1] == _native.SOURCES == _native.digest(), "run python -m bench.both_ways --renew"


@pytest.fixture
def core(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A compiled module that does nothing, in place of the real one."""
    fake = SimpleNamespace(
        SOURCES=_native.SOURCES, walk=lambda layout, body: None, connect=lambda path: True, is_exact=lambda: True
    )
    monkeypatch.setitem(sys.modules, _native.CORE_NAME, fake)
    monkeypatch.setattr(_native, "find_spec", lambda name: SimpleNamespace(origin=sys.executable))
    monkeypatch.setattr(_native, "CORE", fake)
    monkeypatch.setattr(_native, "_off", [])
    monkeypatch.setattr(_native, "REFERENCES", {})
    monkeypatch.delenv(_native.OFF, raising=False)
    return fake


def test_a_module_of_older_sources_steps_aside(core: SimpleNamespace, caplog: pytest.LogCaptureFixture) -> None:
    assert _native._load() == (core, "")
    core.SOURCES = "older"
    assert _native._load() == (None, "the compiled part was built of other sources")
    assert "`make` or `pip install` builds it again" in caplog.text


def test_a_module_that_rounds_otherwise_steps_aside(core: SimpleNamespace, caplog: pytest.LogCaptureFixture) -> None:
    core.is_exact = lambda: False
    assert _native._load()[0] is None
    assert "round in another way" in caplog.text


def test_zero_does_not_turn_it_off(core: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(_native.OFF, "0")
    assert _native._load() == (core, "")
    monkeypatch.setenv(_native.OFF, "1")
    assert _native._load()[0] is None


@pytest.mark.parametrize("error", [ImportError("undefined symbol"), ValueError("numpy.dtype size changed")])
def test_a_module_that_cannot_be_loaded_steps_aside(
    error: Exception, core: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(name: str) -> None:
        raise error

    monkeypatch.setattr(_native, "import_module", fail)
    assert _native._load()[0] is None
    assert f"cannot be loaded ({error})" in caplog.text


def test_of_a_module_that_is_not_built_nothing_is_logged(
    core: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(_native, "find_spec", lambda name: None)
    assert _native._load() == (None, "the compiled part is not built")
    assert not caplog.text


def test_a_module_that_is_cut_off_is_not_loaded(
    core: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = importlib.util.find_spec("selectolax.lexbor").origin  # type: ignore[union-attr]
    data = Path(str(whole)).read_bytes()
    path = tmp_path / "core.so"
    for size, is_whole in ((len(data), True), (len(data) - 1, False), (len(data) // 2, False), (70, False), (0, False)):
        path.write_bytes(data[:size])
        assert _native.is_whole(str(path)) is is_whole or data[:4] != b"\x7fELF"
    path.write_bytes(b"MZ" + bytes(100))  # of another system
    assert _native.is_whole(str(path))
    path.write_bytes(b"\x7fELF" + bytes(3))
    monkeypatch.setattr(_native, "find_spec", lambda name: SimpleNamespace(origin=str(path)))
    assert _native._load() == (None, "the file of the compiled part is not whole")
    assert "is not whole" in caplog.text


def test_the_walk_is_for_the_versions_of_selectolax_it_was_built_for(
    core: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert _native.tree_twin(walk, lambda compiled: True) is core.walk
    monkeypatch.setattr("selectolax.__version__", "9.9")
    assert _native.tree_twin(walk, lambda compiled: True) is walk
    assert "built for selectolax 1.0.2, not 9.9" in caplog.text
    _native.tree_twin(blocks.lay_out, lambda compiled: True)
    assert re.fullmatch(
        "newscrawl runs with its compiled part, but without walk: .* not 9.9; without lay_out: .*", _native.state()
    )


def test_a_walk_that_reads_otherwise_steps_aside(core: SimpleNamespace, caplog: pytest.LogCaptureFixture) -> None:
    assert not blocks._reads_alike(core.walk)
    assert _native.tree_twin(walk, blocks._reads_alike) is walk
    assert "it reads a page in another way" in caplog.text


def test_a_walk_without_lexbor_steps_aside(core: SimpleNamespace, caplog: pytest.LogCaptureFixture) -> None:
    core.walk = None  # cannot be called
    assert _native.tree_twin(walk, blocks._reads_alike) is walk
    assert "it cannot read a page (TypeError" in caplog.text
    core.connect = lambda path: False
    assert _native.tree_twin(walk, lambda compiled: True) is walk
    assert "does not find lexbor" in caplog.text


def test_without_a_module_nothing_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_native, "CORE", None)
    assert _native.twin(walk) is walk
    assert _native.tree_twin(walk, lambda compiled: True) is walk
    assert _native.REFERENCES.get("walk") in (None, walk)


@pytest.mark.skipif(_native.CORE is None, reason=_native.state())
def test_a_file_that_is_no_module_of_selectolax_has_no_lexbor() -> None:
    assert not _native.CORE.connect(b"/no/such/caf\xe9.so")  # type: ignore[union-attr]
    import selectolax.lexbor

    assert _native.CORE.connect(os.fsencode(selectolax.lexbor.__file__))  # type: ignore[union-attr]


@pytest.mark.skipif(_native.CORE is None, reason=_native.state())
def test_the_module_in_use_rounds_as_numpy_does() -> None:
    assert _native.CORE.is_exact()  # type: ignore[union-attr]
