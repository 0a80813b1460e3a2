package system

import (
	"strings"
	"unicode"
)

// dayParts are what the systems call day, month and year in their picture of a day, and what package time does; the longer ones first.
var (
	partsOfWindows = [][2]string{{"yyyy", "2006"}, {"yy", "2006"}, {"MM", "01"}, {"M", "1"}, {"dd", "02"}, {"d", "2"}}
	partsOfPOSIX   = [][2]string{{"%Y", "2006"}, {"%y", "2006"}, {"%m", "01"}, {"%-m", "1"}, {"%d", "02"}, {"%e", "2"}, {"%-d", "2"}}
)

// dayLayout makes a layout of package time of a system's picture of a day, dd.MM.yyyy or %d.%m.%Y. It is "" if there are names of months
// in it, whose language may be another than that of the words on screen, or no day, month or year. A year has four digits.
func dayLayout(picture string, parts [][2]string) string {
	picture = strings.TrimSpace(strings.NewReplacer("'", "", "\u200e", "", "\u200f", "").Replace(picture))
	if strings.Contains(picture, "MMM") || strings.Contains(picture, "ddd") {
		return ""
	}
	var layout strings.Builder
	seen := map[string]bool{}
next:
	for picture != "" {
		for _, part := range parts {
			if rest, is := strings.CutPrefix(picture, part[0]); is {
				seen[strings.TrimPrefix(part[1], "0")] = true
				layout.WriteString(part[1])
				picture = rest
				continue next
			}
		}
		sign := []rune(picture)[0]
		if unicode.IsDigit(sign) || sign < unicode.MaxASCII && unicode.IsLetter(sign) || sign == '%' {
			return ""
		}
		layout.WriteRune(sign)
		picture = picture[len(string(sign)):]
	}
	if len(seen) < 3 { // day, month and year
		return ""
	}
	return layout.String()
}
