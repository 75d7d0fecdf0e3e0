# make edition   set up and publish the example (or INPUT=path/to/text.txt)
# make desk      set up and open the desk in the browser
# make test      set up and run the tests
# make wheelhouse  a folder of wheels to install from without a network (docs/install.md)
# make offline     install from it in a namespace without a network, and publish the example
# make proof     attack all of it, for half an hour, and write docs/proof.md; goes on where it was
# make audit     hold the locks against known advisories, and list the licences
# make check     format, lint, types, docs: what CI checks besides the tests

EXAMPLE := examples/sommet-de-tallinn.md
INPUT ?= $(EXAMPLE)
BIN := .venv/bin

.PHONY: edition desk setup dev test proof audit check format docs wheelhouse offline clean

edition: setup
	@$(BIN)/enregard run "$(INPUT)" $(if $(filter $(EXAMPLE),$(INPUT)),--glossary glossaries/exemple.yaml)

desk: setup
	@$(BIN)/enregard desk

setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml tools/setup tools/libraries
	@tools/libraries
	@tools/setup requirements.lock
	@$(BIN)/enregard doctor
	@touch $@

dev: .venv/.ready-dev

.venv/.ready-dev: requirements-dev.lock pyproject.toml tools/setup tools/libraries
	@tools/libraries
	@tools/setup requirements-dev.lock
	@touch $@

test: dev
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

proof: dev build/atheris
	$(BIN)/python -m tests.proof

# Guides the fuzzing by coverage; where there is none for this machine, the proof does without.
build/atheris: tests/proof/atheris.lock
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade \
	    --only-binary :all: --require-hashes --target $@ --requirement $<

audit: dev
	$(BIN)/python tools/audit.py
	$(BIN)/python tools/sbom.py

check: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python tools/docs.py --check
	$(BIN)/python tools/words.py --check

format: dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: dev
	$(BIN)/python tools/docs.py
	$(BIN)/python tools/words.py
	$(BIN)/python tools/versions.py

wheelhouse: setup
	@$(BIN)/python tools/wheelhouse.py

offline: dist/wheelhouse/SHA256SUMS
	@tools/offline dist/wheelhouse

dist/wheelhouse/SHA256SUMS:
	@$(MAKE) wheelhouse

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
