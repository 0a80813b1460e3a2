package lists

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/data/intake"
	"consign/data/sheet"
	"consign/ui/page"
)

// Take is what a desk does with files that are for one of its pages.
type Take struct {
	// Upload takes device lists.
	Upload func(paths []string)
	// Compare takes what a portal exported.
	Compare func(path string)
}

// OpenFiles takes files that were dropped or that the system opens with Consign to where they belong: device lists become an upload, a
// portal's export is compared, a portal's error report and a list of accounts are shown with what they would do. What is shown in a
// dialog waits for the one before, and the page comes last: no file is left out.
func OpenFiles(d page.Desk, paths []string, take Take) {
	var devices []string
	var exports []string
	var dialogs []func(then func())
	d.ReadAsync(func(ctx context.Context) error {
		for _, path := range paths {
			switch kind := kindOf(ctx, path); {
			case kind == intake.ErrorReport:
				dialogs = append(dialogs, func(then func()) { showErrorReport(d, path, then) })
			case kind == intake.AccountList:
				dialogs = append(dialogs, func(then func()) { showAccountsImport(d, path, then) })
			case kind == intake.PortalDevices:
				exports = append(exports, path)
			default:
				devices = append(devices, path)
			}
		}
		return ctx.Err()
	}, func() {
		oneAfterTheOther(dialogs, func() {
			switch {
			case len(devices) > 0:
				sayLater(d, exports)
				take.Upload(devices)
			case len(exports) > 0:
				sayLater(d, exports[1:])
				take.Compare(exports[0])
			}
		})
	})
}

// oneAfterTheOther shows dialogs, each when the one before is answered, and then does what comes after them.
func oneAfterTheOther(dialogs []func(then func()), then func()) {
	if len(dialogs) == 0 {
		then()
		return
	}
	dialogs[0](func() { oneAfterTheOther(dialogs[1:], then) })
}

// sayLater names exports that have to be opened by themselves, as one page shows one of them.
func sayLater(d page.Desk, paths []string) {
	if len(paths) == 0 {
		return
	}
	names := make([]string, len(paths))
	for i, path := range paths {
		names[i] = filepath.Base(path)
	}
	d.Say(lang.L("Not opened yet: {{.Files}}. An export of the portal is compared by itself: open it under Compare.",
		map[string]any{"Files": strings.Join(names, ", ")}))
}

// kindOf is what a file is for. One that cannot be read is taken for a device list, whose page says what is the matter.
func kindOf(ctx context.Context, path string) intake.Wanted {
	f, err := sheet.Open(path)
	if err != nil {
		return intake.DeviceList
	}
	defer f.Close()
	kind, err := intake.WhatIs(ctx, f)
	if err != nil {
		return intake.DeviceList
	}
	return kind
}
