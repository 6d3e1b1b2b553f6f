# Everything a person types. Needs Python ≥ 3.11 and make, nothing else.

PYTHON ?= python3
PORT ?= 5000
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app app

.PHONY: help run check test journeys format lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run ## install, prepare the database, load the banks, serve on http://127.0.0.1:5000
	@$(FLASK) prepare
	@$(FLASK) run --port $(PORT)

check: $(VENV)/.dev ## style, layers, types, dependencies, dead code, templates, banks
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@PYTHONPATH=. $(BIN)/lint-imports --no-logo
	@$(BIN)/mypy
	@$(BIN)/deptry .
	@$(BIN)/vulture
	@$(BIN)/djlint templates --check --quiet
	@$(BIN)/djlint templates --lint --quiet
	@CLEAN_CLAIM_INSTANCE=build/check $(FLASK) bank lint

test: $(VENV)/.dev ## all tests; browser journeys need Chromium, PostgreSQL tests a server on localhost
	@$(BIN)/pytest -n auto tests --ignore tests/journeys
	@$(BIN)/pytest tests/journeys

journeys: $(VENV)/.dev ## the browser journeys alone
	@$(BIN)/pytest tests/journeys

format: $(VENV)/.dev ## lay out code and templates
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	@$(BIN)/djlint templates --reformat --quiet || true

lock: $(VENV)/.dev ## pin requirements*.txt anew from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv
	@for out in requirements.txt: requirements-dev.txt:--group=pyproject.toml:dev; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
			--no-emit-index-url --no-emit-find-links $${out#*:} pyproject.toml -o $${out%%:*}; done

clean: ## remove the environment and build products, never the instance folder
	@rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; say: make PYTHON=/path/to/python3.11 …"; exit 1; }
	@echo "Creating the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.txt
	@echo "Installing what is needed to run …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@echo "Installing what is needed to develop …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
