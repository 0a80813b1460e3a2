package sheet

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// textEncoding is how the bytes of a text file make characters, as far as its first bytes tell.
type textEncoding int

const (
	eightBit textEncoding = iota // UTF-8 or a code page
	utf8Marked
	utf16LE
	utf16BE
)

var utf8BOM = []byte("\xef\xbb\xbf")

// encodingOf recognises the Unicode encodings: by their mark, UTF-16 also by the zero bytes that the
// digits, separators and line ends of every list have in it.
func encodingOf(head []byte) textEncoding {
	switch {
	case bytes.HasPrefix(head, utf8BOM):
		return utf8Marked
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return utf16LE
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return utf16BE
	}
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch pairs := len(head) / 2; {
	case zeros[1] > pairs/3 && zeros[0] < pairs/20+1:
		return utf16LE
	case zeros[0] > pairs/3 && zeros[1] < pairs/20+1:
		return utf16BE
	}
	return eightBit
}

// decoded makes r UTF-8 as far as that holds for the whole file: UTF-16 and the code pages that codePageOf is sure of.
// What is left, UTF-8 with stray Windows-1252, is told apart line by line (see lineText).
func decoded(r io.Reader, enc textEncoding, page encoding.Encoding) io.Reader {
	switch {
	case enc == utf16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case enc == utf16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case page != nil:
		return page.NewDecoder().Reader(r)
	}
	return r
}

// lineText is one line as valid UTF-8. A line that is not UTF-8 is Windows-1252: so a single wrong
// byte at the end of a long file costs neither the umlauts before it nor its own.
func lineText(line []byte) string {
	if utf8.Valid(line) {
		return string(line)
	}
	return windows1252(line)
}

func windows1252(text []byte) string {
	var b strings.Builder
	b.Grow(len(text) + 16)
	for _, c := range text {
		b.WriteRune(charmap.Windows1252.DecodeByte(c))
	}
	return b.String()
}
