# Packages for people who do not build: make windows, linux, macos; make sign, checksums, sbom; make windows-test looks at those for Windows.

VERSION  := $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)
NUMBER   := $(shell sed -n 's/^Build = //p' FyneApp.toml)
APP_ID   := $(shell sed -n 's/^ID = "\(.*\)"/\1/p' FyneApp.toml)
APP_NAME := $(shell sed -n 's/^Name = "\(.*\)"/\1/p' FyneApp.toml)
PACKAGES := $(BUILD)/packages
WINDOWS  := $(BUILD)/windows
EXE      := $(WINDOWS)/consign.exe
SETUP    := $(PACKAGES)/Consign-$(VERSION)-setup.exe
MSI      := $(PACKAGES)/Consign-$(VERSION).msi
PORTABLE := $(PACKAGES)/Consign-$(VERSION)-portable.zip
DEB      := $(PACKAGES)/consign_$(VERSION)_amd64.deb
TARBALL  := $(PACKAGES)/Consign-$(VERSION)-linux-amd64.tar.xz

# RELEASES is the page where new versions appear: without it the program offers none. SOFTWARE_OPENGL is a folder with Mesa's opengl32.dll
# and what it needs, for computers without graphics.
RELEASES        ?=
SOFTWARE_OPENGL ?=
COMMIT          := $(shell git rev-parse --short=12 HEAD 2>/dev/null)$(shell git diff --quiet HEAD 2>/dev/null || echo , changed)
DAY             := $(shell git log -1 --format=%cs 2>/dev/null || date +%F)
STAMPED         := -tags $(TAGS)
LINKED          := -s -w -X 'consign/ui/office.commit=$(COMMIT)'$(if $(RELEASES), -X main.releases=$(RELEASES))

APT_WINDOWS := gcc-mingw-w64-x86-64 nsis wixl imagemagick zip osslsigncode openssl
APT_WINE    := gcc-mingw-w64-x86-64 wine wine64 xvfb xauth xdotool imagemagick libgl1-mesa-dri unzip locales
APT_LINUX   := $(APT_BUILD) xz-utils dpkg
APT_LOOK    := desktop-file-utils appstream flatpak-builder shared-mime-info libglib2.0-bin

.PHONY: windows windows-test linux linux-test macos sign checksums sbom winget apt-windows apt-wine apt-linux apt-look

windows: apt-windows $(SETUP) $(MSI) $(PORTABLE) ## The program for Windows, and its three packages

# The icon, the version and the manifest, from FyneApp.toml: the linker takes them from beside main.go.
rsrc_windows_amd64.syso: FyneApp.toml assets/icon.png packaging/windows/consign.rc packaging/windows/consign.manifest
	mkdir -p $(WINDOWS)
	convert assets/icon.png -define icon:auto-resize=256,128,64,48,32,24,16 $(WINDOWS)/consign.ico
	for f in consign.rc consign.manifest; do sed $(FILLED) packaging/windows/$$f >$(WINDOWS)/$$f; done
	cd $(WINDOWS) && x86_64-w64-mingw32-windres consign.rc -O coff -o $(abspath $@)

comma  := ,
FILLED := -e 's/@VERSION@/$(VERSION)/' -e 's/@ID@/$(APP_ID)/' -e 's/@NAME@/$(APP_NAME)/' -e 's/@BUILD@/$(NUMBER)/' \
	-e 's/@COMMAS@/$(subst .,$(comma),$(VERSION))/'

$(EXE): rsrc_windows_amd64.syso FORCE
	CC=x86_64-w64-mingw32-gcc CGO_ENABLED=1 GOOS=windows GOARCH=amd64 go build $(STAMPED) -ldflags "-H=windowsgui $(LINKED)" -o $@ .
	$(if $(SIGN_CERT),packaging/windows/sign $@)

$(SETUP): $(EXE) packaging/windows/consign.nsi
	mkdir -p $(PACKAGES)
	makensis -V2 -INPUTCHARSET UTF8 -DVERSION=$(VERSION) -DEXE=$(abspath $(EXE)) -DICON=$(abspath $(WINDOWS)/consign.ico) -DOUT=$(abspath $@) \
		$(if $(SOFTWARE_OPENGL),-DSOFTWARE=$(abspath $(SOFTWARE_OPENGL))) packaging/windows/consign.nsi

$(MSI): $(EXE) packaging/windows/consign.wxs
	mkdir -p $(PACKAGES)
	wixl -a x64 -D VERSION=$(VERSION) -D EXE=$(EXE) -D ICON=$(WINDOWS)/consign.ico -o $@ packaging/windows/consign.wxs

