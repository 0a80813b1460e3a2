package sheet

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding"
)

// separators are the characters that may stand between cells (domain §7). The first is the answer
// for a file with one column.
const separators = ",;\t|"

// probeRows is how many rows of the head decide on the separator.
const probeRows = 60

// dialect is how a text file is written.
type dialect struct {
	encoding  textEncoding
	page      encoding.Encoding // a code page other than Windows-1252, or nil
	separator byte
	declared  bool // the first line is Excel's "sep=;" and no row
	blank     bool // there is nothing but white space
}

// dialectOf recognises encoding and separator from the head of a file.
func dialectOf(head []byte) dialect {
	d := dialect{encoding: encodingOf(head)}
	if d.encoding == eightBit {
		d.page = codePageOf(head)
	}
	var text bytes.Buffer
	text.ReadFrom(decoded(bytes.NewReader(head), d.encoding, d.page)) // a cut last character is no error here
	sample := bytes.TrimPrefix(text.Bytes(), utf8BOM)
	d.blank = len(bytes.TrimSpace(sample)) == 0
	first, _, _ := strings.Cut(string(sample[:min(len(sample), 16)]), "\n")
	if c, ok := declaredSeparator(strings.TrimRight(first, "\r")); ok {
		d.separator, d.declared = c, true
		return d
	}
	best := 0
	d.separator = separators[0]
	for i := range len(separators) {
		if score := fitness(sample, len(head) == headSize, separators[i]); score > best {
			best, d.separator = score, separators[i]
		}
	}
	return d
}

// declaredSeparator reads Excel's first line "sep=;".
func declaredSeparator(line string) (byte, bool) {
	line = strings.Trim(line, `"`)
	if len(line) == 5 && strings.EqualFold(line[:4], "sep=") {
		return line[4], true
	}
	return 0, false
}

// fitness says how well a separator explains the sample: the characters that it leaves in cells without a
// rival separator or in quotation marks, over the rows that have the most frequent width, times these rows. The last row of a sample that
// was cut is none, unless it is alone.
func fitness(sample []byte, cut bool, separator byte) int {
	r := newTextReader(bytes.NewReader(sample), separator)
	var rows, clean [256]int // by width
	for n := 0; n < probeRows && r.next() == nil; n++ {
		width := min(len(r.cells), len(rows)-1)
		if r.stray || cut && n > 0 && r.start == len(r.buf) {
			continue // the wrong separator cuts cells in quotation marks
		}
		rows[width]++
		for i, cell := range r.cells {
			if i < len(r.inMarks) && r.inMarks[i] || !strings.ContainsAny(cell, separators) {
				clean[width] += len(cell)
			}
		}
	}
	mode := 0
	for width := 2; width < len(rows); width++ {
		if rows[width] > rows[mode] {
			mode = width
		}
	}
	if mode == 0 {
		return 0
	}
	return clean[mode] * rows[mode]
}
