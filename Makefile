# make run · make test · make check — each installs what it needs, and costs a second when all is there.
# The work is done by small scripts in ylyx_site/setup/; a file that a step makes is its own stamp.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

S := ylyx_site/setup
BIN := .venv/bin
export YLYX_MODE ?= demo
export HOST ?= 127.0.0.1
export PORT ?= 8000

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

run: site ## everything for a first look: a demo district on http://127.0.0.1:8000 (HOST, PORT, YLYX_…)
	@$(S)/database.sh
	@$(S)/run.sh

test: test-tools ## all tests, on SQLite, PostgreSQL and in a browser; ARGS="tests/unit -k fen"
	@$(S)/test.sh $(ARGS)

check: .venv/for-tests strings-compile ## lint, types, imports, templates, strings, quick tests: under a minute
	@$(MAKE) --no-print-directory -j2 --output-sync=target --keep-going quick types lint imports templates strings-check

coverage: test-tools ## the tests again, and which lines and branches they never reach
	@YLYX_COVERAGE=1 $(S)/test.sh $(ARGS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

bench: test-tools ## ratios of cost, one JSON line each
	@$(S)/bench.sh $(ARGS)

screenshots: test-tools ## pictures of the pages into looks/, in all forms; ARGS="/meals /help"
	@$(S)/database.sh
	@$(BIN)/python $(S)/screenshots.py $(ARGS)

strings: .venv/for-tests ## take new strings over into the English catalogue
	@$(S)/strings.sh update
	@$(S)/strings.sh compile

migration: .venv/for-tests ## draft a migration from the models; NAME="what it does"
	@$(BIN)/flask --app wsgi db migrate -m "$(NAME)"

locks: .venv/for-tests ## resolve the locked requirements anew
	@$(S)/locks.sh

clean: ## remove everything made here, except the database in instance/
	rm -rf .venv .venv-node .cache looks static/built static/vendor instance/prepared
	find translations -name '*.mo' -delete

# --- what the site needs -----------------------------------------------------------------------

site: system .venv/for-site static/vendor/htmx.min.js assets strings-compile

system:
	@$(S)/system.sh ca-certificates python3-venv

.venv/for-site: $(S)/requirements.txt | system
	@$(S)/python.sh .venv $<
	@touch $@

.venv-node/made: $(S)/requirements-node.txt | system
	@$(S)/python.sh .venv-node $<
	@touch $@

static/vendor/htmx.min.js: $(S)/package-lock.json .venv-node/made
	@$(S)/node.sh .cache/npm --omit=dev
	@install -D -m 644 .cache/npm/node_modules/htmx.org/dist/htmx.min.js $@

assets: .venv/for-site static/vendor/htmx.min.js
	@$(BIN)/python $(S)/assets.py

strings-compile: | .venv/for-site
	@$(S)/strings.sh compile

# --- what the tests need -----------------------------------------------------------------------

test-tools: site test-system .venv/for-tests .cache/chromium

test-system:
	@$(S)/system.sh libnss3 libexpat1 libatomic1 fontconfig fonts-wqy-zenhei postgresql pgbouncer

.venv/for-tests: $(S)/requirements-test.txt .venv/for-site
	@$(S)/python.sh .venv $<
	@touch $@

.cache/chromium: $(S)/package-lock.json .venv-node/made
	@$(S)/node.sh .cache/npm-test
	@$(S)/browser.sh .cache/npm-test

# --- the parts of `make check` -----------------------------------------------------------------

lint:
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --quiet --check .

types:
	@$(BIN)/mypy

imports:
	@$(BIN)/lint-imports --no-logo

templates:
	@$(BIN)/djlint --quiet --lint templates

strings-check:
	@$(S)/strings.sh check

quick:
	@$(BIN)/python -m pytest -q -m "not slow" tests/unit tests/house

.PHONY: help run test check coverage bench screenshots strings migration locks clean site system assets \
  strings-compile test-tools test-system lint types imports templates strings-check quick
