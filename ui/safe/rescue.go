package safe

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/ui/page"
)

// rescuedHeight is the room for what a rescue tells of each table.
const rescuedHeight = 240

// AskToRescue asks where to, writes everything that can be read of the register at path to a workbook, and says what was not readable.
func AskToRescue(h page.Host, path string) {
	name := lang.L("Rescued from Consign {{.Date}}", map[string]any{"Date": time.Now().Format(time.DateOnly)}) + ".xlsx"
	page.AskPathAsync(h, name, func(to string) {
		var found data.Rescued
		h.RunAsync(lang.L("Rescuing what can be read…"), func(ctx context.Context, progress func(int, int)) (err error) {
			found, err = data.Rescue(ctx, path, to, page.Words, progress)
			return err
		}, func() { showRescued(h, found, to) })
	})
}

// showRescued says what is in the workbook and what is missing.
func showRescued(h page.Host, found data.Rescued, to string) {
	title := lang.L("Everything was read")
	if found.Lost() {
		title = lang.L("Not everything could be read")
	}
	f := page.NewForm(h, title, lang.L("OK"))
	f.Text(lang.L("What can be read is in {{.File}}, a sheet for each table. Its first sheet says what is missing.",
		map[string]any{"File": filepath.Base(to)}))
	lines := container.NewVBox()
	for _, t := range found.Tables {
		line := widget.NewLabel(t.Name + ": " + rescued(t))
		line.Wrapping = fyne.TextWrapWord
		if t.InPart > 0 || len(t.Skipped) > 0 {
			line.Importance = widget.WarningImportance
		}
		lines.Add(line)
	}
	scroll := container.NewVScroll(lines)
	scroll.SetMinSize(fyne.NewSize(0, rescuedHeight))
	f.Add("", scroll)
	f.Submit = f.Hide
	page.SavedIn(h, f, to)
}

// rescued says what was read of a table.
func rescued(t data.RescuedTable) string {
	says := []string{lang.N("{{.Count}} rows read", t.Rows, map[string]any{"Count": page.Number(t.Rows)})}
	if t.InPart > 0 {
		says = append(says, lang.N("{{.Count}} of them in part", t.InPart, map[string]any{"Count": page.Number(t.InPart)}))
	}
	if len(t.Skipped) > 0 {
		says = append(says, lang.L("not readable: {{.Parts}}", map[string]any{"Parts": strings.Join(t.Skipped, "; ")}))
	}
	return strings.Join(says, " · ")
}
