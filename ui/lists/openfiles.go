package lists

import (
	"context"

	"consign/data/intake"
	"consign/data/sheet"
	"consign/ui/page"
)

// OpenFiles takes files that were dropped or that the system opens with Consign to where they belong: device lists become an upload, a portal's
// error report and a list of accounts are shown with what they would do. One of these is shown at a time.
func OpenFiles(d page.Desk, paths []string, upload func(lists []string)) {
	var devices, reports, accounts []string
	d.ReadAsync(func(ctx context.Context) error {
		for _, path := range paths {
			switch kindOf(ctx, path) {
			case intake.ErrorReport:
				reports = append(reports, path)
			case intake.AccountList:
				accounts = append(accounts, path)
			default:
				devices = append(devices, path)
			}
		}
		return ctx.Err()
	}, func() {
		switch {
		case len(devices) > 0:
			upload(devices)
		case len(reports) > 0:
			showErrorReport(d, reports[0])
		case len(accounts) > 0:
			showAccountsImport(d, accounts[0])
		}
	})
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
