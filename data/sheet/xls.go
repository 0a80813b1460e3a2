package sheet

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"

	"consign/model"
)

// The records of an XLS file of Excel 97 to 2003 (MS-XLS 2.3) that make its cells.
const (
	recFormula    = 0x0006
	recEOF        = 0x000a
	recDateMode   = 0x0022
	recFilePass   = 0x002f
	recContinue   = 0x003c
	recColInfo    = 0x007d
	recBoundSheet = 0x0085
	recMulRK      = 0x00bd
	recRString    = 0x00d6
	recXF         = 0x00e0
	recMerged     = 0x00e5
	recSST        = 0x00fc
	recLabelSST   = 0x00fd
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRow        = 0x0208
	recRK         = 0x027e
	recFormat     = 0x041e
	recBOF        = 0x0809
)

// excel97 is the version of the format that has Unicode and shared strings.
const excel97 = 0x0600

var (
	errProtected  = errors.New("XLS with a password")
	errOldVersion = errors.New("XLS of a version before Excel 97")
)

// openXLS reads the stream with the cells into the memory: a sheet of XLS ends at 65,536 rows.
func openXLS(from origin, data []byte) (content, error) {
	r := xlsReader{data: data, found: newMemoryTables(), custom: map[int]numberFormat{}}
	err := r.read()
	switch {
	case errors.Is(err, errProtected):
		return nil, protected(from.path)
	case errors.Is(err, errOldVersion):
		return nil, oldXLS(from.path)
	case errors.Is(err, errTooBig):
		return nil, tooBig(from.path)
	case err != nil:
		return nil, damaged(from.path, err)
	case len(r.found.tables) == 0:
		return nil, fault(model.Invalid, from.path, "There is no table in {{.Name}}.")
	}
	return r.found, nil
}

// xlsReader reads the records.
type xlsReader struct {
	data     []byte
	found    *memoryTables
	strings  []string
	date1904 bool
	custom   map[int]numberFormat // by number of the format
	formats  []numberFormat       // by cell style
	starts   []int                // where the sheets begin

	// Of the sheet that is read:
	table  *memoryTable
	row    Row
	hidden map[int]bool // rows
	result int          // the column of a formula whose text follows; -1 for none
}

// record is one record; rest are those that continue it.
type record struct {
	kind int
	body []byte
	rest [][]byte
}

// recordAt reads the record at a place, and where the next one begins. ok is false at the end of the data.
func (r *xlsReader) recordAt(at int) (rec record, next int, ok bool) {
	rec.kind, rec.body, next, ok = r.pieceAt(at)
	for ok {
		kind, body, end, more := r.pieceAt(next)
		if !more || kind != recContinue {
			break
		}
		rec.rest, next = append(rec.rest, body), end
	}
	return rec, next, ok
}

func (r *xlsReader) pieceAt(at int) (kind int, body []byte, next int, ok bool) {
	if at < 0 || at+4 > len(r.data) {
		return 0, nil, 0, false
	}
	end := at + 4 + u16(r.data[at+2:])
	if end > len(r.data) {
		return 0, nil, 0, false
	}
	return u16(r.data[at:]), r.data[at+4 : end], end, true
}

func u16(b []byte) int { return int(binary.LittleEndian.Uint16(b)) }

// read reads the globals and then every sheet.
func (r *xlsReader) read() error {
	rec, at, ok := r.recordAt(0)
	switch {
	case !ok || len(rec.body) < 4:
		return errStructure
	case rec.kind != recBOF || u16(rec.body) != excel97:
		return errOldVersion
	}
	for rec.kind != recEOF {
		if rec, at, ok = r.recordAt(at); !ok {
			return errStructure
		}
		if err := r.global(rec); err != nil {
			return err
		}
	}
	for i, start := range r.starts {
		if err := r.readSheet(r.found.tables[i], start); err != nil {
			return err
		}
	}
	return nil
}

