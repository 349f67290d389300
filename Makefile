# Antenna in two commands: `make run` starts it, `make test` proves it. `make help` lists the rest.
# Needed: Python 3.11 or newer, and make. What else is missing is installed, or named in one line.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools
ROOMS := bot storage flows
MOST_LINES := 400
# More than processors: half of the tests' time is waiting.
WORKERS ?= 4
# Each starts with a stretch of its own, and so with few servers and browsers; who is done helps.
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
# Some machines forbid it; without compiled modules a process starts in twice the time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check faults bench words setup tools browser clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

run: $(READY)  ## start Antenna: with a token on Telegram, without one as a demo; SAMPLE=1 fills it
	@exec $(BIN)/python -m bot run $(if $(SAMPLE),--sample)

test: browser $(TOOLS)  ## every test, and the branches of flows/ that none has taken
	@$(PYTEST) tests/flows --cov --cov-report=
	@$(BIN)/python -m coverage report --fail-under=100 --show-missing --skip-covered
	@$(PYTEST) -m "not faults" --ignore=tests/flows

check: $(TOOLS)  ## format, lint, types, import contracts, length of modules, catalogs
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@find $(ROOMS) tests -name '*.py' -exec wc -l {} + | awk -v most=$(MOST_LINES) \
	  '$$2 != "total" && $$1 > most { print $$2 " has " $$1 " lines: more than " most; bad = 1 } \
	   END { exit bad }'
	@$(BIN)/python -m bot.extract --check
	@$(BIN)/python -m bot check content > /dev/null || $(BIN)/python -m bot check content

faults: browser $(TOOLS)  ## the long runs: 500 kills and more; the figures are kept in data/
	@$(PYTEST) -m faults tests/faults tests/acceptance tests/bot tests/storage tests/locales

bench: $(TOOLS)  ## measure: updates a second, latency, memory, recovery
	@$(BIN)/python -m tests.bench

words: $(TOOLS)  ## collect the words to translate and bring every catalog up to date
	@$(BIN)/python -m bot.extract

setup: $(READY)  ## install what Antenna needs to run, and stop there

tools: $(TOOLS)  ## install what its tests need too, and stop there

clean:  ## remove what was installed and computed; data/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	@find $(ROOMS) tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what is installed ---------------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Antenna needs Python 3.11 or newer. On Debian 12: apt-get install python3"; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory python3-venv
	@echo "Antenna: making an environment in $(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV)

$(READY): requirements.txt | $(BIN)/python
	@echo "Antenna: installing what it needs to run (half a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(TOOLS): requirements.txt requirements-dev.txt | $(READY)
	@echo "Antenna: installing what its tests need (half a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements.txt -r requirements-dev.txt
	@touch $@

# The second is a library that the driver of the browser needs and a bare Debian lacks.
browser:
	@command -v chromium >/dev/null || $(MAKE) --no-print-directory chromium
	@$(PYTHON) -c 'import ctypes; ctypes.CDLL("libatomic.so.1")' 2>/dev/null || \
	  $(MAKE) --no-print-directory libatomic1
	@command -v espeak-ng >/dev/null || $(MAKE) --no-print-directory espeak-ng
	@command -v opusenc >/dev/null || $(MAKE) --no-print-directory opus-tools

.PHONY: python3-venv chromium libatomic1 espeak-ng opus-tools
python3-venv chromium libatomic1 espeak-ng opus-tools:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Antenna: installing the system package $@ …"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  { apt-get -qq update && apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends $@; } >/dev/null </dev/null; \
	else \
	  echo "One system package is missing. Type this, then try again:"; \
	  echo "    sudo apt-get install -y $@"; \
	  exit 2; \
	fi
