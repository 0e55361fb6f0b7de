# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
SHARED ?= ../shared
.DEFAULT_GOAL := help
.PHONY: help setup demo run test browser check format lint types house quality speed cases clean

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready  ## a virtual environment with everything in it

.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "reportedly needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 " )'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable ".[dev]"
	@touch $@

demo: setup  ## read the example reports and print the ledger
	@$(BIN)/python examples/demo.py

test: setup  ## the tests
	$(BIN)/python -m pytest

check: format lint types test browser  ## all that a change must pass

format: setup
	$(BIN)/ruff format --check .

lint: setup
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy src tests bench

browser: setup  ## journeys in a real browser (installs chromium and playwright-core)
	bash tests/browser/run.sh

run: setup  ## the evidence browser over the example reports
	@$(BIN)/reportedly --ledger demo.db add examples/reports --lexicon examples/lexicon
	@$(BIN)/reportedly --ledger demo.db serve

house: setup  ## budgets of size and shape
	$(BIN)/python -m bench.house

quality: setup  ## floors over the shared benchmarks, when they are there
	$(BIN)/python -m bench.quality --shared $(SHARED)

speed: setup  ## words a second, memory, growth
	$(BIN)/python -m bench.speed

cases: setup  ## write the expected findings of tests/cases anew, to be read as a diff
	$(BIN)/python -m tests.test_cases

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
