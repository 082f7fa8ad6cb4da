"""An environment in which the built wheel is installed, as users have it: nothing there comes from the checkout.

Dependencies come from the environment that runs the tests, so no network is needed. Every program that one of them
installs (scrapy, scrapyd, mkdocs ...) stands in the environment's bin folder as well.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[2]
#: What a build needs of the checkout.
_SOURCES = ("newscrawl", "pyproject.toml", "README.md", "LICENSE")


@dataclass(frozen=True)
class Installed:
    """The environment. folder: where it is. wheel: the file that was built."""

    folder: Path
    wheel: Path

    @property
    def bin(self) -> Path:
        return self.folder / "bin"

    def environment(self, **more: str) -> dict[str, str]:
        """The variables of a process that lives in it."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SCRAPY"))}
        return {**plain, "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}", "VIRTUAL_ENV": str(self.folder), **more}

    def run(self, *command: str, cwd: Path, status: int = 0, **environment: str) -> str:
        """What a command prints, on both outputs; it must end with `status`."""
        done = subprocess.run(
            command,
            cwd=cwd,
            env=self.environment(**environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        assert done.returncode == status, f"{command} ended with {done.returncode}\n{done.stdout}"
        return done.stdout


def build(folder: Path) -> Path:
    """Build sdist and wheel of the checkout, the wheel from the sdist. Returns the wheel's path."""
    source = folder / "source"
    source.mkdir(parents=True)
    for name in _SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist"), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next((folder / "dist").glob("*.whl"))


def _install(wheel: Path, folder: Path) -> None:
    """Make an environment with the wheel, which borrows all other packages."""
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*command, "--disable-pip-version-check", str(wheel)], check=True)
    own = next((folder / "lib").glob("python*/site-packages"))
    (own / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    for script in entry_points(group="console_scripts"):
        path = folder / "bin" / script.name
        if not path.exists():
            path.write_text(
                f"#!{python}\nimport sys\nfrom {script.module} import {script.attr.split('.')[0]}\n"
                f"sys.exit({script.attr}())\n",
                "utf-8",
            )
            path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The environment, made once, also for several workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "installed"
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            _install(build(folder), folder / "venv")
            (folder / "done").touch()
    return Installed(folder / "venv", next((folder / "dist").glob("*.whl")))
