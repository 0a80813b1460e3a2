# What people who work on Consign use. `make run` and `make test` install what is missing, where apt and root are at hand.

TAGS     := migrated_fynedo
HEADLESS := CGO_ENABLED=0 go
NOSCREEN := -tags $(TAGS),ci
BUILD    := build
PROGRAM  := $(BUILD)/consign
EMPTY    := $(BUILD)/empty

# A C compiler and the headers of the window system to build with; xvfb stands in for a screen, of which imagemagick takes a
# picture; the fonts are for names that are not written in Latin letters.
APT_BUILD := gcc libc6-dev libgl1-mesa-dev xorg-dev libxkbcommon-dev libwayland-dev
APT_RUN   := $(APT_BUILD) xvfb xauth imagemagick libgl1-mesa-dri fonts-noto-cjk
APT_BENCH := sqlite3
APT_SERVER := postgresql

.PHONY: run demo build test lint words check check-server screen race bench pictures icon clean apt-build apt-run apt-bench apt-server

run: apt-run build ## Start Consign; without a screen, start it on a virtual one and keep a picture
	@$(call start,)

demo: apt-run build ## Start Consign on the sample register
	@$(call start,--sample)

build: apt-build $(PROGRAM) ## Build the program

$(PROGRAM): FORCE
	CGO_ENABLED=1 go build -tags $(TAGS) -o $@ .

$(EMPTY): FORCE
	CGO_ENABLED=1 go build -tags $(TAGS) -o $@ ./ui/office/testdata/empty

test: lint check check-server screen ## Everything that must hold: lint, all tests, those of the register on a server, and a start of the real program

# What compiles for macOS without Apple's C compiler: the window's toolkit does not.
WITHOUT_CGO := ./model ./data/... ./ui/system

lint: ## Also that the parts and tests for Windows and macOS compile; golangci-lint where it is installed
	$(HEADLESS) vet $(NOSCREEN) ./...
	GOOS=windows $(HEADLESS) vet $(NOSCREEN) ./...
	GOOS=darwin $(HEADLESS) vet $(NOSCREEN) $(WITHOUT_CGO)
	$(HEADLESS) tool staticcheck $(NOSCREEN) ./...
	@if command -v golangci-lint >/dev/null; then CGO_ENABLED=0 golangci-lint run; fi

check: ## All tests; they need neither a screen nor a C compiler, and have ten times the time that they usually take
	$(HEADLESS) test $(NOSCREEN) -timeout 60m $$(go list $(NOSCREEN) ./... | grep -v -x $(patsubst %,-e consign/%,data $(DRAWN)))
	$(HEADLESS) test $(NOSCREEN) -timeout 60m ./data -rapid.checks=$(FILE_GAMES) -rapid.seed=$(SEED)
	$(HEADLESS) test $(NOSCREEN) -timeout 60m $(addprefix ./,$(DRAWN)) -rapid.seed=$(SEED)

check-server: ## The tests of the register once more, on a PostgreSQL server of its own in a temporary folder
	-@$(MAKE) --no-print-directory apt-server
	$(SERVER) env $(HEADLESS) test $(NOSCREEN) -count=1 -timeout 20m ./data/engine/postgres
	$(SERVER) env $(HEADLESS) test $(NOSCREEN) -count=1 -timeout 60m ./data -rapid.checks=$(GAMES) -rapid.seed=$(SEED)
	$(SERVER) env $(HEADLESS) test $(NOSCREEN) -count=1 -timeout 20m ./ui/desk -run 'AnotherDesk|ServerIsAway|Assistant|ARoleDoesNot|Colleague|Invitation'

# How many games of random acts are played on a server, and on a file: each begins with a register of its own.
GAMES  ?= 10
FILE_GAMES ?= 30
# Landings play the same games and draw the same examples, so that a landing is not refused by chance; SEED=0 draws others each time.
SEED   ?= 20261129
DRAWN  := model model/search data/intake data/sheet ui/devices ui/grid
SERVER := data/engine/postgres/postgrestest/server.sh

screen: apt-run build ## Start the real program on a virtual screen and look at the picture
	CONSIGN_PROGRAM=$(abspath $(PROGRAM)) $(HEADLESS) test $(NOSCREEN) -count=1 -run 'TestProgramFillsItsWindow|TestWindowFitsASmallScreen' ./ui/office

race: ## The tests under the race detector, but for those that kill processes
	CGO_ENABLED=1 go test -race -short -timeout 40m $(NOSCREEN) ./...

bench: apt-run apt-bench build $(EMPTY) ## All benchmarks, and the time to start beside that of an empty window
	$(HEADLESS) test $(NOSCREEN) -run '^$$' -bench . -benchmem -timeout 60m $$(go list $(NOSCREEN) ./... | grep -v '/ui/office$$')
	-@$(MAKE) --no-print-directory apt-server
	$(SERVER) env $(HEADLESS) test $(NOSCREEN) -run '^$$' -bench 'BesidePsql|OfAServer' -timeout 60m ./data
	CONSIGN_PROGRAM=$(abspath $(PROGRAM)) CONSIGN_EMPTY=$(abspath $(EMPTY)) $(HEADLESS) test $(NOSCREEN) -run '^$$' -bench . ./ui/office

include packaging/packages.mk

pictures: apt-run ## Draw every page in light and dark into docs/pictures
	$(HEADLESS) test $(NOSCREEN) -count=1 -run TestEveryPageIsDrawn ./ui/desk -pictures $(abspath docs/pictures)

words: ## Bring the translations in line with the sources
	$(HEADLESS) test $(NOSCREEN) -count=1 -v -run TestEveryWordOnScreenIsTranslated ./docs -update

icon: assets/icon.png

assets/icon.png: assets/icon.svg
	rsvg-convert -w 512 -h 512 $< -o $@

clean:
	rm -rf $(BUILD)

# start runs the program with the given flags. Without a screen it takes a picture as soon as the window is drawn, and ends.
define start
if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then exec $(PROGRAM) $(1); fi; \
xvfb-run -a -s '-screen 0 1280x800x24' sh -c '$(PROGRAM) $(1) & for i in $$(seq 30); do sleep 1; \
import -window root $(BUILD)/consign.png && [ $$(identify -format %k $(BUILD)/consign.png) -gt 60 ] && break; done; kill $$!; wait; :' && \
echo 'There is no screen here: Consign ran on a virtual one. The picture of its window is $(BUILD)/consign.png'
endef

# apt installs those of the given packages that are missing.
define apt
missing=; for p in $(1); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
if [ -z "$$missing" ]; then exit 0; fi; \
if [ "$$(id -u)" = 0 ]; then as=; elif command -v sudo >/dev/null; then as=sudo; else echo "Please install:$$missing"; exit 1; fi; \
echo "Installing:$$missing"; $$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends $$missing >/dev/null
endef

apt-build apt-run apt-bench apt-server apt-windows apt-wine apt-linux apt-look:
	@if command -v apt-get >/dev/null; then $(call apt,$(APT_$(shell echo $(@:apt-%=%) | tr a-z A-Z))); fi

FORCE:
