package compare

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// columns show a difference: the device, then what stands here beside what stands there, as far as the export says it.
func columns(says model.PortalColumns, view model.View) []page.Column[model.Compared] {
	text := func(id, title string, width, most float32, of func(model.Compared) string) page.Column[model.Compared] {
		return page.Column[model.Compared]{Column: grid.Column[model.Compared]{ID: id, Title: title, Width: width, Most: most, Text: of}}
	}
	mono := func(id, title, like string, of func(model.Identifiers) string) page.Column[model.Compared] {
		c := text(id, title, 0, 0, func(x model.Compared) string {
			if x.Here.ID != 0 {
				return of(x.Here.Identifiers)
			}
			return of(x.Line.Identifiers)
		})
		c.Mono, c.Words = true, []string{like}
		return c
	}
	difference := page.WordsColumn("kind", lang.L("DIFFERENCE"), model.Differences, func(x model.Compared) (string, grid.Look) {
		if x.Kind == model.OnlyHere || x.Kind == model.OnlyThere {
			return page.Word(x.Kind), grid.Bad
		}
		return page.Word(x.Kind), grid.Waiting
	})
	difference.Sortable = false
	identifier := mono("imei", lang.L("IMEI/MEID"), "351921580053066", func(i model.Identifiers) string {
		if i.IMEI1 == "" {
			return i.MEID
		}
		return i.IMEI1
	})
	identifier.Opens = true
	all := []page.Column[model.Compared]{
		difference, identifier,
		mono("serial", lang.L("SERIAL NUMBER"), "R5CX0000000", func(i model.Identifiers) string { return i.Serial }),
		text("model", lang.L("MODEL"), 76, 120, func(x model.Compared) string {
			if x.Here.Model != "" {
				return x.Here.Model
			}
			return x.Line.Model
		}),
	}
	if says.Customer || view.Portal == model.ResellerPortal {
		all = append(all, text("customer", lang.L("CUSTOMER HERE"), 110, 300, func(x model.Compared) string { return x.Here.Customer }))
	}
	if says.Customer {
		all = append(all, text("customer there", lang.L("CUSTOMER THERE"), 110, 300, func(x model.Compared) string { return x.Line.Customer }))
	}
	all = append(all, text("status", lang.L("STATUS HERE"), 80, 120, func(x model.Compared) string {
		if x.Here.ID == 0 {
			return ""
		}
		return page.Word(x.Here.Status)
	}))
	if says.Status {
		all = append(all, text("status there", lang.L("STATUS THERE"), 80, 120, func(x model.Compared) string {
			if x.Line.Status == "" {
				return ""
			}
			return page.Word(x.Line.Status)
		}))
	}
	if says.OrderNumber {
		all = append(all,
			text("order", lang.L("ORDER HERE"), 80, 160, func(x model.Compared) string { return x.Here.OrderNumber }),
			text("order there", lang.L("ORDER THERE"), 80, 160, func(x model.Compared) string { return x.Line.OrderNumber }))
	}
	day := page.DateColumn("uploaded", lang.L("UPLOADED"), func(x model.Compared) time.Time {
		if x.Line.Uploaded.IsZero() {
			return x.Here.UploadedAt
		}
		return x.Line.Uploaded
	})
	day.Sortable = false
	line := page.NumberColumn("line", lang.L("LINE"), func(x model.Compared) int { return x.Line.Line })
	line.Sortable = false
	return append(all, day, line, text("note", lang.L("NOTE"), 120, 400, func(x model.Compared) string {
		return strings.TrimSpace(note(x))
	}))
}

// note says what stands in the way of a difference.
func note(x model.Compared) string {
	if x.Taken {
		return lang.L("Another party has it in this register.")
	}
	return ""
}
