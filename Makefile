# Every target works on a fresh machine with Python 3.11 or newer: what is missing is put into $(VENV) first.

SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

# The demo ends when make ends, even when make is killed.
WITH_MAKE := $(if $(shell command -v setpriv),setpriv --pdeathsig TERM)

.PHONY: demo test lint bench
.DELETE_ON_ERROR:

# In a terminal the demo gets a process group of its own (set -m): Ctrl-C then reaches the demo alone, which ends with
# status 0, and so does make. Without a terminal it takes the place of the recipe's shell, and make hands SIGTERM on.
demo: $(VENV)/.installed
	@if [ -t 0 ]; then set -m; $(WITH_MAKE) $(BIN)/qawl demo; else exec $(WITH_MAKE) $(BIN)/qawl demo; fi

test: lint
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks $(if $(SIZE),--size $(SIZE)) $(if $(SAVE),--save)

$(VENV)/.installed: pyproject.toml | $(BIN)/pip
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/pip
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.installed

# Debian keeps venv's half in a package of its own; root can have it installed, others are told.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Qawl needs Python 3.11 or newer: make PYTHON=python3.12 ...' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update && apt-get install -y --no-install-recommends python3-venv && $(PYTHON) -m venv --clear $(VENV); \
	else echo 'This Python cannot make environments. On Debian: sudo apt-get install python3-venv' >&2; exit 1; fi
