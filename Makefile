# AuthLens. Bare `make` prints the targets.
#
# Needs Go, gcc and make. Go fetches its own modules; nothing else is installed.

SHELL         := bash
.SHELLFLAGS   := -eu -o pipefail -c
.DEFAULT_GOAL := help

VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS  := -s -w -X main.version=$(VERSION)
PLUGIN   := out_authlens.so
# fluent-bit-go brings a codec that the plugin does not call; with this tag it has
# 0.9 MB less of generated code, which would be resident all the same.
TAGS     := notfastpath
# A guest sends no signals to the host's threads. Go does, to those on which a flush
# takes more than 10 ms, and halves the stacks of flushes at each collection, which the
# next flush doubles again. For both it looks up where a thread was, in tables of the
# library's file that would stay resident: 3 MiB.
LIBRARY_LDFLAGS := -X runtime.godebugDefault=asyncpreemptoff=1,gcshrinkstackoff=1
COMMAND  := bin/authlens

# A fuzz target runs this long in `make fuzz`.
FUZZTIME ?= 20s

# The benchmarks are a module of their own, as are the peers they bring. One of
# them, Hyperscan, takes part where its headers are (Debian: libhyperscan-dev).
BENCHMARKS := engine/enginetest/bench
HYPERSCAN  := $(if $(shell pkg-config --exists libhs 2>/dev/null && echo yes),hyperscan)
BENCH      ?=
FLUENT_BIT ?= fluent-bit

# Where goroutines and locks are. The rest of the engine starts none.
RACE := ./engine ./engine/match ./engine/literal ./plugin/... ./cmd/authlens/internal/scan ./cmd/authlens/internal/doctor

# The labelled lines that `make corpus` scores the detector on; none are in this tree.
CORPUS ?=

# What `make dist` builds for.
ARCHS ?= amd64 arm64

.PHONY: help
help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: all build
all: build ## same as build
build: $(PLUGIN) $(COMMAND) ## build out_authlens.so and bin/authlens

# Go knows better than file times what is up to date. The library is a copy: of a file
# fresh from the linker Linux 6.18 maps nearly all, whatever is used of it, because the
# linker wrote it in large pieces.
.PHONY: $(PLUGIN) $(COMMAND)
$(PLUGIN):
	CGO_ENABLED=1 go build -buildmode=c-shared -tags $(TAGS) -trimpath -ldflags '$(LDFLAGS) $(LIBRARY_LDFLAGS)' -o build/$@ ./plugin
	install build/$@ $@
$(COMMAND):
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o $@ ./cmd/authlens

.PHONY: demo
demo: build ## play an hour of sample logs through the library, show what it found
	examples/local/demo.sh

.PHONY: test
test: ## every test: unit, rules, stories, fuzz seeds, ABI host, races, architecture
	CGO_ENABLED=1 go test ./...
	CGO_ENABLED=1 go test -tags purego ./engine/literal ./engine/record ./engine
	CGO_ENABLED=1 go test -race -short $(RACE)

.PHONY: fuzz
fuzz: ## search for inputs that break a fuzz target, FUZZTIME=20s for each
	.ci/fuzz $(FUZZTIME)

.PHONY: bench
bench: ## speed beside its peers; BENCH="-rounds 9 -text FILE": more rounds, real logs
	cd $(BENCHMARKS) && go run -tags "$(HYPERSCAN)" . $(BENCH)

.PHONY: bench-fluent-bit
bench-fluent-bit: $(PLUGIN) ## what it costs in a Fluent Bit: FLUENT_BIT=/path/to/it, or one on PATH
	@command -v '$(FLUENT_BIT)' >/dev/null || { echo 'make bench-fluent-bit: no Fluent Bit: set FLUENT_BIT to its binary, or put fluent-bit on PATH' >&2; exit 2; }
	cd $(BENCHMARKS) && go build -buildmode=c-shared -o $(CURDIR)/build/out_read.so ./readplugin
	cd $(BENCHMARKS) && go build -buildmode=c-shared -o $(CURDIR)/build/out_regex.so ./regexplugin
	cd $(BENCHMARKS) && go run ./fluentbit -fluent-bit '$(FLUENT_BIT)' -authlens $(CURDIR)/$(PLUGIN) -read $(CURDIR)/build/out_read.so -regex $(CURDIR)/build/out_regex.so $(BENCH)

.PHONY: lint
lint: ## gofmt, vet, staticcheck, module files, shell scripts
	.ci/lint

.PHONY: integration
integration: build ## run with a real Fluent Bit: FLUENT_BIT=/path/to/it, or one on PATH
	.ci/integration

.PHONY: faults
faults: ## the table of faults in docs/benchmarks.md; FLUENT_BIT as above
	.ci/faults

.PHONY: corpus
corpus: ## score the detector on labelled lines, CORPUS=file.jsonl
	@[ -n '$(CORPUS)' ] || { echo 'make corpus: expected a file of labelled lines: CORPUS=file.jsonl' >&2; exit 2; }
	@[ -r '$(CORPUS)' ] || { echo 'make corpus: no labelled lines at $(CORPUS)' >&2; exit 2; }
	@go run ./engine/enginetest/corpus '$(CORPUS)'

.PHONY: dist
dist: ## what is released, into dist/: ARCHS="amd64 arm64", by C cross compilers
	.ci/dist '$(VERSION)' '$(TAGS)' '$(LIBRARY_LDFLAGS)' $(ARCHS)

.PHONY: clean
clean: ## remove what the other targets made
	rm -rf bin build dist $(PLUGIN)
