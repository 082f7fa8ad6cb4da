"""python -m bench.install_size [EXTRA ...]: what `pip install newscrawl` costs.

Builds the wheel of this checkout and installs it into new environments from the package index: plain, and with each
extra that is named (default: browser). Prints the packages, their size on disk without pip, and the seconds that
`newscrawl --help` takes there, the best of five.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from tests.support.installed import build


def megabytes(folder: Path) -> float:
    """Of all files below a folder, without what belongs to pip."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(p.stat().st_size for p in files if not p.relative_to(folder).parts[0].startswith("pip")) / 1e6


def start_up(program: Path) -> float:
    """Seconds from the start to the end of `newscrawl --help`, the best of five."""
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([str(program), "--help"], stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - began)
    return min(taken)


def measure(wheel: Path, extra: str, folder: Path) -> str:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    what = f"{wheel}[{extra}]" if extra else str(wheel)
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", what], check=True)
    site = next((folder / "lib").glob("python*/site-packages"))
    packages = sum(not path.name.startswith(("pip-", "setuptools-")) for path in site.glob("*.dist-info"))
    name = f"newscrawl[{extra}]" if extra else "newscrawl"
    seconds = start_up(folder / "bin" / "newscrawl")
    return f"{name:<24}{packages:>4} packages {megabytes(site):7.0f} MB   --help {seconds:.2f} s"


def main() -> None:
    extras = sys.argv[1:] or ["browser"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        wheel = build(folder)
        print(f"the wheel: {wheel.stat().st_size / 1e6:.1f} MB")
        for extra in ("", *extras):
            print(measure(wheel, extra, folder / (extra or "plain")), flush=True)


if __name__ == "__main__":
    main()
