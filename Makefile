# Two words do everything: `make demo` and `make test`. Both make .venv when it is missing.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
# What tests write goes to memory where there is room for it, and what passed leaves nothing there.
MEMORY := $(shell df -k /dev/shm 2>/dev/null | awk '$$6 == "/dev/shm" && $$4 > 2000000 { print $$6 }')
PYTEST := $(if $(MEMORY),PYTEST_DEBUG_TEMPROOT=$(MEMORY) )$(BIN)/python -m pytest -q \
  -o tmp_path_retention_policy=failed -o tmp_path_retention_count=1
# One process a core; a file stays whole, so that what its tests share is made once.
SHARED := -n auto --dist loadfile
# Compiled once for every process that the tests start, also where the environment says not to.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test lint types fast bench clean

help:
	@echo "make demo    set up, run the whole loop on sample tickets, say where to look"
	@echo "make test    set up, lint, types, architecture, all tests"
	@echo "make bench   measure speed and quality against named baselines"
	@echo "make clean   remove what the above made"

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kbtool needs Python 3.11 or newer; try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing kbtool and what its tests need into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

demo: $(STAMP)
	@$(BIN)/kbtool demo

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

fast: $(STAMP)
	$(PYTEST) $(SHARED) -m "not browser"

test: lint types
	$(PYTEST) $(SHARED)

bench: $(STAMP)
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.site 100 1000 5000
	$(BIN)/python -m tests.bench.search_browser
	$(BIN)/python -m tests.bench.mining
	$(BIN)/python -m tests.bench.search
	$(BIN)/python -m tests.bench.logs 1000000 5000000

clean:
	rm -rf $(VENV) .demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
