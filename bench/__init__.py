"""Measurements and the training of the models: `python -m bench.NAME`. Nothing here is part of the package."""
