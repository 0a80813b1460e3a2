package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"consign/model"
)

// columnGap parts the columns of a table that stands in a text: two blanks, a tab, a line or a semicolon.
var columnGap = regexp.MustCompile(`\s*[|;\t]\s*|\s{2,}`)

// textCells are the cells of a line of a table in a text.
func textCells(text string) []string {
	text = strings.Trim(strings.TrimLeft(strings.ReplaceAll(text, "\u00a0", " "), "> \t"), " |\t;")
	return columnGap.Split(text, -1)
}

// textTitles are the titles of a table in a text, nil for any other line.
func textTitles(text string) []title {
	if len(text) > 10*longestTitle || digitsIn(text) > 12 || mayIdentify(text) && len(sweep(text)) > 0 {
		return nil
	}
	cells := textCells(text)
	if len(cells) < 2 || len(cells) > widestList {
		return nil
	}
	known, identifies := 0, false
	titles := make([]title, len(cells))
	for i, cell := range cells {
		t := readTitle(cell)
		titles[i] = t
		if t.known {
			known++
			identifies = identifies || t.identifies()
		}
	}
	if !identifies || known < 2 && 2*known < len(cells) {
		return nil
	}
	return titles
}

// readTitles keeps the titles of a table that begins with a line.
func (r *recorder) readTitles(text string) {
	titles, names := textTitles(text), wordTitles(text)
	if titles != nil || names != nil {
		r.titles, r.names, r.above = titles, names, text
	}
}

// titled takes the identifiers of a line by the titles above it, those of a device alone: the first IMEI before the second. ok is false
// where the line is not of that table.
func (r *recorder) titled(line int, text string, findings []finding) (own []finding, ok bool) {
	if r.titles == nil && r.names == nil || len(findings) == 0 {
		return nil, false
	}
	at := titlesByPlace(r.above, text, findings)
	if at == nil {
		at = titlesByCell(r.titles, text, findings)
	}
	if at == nil {
		at = titlesByOrder(r.titles, findings)
	}
	if at == nil {
		at = titlesByOrder(r.names, findings)
	}
	if at == nil {
		return nil, false
	}
	var beside, second []finding
	serial := slices.ContainsFunc(append(at, r.titles...), func(t title) bool { return t.meaning == Serial || t.meaning == Identifier })
	for i, f := range findings {
		t := at[i]
		seria := f.kind == model.SerialNumber && !serial && t.maySeries() // a word that also means a series
		switch {
		case t.paper:
			beside = append(beside, f)
		case f.kind == model.IMEI && t.meaning == IMEI2:
			second = append(second, f)
		case !t.known, t.meaning == meaningFor[f.kind], t.meaning == Identifier, f.kind == model.MEID && t.meaning == IMEI, seria:
			own = append(own, f)
		case !t.identifies() && t.meaning < OldIMEI:
			beside = append(beside, f)
		default:
			return nil, false
		}
	}
	own = append(own, second...)
	pattern := patternOf(own)
	imeis := strings.Count(pattern, "I")
	if len(own) == 0 || imeis > 2 || imeis == 2 && len(second) == 0 || strings.Count(pattern, "S") > 1 || strings.Count(pattern, "M") > 1 {
		return nil, false
	}
	for _, f := range beside {
		r.f.unused(line, -1, f, whyBeside)
	}
	return own, true
}

// titlesByPlace gives every identifier of a line the title that begins above it, in a table whose columns are filled up with blanks; nil
// where one has none.
func titlesByPlace(above, text string, findings []finding) []title {
	if strings.ContainsAny(above+text, "\t|;") {
		return nil
	}
	line := []rune(plainLine(text))
	titles := []rune(plainLine(above))
	begins := func(line []rune, at int) bool {
		return at < len(line) && line[at] != ' ' && (at == 0 || line[at-1] == ' ')
	}
	var at []title
	for _, f := range findings {
		from := utf8.RuneCountInString(plainLine(text)[:f.from])
		if !begins(titles, from) {
			return nil
		}
		to, end := from+1, utf8.RuneCountInString(plainLine(text)[:f.to]) // blanks within the identifier begin no column
		for to < len(titles) && !(to >= end && begins(titles, to) && begins(line, to)) && !(titles[to] == ' ' && titles[to-1] == ' ') {
			to++
		}
		at = append(at, readTitle(strings.TrimSpace(string(titles[from:to]))))
	}
	if !slices.ContainsFunc(at, title.identifies) {
		return nil
	}
	return at
}

// titlesByCell gives every identifier of a line the title of its cell; nil where the line has other cells than the titles.
func titlesByCell(titles []title, text string, findings []finding) []title {
	cells := textCells(text)
	if len(cells) != len(titles) {
		return nil
	}
	var at []title
	for i, cell := range cells {
		in := sweepLine(cell)
		if len(in) > 1 {
			return nil
		}
		for range in {
			at = append(at, titles[i])
		}
	}
	if len(at) != len(findings) {
		return nil
	}
	return at
}

// titlesByOrder gives the IMEIs of a line the titles of IMEIs in their order, for a line with empty cells; nil where they are not as many.
func titlesByOrder(titles []title, findings []finding) []title {
	imeis := slices.DeleteFunc(slices.Clone(titles), func(t title) bool { return t.meaning != IMEI && t.meaning != IMEI2 })
	at := make([]title, len(findings))
	for i, f := range findings {
		if f.kind != model.IMEI {
			continue
		}
		if len(imeis) == 0 {
			return nil
		}
		at[i], imeis = imeis[0], imeis[1:]
	}
	if len(imeis) > 0 || len(titles) == 0 {
		return nil
	}
	return at
}

var (
	imeiName = regexp.MustCompile(`(?i)\bimei`)
	aSecond  = regexp.MustCompile(`^[ _#-]?2\b`)
)

// wordTitles are the titles of a table whose columns are parted by single blanks: its two IMEIs alone. nil for any other line.
func wordTitles(text string) []title {
	text = plainLine(text)
	names := imeiName.FindAllStringIndex(text, 4)
	if len(names) != 2 || len(text) > 5*longestTitle {
		return nil
	}
	titles := make([]title, 2)
	end := 0
	for i, at := range names {
		titles[i] = title{imei: true, known: true, meaning: IMEI}
		before := strings.Fields(text[end:at[0]])
		end = at[1]
		if two := aSecond.FindStringIndex(text[end:]); two != nil {
			titles[i].meaning, end = IMEI2, end+two[1]
		} else if n := len(before); n > 0 && readTitle(before[n-1]+" IMEI").second {
			titles[i].meaning = IMEI2
		}
	}
	if titles[0].meaning == titles[1].meaning {
		return nil
	}
	return titles
}
