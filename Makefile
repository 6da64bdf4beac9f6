# make demo   builds the example and answers the first question, from nothing but Python
# make test   everything that CI runs; WORKERS=n for another number of processes than two
# make bench  the benchmarks; make bench-serve  those of the server, with wrk;
#             make bench-package  those of the package for a portal;
#             make bench-pages  how long the first byte of each kind of page takes
# make screenshots  every kind of page as PNG, in build/screenshots
PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test bench bench-serve bench-package bench-pages screenshots clean

demo: $(VENV)/installed
	$(BIN)/twingraph build data
	@echo; echo "The words that prove each answer:"; echo
	@$(BIN)/twingraph ask institutions-since-evidence since=1999 --format table
	@echo; echo "Which institutions exchanged since 1999?"
	$(BIN)/twingraph ask institutions-since since=1999 --format table

test: $(VENV)/installed-dev
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -m "not alone"
	$(BIN)/pytest -m alone tests

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.bench

bench-serve: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.serve

bench-package: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.package

bench-pages: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.first_byte

screenshots: $(VENV)/installed-dev
	$(BIN)/python tests/screenshots.py build/screenshots
	cp build/screenshots/readme-*.png docs/pictures/

clean:
	rm -rf $(VENV) build

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --requirement requirements-dev.txt
	touch $@
