"""Settings of pytest for all tests."""

import os

from tests.support import warm
from tests.support.installed import installed as installed

# Many tests start crawls as processes. Without bytecode files each would compile the package again: a second of CPU.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_xdist_auto_num_workers() -> int:
    """One more worker than cores, as crawls also wait."""
    return (os.cpu_count() or 1) + 1


def pytest_configure() -> None:
    """Crawls start in a fork; see `tests/support/warm.py`."""
    warm.IN_USE = True


def pytest_unconfigure() -> None:
    """No process is left behind."""
    warm.stop()
