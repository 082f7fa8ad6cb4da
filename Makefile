# Two commands, on a machine with Python 3.10 or later and make:
#   make crawl                               serve and crawl the demo newspaper, offline
#   make crawl SITES="https://a.example"     crawl these (URLs separated by commas or spaces, or the path of a file)
#   make test                                run the tests
#   make lint                                check style and types
#   make docs                                build the docs as a site, in site/
# PYTHON names the interpreter for the virtual environment, OUTPUT the file for the records,
# ARGS further arguments of scrapy, for example ARGS="-a limit=20 -a since=24h".

PYTHON ?= python3
VENV   ?= .venv
SITES  ?=
OUTPUT ?= articles.jsonl
ARGS   ?=

# Many tests wait for a server or a browser, so one more of them than there are cores run at once.
WORKERS ?= $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 1)")

BIN := $(VENV)/bin
# Says whether the compiled part runs.
STATE = $(BIN)/python -c "from newscrawl import _native; print(_native.state())"
empty :=
space := $(empty) $(empty)
comma := ,

# Settings of each linter are in pyproject.toml.
.PHONY: crawl test lint docs clean

crawl: $(VENV)/.installed $(VENV)/.native
	@$(STATE)
ifeq ($(strip $(SITES)),)
	$(BIN)/python -m tests.newspaper.demo $(OUTPUT) $(ARGS)
else
	$(BIN)/scrapy crawl news -a sites="$(subst $(space),$(comma),$(strip $(SITES)))" -O $(OUTPUT) $(ARGS)
	@echo "The records are in $(OUTPUT)"
endif

test: $(VENV)/.installed-dev $(VENV)/.native
	@$(STATE)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/.installed-dev
	$(BIN)/mkdocs build --strict

# An existing environment is used as it is; the stamp is renewed when the requirements change.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { echo "newscrawl needs Python 3.10 or later; name one with PYTHON=..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

$(VENV)/.installed: $(VENV)/.made requirements.txt
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	@touch $@

# The compiled part (newscrawl/_native), which takes seconds; without a compiler the crawler runs in Python alone, and the
# next make tries again.
$(VENV)/.native: $(VENV)/.installed requirements-native.txt $(wildcard newscrawl/_native/*.p* newscrawl/_native/*.h)
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-native.txt || true
	@rm -f newscrawl/_native/core.*.so
	@$(BIN)/python -c "from setuptools import setup; setup()" --quiet build_ext --inplace >$(VENV)/native.log 2>&1 || true
	@if ls newscrawl/_native/core.*.so >/dev/null 2>&1; then touch $@; fi

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV)
