# Everything is done by `make run` and `make test`; both set up what they need. `make help` lists the rest.
PY := .venv/bin/python
export PYTHONPATH := $(CURDIR)
export MAKE_GOAL := $(MAKECMDGOALS)
# compiled bytecode makes every start several times faster
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run live test lint check format docs bench report sql query status sample setup setup-dev clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup:
	@scripts/setup.sh run

setup-dev:
	@scripts/setup.sh dev

run: setup ## set up, run the nightly DAG in Airflow on the sample portal, show what came out
	@$(PY) dags/run_once.py

live: setup ## the same on the real portal of Jing'an: polite, a few requests a minute
	@$(PY) dags/run_once.py --source jingan

test: setup-dev ## set up and run all tests
	@$(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: setup-dev ## format, style, types, import rules
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache

check: lint test ## all that a change must pass: lint and tests

bench: setup-dev ## measure: reports a second by stage, memory, whole runs
	@$(PY) -m bench

format: setup-dev ## format the code
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

docs: setup ## write again what is generated: warehouse/schema.sql, docs/data_dictionary.md, docs/queries.md
	@$(PY) -c 'from etl.schema import ddl; print(ddl(), end="")' > warehouse/schema.sql
	@$(PY) -m etl.schema.dictionary > docs/data_dictionary.md
	@$(PY) -m scripts.query_docs

report: setup ## make the picture book of the published warehouse: var/report/index.html
	@$(PY) -m etl report

sql: setup ## open a read-only SQL shell on the published warehouse
	@$(PY) -m etl shell

query: setup ## answer one question: make query SQL="FROM reporting.coverage"
	@$(PY) -m etl sql "$(SQL)"

status: setup ## what the last run did, what is published, what is in quarantine
	@$(PY) -m etl status

sample: setup ## serve the sample portal at http://127.0.0.1:8799, so that source_url links open
	@$(PY) -m sample --port 8799

clean: ## remove the virtual environment and everything that runs have made
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache
