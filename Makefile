# Every step that a person or the build machine takes, by one name. `make` alone lists them.
# Written for GNU make 3.81 and a POSIX shell, so that a Mac needs nothing newer.

SHELL := /bin/sh
.DEFAULT_GOAL := help
# rustup puts cargo here and changes PATH only for the next login.
export PATH := $(HOME)/.cargo/bin:$(PATH)
export NEXT_TELEMETRY_DISABLED := 1

.PHONY: help demo dev test check format lint test-rust test-oracle test-web fresh e2e gen bench \
	bench-lead bench-engines bench-twin

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: ## Build everything and open a workspace with a year of leads and one more every second
	@scripts/demo

dev: ## Run the demo's server and, before it, the web app as it is being edited
	@scripts/dev

test: ## Run everything: format, lints, Rust tests, web tests, browser tests
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory e2e

# Cheapest first, so that a mistake is named soon.
check: ## Run all of `make test` but the browser tests
	@scripts/prerequisites
	@$(MAKE) --no-print-directory format
	@scripts/npm-install web
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory test-rust
	@$(MAKE) --no-print-directory test-oracle
	@$(MAKE) --no-print-directory fresh
	@$(MAKE) --no-print-directory test-web

format: ## Check the format of the Rust sources
	@scripts/step 'Checking the format' cargo fmt --all --check

lint: ## Compile everything with every lint as an error
	@scripts/step 'Linting the Rust code' \
		cargo clippy --locked --workspace --all-targets --quiet -- -D warnings

test-rust: ## Run the Rust tests, each crate after those it stands on
	@scripts/test-rust

test-oracle: ## Compare conditions with SQL on a Postgres and with JsonLogic
	@scripts/test-oracle

fresh: ## Check that every generated file is what would be generated now
	@scripts/fresh

test-web: ## Lint, type-check and test the web app
	@scripts/test-web

e2e: ## Run the browser tests against the demo
	@scripts/e2e

gen: ## Write the generated files again: query metadata, openapi.json, the web client
	@scripts/gen

bench: bench-lead bench-engines bench-twin ## Measure everything that has a bar, one after the other

bench-lead: ## Measure routing one lead over HTTP beside one durable insert
	@scripts/bench-lead

bench-engines: ## Measure finding a lead's rule beside other rule engines
	@scripts/bench-engines

bench-twin: ## Compare the index with the plain scan on a million leads and rulesets
	@scripts/bench-twin
