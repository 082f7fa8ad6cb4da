"""Training of the two models. It needs requirements-bench.txt, which the crawler does not."""
