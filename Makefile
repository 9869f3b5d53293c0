# Two commands on a fresh machine: `make run` and `make test`. Nothing is assumed but Python 3.11 or later.
# What they install goes into .venv, what the site makes goes into var/; neither is in git.

PYTHON ?= python3
PY := .venv/bin/python
MANAGE := $(PY) manage.py
# A setting comes from the environment, else from .env, else it has the default that settings.py gives it.
setting = $(or $($(1)),$(shell sed -n 's/^$(1)=//p' .env 2>/dev/null),$(2))
export PORT := $(call setting,PORT,8000)
STATIC_FILES = $(call setting,VAR_DIR,var)/static/staticfiles.json
CHROMIUM = $(shell command -v chromium || command -v chromium-browser || command -v google-chrome || command -v chromium-headless-shell)
NPM = $(shell command -v npm || true)
WORKERS ?= 2

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test lint fmt seed backup bench lighthouse screenshots requirements preflight runtime development axe

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

run: runtime ## start the site on this machine: PORT=8123 make run for another port than 8000
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@[ -f "$(STATIC_FILES)" ] && [ -z "$$(find static */static requirements.txt -newer "$(STATIC_FILES)" 2>/dev/null | head -n 1)" ] \
	  || $(MANAGE) collectstatic --noinput --clear --verbosity 0
	@$(MANAGE) seed --demo
	@echo "Ctrl-C stops the site."
	@# Closing the terminal sends a hang-up that honcho doesn't know: without the trap the server would stay behind on its port.
	@(trap '' HUP; PATH="$(CURDIR)/.venv/bin:$$PATH" WEB_PORT=$(PORT) exec $(PY) -m honcho --env /dev/null start) & server=$$!; \
	  trap 'stopped=1; kill -TERM $$server' HUP INT TERM; wait $$server; status=$$?; trap '' HUP INT TERM; \
	  wait $$server 2>/dev/null; [ -n "$$stopped" ] || exit $$status

test: development axe ## run every test that this machine can run
	@$(PY) -m pytest --numprocesses $(WORKERS) $(PYTEST_ARGS)
	@[ -n "$(CHROMIUM)" ] || echo "Skipped: the tests in a browser. Get them with: apt-get install chromium libatomic1"
	@[ -n "$(NPM)" ] || [ -d tests/browser/node_modules ] || echo "Skipped: the accessibility tests (axe). Get them with: apt-get install npm"

lint: development ## check style, templates, migrations and settings
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	@$(MANAGE) makemigrations --check --dry-run --verbosity 0
	@$(MANAGE) check

fmt: development ## put code and templates in the house's form
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

seed: runtime ## load the content that comes with the project; keeps what an editor changed
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@$(MANAGE) seed

backup: runtime ## make one verified backup of the SQLite database
	@$(MANAGE) backup

bench: development ## measure what a page costs, and what 10,000 articles do to it; writes docs/performance.md
	@$(PY) -m bench.pages
	@$(PY) -m bench.scale

lighthouse: development ## let Lighthouse judge the home page and an article, as a phone shows them; below 100 fails
	@[ -n "$(CHROMIUM)" ] && [ -n "$(NPM)" ] || { echo "Lighthouse needs Chromium and npm: apt-get install chromium npm" >&2; exit 1; }
	@$(call from_npm,bench/lighthouse)
	@$(PY) -m bench.scores $(LIGHTHOUSE_ARGS)

screenshots: development ## take the pictures in docs/images anew; the site must be running
	@$(PY) docs/screenshots.py

requirements: ## pin the newest versions that requirements*.in allow, with hashes
	@[ -x .venv/uv/bin/uv ] || { $(PYTHON) -m venv .venv/uv && .venv/uv/bin/pip install --quiet uv; }
	@$(pin) requirements.in --output-file requirements.txt
	@$(pin) requirements-dev.in --constraint requirements.txt --output-file requirements-dev.txt

pin = .venv/uv/bin/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --quiet \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate

preflight:
	@command -v "$(PYTHON)" >/dev/null || { echo "No $(PYTHON) here: install Python 3.11 or later (apt-get install python3 python3-venv)." >&2; exit 1; }
	@"$(PYTHON)" magsite/preflight.py $(if $(filter run,$(MAKECMDGOALS)),--port "$(PORT)")
	@# A virtual environment that lost its Python (an upgrade of the system) is made anew.
	@$(PY) -c 'import pip' 2>/dev/null || "$(PYTHON)" -m venv --clear .venv

runtime: preflight
	@$(call install,requirements.txt)

development: preflight
	@$(call install,requirements-dev.txt)

# Only when the pins changed; wheels only, so nothing that was downloaded runs while it is being installed.
install = cmp -s $(1) .venv/$(1) || { echo "Installing $(1)"; $(PY) -m pip install -qq --disable-pip-version-check \
  --require-hashes --only-binary :all: --requirement $(1) && cp $(1) .venv/; }

axe:
	@if [ -n "$(REQUIRE_ALL)" ] && { [ -z "$(CHROMIUM)" ] || [ -z "$(NPM)" ]; }; then \
	  echo "REQUIRE_ALL is set, but Chromium or npm is missing: apt-get install chromium libatomic1 npm" >&2; exit 1; fi
	@[ -z "$(NPM)" ] || { $(call from_npm,tests/browser); } \
  || { echo "npm could not install the accessibility rules (axe): their tests will be skipped." >&2; [ -z "$(REQUIRE_ALL)" ]; }

# Only when the lockfile changed; nothing that was downloaded runs while it is being installed.
from_npm = cmp -s $(1)/package-lock.json $(1)/node_modules/installed.json \
  || { npm ci --prefix $(1) --silent --ignore-scripts && cp $(1)/package-lock.json $(1)/node_modules/installed.json; }
