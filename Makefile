# What people do with this project. `make run` and `make test` set up all that they need.

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin

.PHONY: help run test check soak bench lighthouse pictures screenshots words lock clean

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/'

run: .venv/run ## start the app with demonstration people, at http://localhost:8000
	@$(BIN)/mon-rythme start --demo

check: .venv/dev ## every check and test, without a browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint webapp/templates --lint --quiet
	$(BIN)/pytest -n 2 --ignore=tests/browser --ignore=tests/offline --ignore=tests/proofs --ignore=tests/push
	MON_RYTHME_TEST_DATABASE=postgresql $(BIN)/pytest -n 2 --ignore=tests/browser --ignore=tests/offline --ignore=tests/proofs --ignore=tests/push --ignore=tests/house

test: check .venv/browser ## every check and test
	$(BIN)/pytest -n 2 tests/browser tests/offline tests/proofs tests/push

soak: .venv/dev .venv/browser ## every page in every language, theme and size; 200,000 seeds of the outbox
	SOAK=1 $(BIN)/pytest -n 2 -o faulthandler_timeout=0 tests/browser tests/offline tests/proofs

bench: .venv/dev ## one table of ratios
	$(BIN)/python -m benchmarks

lighthouse: .venv/dev .venv/browser ## the pages as a cheap phone on a slow network loads them (needs Node)
	$(BIN)/python scripts/lighthouse.py

words: .venv/dev ## collect the words of the screens into the catalogues
	$(BIN)/pybabel -q extract -F pyproject.toml -k N_ -c I18N: --no-location --omit-header \
		--sort-output -o .venv/messages.pot webapp
	$(BIN)/pybabel -q update -i .venv/messages.pot -d translations -l fr --no-fuzzy-matching \
		--ignore-obsolete --omit-header -w 100

pictures: .venv/dev ## build the picture sprites again
	$(BIN)/python scripts/pictures.py

screenshots: .venv/dev .venv/browser ## take the pictures of the README again
	$(BIN)/python scripts/screenshots.py

lock: ## write the lock files again (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --extra postgresql \
		pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --extra dev -c requirements.lock \
		pyproject.toml -o requirements-dev.lock

clean: ## remove what the set-up made; the data stay
	rm -rf .venv

.venv/pip:
	@test -n "$(PYTHON)" || { echo "Please install Python 3.11 or newer, with venv."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Please install Python's venv (Debian: apt install python3-venv)."; exit 1; }
	@touch $@

.venv/run: .venv/pip requirements.lock pyproject.toml
	@echo "Setting up…"
	@test -e .venv/dev || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/dev: .venv/pip requirements-dev.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/browser: .venv/dev scripts/find-browsers
	@scripts/find-browsers
	@touch $@
