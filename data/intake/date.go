package intake

import (
	"fmt"
	"strings"
	"time"
)

// dateLayouts are the forms of dates in lists that say by themselves what is day and what is month.
var dateLayouts = []string{
	"2006-01-02", "2006-01-02 15:04:05", "02.01.2006", "2.1.2006", "2006/01/02", "2006.01.02", "2006年1月2日", "2006년 1월 2일",
	"2 January 2006", "January 2, 2006", "02-Jan-2006", "2-Jan-06",
}

// ReadDate reads an order date. Eight digits are YYYYDDMM as the portals document it, or YYYYMMDD when they
// cannot be that (domain §7). 03/04/2026 is no date: nobody can know which is the month.
func ReadDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) == 8 {
		for _, layout := range []string{"20060201", "20060102"} {
			if t, err := time.Parse(layout, s); err == nil {
				return t, true
			}
		}
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	var a, b, year int
	if n, err := fmt.Sscanf(s, "%d/%d/%d", &a, &b, &year); err == nil && n == 3 && year > 1999 && year < 2100 {
		if a > 12 || a == b {
			a, b = b, a
		} else if b <= 12 {
			return time.Time{}, false // nobody can know
		}
		if t := time.Date(year, time.Month(a), b, 0, 0, 0, 0, time.UTC); t.Day() == b && int(t.Month()) == a {
			return t, true
		}
	}
	return time.Time{}, false
}
