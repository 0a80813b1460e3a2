package lists

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/portal"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// ShowErrorReport takes the portal's error report (domain §7), shows what failed and what to do about it, and marks the failed
// devices of the acting reseller as MPTS error.
func ShowErrorReport(d page.Desk) {
	page.AskFilesAsync(d.Window(), page.Files{Title: lang.L("Open the portal's error report"), Name: lang.L("Error reports"),
		Endings: sheet.Endings},
		func(paths []string) { showErrorReport(d, paths[0], func() {}) })
}

// showErrorReport shows the report at path, and calls then when it is answered.
func showErrorReport(d page.Desk, path string, then func()) {
	page.Read(d, func(ctx context.Context) (portal.Report, error) {
		f, err := sheet.Open(path)
		if err != nil {
			return portal.Report{}, err
		}
		defer f.Close()
		return portal.ReadReport(ctx, f)
	}, func(r portal.Report) {
		switch {
		case len(r.Failures) > 0:
			previewReport(d, r, then)
		case len(r.Unread) > 0:
			f := page.NewForm(d, lang.L("No device can be read"), lang.L("OK"))
			f.Text(unreadText(r))
			f.Cancelled, f.Submit = then, func() {
				f.Hide()
				then()
			}
			f.Show()
		default:
			d.Say(lang.L("The report names no device that failed."))
			then()
		}
	})
}

func previewReport(d page.Desk, r portal.Report, then func()) {
	columns := []grid.Column[portal.Failure]{
		{ID: "line", Title: lang.L("LINE"), Width: 60, Align: grid.Trailing, Text: func(f portal.Failure) string { return page.Number(f.Line) }},
		{ID: "identifier", Title: lang.L("IDENTIFIER"), Width: 150, Mono: true, Sortable: true,
			Text: func(f portal.Failure) string { return f.Identifier }},
		{ID: "reason", Title: lang.L("FAILURE REASON"), Width: 220, Most: 360, Sortable: true,
			Text: func(f portal.Failure) string { return f.Reason }},
		{ID: "advice", Title: lang.L("WHAT TO DO"), Width: 420, Most: 800, Sortable: true,
			Text: func(f portal.Failure) string { return page.Words(f.Advice()) }},
	}
	view := grid.NewView("portal.errors", &grid.Slice[portal.Failure]{
		Rows: func(context.Context) ([]portal.Failure, error) { return r.Failures, nil },
		ID:   func(f portal.Failure) int64 { return int64(f.Line) }, Columns: columns,
	}, columns)
	n := len(r.Failures)
	text := lang.N("Mark {{.Count}} devices as failed", n, map[string]any{"Count": page.Number(n)})
	var p *page.Preview
	p = page.NewPreview(d, lang.L("Portal errors"), text, widget.HighImportance, func() {
		p.Hide()
		markFailed(d, r)
	})
	p.OnHide = then
	says := lang.L("Marked devices show MPTS error with the portal's reason. " +
		"They stay with their customer until you delete or upload them again.")
	if len(r.Unread) > 0 {
		says = unreadText(r)
	}
	p.Show(view, says, nil)
}

func markFailed(d page.Desk, r portal.Report) {
	failures := make([]data.DeviceFailure, len(r.Failures))
	for i, f := range r.Failures {
		failures[i] = data.DeviceFailure{Identifier: f.Identifier, Reason: f.Reason}
	}
	reseller := d.Acting(model.Reseller).ID
	var notFound []string
	page.Act(d, lang.L("Marking devices that failed"), func(ctx context.Context, progress data.Progress) (done model.Done, err error) {
		done, notFound, err = d.Register().Devices().ReportFailures(ctx, reseller, failures, progress)
		return done, err
	}, func(model.Done) {
		if len(notFound) == 0 {
			return
		}
		f := page.NewForm(d, lang.L("Not all of them are here"), lang.L("OK"))
		f.Text(lang.N("{{.Count}} devices of the report are not among the devices of this reseller:", len(notFound),
			map[string]any{"Count": page.Number(len(notFound))}))
		const most = 15
		if len(notFound) > most {
			notFound = append(notFound[:most], "…")
		}
		f.Text(strings.Join(notFound, "\n"))
		f.Submit = f.Hide
		f.Show()
	})
}

// unreadText says which lines of a report cannot be used.
func unreadText(r portal.Report) string {
	const most = 10
	numbers := make([]string, min(len(r.Unread), most))
	for i := range numbers {
		numbers[i] = page.Number(r.Unread[i])
	}
	if len(r.Unread) > most {
		numbers = append(numbers, "…")
	}
	return lang.N("{{.Count}} lines have a reason but no identifier that can be read, and are not used: {{.Lines}}", len(r.Unread),
		map[string]any{"Count": page.Number(len(r.Unread)), "Lines": strings.Join(numbers, ", ")})
}
