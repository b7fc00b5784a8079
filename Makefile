# The targets for working on Lince. Each first does the set-up that is missing.
#
# Everything is built under build/: build/release is what is installed, build/asan and build/tsan are for `sanitize`,
# build/fuzz for `fuzz`.

PREFIX ?= /usr/local
DESTDIR ?=
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 300
PAGES ?= 10
FAULTS ?= 200
# Tests wait for disks, timers and a browser: one more than the cores keeps these busy.
TEST_JOBS = $(shell expr $(JOBS) + 1)
.DEFAULT_GOAL := build
MAKEFLAGS += --no-print-directory

.PHONY: build
build: ## build the library and the program into build/release (the default)
	@scripts/setup build
	@scripts/build release $(JOBS)

.PHONY: demo
demo: build ## read the example receipts and print what they say
	@scripts/demo

.PHONY: test
test: ## build and run all tests
	@scripts/setup test
	@scripts/build release $(JOBS) tests
	@ctest --preset release --output-on-failure -j $(TEST_JOBS)
	@sed -n 's/^RERUN /passed only when run again: /p' build/release/Testing/Temporary/LastTest.log

.PHONY: bench
bench: build ## measure speed, memory and accuracy, beside other programs; hours
	@scripts/setup test bench
	@bench/run

.PHONY: accuracy
accuracy: build ## score the fields, and the words of the integer and float models
	@python3 tests/receipts/accuracy.py --program build/release/lince --jobs $(JOBS) --set tests/receipts/fixed \
		--plot build/accuracy.svg $(if $(wildcard ../shared/data/sroie-dev),--sroie ../shared/data/sroie-dev)
	@python3 tests/receipts/pages_latin.py --program build/release/lince
	@python3 tests/receipts/pages_written.py --program build/release/lince
	@scripts/setup test
	@cd tests && ../build/venv-test/bin/python -m receipts.doubt measure --jobs $(JOBS)
	@cd tests && ../build/venv-test/bin/python -m receipts.learn
	@bench/forms.py examples tests/receipts/fixed $(wildcard ../shared/data/sroie-dev)

.PHONY: pages
pages: build ## draw random pages (PAGES of each kind), read them, and keep the failures in build/pages
	@scripts/setup test
	@build/venv-test/bin/python -m tests.pages --count $(PAGES)

.PHONY: proofs
proofs: ## let others judge what Lince writes (veraPDF, pdf.js, PDFium, validators, pytesseract, OCRmyPDF), and score structure
	@scripts/setup proofs
	@scripts/build release $(JOBS)
	@LINCE_MODELS=$(CURDIR)/models/prepared build/venv-proofs/bin/python -m pytest -q -p no:cacheprovider tests/proofs
	@build/venv-test/bin/python -m tests.structure

.PHONY: lint
lint: ## check formatting and run the linters for C, shell and Python
	@scripts/setup build test lint
	@scripts/lint

.PHONY: sanitize
sanitize: ## run all tests under ASan and UBSan, and the concurrent ones under TSan
	@scripts/setup test
	@scripts/build asan $(JOBS) tests
	@ctest --preset asan --output-on-failure -j $(TEST_JOBS)
	@scripts/build tsan $(JOBS) tests
	@ctest --preset tsan --output-on-failure -j $(TEST_JOBS)

.PHONY: torture
torture: ## refuse every memory request in turn, and read hostile images under every limit
	@scripts/setup test
	@scripts/build release $(JOBS) tests
	@tests/torture/run

.PHONY: soak
soak: ## read 10000 images in one process, then 500 pages and 100 megapixels inside 128 MB; about 15 minutes
	@scripts/setup test
	@scripts/build release $(JOBS) tests
	@tests/torture/run soak
	@build/venv-test/bin/python -m pytest -q -p no:cacheprovider tests/soak

.PHONY: fuzz
fuzz: ## feed the parsers with random input, FUZZ_SECONDS (300) for each target
	@scripts/setup test fuzz
	@scripts/build release $(JOBS) tests
	@scripts/build fuzz $(JOBS)
	@tests/fuzz/run $(FUZZ_SECONDS)

.PHONY: attack
attack: ## attack the service: other sites in a browser, a worker taken over, slow senders, weak encryption
	@scripts/setup test
	@scripts/build release $(JOBS) tests
	@ctest --preset release --output-on-failure -R '^attack$$'

.PHONY: load
load: ## load the service: minutes of mixed traffic, 755 images in batches, memory and speed, the page with 100 000 documents
	@scripts/setup test
	@scripts/build release $(JOBS) tests
	@tests/load/run load

.PHONY: chaos
chaos: ## kill -9 workers and supervisor at random 500 times, and lose power 100 times, during uploads and corrections
	@scripts/setup test
	@scripts/build release $(JOBS) tests
	@tests/load/run chaos

.PHONY: chaos-cluster
chaos-cluster: ## kill, freeze and cut off nodes and databases of a cluster at random, FAULTS (200) times
	@scripts/setup test
	@scripts/build release $(JOBS) tests
	@LINCE_PRELOAD_POWER=$(CURDIR)/build/release/tests/libpreload_power.so build/venv-test/bin/python \
		tests/cluster/chaos_cluster.py --faults $(FAULTS)

.PHONY: scale
scale: ## measure transactions at the lock of a cluster, and images a second by the number of nodes
	@scripts/setup test
	@scripts/build release $(JOBS) tests
	@build/venv-test/bin/python tests/cluster/scale.py

.PHONY: bulk
bulk: ## read a small folder and an S3 prefix with Ray, Spark and Dask (examples/bulk)
	@scripts/setup bulk
	@scripts/build release $(JOBS)
	@build/venv-bulk/bin/python tests/bulk/run

.PHONY: install
install: build ## install under PREFIX (/usr/local), within DESTDIR if that is set
	@DESTDIR="$(DESTDIR)" cmake --install build/release --prefix "$(PREFIX)"

.PHONY: clean
clean: ## remove what was built, keep the downloads
	@rm -rf build/release build/dev build/asan build/tsan build/fuzz build/share

.PHONY: distclean
distclean: ## remove everything that is not in the repository
	@rm -rf build third_party models/prepared models/prepared.partial

.PHONY: help
help: ## print this list
	@echo 'make [target] [PREFIX=/usr/local] [DESTDIR=] [JOBS=2]'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' Makefile | column -t -s '|'
