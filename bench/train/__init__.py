"""Training of the content model. What it needs (requirements-bench.txt) is no dependency of the crawler."""
