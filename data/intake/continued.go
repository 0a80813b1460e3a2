package intake

import (
	"slices"
	"strconv"
	"strings"

	"consign/data/sheet"
	"consign/model"
)

// continuation says that each IMEI of a device has a row of its own.
type continuation struct {
	imei int // the column of IMEIs
	key  int // the column that tells which rows are of one device
	kind joint
}

// joint is how two rows of a table are known to be of one device.
type joint uint8

const (
	apart    joint = iota // each row is a device
	sameKey               // the second one repeats the serial number
	blankKey              // the second one has nothing but its IMEI
	typedKey              // a column says IMEI 1, IMEI 2
)

// continued finds out whether devices go over two rows, and gives such a table a column for the second IMEI.
func (t *table) continued() {
	imeis := t.of(IMEI)
	if len(imeis) != 1 || len(t.of(IMEI2, OldIMEI, OldSerial)) > 0 || t.groups {
		return
	}
	rows := t.devicesRows(imeis[0])
	if len(rows) < 2 {
		return
	}
	for key := range t.Columns {
		if key == imeis[0] || slices.Contains(t.Hidden, key) {
			continue
		}
		for _, kind := range []joint{typedKey, sameKey, blankKey} {
			c := continuation{imeis[0], key, kind}
			if joined, certain := t.explains(c, rows); joined {
				t.Layout.continued = c
				t.Columns = append(t.Columns, IMEI2)
				if !certain {
					t.Layout.doubt = TwoIMEIs
				}
				return
			}
		}
	}
}

// devicesRows are the rows with an IMEI.
func (t *table) devicesRows(imei int) (rows [][]string) {
	for _, row := range t.body() {
		if imeiIn(row, imei) != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

func cellOf(row []string, column int) string {
	if column >= len(row) || isPlaceholder(row[column]) {
		return ""
	}
	return strings.TrimSpace(row[column])
}

// imeiIn is the IMEI of a cell, empty for anything else.
func imeiIn(row []string, column int) string {
	r := model.ReadIdentifier(cellOf(row, column), model.IMEI)
	if r.Kind != model.IMEI || r.Verdict == model.Rejected {
		return ""
	}
	return r.Value
}

// joins reports whether the second row goes on with the device of the first.
func (c continuation) joins(first, second []string) bool {
	a, b := imeiIn(first, c.imei), imeiIn(second, c.imei)
	if a == "" || b == "" || a == b {
		return false
	}
	key, again := cellOf(first, c.key), cellOf(second, c.key)
	switch c.kind {
	case sameKey:
		return key != "" && strings.EqualFold(key, again)
	case blankKey:
		return key != "" && oneCell(second)
	}
	one, two := readTitle(key), readTitle(again)
	return one.imei && two.imei && !one.second && two.second
}

// explains reports that the rows are those of devices with two each, but for devices of one IMEI, and whether that is certain.
func (t *table) explains(c continuation, rows [][]string) (joined, certain bool) {
	pairs, twins, single := 0, 0, 0
	seen := map[string]bool{}
	for i := 0; i < len(rows); i++ {
		key := cellOf(rows[i], c.key)
		if key == "" || c.kind != typedKey && seen[key] {
			return false, false
		}
		seen[key] = true
		if i+1 == len(rows) || !c.joins(rows[i], rows[i+1]) {
			single++
			continue
		}
		i++
		pairs++
		if areTwins(imeiIn(rows[i-1], c.imei), imeiIn(rows[i], c.imei)) {
			twins++
		}
	}
	serial := t.Columns[c.key] == Serial
	switch {
	case pairs == 0 || pairs < single:
		return false, false
	case c.kind == typedKey:
		return true, true
	case twins == pairs:
		return pairs > 1 || serial, pairs > 1 || serial
	case serial:
		return pairs > 1, single == 0
	case c.kind == sameKey && single == 0 && pairs > 1: // the devices are counted, or only told apart
		for i := 0; i < len(rows); i += 2 {
			key := fold(cellOf(rows[i], c.key))
			if n, err := strconv.Atoi(key[len(strings.TrimRight(key, "0123456789")):]); err != nil || n != i/2+1 {
				return false, false
			}
		}
		return true, false
	case c.kind == blankKey: // the devices are numbered
		return t.columns[c.key].share(aCount) == 1 && pairs > 1, single == 0
	}
	return false, false
}

// pairUp holds a row back until it is known whether the next one goes on with it.
func (f *filler) pairUp(row sheet.Row) {
	c := f.judge.layout.continued
	if f.held != nil {
		held := *f.held
		f.held = nil
		if held.Hidden == row.Hidden && c.joins(held.Cells, row.Cells) {
			used := func(column int) bool { return column == c.imei }
			f.sweepRow(row, model.Identifiers{Serial: strings.ToUpper(cellOf(held.Cells, c.key))}, used, whyColumn)
			f.deviceRow(f.together(held, row))
			return
		}
		f.deviceRow(held)
	}
	row = ownRow(row)
	f.held = &row
}

// together makes one row of two: what the first one does not say, the second does, and its IMEI is the second of the device.
func (f *filler) together(first, second sheet.Row) sheet.Row {
	c := f.judge.layout.continued
	at := slices.Index(f.judge.layout.Columns, IMEI2)
	if at < 0 {
		f.deviceRow(first)
		return second
	}
	for i, cell := range second.Cells {
		if i != c.imei && i != at && cellOf(first.Cells, i) == "" {
			first.Cells = put(first.Cells, i, cell)
		}
	}
	first.Cells = put(first.Cells, at, second.Cells[c.imei])
	if slices.Contains(second.Rounded, c.imei) {
		first.Rounded = append(first.Rounded, at)
	}
	if slices.Contains(second.Numbers, c.imei) {
		first.Numbers = append(first.Numbers, at)
	}
	return first
}

func put(cells []string, at int, text string) []string {
	for len(cells) <= at {
		cells = append(cells, "")
	}
	cells[at] = text
	return cells
}

// endPair reads the row that was held back.
func (f *filler) endPair() {
	if f.held != nil {
		held := *f.held
		f.held = nil
		f.deviceRow(held)
	}
}