func (r *xlsReader) global(rec record) error {
	b := rec.body
	switch {
	case rec.kind == recFilePass:
		return errProtected
	case rec.kind == recDateMode && len(b) >= 2:
		r.date1904 = u16(b) == 1
	case rec.kind == recFormat && len(b) >= 5:
		code, err := (&xlsText{pieces: append([][]byte{b[2:]}, rec.rest...)}).long()
		if err != nil {
			return err
		}
		r.custom[u16(b)] = formatOf(code)
	case rec.kind == recXF && len(b) >= 4:
		format, ok := r.custom[u16(b[2:])]
		if !ok {
			format.date = isBuiltInDate(u16(b[2:]))
		}
		r.formats = append(r.formats, format)
	case rec.kind == recSST && len(b) >= 8:
		return r.readStrings(append([][]byte{b[8:]}, rec.rest...), int(binary.LittleEndian.Uint32(b[4:])))
	case rec.kind == recBoundSheet && len(b) >= 8:
		return r.addSheet(b)
	}
	return nil
}

// addSheet takes a sheet with cells from the list of the workbook: no chart, no macro, and no second name of the same rows.
func (r *xlsReader) addSheet(b []byte) error {
	start := int(binary.LittleEndian.Uint32(b))
	for _, s := range r.starts {
		if s == start {
			return nil
		}
	}
	if b[5] != 0 || len(r.starts) == maxXLSSheets {
		return nil
	}
	name, err := (&xlsText{pieces: [][]byte{b[7:]}}).chars(int(b[6]), -1)
	if err != nil {
		return err
	}
	r.starts = append(r.starts, start)
	r.found.begin(Sheet{Name: name, Hidden: b[4]&3 != 0})
	return nil
}

// maxXLSSheets is how many sheets are read.
const maxXLSSheets = 1000

// maxXLSStrings is how many different texts the cells of an XLS are read with.
const maxXLSStrings = 2_000_000

func (r *xlsReader) readStrings(pieces [][]byte, n int) error {
	t := xlsText{pieces: pieces}
	for range n {
		if len(r.strings) > maxXLSStrings {
			return errTooBig
		}
		s, err := t.rich()
		if err != nil {
			return err
		}
		r.strings = append(r.strings, s)
	}
	return nil
}

// readSheet reads the records of a sheet up to its end; those of charts in it are stepped over.
func (r *xlsReader) readSheet(table *memoryTable, at int) error {
	r.table, r.row, r.hidden, r.result = table, Row{}, map[int]bool{}, -1
	var hidden [maxColumns]bool
	for depth := 0; ; {
		rec, next, ok := r.recordAt(at)
		if !ok {
			return errStructure
		}
		if at = next; r.found.spend(1) != nil {
			return errTooBig
		}
		switch rec.kind {
		case recBOF:
			depth++
		case recEOF:
			if depth--; depth <= 0 {
				table.hidden = columnsIn(hidden[:])
				return r.endRow()
			}
		case recColInfo:
			if b := rec.body; depth == 1 && len(b) >= 10 && b[8]&1 != 0 {
				for c := u16(b); c <= min(u16(b[2:]), 255); c++ {
					hidden[c] = true
				}
			}
		case recMerged:
			for b := rec.body[min(2, len(rec.body)):]; depth == 1 && len(b) >= 8; b = b[8:] {
				if u16(b) <= u16(b[2:]) && u16(b[4:]) <= u16(b[6:]) {
					table.merge(Range{u16(b) + 1, u16(b[2:]) + 1, u16(b[4:]), min(u16(b[6:]), maxColumns-1)})
				}
			}
		default:
			if depth == 1 {
				if err := r.cell(rec); err != nil {
					return err
				}
			}
		}
	}
}

// endRow adds the row that was read to its table.
func (r *xlsReader) endRow() error {
	r.row.Hidden = r.hidden[r.row.Line-1]
	return r.found.add(r.table, r.row)
}

// begin makes the row of a cell the present one.
func (r *xlsReader) begin(line int) error {
	if line == r.row.Line {
		return nil
	}
	err := r.endRow()
	r.row = Row{Line: line, Cells: r.row.Cells[:0], Rounded: r.row.Rounded[:0], Numbers: r.row.Numbers[:0], Failed: r.row.Failed[:0]}
	return err
}

