package newupload

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data/portal"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// customers is the table of an upload to several customers: each with its devices and, once it is saved, its portal file.
func (o *outcome) customers() fyne.CanvasObject {
	text := func(id, title string, width, most float32, of func(model.Part) string) grid.Column[model.Part] {
		return grid.Column[model.Part]{ID: id, Title: title, Width: width, Most: most, Sortable: true, Text: of}
	}
	id := text("id", lang.L("CUSTOMER ID/MSP ID"), 130, 0, func(p model.Part) string { return p.KnoxID })
	id.Mono = true
	columns := []grid.Column[model.Part]{
		text("name", lang.L("CUSTOMER"), 220, 400, func(p model.Part) string { return p.CompanyName }), id,
		page.NumberColumn("devices", lang.L("DEVICES"), func(p model.Part) int { return p.Devices }).Column,
		text("file", lang.L("PORTAL FILE"), 300, 800, func(p model.Part) string {
			if len(p.Files) == 0 {
				return lang.L("not saved yet")
			}
			return strings.Join(p.Files, ", ")
		}),
	}
	source := &grid.Slice[model.Part]{Columns: columns, ID: func(p model.Part) int64 { return p.AccountID },
		Rows: func(context.Context) ([]model.Part, error) { return slices.Clone(o.done.Parts), nil }}
	view := grid.NewView("newupload.customers", source, columns)
	view.SetPlaceHolder(lang.L("Search customer or ID"))
	o.parts = view.Table
	return view
}

// saved puts the names of portal files beside their customers.
func (o *outcome) saved(batches []portal.Batch) {
	for _, b := range batches {
		for i := range o.done.Parts {
			if o.done.Parts[i].KnoxID == b.CustomerID {
				o.done.Parts[i].Files = b.Files
			}
		}
	}
	if o.parts != nil {
		o.parts.Reload()
	}
}
