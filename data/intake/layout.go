package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"consign/data/sheet"
	"consign/model"
)

const (
	// headerLines is within how many lines of a file the header is looked for (domain §7).
	headerLines = 30
	// probeLines is how many lines are looked at to recognise columns by what they hold.
	probeLines = 200
	// widestList is how many columns are looked at: no list has more, and looking takes time.
	widestList = 512
)

// Layout says what each column of a list holds.
type Layout struct {
	// Columns is the meaning of each column. A person may correct it; see Corrected.
	Columns []Meaning
	// Header is the line number of the header, 0 when there is none.
	Header int
	// Titles are the cells of the header.
	Titles []string
	// Hidden lists columns that the spreadsheet does not show; they are not used unless corrected.
	Hidden []int
}

// Fingerprint stays the same for lists of the same make, so that a correction can be remembered for
// them: it is made of the titles, or of the number of columns when there is no header.
func (l Layout) Fingerprint() string {
	h := sha256.New()
	if l.Header == 0 {
		h.Write(make([]byte, len(l.Columns)))
	}
	for _, title := range l.Titles {
		h.Write([]byte(fold(title) + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// Corrected is the layout with the meanings that a person gave to the columns.
func (l Layout) Corrected(columns []Meaning) Layout {
	l.Columns = slices.Clone(columns)
	return l
}

// Identifies reports whether any column can name a device. A list without one cannot be read.
func (l Layout) Identifies() bool { return slices.ContainsFunc(l.Columns, Meaning.identifies) }

// Has reports whether a column has the meaning.
func (l Layout) Has(m Meaning) bool { return slices.Contains(l.Columns, m) }

// Sample is the beginning of a list, for recognising and for showing it beside the layout.
type Sample struct {
	Lines  []int
	Rows   [][]string
	Hidden []int // columns
}

// ReadSample reads the first lines of a sheet.
func ReadSample(ctx context.Context, file *sheet.File, index int) (Sample, error) {
	var s Sample
	for row, err := range file.Rows(ctx, index) {
		if err != nil {
			return s, err
		}
		if row.Hidden {
			continue
		}
		s.Lines = append(s.Lines, row.Line)
		s.Rows = append(s.Rows, slices.Clone(row.Cells[:min(len(row.Cells), widestList)]))
		if len(s.Rows) == probeLines {
			break
		}
	}
	hidden, err := file.HiddenColumns(index)
	s.Hidden = hidden
	return s, err
}

// Find chooses the sheet of a file that has the devices: the first one shown whose columns can name
// them, else the first one shown. It returns the sheet's index and its sample.
func Find(ctx context.Context, file *sheet.File) (index int, sample Sample, err error) {
	found := -1
	for i, s := range file.Sheets() {
		if s.Hidden {
			continue
		}
		candidate, err := ReadSample(ctx, file, i)
		if err != nil {
			return 0, Sample{}, err
		}
		if Recognise(candidate).Identifies() {
			return i, candidate, nil
		}
		if found < 0 {
			found, sample = i, candidate
		}
	}
	if found < 0 {
		return 0, Sample{}, model.Fail(model.Invalid,
			"Every sheet of {{.Name}} is hidden: show the one with the list and save the file.", "Name", file.Name())
	}
	return found, sample, nil
}

// Recognise guesses the layout: by the names of the columns where there is a header, else and for
// identifiers that no name tells of by what the columns hold.
func Recognise(s Sample) Layout {
	l := Layout{Hidden: s.Hidden}
	width := 0
	for _, row := range s.Rows {
		width = max(width, len(row))
	}
	l.Columns = make([]Meaning, width)
	body := s.Rows
	if at := headerOf(s.Rows); at >= 0 {
		l.Header = s.Lines[at]
		l.Titles = slices.Clone(s.Rows[at])
		l.nameColumns()
		body = s.Rows[at+1:]
	}
	for _, c := range l.Hidden {
		if c < width {
			l.Columns[c] = Ignored
		}
	}
	l.checkContent(body)
	if !l.Identifies() {
		l.recogniseContent(body)
	}
	return l
}

// checkContent takes back what a name promised and nothing in the column keeps, as an "IMEI status" does, as long
// as another column names the devices.
func (l *Layout) checkContent(rows [][]string) {
	var kept, empty []int
	for column, m := range l.Columns {
		if !m.identifies() {
			continue
		}
		filled, good := 0, 0
		for _, row := range rows {
			if column >= len(row) || isPlaceholder(row[column]) {
				continue
			}
			filled++
			r := readCell(row[column], m.wants(), false)
			if r.verdict < model.Rejected || r.reason == Reason(model.DigitsDestroyed) || looksLikeIdentifier(row[column]) {
				good++
			}
		}
		if filled > 1 && good == 0 {
			empty = append(empty, column)
		} else {
			kept = append(kept, column)
		}
	}
	if len(kept) > 0 {
		for _, column := range empty {
			l.Columns[column] = Ignored
		}
	}
}

// headerOf returns the index of the row with the most names of columns among the first lines, -1 if none
// has the name of an identifier or two names.
func headerOf(rows [][]string) int {
	best, most := -1, 0
	for i, row := range rows[:min(len(rows), headerLines)] {
		names, identifies := 0, false
		for _, cell := range row {
			if m, known := meaningOf(cell); known {
				names++
				identifies = identifies || m.identifies()
			} else if looksLikeIdentifier(cell) {
				names = 0
				break // a line of the list
			}
		}
		if names > most && (identifies || names > 1) {
			best, most = i, names
		}
	}
	return best
}

func looksLikeIdentifier(cell string) bool {
	digits := len(strings.Map(digitsOnly, cell))
	return digits >= 9 && digits*2 > len(cell)
}

// nameColumns gives each column the meaning of its title. A second "IMEI" is the IMEI 2; of two models
// the one that is called so counts, else the first.
func (l *Layout) nameColumns() {
	taken := map[Meaning]int{}
	for i, title := range l.Titles {
		m, known := meaningOf(title)
		if !known || m == Ignored {
			continue
		}
		if m == IMEI && l.Has(IMEI) && !l.Has(IMEI2) {
			m = IMEI2
		}
		if other, again := taken[m]; again {
			if m != Model || !strings.HasPrefix(fold(title), "model") || strings.HasPrefix(fold(l.Titles[other]), "model") {
				continue
			}
			l.Columns[other] = Ignored
		}
		taken[m] = i
		l.Columns[i] = m
	}
}

// recogniseContent finds identifier columns by what they hold: more than half of the cells with a digit. Of a list of one column, as
// all labels of a box are, one is enough: no other column can have them.
func (l *Layout) recogniseContent(rows [][]string) {
	alone := len(l.Columns)-len(l.Hidden) == 1
	for column := range l.Columns {
		if slices.Contains(l.Hidden, column) {
			continue
		}
		var filled, imeis, meids, serials int
		for _, row := range rows {
			if column >= len(row) || !hasDigit(row[column]) || isPlaceholder(row[column]) {
				continue
			}
			filled++
			switch reading := readCell(row[column], model.AnyIdentifier, false); {
			case reading.verdict > model.Warning:
				if reading.reason == Reason(model.DigitsDestroyed) {
					imeis++ // what a spreadsheet does to a column of IMEIs
				}
			case reading.ids.MEID != "":
				meids++
			case reading.ids.IMEI1 != "" && reading.ids.Serial == "":
				imeis++
			case reading.verdict < model.Warning: // an unusual serial number may be any word
				serials++
			}
		}
		if found := imeis + meids + serials; 2*found <= filled && (found == 0 || !alone) {
			continue
		}
		m := IMEI
		switch {
		case serials > 0 && imeis+meids > 0:
			m = Identifier
		case serials > 0:
			m = Serial
		case imeis == 0:
			m = MEID
		case l.Has(IMEI):
			m = IMEI2
		}
		if !l.Has(m) {
			l.Columns[column] = m
		}
	}
}
