# Every command works from a fresh clone, in any folder, and installs what it needs the first time.
PYTHON ?= python3
PYTEST_ARGS ?=
FUZZ ?= 20

.DEFAULT_GOAL := help
.PHONY: help setup run test fuzz lint bench lock clean

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup:  ## Build .venv and the front-end files; quick when nothing changed
	@exec "$(PYTHON)" .ci/setup.py all

run:  ## Serve the map with everything it needs until Ctrl-C (PORT, HOST, ORGMAP_DATA, DEMO_PASSWORD)
	@exec "$(PYTHON)" .ci/setup.py run
	@exec .venv/bin/python manage.py up

test: setup  ## Run all tests (some only: make test PYTEST_ARGS="-k words")
	@CHROMIUM="$$(.ci/chromium)" && export CHROMIUM && exec .venv/bin/python -m pytest -n 2 $(PYTEST_ARGS)

fuzz: setup  ## Try every property with new random examples, FUZZ times as many (FUZZ=20 PYTEST_ARGS=)
	@FUZZ="$(FUZZ)" exec .venv/bin/python -m pytest -n 2 -m hypothesis $(PYTEST_ARGS)

lint: setup  ## Check style, types, directions of imports, templates and migrations
	@.venv/bin/python -m ruff check .
	@.venv/bin/python -m ruff format --check .
	@.venv/bin/python -m mypy .
	@.venv/bin/python -m djlint templates --lint --quiet
	@PYTHONPATH=. .venv/bin/python -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
	@.venv/bin/python -W ignore manage.py makemigrations --check --dry-run

bench: setup  ## Measure speed and memory against what was promised
	@exec .venv/bin/python tests/bench.py

lock: setup  ## Write the lock files anew from requirements/*.in and package.json
	@exec .ci/lock

clean:  ## Remove what setup and tests made; the data in .data/ stays
	rm -rf .venv node_modules static/vendor staticfiles .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