// cell reads a record with cells.
func (r *xlsReader) cell(rec record) error {
	b := rec.body
	switch rec.kind {
	case recString: // what the formula before it gives
		if r.result >= 0 {
			text, err := (&xlsText{pieces: append([][]byte{b}, rec.rest...)}).long()
			if err != nil {
				return err
			}
			r.row.put(r.result, text)
			r.result = -1
		}
		return nil
	case recRow:
		if len(b) >= 16 && b[12]&0x20 != 0 {
			r.hidden[u16(b)] = true
		}
		return nil
	case recLabelSST, recLabel, recRString, recNumber, recRK, recMulRK, recBoolErr, recFormula:
	default:
		return nil
	}
	if len(b) < 8 {
		return errStructure
	}
	if err := r.begin(u16(b) + 1); err != nil {
		return err
	}
	column, style, value := u16(b[2:]), u16(b[4:]), b[6:]
	if column >= maxColumns {
		return errStructure
	}
	r.result = -1
	switch {
	case rec.kind == recMulRK:
		for v := b[4:]; len(v) >= 8; v = v[6:] { // the last two bytes are the last column
			r.number(column, u16(v), rkNumber(binary.LittleEndian.Uint32(v[2:])))
			column++
		}
	case rec.kind == recLabelSST && len(value) >= 4:
		i := binary.LittleEndian.Uint32(value)
		if uint64(i) >= uint64(len(r.strings)) {
			return errStructure
		}
		r.row.put(column, r.strings[i])
	case rec.kind == recLabel || rec.kind == recRString:
		text, err := (&xlsText{pieces: append([][]byte{value}, rec.rest...)}).long()
		if err != nil {
			return err
		}
		r.row.put(column, text)
	case rec.kind == recRK && len(value) >= 4:
		r.number(column, style, rkNumber(binary.LittleEndian.Uint32(value)))
	case rec.kind == recNumber && len(value) >= 8:
		r.number(column, style, math.Float64frombits(binary.LittleEndian.Uint64(value)))
	case rec.kind == recBoolErr:
		r.truth(column, value[0], value[1] != 0)
	case rec.kind == recFormula && len(value) >= 8:
		r.formula(column, style, value)
	}
	return nil
}

// formula reads the value that a formula had when the file was saved.
func (r *xlsReader) formula(column, style int, value []byte) {
	switch {
	case value[6] != 0xff || value[7] != 0xff:
		r.number(column, style, math.Float64frombits(binary.LittleEndian.Uint64(value)))
	case value[0] == 0:
		r.result = column
	case value[0] == 1 || value[0] == 2:
		r.truth(column, value[2], value[0] == 2)
	}
}

// errorNames are the errors of cells (MS-XLS 2.5.10).
var errorNames = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0f: "#VALUE!", 0x17: "#REF!", 0x1d: "#NAME?", 0x24: "#NUM!",
	0x2a: "#N/A", 0x2b: "#GETTING_DATA"}

// truth puts a yes or no, or an error.
func (r *xlsReader) truth(column int, code byte, isError bool) {
	if !isError {
		r.row.put(column, booleanText(code != 0))
		return
	}
	name := errorNames[code]
	if name == "" {
		name = unknownError
	}
	r.row.put(column, name)
	r.row.Failed = append(r.row.Failed, column)
}

func (r *xlsReader) number(column, style int, x float64) {
	if column >= maxColumns {
		return
	}
	format := numberFormat{}
	if style < len(r.formats) {
		format = r.formats[style]
	}
	text, rounded := format.number(strconv.FormatFloat(x, 'g', -1, 64), r.date1904)
	r.row.put(column, text)
	r.row.Numbers = append(r.row.Numbers, column)
	if rounded {
		r.row.Rounded = append(r.row.Rounded, column)
	}
}

// rkNumber unpacks a number of four bytes (MS-XLS 2.5.122).
func rkNumber(rk uint32) float64 {
	x := float64(int32(rk) >> 2)
	if rk&2 == 0 {
		x = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&1 != 0 {
		x /= 100
	}
	return x
}
