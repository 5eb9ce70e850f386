# Quotesieve. `make run` does the main job, `make test` proves it; both set up what they need.

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
RAW    ?= data/raw
CLEAN  ?= data/clean

# Prefect's database of these runs stays in the checkout.
export PREFECT_HOME ?= $(CURDIR)/.prefect

.PHONY: help run test check plan docs pictures pins clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

run: $(VENV)/run.stamp  ## the Prefect flow over RAW (data/raw) into CLEAN (data/clean)
	@$(PY) -m flows $(RAW) $(CLEAN)

plan: $(VENV)/run.stamp  ## what a run would do, and why
	@$(PY) -m quotesieve plan $(RAW) $(CLEAN)

test: $(VENV)/dev.stamp  ## checks, fast tests, then tests with a Prefect server
	$(MAKE) --no-print-directory check
	$(PY) -m pytest --ignore=tests/flows
	$(PY) -m pytest tests/flows

check: $(VENV)/dev.stamp  ## formatting, lint, types, who may import whom
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

docs: $(VENV)/dev.stamp  ## make the generated documents again
	$(PY) scripts/make_docs.py

pictures: $(VENV)/dev.stamp  ## take the pictures of the report again (needs Chromium)
	$(PY) scripts/make_pictures.py

pins: $(VENV)/dev.stamp  ## resolve the dependencies again and pin them with hashes
	$(PY) scripts/make_pins.py

clean:  ## remove what was installed and made
	rm -rf $(VENV) .prefect .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf data/clean/* data/clean/.staging data/clean/.lock

$(VENV)/run.stamp: requirements.txt pyproject.toml scripts/install.sh
	@PYTHON=$(PYTHON) sh scripts/install.sh $(VENV) requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt pyproject.toml scripts/install.sh
	@PYTHON=$(PYTHON) sh scripts/install.sh $(VENV) requirements-dev.txt
	@touch $@ $(VENV)/run.stamp
