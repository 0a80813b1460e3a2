package compare

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"consign/data/sheet"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

func text[R any](id, title string, width, most float32, of func(R) string) page.Column[R] {
	return page.Column[R]{Column: grid.Column[R]{ID: id, Title: title, Width: width, Most: most, Text: of}}
}

// opener is the column of what names a difference, here or there: a click on it opens it.
func opener[R any](id, title string, width, most float32, of func(R) (here, there string)) page.Column[R] {
	c := text(id, title, width, most, func(r R) string { return cmp.Or(of(r)) })
	c.Opens, c.Mono = true, true
	return c
}

// words is a column of a few words, wide enough for each of them.
func words[R any, W fmt.Stringer](id, title string, all []W, of func(R) string) page.Column[R] {
	c := text(id, title, 0, 0, of)
	c.Words = page.WordsOf(all)
	return c
}

// number is a column of whole numbers, of which there may be none.
func number[R any](id, title string, of func(R) (n int, has bool)) page.Column[R] {
	c := text(id, title, 0, 0, func(r R) string {
		if n, has := of(r); has && n >= 0 {
			return page.Number(n)
		}
		return ""
	})
	c.Words, c.Align, c.Kind = []string{page.Number(100_000)}, grid.Trailing, sheet.Number
	c.Cell = func(r R) string {
		if n, has := of(r); has && n >= 0 {
			return strconv.Itoa(n)
		}
		return ""
	}
	return c
}

// differenceColumn is the column of the kinds.
func differenceColumn[R any](kinds []model.Difference, of func(R) model.Difference) page.Column[R] {
	c := page.WordsColumn("kind", lang.L("DIFFERENCE"), kinds, func(r R) (string, grid.Look) {
		if of(r) == model.OnlyHere || of(r) == model.OnlyThere {
			return page.Word(of(r)), grid.Bad
		}
		return page.Word(of(r)), grid.Waiting
	})
	c.Sortable = false
	return c
}

// day is a column of the portal's days, and of ours where it says none.
func day[R any](id, title string, of func(R) (there, here time.Time)) page.Column[R] {
	c := page.DateColumn(id, title, func(r R) time.Time {
		there, here := of(r)
		if there.IsZero() {
			return here
		}
		return there
	})
	c.Sortable = false
	return c
}

// line is the column of the lines of the file.
func line[R any](of func(R) int) page.Column[R] {
	return number("line", lang.L("LINE"), func(r R) (int, bool) { return of(r), of(r) > 0 })
}

// columns show a difference: the device, then what stands here beside what stands there, as far as the export says it.
func columns(says model.PortalColumns, view model.View) []page.Column[model.Compared] {
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
	difference := differenceColumn(model.Differences, func(x model.Compared) model.Difference { return x.Kind })
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
		text("model", lang.L("MODEL"), 94, 120, func(x model.Compared) string {
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
	all = append(all, words("status", lang.L("STATUS HERE"), model.DeviceStatuses, func(x model.Compared) string {
		if x.Here.ID == 0 {
			return ""
		}
		return page.Word(x.Here.Status)
	}))
	if says.Status {
		all = append(all, words("status there", lang.L("STATUS THERE"), model.DeviceStatuses, func(x model.Compared) string {
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
	uploaded := day("uploaded", lang.L("UPLOADED"), func(x model.Compared) (there, here time.Time) {
		return x.Line.Uploaded, x.Here.UploadedAt
	})
	of := line(func(x model.Compared) int { return x.Line.Line })
	return append(all, uploaded, of, text("note", lang.L("NOTE"), 120, 400, func(x model.Compared) string {
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
