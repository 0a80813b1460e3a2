package control

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2/lang"
)

// monthFirst are the countries that write the month before the day between slashes.
var monthFirst = []string{"US", "PH", "PR", "GU"}

// systemLocale is the system's language and region, such as en-US; a variable for the tests.
var systemLocale = func() string { return string(lang.SystemLocale()) }

// monthIsFirst reports whether the user's region writes 11/24 for the 24th of November.
func monthIsFirst() bool {
	if day := ownRegion().Day; day != "" {
		return strings.Index(day, "1") < strings.IndexByte(strings.ReplaceAll(day, "2006", "____"), '2')
	}
	locale := systemLocale()
	return len(locale) >= 2 && slices.Contains(monthFirst, locale[len(locale)-2:])
}

// ReadDay reads a day as people write it: as the program does, 24.11.26, 24 Nov, 24. November 2026, 2026-11-24, 20261124, 11/24/2026 by the
// system's order, today, yesterday, tomorrow. Without a year it is the one in which the day is nearest to now.
func ReadDay(text string, now time.Time) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if t, err := time.ParseInLocation(DayFormat(), text, time.Local); err == nil {
		return t, true
	}
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.Local)
	for by, words := range map[int][]string{
		0: {"today", lang.L("today")}, -1: {"yesterday", lang.L("yesterday")}, 1: {"tomorrow", lang.L("tomorrow")},
	} {
		for _, word := range words {
			if strings.EqualFold(text, word) {
				return today.AddDate(0, 0, by), true
			}
		}
	}
	if t, err := time.ParseInLocation("20060102", text, time.Local); err == nil && len(text) == 8 {
		return t, true
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".,/-", r) })
	if len(parts) < 2 || len(parts) > 3 {
		return time.Time{}, false
	}
	day, month, year, ok := dayParts(parts, strings.Contains(text, "/"))
	if !ok {
		return time.Time{}, false
	}
	if year < 0 {
		return nearest(day, month, today)
	}
	return wholeDay(year, month, day)
}

// dayParts finds day, month and year in parts; year is -1 if there is none.
func dayParts(parts []string, slashes bool) (day, month, year int, ok bool) {
	year = -1
	numbers := make([]int, 0, 3)
	for _, p := range parts {
		if m := monthNamed(p); m > 0 && month == 0 {
			month = m
			continue
		}
		n, err := strconv.Atoi(strings.TrimRight(strings.ToLower(p), "stndrh"))
		if err != nil || n < 0 {
			return 0, 0, 0, false
		}
		numbers = append(numbers, n)
	}
	yearFirst := len(parts[0]) == 4 && len(numbers) > 0
	switch {
	case month > 0 && len(numbers) == 1:
		return numbers[0], month, -1, true
	case month > 0 && len(numbers) == 2 && yearFirst:
		return numbers[1], month, numbers[0], true
	case month > 0 && len(numbers) == 2:
		return numbers[0], month, fullYear(numbers[1]), true
	case month > 0 || len(numbers) < 2:
		return 0, 0, 0, false
	case yearFirst && len(numbers) == 3:
		return numbers[2], numbers[1], numbers[0], true
	}
	day, month = numbers[0], numbers[1]
	if slashes && (monthIsFirst() && day <= 12 || month > 12) {
		day, month = month, day
	}
	if len(numbers) == 3 {
		year = fullYear(numbers[2])
	}
	return day, month, year, true
}

// fullYear is a year of which people write the last two digits.
func fullYear(n int) int {
	if n < 100 {
		return 2000 + n
	}
	return n
}

// monthNamed is the month with a name, or with the beginning of one of at least three letters, in English or the user's language; 0 for
// none.
func monthNamed(text string) int {
	text = strings.ToLower(strings.TrimSuffix(text, "."))
	if len([]rune(text)) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		for _, name := range []string{m.String(), MonthName(m), longMonth(m)} {
			name = strings.ToLower(strings.TrimSuffix(name, "."))
			if strings.HasPrefix(name, text) {
				return int(m)
			}
		}
	}
	return 0
}

// longMonth is the whole name of a month in the user's language.
func longMonth(m time.Month) string {
	return [...]string{lang.L("January"), lang.L("February"), lang.L("March"), lang.L("April"), lang.L("May (month)"), lang.L("June"),
		lang.L("July"), lang.L("August"), lang.L("September"), lang.L("October"), lang.L("November"), lang.L("December")}[m-1]
}

// nearest is the day of the year in which it is nearest to today.
func nearest(day, month int, today time.Time) (best time.Time, ok bool) {
	for year := today.Year() - 1; year <= today.Year()+1; year++ {
		t, is := wholeDay(year, month, day)
		if is && (!ok || t.Sub(today).Abs() < best.Sub(today).Abs()) {
			best, ok = t, true
		}
	}
	return best, ok
}

func wholeDay(year, month, day int) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.Local)
	return t, year > 1999 && year < 2100 && t.Day() == day && int(t.Month()) == month
}

// SayDay is a day with its weekday, as it is shown beside what was written.
func SayDay(t time.Time) string {
	names := [...]string{lang.L("Sun"), lang.L("Mon"), lang.L("Tue"), lang.L("Wed"), lang.L("Thu"), lang.L("Fri"), lang.L("Sat")}
	return names[t.Weekday()] + ", " + t.Format(DayFormat())
}
