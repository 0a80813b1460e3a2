package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"consign/data/sheet"
	"consign/model"
)

const (
	// headerLines is within how many lines of a file the header is looked for (domain §7).
	headerLines = 30
	// ProbeLines is how many of the first lines are looked at to recognise a list by what it holds.
	ProbeLines = 200
	// sampleSpan is how many rows of a text are passed to find some to look at; of a spreadsheet a tenth.
	sampleSpan = 20_000
	// mostSheets is how many sheets are looked through for a list before one that was found is taken.
	mostSheets = 100
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
	// Shape is how the list is read. Columns of another shape than Table are those of the devices taken out of it.
	Shape Shape
	// Doubts are the columns to ask about.
	Doubts []Doubt
	// Unsure tells that another shape explains the list as well.
	Unsure bool

	doubt   Reason  // to be said of every line until a person has corrected the columns
	cadence cadence // of a list of labels or a text
	noise   []int   // columns of IMSIs, of the serial numbers of batteries: what looks like a device's identifier there is none
	made    string  // the fingerprint as the list was recognised, of one that a person reads in another shape
	// skeleton is the first line with an identifier of a text, with a sign for every word and number in it.
	skeleton string
	blank    bool          // no line of the sample has an identifier
	quoted   bool          // a mail has a sign before each line
	beside   int           // how many cards stand beside each other, each with name and value in cells of their own; 0 for other lists
	down     []sheet.Range // merged cells whose text is that of several rows
	// continued tells that a device goes over two rows.
	continued continuation
}

// Doubt is a column that is not what its title says, or beside which another one was preferred; it is not used.
type Doubt struct {
	Column int
	Title  string // empty without one
	holds  nature
}

// Text is what to ask about the column.
func (d Doubt) Text() model.Text {
	if d.Title == "" {
		return model.Say("It holds identifiers, too, but is not used.")
	}
	return model.Text{Template: doubts[d.holds], Args: map[string]any{"Title": d.Title}}
}

// SideBySide is how many devices stand on each line: 1, or more when a column of identifiers comes again.
func (l Layout) SideBySide() int {
	var count [Identifier + 1]int
	most := 1
	for _, m := range l.Columns {
		if m.identifies() {
			count[m]++
			most = max(most, count[m])
		}
	}
	return most
}

