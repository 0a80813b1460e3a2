package intake

import (
	"context"
	"hash/maphash"
	"slices"
	"strconv"

	"consign/data/sheet"
	"consign/model"
)

// Unused is what looks like a device's identifier, and is in no line of the review.
type Unused struct {
	Sheet  string // empty for the sheet that is read, and for one without a name
	Index  int    // of the sheet
	Line   int    // in the file
	Column int    // -1 for a line without columns
	Title  string // of the column
	Text   string // as it stands there
	Kind   model.IdentifierKind
	Why    model.Text

	value string // normalised
}

// why says why an identifier is not used.
type why uint8

const (
	whyColumn why = iota // its column is not
	whyAbove             // above the titles
	whyBeside            // in a title, a comment or a total
	whyHidden            // the spreadsheet hides the row
	whySheet             // on another sheet
	whyUnread            // too much to look through
)

var whyTexts = [...]string{
	whyColumn: "Its column is not used.",
	whyAbove:  "It stands above the table.",
	whyBeside: "It stands in a line that is no device: a title, a comment or a total.",
	whyHidden: "The spreadsheet hides its row.",
	whySheet:  "It stands on another sheet.",
	whyUnread: "There is more on other sheets than was looked through.",
}

func whyOf(r Reason) why {
	if r == HiddenRow {
		return whyHidden
	}
	return whyBeside
}

// leftover is what a review keeps of an identifier that is not used.
type leftover struct {
	finding finding
	line    int
	column  int
	sheet   int
	why     why
}

const (
	// mostUnused is how many are kept; more are counted.
	mostUnused = 10_000
	// mostRowsAside is how many rows of other sheets are looked through.
	mostRowsAside = 100_000
)

// account collects the identifiers that no line has.
type account struct {
	kept  []leftover
	total int
}

func (a *account) add(l leftover) {
	if a.total++; len(a.kept) < mostUnused {
		a.kept = append(a.kept, l)
	}
}

// unused notes an identifier that no line has.
func (f *filler) unused(line, column int, t finding, w why) {
	f.account.add(leftover{t, line, column, f.sheet, w})
}

// sweepRow notes the identifiers of a row that are not of its device. used are the columns that were read.
func (f *filler) sweepRow(row sheet.Row, ids model.Identifiers, used func(column int) bool, w why) {
	for i, cell := range row.Cells {
		if used(i) || !mayIdentify(cell) {
			continue
		}
		found := sweepCell(cell)
		if len(found) == 0 && slices.Contains(row.Numbers, i) {
			found = withoutZero(cell)
		}
		for _, t := range found {
			if t.value != ids.IMEI1 && t.value != ids.IMEI2 && t.value != ids.MEID && t.value != ids.Serial {
				f.unused(row.Line, i, t, w)
			}
		}
	}
}

// withoutZero finds an IMEI whose zero a spreadsheet has dropped.
func withoutZero(number string) []finding {
	r := withZero(number, reading{verdict: model.Rejected})
	if r.ids.IMEI1 == "" {
		return nil
	}
	return []finding{{kind: model.IMEI, text: number, value: r.ids.IMEI1, doubtful: true}}
}

func none(int) bool { return false }

// sweepSheets looks through the other sheets of the file.
func (f *filler) sweepSheets(ctx context.Context, file *sheet.File, index int) error {
	rows := 0
	for i := range file.Sheets() {
		if i == index {
			continue
		}
		f.sheet = i
		for row, err := range file.Rows(ctx, i) {
			if err != nil {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				break // what cannot be read there is no part of this list
			}
			if rows++; rows > mostRowsAside {
				f.unused(row.Line, -1, finding{}, whyUnread)
				return nil
			}
			f.sweepRow(row, model.Identifiers{}, none, whySheet)
		}
		rows += 10 // a sheet costs something, too
	}
	return nil
}

// settleAccount drops what a line has after all: the IMEI that a remark repeats. The caller holds no lock.
func (r *Review) settleAccount(a account) {
	r.mu.Lock()
	defer r.mu.Unlock()
	kept := a.kept[:0]
	for _, l := range a.kept {
		if r.isClaimed(l.finding) {
			a.total--
			continue
		}
		kept = append(kept, l)
	}
	r.account = account{kept, a.total}
}

// isClaimed reports that a line has the identifier. The caller holds the lock.
func (r *Review) isClaimed(t finding) bool {
	key := uint64(0)
	switch t.kind {
	case model.IMEI:
		key = imeiNumber(t.value)
	case model.MEID:
		n, _ := strconv.ParseUint(t.value, 16, 64)
		key = n | 1<<62
	case model.SerialNumber:
		key = maphash.String(serialSeed, t.value) | 1<<63
	}
	_, claimed := r.owners[key]
	return claimed
}

// Unused lists what looks like a device's identifier and is in no line, at most 10,000 of them, and says how many there are. It is
// whole once Read is done. Every identifier of the file is in a line or here.
func (r *Review) Unused() (list []Unused, total int) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, l := range r.account.kept {
		u := Unused{Index: l.sheet, Line: l.line, Column: l.column, Text: l.finding.text, Kind: l.finding.kind,
			Why: model.Text{Template: whyTexts[l.why]}}
		u.value = l.finding.value
		if l.sheet != r.sheet && l.sheet < len(r.sheets) {
			u.Sheet = r.sheets[l.sheet].Name
		} else if t := r.judge.layout.Titles; l.column >= 0 && l.column < len(t) {
			u.Title = t[l.column]
		}
		list = append(list, u)
	}
	return list, r.account.total
}

// Has reports whether a line of this review has what another one does not use: a list of the same file, or a line that was corrected.
func (r *Review) Has(u Unused) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.isClaimed(finding{kind: u.Kind, value: u.value})
}