# The file "portable" beside the program keeps the register there, too.
$(PORTABLE): $(EXE)
	mkdir -p $(PACKAGES) && rm -rf $(WINDOWS)/portable $@ && mkdir -p $(WINDOWS)/portable/Consign
	cp $(EXE) LICENSE $(WINDOWS)/portable/Consign
	echo "The register is in the folder data beside this file." >$(WINDOWS)/portable/Consign/portable
	$(if $(SOFTWARE_OPENGL),cp -r $(SOFTWARE_OPENGL) $(WINDOWS)/portable/Consign/software)
	cd $(WINDOWS)/portable && zip -qr $(abspath $@) Consign

sign: apt-windows ## Sign the packages for Windows: SIGN_CERT, SIGN_KEY, SIGN_TIME, or SIGN_TEST=1
	packaging/windows/sign $(wildcard $(EXE) $(SETUP) $(MSI))

windows-test: apt-wine windows ## Under Wine: resources, start, the main job, old OpenGL, installers, the register's tests
	packaging/windows/look $(EXE) $(SETUP) $(MSI)
	packaging/windows/test ./model ./data/disk ./data/sheet ./data/engine/sqlite ./ui/system
	SHORT=1 packaging/windows/test ./data

linux: apt-linux $(TARBALL) $(DEB) ## The packages for Linux; a Flatpak is made of the same folder (packaging/linux)

$(BUILD)/linux/consign: FORCE
	rm -rf $@ && mkdir -p $@
	CGO_ENABLED=1 go build $(STAMPED) -ldflags "$(LINKED)" -o $@/consign .
	cp assets/icon.png LICENSE packaging/linux/install packaging/linux/consign.desktop packaging/linux/$(APP_ID).xml $@
	sed -e 's/@VERSION@/$(VERSION)/' -e 's/@DATE@/$(DAY)/' packaging/linux/$(APP_ID).metainfo.xml >$@/$(APP_ID).metainfo.xml

$(TARBALL): $(BUILD)/linux/consign
	mkdir -p $(PACKAGES)
	tar -C $(BUILD)/linux --owner=0 --group=0 -cJf $@ consign

$(DEB): $(BUILD)/linux/consign packaging/linux/control
	mkdir -p $(PACKAGES) && rm -rf $(BUILD)/linux/deb && mkdir -p $(BUILD)/linux/deb/DEBIAN
	PREFIX=$(abspath $(BUILD)/linux/deb/usr) $</install >/dev/null
	sed -i 's|^Exec=.*|Exec=consign %F|' $(BUILD)/linux/deb/usr/share/applications/$(APP_ID).desktop
	rm -f $(BUILD)/linux/deb/usr/share/applications/mimeinfo.cache
	find $(BUILD)/linux/deb/usr/share/mime -mindepth 1 -maxdepth 1 ! -name packages -exec rm -r {} + # the system makes its own
	sed 's/@VERSION@/$(VERSION)/' packaging/linux/control >$(BUILD)/linux/deb/DEBIAN/control
	dpkg-deb --root-owner-group --build $(BUILD)/linux/deb $@

linux-test: apt-look linux ## The packages for Linux in and out, and what desktops and software centres read of them
	packaging/linux/look $(BUILD)/linux/consign $(DEB)

macos: ## The application and disk image for macOS, on a Mac; elsewhere it says what is missing
	LDFLAGS="$(if $(RELEASES),-X main.releases=$(RELEASES))" packaging/macos/package $(VERSION)

winget: ## The manifest for winget, of the installer that was made: RELEASES must be set
	@[ -n "$(RELEASES)" ] || { echo 'RELEASES=… says where the installer will be'; exit 2; }
	packaging/winget/manifest $(VERSION) $(SETUP) $(RELEASES)/download/v$(VERSION)

sbom: ## What the programs are made of, as CycloneDX: of those that were made
	mkdir -p $(PACKAGES)
	for p in $(wildcard $(EXE) $(BUILD)/linux/consign/consign $(BUILD)/macos/consign-arm64); do \
		packaging/sbom $$p $(VERSION) >$(PACKAGES)/Consign-$(VERSION)-$$(echo $$p | cut -d/ -f2).cdx.json || exit 1; done

checksums: ## SHA-256 of all packages that were made
	cd $(PACKAGES) && sha256sum $$(ls | grep -v -e SHA256SUMS -e winget) >SHA256SUMS && cat SHA256SUMS
