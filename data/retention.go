package data

import (
	"fmt"
	"slices"
	"time"
)

// How many automatic backups stay: the latest of each of the last days, weeks and months that have one.
const (
	keptDays   = 7
	keptWeeks  = 4
	keptMonths = 12
)

// staying reports of each time of a backup whether it stays: of the latest 7 days, 4 weeks and 12 months that have one, the latest
// of each, and every one of the latest day. Days without a start take nothing away, and a clock that went wrong neither.
func staying(times []time.Time) []bool {
	order := make([]int, len(times))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return times[b].Compare(times[a]) })
	stays := make([]bool, len(times))
	for _, span := range []struct {
		most int
		of   func(time.Time) string
	}{{keptDays, dayOf}, {keptWeeks, weekOf}, {keptMonths, monthOf}} {
		seen := map[string]bool{}
		for _, i := range order {
			if name := span.of(times[i]); !seen[name] && len(seen) < span.most {
				seen[name], stays[i] = true, true
			}
		}
	}
	for _, i := range order {
		stays[i] = stays[i] || dayOf(times[i]) == dayOf(times[order[0]])
	}
	return stays
}

func dayOf(t time.Time) string   { return t.Format(time.DateOnly) }
func monthOf(t time.Time) string { return t.Format("2006-01") }

func weekOf(t time.Time) string {
	year, week := t.ISOWeek()
	return fmt.Sprint(year, "-", week)
}
