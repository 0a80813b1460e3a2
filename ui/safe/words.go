// Package safe shows what keeps a register safe: its backups and what each holds, restoring one, the check of the register and of its log,
// and the rescue of a damaged one. It works over a desk and where there is none. Everything in it belongs to Fyne's goroutine unless it
// says otherwise.
package safe

import (
	"time"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/page"
)

// TooLong is how many days may pass since the last backup before people are told.
const TooLong = 7

// Days is how many midnights lie between two moments. Safe on any goroutine.
func Days(from, to time.Time) int {
	day := func(t time.Time) time.Time {
		year, month, day := t.Local().Date()
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)) / (24 * time.Hour))
}

// Last says when the last backup was made; the zero time is none. Safe on any goroutine.
func Last(at, now time.Time) string {
	switch days := Days(at, now); {
	case at.IsZero():
		return lang.L("There is no backup yet.")
	case days <= 0:
		return lang.L("Last backup today, {{.Time}}", map[string]any{"Time": page.DateTime(at)})
	case days == 1:
		return lang.L("Last backup yesterday, {{.Time}}", map[string]any{"Time": page.DateTime(at)})
	default:
		return lang.L("Last backup {{.Days}} days ago, {{.Time}}", map[string]any{"Days": page.Number(days), "Time": page.DateTime(at)})
	}
}

// LastCheck says when the register was checked last and found sound; the zero time is never. Safe on any goroutine.
func LastCheck(at, now time.Time) string {
	switch days := Days(at, now); {
	case at.IsZero():
		return lang.L("Not checked yet")
	case days <= 0:
		return lang.L("Sound today, {{.Time}}", map[string]any{"Time": page.DateTime(at)})
	case days == 1:
		return lang.L("Sound yesterday, {{.Time}}", map[string]any{"Time": page.DateTime(at)})
	default:
		return lang.L("Sound {{.Days}} days ago, {{.Time}}", map[string]any{"Days": page.Number(days), "Time": page.DateTime(at)})
	}
}

// Overdue reports whether the last backup was too long ago. Safe on any goroutine.
func Overdue(at, now time.Time) bool { return at.IsZero() || Days(at, now) > TooLong }

// Holds says how much a register holds.
func Holds(c data.Contents) string {
	return lang.N("{{.Count}} devices", c.Devices, map[string]any{"Count": page.Number(c.Devices)}) + ", " +
		lang.N("{{.Count}} uploads", c.Uploads, map[string]any{"Count": page.Number(c.Uploads)})
}

// lastAct says when something was done last and what.
func lastAct(a model.Activity) string {
	if a.ID == 0 {
		return lang.L("Nothing was done yet")
	}
	return page.DateTime(a.At) + "\n" + page.Word(a.Event)
}

// Bytes is a size as people read it. Safe on any goroutine.
func Bytes(n int64) string {
	switch {
	case n >= 1<<30:
		return lang.L("{{.Size}} GB", map[string]any{"Size": page.Number(int(n >> 30))})
	case n >= 1<<20:
		return lang.L("{{.Size}} MB", map[string]any{"Size": page.Number(int(n >> 20))})
	}
	return lang.L("{{.Size}} KB", map[string]any{"Size": page.Number(int((n + 1023) >> 10))})
}
