# Paritet's commands; `make` lists them. PYTHON=/path/to/python3.12 chooses the interpreter.

PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11 python
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(LOCK_FLAGS)
DATABASE := $(or $(PARITET_DATABASE),var/paritet.duckdb)
PYTEST_FLAGS ?= -n auto --maxprocesses 4 --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help run install test check chromium bench screenshots messages lock

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: install ## start Paritet (the first time: install it and build the demo)
	@test -f "$(DATABASE)" || $(BIN)/python -m budgeting demo
	@$(BIN)/python -m budgeting.server

install: $(VENV)/.installed ## create .venv with the locked packages

test: $(VENV)/.installed-test ## check the code, then run every test
	@$(MAKE) --no-print-directory check chromium
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

check: $(VENV)/.installed-test ## check format, style, types and SQL
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 0 budgeting/sql

chromium: ## install Chromium for the browser tests where that is possible
	@sh tests/browser/chromium.sh

bench: $(VENV)/.installed-test ## measure queries, clicks, starts and ledger sizes
	$(BIN)/python -m tests.bench.run

screenshots: $(VENV)/.installed-test chromium ## take the pictures of every page
	$(BIN)/python -m tests.browser.screenshots

messages: $(VENV)/.installed ## collect the texts of the code for the translators of data/locales
	$(BIN)/pybabel --quiet extract --mapping data/locales/babel.toml --no-default-keywords \
		--keyword "text:1 plural_text:1,2 _:1" --sort-by-file --add-location file --width 100 \
		--header-comment "# Paritet's texts; \`make messages\` writes this file." \
		--output data/locales/paritet.pot app.py pages budgeting
	$(BIN)/pybabel --quiet update --locale sr --no-fuzzy-matching --ignore-obsolete --width 100 \
		--input-file data/locales/paritet.pot --output-file data/locales/sr.po
	@for file in data/locales/paritet.pot data/locales/sr.po; do \
		sed -E '/^"(PO|POT|Project|Report|Last|Generated|Language-Team)[A-Za-z-]*:/d' $$file \
			> $$file.new && mv $$file.new $$file || exit 1; \
	done

lock: install ## renew requirements*.txt (LOCK_FLAGS=--upgrade: newest versions)
	@$(PIP) uv
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) --group test --constraint requirements.txt --output-file requirements-test.txt

$(VENV)/.installed: requirements.txt | $(BIN)/python
	@echo "Installing what requirements.txt lists into $(VENV) (once; takes a minute or two)"
	@$(PIP) --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-test: requirements-test.txt $(VENV)/.installed
	@echo "Installing what requirements-test.txt lists into $(VENV)"
	@$(PIP) --require-hashes -r requirements-test.txt
	@touch $@

$(BIN)/python:
	@for candidate in $(PYTHON); do \
		if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Creating $(VENV) with $$("$$candidate" --version)"; \
			"$$candidate" -m venv $(VENV) && exit 0; \
			rm -rf $(VENV); \
			exit 1; \
		fi; \
	done; \
	echo "Paritet needs Python 3.11 or newer; none of these is: $(PYTHON)." >&2; \
	echo "Install one, or say where it is: make run PYTHON=/path/to/python3.12" >&2; \
	exit 1
