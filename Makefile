# Python 3.11 or newer and make are all it takes. `make` alone says what there is.
#
# Everything is installed into .venv, once: a stamp file remembers it, so the second `make run`
# starts at once. To choose the Python: make run PYTHON=/path/to/python3.12

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DEV_INSTALLED := $(VENV)/.dev-installed
PIP := $(BIN)/python -m pip install --disable-pip-version-check
LAB ?=
ARGS ?=
WORKERS ?= auto

.PHONY: help run test check bench labs pictures slow clean

help:
	@echo 'make run     install into .venv if need be, and start the course'
	@echo 'make test    the tests (a few minutes); make test ARGS=tests/course for some of them'
	@echo 'make check   style, types and who imports whom'
	@echo 'make slow    the tests with many seeds or many processes'
	@echo 'make labs    train every lab on seeds 0 to 4 (LAB=mouse for one); writes docs/labs.md'
	@echo 'make bench   what the interface costs and how fast the networks are, measured'
	@echo 'make pictures  draw the pictures of the README anew, after real runs (a minute)'
	@echo 'make clean   remove .venv'

run: $(INSTALLED)
	@$(BIN)/grok-tui $(ARGS)

# Each worker begins with tests that follow each other, which share what they have trained, and takes
# of the other's when it has done its own.
test: $(DEV_INSTALLED)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m 'not slow' $(ARGS)

slow: $(DEV_INSTALLED)
	$(BIN)/python -m pytest -m slow $(ARGS)

check: $(DEV_INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEV_INSTALLED)
	$(BIN)/python -m benchmarks $(ARGS)

labs: $(DEV_INSTALLED)
	$(BIN)/python -m benchmarks.labs $(LAB)

pictures: $(INSTALLED)
	$(BIN)/grok-tui author pictures docs/pictures

clean:
	rm -rf $(VENV)

# A torch that this Python already has is used as it is: the new environment sees it, and the
# versions asked for leave torch out. Inside another virtual environment `--system-site-packages`
# would miss it, so its folder is named in a .pth file.
$(VENV)/constraints.txt: constraints.txt
	@python='$(PYTHON)'; \
	if [ -z "$$python" ]; then \
	    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	        if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	            python=$$name; break; \
	        fi; \
	    done; \
	fi; \
	if [ -z "$$python" ]; then \
	    echo 'grok-tui needs Python 3.11 or newer, and no python3 here is: install one from' \
	        'your system, or name it with  make run PYTHON=/path/to/python3.12' >&2; \
	    exit 1; \
	fi; \
	$$python -B .ci/environment.py $(VENV)

$(INSTALLED): $(VENV)/constraints.txt pyproject.toml
	@echo 'Installing the course into $(VENV).'
	$(PIP) -e . -c $(VENV)/constraints.txt
	@touch $@

$(DEV_INSTALLED): $(VENV)/constraints.txt pyproject.toml
	@echo 'Installing the course, and what its tests and checks need, into $(VENV).'
	$(PIP) -e '.[dev]' -c $(VENV)/constraints.txt
	@touch $(INSTALLED) $@
