# With git, make, Python and its venv, `make run` opens the kiosk and `make test` runs the tests.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup run staff demo test check lock translations screenshots

setup: $(READY)

$(READY): requirements/run.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The kiosk needs Python 3.11 or newer; try: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m ensurepip --upgrade >/dev/null
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $(READY)

run: setup
	$(BIN)/python run_kiosk.py

staff: setup
	$(BIN)/python run_kiosk.py staff

demo: setup
	$(BIN)/python run_kiosk.py demo

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/codespell kiosk db content tests docs benchmarks README.md CONTRIBUTING.md

# Lock files: hashes, no addresses. dev.txt holds everything that run.txt holds.
lock:
	uv pip compile --universal --generate-hashes --no-header -o requirements/run.txt pyproject.toml
	uv pip compile --universal --generate-hashes --no-header --group dev -o requirements/dev.txt pyproject.toml

translations: setup
	$(BIN)/python tests/translations.py

screenshots: setup
	$(BIN)/python tests/screenshots.py
