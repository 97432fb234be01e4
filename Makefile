# Motcua. Needs git, make and Python 3.11 or newer; everything else is locked and installed into .venv.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup run test lint bench lock clean test-fast test-postgres test-browser custody-run

PYTHON ?= python3
BIN := .venv/bin
MADE := .venv/.made
WORKERS ?= 2
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome || true)
PYTEST := $(BIN)/python -m pytest
say = @printf '\033[1m› %s\033[0m\n' "$(1)"

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

## --- setting up ------------------------------------------------------------------------------------------

setup: $(MADE)/static ## prepare .venv, so that .venv/bin/motcua works
	@echo "Ready: $(BIN)/motcua --help"

$(MADE)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Motcua needs Python 3.11 or newer: make setup PYTHON=python3.11"; exit 1; }
	$(call say,Making the virtual environment)
	@$(PYTHON) -m venv .venv
	@mkdir -p $(MADE) && touch $@

# uv is used where it happens to be; pip does the same, slower.
install = if command -v uv >/dev/null; then VIRTUAL_ENV=.venv uv pip install --quiet --require-hashes -r $(1); \
	else $(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r $(1); fi

$(MADE)/runtime: $(MADE)/venv requirements.lock
	$(call say,Installing what it runs on (about half a minute))
	@$(call install,requirements.lock)
	@touch $@

$(MADE)/motcua: $(MADE)/runtime pyproject.toml
	$(call say,Installing motcua itself)
	@$(BIN)/pip install -qq --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(MADE)/dev: $(MADE)/motcua requirements-dev.lock
	$(call say,Installing what it is tested with)
	@$(call install,requirements-dev.lock)
	@touch $@

$(MADE)/assets: $(MADE)/motcua tools/assets.py motcua/web/fonts.py
	$(call say,Making fonts and other assets)
	@$(BIN)/python tools/assets.py
	@touch $@

$(MADE)/words: $(MADE)/motcua $(shell find motcua/locale -name '*.po' 2>/dev/null)
	$(call say,Compiling translations)
	@if [ -d motcua/locale ]; then $(BIN)/pybabel --quiet compile --domain django --directory motcua/locale; fi
	@touch $@

$(MADE)/static: $(MADE)/assets $(MADE)/words motcua/config/staticfiles.py $(shell find motcua/web/static -not -path '*/fonts/*' -not -path '*/vendor/*' 2>/dev/null)
	$(call say,Collecting static files)
	@$(BIN)/python tools/collect.py
	@touch $@

## --- running ---------------------------------------------------------------------------------------------

run: export MOTCUA_DEMO ?= 1
run: setup ## set up, make the demo month if there is none, serve on http://127.0.0.1:8000
	@$(BIN)/motcua demo --if-empty
	@exec $(BIN)/motcua serve

## --- checking --------------------------------------------------------------------------------------------

test: lint test-fast test-browser test-postgres ## everything CI does: lint, types, layers, tests on each database, browser

lint: $(MADE)/dev setup ## style, types, layers
	$(call say,Style)
	@$(BIN)/ruff check .
	$(call say,Types)
	@$(BIN)/mypy
	$(call say,Layers)
	@$(BIN)/lint-imports

test-fast: $(MADE)/dev setup ## all tests without a browser, on SQLite
	$(call say,Tests on SQLite)
	@$(PYTEST) -n $(WORKERS) --dist worksteal -m 'not browser and not postgres'

test-browser: $(MADE)/dev setup ## the tests in a real Chromium
ifeq ($(CHROMIUM),)
	@printf '\n%s\n' \
	  '!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!' \
	  '!!  No Chromium was found: THE BROWSER TESTS WERE NOT RUN.            !!' \
	  '!!  Install it (Debian: apt-get install chromium) or name it:         !!' \
	  '!!  make test CHROMIUM=/path/to/chromium                              !!' \
	  '!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!'
	@if [ -n "$${CI:-}" ]; then echo 'CI must have a browser.'; exit 1; fi
else
	$(call say,Tests in $(CHROMIUM))
	@MOTCUA_CHROMIUM='$(CHROMIUM)' MOTCUA_BROWSER_TESTS=1 $(PYTEST) -m browser
endif

test-postgres: $(MADE)/dev setup ## the tests that touch a database, on MOTCUA_TEST_POSTGRES_URL
	@if [ -n "$${MOTCUA_TEST_POSTGRES_URL:-}" ]; then \
	  printf '\033[1m› Tests on PostgreSQL\033[0m\n'; \
	  MOTCUA_DATABASE_URL="$$MOTCUA_TEST_POSTGRES_URL" $(PYTEST) -n $(WORKERS) --dist worksteal -m '(database or postgres) and not browser'; \
	elif [ -n "$${CI:-}" ]; then echo 'CI must have PostgreSQL: set MOTCUA_TEST_POSTGRES_URL.'; exit 1; \
	else echo 'PostgreSQL: not tested here; set MOTCUA_TEST_POSTGRES_URL=postgres://user:password@host:port/name'; fi

custody-run: $(MADE)/dev setup ## 10,000 random operations on papers, on MOTCUA_DATABASE_URL or SQLite (OPERATIONS=…)
	@MOTCUA_CUSTODY_OPERATIONS=$${OPERATIONS:-10000} $(PYTEST) tests/custody/test_random.py -s

bench: $(MADE)/dev setup ## the five acts over HTTP against raw SQL (see bench/README.md)
	@$(BIN)/python -m bench $(BENCH)

## --- upkeep ----------------------------------------------------------------------------------------------

lock: ## write both lock files anew from the .in files (needs uv)
	@for name in requirements requirements-dev; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate $$name.in --output-file $$name.lock; done

clean: ## remove all that was made; data/ stays
	@rm -rf .venv build motcua/web/static/fonts motcua/web/static/vendor *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find motcua tests -name __pycache__ -type d -prune -exec rm -rf {} +
