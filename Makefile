# `make graph` builds the sample graph, `make test` runs all checks; both set up everything they need in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: graph test test-rules rules-diff bench soak clean

graph: $(VENV)/.installed
	$(BIN)/govgraph build --input data/corpus --out out

test: $(VENV)/.developer
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/govgraph check-data
	$(BIN)/pytest -n auto --ignore tests/bench

# The examples and counter-examples of all rules.
test-rules: $(VENV)/.developer
	$(BIN)/pytest tests/extract/test_rules.py tests/extract/test_rulebook.py

# Which facts a change of data/ adds (+) and removes (-), against those of a commit: on the sample corpus and on those beside the checkout.
SINCE ?= HEAD
CORPORA ?= data/corpus $(wildcard ../shared/seeds ../shared/corpus/*/)
rules-diff: $(VENV)/.developer
	@old=$$(mktemp -d) && trap 'rm -rf "$$old"' EXIT && \
	git archive $(SINCE) data/registers data/lexicon data/rules ontology.ttl | tar -x -C "$$old" && mv "$$old/ontology.ttl" "$$old/data" && \
	for texts in $(CORPORA); do \
	  echo "== $$texts" && \
	  $(BIN)/python -m graph build --input "$$texts" --out "$$old/before" --data "$$old/data" --exports nt --ledger "$$old/none" && \
	  $(BIN)/python -m graph build --input "$$texts" --out "$$old/after" --exports nt --ledger "$$old/none" && \
	  { $(BIN)/python -m graph diff "$$old/before" "$$old/after" || test $$? -eq 1; } || exit 2; \
	done

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
