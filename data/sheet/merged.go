package sheet

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// mergedStart begins the list of the merged ranges, which stands behind the rows.
var mergedStart = regexp.MustCompile(`<(\w+:)?mergeCells[ >/]`)

// merged looks for the list without decoding the rows.
func (b *workbook) merged(ctx context.Context, sheet int) ([]Range, error) {
	part, err := b.part(b.tables[sheet].part, maxSheetPart)
	if err != nil {
		return nil, b.fault(err)
	}
	defer part.Close()
	const window, overlap = 64 << 10, 64
	text := utf8XML(cancellable{ctx, part})
	buf := make([]byte, 0, window)
	for {
		n, err := io.ReadFull(text, buf[len(buf):window])
		part.renew()
		buf = buf[:len(buf)+n]
		if bytes.Contains(buf, []byte("mergeCells")) {
			if at := mergedStart.FindIndex(buf); at != nil {
				return rangesIn(xml.NewDecoder(io.MultiReader(bytes.NewReader(buf[at[0]:]), text))), nil
			}
		}
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return nil, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			return nil, b.fault(err)
		}
		buf = buf[:copy(buf, buf[len(buf)-overlap:])]
	}
}

// rangesIn reads the ranges up to the end of their list. What is not understood is left out: the rows stand without them.
func rangesIn(d *xml.Decoder) []Range {
	var ranges []Range
	for len(ranges) < mostRanges {
		token, err := d.RawToken()
		if err != nil {
			break
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "mergeCell" {
				if r, ok := rangeOf(attr(t, "ref")); ok {
					ranges = append(ranges, r)
				}
			}
		case xml.EndElement:
			if t.Name.Local == "mergeCells" {
				return ranges
			}
		}
	}
	return ranges
}

// rangeOf reads A1:C2.
func rangeOf(ref string) (Range, bool) {
	first, last, ok := strings.Cut(ref, ":")
	r := Range{lineOf(first), lineOf(last), columnOf(first), columnOf(last)}
	return r, ok && r.valid()
}

// valid reports a range that lies in a sheet.
func (r Range) valid() bool {
	return r.FirstLine > 0 && r.FirstLine <= r.LastLine && r.LastLine <= lastRow &&
		r.FirstColumn >= 0 && r.FirstColumn <= r.LastColumn && r.LastColumn < maxColumns
}

// lineOf is the row of a cell name such as AB12; 0 when it has none.
func lineOf(name string) int {
	n, _ := strconv.Atoi(strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return n
}
