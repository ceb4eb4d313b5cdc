# What one types to build, test and see Rientro. `make help` lists it.

SHELL := bash
SWIFT := swift
# Refuses an import that Package.swift does not declare.
STRICT := --explicit-target-dependency-import-check error
SOURCES := Package.swift Protocol Client Server Sources Tests
# A build of its own: one in which errors can be chosen by name.
MUTANTS := --traits Mutations --scratch-path .build/mutants --product rientro-bench
# Leaves out what says only that something begins, so that the claims can be read.
BRIEFLY := grep -a --line-buffered -v -E '^(◇|✔ Test case|\[[0-9]+/[0-9]+\]) ?'

.DEFAULT_GOAL := help
.PHONY: help prepare build release test soak kill hostile model measure measure-close bench fuzz tour
.PHONY: check lint demo mutants mutants-built clean-demo clean

help: ## List what there is to do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

prepare: ## Install what the build needs, or say how
	@.ci/prepare

build: prepare ## Build everything for debugging
	$(SWIFT) build $(STRICT)

release: prepare ## Build the programs, optimised
	$(SWIFT) build $(STRICT) -c release --product rientro
	$(SWIFT) build $(STRICT) -c release --product rientro-server

test: ## Build the programs and run all tests
	@.ci/prepare --for-tests
	@set -o pipefail; $(SWIFT) build $(STRICT) | $(BRIEFLY)
	@set -o pipefail; $(SWIFT) build $(STRICT) --build-tests | $(BRIEFLY)
	@$(MAKE) --no-print-directory mutants-built
	@.ci/test

soak: ## Run the long forms: RIENTRO_EVENTS=1000000 simulated events, RIENTRO_HISTORIES=2000, …
	@.ci/prepare --for-tests
	@set -o pipefail; $(SWIFT) build $(STRICT) | $(BRIEFLY)
	@set -o pipefail; $(SWIFT) build $(STRICT) --build-tests | $(BRIEFLY)
	@$(MAKE) --no-print-directory mutants-built
	RIENTRO_HISTORIES=$${RIENTRO_HISTORIES:-2000} RIENTRO_SOAK=$${RIENTRO_SOAK:-5} \
		.ci/test RientroStoreTests RientroServerTests EndToEndTests
	$(SWIFT) build $(STRICT) -c release --product rientro-bench
	.build/release/rientro-bench simulate --seed $${RIENTRO_WORLD:-1} \
		--events $${RIENTRO_EVENTS:-1000000}

model: ## Search the model of the sync protocol with spin (up to ten minutes)
	@.ci/prepare --for-model
	@Protocol/Model/check

kill: ## Cut the power 200 times (RIENTRO_SOAK=10) and print how many fell inside a transaction
	@.ci/prepare --for-tests
	@set -o pipefail; $(SWIFT) build $(STRICT) | $(BRIEFLY)
	@set -o pipefail; $(SWIFT) build $(STRICT) --build-tests | $(BRIEFLY)
	@RIENTRO_SOAK=$${RIENTRO_SOAK:-10} \
		$(SWIFT) test $(STRICT) --skip-build --filter 'EndToEndTests\.PowerCutTests' 2>&1 | $(BRIEFLY)

hostile: release ## Flood each bound for 20 s and print what another office's syncs take
	@.ci/prepare --for-tests
	@.ci/hostile

mutants: prepare ## Build errors in on purpose: the simulation must catch every one
	@$(MAKE) --no-print-directory mutants-built
	.build/mutants/release/rientro-bench mutants

# Three of them are in the tests. Optimised also there: no other part of `make test` shows that the
# engine can be (Swift 6.3.1 ended with a signal over a function of the centre's once).
mutants-built:
	@set -o pipefail; $(SWIFT) build $(STRICT) -c release $(MUTANTS) | $(BRIEFLY)

measure: release ## Measure the main job with 100,000 accounts (a few minutes)
	@.ci/measure

measure-close: release ## Measure a day's close over 100,000 accounts and 20,000 facts
	@.ci/measure-close

bench: ## Measure beside plain SQLite; fail where a ratio fell by more than a third
	$(SWIFT) build $(STRICT) -c release --product rientro-server
	$(SWIFT) build $(STRICT) -c release --product rientro-bench
	.build/release/rientro-bench --compare Sources/rientro-bench/record.json $(BENCH)

fuzz: ## Fuzz all that comes from outside, or FUZZ="--only csv --runs 10000000"
	@.ci/prepare
	@.ci/fuzz $(FUZZ)

tour: ## Run the README's tour and write what it printed back into the page
	@.ci/prepare --for-tests
	$(SWIFT) build $(STRICT) --product rientro
	$(SWIFT) build $(STRICT) --product rientro-server
	RIENTRO_WRITE_TOUR=1 $(SWIFT) test $(STRICT) --filter TourTests

lint: ## Check the format of all Swift files
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

check: lint test ## Check the format, then build and test: what a commit must pass

demo: release ## Show three offices working through an outage, and the day's close
	@.ci/demo

clean-demo: ## Remove what the demo left behind
	rm -rf demo

clean: ## Remove what was built
	$(SWIFT) package clean
	rm -rf .build/venv
