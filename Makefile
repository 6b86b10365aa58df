# `make graph` builds the sample graph, `make test` runs all checks; both set up everything they need in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: graph test bench soak clean

graph: $(VENV)/.installed
	$(BIN)/govgraph build --input data/corpus --out out

test: $(VENV)/.developer
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/govgraph check-data
	$(BIN)/pytest -n auto --ignore tests/bench

# Ratios and limits, in one run on one machine; too slow and too noisy for every change.
bench: $(VENV)/.developer $(VENV)/.peers
	$(BIN)/pytest tests/bench -s

# Long fuzzing: ten times the inputs and kills of `make test`.
soak: $(VENV)/.developer
	GOVGRAPH_SOAK=1 $(BIN)/pytest -n auto -k "fuzz or hostile or killed" tests

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -c constraints.txt -e .
	touch $@

$(VENV)/.developer: $(VENV)/.installed
	$(PIP) install -c constraints.txt $$($(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev'])")
	touch $@

$(VENV)/.peers: $(VENV)/.developer
	$(PIP) install -c constraints.txt $$($(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['peers'])")
	touch $@

clean:
	rm -rf $(VENV) out
