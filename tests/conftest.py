"""For all tests."""

import os

# crawls are processes of their own: without its bytecode kept, each would compile all of newscrawl anew, which takes a second of CPU
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a crawl waits now and then."""
    return (os.cpu_count() or 1) + 1
