"""For all tests."""

import os

# crawls are processes of their own: without its bytecode kept, each would compile all of newscrawl anew, which takes a second of CPU
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
