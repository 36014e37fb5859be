# make run    the whole workflow on the sample site: no key, no network service
# make test   install what the tests need, run them all
# make test-sites   build the localized sample with every site generator that can be had here
# make        lint and test, as before every push
MAKEFLAGS += --no-print-directory
.SUFFIXES:
.PHONY: all run test test-sites test-deep wheel-test lint format bench docs clean

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install
PYTEST := $(BIN)/python -m pytest -q -n auto

all: lint test

run: .venv/run.stamp
	@$(BIN)/tarjuma run
	@$(BIN)/tarjuma status

test: .venv/test.stamp
	@$(PYTEST)
	@$(MAKE) wheel-test

# Real site generators build localized posts as docs/publishing.md says; the stamp of the tests installs them.
test-sites: .venv/sites.stamp
	@TARJUMA_ALL_SITES=1 $(PYTEST) -rs tests/test_sites_*.py

test-deep: .venv/test.stamp
	@TARJUMA_DEEP=1 $(PYTEST)

# The built wheel in an environment of its own, with the tests but without the source tree.
wheel-test: .venv/test.stamp
	@sh .ci/wheel-test

# Every check runs, also after one has failed, so that one report shows everything.
CHECKS := lint-rules lint-form lint-types lint-layers lint-docs
.PHONY: $(CHECKS)

lint: .venv/lint.stamp
	@$(MAKE) -k $(CHECKS)
	@echo "lint: fine"

lint-rules:
	@$(BIN)/ruff check --quiet
lint-form:
	@$(BIN)/ruff format --quiet --check
lint-types:
	@$(BIN)/mypy --no-error-summary
lint-layers:
	@$(BIN)/lint-imports --no-logo >.venv/layers.txt || { cat .venv/layers.txt; exit 1; }
lint-docs:
	@$(BIN)/python docs/generate.py --check

format: .venv/lint.stamp
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet

bench: .venv/test.stamp .venv/bench.stamp
	@$(BIN)/python bench/run.py

docs: .venv/run.stamp
	@$(BIN)/python docs/generate.py

clean:
	@rm -rf .venv dist build

# Stamps: a second run installs nothing until these files change.
.venv/python.stamp:
	@sh .ci/python
	@touch $@

.venv/run.stamp: .venv/python.stamp pyproject.toml constraints.txt
	@echo "Installing tarjuma into .venv"
	@$(PIP) -c constraints.txt hatchling editables
	@$(PIP) -c constraints.txt --no-build-isolation -e .
	@touch $@

.venv/test.stamp: .venv/run.stamp tests/sites/requirements.txt tests/sites/eleventy/package.json
	@command -v msgfmt >/dev/null && command -v msgcat >/dev/null || sh .ci/need gettext
	@echo "Installing what the tests need into .venv"
	@$(PIP) -c constraints.txt --no-build-isolation -e '.[test]'
	@sh .ci/commonmark
	@sh .ci/engines
	@sh .ci/sites
	@touch $@

.venv/sites.stamp: .venv/test.stamp tests/sites/docusaurus/package.json tests/sites/starlight/package.json
	@sh .ci/sites more
	@touch $@

.venv/lint.stamp: .venv/run.stamp
	@echo "Installing what lint needs into .venv"
	@$(PIP) -c constraints.txt --no-build-isolation -e '.[lint]'
	@touch $@

.venv/bench.stamp: .venv/python.stamp bench/requirements.txt
	@echo "Installing the other tools into .venv/bench"
	@$(BIN)/python -m venv --clear .venv/bench
	@.venv/bench/bin/python -m pip --disable-pip-version-check -qq install -r bench/requirements.txt
	@touch $@