// Fingerprint stays the same for lists of the same make, so that a correction can be remembered for
// them: it is made of the titles, or of the number of columns when there is no header, and of another shape than a table of what
// stands around the identifiers.
func (l Layout) Fingerprint() string {
	if l.made != "" {
		return l.made
	}
	h := sha256.New()
	if l.Header == 0 {
		h.Write(make([]byte, len(l.Columns)))
	}
	if l.Shape != Table {
		h.Write([]byte(l.Shape.String() + l.skeleton))
	}
	for _, title := range l.Titles {
		h.Write([]byte(fold(title) + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// Corrected is the layout with the meanings that a person gave to the columns.
func (l Layout) Corrected(columns []Meaning) Layout {
	if slices.Equal(columns, l.Columns) {
		return l
	}
	l.Columns, l.Doubts, l.doubt = slices.Clone(columns), nil, 0
	if c := l.continued; c.kind != apart && (c.imei >= len(columns) || columns[c.imei] != IMEI) {
		l.continued = continuation{}
	}
	return l
}

// Question is why the whole list is to be looked at, 0 when it is not.
func (l Layout) Question() Reason {
	if l.doubt == 0 && l.Unsure {
		return TwoIMEIs
	}
	return l.doubt
}

// Apart reports that each line of the list is a device of one identifier: a column without a second one.
func (l Layout) Apart() bool { return l.Shape == Table && len(l.Columns) == 1 }

// Settled is the layout without a question: a person has looked at it.
func (l Layout) Settled() Layout {
	l.Doubts, l.doubt, l.Unsure = nil, 0, false
	return l
}

// Identifies reports whether any column can name a device. A list without one cannot be read.
func (l Layout) Identifies() bool { return slices.ContainsFunc(l.Columns, Meaning.identifies) }

// Has reports whether a column has the meaning.
func (l Layout) Has(m Meaning) bool { return slices.Contains(l.Columns, m) }

// Sample is rows of a list, for recognising and for showing its beginning beside the layout: the first ones, and some of those that follow.
type Sample struct {
	Lines     []int
	Rows      [][]string
	Hidden    []int         // columns
	Separator byte          // between the cells of a text, 0 for a spreadsheet
	Text      bool          // it is no table but the text of a mail or a web page
	Merged    []sheet.Range // cells, of a small sheet
}

// ReadSample reads the first lines of a sheet and, as far as it takes no time, one in two hundred of those that follow.
func ReadSample(ctx context.Context, file *sheet.File, index int) (Sample, error) {
	s := Sample{Separator: file.Separator(), Text: file.Sheets()[index].Text}
	span := sampleSpan
	if s.Separator == 0 {
		span /= 10
	}
	n := 0
	for row, err := range file.Rows(ctx, index) {
		if err != nil {
			return s, err
		}
		if n++; n > span {
			break
		}
		if row.Hidden || len(s.Rows) >= ProbeLines && n%200 != 0 {
			continue
		}
		s.Lines = append(s.Lines, row.Line)
		s.Rows = append(s.Rows, slices.Clone(row.Cells[:min(len(row.Cells), widestList)]))
	}
	hidden, err := file.HiddenColumns(index)
	s.Hidden = hidden
	if err == nil && n <= span {
		err = s.readMerged(ctx, file, index)
	}
	return s, err
}

// Found is a list in a file.
type Found struct {
	Sheet  int
	Name   string // of the sheet
	Lines  int    // of its sample that hold an identifier
	Sample Sample
}

// Lists finds the lists of a file: the sheets shown that hold identifiers, in their order; without any, those with a title for them.
func Lists(ctx context.Context, file *sheet.File) (lists []Found, err error) {
	var titled []Found
	for i, s := range file.Sheets() {
		if s.Hidden {
			continue
		}
		if i > mostSheets && len(lists) > 0 || i > 10*mostSheets {
			break
		}
		sample, err := ReadSample(ctx, file, i)
		if err != nil {
			return nil, err
		}
		n, named := sample.identifying()
		found := Found{Sheet: i, Name: s.Name, Lines: n, Sample: sample}
		switch {
		case n > 0:
			lists = append(lists, found)
		case named:
			titled = append(titled, found)
		}
	}
	if len(lists) == 0 {
		return titled, nil
	}
	return lists, nil
}

// Find chooses the list of a file: the one that has most lines with identifiers in its sample, the first of equals; without any, the
// first sheet shown. It returns the sheet's index and its sample.
func Find(ctx context.Context, file *sheet.File) (index int, sample Sample, err error) {
	lists, err := Lists(ctx, file)
	if err != nil {
		return 0, Sample{}, err
	}
	if len(lists) > 0 {
		best := slices.MaxFunc(lists, func(a, b Found) int { return a.Lines - b.Lines })
		return best.Sheet, best.Sample, nil
	}
	for i, s := range file.Sheets() {
		if !s.Hidden {
			sample, err = ReadSample(ctx, file, i)
			return i, sample, err
		}
	}
	return 0, Sample{}, model.Fail(model.Invalid,
		"Every sheet of {{.Name}} is hidden: show the one with the list and save the file.", "Name", file.Name())
}

// identifying counts the rows that hold an identifier; one when none does but something stands in a column of them that may have been one.
// named tells that there is such a column.
func (s Sample) identifying() (n int, named bool) {
	for _, row := range s.Rows {
		if slices.ContainsFunc(row, func(cell string) bool { return len(sweepCell(cell)) > 0 }) {
			n++
		}
	}
	if n > 0 {
		return n, true
	}
	const shortest = 8 // of serial numbers
	l := tableOf(s).Layout
	for i, row := range s.Rows {
		for c, cell := range row {
			if s.Lines[i] > l.Header && c < len(l.Columns) && l.Columns[c].identifies() && len(cell) >= shortest && hasDigit(cell) {
				n = 1
			}
		}
	}
	return n, l.Identifies()
}
