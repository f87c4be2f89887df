# With git, make, Python and its venv, `make run` opens the kiosk and `make test` runs the tests.
PYTHON ?= python3
BIN := .venv/bin
RUNS := .venv/.runs
READY := .venv/.ready

# What was compiled is kept: the tests start the program often.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: runnable setup run staff demo test test-wide check lock translations screenshots walk machine

# What running needs, and no more; then what else tests and tools need.
runnable: $(RUNS)
setup: $(READY)

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
$(RUNS): requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The kiosk needs Python 3.11 or newer; try: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m ensurepip --upgrade >/dev/null
	$(PIP) -r requirements/run.txt
	touch $(RUNS)

$(READY): requirements/dev.txt $(RUNS)
	$(PIP) -r requirements/dev.txt
	touch $(READY)

run: runnable
	$(BIN)/python run_kiosk.py

staff: runnable
	$(BIN)/python run_kiosk.py staff

demo: runnable
	$(BIN)/python run_kiosk.py demo

test: setup
	$(BIN)/python -m pytest

# Every screen in every language, theme and size.
test-wide: setup
	$(BIN)/python -m pytest -m wide

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/codespell kiosk db content deploy tests docs benchmarks README.md CONTRIBUTING.md

# Lock files: hashes, no addresses. dev.txt holds everything that run.txt holds.
lock:
	uv pip compile -q --universal --generate-hashes --no-header -o requirements/run.txt pyproject.toml
	uv pip compile -q --universal --generate-hashes --no-header --group dev -o requirements/dev.txt pyproject.toml

# Collect the English messages, bring the catalogues up to date, and compile them; write down how
# each language writes days and numbers. A new language is a tag more here: its catalogue is made,
# with the plural forms of its language.
POT := kiosk/languages/locales/kiosk.pot
CLDR := kiosk/languages/cldr.py
LANGUAGES := zh-Hans zh-Hant ja ko de fr es
translations: setup
	$(BIN)/pybabel -q extract --no-default-keywords -k _ -k lang -k _both -k mark -k plural:1,2 \
		--omit-header --no-location --sort-output --no-wrap -o $(POT) kiosk
	for tag in $(LANGUAGES); do \
		po=kiosk/languages/locales/$$tag/LC_MESSAGES/kiosk; \
		locale=$$(echo $$tag | tr - _); \
		test -f $$po.po || $(BIN)/pybabel -q init --no-wrap -i $(POT) -o $$po.po -l $$locale; \
		$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap \
			-i $(POT) -o $$po.po -l $$locale && \
		$(BIN)/pybabel -q compile -i $$po.po -o $$po.mo || exit 1; \
	done
	PYTHONPATH=. $(BIN)/python tests/support/cldr_writer.py
	$(BIN)/ruff format -q $(CLDR)

screenshots: setup
	$(BIN)/python tests/screenshots.py

# Every screen of the lobby's ways, as text, to be read: `make walk TO=folder`.
TO ?= walk
walk: setup
	$(BIN)/python tests/walk.py $(TO)

# The kiosk on a machine of its own, from power-on: docs/machine.md says what it needs and tells.
machine: setup
	$(BIN)/python tests/bare_machine
